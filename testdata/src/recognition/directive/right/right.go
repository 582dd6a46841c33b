// Package right names its responses by directives, which win over everything
// else.
package right

import (
	"encoding/json"
	"errors"
	"fmt"
)

var errFailed = errors.New("call failed")

// Item is what happened to one server.
type Item struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

// Reply has other names for all of its members.
//
//asynccheck:response batch code=RetCode detail=Results task=TaskID
type Reply struct {
	RetCode int             `json:"retCode"`
	RetMsg  string          `json:"retMsg"`
	TaskID  string          `json:"job"`
	Results map[string]Item `json:"results"`
}

// The directive names the members: failed servers are lost.
func Stop(b []byte) error {
	var r Reply
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.RetCode != 0 { // want "batch-partial-as-failure"
		return errors.New(r.RetMsg)
	}
	return nil
}

// Silent: the entries that the directive names are inspected.
func StopInspected(b []byte) error {
	var r Reply
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.RetCode == 0 {
		return nil
	}
	for id, e := range r.Results {
		if e.Code != 0 {
			return fmt.Errorf("stop %s: %s", id, e.Message)
		}
	}
	return errors.New(r.RetMsg)
}

// Silent: the probe's code is another member than the one that the directive names, and that
// is looked at.
func StopProbed(b []byte) (map[string]Item, error) {
	var probe struct {
		Code int `json:"code"`
	}
	if err := json.Unmarshal(b, &probe); err != nil {
		return nil, err
	}
	if probe.Code != 0 {
		return nil, errFailed
	}
	var r Reply
	if err := json.Unmarshal(b, &r); err != nil {
		return nil, err
	}
	if r.RetCode != 0 && r.RetCode != 5400 {
		return nil, errors.New(r.RetMsg)
	}
	return r.Results, nil
}

// The probe has read the very member: failed servers are lost with the rest.
func StopProbedAway(b []byte) error {
	var probe struct {
		RetCode int
	}
	if err := json.Unmarshal(b, &probe); err != nil {
		return err
	}
	if probe.RetCode != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	var r Reply
	return json.Unmarshal(b, &r)
}

// Envelope has its members one struct further down.
//
//asynccheck:response batch code=Head.RetCode detail=Body.Results
type Envelope struct {
	Head struct {
		RetCode int    `json:"retCode"`
		RetMsg  string `json:"retMsg"`
	} `json:"head"`
	Body struct {
		Results []Item `json:"results"`
	} `json:"body"`
}

// Dotted paths reach into nested structs: failed servers pass for started.
func Start(b []byte) error {
	var r Envelope
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Head.RetCode == 5100 { // want "batch-partial-as-success"
		return errors.New(r.Head.RetMsg)
	}
	return nil
}

// Silent: the nested entries are handed on.
func StartEntries(b []byte) ([]Item, error) {
	var r Envelope
	if err := json.Unmarshal(b, &r); err != nil {
		return nil, err
	}
	if r.Head.RetCode != 0 {
		return r.Body.Results, errors.New(r.Head.RetMsg)
	}
	return nil, nil
}

// Job has its code and its task ID in different structs.
//
//asynccheck:response single code=Status.Value task=Data.Job
type Job struct {
	Status struct {
		Value int `json:"value"`
	} `json:"status"`
	Data struct {
		Job string `json:"job"`
	} `json:"data"`
}

// The directive names the task ID: it leaves, and nobody looked at the code.
func Submit(b []byte, jobs chan<- string) {
	var s Job
	if err := json.Unmarshal(b, &s); err != nil { // want "result-unchecked"
		return
	}
	jobs <- s.Data.Job
}

// Ack is recognised without member names, by a directive for evidence.
//
//asynccheck:response single
type Ack struct {
	Code   int    `json:"code"`
	TaskID string `json:"taskId"`
}

// A directive is evidence for a code and a task ID: negative codes pass.
func Acknowledged(b []byte) error {
	var s Ack
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s.Code > 0 { // want "result-nonzero-success"
		return errFailed
	}
	return nil
}

// Textual has a string code.
//
//asynccheck:response single code=Code task=RequestID
type Textual struct {
	Code      string `json:"code"`
	RequestID string `json:"requestId"`
}

// With a directive a string is a code: nobody looks at it.
func SubmitTextual(b []byte) (string, error) {
	var s Textual
	if err := json.Unmarshal(b, &s); err != nil { // want "result-unchecked"
		return "", err
	}
	return s.RequestID, nil
}

type (
	// Foreign looks like a single result, and speaks another API.
	//
	//asynccheck:response none
	Foreign struct {
		Code      int    `json:"code"`
		Message   string `json:"message"`
		RequestID string `json:"requestId"`
	}

	// Opaque leaves its detail open; the directive is evidence for it.
	//
	//asynccheck:response batch
	Opaque struct {
		Code   int `json:"code"`
		Detail any `json:"detail"`
	}
)

// Silent: the directive says that this is no response.
func SubmitForeign(b []byte) (string, error) {
	var s Foreign
	if err := json.Unmarshal(b, &s); err != nil {
		return "", err
	}
	return s.RequestID, nil
}

// In a group of types, each has a directive of its own: failed servers are
// lost.
func Restart(b []byte) error {
	var r Opaque
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}
