// Package types has the types that the importing packages need.
package types

import "errors"

// Entry is what happened to one server.
type Entry struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

// Batch is the answer to a call that names several servers.
type Batch struct {
	Code   int              `json:"code"`
	Detail map[string]Entry `json:"detail"`
}

// ErrFailed is any failure.
var ErrFailed = errors.New("servers failed")
