// Package directive has counter-evidence and a directive: the directive wins.
package directive

import (
	"encoding/json"
	"errors"
)

var errFailed = errors.New("call failed")

// Result is compared with 200 in one place.
//
//asynccheck:response single
type Result struct {
	Code      int    `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

// A gateway answers 200 too; negative codes pass beside it.
func Create(b []byte) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s.Code > 0 && s.Code != 200 { // want "result-nonzero-success"
		return errFailed
	}
	return nil
}

// The directive names the type: nobody looks at its code.
func Rename(b []byte) (string, error) {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil { // want "result-unchecked"
		return "", err
	}
	return s.RequestID, nil
}

// Silent: 0 succeeds, and 200 is a tolerated value.
func Delete(b []byte) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s.Code != 0 && s.Code != 200 {
		return errFailed
	}
	return nil
}
