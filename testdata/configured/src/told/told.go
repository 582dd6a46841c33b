// Package told has the configuration say that fmt.Errorf prints. Then an error with an answer's bytes in its
// text tells nobody of them.
package told

import (
	"encoding/json"
	"errors"
	"fmt"
)

type Batch struct {
	Code   int              `json:"code"`
	Detail map[string]Entry `json:"detail"`
}

type Entry struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

var errFailed = errors.New("failed")

func printed(b []byte) error {
	_ = fmt.Errorf("answered: %s", b)
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 { // want `batch-partial-as-failure: `
		return errFailed
	}
	return nil
}

// Silent: nobody says that errors.New prints.
func kept(b []byte) error {
	_ = errors.New(string(b))
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 {
		return errFailed
	}
	return nil
}
