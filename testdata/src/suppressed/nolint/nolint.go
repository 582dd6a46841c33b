// Package nolint has findings that golangci-lint's comments silence.
package nolint

import (
	"encoding/json"
	"errors"
)

type Result struct {
	Code      int    `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

var errFailed = errors.New("failed")

// Silent: each line by its comment.
func lines(b []byte, n int) error {
	var r Result
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	switch {
	case n == 0 && r.Code != 0:
		return nil //nolint
	case n == 1 && r.Code != 0:
		return nil //nolint:asynccheck
	case n == 2 && r.Code != 0:
		return nil //nolint:gosec,asynccheck // nobody has use for it
	case n == 3 && r.Code != 0:
		return nil //nolint:all
	case n == 4 && r.Code != 0:
		return nil // nolint: AsyncCheck
	}
	return errFailed
}

// Other linters' comments are no business of this one.
func others(b []byte) error {
	var r Result
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 {
		return nil //nolint:gosec,errcheck // asynccheck is not meant // want `result-failure-dropped: `
	}
	return errFailed
}

// A word that only begins so.
func words(b []byte) error {
	var r Result
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 {
		return nil //nolinting is no word // want `result-failure-dropped: `
	}
	return errFailed
}

// Silent: the statement in the comment's column.
func statement(b []byte) error {
	var r Result
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	//nolint:asynccheck // nobody has use for it
	if r.Code != 0 {
		return nil
	}
	return errFailed
}

// Silent: the function.
//
//nolint:asynccheck // nobody has use for it
func function(b []byte) error {
	var r Result
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 {
		return nil
	}
	return errFailed
}

// A comment at the end of the line covers no more than that.
func header(b []byte) error { //nolint:asynccheck
	var r Result
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 {
		return nil // want `result-failure-dropped: `
	}
	return errFailed
}
