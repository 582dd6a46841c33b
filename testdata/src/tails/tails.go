// Package tails has functions whose end stands in another function, or in a literal.
package tails

import (
	"encoding/json"
	"errors"
	"net/http"
)

var errFailed = errors.New("failed")

// Result is the answer to a call that starts one task.
type Result struct {
	Code      int    `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

// Item is what happened to one server.
type Item struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

// Batch is the answer to a call that names several servers.
type Batch struct {
	Code    int             `json:"code"`
	Message string          `json:"message"`
	Detail  map[string]Item `json:"detail"`
}

// GetDetail gives the entries.
//
// Silent: an accessor.
func (b *Batch) GetDetail() map[string]Item { return b.Detail }

// Envelope has an answer in it.
type Envelope struct {
	Version  string `json:"version"`
	Response Batch  `json:"response"`
}

// A caller sends requests: who implements it is unknown here.
type caller interface {
	call(action string, out any) error
	wait(id string) error
}

// Head is what every answer has.
type Head struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

// ---- right ----

// Silent: two decodes of the same bytes see the same code, whoever does the second one.
func Probed(b []byte) (string, error) {
	var h Head
	if err := json.Unmarshal(b, &h); err != nil {
		return "", err
	}
	return probedTask(&h, b)
}

// Silent: its only call is that in Probed.
func probedTask(h *Head, b []byte) (string, error) {
	if h.Code != 0 {
		return "", errFailed
	}
	var r Result
	if err := json.Unmarshal(b, &r); err != nil {
		return "", err
	}
	return r.RequestID, nil
}

// Silent: whichever way quiet is, the code is judged or there is an error. The literal has it by reference.
func Quietly(c caller, b []byte, quiet bool) error {
	return func() error {
		var r Result
		if err := json.Unmarshal(b, &r); err != nil {
			return err
		}
		if quiet && r.Code != 0 {
			return errFailed
		} else if !quiet {
			return errors.New(r.Message)
		}
		return c.wait(r.RequestID)
	}()
}

// Silent: the text tells the caller of the failure.
func Text(b []byte) (string, error) {
	var r Result
	if err := json.Unmarshal(b, &r); err != nil {
		return "", err
	}
	if r.Code != 0 {
		return refusal(&r)
	}
	return "", nil
}

func refusal(r *Result) (string, error) { return "refused: " + r.Message, nil }

// Silent: nobody comes to the lookup whose server is not there.
func AsksFirst(b []byte, id string) error {
	return func() error {
		var r Batch
		if err := json.Unmarshal(b, &r); err != nil {
			return err
		}
		if r.Code != 0 && r.Code != 5100 && r.Code != 5400 {
			return errFailed
		}
		if _, ok := r.GetDetail()[id]; !ok {
			return errors.New("not in the answer")
		}
		if r.GetDetail()[id].Code != 0 {
			return errFailed
		}
		return nil
	}()
}

// Silent: its only call is where the code is 0, and nothing is hidden there.
func nothingElse(r *Batch) error {
	if r.Code != 0 {
		return errFailed
	}
	return nil
}

// Silent: the entries are inspected where there are any that failed.
func OnSuccess(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code == 0 {
		return nothingElse(&r)
	}
	for _, e := range r.Detail {
		if e.Code != 0 {
			return errFailed
		}
	}
	return errors.New(r.Message)
}

// Silent: a request that a server reads is no answer, and so is none for its tail.
func Serve(w http.ResponseWriter, req *http.Request) {
	var r Result
	if err := json.NewDecoder(req.Body).Decode(&r); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	served(w, &r)
}

func served(w http.ResponseWriter, r *Result) {
	if r.Code > 0 {
		w.WriteHeader(http.StatusTeapot)
	}
}

// Silent: what is deferred makes an error of the code.
func Deferred(b []byte) error {
	return func() (err error) {
		var r Result
		defer func() {
			if r.Code != 0 {
				err = errFailed
			}
		}()
		return json.Unmarshal(b, &r)
	}()
}

// Silent: the caller gets the bytes themselves. A function that defers keeps its results in variables.
func WithText(b []byte) (id, text string, err error) {
	text = string(b)
	var r Result
	defer func() { _ = r }()
	if err := json.Unmarshal(b, &r); err != nil {
		return "", "", err
	}
	return r.RequestID, text, nil
}

// ---- wrong ----

// The end of the function lets codes below zero pass, wherever it stands.
func Positive(b []byte) error {
	var r Result
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	return notPositive(&r)
}

func notPositive(r *Result) error {
	if r.Code > 0 { // want "result-nonzero-success"
		return errFailed
	}
	return nil
}

// Nobody has looked at the code.
func Unread(b []byte) (string, error) {
	var r Result
	if err := json.Unmarshal(b, &r); err != nil { // want "result-unchecked"
		return "", err
	}
	return taskOf(&r)
}

func taskOf(r *Result) (string, error) { return r.RequestID, nil }

// The helper gives nil, whatever failed.
func Forgotten(b []byte) error {
	var r Result
	if err := json.Unmarshal(b, &r); err != nil {
		return decodingFailed(err)
	}
	if r.Code != 0 {
		return forget()
	}
	return nil
}

// Silent: it gives the error that it gets.
func decodingFailed(err error) error { return err }

func forget() error {
	return nil // want "result-failure-dropped"
}

// A function without a result is the end of another: nobody else has the answer.
func Started(b []byte, state *string) {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return
	}
	note(&r, state)
}

func note(r *Batch, state *string) {
	if r.Code != 0 { // want "batch-partial-as-failure"
		*state = r.Message
		return
	}
	*state = "started"
}

// What gets the envelope has the answer.
func Opened(b []byte) error {
	var e Envelope
	if err := json.Unmarshal(b, &e); err != nil {
		return err
	}
	return open(&e)
}

func open(e *Envelope) error {
	if e.Response.Code == 5100 { // want "batch-partial-as-success"
		return errFailed
	}
	return nil
}

// A helper that gets the code alone is never reported itself.
func Refused(b []byte) error {
	var r Result
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	return positive(r.Code) // want "result-nonzero-success"
}

// Silent: the finding is its caller's.
func positive(code int) error {
	if code > 0 {
		return errFailed
	}
	return nil
}

// Nor is one with a bool result.
func Accepted(b []byte) bool {
	var r Result
	if err := json.Unmarshal(b, &r); err != nil {
		return false
	}
	return accepted(&r) // want "result-nonzero-success"
}

// Silent: the finding is its caller's.
func accepted(r *Result) bool { return r.Code <= 0 }

// What the caller's memory is filled with, the literal fills.
func fill(b []byte, out any) error {
	return func() error {
		if err := json.Unmarshal(b, out); err != nil {
			return err
		}
		return nil
	}()
}

// Nobody has looked at the code.
func Filled(b []byte) (string, error) {
	var r Result
	if err := fill(b, &r); err != nil { // want "result-unchecked"
		return "", err
	}
	return r.RequestID, nil
}

// What is deferred comes after the end.
func Closed(resp *http.Response) error {
	defer resp.Body.Close()
	var r Result
	if err := json.NewDecoder(resp.Body).Decode(&r); err != nil {
		return err
	}
	return belowZero(&r)
}

func belowZero(r *Result) error {
	if r.Code < 0 { // want "result-nonzero-success"
		return errFailed
	}
	return nil
}

// Two functions end in it, so that it is a function of its own.
func rejected(r *Batch) error {
	if r.Code != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}

// Silent: the helper has the finding.
func Stop(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	return rejected(&r)
}

// Silent: likewise.
func Restart(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	return rejected(&r)
}

// A deferred literal that has the pointer hasn't looked at anything when the answer comes.
func FilledByCall(c caller) error {
	r := new(Batch)
	defer func() { _ = r }()
	if err := c.call("StopInstances", r); err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}

// A literal that does nothing acknowledges nothing.
func Idle(b []byte) error {
	var r Result
	idle := func() { _ = r }
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code == 0 {
		return nil
	}
	idle()
	return nil // want "result-failure-dropped"
}
