// Package strict uses the packages that the configuration says something about,
// with -strict.
package strict

import (
	"encoding/json"
	"errors"

	"checked"
	"logs"
	"wrapper"
)

var errFailed = errors.New("failed")

// Silent: the call has checked the code.
func vouched(b []byte) (string, error) {
	r, err := checked.Get(b)
	if err != nil {
		return "", err
	}
	return r.RequestID, nil
}

// Silent: so it has for the wrapper.
func wrapped(b []byte) (string, error) {
	r, err := wrapper.Get(b)
	if err != nil {
		return "", err
	}
	return r.RequestID, nil
}

// Silent: nothing is owed for a batch of such a call.
func batch(b []byte) error {
	r, err := checked.Stop(b)
	if err != nil {
		return err
	}
	if r.Code != 0 {
		return errFailed
	}
	return nil
}

// Silent: nor for what it fills.
func filled(b []byte, c checked.Client) (string, error) {
	var r, s checked.Result
	if err := checked.Read(b, &r); err != nil {
		return "", err
	}
	if err := c.Do(&s); err != nil {
		return "", err
	}
	return r.RequestID + s.RequestID, nil
}

// Unknown decodes with a function that nothing is said of.
func unknown(fetch func() (*checked.Result, error)) (string, error) {
	r, err := fetch() // want `result-unchecked: `
	if err != nil {
		return "", err
	}
	return r.RequestID, nil
}

func printed(b []byte) error {
	var r checked.Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 { // want `batch-detail-shallow: `
		logs.Event("failed", r)
		return errFailed
	}
	return nil
}

func printedByMethod(b []byte, l *logs.Logger) error {
	var r checked.Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 { // want `batch-detail-shallow: `
		l.Event(r.Detail)
		return errFailed
	}
	return nil
}

func printedByInterface(b []byte, s logs.Sink) error {
	var r checked.Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 { // want `batch-detail-shallow: `
		s.Event(r.Detail)
		return errFailed
	}
	return nil
}

// A wrapper of a printer is one.
func logAll(v any) { logs.Event("all", v) }

func printedByWrapper(b []byte) error {
	var r checked.Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 { // want `batch-detail-shallow: `
		logAll(r)
		return errFailed
	}
	return nil
}

// Silent: nobody says that Other is a printer, so it takes the detail over.
func handedOn(b []byte) error {
	var r checked.Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 {
		logs.Other("failed", r)
		return errFailed
	}
	return nil
}
