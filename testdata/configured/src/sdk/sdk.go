// Package sdk is somebody's client. Its answers have other names and values than
// the API's, so that nothing but the configuration tells what they are.
package sdk

import (
	"encoding/json"
	"errors"
)

// Answer is a batch response by the configuration: 200 means success, 207 that
// some resources failed, 500 that all did.
type Answer struct {
	Status int              `json:"status"`
	Items  map[string]*Item `json:"items"`
}

type Item struct {
	Code int    `json:"code"`
	Text string `json:"text"`
}

// Ticket is a single result by the configuration.
type Ticket struct {
	Ret int `json:"ret"`
	Job struct {
		Name string `json:"name"`
	} `json:"job"`
}

// Directed is a batch by the configuration, and no response by its directive, which wins.
//
//asynccheck:response none
type Directed struct {
	Code   int             `json:"code"`
	Detail map[string]Item `json:"detail"`
}

// Foreign has the shape of a response, and is none by the configuration.
type Foreign struct {
	Code      int    `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

// Stop gives what the API answers.
func Stop(answer []byte) (*Answer, error) {
	a := new(Answer)
	return a, json.Unmarshal(answer, a)
}

// Plain has the API's names and values of its own, by the configuration: 1 means
// success, 2 that some resources failed, 3 that all did.
type Plain struct {
	Code   int             `json:"code"`
	Detail map[string]Item `json:"detail"`
}

// Head is what each answer begins with: it has a code by the API's name as well, which is
// another member than the status.
type Head struct {
	Code int `json:"code"`
}

// Status is what the status is read by, ahead of the rest.
type Status struct {
	Status int `json:"status"`
}

// Checked decodes what has the code 0 in its head.
func Checked(answer []byte, out any) error {
	var h Head
	if err := json.Unmarshal(answer, &h); err != nil {
		return err
	}
	if h.Code != 0 {
		return errors.New("refused")
	}
	return json.Unmarshal(answer, out)
}

// CheckedStatus decodes what has the status 200.
func CheckedStatus(answer []byte, out any) error {
	var s Status
	if err := json.Unmarshal(answer, &s); err != nil {
		return err
	}
	if s.Status != 200 {
		return errors.New("refused")
	}
	return json.Unmarshal(answer, out)
}
