// Package predicates asks by small functions what it wants to know of a response. Who calls one
// knows as much as if it had asked itself.
package predicates

import (
	"encoding/json"
	"errors"
	"iter"
	"log"
)

// Entry is what happened to one disk.
type Entry struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

// Batch is the answer to a call that names several disks.
type Batch struct {
	Code    int              `json:"code"`
	Message string           `json:"message"`
	Detail  map[string]Entry `json:"detail"`
}

// Pointed has pointers to its entries.
type Pointed struct {
	Code    int               `json:"code"`
	Message string            `json:"message"`
	Detail  map[string]*Entry `json:"detail"`
}

// Result is the answer to a call that creates something.
type Result struct {
	Code      int    `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

var errFailed = errors.New("call failed")

func missed(e Entry, ok bool) bool { return !ok || e.Code != 0 }

func refused(b *Batch) bool { return b.Code != 0 && b.Code != 5100 && b.Code != 5400 }

// Silent: a disk that is absent was missed, and one that failed as well.
func Stop(answer []byte, id string) error {
	var b Batch
	if err := json.Unmarshal(answer, &b); err != nil {
		return err
	}
	if refused(&b) {
		return errFailed
	}
	if e, ok := b.Detail[id]; missed(e, ok) {
		return errFailed
	}
	return nil
}

func hopeless(b *Batch, failed []string) bool { return b.Code != 0 && len(failed) == 0 }

// Silent: where nothing is in the list, no disk failed, and the request was refused as a whole.
func StopAll(answer []byte) ([]string, error) {
	var b Batch
	if err := json.Unmarshal(answer, &b); err != nil {
		return nil, err
	}
	failed := []string{}
	for id, e := range b.Detail {
		if e.Code != 0 {
			failed = append(failed, id)
		}
	}
	if hopeless(&b, failed) {
		return nil, errFailed
	}
	return failed, nil
}

func final(b *Batch, partial bool) bool { return b.Code != 0 && !partial }

// Silent: the flag and the code go together, so that the detail is looked at for each 5400.
func StopPartly(answer []byte) error {
	var b Batch
	if err := json.Unmarshal(answer, &b); err != nil {
		return err
	}
	partial := b.Code == 5400
	if final(&b, partial) {
		return errFailed
	}
	if partial {
		for _, e := range b.Detail {
			if e.Code != 0 {
				return errFailed
			}
		}
	}
	return nil
}

func loud(s *Result, quiet bool) bool { return quiet && s.Code != 0 }

// Silent: who isn't quiet has left before the end.
func Create(answer []byte, quiet bool) (string, error) {
	var s Result
	if err := json.Unmarshal(answer, &s); err != nil {
		return "", err
	}
	if loud(&s, quiet) {
		return "", errFailed
	} else if !quiet {
		return "", errors.New(s.Message)
	}
	return s.RequestID, nil
}

func done(s *Result) bool { return s.Code == 0 }

// Silent: who counts the successes knows of the failures.
func CreateAll(answers [][]byte) error {
	n := 0
	for _, answer := range answers {
		var s Result
		if err := json.Unmarshal(answer, &s); err != nil {
			return err
		}
		if done(&s) {
			n++
		}
	}
	if n != len(answers) {
		return errFailed
	}
	return nil
}

// Silent: an iterator stops where yield gave false, and this is what the predicate says.
func Failures(stop func() (*Batch, error)) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		b, err := stop()
		if err != nil {
			yield("", err)
			return
		}
		if left(b, yield) {
			return
		}
		for id, e := range b.Detail {
			if e.Code != 0 && !yield(id, errFailed) {
				return
			}
		}
	}
}

func left(b *Batch, yield func(string, error) bool) bool {
	return b.Code != 0 && !yield("", errFailed)
}

// Of gives the code. It is no method of a pointer: where there is no entry, its call panics.
func (e Entry) Of() int { return e.Code }

// Silent: a disk that is absent panics, since its pointer is followed.
func StopFollowed(answer []byte, id string) error {
	var b Pointed
	if err := json.Unmarshal(answer, &b); err != nil {
		return err
	}
	if b.Code != 0 && b.Code != 5100 && b.Code != 5400 {
		return errFailed
	}
	if b.Detail[id].Of() != 0 {
		return errFailed
	}
	return nil
}

func bad[C ~int](code C) bool { return code != 0 }

// Silent: the function is the same for all types, and the code is told from 0.
func CreateGeneric(answer []byte) (string, error) {
	var s Result
	if err := json.Unmarshal(answer, &s); err != nil {
		return "", err
	}
	if bad(s.Code) {
		return "", errFailed
	}
	return s.RequestID, nil
}

// Silent: one of two that ask each other.
func even(s *Result, n int) bool {
	if n == 0 {
		return s.Code == 0
	}
	return odd(s, n-1)
}

// Silent: the other.
func odd(s *Result, n int) bool { return n > 0 && even(s, n-1) }

// Silent: whichever of the two has the last word, it says so for 0 alone.
func CreateCircular(answer []byte, n int) (string, error) {
	var s Result
	if err := json.Unmarshal(answer, &s); err != nil {
		return "", err
	}
	if !even(&s, n) {
		return "", errFailed
	}
	return s.RequestID, nil
}

// ---- wrong ----

func positive(s *Result) bool { return s.Code > 0 }

// What isn't positive may be negative.
func CreateNegative(answer []byte) error {
	var s Result
	if err := json.Unmarshal(answer, &s); err != nil {
		return err
	}
	if positive(&s) { // want "result-nonzero-success"
		return errFailed
	}
	return nil
}

// To ask once more whether the code is 7001 acknowledges nothing.
func DeleteAnyway(answer []byte) error {
	var s Result
	if err := json.Unmarshal(answer, &s); err != nil {
		return err
	}
	if s.Code != 0 {
		if gone(&s) {
			log.Print("gone")
		}
		return nil // want "result-failure-dropped"
	}
	return nil
}

func gone(s *Result) bool { return s.Code == 7001 }

func worst[C ~int | ~int64](code C) bool { return code == 5100 }

// A partial failure isn't the worst, and nobody looks at the detail.
func StopGeneric(answer []byte) error {
	var b Batch
	if err := json.Unmarshal(answer, &b); err != nil {
		return err
	}
	if worst(b.Code) { // want "batch-partial-as-success"
		return errFailed
	}
	return nil
}
