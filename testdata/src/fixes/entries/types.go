// Package entries has functions that look at the entries already, but where a partial
// failure doesn't come by, or not at their codes.
package entries

import "errors"

// Entry is what happened to one server.
type Entry struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
	TaskID  string `json:"requestId"`
}

// Answer keys the entries by server.
type Answer struct {
	Code    int              `json:"code"`
	Message string           `json:"message"`
	Detail  map[string]Entry `json:"detail"`
}

// List has its entries in the order of the request.
type List struct {
	Code   int          `json:"code"`
	Detail []*ListEntry `json:"detail"`
}

// ListEntry is what happened to one server.
type ListEntry struct {
	Code    *int   `json:"code"`
	Message string `json:"message"`
}

// Client sends one action.
type Client interface {
	Send(action string, ids ...string) (*Answer, error)
	SendList(action string, ids ...string) (*List, error)
	Forget(id string)
}

// Outcome codes.
const (
	Success    = 0
	AllFailed  = 5100
	SomeFailed = 5400
)

var errFailed = errors.New("servers failed")
