// Package evident has opaque details in types that speak the API: a codeDesc
// member is their evidence.
package evident

import (
	"encoding/json"
	"errors"
	"fmt"
)

var errFailed = errors.New("call failed")

// AnyBatch leaves its detail open.
type AnyBatch struct {
	Code     int    `json:"code"`
	CodeDesc string `json:"codeDesc"`
	Detail   any    `json:"detail"`
}

// RawBatch leaves its detail undecoded.
type RawBatch struct {
	Code     int             `json:"code"`
	CodeDesc string          `json:"codeDesc"`
	Detail   json.RawMessage `json:"detail"`
}

// MapBatch has entries of any type.
type MapBatch struct {
	Code     int            `json:"code"`
	CodeDesc string         `json:"codeDesc"`
	Detail   map[string]any `json:"detail"`
}

// Entry is what happened to one server.
type Entry struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

// The opaque detail is one: failed servers are lost.
func StopAny(b []byte) error {
	var r AnyBatch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}

// The raw detail is one: failed servers pass for stopped.
func StopRaw(b []byte) error {
	var r RawBatch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code == 5100 { // want "batch-partial-as-success"
		return errFailed
	}
	return nil
}

// The map of anything is one, and it is only counted.
func StopMap(b []byte) error {
	var r MapBatch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-detail-shallow"
		return fmt.Errorf("stop: %d servers", len(r.Detail))
	}
	return nil
}

// Silent: the detail is asserted to a concrete type and used.
func StopAsserted(b []byte) error {
	var r AnyBatch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code == 0 {
		return nil
	}
	for id, v := range r.Detail.(map[string]any) {
		if e := v.(map[string]any); e["code"].(float64) != 0 {
			return fmt.Errorf("stop %s: %v", id, e["message"])
		}
	}
	return errFailed
}

// Silent: the raw detail is decoded further.
func StopDecoded(b []byte) error {
	var r RawBatch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code == 0 {
		return nil
	}
	var detail map[string]Entry
	if err := json.Unmarshal(r.Detail, &detail); err != nil {
		return err
	}
	for id, e := range detail {
		if e.Code != 0 {
			return fmt.Errorf("stop %s: %s", id, e.Message)
		}
	}
	return errFailed
}

// Silent: each value of the map is asserted to a concrete type and used.
func StopMapAsserted(b []byte) (failed []string, err error) {
	var r MapBatch
	if err := json.Unmarshal(b, &r); err != nil {
		return nil, err
	}
	if r.Code == 0 {
		return nil, nil
	}
	for id, v := range r.Detail {
		e, ok := v.(map[string]any)
		if !ok || e["code"] != 0.0 {
			failed = append(failed, id)
		}
	}
	return failed, errFailed
}

// Silent: the raw detail is returned.
func StopReturned(b []byte) (json.RawMessage, error) {
	var r RawBatch
	if err := json.Unmarshal(b, &r); err != nil {
		return nil, err
	}
	if r.Code != 0 {
		return r.Detail, errFailed
	}
	return nil, nil
}
