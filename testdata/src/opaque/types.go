// Package opaque judges codes by tests that nobody outside can evaluate: functions
// that come from elsewhere, sets that are filled at run time, arithmetic, variables. Whoever
// writes such a test has thought about the code.
package opaque

import (
	"encoding/json"
	"errors"
	"log"
)

// Code is the outcome of a request.
type Code int

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

// A policy knows what codes mean, from a file that is read at the start.
type policy interface {
	Refused(code Code) bool
	HasDetail(code Code) bool
	Err(code Code) error
	Note(code Code)
}

var errFailed = errors.New("request failed")

func batch(b []byte) (*Batch, error) {
	r := new(Batch)
	if err := json.Unmarshal(b, r); err != nil {
		return nil, err
	}
	return r, nil
}

// collect gives the servers that failed.
func (r *Batch) collect() error {
	var failed []error
	for id, e := range r.Detail {
		if e.Code != 0 {
			failed = append(failed, errors.New(id+": "+e.Message))
		}
	}
	return errors.Join(failed...)
}

func note(failed map[string]Entry) {
	for id, e := range failed {
		if e.Code != 0 {
			log.Printf("%s: %s", id, e.Message)
		}
	}
}
