// Package backwards has the functions of package circles in another order.
package backwards

import (
	"encoding/json"
	"errors"
)

type Task struct {
	Code      int    `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

type Entry struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

type Batch struct {
	Code    int              `json:"code"`
	Message string           `json:"message"`
	Detail  map[string]Entry `json:"detail"`
}

var errFailed = errors.New("failed")

// ---- functions that never return, and call each other ----

// Only success is left behind the call, since it never returns.
func Stop(raw []byte) error {
	var r Batch
	if err := json.Unmarshal(raw, &r); err != nil {
		return err
	}
	if r.Code != 0 {
		unwind(1)
	}
	return nil
}

func stop(n int) {
	if n > 0 {
		unwind(n - 1)
	}
	panic("stopped")
}

func unwind(n int) {
	if n > 0 {
		stop(n - 1)
	} else {
		panic("nothing left")
	}
}

// ---- functions that give each other's errors ----

// So may odd, by way of even.
func Second(raw []byte) error {
	var s Task
	if err := json.Unmarshal(raw, &s); err != nil {
		return err
	}
	if s.Code > 0 { // want "result-nonzero-success"
		return errFailed
	}
	return odd(1)
}

// Even may be nil, so success is signalled at the end: for negative codes too.
func First(raw []byte) error {
	var s Task
	if err := json.Unmarshal(raw, &s); err != nil {
		return err
	}
	if s.Code > 0 { // want "result-nonzero-success"
		return errFailed
	}
	return even(1)
}

func odd(n int) error {
	if n > 0 {
		return even(n - 1)
	}
	return errFailed
}

func even(n int) error {
	if n > 0 {
		return odd(n - 1)
	}
	return nil
}
