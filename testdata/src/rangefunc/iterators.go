package rangefunc

import (
	"encoding/json"
	"fmt"
	"iter"
)

// Decoded gives one answer after the other.
//
// Silent: whoever ranges over them has them.
func Decoded(bodies [][]byte) iter.Seq2[*Result, error] {
	return func(yield func(*Result, error) bool) {
		for _, body := range bodies {
			r := new(Result)
			if err := json.Unmarshal(body, r); err != nil {
				yield(nil, err)
				return
			}
			if !yield(r, nil) {
				return
			}
		}
	}
}

// ---- right ----

// Silent: the loop has been left where the refusal isn't followed by the entries.
func failures(stop func() (*Batch, error)) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		b, err := stop()
		if err != nil {
			yield("", err)
			return
		}
		if b.Code != 0 && !yield("", errFailed) {
			return
		}
		for id, i := range b.Detail {
			if i.Code != 0 && !yield(id, fmt.Errorf("%s: %s", id, i.Message)) {
				return
			}
		}
	}
}

// Silent: likewise, in a function that is ranged over by its method value, or called.
func (b *Batch) failures(more func(string) bool) {
	if b.Code != 0 {
		if going := more("batch"); !going {
			return
		}
	}
	for id, i := range b.Detail {
		if i.Code != 0 && !more(id) {
			return
		}
	}
}

// Silent: the tasks that are given are of answers with code 0, and the others have an error.
func started(bodies [][]byte) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for _, body := range bodies {
			var r Result
			err := json.Unmarshal(body, &r)
			if err == nil && r.Code != 0 {
				err = errFailed
			}
			if !yield(r.RequestID, err) {
				return
			}
		}
	}
}

// Silent: zero and the other codes are told apart in each turn.
func decodedRight(bodies [][]byte) error {
	for r, err := range Decoded(bodies) {
		if err != nil {
			return err
		}
		if r.Code != 0 {
			return errFailed
		}
	}
	return nil
}

// ---- wrong ----

// The last answer's negative code passes, and so does each other's.
func decodedPositive(bodies [][]byte) error {
	for r, err := range Decoded(bodies) {
		if err != nil {
			return err
		}
		if r.Code > 0 { // want "result-nonzero-success"
			return errFailed
		}
	}
	return nil
}

// A refusal ends the loop, and nobody hears of it.
func decodedQuiet(bodies [][]byte) error {
	for r, err := range Decoded(bodies) {
		if err != nil {
			return err
		}
		if r.Code != 0 {
			return nil // want "result-failure-dropped"
		}
	}
	return nil
}

// The iterator gives the task of an answer that nobody has looked at.
func unchecked(bodies [][]byte) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for _, body := range bodies {
			var r Result
			if err := json.Unmarshal(body, &r); err != nil { // want "result-unchecked"
				yield("", err)
				return
			}
			if !yield(r.RequestID, nil) {
				return
			}
		}
	}
}

// One code of many is given, and partial failures pass for none.
func total5100(stop func() (*Batch, error)) iter.Seq[error] {
	return func(yield func(error) bool) {
		b, err := stop()
		if err != nil {
			yield(err)
			return
		}
		if b.Code == 5100 && !yield(errFailed) { // want "batch-partial-as-success"
			return
		}
	}
}
