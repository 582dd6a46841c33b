// Package generic instantiates response types: each instance is looked at by
// itself.
package generic

import (
	"encoding/json"
	"errors"
	"fmt"
)

var errFailed = errors.New("call failed")

// Entry is what happened to one server.
type Entry struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

// Tag is what a server is called: it has no code.
type Tag struct {
	Name string `json:"name"`
}

// Response has a detail of any element type.
type Response[T any] struct {
	Code    int          `json:"code"`
	Message string       `json:"message"`
	Detail  map[string]T `json:"detail"`
}

// Result has data of any type.
type Result[T any] struct {
	Code      int    `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
	Data      T      `json:"data"`
}

// Holder has a detail that may be anything, a collection too.
type Holder[D any] struct {
	Code   int `json:"code"`
	Detail D   `json:"detail"`
}

// The instance with entries is a batch: failed servers are lost.
func Stop(b []byte) error {
	var r Response[Entry]
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}

// The instance with pointers to entries is a batch too: failed servers pass
// for started.
func Start(b []byte) error {
	r := new(Response[*Entry])
	if err := json.Unmarshal(b, r); err != nil {
		return err
	}
	if r.Code == 5100 { // want "batch-partial-as-success"
		return errFailed
	}
	return nil
}

// The detail is a type parameter, and this instance makes it a collection of
// entries: failed servers are lost.
func Restart(b []byte) error {
	var r Holder[[]Entry]
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}

// Every instance of Result is a single result: negative codes pass.
func Create(b []byte) ([]string, error) {
	var s Result[[]string]
	if err := json.Unmarshal(b, &s); err != nil {
		return nil, err
	}
	if s.Code > 0 { // want "result-nonzero-success"
		return nil, errFailed
	}
	return s.Data, nil
}

// In a generic function the members are the same: nobody looks at the code.
func Data[T any](b []byte) (T, error) {
	var s Result[T]
	if err := json.Unmarshal(b, &s); err != nil { // want "result-unchecked"
		return s.Data, err
	}
	return s.Data, nil
}

// Silent: the instance with strings is no batch.
func Names(b []byte) error {
	var r Response[string]
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 {
		return errFailed
	}
	return nil
}

// Silent: the instance with structs without a code is no batch.
func Tags(b []byte) error {
	var r Response[Tag]
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 {
		return errFailed
	}
	return nil
}

// Silent: the instance with a string for its detail is no batch.
func Text(b []byte) error {
	var r Holder[string]
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 {
		return errors.New(r.Detail)
	}
	return nil
}

// Silent: a generic function does not know what its response is, and returns
// it.
func Do[T any](b []byte) (*Response[T], error) {
	r := new(Response[T])
	if err := json.Unmarshal(b, r); err != nil {
		return nil, err
	}
	if r.Code != 0 {
		return r, errFailed
	}
	return r, nil
}

// Silent: the batch's entries are inspected.
func StopInspected(b []byte) error {
	var r Response[Entry]
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code == 0 {
		return nil
	}
	for id, e := range r.Detail {
		if e.Code != 0 {
			return fmt.Errorf("stop %s: %s", id, e.Message)
		}
	}
	return errFailed
}

// OK is a method of every instance.
//
// Silent: a helper with a bool result and no error is never itself reported.
func (r *Response[T]) OK() bool { return r.Code == 0 }
