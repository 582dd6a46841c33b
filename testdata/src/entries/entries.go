// Package entries looks at single entries: each is settled at the end of its
// turn, and zero must be told apart from an open set of other codes in it.
package entries

import (
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"slices"
)

// Entry is what happened to one server.
type Entry struct {
	Code      int    `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

// Answer keys the entries by server.
type Answer struct {
	Code    int              `json:"code"`
	Message string           `json:"message"`
	Detail  map[string]Entry `json:"detail"`
}

// State is a named outcome code.
type State int16

// Outcome codes of one server.
const (
	Done    State = 0
	Locked  State = 4300
	Missing State = 7001
)

// ListEntry has pointers for its members and a named code.
type ListEntry struct {
	ID      *string `json:"instanceId"`
	Code    *State  `json:"code"`
	Message *string `json:"msg"`
}

// ListAnswer has an array of entries.
type ListAnswer struct {
	Code   State        `json:"code"`
	Detail []*ListEntry `json:"detail"`
}

var (
	errRejected = errors.New("request rejected")
	errServers  = errors.New("servers failed")
)

// Silent: the response is returned with each of the codes that have a detail,
// and the others fail.
func decode(b []byte) (*Answer, error) {
	r := new(Answer)
	if err := json.Unmarshal(b, r); err != nil {
		return nil, err
	}
	switch r.Code {
	case 0, 5100, 5400:
		return r, nil
	}
	return nil, errRejected
}

// ---- reported ----

// A server whose entry has a negative code is reported as stopped.
func Stopped(b []byte) (ids []string, err error) {
	r, err := decode(b)
	if err != nil {
		return nil, err
	}
	for id, e := range r.Detail {
		if e.Code <= 0 { // want "result-nonzero-success"
			ids = append(ids, id)
		}
	}
	return ids, nil
}

// Only a locked server counts as failed, whatever else happened to the others.
func FirstLocked(b []byte) error {
	r, err := decode(b)
	if err != nil {
		return err
	}
	for id, e := range r.Detail {
		if e.Code == 4300 { // want "result-nonzero-success"
			return fmt.Errorf("server %s is locked", id)
		}
	}
	return nil
}

// The entries' default is success: unknown codes leave their servers running.
func StopSwitch(b []byte) error {
	r, err := decode(b)
	if err != nil {
		return err
	}
	for id, e := range r.Detail {
		switch e.Code { // want "result-nonzero-success"
		case 4300:
			return fmt.Errorf("server %s is locked", id)
		case 4400:
			return fmt.Errorf("server %s is busy", id)
		default:
			log.Printf("server %s stopped", id)
		}
	}
	return nil
}

// Through pointers and a named type, only one code counts.
func StopPointers(b []byte) error {
	var r ListAnswer
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != Done && r.Code != 5100 && r.Code != 5400 {
		return errRejected
	}
	for _, e := range r.Detail {
		if e.Code != nil && *e.Code == Locked { // want "result-nonzero-success"
			return fmt.Errorf("server %s is locked", *e.ID)
		}
	}
	return nil
}

// Two codes fail, and thousands do not.
func StartIndexed(b []byte, ids []string) error {
	r, err := decode(b)
	if err != nil {
		return err
	}
	for id := range r.Detail {
		e := r.Detail[id]
		if e.Code == 4300 || e.Code == 4400 { // want "result-nonzero-success"
			return fmt.Errorf("server %s: %s", id, e.Message)
		}
	}
	return nil
}

// The outer failure is well told apart, the entry's is not: below 1000 it is
// not among the failed ones.
func StartThreshold(b []byte) (failed []string, err error) {
	r, err := decode(b)
	if err != nil {
		return nil, err
	}
	if r.Code == 0 {
		return nil, nil
	}
	for id, e := range r.Detail {
		if e.Code >= 1000 { // want "result-nonzero-success"
			failed = append(failed, id)
		}
	}
	return failed, errServers
}

// In a function without results the turn ends with 0 and failures alike.
func LogLocked(b []byte) {
	r, err := decode(b)
	if err != nil {
		log.Print(err)
		return
	}
	for id, e := range r.Detail {
		if e.Code == 4300 { // want "result-nonzero-success"
			log.Printf("server %s is locked", id)
		}
	}
}

// ---- silent ----

// Silent: zero is told apart in the turn, and the rest is collected.
func Failed(b []byte) (ids []string, err error) {
	r, err := decode(b)
	if err != nil {
		return nil, err
	}
	for id, e := range r.Detail {
		if e.Code != 0 {
			ids = append(ids, id)
		}
	}
	return ids, nil
}

// Silent: zero is told apart by continue, whatever is done with the rest.
func FailedContinue(b []byte) error {
	r, err := decode(b)
	if err != nil {
		return err
	}
	for id, e := range r.Detail {
		if e.Code == 0 {
			continue
		}
		log.Printf("server %s: %s", id, e.Message)
	}
	return nil
}

// Silent: the value beside 0 is named, so it is tolerated.
func FailedTolerant(b []byte) error {
	r, err := decode(b)
	if err != nil {
		return err
	}
	for id, e := range r.Detail {
		if e.Code != 0 && e.Code != 7001 {
			return fmt.Errorf("server %s: %s", id, e.Message)
		}
	}
	return nil
}

// Silent: a special case comes first, and then zero is told apart.
func FailedSpecial(b []byte) error {
	r, err := decode(b)
	if err != nil {
		return err
	}
	for id, e := range r.Detail {
		if e.Code == 4300 {
			return fmt.Errorf("server %s is locked", id)
		}
		if e.Code != 0 {
			return fmt.Errorf("server %s: %s", id, e.Message)
		}
	}
	return nil
}

// Silent: every code of the switch is told apart, and its default fails.
func FailedSwitch(b []byte) (stopped int, err error) {
	var r ListAnswer
	if err := json.Unmarshal(b, &r); err != nil {
		return 0, err
	}
	if r.Code != Done && r.Code != 5100 && r.Code != 5400 {
		return 0, errRejected
	}
	for _, e := range r.Detail {
		if e.Code == nil {
			return stopped, errServers
		}
		switch *e.Code {
		case Done, Missing:
			stopped++
		case Locked:
			return stopped, errors.New("a server is locked")
		default:
			return stopped, errServers
		}
	}
	return stopped, nil
}

// Silent: the entries' codes are counted by value, which hands them on.
func Histogram(b []byte) (map[int]int, error) {
	r, err := decode(b)
	if err != nil {
		return nil, err
	}
	codes := make(map[int]int)
	for _, e := range r.Detail {
		codes[e.Code]++
	}
	return codes, nil
}

// Silent: after the special case the entry is handed on.
func Notify(b []byte, notify func(string, Entry)) error {
	r, err := decode(b)
	if err != nil {
		return err
	}
	for id, e := range r.Detail {
		if e.Code == 4300 {
			log.Printf("server %s is locked", id)
		}
		notify(id, e)
	}
	return nil
}

// Silent: the comparison with a variable hands the entry's code on.
func WithCode(b []byte, code int) (ids []string, err error) {
	r, err := decode(b)
	if err != nil {
		return nil, err
	}
	for id, e := range r.Detail {
		if e.Code == code {
			ids = append(ids, id)
		}
	}
	return ids, nil
}

// Silent: the entry goes into a collection that is returned.
func Entries(b []byte) (all []Entry, err error) {
	r, err := decode(b)
	if err != nil {
		return nil, err
	}
	for _, e := range r.Detail {
		if e.Code == 4300 {
			e.Message = "locked"
		}
		all = append(all, e)
	}
	return all, nil
}

// Silent: both halves of the range are failures, and 0 is neither.
func FailedHalves(b []byte) error {
	r, err := decode(b)
	if err != nil {
		return err
	}
	for id, e := range r.Detail {
		if e.Code > 0 {
			return fmt.Errorf("server %s: %s", id, e.Message)
		} else if e.Code < 0 {
			return fmt.Errorf("server %s: rejected", id)
		}
	}
	return nil
}

// Silent: the flag carries a comparison with 0 out of its turn.
func AllDone(b []byte) (bool, error) {
	r, err := decode(b)
	if err != nil {
		return false, err
	}
	all := true
	for _, e := range r.Detail {
		all = all && e.Code == 0
	}
	return all, nil
}

// Silent: an unknown callee gets the collection and a literal, and the literal
// tells 0 apart.
func AnyFailed(b []byte) (bool, error) {
	var r ListAnswer
	if err := json.Unmarshal(b, &r); err != nil {
		return false, err
	}
	if r.Code != Done && r.Code != 5100 && r.Code != 5400 {
		return false, errRejected
	}
	return slices.ContainsFunc(r.Detail, func(e *ListEntry) bool {
		return e.Code == nil || *e.Code != Done
	}), nil
}
