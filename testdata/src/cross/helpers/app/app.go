// Package app has responses, and helpers that mention none.
package app

import (
	"encoding/json"

	"cross/helpers/errcode"
	"cross/helpers/errs"
	"cross/helpers/log"
)

type Result struct {
	Code      int    `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
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

type Coded struct {
	Code      errcode.Code `json:"code"`
	Message   string       `json:"message"`
	RequestID string       `json:"requestId"`
}

// Silent: Check gives nil for 0 alone.
func Checked(b []byte) (string, error) {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return "", err
	}
	if err := errcode.Check(s.Code, s.Message); err != nil {
		return "", err
	}
	return s.RequestID, nil
}

// By Check, a partial failure becomes an error like any other.
func CheckedBatch(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	return errcode.Check(r.Code, r.Message) // want "batch-partial-as-failure"
}

// Silent: Succeeded is true for 0 alone.
func Succeeded(b []byte) error {
	var s Coded
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if !s.Code.Succeeded() {
		return errs.New(s.Message)
	}
	return nil
}

// What is not positive may be negative.
func Positive(b []byte) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if errcode.Positive(s.Code) { // want "result-nonzero-success"
		return errs.New(s.Message)
	}
	return nil
}

func parse(b []byte) error {
	var probe Result
	if err := json.Unmarshal(b, &probe); err != nil {
		return errs.Newf("answer: %v", err)
	}
	if probe.Code != 0 {
		return errs.Newf("answer: %s", probe.Message)
	}
	return nil
}

// Silent: parse gives nil for 0 alone, since Newf never does.
func Parsed(b []byte) (string, error) {
	if err := parse(b); err != nil {
		return "", err
	}
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return "", err
	}
	return s.RequestID, nil
}

// DecodeParsed asks for a batch by way of parse, which turns a partial failure into an error.
func DecodeParsed(b []byte, out *Batch) error {
	if err := parse(b); err != nil {
		return err
	}
	return json.Unmarshal(b, out)
}

func UseParsed(b []byte) error {
	var r Batch
	return DecodeParsed(b, &r) // want "batch-detail-unreachable"
}

// What Newf and Infof get is printed.
func Printed(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-detail-shallow"
		log.Infof("stop: %v", r)
		return errs.Newf("stop: %v", r.Detail)
	}
	return nil
}

func Dumped(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-detail-shallow"
		log.Dump(&r)
		return errs.New("stop")
	}
	return nil
}

// Silent: Keep keeps what it prints.
func Kept(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 {
		log.Keep(r)
		return errs.New("stop")
	}
	return nil
}

// Wrap gives nil for nil.
func WrappedNil(b []byte) error {
	var s Result
	err := json.Unmarshal(b, &s)
	if err != nil || s.Code != 0 {
		return errs.Wrap(err, "start") // want "result-failure-dropped"
	}
	return nil
}

// Wrap says no more of the answer than the error that it wraps.
func WrappedOrigin(b []byte) error {
	var s Result
	err := json.Unmarshal(b, &s) // want "result-unchecked"
	return errs.Wrap(err, "start")
}

// Silent: Wrap gives an error for one.
func WrappedError(b []byte) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return errs.Wrap(err, "start")
	}
	if s.Code != 0 {
		return errs.Wrap(errRefused, s.Message)
	}
	return nil
}

var errRefused = errs.New("refused")

// Silent: Failed is false for 0 alone.
func Generic(b []byte) (string, error) {
	var s Coded
	if err := json.Unmarshal(b, &s); err != nil {
		return "", err
	}
	if errcode.Failed(s.Code) {
		return "", errRefused
	}
	return s.RequestID, nil
}

// By Failed, a partial failure becomes an error like any other.
func GenericBatch(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if errcode.Failed(r.Code) { // want "batch-partial-as-failure"
		return errRefused
	}
	return nil
}

// Silent: None says whether there is an entry, and Failed looks at each.
func Counted(b []byte) ([]string, error) {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return nil, err
	}
	if errcode.Failed(r.Code) && errcode.None(int64(len(r.Detail))) {
		return nil, errRefused
	}
	var failed []string
	for id, e := range r.Detail {
		if errcode.Failed(e.Code) {
			failed = append(failed, id)
		}
	}
	return failed, nil
}
