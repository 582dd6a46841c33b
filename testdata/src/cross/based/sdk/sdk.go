// Package sdk has answers that begin with another package's base.
package sdk

import (
	"encoding/json"

	"cross/based/base"
)

// Item is what happened to one server.
type Item struct {
	base.Base
	TaskID string `json:"taskId"`
}

// Batch has its base by value.
type Batch struct {
	base.Base
	Detail map[string]Item `json:"detail"`
}

// Answer has its base by a pointer.
type Answer struct {
	*base.Base
	Detail map[string]*Item `json:"detail"`
}

// Task is a single result.
type Task struct {
	base.Base
	RequestID string `json:"requestId"`
}

// Stop gives any answer.
//
// Silent: the response is returned.
func Stop(b []byte) (*Batch, error) {
	r := new(Batch)
	return r, json.Unmarshal(b, r)
}

// Start gives any answer.
//
// Silent: the response is returned.
func Start(b []byte) (*Answer, error) {
	var r Answer
	if err := json.Unmarshal(b, &r); err != nil {
		return nil, err
	}
	return &r, nil
}

// Create gives any answer.
//
// Silent: the response is returned.
func Create(b []byte) (t Task, err error) {
	err = json.Unmarshal(b, &t)
	return t, err
}
