// Package httpstatus compares its codes with constants of net/http: it speaks
// another convention. Every function here is silent.
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

// Silent: http.StatusOK is counter-evidence, and outweighs the codeDesc.
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

// Silent: the constant elsewhere in the package tells the convention.
func Rename(b []byte) (string, error) {
	var s Described
	if err := json.Unmarshal(b, &s); err != nil {
		return "", err
	}
	return s.RequestID, nil
}
