// Package resultunchecked signals success although nobody looked at the code:
// a refused call has no task, and its empty task ID goes on.
package resultunchecked

import (
	"context"
	"errors"
)

// Result is the answer to a call that starts one task.
type Result struct {
	Code      int    `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

// TaskResult has its task ID one struct further down; codeDesc is its
// evidence.
type TaskResult struct {
	Code     int    `json:"code"`
	CodeDesc string `json:"codeDesc"`
	Data     struct {
		TaskID int64 `json:"taskId"`
	} `json:"data"`
}

// Entry is what happened to one load balancer.
type Entry struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

// Batch is the answer to a call that names several load balancers.
type Batch struct {
	Code   int              `json:"code"`
	Detail map[string]Entry `json:"detail"`
}

// Client posts one action; what it makes of the code is unknown here.
type Client interface {
	Post(action string, params map[string]string) ([]byte, error)
	Check(body []byte) error
	Poll(ctx context.Context, taskID string) error
}

// Store keeps task IDs.
type Store struct {
	last  string
	tasks map[string]string
}

var errRefused = errors.New("call refused")
