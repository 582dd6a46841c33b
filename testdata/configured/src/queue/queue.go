// Package queue uses an API whose responses look like those of cloud API 2.0, but have their entries elsewhere. The
// configuration has its contract, which requires more members.
package queue

import (
	"encoding/json"
	"errors"
	"fmt"
)

// A Response is a single result of cloud API 2.0, by itself.
type Response struct {
	Code      int    `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

type Deleted struct {
	*Response
	ErrorList []Failure `json:"errorList"`
}

type Failure struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
	Handle  string `json:"receiptHandle"`
}

func one(answer []byte) (*Response, error) {
	r := new(Response)
	if err := json.Unmarshal(answer, r); err != nil {
		return nil, err
	}
	if r.Code == 6010 { // want `result-nonzero-success: `
		return nil, errors.New(r.Message)
	}
	return nil, nil
}

func several(answer []byte) error {
	var d Deleted
	if err := json.Unmarshal(answer, &d); err != nil {
		return err
	}
	if d.Code != 0 { // want `batch-partial-as-failure: `
		return errors.New(d.Message)
	}
	return nil
}

// Silent: the entries say which messages are still there.
func each(answer []byte) error {
	var d Deleted
	if err := json.Unmarshal(answer, &d); err != nil {
		return err
	}
	switch d.Code {
	case 0:
		return nil
	case 6010:
		var failed []error
		for _, f := range d.ErrorList {
			if f.Code != 0 {
				failed = append(failed, fmt.Errorf("%s: code %d", f.Handle, f.Code))
			}
		}
		return errors.Join(failed...)
	}
	return errors.New(d.Message)
}

// Mixed has the entries of both: the detail is cloud API 2.0's.
type Mixed struct {
	Response
	Detail    map[string]Response `json:"detail"`
	ErrorList []Failure           `json:"errorList"`
}

func mixed(answer []byte) error {
	var m Mixed
	if err := json.Unmarshal(answer, &m); err != nil {
		return err
	}
	if m.Code != 0 { // want `batch-partial-as-failure: .* 5400`
		return errors.New(m.Message)
	}
	return nil
}

// Silent: a directive speaks about cloud API 2.0.
//
//asynccheck:response single
type Told struct {
	Response
	ErrorList []Failure `json:"errorList"`
}

func told(answer []byte) error {
	var t Told
	if err := json.Unmarshal(answer, &t); err != nil {
		return err
	}
	if t.Code != 0 {
		return errors.New(t.Message)
	}
	return nil
}
