// Package codemethods asks for its codes by methods of their type, and by functions. What these
// compare with tells the convention of the package. Every function here is silent.
package codemethods

import (
	"encoding/json"
	"errors"
)

var errFailed = errors.New("call failed")

// Status is an HTTP status.
type Status int

func (s Status) OK() bool { return s == 200 }

// Answer looks like a single result.
type Answer struct {
	Code      Status `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

// Silent: its code is compared with 200, by a method of it.
func Create(b []byte) (string, error) {
	var a Answer
	if err := json.Unmarshal(b, &a); err != nil {
		return "", err
	}
	if !a.Code.OK() {
		return "", errFailed
	}
	return a.RequestID, nil
}

// Silent: that tells the convention.
func Rename(b []byte) (string, error) {
	var a Answer
	if err := json.Unmarshal(b, &a); err != nil {
		return "", err
	}
	return a.RequestID, nil
}

// Reply takes 1 for success.
type Reply struct {
	Code      int    `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

func one[C ~int](code C) bool { return code == 1 }

// Silent: a helper with a bool result, which has another one ask.
func (r *Reply) Failed() bool { return !one(r.Code) }

// Silent: equality with 1 is the only way to success, as those tell who ask.
func Delete(b []byte) error {
	var r Reply
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Failed() {
		return errFailed
	}
	return nil
}

// Silent: the type speaks another convention, also where nobody looks at its code.
func Resize(b []byte) (string, error) {
	var r Reply
	if err := json.Unmarshal(b, &r); err != nil {
		return "", err
	}
	return r.RequestID, nil
}

// Entry is what happened to one disk.
type Entry struct {
	Code int `json:"code"`
	Size int `json:"size"`
}

// Silent: the number that is 1 here is no code, which says nothing of one.
func (e *Entry) single() bool { return one(e.Size) }
