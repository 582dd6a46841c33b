// Package client has a code type with methods, and functions that take a code as a number.
package client

import (
	"encoding/json"
	"errors"
)

// Code is the outcome of a request.
type Code int

// Failed reports whether anything went wrong.
func (c Code) Failed() bool { return c != 0 }

// Err is nil if nothing went wrong.
func (c Code) Err() error {
	if c.Failed() {
		return ErrFailed
	}
	return nil
}

// ErrFailed is any failure.
var ErrFailed = errors.New("request failed")

// Refused reports whether the request was refused.
func Refused(n int) bool { return n == 4100 || n == 4400 }

// Known depends on what the caller has: nobody can tell what it says of a code.
func Known(n int, others map[int]bool) bool { return others[n] }

// Entry is what happened to one server.
type Entry struct {
	Code    Code   `json:"code"`
	Message string `json:"message"`
}

// Batch is the answer to a call that names several servers.
type Batch struct {
	Code    Code             `json:"code"`
	Message string           `json:"message"`
	Detail  map[string]Entry `json:"detail"`
}

// Result is the answer to a call that starts one task.
type Result struct {
	Code      Code   `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

// Collect gives the servers that failed.
func (r *Batch) Collect() (failed []string) {
	for id, e := range r.Detail {
		if e.Code.Failed() {
			failed = append(failed, id)
		}
	}
	return failed
}

// Stop gives the answer as it came.
func Stop(b []byte) (*Batch, error) {
	r := new(Batch)
	if err := json.Unmarshal(b, r); err != nil {
		return nil, err
	}
	return r, nil
}

// Start likewise.
func Start(b []byte) (*Result, error) {
	s := new(Result)
	if err := json.Unmarshal(b, s); err != nil {
		return nil, err
	}
	return s, nil
}
