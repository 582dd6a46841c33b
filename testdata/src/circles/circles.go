// Package circles has functions, types and values that lead back to themselves. Package backwards has the same
// functions in the opposite order: what is found may not depend on that.
package circles

import (
	"encoding/json"
	"errors"
)

type Task struct {
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

var errFailed = errors.New("failed")

// ---- functions that never return, and call each other ----

func unwind(n int) {
	if n > 0 {
		stop(n - 1)
	} else {
		panic("nothing left")
	}
}

func stop(n int) {
	if n > 0 {
		unwind(n - 1)
	}
	panic("stopped")
}

// Only success is left behind the call, since it never returns.
func Stop(raw []byte) error {
	var r Batch
	if err := json.Unmarshal(raw, &r); err != nil {
		return err
	}
	if r.Code != 0 {
		unwind(1)
	}
	return nil
}

// ---- functions that give each other's errors ----

func even(n int) error {
	if n > 0 {
		return odd(n - 1)
	}
	return nil
}

func odd(n int) error {
	if n > 0 {
		return even(n - 1)
	}
	return errFailed
}

// Even may be nil, so success is signalled at the end: for negative codes too.
func First(raw []byte) error {
	var s Task
	if err := json.Unmarshal(raw, &s); err != nil {
		return err
	}
	if s.Code > 0 { // want "result-nonzero-success"
		return errFailed
	}
	return even(1)
}

// So may odd, by way of even.
func Second(raw []byte) error {
	var s Task
	if err := json.Unmarshal(raw, &s); err != nil {
		return err
	}
	if s.Code > 0 { // want "result-nonzero-success"
		return errFailed
	}
	return odd(1)
}

// ---- values that lead to themselves: the analysis has to end ----

// The list of arguments has itself. Nobody looks at the other struct that is decoded, so the bytes are raw.
func Arguments(raw []byte) error {
	var s Task
	if err := json.Unmarshal(raw, &s); err != nil {
		return err
	}
	var version struct {
		Version int `json:"version"`
	}
	_ = json.Unmarshal(raw, &version)
	args := []any{&version, nil}
	args[1] = args
	if s.Code > 0 { // want "result-nonzero-success"
		return errFailed
	}
	return nil
}

// Two captured variables are assigned to each other. Nobody knows by then what they lead to: silent.
func Swapped(raw []byte) error {
	var a, b *Batch
	defer func() { _, _ = a, b }()
	a = b
	b = a
	var probe Task
	if err := json.Unmarshal(raw, &probe); err != nil {
		return err
	}
	if probe.Code != 0 {
		return errFailed
	}
	return json.Unmarshal(raw, a)
}

// ---- an error variable that a function assigns to is no sentinel ----

var last error

func note(err error) { last = err }

// Nobody knows whether last is nil by then, so nothing is known of what is signalled: silent.
func Last(raw []byte) error {
	var s Task
	if err := json.Unmarshal(raw, &s); err != nil {
		return err
	}
	if s.Code != 0 {
		note(errFailed)
	}
	return last
}

// ---- responses that lead to themselves ----

type Job struct {
	Task
	log  *Journal
	self any
}

type Journal struct{ job *Job }

func (l *Journal) verdict() error {
	if l.job.Code != 0 {
		return errFailed
	}
	return nil
}

// The journal has led to the job since before it was decoded. What it asks, it asks of the job: silent.
func Linked(raw []byte) error {
	j := &Job{}
	j.log = &Journal{job: j}
	if err := json.Unmarshal(raw, j); err != nil {
		return err
	}
	return j.log.verdict()
}

// So does a member of any type: silent.
func Self(raw []byte) error {
	j := &Job{}
	j.self = j
	if err := json.Unmarshal(raw, j); err != nil {
		return err
	}
	if j.self.(*Job).Code != 0 {
		return errFailed
	}
	return nil
}

// A journal that leads to another job says nothing of this one.
func Other(raw []byte) error {
	other := &Job{}
	j := &Job{log: &Journal{job: other}}
	if err := json.Unmarshal(raw, j); err != nil { // want "result-unchecked"
		return err
	}
	return j.log.verdict()
}

// A variable that is set by init alone is a sentinel.
var errLate error

func init() { errLate = errors.New("late") }

// Only the failure that the first test names is an error.
func Late(raw []byte) error {
	var s Task
	if err := json.Unmarshal(raw, &s); err != nil {
		return err
	}
	if s.Code == 5100 { // want "result-nonzero-success"
		return errLate
	}
	return nil
}
