// Package numbers has codes of types called Number.
package numbers

import (
	"encoding/json"
	"errors"

	jsoniter "github.com/json-iterator/go"

	"recognition/numbers/jsonapi"
)

// Task has a number, by a package that decodes JSON in place of encoding/json.
type Task struct {
	Code      jsoniter.Number `json:"code"`
	Message   string          `json:"message"`
	RequestID string          `json:"requestId"`
}

// A negative code is treated as a task that was accepted: Int64 of this package gives the code, too.
func Start(answer []byte) (string, error) {
	var t Task
	if err := jsoniter.Unmarshal(answer, &t); err != nil {
		return "", err
	}
	code, err := t.Code.Int64()
	if err != nil {
		return "", err
	}
	if code > 0 { // want `result-nonzero-success: a failed request is treated as done: code may be less than 1`
		return "", errors.New(t.Message)
	}
	return t.RequestID, nil
}

// Room has a text for its code: it is no result of a task.
type Room struct {
	Code      jsonapi.Number `json:"code"`
	Message   string         `json:"message"`
	RequestID string         `json:"requestId"`
}

// Silent: a room's number says nothing of a task.
func Reserve(answer []byte) (string, error) {
	var r Room
	if err := json.Unmarshal(answer, &r); err != nil {
		return "", err
	}
	if r.Code == "13" {
		return "", errors.New("there is no such room")
	}
	return r.RequestID, nil
}
