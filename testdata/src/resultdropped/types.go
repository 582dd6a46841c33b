// Package resultdropped sees a failure and returns nil all the same, without
// telling anybody.
package resultdropped

import "errors"

// Result is the answer to a call that starts one task.
type Result struct {
	Code      int    `json:"code"`
	CodeDesc  string `json:"codeDesc"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

// Entry is what happened to one database.
type Entry struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

// Batch is the answer to a call that names several databases.
type Batch struct {
	Code    int              `json:"code"`
	Message string           `json:"message"`
	Detail  map[string]Entry `json:"detail"`
}

// Client sends one action.
type Client interface {
	Send(action string, ids ...string) (*Result, error)
	SendBatch(action string, ids ...string) (*Batch, error)
	Wait(taskID string) error
}

var errFailed = errors.New("call failed")
