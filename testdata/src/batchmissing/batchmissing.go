// Package batchmissing looks resources up in the detail. One that is absent
// from it was not handled at all, and must not go the way of success.
// (batch-entry-missing is opt-in: this package is run with it enabled.)
package batchmissing

import (
	"errors"
	"fmt"
	"log"
	"maps"
	"slices"
	"sort"
)

// Entry is what happened to one server.
type Entry struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

// Answer keys the entries by server.
type Answer struct {
	Code    int              `json:"code"`
	Message string           `json:"message"`
	Detail  map[string]Entry `json:"detail"`
}

// PtrAnswer keys pointers to the entries by server.
type PtrAnswer struct {
	Code    int               `json:"code"`
	Message string            `json:"message"`
	Detail  map[string]*Entry `json:"detail"`
}

// ListAnswer has an array of entries.
type ListAnswer struct {
	Code   int `json:"code"`
	Detail []struct {
		ID      string `json:"instanceId"`
		Code    int    `json:"code"`
		Message string `json:"message"`
	} `json:"detail"`
}

// Client sends one action.
type Client interface {
	Send(action string, ids ...string) (*Answer, error)
	SendPtr(action string, ids ...string) (*PtrAnswer, error)
	SendList(action string, ids ...string) (*ListAnswer, error)
}

var errRejected = errors.New("request rejected")

// ---- reported ----

// A server without an entry is not stopped, and no error says so.
func StopCommaOk(c Client, id string) error {
	r, err := c.Send("StopInstances", id)
	if err != nil {
		return err
	}
	if r.Code != 0 && r.Code != 5100 && r.Code != 5400 {
		return errRejected
	}
	if e, ok := r.Detail[id]; ok && e.Code != 0 { // want "batch-entry-missing"
		return fmt.Errorf("stop %s: %s", id, e.Message)
	}
	return nil
}

// An absent server's entry is the zero value, and its code is 0: success.
func StopZeroValue(c Client, id string) error {
	r, err := c.Send("StopInstances", id)
	if err != nil {
		return err
	}
	if r.Code != 0 && r.Code != 5100 && r.Code != 5400 {
		return errRejected
	}
	if r.Detail[id].Code != 0 { // want "batch-entry-missing"
		return fmt.Errorf("stop %s: %s", id, r.Message)
	}
	return nil
}

// The variable changes nothing: a missing entry is a zero value.
func StartVariable(c Client, id string) error {
	r, err := c.Send("StartInstances", id)
	if err != nil {
		return err
	}
	if r.Code != 0 && r.Code != 5100 && r.Code != 5400 {
		return errRejected
	}
	e := r.Detail[id] // want "batch-entry-missing"
	if e.Code != 0 {
		return fmt.Errorf("start %s: %s", id, e.Message)
	}
	return nil
}

// One of the servers that were asked for may be missing from the answer, and
// counts as started.
func StartAll(c Client, ids []string) error {
	r, err := c.Send("StartInstances", ids...)
	if err != nil {
		return err
	}
	if r.Code != 0 && r.Code != 5100 && r.Code != 5400 {
		return errRejected
	}
	for _, id := range ids {
		if e, ok := r.Detail[id]; ok && e.Code != 0 { // want "batch-entry-missing"
			return fmt.Errorf("start %s: %s", id, e.Message)
		}
	}
	return nil
}

// Of the keys, one comes from elsewhere.
func StartAlso(c Client, other string, ids []string) error {
	r, err := c.Send("StartInstances", ids...)
	if err != nil {
		return err
	}
	if r.Code != 0 && r.Code != 5100 && r.Code != 5400 {
		return errRejected
	}
	keys := []string{other}
	for id := range r.Detail {
		keys = append(keys, id)
	}
	for _, id := range keys {
		if e := r.Detail[id]; e.Code != 0 { // want "batch-entry-missing"
			return fmt.Errorf("start %s: %s", id, e.Message)
		}
	}
	return nil
}

// The keys are those of another answer.
func StartOthers(c Client, ids []string) error {
	r, err := c.Send("StartInstances", ids...)
	if err != nil {
		return err
	}
	stopped, err := c.Send("StopInstances", ids...)
	if err != nil {
		return err
	}
	if r.Code != 0 && r.Code != 5100 && r.Code != 5400 {
		return errRejected
	}
	for _, id := range slices.Sorted(maps.Keys(stopped.Detail)) {
		if e := r.Detail[id]; e.Code != 0 { // want "batch-entry-missing"
			return fmt.Errorf("start %s: %s", id, e.Message)
		}
	}
	return nil
}

