// Package batchouter inspects entries and never looks at the outer code: a
// request that failed as a whole has an empty detail, and passes.
// (batch-outer-unread is opt-in: this package is run with it enabled.)
package batchouter

import (
	"encoding/json"
	"errors"
	"fmt"
	"log"
)

// Entry is what happened to one address.
type Entry struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

// Answer keys the entries by address.
type Answer struct {
	Code    int              `json:"code"`
	Message string           `json:"message"`
	Detail  map[string]Entry `json:"detail"`
}

// ListAnswer has an array of entries.
type ListAnswer struct {
	Code     int    `json:"code"`
	CodeDesc string `json:"codeDesc"`
	Detail   []struct {
		EipID   string `json:"eipId"`
		Code    int    `json:"code"`
		Message string `json:"message"`
	} `json:"detail"`
}

// Client sends one action.
type Client interface {
	Send(action string, ids ...string) (*Answer, error)
}

var errFailed = errors.New("call failed")

// ---- reported ----

// A request that was rejected has no entries: no address is bound, and the
// loop finds no failure.
func Bind(b []byte) error {
	var r Answer
	if err := json.Unmarshal(b, &r); err != nil { // want "batch-outer-unread"
		return err
	}
	for id, e := range r.Detail {
		if e.Code != 0 {
			return fmt.Errorf("bind %s: %s", id, e.Message)
		}
	}
	return nil
}

// The call's error is the transport's; the request's own failure is in the
// code that nobody reads.
func Unbind(c Client, ids []string) error {
	r, err := c.Send("EipUnBindInstance", ids...) // want "batch-outer-unread"
	if err != nil {
		return err
	}
	failed := 0
	for _, e := range r.Detail {
		if e.Code != 0 {
			failed++
		}
	}
	if failed > 0 {
		return fmt.Errorf("unbind: %d failed", failed)
	}
	return nil
}

// The list of failed addresses is empty for a rejected request.
func Release(b []byte) (failed []string, err error) {
	var r ListAnswer
	if err := json.Unmarshal(b, &r); err != nil { // want "batch-outer-unread"
		return nil, err
	}
	for _, e := range r.Detail {
		if e.Code != 0 {
			failed = append(failed, e.EipID)
		}
	}
	return failed, nil
}

// The outer code is printed, which judges nothing.
func BindLogged(b []byte) error {
	var r Answer
	if err := json.Unmarshal(b, &r); err != nil { // want "batch-outer-unread"
		return err
	}
	log.Printf("bind: code %d", r.Code)
	for id, e := range r.Detail {
		if e.Code != 0 {
			return fmt.Errorf("bind %s: %s", id, e.Message)
		}
	}
	return nil
}

// ---- silent ----

// Silent: the outer code is judged first.
func BindJudged(b []byte) error {
	var r Answer
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 && r.Code != 5100 && r.Code != 5400 {
		return errFailed
	}
	for id, e := range r.Detail {
		if e.Code != 0 {
			return fmt.Errorf("bind %s: %s", id, e.Message)
		}
	}
	return nil
}

// Silent: the outer code is judged last.
func UnbindJudgedLast(c Client, ids []string) error {
	r, err := c.Send("EipUnBindInstance", ids...)
	if err != nil {
		return err
	}
	for id, e := range r.Detail {
		if e.Code != 0 {
			return fmt.Errorf("unbind %s: %s", id, e.Message)
		}
	}
	if r.Code != 0 {
		return errFailed
	}
	return nil
}

// Silent: the symbolic name judges the outer code.
func ReleaseDescribed(b []byte) error {
	var r ListAnswer
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	for _, e := range r.Detail {
		if e.Code != 0 {
			return fmt.Errorf("release %s: %s", e.EipID, e.Message)
		}
	}
	if r.CodeDesc != "Success" {
		return errFailed
	}
	return nil
}

// Silent: the outer code goes to the caller.
func BindCode(b []byte) (int, error) {
	var r Answer
	if err := json.Unmarshal(b, &r); err != nil {
		return -1, err
	}
	for id, e := range r.Detail {
		if e.Code != 0 {
			return r.Code, fmt.Errorf("bind %s: %s", id, e.Message)
		}
	}
	return r.Code, nil
}

// Silent: the whole response goes to the caller.
func BindAnswer(c Client, ids []string) (*Answer, []string, error) {
	r, err := c.Send("EipBindInstance", ids...)
	if err != nil {
		return nil, nil, err
	}
	var failed []string
	for id, e := range r.Detail {
		if e.Code != 0 {
			failed = append(failed, id)
		}
	}
	return r, failed, nil
}

// Silent: the outer code is handed to an unknown callee.
func BindReported(b []byte, toErr func(int, string) error) error {
	var r Answer
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	for id, e := range r.Detail {
		if e.Code != 0 {
			return fmt.Errorf("bind %s: %s", id, e.Message)
		}
	}
	return toErr(r.Code, r.Message)
}

// Silent: success is never signalled.
func BindFails(b []byte) error {
	var r Answer
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	for id, e := range r.Detail {
		if e.Code != 0 {
			return fmt.Errorf("bind %s: %s", id, e.Message)
		}
	}
	return errors.New("bind: nothing failed, but something should have")
}

// Silent: a helper with a bool result and no error is never itself reported.
func (r *Answer) AllBound() bool {
	for _, e := range r.Detail {
		if e.Code != 0 {
			return false
		}
	}
	return true
}

// PtrEntry is what happened to one address, with a pointer to its code.
type PtrEntry struct {
	Code    *int   `json:"code"`
	Message string `json:"message"`
}

// PtrAnswer has such entries.
type PtrAnswer struct {
	Code    int                 `json:"code"`
	Message string              `json:"message"`
	Detail  map[string]PtrEntry `json:"detail"`
}

// Silent: where there is no such entry its code is nil, and this panics, whatever
// the request came to.
func BindFollowed(b []byte, id string) error {
	var r PtrAnswer
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if e := r.Detail[id]; *e.Code != 0 {
		return errFailed
	}
	return nil
}

// Silent: the key alone decides what it gives, and no code. So true is no word of
// success.
func Unbound(b []byte, id string) bool {
	var r Answer
	if err := json.Unmarshal(b, &r); err != nil {
		return false
	}
	if e, found := r.Detail[id]; found || e.Code != 0 {
		return false
	}
	return true
}
