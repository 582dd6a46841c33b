package engine

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
)

// Batches whose entries are pointers, and have more to tell than a code.
type PointerBatch struct {
	Code   int               `json:"code"`
	Detail map[string]*State `json:"detail"`
}

type State struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
	Done    bool   `json:"done"`
	Failed  bool   `json:"failed"`
}

type ListBatch struct {
	Code   int     `json:"code"`
	Detail []State `json:"detail"`
}

// Coded has a string as its code, which only a directive allows.
//
//asynccheck:response single
type Coded struct {
	Code      string `json:"code"`
	RequestID string `json:"requestId"`
}

// into decodes what it is given.
func into(b []byte, out *Result) error { return json.Unmarshal(b, out) }

// Silent: a busy server is asked again, and the second answer replaces the
// first one.
func Refilled(b, again []byte) error {
	s := new(Result)
	if err := into(b, s); err != nil {
		return err
	}
	if s.Code == 4400 {
		if err := into(again, s); err != nil {
			return err
		}
	}
	if s.Code != 0 {
		return errFailed
	}
	return nil
}

// The second answer is not looked at.
func RefilledUnread(b, again []byte) error {
	s := new(Result)
	if err := json.Unmarshal(b, s); err != nil {
		return err
	}
	if s.Code != 0 {
		return errFailed
	}
	return json.Unmarshal(again, s) // want "result-unchecked"
}

// same gives what it got.
func same(s *Result) *Result { return s }

// Through the helper's result the code is still that of s.
func Same(b []byte) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if same(&s).Code > 0 { // want "result-nonzero-success"
		return errFailed
	}
	return nil
}

// eachState calls f with the entries.
func eachState(r *PointerBatch, f func(id string, e *State) error) error {
	for id, e := range r.Detail {
		if err := f(id, e); err != nil {
			return err
		}
	}
	return nil
}

// Silent: the literal inspects the entries, which are pointers.
func EachState(b []byte) error {
	var r PointerBatch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 && r.Code != 5100 && r.Code != 5400 {
		return errFailed
	}
	return eachState(&r, func(id string, e *State) error {
		if e.Code != 0 {
			return fmt.Errorf("%s: %s", id, e.Message)
		}
		return nil
	})
}

// The literal looks at the messages alone.
func EachMessage(b []byte) error {
	var r PointerBatch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code == 5100 { // want "batch-detail-shallow"
		return errFailed
	}
	return eachState(&r, func(id string, e *State) error {
		fmt.Println(id, e.Message)
		return nil
	})
}

// The task ID leaves within a longer text; nobody looked at the code.
func TaskURL(b []byte, fetch func(string) error) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil { // want "result-unchecked"
		return err
	}
	return fetch("/tasks/" + s.RequestID + "?wait=1")
}

// Silent: what the text says, it says of the code.
func CodeText(b []byte) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if "code "+fmt.Sprint(s.Code) != "code 0" {
		return errFailed
	}
	return nil
}

// Silent: on the way of io.EOF there is no answer, on the other there is an error.
func EmptyBody(body io.Reader) error {
	var s Result
	err := json.NewDecoder(body).Decode(&s)
	if err == io.EOF {
		return nil
	}
	if err != nil {
		return err
	}
	if s.Code != 0 {
		return errFailed
	}
	return nil
}

// Silent: the code is a word; success has one, too.
func Word(b []byte) error {
	var c Coded
	if err := json.Unmarshal(b, &c); err != nil {
		return err
	}
	if c.Code == "" || c.Code != "Success" {
		return errFailed
	}
	return nil
}

// Constants stand on the left, and codes below 0 pass.
func Yoda(b []byte) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if 0 < s.Code { // want "result-nonzero-success"
		return errFailed
	}
	return nil
}

// Likewise below 5100.
func YodaRange(b []byte) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if 5100 <= s.Code { // want "result-nonzero-success"
		return errFailed
	}
	return nil
}

