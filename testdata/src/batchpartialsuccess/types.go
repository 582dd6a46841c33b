// Package batchpartialsuccess treats failed resources as done: 5400 goes
// the way of success, and nobody looks into the detail.
package batchpartialsuccess

import (
	"errors"
	"fmt"
	"sync/atomic"
)

// Outcome is what happened to one load balancer.
type Outcome struct {
	Code      int    `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

// Answer keys the outcomes by load balancer.
type Answer struct {
	Code      int                `json:"code"`
	Message   string             `json:"message"`
	RequestID string             `json:"requestId"`
	Detail    map[string]Outcome `json:"detail"`
}

// DiskOutcome is what happened to one disk.
type DiskOutcome struct {
	DiskID    string `json:"diskId"`
	Code      int    `json:"code"`
	Msg       string `json:"msg"`
	RequestID string `json:"requestId"`
}

// Header has the outer members.
type Header struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

// DiskAnswer has its outer members in an embedded struct, and an array for its
// detail.
type DiskAnswer struct {
	Header
	Detail []*DiskOutcome `json:"detail"`
}

// PtrAnswer has pointers for its members.
type PtrAnswer struct {
	Code    *int64              `json:"code"`
	Message *string             `json:"message"`
	Detail  map[string]*Outcome `json:"detail"`
}

// Code is a named outcome code.
type Code int

// The outcome codes of the API.
const (
	OK             Code = 0
	TotalFailure   Code = 5100
	PartialFailure Code = 5400
)

// NamedAnswer has a named type for its code.
type NamedAnswer struct {
	Code   Code               `json:"code"`
	Detail map[string]Outcome `json:"detail"`
}

// FloatAnswer comes from a client that leaves numbers as they are.
type FloatAnswer struct {
	Code   float64            `json:"code"`
	Detail map[string]Outcome `json:"detail"`
}

// DescAnswer has the symbolic name of its code beside it.
type DescAnswer struct {
	Code     int                `json:"code"`
	CodeDesc string             `json:"codeDesc"`
	Detail   map[string]Outcome `json:"detail"`
}

// AnswerError carries a whole answer to the caller.
type AnswerError struct {
	Action string
	Answer *Answer
}

// Silent: the answer's code is not judged here.
func (e *AnswerError) Error() string { return fmt.Sprintf("%s: %s", e.Action, e.Answer.Message) }

// API sends one action.
type API interface {
	Do(action string, ids []string) (*Answer, error)
	DoDisks(action string, ids []string) (DiskAnswer, error)
	Track(taskID string)
}

var (
	errAllFailed = errors.New("no load balancer was deleted")
	errRefused   = errors.New("request refused")
)

var partials atomic.Int64
