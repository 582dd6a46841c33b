// Package aliases has responses that several variables, closures and containers may
// hold: what one of them does counts for all.
package aliases

import (
	"errors"
	"fmt"
	"io"
)

type Task struct {
	Code      int    `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

func (t *Task) Err() error {
	if t.Code != 0 {
		return fmt.Errorf("task: %s", t.Message)
	}
	return nil
}

type Batch struct {
	Code    int              `json:"code"`
	Message string           `json:"message"`
	Detail  map[string]*Task `json:"detail"`
}

type client struct {
	send func(action string) (io.ReadCloser, error)
	last *Task
}

var errRefused = errors.New("refused")

// retry is somebody else's: nobody knows when it calls.
var retry func(func() error) error

// observe is likewise.
var observe func(any)

func newTask() *Task { return &Task{} }

func newNamed(name string) *Task {
	t := new(Task)
	t.RequestID = name
	return t
}
