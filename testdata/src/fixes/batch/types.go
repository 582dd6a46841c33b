// Package batch has functions that hide partial failures in various ways, and are
// right with a loop over the entries before the statement that decides.
package batch

import "errors"

// Entry is what happened to one server.
type Entry struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
	TaskID  string `json:"requestId"`
}

// Answer keys the entries by server.
type Answer struct {
	Code      int              `json:"code"`
	Message   string           `json:"message"`
	RequestID string           `json:"requestId"`
	Detail    map[string]Entry `json:"detail"`
}

// APIError is an API's code and message.
type APIError struct {
	Code    int
	Message string
}

func (e *APIError) Error() string { return e.Message }

func newError(code int, message string) error { return &APIError{code, message} }

// Envelope wraps an answer.
type Envelope struct {
	Version  string `json:"version"`
	Response Answer `json:"response"`
}

// Client sends one action.
type Client interface {
	Send(action string, ids ...string) (*Answer, error)
}

var errFailed = errors.New("servers failed")