// The nil check keeps the program alive, and lets the missing server pass.
func RestartPointer(c Client, id string) error {
	r, err := c.SendPtr("RestartInstances", id)
	if err != nil {
		return err
	}
	if r.Code != 0 && r.Code != 5100 && r.Code != 5400 {
		return errRejected
	}
	e := r.Detail[id] // want "batch-entry-missing"
	if e != nil && e.Code != 0 {
		return fmt.Errorf("restart %s: %s", id, e.Message)
	}
	return nil
}

// Nested, it is the same: what is not there has not failed.
func RestartNested(c Client, id string) error {
	r, err := c.Send("RestartInstances", id)
	if err != nil {
		return err
	}
	if r.Code != 0 && r.Code != 5100 && r.Code != 5400 {
		return errRejected
	}
	if e, ok := r.Detail[id]; ok { // want "batch-entry-missing"
		if e.Code != 0 {
			return fmt.Errorf("restart %s: %s", id, e.Message)
		}
	}
	return nil
}

// ok is thrown away.
func ResetBlankOk(c Client, id string) error {
	r, err := c.Send("ResetInstances", id)
	if err != nil {
		return err
	}
	if r.Code != 0 && r.Code != 5100 && r.Code != 5400 {
		return errRejected
	}
	if e, _ := r.Detail[id]; e.Code != 0 { // want "batch-entry-missing"
		return fmt.Errorf("reset %s: %s", id, e.Message)
	}
	return nil
}

// true for a server that the answer does not name.
func IsReset(c Client, id string) bool {
	r, err := c.Send("ResetInstances", id)
	if err != nil || r.Code != 0 && r.Code != 5100 && r.Code != 5400 {
		return false
	}
	if r.Detail[id].Code != 0 { // want "batch-entry-missing"
		return false
	}
	return true
}

// What the batch's code gives is true for a server that the answer does not name.
func IsResetByCode(c Client, id string) bool {
	r, err := c.Send("ResetInstances", id)
	if err != nil {
		return false
	}
	if r.Detail[id].Code != 0 { // want "batch-entry-missing"
		return false
	}
	return r.Code == 0
}

// ---- silent ----

// Silent: a refused request gives false, whichever server is asked for.
func IsResetRefused(c Client, id string) bool {
	r, err := c.Send("ResetInstances", id)
	if err != nil {
		return false
	}
	if r.Code == 0 || r.Code == 5400 {
		e, ok := r.Detail[id]
		return ok && e.Code == 0
	}
	return false
}

// Silent: whoever comes by with a missing entry is sent away by the code.
func ResetOnly7001(c Client, id string) error {
	r, err := c.Send("ResetInstances", id)
	if err != nil {
		return err
	}
	if r.Code != 0 && r.Code != 5400 {
		return errRejected
	}
	if r.Detail[id].Code != 0 {
		return errRejected
	}
	if r.Code != 7001 {
		return errRejected
	}
	return nil
}

// Silent: absence was asked about, and the batch's code decides what it means.
func IsResetOrAll(c Client, id string) bool {
	r, err := c.Send("ResetInstances", id)
	if err != nil {
		return false
	}
	e, ok := r.Detail[id]
	if !ok {
		return r.Code == 0
	}
	return e.Code == 0
}

// Silent: only who has succeeded is watched further.
func WatchReset(c Client, id string, sleep func()) {
	for {
		r, err := c.Send("ResetInstances", id)
		if err != nil {
			return
		}
		if e, ok := r.Detail[id]; !ok || e.Code != 0 {
			return
		}
		sleep()
	}
}

// Silent: a missing entry is a failure.
func StopChecked(c Client, id string) error {
	r, err := c.Send("StopInstances", id)
	if err != nil {
		return err
	}
	if r.Code != 0 && r.Code != 5100 && r.Code != 5400 {
		return errRejected
	}
	if e, ok := r.Detail[id]; !ok || e.Code != 0 {
		return fmt.Errorf("stop %s: %s", id, e.Message)
	}
	return nil
}

