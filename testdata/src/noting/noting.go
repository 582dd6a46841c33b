// Package noting notes what a code says elsewhere than in results: in a counter, a flag, a map, a
// struct. Whoever asks there asks about the code.
package noting

import (
	"encoding/json"
	"errors"
	"maps"
)

type Task struct {
	Code      int    `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

type Batch struct {
	Code    int             `json:"code"`
	Message string          `json:"message"`
	Detail  map[string]Task `json:"detail"`
}

var errFailed = errors.New("failed")

type flags struct{ bad, partial bool }

func (f *flags) note(code int) {
	if code != 0 {
		f.bad = true
	}
}

// Silent: the flag says what the code does.
func ByFlag(b []byte) error {
	var t Task
	if err := json.Unmarshal(b, &t); err != nil {
		return err
	}
	var f flags
	f.note(t.Code)
	if f.bad {
		return errFailed
	}
	return nil
}

type tally struct{ failed map[string]int }

func (t *tally) add(id string, code int) {
	if code != 0 {
		t.failed[id] = code
	}
}

// Silent: the tally has each entry that failed.
func ByTally(b []byte, t *tally) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	for id, e := range r.Detail {
		t.add(id, e.Code)
	}
	if r.Code != 0 && len(t.failed) == 0 {
		return errFailed
	}
	return nil
}

// Silent: the member of somebody else's struct is asked for the detail's sake.
func (f *flags) ByMember(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	f.partial = r.Code == 5400 || r.Code == 5100
	if r.Code != 0 && !f.partial {
		return errFailed
	}
	if f.partial {
		return each(r.Detail)
	}
	return nil
}

// Silent: the member of a new struct is false until it is set.
func ByNewMember(b []byte) error {
	var t Task
	if err := json.Unmarshal(b, &t); err != nil {
		return err
	}
	s := &flags{}
	if t.Code != 0 {
		s.bad = true
	}
	if s.bad {
		return errFailed
	}
	return nil
}

// Silent: a map of the function's own has it.
func ByMap(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	has := map[string]bool{"partial": r.Code == 5400 || r.Code == 5100}
	if r.Code != 0 && !has["partial"] {
		return errFailed
	}
	if has["partial"] {
		return each(r.Detail)
	}
	return nil
}

func verdictOf(code int) (f flags) {
	switch code {
	case 0:
	case 5400, 5100:
		f.partial = true
	default:
		f.bad = true
	}
	return f
}

// Silent: a struct tells what the code does.
func ByStruct(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	v := verdictOf(r.Code)
	if v.bad {
		return errFailed
	}
	if v.partial {
		return each(r.Detail)
	}
	return nil
}

// Silent: an entry's verdict is looked at.
func ByEntry(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 && r.Code != 5400 && r.Code != 5100 {
		return errFailed
	}
	for id, e := range r.Detail {
		if v := verdictOf(e.Code); v.bad || v.partial {
			return errors.New(id)
		}
	}
	return nil
}

// Silent: a bit says so.
func ByBit(b []byte) error {
	var t Task
	if err := json.Unmarshal(b, &t); err != nil {
		return err
	}
	bits := 0
	if t.Code != 0 {
		bits |= 1
	}
	if bits&1 != 0 {
		return errFailed
	}
	return nil
}

// Silent: as a number without a sign, a negative code is a large one.
func Unsigned(b []byte) error {
	var t Task
	if err := json.Unmarshal(b, &t); err != nil {
		return err
	}
	if uint(t.Code) > 0 {
		return errFailed
	}
	return nil
}

// Silent: the caller gets the code beside the response.
func fetch(b []byte) (*Task, int) {
	t := new(Task)
	if err := json.Unmarshal(b, t); err != nil {
		return nil, -1
	}
	return t, t.Code
}

// Silent: it is looked at there.
func Beside(b []byte) (string, error) {
	t, code := fetch(b)
	if code != 0 {
		return "", errFailed
	}
	return t.RequestID, nil
}

// Silent: it looks at each entry.
func each(detail map[string]Task) error {
	for id, e := range detail {
		if e.Code != 0 {
			return errors.New(id)
		}
	}
	return nil
}

// A counter that has nothing to do with the code excuses nothing.
func (t *tally) Weak(b []byte) error {
	var s Task
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	t.failed["all"]++
	if s.Code > 0 { // want "result-nonzero-success"
		return errFailed
	}
	return nil
}

// A function that tests replace.
var sleep = func() {}

func (r *Batch) settled() bool {
	if r.Code != 0 {
		return false
	}
	sleep()
	return true
}

// The variable's function knows nothing of the code: the method's result says all that it has found.
func ByHook(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.settled() { // want `batch-partial-as-success`
		count()
	}
	return nil
}

func count() {}

func (r *Batch) done() bool {
	if r.Code != 0 {
		return false
	}
	for _, e := range maps.All(r.Detail) {
		if e.Code == 0 {
			count()
		}
	}
	return true
}

// An iterator of the standard library runs the loop's body, and notes nothing itself.
func ByIterator(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.done() { // want `batch-partial-as-success`
		count()
	}
	return nil
}
