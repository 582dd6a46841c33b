// Package own uses APIs whose contracts the configuration has.
package own

import (
	"encoding/json"
	"errors"

	"acme"
)

var errFailed = errors.New("failed")

// By members.

type Reply[T any] struct {
	Code int    `json:"code"`
	Msg  string `json:"msg"`
	Data T      `json:"data"`
}

func unchecked(answer []byte) (string, error) {
	var r Reply[string]
	if err := json.Unmarshal(answer, &r); err != nil { // want `result-unchecked: a failed request is treated as done: r.Code is not checked before the return on line \d+ \(only 0 means success\)`
		return "", err
	}
	return r.Data, nil
}

func loose(answer []byte) error {
	var r Reply[[]int]
	if err := json.Unmarshal(answer, &r); err != nil {
		return err
	}
	if r.Code > 0 { // want `result-nonzero-success: a failed request is treated as done: r.Code may be less than 1`
		return errFailed
	}
	return nil
}

func checked(answer []byte) error {
	var r Reply[any]
	if err := json.Unmarshal(answer, &r); err != nil {
		return err
	}
	if r.Code != 0 {
		return errFailed
	}
	return nil
}

// Silent: a required member is missing.
type Part struct {
	Code int    `json:"code"`
	Msg  string `json:"msg"`
}

func part(answer []byte) error {
	var p Part
	return json.Unmarshal(answer, &p)
}

// Silent: a directive wins.
//
//asynccheck:response none
type Other struct {
	Code int    `json:"code"`
	Msg  string `json:"msg"`
	Data string `json:"data"`
}

func other(answer []byte) (string, error) {
	var o Other
	if err := json.Unmarshal(answer, &o); err != nil {
		return "", err
	}
	return o.Data, nil
}

// Silent: the package writes such answers itself.
type Answer struct {
	Code int    `json:"code"`
	Msg  string `json:"msg"`
	Data string `json:"data"`
}

func answer(text string) ([]byte, error) {
	a := Answer{Code: 1, Data: text}
	return json.Marshal(&a)
}

// By type.

func push(c *acme.Client) error {
	_, err := c.Push("a") // want `result-unchecked: Failed from c.Push is never checked before the return on line \d+: texts that Acme did not send are lost`
	return err
}

func pushed(c *acme.Client) error {
	out, err := c.Push("a")
	if err != nil {
		return err
	}
	if len(out.Failed) > 1 { // want `result-nonzero-success: len\(out.Failed\) may be 0 or 1 at .*: texts that Acme did not send are lost`
		return errFailed
	}
	return nil
}

// Silent: the contract doesn't name this method.
func peek(c *acme.Client) error {
	_, err := c.Peek()
	return err
}

// By type alone: every function that gives it counts.

func pull() error {
	_, err := acme.Pull() // want `result-unchecked: Lost from acme.Pull is never checked before .*: items that failed pass for done`
	return err
}

func again() error {
	p, err := acme.Again()
	if err != nil {
		return err
	}
	if p.Lost {
		return errFailed
	}
	return nil
}

// By function.

func remove(c *acme.Client) error {
	c.Delete("a") // want `result-unchecked: .* is never checked before .*: items that failed pass for done`
	return nil
}

func removed(c *acme.Client) error {
	for _, err := range c.Delete("a") {
		if err != nil {
			return err
		}
	}
	return nil
}

// API 2.0 is off.

type Task struct {
	Code      int    `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

func off(answer []byte) (string, error) {
	var t Task
	if err := json.Unmarshal(answer, &t); err != nil {
		return "", err
	}
	return t.RequestID, nil
}

// A directive still names its types.
//
//asynccheck:response single
type Job struct {
	Code      int    `json:"code"`
	RequestID string `json:"requestId"`
}

func named(answer []byte) (string, error) {
	var j Job
	if err := json.Unmarshal(answer, &j); err != nil { // want `result-unchecked: a failed request is treated as done: j.Code is not checked`
		return "", err
	}
	return j.RequestID, nil
}