// Silent: what is left between the two comparisons is 0.
func YodaZero(b []byte) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if 0 > s.Code || 1 <= s.Code {
		return errFailed
	}
	return nil
}

// Silent: the flag is compared with true, as some people write.
func ComparedFlag(b []byte) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	ok := true
	if s.Code != 0 {
		ok = false
	}
	if ok != true {
		return errFailed
	}
	return nil
}

// Silent: another member of the entry decides.
func EntryFlag(b []byte) error {
	var r ListBatch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 && r.Code != 5400 {
		return errFailed
	}
	for _, e := range r.Detail {
		if e.Code != 0 && !e.Done || e.Failed {
			return errFailed
		}
	}
	return nil
}

// Silent: whether it failed goes to somebody.
func Reports(b []byte, report func(failed bool)) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	report(s.Code > 0)
	return nil
}

// Silent: and by a channel, in a select.
func ReportsBySelect(b []byte, failed chan<- bool, quit <-chan struct{}) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	select {
	case failed <- s.Code > 0:
	case <-quit:
	}
	return nil
}

// states is a type of the detail's shape.
type states map[string]*State

// Silent: the conversion changes the type only.
func Converted(b []byte) error {
	var r PointerBatch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 && r.Code != 5100 && r.Code != 5400 {
		return errFailed
	}
	for _, e := range states(r.Detail) {
		if e.Code != 0 {
			return errFailed
		}
	}
	return nil
}

// In a converted map, too, the failed entries are 5100 alone.
func ConvertedTotal(b []byte) error {
	var r PointerBatch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 && r.Code != 5100 && r.Code != 5400 {
		return errFailed
	}
	for _, e := range states(r.Detail) {
		if e.Code == 5100 { // want "result-nonzero-success"
			return errFailed
		}
	}
	return nil
}

// Silent: the list as an array is still the list.
func ThreeStates(b []byte) error {
	var r ListBatch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 && r.Code != 5100 && r.Code != 5400 {
		return errFailed
	}
	for _, e := range (*[3]State)(r.Detail) {
		if e.Code != 0 {
			return errFailed
		}
	}
	return nil
}

// Silent: the error is known to be one.
func SyntaxOnly(b []byte) (int64, error) {
	var s Result
	err := json.Unmarshal(b, &s)
	if err != nil {
		return 0, err
	}
	if s.Code != 0 {
		return 0, errFailed
	}
	return 0, nil
}

// Silent: a decode that must fail.
func Offset(b []byte) int64 {
	var s Result
	return json.Unmarshal(b, &s).(*json.SyntaxError).Offset
}

// A verifier is something that can say no.
type verifier interface{ Verify(b []byte) error }

// Silent: the interface's method saw the bytes.
func Verified(b []byte, v verifier) error {
	if err := v.Verify(b); err != nil {
		return err
	}
	var s Result
	return json.Unmarshal(b, &s)
}

// probed rejects what failed, and gives the bytes to who asked.
func probed(b []byte, out any) ([]byte, error) {
	var probe Result
	if err := json.Unmarshal(b, &probe); err != nil {
		return b, err
	}
	if probe.Code != 0 {
		return b, errFailed
	}
	return b, json.Unmarshal(b, out)
}

// Silent: the detail can be had from the bytes.
func ProbedBytes(b []byte) ([]byte, error) {
	var r Batch
	return probed(b, &r)
}

// newBatch gives an empty one.
func newBatch() *Batch { return &Batch{} }

// Decoded into what a function made.
func MadeElsewhere(b []byte) error {
	r := newBatch()
	if err := json.Unmarshal(b, r); err != nil {
		return err
	}
	if r.Code == 5100 { // want "batch-partial-as-success"
		return errFailed
	}
	return nil
}

// A cache gives the response it has, and whether it has one.
type cache struct {
	mu   sync.Mutex
	last map[string]*Batch
}

func (c *cache) get(id string) (*Batch, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	r, ok := c.last[id]
	return r, ok
}

