// Package client decodes answers as they are and keeps them in unexported
// fields, with methods to read them.
package client

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"sort"
)

// Item is what happened to one server.
type Item struct {
	code int
	msg  string
}

// Code is the server's own code.
//
// Silent: a helper with a number result.
func (i Item) Code() int { return i.code }

// Message is what went wrong.
//
// Silent: a helper with a string result.
func (i Item) Message() string { return i.msg }

// Silent: decoding into memory that the caller owns hands on.
func (i *Item) UnmarshalJSON(b []byte) error {
	var wire struct {
		Code int    `json:"code"`
		Msg  string `json:"msg"`
	}
	if err := json.Unmarshal(b, &wire); err != nil {
		return err
	}
	i.code, i.msg = wire.Code, wire.Msg
	return nil
}

// Answer is a batch.
type Answer struct {
	code    int
	message string
	detail  map[string]Item
}

// Silent: decoding into memory that the caller owns hands on.
func (a *Answer) UnmarshalJSON(b []byte) error {
	var wire struct {
		Code    int             `json:"code"`
		Message string          `json:"message"`
		Detail  map[string]Item `json:"detail"`
	}
	if err := json.Unmarshal(b, &wire); err != nil {
		return err
	}
	a.code, a.message, a.detail = wire.Code, wire.Message, wire.Detail
	return nil
}

// Silent: a helper with a number result.
func (a *Answer) Code() int { return a.code }

// Silent: a helper with a number result.
func (a *Answer) GetCode() int {
	if a == nil {
		return -1
	}
	return a.code
}

// Silent: a helper with a string result.
func (a *Answer) Message() string { return a.message }

// Silent: a helper with a bool result.
func (a *Answer) OK() bool { return a.code == 0 }

// Silent: the detail is returned.
func (a *Answer) Detail() map[string]Item { return a.detail }

// Errors gives the entries of the servers that failed.
//
// Silent: it inspects every entry, and has no error result.
func (a *Answer) Errors() map[string]Item {
	errs := make(map[string]Item)
	for id, i := range a.detail {
		if i.code != 0 {
			errs[id] = i
		}
	}
	return errs
}

// Failed gives the names of the servers that failed.
//
// Silent: it inspects every entry, and has no error result.
func (a *Answer) Failed() []string {
	var ids []string
	for id, i := range a.detail {
		if i.Code() != 0 {
			ids = append(ids, id)
		}
	}
	sort.Strings(ids)
	return ids
}

// Outcome is what can be asked of an answer.
type Outcome interface {
	Code() int
	Message() string
	Detail() map[string]Item
	Errors() map[string]Item
}

// Task is a single result. Its members are exported, its methods as generators
// make them.
type Task struct {
	Code      int    `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

// Silent: a helper with a number result.
func (t *Task) GetCode() int {
	if t != nil {
		return t.Code
	}
	return -1
}

// Silent: a helper with a string result, which is the task.
func (t *Task) GetRequestID() string {
	if t != nil {
		return t.RequestID
	}
	return ""
}

// Silent: a helper with a bool result.
func (t *Task) OK() bool { return t.GetCode() == 0 }

// Client signs and sends requests.
type Client struct{ http *http.Client }

// Silent: there is no response in sight.
func (c *Client) do(action string, form url.Values) (io.ReadCloser, error) {
	form.Set("Action", action)
	resp, err := c.http.PostForm("https://cvm.api.qcloud.com/v2/index.php", form)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", action, err)
	}
	return resp.Body, nil
}

// Stop gives any answer.
//
// Silent: the response is returned.
func (c *Client) Stop(form url.Values) (*Answer, error) {
	body, err := c.do("StopInstances", form)
	if err != nil {
		return nil, err
	}
	defer body.Close()
	a := new(Answer)
	if err := json.NewDecoder(body).Decode(a); err != nil {
		return nil, err
	}
	return a, nil
}

// Start gives any answer, as an interface.
//
// Silent: the response is returned.
func (c *Client) Start(form url.Values) (Outcome, error) {
	body, err := c.do("StartInstances", form)
	if err != nil {
		return nil, err
	}
	defer body.Close()
	var a Answer
	if err := json.NewDecoder(body).Decode(&a); err != nil {
		return nil, err
	}
	return &a, nil
}

// hidden is an answer that nobody else has a name for.
type hidden struct {
	C int             `json:"code"`
	M string          `json:"message"`
	D map[string]Item `json:"detail"`
}

// Silent: accessors.
func (h *hidden) Code() int               { return h.C }
func (h *hidden) Message() string         { return h.M }
func (h *hidden) Detail() map[string]Item { return h.D }
func (h *hidden) Errors() map[string]Item { return h.D }

// Reboot gives any answer, as an interface.
//
// Silent: the response is returned.
func (c *Client) Reboot(form url.Values) (Outcome, error) {
	body, err := c.do("RebootInstances", form)
	if err != nil {
		return nil, err
	}
	defer body.Close()
	var h hidden
	if err := json.NewDecoder(body).Decode(&h); err != nil {
		return nil, err
	}
	return &h, nil
}

// Create gives any answer.
//
// Silent: the response is returned.
func (c *Client) Create(form url.Values) (*Task, error) {
	body, err := c.do("CreateLoadBalancer", form)
	if err != nil {
		return nil, err
	}
	defer body.Close()
	t := new(Task)
	if err := json.NewDecoder(body).Decode(t); err != nil {
		return nil, err
	}
	return t, nil
}
