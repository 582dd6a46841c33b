// Package onlyone takes 1 for success and never compares with 0: it speaks
// another convention. Every function here is silent.
package onlyone

import (
	"encoding/json"
	"errors"
)

var errFailed = errors.New("call failed")

const success = 1

// Result looks like a single result.
type Result struct {
	Code      int    `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

// Silent: equality with 1 is the only way to success.
func Create(b []byte) (string, error) {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return "", err
	}
	if s.Code != success {
		return "", errors.New(s.Message)
	}
	return s.RequestID, nil
}

// Silent: equality with 1 is the only way to success.
func Delete(b []byte) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s.Code == success {
		return nil
	}
	return errFailed
}

// Silent: the type speaks another convention, also where nobody looks at its
// code.
func Rename(b []byte) (string, error) {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return "", err
	}
	return s.RequestID, nil
}

// Silent: likewise, where another function gives the nil.
func Reset(b []byte) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s.Code == success {
		return done()
	}
	return errFailed
}

func done() error { return nil }
