// Package desc has a codeDesc member for its evidence.
package desc

import (
	"encoding/json"
	"errors"
)

var errFailed = errors.New("call failed")

// Result has a code and its symbolic name, and that makes a single result.
type Result struct {
	Code     int    `json:"code"`
	CodeDesc string `json:"codeDesc"`
	VpcID    string `json:"unVpcId"`
}

// Untyped has a code of type any.
type Untyped struct {
	Code      any    `json:"code"`
	CodeDesc  string `json:"codeDesc"`
	RequestID string `json:"requestId"`
}

// A code and a codeDesc make a single result: nobody looks at either.
func CreateVpc(b []byte) (string, error) {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil { // want "result-unchecked"
		return "", err
	}
	return s.VpcID, nil
}

// codeDesc is evidence for a code of type any: nobody asserts it.
func CreateUntyped(b []byte) (string, error) {
	var s Untyped
	if err := json.Unmarshal(b, &s); err != nil { // want "result-unchecked"
		return "", err
	}
	return s.RequestID, nil
}

// Silent: codeDesc judges the code.
func CreateDescribed(b []byte) (string, error) {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return "", err
	}
	if s.CodeDesc != "Success" {
		return "", errFailed
	}
	return s.VpcID, nil
}

// Silent: the code is judged, and its symbolic name goes to the report.
func CreateReported(b []byte, report func(string)) (string, error) {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return "", err
	}
	if s.Code != 0 {
		report(s.CodeDesc)
		return "", errFailed
	}
	return s.VpcID, nil
}
