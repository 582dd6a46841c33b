// Package predicate asks for single codes by methods of its types. What such a method
// decides, only its callers tell, and never its name.
package predicate

import (
	"encoding/json"
	"errors"
	"time"
)

var errFailed = errors.New("call failed")

// Task is compared with one code, which is a special case.
type Task struct {
	Code      int    `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

// Throttled reports whether there were too many requests.
//
// Silent: a helper with a bool result.
func (t *Task) Throttled() bool { return t.Code == 4400 }

// One predicate doesn't make the type foreign: nobody looks at the other codes.
func Create(b []byte) (string, error) {
	var t Task
	if err := json.Unmarshal(b, &t); err != nil { // want "result-unchecked"
		return "", err
	}
	return t.RequestID, nil
}

// The special case is over, and every code passes.
func CreateSlowly(b []byte) (string, error) {
	var t Task
	if err := json.Unmarshal(b, &t); err != nil {
		return "", err
	}
	if t.Throttled() { // want "result-nonzero-success"
		time.Sleep(time.Second)
	}
	return t.RequestID, nil
}

// Reply takes 1 for success, as those tell who ask.
type Reply struct {
	Code      int    `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

// Silent: a helper with a bool result.
func (r *Reply) OK() bool { return r.Code == 1 }

// Silent: the predicate is the only way to success, so that the type speaks another convention.
func Delete(b []byte) error {
	var r Reply
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if !r.OK() {
		return errFailed
	}
	return nil
}

// Silent: the type speaks another convention, also where nobody looks at its code.
func Rename(b []byte) (string, error) {
	var r Reply
	if err := json.Unmarshal(b, &r); err != nil {
		return "", err
	}
	return r.RequestID, nil
}

// Receipt takes 1 for success, as those tell who ask.
type Receipt struct {
	Code      int    `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

// Silent: a helper with a bool result, whose body is a literal's.
func (r *Receipt) OK() bool { return func() bool { return r.Code == 1 }() }

// Silent: the predicate is the only way to success.
func Confirm(b []byte) error {
	var r Receipt
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if !r.OK() {
		return errFailed
	}
	return nil
}

// Silent: the type speaks another convention, also where nobody looks at its code.
func Confirmed(b []byte) (string, error) {
	var r Receipt
	if err := json.Unmarshal(b, &r); err != nil {
		return "", err
	}
	return r.RequestID, nil
}
