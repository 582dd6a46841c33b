package app

import (
	"encoding/json"
	"errors"
	"slices"
)

// Accessors of texts and bytes give members as any others do.

// A Described result has its code as a number's text, and its name.
type Described struct {
	Code      json.Number `json:"code"`
	CodeDesc  string      `json:"codeDesc"`
	RequestID string      `json:"requestId"`
}

// Silent: accessors.
func (d *Described) GetCode() json.Number { return d.Code }
func (d *Described) GetCodeDesc() string  { return d.CodeDesc }
func (d *Described) GetRequestID() string { return d.RequestID }

// A Raw batch keeps its detail as it came.
type Raw struct {
	Code     int             `json:"code"`
	CodeDesc string          `json:"codeDesc"`
	Detail   json.RawMessage `json:"detail"`
}

// Silent: accessors.
func (r *Raw) GetCode() int               { return r.Code }
func (r *Raw) GetDetail() json.RawMessage { return r.Detail }

// Silent: the name tells the code.
func CreateByName(b []byte) (string, error) {
	var d Described
	if err := json.Unmarshal(b, &d); err != nil {
		return "", err
	}
	if d.GetCodeDesc() != "Success" {
		return "", errors.New(d.GetCodeDesc())
	}
	return d.GetRequestID(), nil
}

// Any name but one passes.
func CreateByOneName(b []byte) (string, error) {
	var d Described
	if err := json.Unmarshal(b, &d); err != nil {
		return "", err
	}
	if d.GetCodeDesc() == "InternalError" { // want "result-nonzero-success"
		return "", errTask
	}
	return d.GetRequestID(), nil
}

// Silent: the number's text is compared.
func CreateByText(b []byte) (string, error) {
	var d Described
	if err := json.Unmarshal(b, &d); err != nil {
		return "", err
	}
	if d.GetCode() != "0" {
		return "", errTask
	}
	return d.GetRequestID(), nil
}

// The task ID leaves, and nobody looked at the code.
func CreateByTask(b []byte) (string, error) {
	var d Described
	if err := json.Unmarshal(b, &d); err != nil { // want "result-unchecked"
		return "", err
	}
	return d.GetRequestID(), nil
}

// Silent: the detail is decoded further.
func StopRaw(b []byte) (entries map[string]Described, err error) {
	var r Raw
	if err := json.Unmarshal(b, &r); err != nil {
		return nil, err
	}
	if r.GetCode() != 0 && r.GetCode() != 5100 && r.GetCode() != 5400 {
		return nil, errServers
	}
	err = json.Unmarshal(r.GetDetail(), &entries)
	return entries, err
}

// The detail stays where it is.
func StopRawBlindly(b []byte) error {
	var r Raw
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.GetCode() != 0 { // want "batch-partial-as-failure"
		return errServers
	}
	return nil
}

// Silent: a copy of the code is handed on.
func CodeText(b []byte, known []string) (bool, error) {
	var d Described
	if err := json.Unmarshal(b, &d); err != nil {
		return false, err
	}
	return slices.Contains(known, d.GetCode().String()), nil
}
