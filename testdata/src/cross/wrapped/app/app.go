// Package app has an answer whose code is in one package, and its task ID in another.
package app

import (
	"encoding/json"
	"errors"

	"cross/wrapped/sdk"
	"cross/wrapped/tasks"
)

var errTask = errors.New("no task")

// Negative codes pass, and so do those that nobody has heard of.
func Start(b []byte) error {
	var e sdk.Envelope[tasks.Task]
	if err := json.Unmarshal(b, &e); err != nil {
		return err
	}
	if e.Code == 5100 { // want "result-nonzero-success"
		return errTask
	}
	return nil
}

// Silent: only zero passes.
func Started(b []byte) error {
	var e sdk.Envelope[tasks.Task]
	if err := json.Unmarshal(b, &e); err != nil {
		return err
	}
	if e.Code != 0 {
		return errTask
	}
	return nil
}
