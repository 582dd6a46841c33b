// Package rangefunc loops over iterators. The body of such a loop is a function
// of its own, which the iterator calls.
package rangefunc

import (
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"log"
	"maps"
	"slices"
)

// Item is what happened to one disk.
type Item struct {
	ID      string `json:"diskId"`
	Code    int    `json:"code"`
	Message string `json:"message"`
}

// Batch has its entries by disk.
type Batch struct {
	Code    int             `json:"code"`
	Message string          `json:"message"`
	Detail  map[string]Item `json:"detail"`
}

// List has its entries in a row.
type List struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
	Detail  []Item `json:"detail"`
}

// Result is the answer to a call that starts one task.
type Result struct {
	Code      int    `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

var errFailed = errors.New("failed")

// All gives the entries.
//
// Silent: whoever calls the iterator gets them.
func (b *Batch) All() iter.Seq2[string, Item] {
	return func(yield func(string, Item) bool) {
		for id, i := range b.Detail {
			if !yield(id, i) {
				return
			}
		}
	}
}

// ---- right ----

// Silent: the loop looks at every entry, however often it turns.
func each(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	for id, i := range maps.All(r.Detail) {
		if i.Code != 0 {
			return fmt.Errorf("%s: %s", id, i.Message)
		}
	}
	if r.Code != 0 {
		return errFailed
	}
	return nil
}

// Silent: likewise, with a counter that is kept outside of the loop.
func count(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 && r.Code != 5100 && r.Code != 5400 {
		return errFailed
	}
	n := 0
	for i := range maps.Values(r.Detail) {
		if i.Code == 0 {
			continue
		}
		n++
	}
	if n > 0 {
		return errFailed
	}
	return nil
}

// Silent: the failed disk is known when the loop is left.
func first(b []byte) (string, error) {
	var r List
	if err := json.Unmarshal(b, &r); err != nil {
		return "", err
	}
	failed := ""
	for _, i := range slices.Backward(r.Detail) {
		if i.Code != 0 {
			failed = i.ID
			break
		}
	}
	if r.Code != 0 {
		return failed, errFailed
	}
	return "", nil
}

// Silent: the entries are looked up by their keys.
func byKey(b []byte) (failed []string, err error) {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return nil, err
	}
	for id := range maps.Keys(r.Detail) {
		if r.Detail[id].Code != 0 {
			failed = append(failed, id)
		}
	}
	if r.Code != 0 {
		return failed, errFailed
	}
	return nil, nil
}

// Silent: somebody else's iterator may do anything with the entries.
func method(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	for id := range r.All() {
		log.Print(id)
	}
	if r.Code != 0 {
		return errFailed
	}
	return nil
}

// Silent: all entries are handed on.
func collect(b []byte) ([]Item, error) {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return nil, err
	}
	items := slices.Collect(maps.Values(r.Detail))
	if r.Code != 0 {
		return items, errFailed
	}
	return nil, nil
}

// Silent: zero is told from the others in each turn, and left by each way out.
func results(answers iter.Seq[[]byte]) error {
outer:
	for b := range answers {
		var s Result
		if err := json.Unmarshal(b, &s); err != nil {
			return err
		}
		switch {
		case s.Code == 0:
			continue
		case s.Code == 4400:
			break outer
		}
		return errFailed
	}
	return nil
}

// Silent: a nil error comes with code 0 alone, whichever turn it was.
func retry(answers iter.Seq[[]byte]) error {
	var err error
	for b := range answers {
		var s Result
		if err = json.Unmarshal(b, &s); err != nil {
			continue
		}
		if s.Code == 0 {
			return nil
		}
		err = fmt.Errorf("%s (%d)", s.Message, s.Code)
	}
	return err
}

// Silent: the answers are told apart where they are given.
func given(answers iter.Seq[*Result]) (tasks []string, err error) {
	for s := range answers {
		if s.Code != 0 {
			return nil, errFailed
		}
		tasks = append(tasks, s.RequestID)
	}
	return tasks, nil
}

// ---- wrong ----

// No disk's code is 5100.
func total(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	for id, i := range maps.All(r.Detail) {
		if i.Code == 5100 { // want "result-nonzero-success"
			return fmt.Errorf("%s: %s", id, i.Message)
		}
	}
	return nil
}

// The loop has only messages.
func messages(b []byte) error {
	var r List
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	text := ""
	for i := range slices.Values(r.Detail) {
		text += i.Message
	}
	if r.Code != 0 { // want "batch-detail-shallow"
		return errors.New(text)
	}
	return nil
}

// The loop has only keys.
func keys(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-detail-shallow"
		for id := range maps.Keys(r.Detail) {
			log.Print(id)
		}
		return errFailed
	}
	return nil
}

// The answers are decoded in the loop, and each 5400 is dropped with its turn.
func turns(answers iter.Seq[[]byte]) error {
	for b := range answers {
		var r Batch
		if err := json.Unmarshal(b, &r); err != nil {
			return err
		}
		if r.Code == 0 { // want "batch-partial-as-failure"
			return nil
		}
	}
	return errFailed
}

// A task is kept whatever the code is.
func tasks(answers iter.Seq2[string, []byte], wait func(string) error) error {
	for id, b := range answers {
		var s Result
		if err := json.Unmarshal(b, &s); err != nil { // want "result-unchecked"
			return fmt.Errorf("%s: %w", id, err)
		}
		if err := wait(s.RequestID); err != nil {
			return err
		}
	}
	return nil
}

// Negative codes pass.
func positive(answers iter.Seq[[]byte]) error {
	for b := range answers {
		var s Result
		if err := json.Unmarshal(b, &s); err != nil {
			return err
		}
		if s.Code > 0 { // want "result-nonzero-success"
			return errFailed
		}
	}
	return nil
}

// A refusal ends the loop, and nobody hears of it.
func quiet(answers iter.Seq[[]byte]) error {
	for b := range answers {
		var s Result
		if err := json.Unmarshal(b, &s); err != nil {
			return err
		}
		if s.Code != 0 {
			return nil // want "result-failure-dropped"
		}
	}
	return nil
}

// What the iterator gives is judged for one code of many.
func givenTotal(answers iter.Seq2[string, *Batch]) error {
	for id, r := range answers {
		if r.Code == 5100 { // want "batch-partial-as-success"
			return fmt.Errorf("%s: %s", id, r.Message)
		}
	}
	return nil
}
