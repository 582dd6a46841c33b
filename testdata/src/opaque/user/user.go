// Package user judges the codes of another package by what that offers.
package user

import (
	"errors"

	"opaque/client"
)

var errFailed = errors.New("failed")

func Stop(b []byte) error {
	r, err := client.Stop(b)
	if err != nil {
		return err
	}
	if r.Code.Failed() { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}

func StopErr(b []byte) error {
	r, err := client.Stop(b)
	if err != nil {
		return err
	}
	return r.Code.Err() // want "batch-partial-as-failure"
}

// Silent: what failed is collected.
func StopCollected(b []byte) ([]string, error) {
	r, err := client.Stop(b)
	if err != nil {
		return nil, err
	}
	if r.Code.Failed() {
		return r.Collect(), errFailed
	}
	return nil, nil
}

// All other failures go for success.
func StartRefused(b []byte) error {
	s, err := client.Start(b)
	if err != nil {
		return err
	}
	if client.Refused(int(s.Code)) { // want "result-nonzero-success"
		return errFailed
	}
	return nil
}

// Silent: nobody can tell which codes are known.
func StopKnown(b []byte, known map[int]bool) ([]string, error) {
	r, err := client.Stop(b)
	if err != nil {
		return nil, err
	}
	if client.Known(int(r.Code), known) {
		return r.Collect(), nil
	}
	if r.Code != 0 {
		return nil, errFailed
	}
	return nil, nil
}
