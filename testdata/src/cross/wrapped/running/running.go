// Package running has an answer of another package that compares no code.
package running

import (
	"encoding/json"
	"errors"

	"cross/wrapped/tasks"
)

var errTask = errors.New("no task")

// Negative codes pass.
func Poll(b []byte) error {
	var r tasks.Running
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code == 5100 { // want "result-nonzero-success"
		return errTask
	}
	return nil
}
