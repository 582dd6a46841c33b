// Package nonzero has comparisons that let failures pass for success, and
// that are right with another operator or constant.
package nonzero

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
	Success   Code = 0
	AllFailed Code = 5100
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
