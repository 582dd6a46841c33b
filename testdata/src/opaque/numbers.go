package opaque

import (
	"encoding/json"
	"fmt"
	"strconv"
)

// Codes that are kept as the text of a number.

// NumberEntry is what happened to one server.
type NumberEntry struct {
	Code    json.Number `json:"code"`
	Message string      `json:"message"`
}

// NumberBatch is the answer to a call that names several servers.
type NumberBatch struct {
	Code    json.Number            `json:"code"`
	Message string                 `json:"message"`
	Detail  map[string]NumberEntry `json:"detail"`
}

// NumberResult is the answer to a call that starts one task.
type NumberResult struct {
	Code      json.Number `json:"code"`
	Message   string      `json:"message"`
	RequestID string      `json:"requestId"`
}

// Silent: an answer without a code breaks the contract, as one whose code is nil.
func StartNumber(b []byte) error {
	var s NumberResult
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s.Code != "" && s.Code != "0" {
		return errFailed
	}
	return nil
}

// Silent: likewise, by its length.
func StartNumberLen(b []byte) error {
	var s NumberResult
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if len(s.Code) > 0 && s.Code != "0" {
		return errFailed
	}
	return nil
}

// An empty code or not, all failures but one pass.
func StartWrongNumber(b []byte) error {
	var s NumberResult
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s.Code != "" && s.Code == "4100" { // want "result-nonzero-success"
		return errFailed
	}
	return nil
}

// Silent: the text of a number is the number.
func StartNumberString(b []byte) error {
	var s NumberResult
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s.Code.String() != "0" {
		return errFailed
	}
	return nil
}

// Silent: and the number is the text's.
func StartNumberParsed(b []byte) error {
	var s NumberResult
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	n, err := strconv.Atoi(string(s.Code))
	if err != nil {
		return err
	}
	if n != 0 {
		return errFailed
	}
	return nil
}

// Negative numbers pass.
func StartNumberWrongly(b []byte) error {
	var s NumberResult
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	n, err := s.Code.Int64()
	if err != nil {
		return err
	}
	if n > 0 { // want "result-nonzero-success"
		return errFailed
	}
	return nil
}

// Silent: each entry's code is read by its methods.
func StopNumbers(b []byte) error {
	var r NumberBatch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if n, _ := r.Code.Int64(); n != 0 && n != 5100 && n != 5400 {
		return errFailed
	}
	for id, e := range r.Detail {
		if e.Code.String() != "0" {
			return fmt.Errorf("stop %s: %s", id, e.Message)
		}
	}
	return nil
}

// Silent: likewise.
func StopNumbersInt(b []byte) error {
	var r NumberBatch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code == "0" {
		return nil
	}
	for id, e := range r.Detail {
		n, _ := e.Code.Int64()
		if n != 0 {
			return fmt.Errorf("stop %s: %s", id, e.Message)
		}
	}
	return errFailed
}

// The number is the outer code's: nobody learns which servers failed.
func StopNumberOnly(b []byte) error {
	var r NumberBatch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if n, _ := r.Code.Int64(); n != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}

func failed(n json.Number) bool { return n != "0" }

// A helper may get it.
func StopNumberHelper(b []byte) error {
	var r NumberBatch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if failed(r.Code) { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}
