// Package checked is a client of which the configuration says that its calls check codes.
package checked

import (
	"encoding/json"
	"errors"
)

type Batch struct {
	Code   int              `json:"code"`
	Detail map[string]Entry `json:"detail"`
}

type Entry struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

type Result struct {
	Code      int    `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

type Client interface {
	Do(out any) error
}

func Get(b []byte) (*Result, error) {
	r := new(Result)
	return r, json.Unmarshal(b, r)
}

func Stop(b []byte) (*Batch, error) {
	r := new(Batch)
	return r, json.Unmarshal(b, r)
}

func Read(b []byte, out *Result) error { return json.Unmarshal(b, out) }

// Its own functions are nobody's calls to it: a finding in it is one.
func own(b []byte) (string, error) {
	r, err := Get(b)
	if err != nil {
		return "", err
	}
	if r.Code > 0 { // want `result-nonzero-success: `
		return "", errors.New("failed")
	}
	return r.RequestID, nil
}
