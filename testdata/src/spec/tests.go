package spec

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
)

// The rows about tests of a code that are no comparison with a constant.

// Code has methods.
type Code int

const (
	codeOK      Code = 0
	codeAll     Code = 5100
	codePartial Code = 5400
)

// Failed reports whether anything went wrong.
func (c Code) Failed() bool { return c != 0 }

// HasDetail reports whether the answer has one.
func (c Code) HasDetail() bool { return c == codeOK || c == codeAll || c == codePartial }

// CodedEntry is what happened to one server.
type CodedEntry struct {
	Code    Code   `json:"code"`
	Message string `json:"message"`
}

// CodedBatch is a batch whose code has a type of its own.
type CodedBatch struct {
	Code    Code                  `json:"code"`
	Message string                `json:"message"`
	Detail  map[string]CodedEntry `json:"detail"`
}

func (r *CodedBatch) collect() error {
	var failed []error
	for id, e := range r.Detail {
		if e.Code != codeOK {
			failed = append(failed, fmt.Errorf("%s: %s", id, e.Message))
		}
	}
	return errors.Join(failed...)
}

// Err is one error for all servers.
//
// Silent: every entry is inspected.
func (r *CodedBatch) Err() error { return r.collect() }

// HasDetail shows
//
//	| `if r.Code.HasDetail() { return r.collect() }; if r.Code != OK { return err }; return nil` | silent: an opaque test, or a helper whose summary says {0, 5100, 5400} |
//
// Silent: here, the summary says it.
func HasDetail(b []byte) error {
	var r CodedBatch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code.HasDetail() {
		return r.collect()
	}
	if r.Code != codeOK {
		return errFailed
	}
	return nil
}

// codeBook says what codes mean, from a file.
type codeBook interface{ HasDetail(Code) bool }

// HasDetailByBook is the first half of the row above.
//
// Silent: nobody knows what the book says.
func HasDetailByBook(b []byte, book codeBook) error {
	var r CodedBatch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if book.HasDetail(r.Code) {
		return r.collect()
	}
	if r.Code != codeOK {
		return errFailed
	}
	return nil
}

// Fine shows
//
//	| `if !fine[r.Code] { return r.Err() }; for … r.Detail …` | silent: an opaque test |
//
// Silent: the caller has the set.
func Fine(b []byte, fine map[Code]bool) ([]string, error) {
	var r CodedBatch
	if err := json.Unmarshal(b, &r); err != nil {
		return nil, err
	}
	if !fine[r.Code] {
		return nil, r.Err()
	}
	var started []string
	for id := range r.Detail {
		started = append(started, id)
	}
	return started, nil
}

// Failed shows
//
//	| `if resp.Code.Failed() { return err }; return nil` on a batch, `func (c Code) Failed() bool { return c != 0 }` | `batch-partial-as-failure`: a method of the code's type is a helper like any other |
func Failed(b []byte) error {
	var resp CodedBatch
	if err := json.Unmarshal(b, &resp); err != nil {
		return err
	}
	if resp.Code.Failed() { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}

// Known shows what section 2 says of a list that isn't constant.
//
// Silent: an opaque test.
func Known(b []byte, known []Code) error {
	var r CodedBatch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if slices.Contains(known, r.Code) {
		return r.collect()
	}
	if r.Code != codeOK {
		return errFailed
	}
	return nil
}

// Class shows what it says of arithmetic.
//
// Silent: an opaque test, on both of its sides.
func Class(b []byte) error {
	var r CodedBatch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	switch r.Code / 100 {
	case 51, 54:
		return r.collect()
	}
	if r.Code != codeOK {
		return errFailed
	}
	return nil
}

// Noted shows that the code set from before the test holds again where its sides meet: nobody
// learns which servers failed.
func Noted(b []byte, book codeBook, noted *int) error {
	var r CodedBatch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if book.HasDetail(r.Code) {
		*noted++
	}
	if r.Code != codeOK { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}
