// Package resultnonzero judges the code and lets an open set of failures pass
// beside 0: there is no task, and the caller hears of none.
package resultnonzero

import (
	"encoding/json"
	"errors"
)

// Result is the answer to a call that starts one task.
type Result struct {
	Code      int    `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

// Code is a named outcome code.
type Code int32

// Outcome codes.
const (
	Success  Code = 0
	AuthFail Code = 4100
	Gone     Code = 7001
)

// NamedResult has a named code.
type NamedResult struct {
	Code      Code   `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

// PtrResult has pointers for its members.
type PtrResult struct {
	Code      *int    `json:"code"`
	Message   *string `json:"message"`
	RequestID *string `json:"requestId"`
}

// FloatResult leaves numbers as they are.
type FloatResult struct {
	Code      float64 `json:"code"`
	Message   string  `json:"message"`
	RequestID string  `json:"requestId"`
}

// NumberResult leaves numbers as text.
type NumberResult struct {
	Code      json.Number `json:"code"`
	Message   string      `json:"message"`
	RequestID string      `json:"requestId"`
}

// UnsignedResult cannot have negative codes.
type UnsignedResult struct {
	Code      uint32 `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

// AnyResult leaves the code to its reader; codeDesc is its evidence.
type AnyResult struct {
	Code      any    `json:"code"`
	CodeDesc  string `json:"codeDesc"`
	RequestID string `json:"requestId"`
}

// Entry is what happened to one listener.
type Entry struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

// Batch is the answer to a call that names several listeners.
type Batch struct {
	Code    int              `json:"code"`
	Message string           `json:"message"`
	Detail  map[string]Entry `json:"detail"`
}

// Client sends one action.
type Client interface {
	Send(action string) (*Result, error)
	SendBatch(action string, ids []string) (*Batch, error)
}

var errFailed = errors.New("call failed")
