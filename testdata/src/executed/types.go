// Package executed has handlers of which running them, with every kind of
// answer, has shown whether they are right: the analyzer said otherwise once.
package executed

import (
	"encoding/json"
	"errors"
	"fmt"
	"log"
)

// Item is what happened to one resource.
type Item struct {
	Code      int    `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

// Batch has its entries by resource.
type Batch struct {
	Code    int             `json:"code"`
	Message string          `json:"message"`
	Detail  map[string]Item `json:"detail"`
}

// Lean is what happened to one resource, without a task.
type Lean struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

// LeanBatch has lean entries.
type LeanBatch struct {
	Code    int             `json:"code"`
	Message string          `json:"message"`
	Detail  map[string]Lean `json:"detail"`
}

// List has its entries in a row.
type List struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
	Detail  []Item `json:"detail"`
}

// Three has room for three entries.
type Three struct {
	Code    int     `json:"code"`
	Message string  `json:"message"`
	Detail  [3]Item `json:"detail"`
}

// Result is the answer to a call that starts one task.
type Result struct {
	Code      int    `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

var (
	errFailed  = errors.New("failed")
	errRefused = errors.New("refused")
	errGone    = errors.New("gone")

	last map[string]Item
	keep func(any)
)

// Failure is an error that has the answer.
type Failure struct{ Answer *Batch }

// Silent: a printer of nothing.
func (f *Failure) Error() string { return "failed" }

// Silent: who gets only the bytes answers for nothing.
func batch(b []byte) (*Batch, error) {
	r := new(Batch)
	return r, json.Unmarshal(b, r)
}

// Silent: likewise.
func result(b []byte) (*Result, error) {
	s := new(Result)
	return s, json.Unmarshal(b, s)
}

// Silent: a helper with a bool result.
func refused(code int) bool { return code != 0 && code != 5100 && code != 5400 }

// Silent: a use of imports.
func use(args ...any) { fmt.Println(args...); log.Println(args...) }
