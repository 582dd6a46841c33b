// Package tests shows what _test.go files change: result-unchecked is off in
// them, a function without results owes nothing there, and the values they
// build say nothing about the type.
package tests

import (
	"encoding/json"
	"errors"
)

// Result is the answer to a call that starts one task. The package never
// builds one; its test's fake server does.
type Result struct {
	Code      int    `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

// Entry is what happened to one server.
type Entry struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

// Answer keys the entries by server.
type Answer struct {
	Code   int              `json:"code"`
	Detail map[string]Entry `json:"detail"`
}

var errFailed = errors.New("call failed")

// The same code as in the test: here the caller gets the empty task ID of a
// refused call.
func TaskID(b []byte) (string, error) {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil { // want "result-unchecked"
		return "", err
	}
	return s.RequestID, nil
}

// Note is a helper without a result: 0 and open failures end alike.
func Note(s *Result, warn func(string)) {
	if s.Code > 0 { // want "result-nonzero-success"
		warn(s.Message)
	}
}

// Check is a helper with an error result. That the test builds results of its
// own does not make them answers being written.
func Check(s *Result) error {
	if s.Code == 5100 { // want "result-nonzero-success"
		return errFailed
	}
	return nil
}

// Stopped is right.
//
// Silent: the whole response is returned where something failed.
func Stopped(b []byte) (*Answer, error) {
	r := new(Answer)
	if err := json.Unmarshal(b, r); err != nil {
		return nil, err
	}
	if r.Code != 0 {
		return r, errFailed
	}
	return nil, nil
}
