//go:build go1.22

// Package old is for a Go without sorted keys.
package old

import "errors"

// Batch is the answer to a call that names several servers.
type Batch struct {
	Code   int              `json:"code"`
	Detail map[string]Entry `json:"detail"`
}

// Entry is what happened to one server.
type Entry struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

var errFailed = errors.New("servers failed")

func Stopped(r *Batch) error {
	if r.Code != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}

// Server is the name of one.
type Server string

// Named has keys of a type of its own.
type Named struct {
	Code   int              `json:"code"`
	Detail map[Server]Entry `json:"detail"`
}

// No fix: the names can't be sorted as they are.
func Started(r *Named) error {
	if r.Code != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}
