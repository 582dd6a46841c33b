// Package app has answers whose types it can't name.
package app

import (
	"errors"
	"fmt"

	"cross/hidden/sdk"
)

var errFailed = errors.New("call failed")

// ---- wrong ----

// Nobody looks at the code.
func StopBlindly(b []byte) error {
	_, err := sdk.Stop(b) // want "result-unchecked"
	return err
}

// The detail is behind a method that nobody calls.
func StopAll(b []byte) error {
	r, err := sdk.Stop(b)
	if err != nil {
		return err
	}
	if !r.OK() { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}

// Likewise with the code.
func StopCode(b []byte) error {
	r, err := sdk.Stop(b)
	if err != nil {
		return err
	}
	if r.Code() != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}

// The task may not exist.
func CreateBlindly(b []byte) (string, error) {
	t, err := sdk.Create(b) // want "result-unchecked"
	if err != nil {
		return "", err
	}
	return t.Job(), nil
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
	return t.Job(), nil
}

// ---- right ----

// Silent: the method looks at every entry.
func Stop(b []byte) error {
	r, err := sdk.Stop(b)
	if err != nil {
		return err
	}
	return r.Err()
}

// Silent: likewise.
func StopFailed(b []byte) error {
	r, err := sdk.Stop(b)
	if err != nil {
		return err
	}
	if r.OK() {
		return nil
	}
	return fmt.Errorf("not stopped: %v", r.Failed())
}

// Silent: only 0 passes.
func Create(b []byte) (string, error) {
	t, err := sdk.Create(b)
	if err != nil {
		return "", err
	}
	if t.Refused() {
		return "", errFailed
	}
	return t.Job(), nil
}

// Silent: somebody else has looked.
func CreateChecked(b []byte) (string, error) {
	t, err := sdk.CreateChecked(b)
	if err != nil {
		return "", err
	}
	return t.Job(), nil
}

// Silent: the caller has it.
func CreateReturned(b []byte) (sdk.Ticket, error) { return sdk.Create(b) }

// Silent: whoever it is may look.
func CreatePassed(b []byte, judge func(sdk.Ticket) error) error {
	t, err := sdk.Create(b)
	if err != nil {
		return err
	}
	return judge(t)
}
