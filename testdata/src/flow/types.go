// Package flow follows response values through every kind of control flow that
// one function body can hold, closures called or deferred there included.
package flow

import (
	"encoding/json"
	"errors"
	"fmt"
)

// Entry is what happened to one server.
type Entry struct {
	Code      int    `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

// Batch is the answer to a call that names several servers.
type Batch struct {
	Code    int              `json:"code"`
	Message string           `json:"message"`
	Detail  map[string]Entry `json:"detail"`
}

// ListBatch is a batch whose detail is an array, as the documentation's table
// has it.
type ListBatch struct {
	Code    int         `json:"code"`
	Message string      `json:"message"`
	Detail  []ListEntry `json:"detail"`
}

// ListEntry is an entry that says itself whose it is.
type ListEntry struct {
	InstanceID string `json:"instanceId"`
	Code       int    `json:"code"`
	Message    string `json:"message"`
}

// LooseBatch has pointers for its members.
type LooseBatch struct {
	Code    *int                   `json:"code"`
	Message *string                `json:"message"`
	Detail  *map[string]LooseEntry `json:"detail"`
}

// LooseEntry has pointers for its members.
type LooseEntry struct {
	Code    *int    `json:"code"`
	Message *string `json:"message"`
}

// OpaqueBatch leaves its detail to the reader; codeDesc is its evidence.
type OpaqueBatch struct {
	Code     int    `json:"code"`
	CodeDesc string `json:"codeDesc"`
	Message  string `json:"message"`
	Detail   any    `json:"detail"`
}

// RawBatch leaves its detail undecoded; codeDesc is its evidence.
type RawBatch struct {
	Code     int             `json:"code"`
	CodeDesc string          `json:"codeDesc"`
	Message  string          `json:"message"`
	Detail   json.RawMessage `json:"detail"`
}

// Result is the answer to a call that starts one task.
type Result struct {
	Code      int    `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

// PartialError carries the entries to the caller.
type PartialError struct {
	Action string
	Detail map[string]Entry
}

// Silent: an error of the package's own, no response.
func (e *PartialError) Error() string {
	return fmt.Sprintf("%s: %d servers reported", e.Action, len(e.Detail))
}

// Caller sends one action. What an implementation does with the code is
// unknown here.
type Caller interface {
	Call(action string, ids []string, out any) error
	Stop(ids []string) (*Batch, error)
	Create(name string) (*Result, error)
}

var (
	errRefused = errors.New("request refused")
	errTimeout = errors.New("timed out")
)
