// Package app uses responses that the configuration describes.
package app

import (
	"encoding/json"
	"errors"
	"fmt"

	"sdk"
)

var errFailed = errors.New("failed")

func partialAsSuccess(b []byte) error {
	var a sdk.Answer
	if err := json.Unmarshal(b, &a); err != nil {
		return err
	}
	if a.Status == 500 { // want `batch-partial-as-success: failed resources are treated as done: a.Status may be 207 at`
		return errFailed
	}
	return nil
}

func partialAsFailure(b []byte) error {
	var a sdk.Answer
	if err := json.Unmarshal(b, &a); err != nil {
		return err
	}
	if a.Status != 200 { // want `batch-partial-as-failure: nobody learns which resources failed: a.Status may be 207 at`
		return errFailed
	}
	return nil
}

// Silent: the entries are inspected, and success is an entry's own 200.
func inspected(b []byte) error {
	a, err := sdk.Stop(b)
	if err != nil {
		return err
	}
	if a.Status != 200 && a.Status != 207 {
		return errFailed
	}
	for id, item := range a.Items {
		if item.Code != 200 {
			return fmt.Errorf("%s failed", id)
		}
	}
	return nil
}

func entryMisread(b []byte) error {
	a, err := sdk.Stop(b)
	if err != nil {
		return err
	}
	if a.Status != 200 && a.Status != 207 {
		return errFailed
	}
	for id, item := range a.Items {
		if item.Code == 500 { // want `result-nonzero-success: a failed resource is treated as done: item.Code may be anything but 500 at line 62 \(success is 200\)`
			return fmt.Errorf("%s failed", id)
		}
	}
	return nil
}

func unchecked(b []byte) error {
	_, err := sdk.Stop(b) // want `result-unchecked: a failed request is treated as done: Status from sdk.Stop is not checked before .*success is 200`
	return err
}

// A task ID that the configuration names.
func taskLeft(b []byte, wait func(string)) {
	var t sdk.Ticket
	if json.Unmarshal(b, &t) != nil { // want `result-unchecked: a failed request is treated as done: t.Ret is not checked before`
		return
	}
	wait(t.Job.Name)
}

func ticket(b []byte) (string, error) {
	var t sdk.Ticket
	if err := json.Unmarshal(b, &t); err != nil {
		return "", err
	}
	if t.Ret > 0 { // want `result-nonzero-success: a failed request is treated as done: t.Ret may be less than 1`
		return "", errFailed
	}
	return t.Job.Name, nil
}

// Silent: a directive wins over the configuration.
func directed(b []byte) error {
	var d sdk.Directed
	if err := json.Unmarshal(b, &d); err != nil {
		return err
	}
	if d.Code != 0 {
		return errFailed
	}
	return nil
}

// Silent: the configuration wins over the members' names.
func foreign(b []byte) error {
	var f sdk.Foreign
	if err := json.Unmarshal(b, &f); err != nil {
		return err
	}
	if f.Code > 0 {
		return errFailed
	}
	return nil
}
