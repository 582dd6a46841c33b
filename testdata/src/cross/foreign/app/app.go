// Package app calls the method of its response through an interface of another package.
package app

import (
	"encoding/json"
	"errors"

	"cross/foreign/dep"
)

type Item struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

type Batch struct {
	Code    int             `json:"code"`
	Message string          `json:"message"`
	Detail  map[string]Item `json:"detail"`
}

var errFailed = errors.New("failed")

// What get gives is a *Batch: OK says what that says.
func asks(b []byte) error {
	a, err := get(b)
	if err != nil {
		return err
	}
	if !a.OK() { // want `batch-partial-as-failure`
		return errFailed
	}
	return nil
}

func get(b []byte) (dep.Answer, error) {
	r := new(Batch)
	if err := json.Unmarshal(b, r); err != nil {
		return nil, err
	}
	return r, nil
}

// Where functions are looked at part by part, this one belongs to its caller, who doesn't name it.
func (r *Batch) OK() bool { return r.Code == 0 }
