// Package sdk is another package's view of the API.
package sdk

// AllFailed is a total failure.
const AllFailed = 5100

// Result is the answer to a call that starts one task.
type Result struct {
	Code      int    `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

// Task is what an accepted call starts.
type Task struct{ ID string }

// Hidden keeps its types to itself.
type Hidden struct {
	base
	Detail map[string]entry `json:"detail"`
}

type base struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

type entry struct {
	base
	RequestID string `json:"requestId"`
}