// Silent: a missing entry has its own error.
func StopCheckedTwice(c Client, id string) error {
	r, err := c.Send("StopInstances", id)
	if err != nil {
		return err
	}
	if r.Code != 0 && r.Code != 5100 && r.Code != 5400 {
		return errRejected
	}
	e, ok := r.Detail[id]
	if !ok {
		return fmt.Errorf("stop %s: not in the answer", id)
	}
	if e.Code != 0 {
		return fmt.Errorf("stop %s: %s", id, e.Message)
	}
	return nil
}

// Silent: a nil entry is a failure.
func RestartPointerChecked(c Client, id string) error {
	r, err := c.SendPtr("RestartInstances", id)
	if err != nil {
		return err
	}
	if r.Code != 0 && r.Code != 5100 && r.Code != 5400 {
		return errRejected
	}
	e := r.Detail[id]
	if e == nil || e.Code != 0 {
		return fmt.Errorf("restart %s failed", id)
	}
	return nil
}

// Silent: success is what the entry says; a missing one falls through to the
// error.
func StartOnlyNamed(c Client, id string) error {
	r, err := c.Send("StartInstances", id)
	if err != nil {
		return err
	}
	if r.Code != 0 && r.Code != 5100 && r.Code != 5400 {
		return errRejected
	}
	if e, ok := r.Detail[id]; ok && e.Code == 0 {
		return nil
	}
	return fmt.Errorf("start %s failed", id)
}

// Silent: nothing is looked up, the loop meets every entry that there is.
func StartRange(c Client, ids []string) error {
	r, err := c.Send("StartInstances", ids...)
	if err != nil {
		return err
	}
	if r.Code != 0 && r.Code != 5100 && r.Code != 5400 {
		return errRejected
	}
	for id, e := range r.Detail {
		if e.Code != 0 {
			return fmt.Errorf("start %s: %s", id, e.Message)
		}
	}
	return nil
}

// Silent: the key comes from the detail itself, so its entry is there.
func StartRangeKeys(c Client, ids []string) error {
	r, err := c.Send("StartInstances", ids...)
	if err != nil {
		return err
	}
	if r.Code != 0 && r.Code != 5100 && r.Code != 5400 {
		return errRejected
	}
	for id := range r.Detail {
		if r.Detail[id].Code != 0 {
			return fmt.Errorf("start %s: %s", id, r.Detail[id].Message)
		}
	}
	return nil
}

// Silent: so is that of each of its keys, in their order.
func StartSorted(c Client, ids []string) error {
	r, err := c.Send("StartInstances", ids...)
	if err != nil {
		return err
	}
	if r.Code != 0 && r.Code != 5100 && r.Code != 5400 {
		return errRejected
	}
	for _, id := range slices.Sorted(maps.Keys(r.Detail)) {
		if e := r.Detail[id]; e.Code != 0 {
			return fmt.Errorf("start %s: %s", id, e.Message)
		}
	}
	return nil
}

// Silent: the keys were collected by hand.
func StartSortedByHand(c Client, ids []string) error {
	r, err := c.Send("StartInstances", ids...)
	if err != nil {
		return err
	}
	if r.Code != 0 && r.Code != 5100 && r.Code != 5400 {
		return errRejected
	}
	keys := make([]string, 0, len(r.Detail))
	for id := range r.Detail {
		keys = append(keys, id)
	}
	sort.Strings(keys)
	for _, id := range keys {
		if e := r.Detail[id]; e.Code != 0 {
			return fmt.Errorf("start %s: %s", id, e.Message)
		}
	}
	return nil
}

// Silent: an array's element is met, not looked up.
func StartList(c Client, ids []string) error {
	r, err := c.SendList("StartInstances", ids...)
	if err != nil {
		return err
	}
	if r.Code != 0 && r.Code != 5100 && r.Code != 5400 {
		return errRejected
	}
	for i := range r.Detail {
		if r.Detail[i].Code != 0 {
			return fmt.Errorf("start %s: %s", r.Detail[i].ID, r.Detail[i].Message)
		}
	}
	return nil
}

// Silent: the missing servers are collected with the failed ones.
func ResetCollects(c Client, ids []string) ([]string, error) {
	r, err := c.Send("ResetInstances", ids...)
	if err != nil {
		return nil, err
	}
	if r.Code != 0 && r.Code != 5100 && r.Code != 5400 {
		return nil, errRejected
	}
	var failed []string
	for _, id := range ids {
		e, ok := r.Detail[id]
		switch {
		case !ok:
			log.Printf("reset %s: not in the answer", id)
			failed = append(failed, id)
		case e.Code != 0:
			failed = append(failed, id)
		}
	}
	return failed, nil
}

