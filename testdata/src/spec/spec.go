// Package spec holds the examples of the specification, in its order. The example
// is quoted above the function that shows it. Where the table says "just
// decoded", the bytes are a parameter and the decoder's error is checked.
package spec

import (
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"net/http"
	"spec/sdk"
	"sync/atomic"
	"testing"
	"time"
)

// Entry is what happened to one server.
type Entry struct {
	Code      int    `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

// Batch is the answer to a call that names several servers.
type Batch struct {
	Code    int              `json:"code"`
	Message string           `json:"message"`
	Detail  map[string]Entry `json:"detail"`
}

// Result is the answer to a call that starts one task.
type Result struct {
	Code      int    `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

// LooseResult has pointers for its members, as generated SDKs do.
type LooseResult struct {
	Code      *int    `json:"code"`
	Message   *string `json:"message"`
	RequestID *string `json:"requestId"`
}

// AnyResult keeps the code as the decoder found it; codeDesc is its evidence.
type AnyResult struct {
	Code      any    `json:"code"`
	CodeDesc  string `json:"codeDesc"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

// BatchError carries the entries to the caller.
type BatchError struct {
	Code   int
	Detail map[string]Entry
}

// Silent: an error that is built here, not a response that is read.
func (e *BatchError) Error() string { return fmt.Sprintf("batch failed with code %d", e.Code) }

var (
	errAll    = errors.New("every server failed")
	errSome   = errors.New("some servers failed")
	errOther  = errors.New("request failed")
	errFailed = errors.New("task failed")
)

const alreadyGone = 7001

var failures counter

type counter struct{ n atomic.Int64 }

// Silent: there is no response in sight.
func (c *counter) Inc() { c.n.Add(1) }

type span struct{ tags map[string]string }

// Silent: there is no response in sight.
func (s *span) Set(id string) { s.tags["task"] = id }

// Silent: there is no response in sight.
func poll(taskID string) { log.Println("polling", taskID) }

// Silent: there is no response in sight.
func report(failed []string) error {
	if len(failed) > 0 {
		return fmt.Errorf("failed: %v", failed)
	}
	return nil
}

// Silent: a helper that gets only the code.
func toErr(code int, message string) error {
	if code != 0 {
		return fmt.Errorf("%s (code %d)", message, code)
	}
	return nil
}

// ---- batch responses ----

// StopServers shows
//
//	| `if r.Code != 0 { return fmt.Errorf("failed: %s", r.Message) }; return nil` | `batch-partial-as-failure` |
//
// With 5400 some servers are already stopped, and the caller's retry stops
// them again.
func StopServers(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return fmt.Errorf("failed: %s", r.Message)
	}
	return nil
}

// StartServers shows
//
//	| `if r.Code != 0 { return err }; for … e.Code …` | `batch-partial-as-failure`: by the contract the loop sees nothing but successes |
//
// The loop looks thorough, but a 5400 answer never reaches it.
func StartServers(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return errOther
	}
	for id, e := range r.Detail {
		if e.Code != 0 {
			return fmt.Errorf("server %s: %s", id, e.Message)
		}
	}
	return nil
}

// RestartServers shows
//
//	| `if r.Code == 5100 { return errAll }; return nil` | `batch-partial-as-success` |
//
// With 5400 the servers that did not restart count as restarted.
func RestartServers(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code == 5100 { // want "batch-partial-as-success"
		return errAll
	}
	return nil
}

// ResetPasswords shows
//
//	| `switch r.Code { case 0: return nil; case 5100: return errAll; case 5400: return errSome }; return errOther` | `batch-partial-as-failure`: nobody learns which |
//
// The caller knows that some passwords were reset, not on which servers.
func ResetPasswords(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	switch r.Code { // want "batch-partial-as-failure"
	case 0:
		return nil
	case 5100:
		return errAll
	case 5400:
		return errSome
	}
	return errOther
}

// ReturnServers shows
//
//	| `if r.Code != 0 { return fmt.Errorf("%+v", r) }; return nil` | `batch-detail-shallow`: printing is not inspecting |
//
// The IDs of the servers are in a text that no program reads.
func ReturnServers(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-detail-shallow"
		return fmt.Errorf("%+v", r)
	}
	return nil
}

// RenewServers shows
//
//	| `if r.Code == 5400 { return fmt.Errorf("%d entries", len(r.Detail)) } …` | `batch-detail-shallow` |
//
// The number of entries counts the renewed servers too.
func RenewServers(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code == 5400 { // want "batch-detail-shallow"
		return fmt.Errorf("%d entries", len(r.Detail))
	}
	if r.Code != 0 {
		return errOther
	}
	return nil
}

// AttachDisks shows
//
//	| `for id, e := range r.Detail { if e.Code != 0 { failed = append(failed, id) } }; return report(failed)` | silent (opt-in: `batch-outer-unread`) |
//
// Silent: every entry is inspected.
func AttachDisks(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	var failed []string
	for id, e := range r.Detail {
		if e.Code != 0 {
			failed = append(failed, id)
		}
	}
	return report(failed)
}

// DetachDisks shows
//
//	| `for … { if e.Code != 0 { n++ } }; if n > 0 { return err }; return nil` | silent: told apart in the turn |
//
// Silent: zero and the other codes are told apart in each turn.
func DetachDisks(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	n := 0
	for _, e := range r.Detail {
		if e.Code != 0 {
			n++
		}
	}
	if n > 0 {
		return errSome
	}
	return nil
}

// BindAddresses shows
//
//	| `for … { if e.Code == 5100 { return err } }; return nil` | `result-nonzero-success` on the entry |
//
// An entry never has the batch's own code: an address that was refused with
// 4500 counts as bound.
func BindAddresses(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	for id, e := range r.Detail {
		if e.Code == 5100 { // want "result-nonzero-success"
			return fmt.Errorf("address %s: %s", id, e.Message)
		}
	}
	return nil
}

// UnbindAddresses shows
//
//	| `if r.Code != 0 && r.Code != 5400 { return err }; for … e.Code … { return err }; return nil` | silent |
//
// Silent: with 5400 every entry is inspected.
func UnbindAddresses(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 && r.Code != 5400 {
		return errOther
	}
	for id, e := range r.Detail {
		if e.Code != 0 {
			return fmt.Errorf("address %s: %s", id, e.Message)
		}
	}
	return nil
}

// ReleaseAddresses shows
//
//	| `if r.Code != 0 { return &BatchError{Code: r.Code, Detail: r.Detail} }; return nil` | silent: detail handed on |
//
// Silent: the detail is handed on in the error.
func ReleaseAddresses(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 {
		return &BatchError{Code: r.Code, Detail: r.Detail}
	}
	return nil
}

// RegisterBackends shows
//
//	| `if r.Code != 0 { return r, errFailed }; return r, nil` (results `(*Batch, error)`) | silent: the caller has it |
//
// Silent: the caller has the whole response.
func RegisterBackends(b []byte) (*Batch, error) {
	r := new(Batch)
	if err := json.Unmarshal(b, r); err != nil {
		return nil, err
	}
	if r.Code != 0 {
		return r, errFailed
	}
	return r, nil
}

// Silent: the response is returned.
func call() *Batch { return new(sdkClient).stop() }

type sdkClient struct{ last *Batch }

// Silent: the response is returned.
func (c *sdkClient) stop() *Batch { return c.last }

// Silent: there is no response in sight.
func sleep() { time.Sleep(time.Second) }

// StopUntilDone shows
//
//	| `for { r := call(); if r.Code == 0 { return nil }; sleep() }` | `batch-partial-as-failure`: each turn drops a 5400 answer and repeats what succeeded |
//
// The servers that stopped in this turn are stopped again in the next.
func StopUntilDone() error {
	for {
		r := call()
		if r.Code == 0 { // want "batch-partial-as-failure"
			return nil
		}
		sleep()
	}
}

// Err loops over the entries.
//
// Silent: entries are inspected (opt-in: batch-outer-unread).
func (r *Batch) Err() error {
	for id, e := range r.Detail {
		if e.Code != 0 {
			return fmt.Errorf("server %s: %s", id, e.Message)
		}
	}
	return nil
}

// TerminateServers shows
//
//	| `return r.Err()` with `func (r *Batch) Err() error` looping over entries | silent |
//
// Silent: the method has the response.
func TerminateServers(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	return r.Err()
}

// ---- single results ----

// CreateBalancer shows
//
//	| `if s.Code > 0 { return err }; return nil` | `result-nonzero-success`: negative codes pass; fix: `!= 0` |
//
// With -3047 there is no load balancer and no task.
func CreateBalancer(b []byte) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s.Code > 0 { // want "result-nonzero-success"
		return errFailed
	}
	return nil
}

// DeleteBalancer shows
//
//	| `if s.Code == 5100 { return err }; return nil` | `result-nonzero-success` |
//
// With 4400 (quota) the load balancer is still there.
func DeleteBalancer(b []byte) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s.Code == 5100 { // want "result-nonzero-success"
		return errFailed
	}
	return nil
}

// RenameBalancer shows
//
//	| `if s.Message != "" { return err }; return nil` | `result-unchecked`: `message` is optional, it decides nothing |
//
// A failure without a message is treated as done.
func RenameBalancer(b []byte) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil { // want "result-unchecked"
		return err
	}
	if s.Message != "" {
		return errors.New(s.Message)
	}
	return nil
}

// CreateListener shows
//
//	| `poll(s.RequestID)` with no look at the code | `result-unchecked` |
//
// A refused call has no task: its empty ID is polled for ever.
func CreateListener(b []byte) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil { // want "result-unchecked"
		return err
	}
	poll(s.RequestID)
	return nil
}

// DeleteListener shows
//
//	| `span.Set(s.RequestID); if s.Code != 0 { return err }; return nil` | silent: judged later |
//
// Silent: the code is judged after the task ID has left.
func DeleteListener(b []byte, span *span) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	span.Set(s.RequestID)
	if s.Code != 0 {
		return errFailed
	}
	return nil
}

// CreateSnapshot shows
//
//	| `if s.Code != 0 { return nil }; …` | `result-failure-dropped` |
//
// The snapshot was refused, and the caller hears that all is well.
func CreateSnapshot(b []byte) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s.Code != 0 {
		return nil // want "result-failure-dropped"
	}
	poll(s.RequestID)
	return nil
}

// DeleteSnapshot shows
//
//	| `if s.Code != 0 { log.Printf("code %d", s.Code); return nil }` · `if s.Code != 0 { failures.Inc(); return nil }` | silent: acknowledged |
//
// Silent: the failure is acknowledged, it is logged before the return.
func DeleteSnapshot(b []byte) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s.Code != 0 {
		log.Printf("code %d", s.Code)
		return nil
	}
	return nil
}

// ApplySnapshot is the second half of the row above.
//
// Silent: the failure is acknowledged, it is counted before the return.
func ApplySnapshot(b []byte) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s.Code != 0 {
		failures.Inc()
		return nil
	}
	return nil
}

// CreateImage shows
//
//	| `err := toErr(s.Code, s.Message); return err` | silent where `toErr` is unknown, or its summary says nil means 0 |
//
// Silent: the code is handed on.
func CreateImage(b []byte) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	err := toErr(s.Code, s.Message)
	return err
}

// DeleteImage shows
//
//	| `ok := s.Code == 0; …; if !ok { return err }; return nil` | silent: the variable carries the comparison |
//
// Silent: ok is false wherever the code is not 0.
func DeleteImage(b []byte) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	ok := s.Code == 0
	log.Printf("delete image: accepted=%t", ok)
	if !ok {
		return errFailed
	}
	return nil
}

// ShareImage shows
//
//	| `var err error; if s.Code != 0 { err = errFailed }; return err` | silent: paths are told apart by what they return |
//
// Silent: err is nil on the path with code 0 alone.
func ShareImage(b []byte) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	var err error
	if s.Code != 0 {
		err = errFailed
	}
	return err
}

// DeleteKeyPair shows
//
//	| `if s.Code != 0 && s.Code != alreadyGone { return err }; return nil` | silent: a tolerated value |
//
// Silent: 7001 is named, so it is tolerated.
func DeleteKeyPair(b []byte) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s.Code != 0 && s.Code != alreadyGone {
		return errFailed
	}
	return nil
}

// CreateKeyPair shows
//
//	| `if s.Code == nil || *s.Code != 0 { return err }; return nil` | silent |
//
// Silent: a missing code fails, and so does every code but 0.
func CreateKeyPair(b []byte) error {
	var s LooseResult
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s.Code == nil || *s.Code != 0 {
		return errFailed
	}
	return nil
}

// ImportKeyPair shows
//
//	| `code, ok := s.Code.(float64); if !ok || code != 0 { return err }; return nil` | silent |
//
// Silent: the asserted value is the code, and only 0 passes.
func ImportKeyPair(b []byte) error {
	var s AnyResult
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	code, ok := s.Code.(float64)
	if !ok || code != 0 {
		return errFailed
	}
	return nil
}

// ExpectCode shows
//
//	| `if s.Code != want { t.Errorf(…) }` | silent: compared with a variable, handed on |
//
// Silent: a comparison with a variable hands the code on.
func ExpectCode(t *testing.T, b []byte, want int) {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		t.Fatal(err)
	}
	if s.Code != want {
		t.Errorf("code %d, want %d", s.Code, want)
	}
}

// StopThroughSDK shows
//
//	| `_, err := sdk.Stop(ids); return err` where `sdk.Stop` turns every non-zero code into an error | silent; where it returns the response unchecked: `result-unchecked` |
//
// Silent: sdk.Stop returns no error for code 0 alone. (The second half of the
// row needs a summary, and comes with the next issue.)
func StopThroughSDK(ids []string) error {
	_, err := sdk.Stop(ids)
	return err
}

// Silent: the code is handed on.
func check(s Result) error { return toErr(s.Code, s.Message) }

// Silent: there is no response in sight.
func wait() { time.Sleep(time.Minute) }

// ResizeDisk shows
//
//	| `if s.Code == 4400 { wait() }; return check(s)` | silent: handed on after a special case |
//
// Silent: the response is handed on after the special case.
func ResizeDisk(b []byte) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s.Code == 4400 {
		wait()
	}
	return check(s)
}

// CreateDisk shows
//
//	| `return s.Code, nil` · `return s, nil` | silent: the caller has it |
//
// Silent: the caller has the code.
func CreateDisk(b []byte) (int, error) {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return 0, err
	}
	return s.Code, nil
}

// DeleteDisk is the second half of the row above.
//
// Silent: the caller has the response.
func DeleteDisk(b []byte) (Result, error) {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return Result{}, err
	}
	return s, nil
}

type apiError struct {
	Code      int    `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

// Silent: a helper with a string result and no error is never itself reported.
func (e *apiError) Error() string { return fmt.Sprintf("%s (code %d)", e.Message, e.Code) }

// Decode shows
//
//	| `if err := json.Unmarshal(b, &probe); …; if probe.Code != 0 { return probe }; return json.Unmarshal(b, out)` | `out` reaches its callers with code 0: two decodes of the same bytes see the same code. For a batch `out`: `batch-detail-unreachable` at the call that asks for it |
//
// Silent here: decoding into memory that the caller owns hands on. (What its
// callers hear comes with the next issue.)
func Decode(b []byte, out any) error {
	probe := new(apiError)
	if err := json.Unmarshal(b, probe); err != nil {
		return err
	}
	if probe.Code != 0 {
		return probe
	}
	return json.Unmarshal(b, out)
}

// Response is what our own clients get: the package builds it, and decodes it
// nowhere.
type Response struct {
	Code      int    `json:"code"`
	Message   string `json:"message,omitempty"`
	RequestID string `json:"requestId"`
}

// Accepted shows
//
//	| `json.NewEncoder(w).Encode(Response{Code: 0, RequestID: id})` | silent: an answer being written |
//
// Silent: an answer being written, not one being read.
func Accepted(w http.ResponseWriter, id string) error {
	return json.NewEncoder(w).Encode(Response{Code: 0, RequestID: id})
}
