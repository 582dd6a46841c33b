// Package api is a generated client: every member is a pointer, and responses
// check themselves.
package api

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// Error is an answer whose code isn't 0.
type Error struct {
	Action string
	Number int
	Text   string
}

// Silent: an error that is built here, not a response that is read.
func (e *Error) Error() string { return fmt.Sprintf("%s: %s (%d)", e.Action, e.Text, e.Number) }

// newError makes an error of what an answer says.
//
// Silent: a helper that gets only the code and the message.
func newError(action string, code *int, message *string) error {
	e := &Error{Action: action, Number: -1}
	if code != nil {
		e.Number = *code
	}
	if message != nil {
		e.Text = *message
	}
	return e
}

// Client signs and sends requests.
type Client struct{ http *http.Client }

// Send gives the answer as it came.
//
// Silent: there is no response in sight.
func (c *Client) Send(action string, args map[string]string) (string, error) {
	form := url.Values{"Action": {action}}
	for k, v := range args {
		form.Set(k, v)
	}
	resp, err := c.http.PostForm("https://snapshot.api.qcloud.com/v2/index.php", form)
	if err != nil {
		return "", fmt.Errorf("%s: %w", action, err)
	}
	defer resp.Body.Close()
	buf, err := io.ReadAll(resp.Body)
	if err != nil {
		return "", err
	}
	return string(buf), nil
}

type answer struct {
	Code     *int    `json:"code"`
	Message  *string `json:"message"`
	CodeDesc *string `json:"codeDesc"`
}

// ParseErrorFromHTTPResponse gives an error for every code but 0.
//
// Silent: nil means code 0.
func ParseErrorFromHTTPResponse(action string, body []byte) error {
	a := &answer{}
	if err := json.Unmarshal(body, a); err != nil {
		return err
	}
	if a.Code == nil || *a.Code != 0 {
		return newError(action, a.Code, a.Message)
	}
	return nil
}

// Do decodes an answer that ParseErrorFromHTTPResponse has nothing against.
//
// Silent: decoding into memory that the caller owns hands on.
func (c *Client) Do(action string, args map[string]string, out any) error {
	text, err := c.Send(action, args)
	if err != nil {
		return err
	}
	body := []byte(text)
	if err := ParseErrorFromHTTPResponse(action, body); err != nil {
		return err
	}
	return json.Unmarshal(body, out)
}

// DoRaw decodes any answer.
//
// Silent: decoding into memory that the caller owns hands on.
func (c *Client) DoRaw(action string, args map[string]string, out any) error {
	text, err := c.Send(action, args)
	if err != nil {
		return err
	}
	return json.NewDecoder(strings.NewReader(text)).Decode(out)
}

// A Response knows which answers it takes for an error.
type Response interface {
	ParseError(body []byte) error
}

// Strict takes every code but 0 for an error.
type Strict struct{}

// Silent: nil means code 0.
func (Strict) ParseError(body []byte) error { return ParseErrorFromHTTPResponse("", body) }

// Lax takes any answer.
type Lax struct{}

// Silent: there is no response in sight.
func (Lax) ParseError([]byte) error { return nil }

// DoFor asks the response, whichever it is, about the answer.
//
// Silent: decoding into memory that the caller owns hands on.
func (c *Client) DoFor(action string, args map[string]string, out Response) error {
	text, err := c.Send(action, args)
	if err != nil {
		return err
	}
	if err := out.ParseError([]byte(text)); err != nil {
		return err
	}
	return json.Unmarshal([]byte(text), out)
}
