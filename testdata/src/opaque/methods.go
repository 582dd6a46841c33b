package opaque

import (
	"encoding/json"
	"fmt"
)

// A code's own methods are helpers like any others, whatever their receiver is called.

// Failed reports whether anything went wrong.
func (c Code) Failed() bool { return c != 0 }

// OK is its opposite, by way of it.
func (code Code) OK() bool { return !code.Failed() }

// HasDetail reports whether the answer says what happened to each server.
func (c Code) HasDetail() bool {
	switch c {
	case 0, 5100, 5400:
		return true
	}
	return false
}

// Int is the code as a number.
func (c Code) Int() int { return int(c) }

// Class is a table: it says for each code something else.
func (c Code) Class() string {
	switch {
	case c == 0:
		return "ok"
	case c < 4000:
		return "transport"
	case c < 5000:
		return "request"
	case c < 6000:
		return "server"
	}
	return "other"
}

// Failed is true of 5400, too: nobody learns which servers did.
func StopFailed(b []byte) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	if r.Code.Failed() { // want "batch-partial-as-failure"
		return fmt.Errorf("stop: %s", r.Message)
	}
	return nil
}

func StopNotOK(b []byte) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	if ok := r.Code.OK(); !ok { // want "batch-partial-as-failure"
		return fmt.Errorf("stop: %s", r.Message)
	}
	return nil
}

// Silent: codes with a detail are collected before.
func StopHasDetail(b []byte) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	if r.Code.HasDetail() {
		return r.collect()
	}
	if r.Code != 0 {
		return errFailed
	}
	return nil
}

// The other way round, the request's own failures are told apart, and the rest goes for success.
func StopWithoutDetail(b []byte) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	if !r.Code.HasDetail() { // want "batch-partial-as-success"
		return errFailed
	}
	return nil
}

// Silent: the number is the code.
func StopInt(b []byte) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	if n := r.Code.Int(); n != 0 && n != 5400 && n != 5100 {
		return errFailed
	}
	return r.collect()
}

func StopWrongInt(b []byte) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	if n := r.Code.Int(); n != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}

// Silent: the classes are followed, and the failed ones are collected.
func StopClass(b []byte) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	switch r.Code.Class() {
	case "ok":
		return nil
	case "server":
		return r.collect()
	}
	return errFailed
}

func refused(n int) bool { return n == 4100 || n == 4400 }

func refusedCode(code int) bool { return code == 4100 || code == 4400 }

// Two codes are refused, and all others go for success. It makes no difference what the
// helper's parameter is called.
func StartRefused(b []byte) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if refused(int(s.Code)) { // want "result-nonzero-success"
		return errFailed
	}
	return nil
}

func StartRefusedCode(b []byte) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if refusedCode(int(s.Code)) { // want "result-nonzero-success"
		return errFailed
	}
	return nil
}

func check(n int, text string) error {
	if n == 0 || n == 7001 {
		return nil
	}
	return fmt.Errorf("%d: %s", n, text)
}

func checkCode(code int, text string) error {
	if code == 0 || code == 7001 {
		return nil
	}
	return fmt.Errorf("%d: %s", code, text)
}

// Silent: zero and a named value pass.
func StartChecked(b []byte) (string, error) {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return "", err
	}
	if err := check(int(s.Code), s.Message); err != nil {
		return "", err
	}
	return s.RequestID, nil
}

// Silent: likewise.
func StartCheckedCode(b []byte) (string, error) {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return "", err
	}
	if err := checkCode(int(s.Code), s.Message); err != nil {
		return "", err
	}
	return s.RequestID, nil
}

// A batch's 5400 is an error without its detail.
func StopChecked(b []byte) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	return check(int(r.Code), r.Message) // want "batch-partial-as-failure"
}

func StopCheckedCode(b []byte) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	return checkCode(int(r.Code), r.Message) // want "batch-partial-as-failure"
}

// LooseResult has pointers for its members.
type LooseResult struct {
	Code      *int    `json:"code"`
	Message   *string `json:"message"`
	RequestID *string `json:"requestId"`
}

func isZero(n *int) bool { return n != nil && *n == 0 }

func value(n *int) int {
	if n == nil {
		return 0
	}
	return *n
}

// Silent: a helper may get the pointer.
func StartLoose(b []byte) error {
	var s LooseResult
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if !isZero(s.Code) {
		return errFailed
	}
	return nil
}

// It may also give what the pointer leads to.
func StartLooseValue(b []byte) error {
	var s LooseResult
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if value(s.Code) > 0 { // want "result-nonzero-success"
		return errFailed
	}
	return nil
}

// Silent: an entry's code is judged by its method.
func FailedOnes(r *Batch) (failed []string) {
	for id, e := range r.Detail {
		if e.Code.Failed() {
			failed = append(failed, id)
		}
	}
	return failed
}

// Every entry but those of one failure goes for success.
func FailedByOne(b []byte) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	if r.Code.HasDetail() {
		for _, e := range r.Detail {
			if refused(e.Code.Int()) { // want "result-nonzero-success"
				return errFailed
			}
		}
		return nil
	}
	return errFailed
}

func isOne[T ~int | ~int64](x T) bool { return x == 4100 }

func failedOne[T ~int](x T) bool { return x != 0 }

// A generic helper is one, too.
func StopGeneric(b []byte) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	if failedOne(r.Code) { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}

func StartGeneric(b []byte) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if isOne(s.Code) { // want "result-nonzero-success"
		return errFailed
	}
	return nil
}

func refuses(r *Batch, partial bool) bool { return r.Code != 0 && !partial }

// Silent: the flag and the code go together, in a way that no summary says.
func StopRefused(b []byte) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	partial := r.Code == 5400
	if refuses(r, partial) {
		return errFailed
	}
	if partial {
		return r.collect()
	}
	return nil
}
