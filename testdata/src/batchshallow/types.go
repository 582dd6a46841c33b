// Package batchshallow touches the detail without reading a single entry's
// code: its length, its keys, its messages, a nil check, a printer.
package batchshallow

import (
	"errors"
	"fmt"
)

// Entry is what happened to one disk.
type Entry struct {
	Code      int    `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

// Answer keys the entries by disk.
type Answer struct {
	Code    int              `json:"code"`
	Message string           `json:"message"`
	Detail  map[string]Entry `json:"detail"`
}

// ListEntry is an entry that names its disk.
type ListEntry struct {
	DiskID  string `json:"diskId"`
	Code    int    `json:"code"`
	Message string `json:"message"`
}

// ListAnswer has an array for its detail.
type ListAnswer struct {
	Code    int          `json:"code"`
	Message string       `json:"message"`
	Detail  []*ListEntry `json:"detail"`
}

// TextError is an error for people.
type TextError struct {
	Code int
	Text string
}

// Silent: an error of the package's own, no response.
func (e *TextError) Error() string { return fmt.Sprintf("%s (code %d)", e.Text, e.Code) }

// Client sends one action.
type Client interface {
	Send(action string, ids []string) (*Answer, error)
	SendList(action string, ids []string) (*ListAnswer, error)
}

var errDisks = errors.New("disk operation failed")
