// Package app decodes by functions that do nothing else. What they are given tells whether the response
// is known to come unchecked.
package app

import (
	"encoding/json"
	"errors"
)

type Result struct {
	Code      int    `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

type Entry struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

type Batch struct {
	Code    int              `json:"code"`
	Message string           `json:"message"`
	Detail  map[string]Entry `json:"detail"`
}

type Envelope struct {
	Response Batch  `json:"response"`
	Result   Result `json:"result"`
}

// Strict looks at its code where it is decoded.
type Strict struct {
	Code      int    `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

func (s *Strict) UnmarshalJSON(b []byte) error {
	type plain Strict
	if err := json.Unmarshal(b, (*plain)(s)); err != nil {
		return err
	}
	if s.Code != 0 {
		return errRefused
	}
	return nil
}

type head struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

type Client interface {
	Send(action string) ([]byte, error)
	Check(answer []byte) error
}

var errRefused = errors.New("refused")

func decode(b []byte, into *Result) error { return json.Unmarshal(b, into) }

func decodeAny[T any](b []byte, into *T) error { return json.Unmarshal(b, into) }

func (r *Result) decode(b []byte) error { return json.Unmarshal(b, r) }

func decodedHead(b []byte) (head, error) {
	var h head
	err := json.Unmarshal(b, &h)
	return h, err
}

func decoded(b []byte) (r Result, err error) {
	err = json.Unmarshal(b, &r)
	return r, err
}

func decodedBatch(b []byte) (*Batch, error) {
	r := new(Batch)
	if err := json.Unmarshal(b, r); err != nil {
		return nil, err
	}
	return r, nil
}

func decodedEnvelope(b []byte) (Envelope, error) {
	var e Envelope
	err := json.Unmarshal(b, &e)
	return e, err
}
