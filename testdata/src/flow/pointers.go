package flow

import (
	"encoding/json"
	"fmt"
	"log"
)

// The pointer and the variable are one response: the servers' names are lost
// through either.
func StopByPointer(b []byte) error {
	var r Batch
	p := &r
	if err := json.Unmarshal(b, p); err != nil {
		return err
	}
	if p.Code != 0 { // want "batch-partial-as-failure"
		return errRefused
	}
	return nil
}

// Silent: the code is read through the pointer and the detail through the
// variable; they are one response.
func StopByPointerAndValue(b []byte) error {
	var r Batch
	p := &r
	if err := json.Unmarshal(b, p); err != nil {
		return err
	}
	if p.Code != 0 {
		return &PartialError{Action: "StopInstances", Detail: r.Detail}
	}
	return nil
}

// Silent: copies share one duty, and the copy's entries are inspected.
func StopByCopy(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	answer := r
	if r.Code == 0 {
		return nil
	}
	for id, e := range answer.Detail {
		if e.Code != 0 {
			return fmt.Errorf("stop %s: %s", id, e.Message)
		}
	}
	return errRefused
}

// The copy has the duty of its original, and drops it.
func StartByCopy(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	answer := r
	if answer.Code == 5100 { // want "batch-partial-as-success"
		return errRefused
	}
	return nil
}

// A struct read out of an enclosing decoded struct is the response that came
// with it.
func StopEnveloped(b []byte) error {
	var env struct {
		Version  string `json:"version"`
		Response Batch  `json:"response"`
	}
	if err := json.Unmarshal(b, &env); err != nil {
		return err
	}
	r := env.Response
	if r.Code != 0 { // want "batch-partial-as-failure"
		return fmt.Errorf("stop: %s", r.Message)
	}
	return nil
}

// Silent: a member of an enclosing struct is read in place, entries included.
func StopEnvelopedInspected(b []byte) error {
	var env struct {
		Response *Batch `json:"response"`
	}
	if err := json.Unmarshal(b, &env); err != nil {
		return err
	}
	if env.Response == nil {
		return errRefused
	}
	if env.Response.Code != 0 {
		return &PartialError{Action: "StopInstances", Detail: env.Response.Detail}
	}
	return nil
}

// Through pointer members the same answer is dropped.
func StopLoose(b []byte) error {
	var r LooseBatch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code == nil || *r.Code != 0 { // want "batch-partial-as-failure"
		return errRefused
	}
	return nil
}

// Silent: pointer members all the way down, and every entry's code decides.
func StartLoose(b []byte) error {
	var r LooseBatch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code == nil || r.Detail == nil {
		return errRefused
	}
	if *r.Code != 0 && *r.Code != 5400 {
		return errRefused
	}
	for id, e := range *r.Detail {
		if e.Code == nil || *e.Code != 0 {
			return fmt.Errorf("start %s failed", id)
		}
	}
	return nil
}

// Silent: the pointer is stored where it outlives the function.
func (t *tracker) Stop(b []byte) error {
	r := new(Batch)
	if err := json.Unmarshal(b, r); err != nil {
		return err
	}
	t.last = r
	if r.Code != 0 {
		return errRefused
	}
	return nil
}

type tracker struct {
	last *Batch
	seen map[string]*Batch
}

// Silent: a map keeps the response for whoever asks later.
func (t *tracker) Start(group string, b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	t.seen[group] = &r
	if r.Code == 0 {
		return nil
	}
	return errRefused
}

// Only the message goes into the tracker's error, the names of the servers do
// not.
func (t *tracker) Restart(b []byte) error {
	r := &Batch{}
	if err := json.Unmarshal(b, r); err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return &refusedError{code: r.Code, message: r.Message}
	}
	return nil
}

type refusedError struct {
	code    int
	message string
}

// Silent: an error of the package's own, no response.
func (e *refusedError) Error() string { return fmt.Sprintf("%s (code %d)", e.message, e.code) }

// Silent: something was read from the response, so the unknown callee that
// gets its address does not supply it: it has it handed on.
func StopNormalised(b []byte, normalise func(*Batch)) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	log.Printf("stop: %s", r.Message)
	normalise(&r)
	if r.Code != 0 {
		return errRefused
	}
	return nil
}

// The callee filled r before anything was read from it: that is where the
// answer comes from, and here its detail is dropped.
func StopFilled(c Caller, ids []string) error {
	var r Batch
	if err := c.Call("StopInstances", ids, &r); err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return errRefused
	}
	return nil
}
