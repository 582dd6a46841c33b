// Package app returns errors of which nothing is known, and others of which it is known that they can be nil.
package app

import (
	"context"
	"encoding/json"
	"errors"
	"os"

	"cross/unsure/errs"
	"cross/unsure/store"
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

var errRefused = errors.New("refused")

// Silent: what New gives may be nil, for all that is known here, so the end of the function is neither a
// success nor a failure.
func AnyError(b []byte) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s.Code > 0 {
		return errRefused
	}
	return errs.New("negative")
}

// Silent: the same of a method of another package, which no fact tells of.
func AnySave(b []byte, to *store.Store) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s.Code > 0 {
		return errRefused
	}
	return to.Close()
}

// flush can give nil: its body says so.
func flush(dir string) error {
	if dir == "" {
		return nil
	}
	return os.RemoveAll(dir)
}

// On the paths on which flush gives nil, negative codes pass.
func KnownFlush(b []byte, dir string) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s.Code > 0 { // want "result-nonzero-success"
		return errRefused
	}
	return flush(dir)
}

func clean(dir string) (err error) {
	if err = os.RemoveAll(dir); err != nil {
		return errs.Wrap(err, "clean")
	}
	return err
}

// The same, where it takes a variable to see that the error can be nil.
func KnownClean(b []byte, dir string) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s.Code > 0 { // want "result-nonzero-success"
		return errRefused
	}
	return clean(dir)
}

// What the standard library does gives nil where it succeeds.
func KnownRemove(b []byte, dir string) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s.Code > 0 { // want "result-nonzero-success"
		return errRefused
	}
	return os.RemoveAll(dir)
}

// alwaysFails returns what it has found to be no nil.
func alwaysFails(dir string) error {
	err := os.RemoveAll(dir)
	if err == nil {
		return errRefused
	}
	return err
}

// Silent: alwaysFails never gives nil.
func KnownFailure(b []byte, dir string) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s.Code > 0 {
		return errRefused
	}
	return alwaysFails(dir)
}

// Silent: a context that is done gives an error, and one that isn't is none of the paths here.
func Cancelled(ctx context.Context, answers <-chan []byte) error {
	for {
		var b []byte
		select {
		case <-ctx.Done():
			return ctx.Err()
		case b = <-answers:
		}
		var s Result
		if err := json.Unmarshal(b, &s); err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		default:
		}
		if s.Code != 0 {
			return errRefused
		}
	}
}

// Whether the error is nil or not, nobody learns which resources failed.
func BatchError(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return errs.New(r.Message)
	}
	return nil
}

// parse returns early by another package's errors.
func parse(b []byte) error {
	var probe Result
	if err := json.Unmarshal(b, &probe); err != nil {
		return errs.Wrap(err, "answer")
	}
	if probe.Code != 0 {
		return errs.New(probe.Message)
	}
	return nil
}

// Silent: what parse returns for a failure may be nil, for all that is known here. So it isn't known
// which codes get here, nor that parse has kept the detail from everybody.
func DecodeParsed(b []byte, out *Batch) error {
	if err := parse(b); err != nil {
		return err
	}
	return json.Unmarshal(b, out)
}

// Silent: nothing is known of what DecodeParsed gives.
func UseParsed(b []byte) error {
	var r Batch
	if err := DecodeParsed(b, &r); err != nil {
		return err
	}
	for _, e := range r.Detail {
		if e.Code != 0 {
			return errRefused
		}
	}
	return nil
}

// Silent: the same with a value of the function's own.
func ParsedResult(b []byte) (string, error) {
	if err := parse(b); err != nil {
		return "", err
	}
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return "", err
	}
	return s.RequestID, nil
}

// check tells success from all else.
func check(s *Result) error {
	if s.Code != 0 {
		return errs.New(s.Message)
	}
	return nil
}

// Silent: where check gives nil, the code is 0, or nothing is known.
func Checked(b []byte) (string, error) {
	s := new(Result)
	if err := json.Unmarshal(b, s); err != nil {
		return "", err
	}
	if err := check(s); err != nil {
		return "", err
	}
	return s.RequestID, nil
}

// A task that may not exist is waited for, whatever comes of that.
func WaitUnchecked(b []byte, at *store.Store) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil { // want "result-unchecked"
		return err
	}
	return at.Wait(s.RequestID)
}

// Silent: NotReady takes what an error's text is made of, so the task ID may have gone nowhere else, and the
// error be none.
func NotReady(b []byte, ready func() bool) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if !ready() {
		return errs.NotReady(s.RequestID)
	}
	if s.Code != 0 {
		return errRefused
	}
	return nil
}

// Silent: the task ID has left, but nothing is known of the error that ends the path.
func SaveBefore(b []byte, to *store.Store) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if err := to.Save(s.RequestID); err != nil {
		return errs.Wrap(err, "save")
	}
	if s.Code != 0 {
		return errRefused
	}
	return nil
}
