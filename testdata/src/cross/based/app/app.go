// Package app asks the bases of its answers, which know nothing of tasks and details.
package app

import (
	"encoding/json"
	"errors"

	"cross/based/base"
	"cross/based/sdk"
)

var errFailed = errors.New("call failed")

// ---- wrong ----

// The base makes an error of 5400, and the detail is lost.
func StopAll(b []byte) error {
	r, err := sdk.Stop(b)
	if err != nil {
		return err
	}
	return r.Err() // want "batch-partial-as-failure"
}

// Likewise where the base is behind a pointer.
func StartAll(b []byte) error {
	r, err := sdk.Start(b)
	if err != nil {
		return err
	}
	if err := r.Err(); err != nil { // want "batch-partial-as-failure"
		return err
	}
	return nil
}

// A bool doesn't tell more.
func StopOK(b []byte) error {
	var r sdk.Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if !r.OK() { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}

// Likewise behind a pointer.
func StartOK(b []byte) error {
	r, err := sdk.Start(b)
	if err != nil {
		return err
	}
	if r.OK() { // want "batch-partial-as-failure"
		return nil
	}
	return errFailed
}

// The code itself comes by an accessor.
func StopCode(b []byte) error {
	r, err := sdk.Stop(b)
	if err != nil {
		return err
	}
	if r.GetCode() != 0 { // want "batch-partial-as-failure"
		return errors.New(r.GetMessage())
	}
	return nil
}

// Failed servers pass for stopped.
func StopTotal(b []byte) error {
	r, err := sdk.Stop(b)
	if err != nil {
		return err
	}
	return r.Total() // want "batch-partial-as-success"
}

// A function that gets the base knows no more than its methods.
func StopChecked(b []byte) error {
	r, err := sdk.Stop(b)
	if err != nil {
		return err
	}
	return base.Check(&r.Base) // want "batch-partial-as-failure"
}

// An interface hides whose method it is.
func StopAsked(b []byte) error {
	r, err := sdk.Stop(b)
	if err != nil {
		return err
	}
	var asked interface{ Err() error } = r
	return asked.Err() // want "batch-partial-as-failure"
}

// Codes other than 5100 pass for a task.
func CreateTotal(b []byte) (string, error) {
	t, err := sdk.Create(b)
	if err != nil {
		return "", err
	}
	if err := t.Total(); err != nil { // want "result-nonzero-success"
		return "", err
	}
	return t.RequestID, nil
}

// Restart is an answer of this package's own.
type Restart struct {
	base.Base
	Detail map[string]struct {
		base.Base
	} `json:"detail"`
}

// The detail is lost.
func RestartAll(b []byte) error {
	var r Restart
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	return r.Err() // want "batch-partial-as-failure"
}

// ---- right ----

// Silent: the base is asked for one code after the other, and the detail is handed on.
func Stop(b []byte) (map[string]sdk.Item, error) {
	r, err := sdk.Stop(b)
	if err != nil {
		return nil, err
	}
	if r.OK() {
		return nil, nil
	}
	return r.Detail, r.Err()
}

// Silent: the entries' own bases are asked.
func StopEach(b []byte) error {
	r, err := sdk.Stop(b)
	if err != nil {
		return err
	}
	for _, e := range r.Detail {
		if err := e.Err(); err != nil {
			return err
		}
	}
	if r.GetCode() == 5400 {
		return nil
	}
	return r.Err()
}

// Silent: an error for every code but 0.
func Create(b []byte) (string, error) {
	t, err := sdk.Create(b)
	if err != nil {
		return "", err
	}
	if err := t.Err(); err != nil {
		return "", err
	}
	return t.RequestID, nil
}

// Silent: likewise.
func CreateOK(b []byte) (string, error) {
	t, err := sdk.Create(b)
	if err != nil {
		return "", err
	}
	if !t.OK() {
		return "", errors.New(t.GetMessage())
	}
	return t.RequestID, nil
}

// Silent: the caller has the response.
func StopReturned(b []byte) (*sdk.Batch, error) {
	r, err := sdk.Stop(b)
	if err != nil {
		return nil, err
	}
	return r, r.Err()
}

// Silent: by itself, the base is no response.
func Alone(b []byte) error {
	var x base.Base
	if err := json.Unmarshal(b, &x); err != nil {
		return err
	}
	return x.Total()
}