// Silent: that the entry is there was asked before.
func ResetAsksFirst(c Client, id string) error {
	r, err := c.Send("ResetInstances", id)
	if err != nil {
		return err
	}
	if r.Code != 0 && r.Code != 5100 && r.Code != 5400 {
		return errRejected
	}
	if _, ok := r.Detail[id]; !ok {
		return fmt.Errorf("reset %s: not in the answer", id)
	}
	if r.Detail[id].Code != 0 {
		return fmt.Errorf("reset %s: %s", id, r.Detail[id].Message)
	}
	return nil
}

// Silent: the caller has the entry, and ok beside it.
func EntryOf(c Client, id string) (e Entry, ok bool, err error) {
	r, err := c.Send("DescribeInstances", id)
	if err != nil {
		return Entry{}, false, err
	}
	if r.Code != 0 && r.Code != 5100 && r.Code != 5400 {
		return Entry{}, false, errRejected
	}
	e, ok = r.Detail[id]
	return e, ok, nil
}

// Silent: the entry is found in an array by its own ID, and nothing found is a
// failure.
func StartFound(c Client, id string) error {
	r, err := c.SendList("StartInstances", id)
	if err != nil {
		return err
	}
	if r.Code != 0 && r.Code != 5100 && r.Code != 5400 {
		return errRejected
	}
	var ids []string
	for _, e := range r.Detail {
		if e.Code == 0 {
			ids = append(ids, e.ID)
		}
	}
	if !slices.Contains(ids, id) {
		return fmt.Errorf("start %s failed", id)
	}
	return nil
}

// GetDetail gives the entries.
//
// Silent: a helper.
func (r *Answer) GetDetail() map[string]Entry { return r.Detail }

// Silent: an accessor gives the same detail twice, and the key is one of it.
func StartRangeAccessor(c Client, ids []string) error {
	r, err := c.Send("StartInstances", ids...)
	if err != nil {
		return err
	}
	if r.Code != 0 && r.Code != 5100 && r.Code != 5400 {
		return errRejected
	}
	for id := range r.GetDetail() {
		if r.GetDetail()[id].Code != 0 {
			return fmt.Errorf("start %s: %s", id, r.GetDetail()[id].Message)
		}
	}
	return nil
}

// Silent: likewise, after a look for the key.
func StartAccessorAsksFirst(c Client, id string) error {
	r, err := c.Send("StartInstances", id)
	if err != nil {
		return err
	}
	if r.Code != 0 && r.Code != 5100 && r.Code != 5400 {
		return errRejected
	}
	if _, ok := r.GetDetail()[id]; !ok {
		return fmt.Errorf("start %s: not in the answer", id)
	}
	if r.GetDetail()[id].Code != 0 {
		return fmt.Errorf("start %s failed", id)
	}
	return nil
}

func missed(e Entry, ok bool) bool { return !ok || e.Code != 0 }

// Silent: a resource that is absent was missed, and one that failed as well.
func StopMissed(c Client, id string) error {
	r, err := c.Send("StopInstances", id)
	if err != nil {
		return err
	}
	if r.Code != 0 && r.Code != 5100 && r.Code != 5400 {
		return errRejected
	}
	if e, ok := r.Detail[id]; missed(e, ok) {
		return fmt.Errorf("stop %s failed", id)
	}
	return nil
}

func found(e Entry, ok bool) bool { return ok && e.Code != 0 }

// A resource that is absent hasn't failed, as found has it.
func StopFound(c Client, id string) error {
	r, err := c.Send("StopInstances", id)
	if err != nil {
		return err
	}
	if r.Code != 0 && r.Code != 5100 && r.Code != 5400 {
		return errRejected
	}
	if e, ok := r.Detail[id]; found(e, ok) { // want "batch-entry-missing"
		return fmt.Errorf("stop %s failed", id)
	}
	return nil
}

// The flag is asked twice, and nothing is done about an absence in between: it goes the way of success all the same.
func AskedTwice(c Client, id string) error {
	r, err := c.Send("StopInstances", id)
	if err != nil {
		return err
	}
	e, ok := r.Detail[id] // want "batch-entry-missing"
	if ok && e.Code == 5100 {
		return errRejected
	}
	if ok && e.Code != 0 {
		return errors.New(e.Message)
	}
	return nil
}
