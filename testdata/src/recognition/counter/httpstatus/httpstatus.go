// Package httpstatus compares its codes with constants of net/http: its types speak
// another convention, but for one that has evidence.
package httpstatus

import (
	"encoding/json"
	"errors"
	"net/http"
)

var errFailed = errors.New("call failed")

// Item looks like an entry.
type Item struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

// Multi looks like a batch.
type Multi struct {
	Code   int             `json:"code"`
	Detail map[string]Item `json:"detail"`
}

// Described looks like a single result, with a codeDesc at that.
type Described struct {
	Code      int    `json:"code"`
	CodeDesc  string `json:"codeDesc"`
	RequestID string `json:"requestId"`
}

// Silent: its code is compared with http.StatusMultiStatus.
func Apply(b []byte) error {
	var r Multi
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	switch r.Code {
	case http.StatusMultiStatus, http.StatusNoContent:
		return nil
	}
	return errFailed
}

// Silent: the constants elsewhere in the package tell the convention.
func ApplyAny(b []byte) error {
	var r Multi
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code > 0 {
		return errFailed
	}
	return nil
}

// Silent: the one code that passes has a name here.
func Create(b []byte) (string, error) {
	var s Described
	if err := json.Unmarshal(b, &s); err != nil {
		return "", err
	}
	if s.Code == http.StatusOK {
		return s.RequestID, nil
	}
	return "", errFailed
}

// The codeDesc is evidence, which http.StatusOK doesn't outweigh.
func Rename(b []byte) (string, error) {
	var s Described
	if err := json.Unmarshal(b, &s); err != nil { // want "result-unchecked"
		return "", err
	}
	return s.RequestID, nil
}
