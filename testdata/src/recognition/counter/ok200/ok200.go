// Package ok200 compares its code with 200: it speaks another convention.
// Every function here is silent.
package ok200

import (
	"encoding/json"
	"errors"
)

var errFailed = errors.New("call failed")

// Result looks like a single result.
type Result struct {
	Code      int    `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

// Silent: its code is compared with 200.
func Create(b []byte) (string, error) {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return "", err
	}
	if s.Code != 200 {
		return "", errors.New(s.Message)
	}
	return s.RequestID, nil
}

// Silent: the comparison with 200 elsewhere in the package tells the
// convention.
func Delete(b []byte) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s.Code == 404 {
		return errFailed
	}
	return nil
}

// Silent: the comparison with 200 elsewhere in the package tells the
// convention.
func Rename(b []byte) (string, error) {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return "", err
	}
	return s.RequestID, nil
}
