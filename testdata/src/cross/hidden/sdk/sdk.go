// Package sdk gives its answers in interfaces, and keeps their types for itself.
package sdk

import (
	"encoding/json"
	"errors"
	"fmt"
)

var errAll = errors.New("no server was stopped")

// An Answer is what can be asked of a batch.
type Answer interface {
	Code() int
	OK() bool
	Err() error
	Failed() []string
}

// A Ticket is what can be asked of a single result.
type Ticket interface {
	Refused() bool
	Total() error
	Job() string
}

type head struct {
	Status  int    `json:"code"`
	Message string `json:"message"`
}

// Silent: the code is returned.
func (h *head) Code() int { return h.Status }

// Silent: a helper with a bool result.
func (h head) OK() bool { return h.Status == 0 }

// Silent: likewise.
func (h head) Refused() bool { return h.Status != 0 }

// Silent: by itself, the head is no response.
func (h head) Total() error {
	if h.Status == 5100 {
		return errAll
	}
	return nil
}

type item struct {
	Status  int    `json:"code"`
	Message string `json:"message"`
}

type batch struct {
	head
	Detail map[string]item `json:"detail"`
}

// Silent: every entry is looked at.
func (b *batch) Err() error {
	for id, e := range b.Detail {
		if e.Status != 0 {
			return fmt.Errorf("%s: %s", id, e.Message)
		}
	}
	if b.Status != 0 {
		return errAll
	}
	return nil
}

// Silent: every entry is looked at.
func (b *batch) Failed() []string {
	var failed []string
	for id, e := range b.Detail {
		if e.Status != 0 {
			failed = append(failed, id)
		}
	}
	return failed
}

type ticket struct {
	head
	RequestID string `json:"requestId"`
}

// Silent: a helper with a string result.
func (t *ticket) Job() string { return t.RequestID }

// Stop gives any answer.
//
// Silent: the response is returned.
func Stop(b []byte) (Answer, error) {
	r := new(batch)
	if err := json.Unmarshal(b, r); err != nil {
		return nil, err
	}
	return r, nil
}

// Create gives any answer.
//
// Silent: the response is returned.
func Create(b []byte) (Ticket, error) {
	var t ticket
	if err := json.Unmarshal(b, &t); err != nil {
		return nil, err
	}
	return &t, nil
}

// CreateChecked gives what has the code 0.
//
// Silent: the response is returned.
func CreateChecked(b []byte) (Ticket, error) {
	var t ticket
	if err := json.Unmarshal(b, &t); err != nil {
		return nil, err
	}
	if t.Status != 0 {
		return nil, errors.New(t.Message)
	}
	return &t, nil
}
