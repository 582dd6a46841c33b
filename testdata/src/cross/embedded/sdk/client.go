// Package sdk is a client whose responses embed what they have in common, and
// whose Invoke makes an error of every code but 0.
package sdk

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
)

// Response is what every answer has.
type Response struct {
	Code     int    `json:"code"`
	Message  string `json:"message"`
	CodeDesc string `json:"codeDesc"`
}

// APIError is an answer whose code isn't 0.
type APIError struct {
	Action  string
	Code    int
	Message string
}

// Silent: an error that is built here, not a response that is read.
func (e *APIError) Error() string {
	return fmt.Sprintf("%s: %s (code %d)", e.Action, e.Message, e.Code)
}

// BodyError is an answer whose code isn't 0, with all that it said.
type BodyError struct {
	APIError
	Body []byte
}

// Args are the arguments of a call.
type Args map[string]string

// Client signs and sends requests.
type Client struct {
	HTTP   *http.Client
	Region string
}

// New returns a client for a region.
//
// Silent: there is no response in sight.
func New(region string) *Client {
	return &Client{HTTP: http.DefaultClient, Region: region}
}

// send gives the answer as it came.
//
// Silent: there is no response in sight.
func (c *Client) send(action string, args Args) ([]byte, error) {
	form := url.Values{"Action": {action}, "Region": {c.Region}}
	for k, v := range args {
		form.Set(k, v)
	}
	resp, err := c.HTTP.PostForm("https://cvm.api.qcloud.com/v2/index.php", form)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", action, err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %s", action, resp.Status)
	}
	return io.ReadAll(resp.Body)
}

// Invoke calls an action, and decodes the answer into out if its code is 0.
//
// Silent: decoding into memory that the caller owns hands on. With any other
// code there is an error, which has no detail.
func (c *Client) Invoke(action string, args Args, out any) error {
	body, err := c.send(action, args)
	if err != nil {
		return err
	}
	var probe Response
	if err := json.Unmarshal(body, &probe); err != nil {
		return fmt.Errorf("%s: %w", action, err)
	}
	if probe.Code != 0 {
		return &APIError{Action: action, Code: probe.Code, Message: probe.Message}
	}
	return json.Unmarshal(body, out)
}

// InvokeRaw calls an action, and decodes whatever the answer is.
//
// Silent: decoding into memory that the caller owns hands on.
func (c *Client) InvokeRaw(action string, args Args, out any) error {
	body, err := c.send(action, args)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(body, out); err != nil {
		return fmt.Errorf("%s: %w", action, err)
	}
	return nil
}

// InvokeBatch is Invoke for batches: it lets 5100 and 5400 pass to its caller.
//
// Silent: decoding into memory that the caller owns hands on.
func (c *Client) InvokeBatch(action string, args Args, out any) error {
	body, err := c.send(action, args)
	if err != nil {
		return err
	}
	var probe Response
	if err := json.Unmarshal(body, &probe); err != nil {
		return fmt.Errorf("%s: %w", action, err)
	}
	switch probe.Code {
	case 0, 5100, 5400:
		return json.Unmarshal(body, out)
	}
	return &APIError{Action: action, Code: probe.Code, Message: probe.Message}
}

// InvokeBody is Invoke with an error that has the whole answer.
//
// Silent: decoding into memory that the caller owns hands on.
func (c *Client) InvokeBody(action string, args Args, out any) error {
	body, err := c.send(action, args)
	if err != nil {
		return err
	}
	var probe Response
	if err := json.Unmarshal(body, &probe); err != nil {
		return fmt.Errorf("%s: %w", action, err)
	}
	if probe.Code != 0 {
		e := APIError{Action: action, Code: probe.Code, Message: probe.Message}
		return &BodyError{APIError: e, Body: body}
	}
	return json.Unmarshal(body, out)
}

// list numbers the arguments of a call as the API wants them.
//
// Silent: there is no response in sight.
func list(name string, values []string) Args {
	args := make(Args)
	for i, v := range values {
		args[name+"."+strconv.Itoa(i)] = v
	}
	return args
}
