// Package decoded decodes a struct without a single json tag: its fields'
// names are members' names.
package decoded

import (
	"encoding/json"
	"errors"
)

// Entry is what happened to one server.
type Entry struct {
	Code    int
	Message string
}

// Batch has no tags.
type Batch struct {
	Code   int
	Detail map[string]Entry
}

// Result has no tags.
type Result struct {
	Code      int
	Message   string
	RequestId string
}

var errFailed = errors.New("call failed")

// The package decodes the type: failed servers are lost.
func Stop(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}

// The package decodes the type: negative codes pass.
func Create(b []byte) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s.Code > 0 { // want "result-nonzero-success"
		return errFailed
	}
	return nil
}

// What is decoded in one function counts in the others: failed servers pass
// for started.
func Start(send func() (*Batch, error)) error {
	r, err := send()
	if err != nil {
		return err
	}
	if r.Code == 5100 { // want "batch-partial-as-success"
		return errFailed
	}
	return nil
}