// Where there is one, a partial failure passes.
func (c *cache) Stopped(id string) error {
	r, ok := c.get(id)
	if !ok {
		return errFailed
	}
	if r.Code == 5100 { // want "batch-partial-as-success"
		return errFailed
	}
	return nil
}

// Silent: where there is none, nothing is owed.
func (c *cache) Known(id string) error {
	if r, ok := c.get(id); ok {
		return r.failed()
	}
	return nil
}

// failed inspects the entries.
func (r *Batch) failed() error {
	for id, e := range r.Detail {
		if e.Code != 0 {
			return fmt.Errorf("%s: %s", id, e.Message)
		}
	}
	if r.Code != 0 {
		return errors.New(r.Message)
	}
	return nil
}

// Silent: the keys are sorted first, and each entry is inspected.
func Sorted(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 && r.Code != 5100 && r.Code != 5400 {
		return errFailed
	}
	for _, id := range slices.Sorted(maps.Keys(r.Detail)) {
		if r.Detail[id].Code != 0 {
			return errFailed
		}
	}
	return nil
}

// Keys alone say nothing.
func SortedKeys(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code == 5100 { // want "batch-detail-shallow"
		return errFailed
	}
	for id := range r.Detail {
		fmt.Println(strings.ToUpper(id))
	}
	return nil
}

// A response in an answer's body, by way of the client's own request.
func Fetch(c *http.Client, req *http.Request) error {
	resp, err := c.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	var s Result
	if err := json.NewDecoder(io.TeeReader(resp.Body, os.Stderr)).Decode(&s); err != nil { // want "result-unchecked"
		return err
	}
	return nil
}

// Silent: the request that a handler serves, a field of it at that.
func Middleware(w http.ResponseWriter, req *http.Request) {
	body := req.Body
	data, err := io.ReadAll(body)
	if err != nil {
		return
	}
	var s Result
	if json.Unmarshal(data, &s) == nil && s.Code > 0 {
		w.WriteHeader(http.StatusTeapot)
	}
}

// The literal ends in two ways that are one: the errors of both are ignored.
func LiteralTwice(b []byte, log func(string)) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	note := func(text string) {
		if text == "" {
			return
		}
		log(text)
	}
	note(s.Message)
	if s.Code > 0 { // want "result-nonzero-success"
		return errFailed
	}
	return nil
}

// Silent: the error variable is an error that is never nil.
func Always(b []byte) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s.Code > 0 {
		return refusal(s.Message)
	}
	return refusal("nothing to do")
}

// A coder is an error with a code.
type coder interface {
	error
	Code() int
}

type refused struct{ text string }

func (r *refused) Error() string { return r.text }
func (r *refused) Code() int     { return -1 }

// refusal is never nil, by two names of its type.
func refusal(text string) error {
	var c coder = &refused{text}
	return c
}

// Whole envelopes are copied and compared by a part of the copy.
func EnvelopePart(b []byte) error {
	var e Envelope
	if err := json.Unmarshal(b, &e); err != nil {
		return err
	}
	list := []Envelope{e}
	inner := struct{ E Envelope }{e}
	if inner.E.Response.Code != 0 { // want "batch-partial-as-failure"
		return fmt.Errorf("failed in %d", len(list))
	}
	return nil
}

// A struct of structs holds the response by value.
func Wrapped2(b []byte) error {
	var e Envelope
	if err := json.Unmarshal(b, &e); err != nil {
		return err
	}
	var box struct{ inner struct{ env Envelope } }
	box.inner.env = e
	inner := box.inner
	if inner.env.Response.Code == 5100 { // want "batch-partial-as-success"
		return errFailed
	}
	return nil
}

// Each turn drops the answer of the one before.
func Polls(ask func() ([]byte, error)) {
	for {
		b, err := ask()
		if err != nil {
			continue
		}
		var r Batch
		if json.Unmarshal(b, &r) != nil {
			continue
		}
		if r.Code == 0 { // want "batch-partial-as-failure"
			return
		}
	}
}
