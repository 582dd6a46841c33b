// Package errors has responses that are errors as well.
package errors

import (
	"encoding/json"
	"errors"
	"fmt"
	"log"
)

var errFailed = errors.New("call failed")

// Item is what happened to one server.
type Item struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

// Batch is an error by its own method.
type Batch struct {
	Code    int             `json:"code"`
	Message string          `json:"message"`
	Detail  map[string]Item `json:"detail"`
}

// Silent: a helper with a string result.
func (b *Batch) Error() string { return fmt.Sprintf("%s (code %d)", b.Message, b.Code) }

// Base is an error, and makes one of what embeds it.
type Base struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

// Silent: by itself, the base is no response.
func (b Base) Error() string { return fmt.Sprintf("%s (code %d)", b.Message, b.Code) }

// Task is an error by its base.
type Task struct {
	Base
	RequestID string `json:"requestId"`
}

// Stop gives any answer.
//
// Silent: the response is returned.
func Stop(b []byte) (*Batch, error) {
	r := new(Batch)
	if err := json.Unmarshal(b, r); err != nil {
		return nil, err
	}
	return r, nil
}

// Create gives any answer.
//
// Silent: the response is returned.
func Create(b []byte) (Task, error) {
	var t Task
	err := json.Unmarshal(b, &t)
	return t, err
}

// Checked gives what has the code 0.
//
// Silent: the response is returned, and it is the error itself for any other code.
func Checked(b []byte) (*Batch, error) {
	r, err := Stop(b)
	if err != nil {
		return nil, err
	}
	if r.Code != 0 {
		return nil, r
	}
	return r, nil
}

// ---- wrong ----

// Beside an error, the response is what is asked for: nobody looks at it.
func StopBlindly(b []byte) error {
	_, err := Stop(b) // want "result-unchecked"
	return err
}

// The task may not exist.
func CreateBlindly(b []byte) (string, error) {
	t, err := Create(b) // want "result-unchecked"
	if err != nil {
		return "", err
	}
	return t.RequestID, nil
}

// The detail is lost.
func StopAll(b []byte) error {
	r, err := Stop(b)
	if err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}

// A verdict is one, whatever else its receiver is.
func (b *Batch) Err() error {
	if b.Code != 0 { // want "batch-partial-as-failure"
		return errors.New(b.Message)
	}
	return nil
}

// Likewise of a parameter.
func check(t *Task) error {
	if t.Code > 0 { // want "result-nonzero-success"
		return errFailed
	}
	return nil
}

// ---- right ----

// Silent: the response itself is the error, with its detail.
func (b *Batch) Failure() error {
	if b.Code != 0 {
		return b
	}
	return nil
}

// Silent: likewise.
func StopOrFail(b []byte) error {
	r, err := Stop(b)
	if err != nil {
		return err
	}
	if r.Code != 0 {
		return fmt.Errorf("stop: %w", r)
	}
	return nil
}

// Silent: for every code but 0 there is an error.
func StopChecked(b []byte) error {
	_, err := Checked(b)
	return err
}

// Failed gives the answer to a request that failed.
//
// Silent: the only result is the error itself.
func Failed(b []byte) *Task {
	var t Task
	if json.Unmarshal(b, &t) != nil || t.Code == 0 {
		return nil
	}
	return &t
}

// Silent: who gets the error itself knows that the request failed.
func CreateAgain(b []byte) error {
	if t := Failed(b); t != nil {
		if t.Code == 4400 {
			return nil
		}
		return t
	}
	return nil
}

// Silent: an error that is looked into.
func Explain(err error) string {
	var t *Task
	if errors.As(err, &t) && t.Code > 5000 {
		return "the service is down"
	}
	if b, ok := err.(*Batch); ok && b.Code == 5100 {
		return "no server was stopped"
	}
	return err.Error()
}

// Silent: nobody is told of success where an error is noted.
func note(t *Task) {
	if t.Code > 5000 {
		log.Printf("request %s: %s", t.RequestID, t.Message)
	}
}

// Silent: likewise of one of several.
func noteAll(failed []*Task) {
	for _, t := range failed {
		if t.Code > 5000 {
			note(t)
		}
	}
}
