// Package numericid has a numeric requestId for its evidence.
package numericid

import (
	"encoding/json"
	"errors"
)

var errFailed = errors.New("call failed")

// Result has a numeric task ID and no message.
type Result struct {
	Code      int   `json:"code"`
	RequestID int64 `json:"requestId"`
}

// PtrResult has pointers for its members.
type PtrResult struct {
	Code      *int   `json:"code"`
	RequestID *int64 `json:"requestId"`
}

// A numeric requestId is evidence: task 0 is that of a refused call.
func Create(b []byte) (int64, error) {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil { // want "result-unchecked"
		return 0, err
	}
	return s.RequestID, nil
}

// A pointer to a number is a numeric requestId too: negative codes pass.
func CreatePointer(b []byte) error {
	var s PtrResult
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s.Code == nil || *s.Code > 0 { // want "result-nonzero-success"
		return errFailed
	}
	return nil
}

// Silent: 0 alone succeeds.
func CreateChecked(b []byte) (int64, error) {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return 0, err
	}
	if s.Code != 0 {
		return 0, errFailed
	}
	return s.RequestID, nil
}
