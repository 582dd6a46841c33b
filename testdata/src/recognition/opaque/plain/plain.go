// Package plain has the same opaque details in types without evidence. Every
// function here is silent.
package plain

import (
	"encoding/json"
	"errors"
	"fmt"
)

var errFailed = errors.New("call failed")

// AnyAnswer leaves its detail open.
type AnyAnswer struct {
	Code   int `json:"code"`
	Detail any `json:"detail"`
}

// RawAnswer leaves its detail undecoded.
type RawAnswer struct {
	Code   int             `json:"code"`
	Detail json.RawMessage `json:"detail"`
}

// MapAnswer has values of any type.
type MapAnswer struct {
	Code   int            `json:"code"`
	Detail map[string]any `json:"detail"`
}

// Silent: where detail is opaque, only evidence makes a batch.
func Any(b []byte) error {
	var r AnyAnswer
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 {
		return errFailed
	}
	return nil
}

// Silent: where detail is opaque, only evidence makes a batch.
func Raw(b []byte) error {
	var r RawAnswer
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 {
		return fmt.Errorf("failed: %s", r.Detail)
	}
	return nil
}

// Silent: where detail is opaque, only evidence makes a batch.
func Map(b []byte) error {
	var r MapAnswer
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 {
		return fmt.Errorf("failed: %d", len(r.Detail))
	}
	return nil
}
