// Package compare compares its types' codes with 5100 and 5400: that is their
// evidence.
package compare

import (
	"encoding/json"
	"errors"
	"fmt"
)

var errFailed = errors.New("call failed")

// Result has a code and a task ID in data.
type Result struct {
	Code int `json:"code"`
	Data struct {
		TaskID string `json:"taskId"`
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

// Silent: every failure is told apart; the comparison with 5100 is evidence for
// the other functions.
func Check(b []byte) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s.Code == 5100 {
		return fmt.Errorf("task %s failed", s.Data.TaskID)
	}
	if s.Code != 0 {
		return errFailed
	}
	return nil
}

// With evidence, a code and a task ID in data make a single result: nobody
// looks at the code.
func Create(b []byte) (string, error) {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil { // want "result-unchecked"
		return "", err
	}
	return s.Data.TaskID, nil
}

// With evidence, a slice of codes and names is a batch's detail: the failed
// zones are lost.
func Sync(b []byte) error {
	var r Codes
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	switch r.Code { // want "batch-partial-as-failure"
	case 0:
		return nil
	case 5400:
		return errors.New("some zones failed")
	}
	return errFailed
}

// With evidence, an opaque detail is a batch's: what failed is treated as done.
func Apply(b []byte) error {
	var r Opaque
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 && r.Code != 5400 { // want "batch-partial-as-success"
		return errFailed
	}
	return nil
}

// Silent: the opaque detail is handed on.
func ApplyDetail(b []byte) (any, error) {
	var r Opaque
	if err := json.Unmarshal(b, &r); err != nil {
		return nil, err
	}
	if r.Code != 0 {
		return r.Detail, errFailed
	}
	return nil, nil
}
