// Package batchpartialfailure turns 5400 into a failure of the whole call:
// nobody learns which servers failed, and a retry repeats what succeeded.
package batchpartialfailure

import (
	"errors"
	"fmt"
)

// Entry is what happened to one server.
type Entry struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
	TaskID  string `json:"requestId"`
}

// Answer keys the entries by server.
type Answer struct {
	Code      int               `json:"code"`
	Message   string            `json:"message"`
	RequestID string            `json:"requestId"`
	Detail    map[string]*Entry `json:"detail"`
}

// ListEntry is an entry that names its server.
type ListEntry struct {
	ServerID string `json:"unInstanceId"`
	Code     int    `json:"code"`
	Message  string `json:"message"`
}

// ListAnswer has an array for its detail.
type ListAnswer struct {
	Code    int64       `json:"code"`
	Message string      `json:"message"`
	Detail  []ListEntry `json:"detail"`
}

// NestedAnswer has its entries one struct further down.
type NestedAnswer struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
	Detail  struct {
		Total int              `json:"total"`
		Items map[string]Entry `json:"items"`
	} `json:"detail"`
}

// Status is a named outcome code.
type Status int

// Outcome codes.
const (
	Succeeded Status = 0
	AllFailed Status = 5100
	SomeFail  Status = 5400
)

// StatusAnswer has a named code.
type StatusAnswer struct {
	Code   Status           `json:"code"`
	Detail map[string]Entry `json:"detail"`
}

// APIError is an API's code and message.
type APIError struct {
	Code    int
	Message string
}

// Silent: an error of the package's own, no response.
func (e *APIError) Error() string { return fmt.Sprintf("%s (code %d)", e.Message, e.Code) }

// ServersError names the servers that failed.
type ServersError struct {
	Failed []string
	Answer *Answer
}

// Silent: the answer in the error is not looked at.
func (e *ServersError) Error() string { return fmt.Sprintf("%d servers failed", len(e.Failed)) }

// Client sends one action.
type Client interface {
	Send(action string, ids ...string) (*Answer, error)
	SendList(action string, ids ...string) (*ListAnswer, error)
}

var (
	ErrStop  = errors.New("stop failed")
	errRetry = errors.New("try again")
)
