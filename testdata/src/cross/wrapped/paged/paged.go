// Package paged has a code around data that another package declares.
package paged

import (
	"encoding/json"
	"errors"

	"cross/wrapped/sdk"
	"cross/wrapped/tasks"
)

type page struct {
	Code int
	sdk.Page[tasks.Task]
}

var errTask = errors.New("no task")

// Negative codes pass.
func First(b []byte) error {
	var p page
	if err := json.Unmarshal(b, &p); err != nil {
		return err
	}
	if p.Code == 5100 { // want "result-nonzero-success"
		return errTask
	}
	return nil
}
