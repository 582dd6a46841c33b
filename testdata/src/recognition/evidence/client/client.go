// Package client uses other packages' types: evidence may be in the package
// that uses a type, or in the one that declares it.
package client

import (
	"encoding/json"
	"errors"
	"recognition/evidence/bare"
	"recognition/evidence/sdk"
)

var errFailed = errors.New("call failed")

// The declaring package has the evidence: nobody looks at the code.
func Create(b []byte) (string, error) {
	var s sdk.Result
	if err := json.Unmarshal(b, &s); err != nil { // want "result-unchecked"
		return "", err
	}
	return s.RequestID, nil
}

// The declaring package has the evidence: what failed is lost.
func Apply(b []byte) error {
	var r sdk.Opaque
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}

// The comparison here is evidence for a type that is declared elsewhere: what
// failed is treated as done.
func ApplyBare(b []byte) error {
	var r bare.Opaque
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code == 5100 { // want "batch-partial-as-success"
		return errFailed
	}
	return nil
}

// Silent: neither package has evidence for this type.
func CreateBare(b []byte) (string, error) {
	var s bare.Result
	if err := json.Unmarshal(b, &s); err != nil {
		return "", err
	}
	return s.RequestID, nil
}

// Silent: the recognised response is judged.
func CreateChecked(b []byte) (string, error) {
	var s sdk.Result
	if err := json.Unmarshal(b, &s); err != nil {
		return "", err
	}
	if s.Code != 0 {
		return "", errFailed
	}
	return s.RequestID, nil
}
