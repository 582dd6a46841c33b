// Package none has the types of its sibling packages and none of their
// evidence. Every function here is silent.
package none

import (
	"encoding/json"
	"errors"
)

var errFailed = errors.New("call failed")

// Result has a code and a task ID.
type Result struct {
	Code      int    `json:"code"`
	RequestID string `json:"requestId"`
}

// Task calls its task ID taskId.
type Task struct {
	Code   int    `json:"code"`
	TaskID string `json:"taskId"`
}

// DataTask has its task ID in data.
type DataTask struct {
	Code int `json:"code"`
	Data struct {
		TaskID int `json:"taskId"`
	} `json:"data"`
}

// Codes is a collection of structs that have nothing but a code and a name.
type Codes struct {
	Code   int `json:"code"`
	Detail []struct {
		Code int    `json:"code"`
		Name string `json:"name"`
	} `json:"detail"`
}

// Opaque leaves its detail open.
type Opaque struct {
	Code   int `json:"code"`
	Detail any `json:"detail"`
}

// Silent: without evidence, a code and a task ID are anybody's.
func Create(b []byte) (string, error) {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return "", err
	}
	return s.RequestID, nil
}

// Silent: without evidence, a code and a taskId are anybody's.
func CreateTask(b []byte) (string, error) {
	var s Task
	if err := json.Unmarshal(b, &s); err != nil {
		return "", err
	}
	return s.TaskID, nil
}

// Silent: without evidence, a task ID in data is anybody's.
func CreateDataTask(b []byte) (int, error) {
	var s DataTask
	if err := json.Unmarshal(b, &s); err != nil {
		return 0, err
	}
	return s.Data.TaskID, nil
}

// Silent: without evidence, a list of codes is not a batch.
func StopCodes(b []byte) error {
	var r Codes
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 {
		return errFailed
	}
	return nil
}

// Silent: without evidence, an opaque detail is not a batch's.
func StopOpaque(b []byte) error {
	var r Opaque
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 {
		return errFailed
	}
	return nil
}
