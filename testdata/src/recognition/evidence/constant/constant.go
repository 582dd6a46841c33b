// Package constant compares its type's code with a constant of the value 5400:
// that is its evidence.
package constant

import (
	"encoding/json"
	"errors"
)

var errFailed = errors.New("call failed")

const (
	succeeded  = 0
	allFailed  = 5000 + 100
	someFailed = allFailed + 300
)

// Opaque leaves its detail undecoded.
type Opaque struct {
	Code   int64           `json:"code"`
	Detail json.RawMessage `json:"detail"`
}

// The constant is evidence, and its case succeeds: what failed passes for
// done.
func Apply(b []byte) error {
	var r Opaque
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	switch r.Code { // want "batch-partial-as-success"
	case succeeded, someFailed:
		return nil
	}
	return errFailed
}

// Silent: the raw detail is returned in the constant's case.
func ApplyDetail(b []byte) (json.RawMessage, error) {
	var r Opaque
	if err := json.Unmarshal(b, &r); err != nil {
		return nil, err
	}
	switch r.Code {
	case succeeded:
		return nil, nil
	case someFailed:
		return r.Detail, nil
	}
	return nil, errFailed
}
