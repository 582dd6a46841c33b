// Package twodecodes decodes the bytes of one answer into two batches. Both have the code and the detail: who looks
// at the detail of one has looked at the answer's.
package twodecodes

import (
	"encoding/json"
	"errors"
	"fmt"
)

type Envelope struct {
	Code     int             `json:"code"`
	CodeDesc string          `json:"codeDesc"`
	Message  string          `json:"message"`
	Detail   json.RawMessage `json:"detail"`
}

type Entry struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

type Batch struct {
	Code    int              `json:"code"`
	Message string           `json:"message"`
	Detail  map[string]Entry `json:"detail"`
}

// Silent: the envelope tells refusals apart, and the batch has the entries.
func Typed(answer []byte, note func(id string)) error {
	var env Envelope
	if err := json.Unmarshal(answer, &env); err != nil {
		return err
	}
	if env.Code != 0 && env.Code != 5400 {
		return errors.New(env.Message)
	}
	var r Batch
	if err := json.Unmarshal(answer, &r); err != nil {
		return err
	}
	for id, e := range r.Detail {
		if e.Code != 0 {
			note(id)
			return errors.New(id)
		}
	}
	return nil
}

// Silent: the entries are inspected before the code is judged.
func Backwards(answer []byte, note func(id string)) error {
	var r Batch
	if err := json.Unmarshal(answer, &r); err != nil {
		return err
	}
	var failed []string
	for id, e := range r.Detail {
		if e.Code != 0 {
			note(id)
			failed = append(failed, id)
		}
	}
	var env Envelope
	if err := json.Unmarshal(answer, &env); err != nil {
		return err
	}
	if env.Code != 0 && env.Code != 5400 {
		return errors.New(env.Message)
	}
	if len(failed) > 0 {
		return fmt.Errorf("failed: %v", failed)
	}
	return nil
}

// The second batch has the detail, and nobody looks at it. One mistake has one finding.
func Neither(answer []byte) error {
	var env Envelope
	if err := json.Unmarshal(answer, &env); err != nil {
		return err
	}
	if env.Code != 0 && env.Code != 5400 { // want "batch-partial-as-success"
		return errors.New(env.Message)
	}
	var r Batch
	if err := json.Unmarshal(answer, &r); err != nil {
		return err
	}
	return nil
}

// The second decode comes too late for the answers that are refused here: some of them have a detail.
func Early(answer []byte) error {
	var env Envelope
	if err := json.Unmarshal(answer, &env); err != nil {
		return err
	}
	if env.Code != 0 { // want "batch-partial-as-failure"
		return errors.New(env.Message)
	}
	var r Batch
	if err := json.Unmarshal(answer, &r); err != nil {
		return err
	}
	for id, e := range r.Detail {
		if e.Code != 0 {
			return errors.New(id)
		}
	}
	return nil
}
