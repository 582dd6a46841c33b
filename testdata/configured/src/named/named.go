// Package named uses decoders and exits that the configuration names.
package named

import (
	"errors"

	"codecs"
	"loads"
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

func filled(b []byte) (string, error) {
	var r Result
	if err := codecs.Fill(b, &r); err != nil { // want `result-unchecked: `
		return "", err
	}
	return r.RequestID, nil
}

func optional(b []byte) (string, error) {
	var r Result
	if err := codecs.Fill(b, &r, 1, 2); err != nil { // want `result-unchecked: `
		return "", err
	}
	return r.RequestID, nil
}

// Silent: nobody says what NewReader does to the bytes.
func read(b []byte) (string, error) {
	var r Result
	if err := codecs.NewReader(b).Next(&r); err != nil {
		return "", err
	}
	return r.RequestID, nil
}

func readByMethod(reader *codecs.Reader) (string, error) {
	var r Result
	if err := reader.Next(&r); err != nil { // want `result-unchecked: `
		return "", err
	}
	return r.RequestID, nil
}

func readByInterface(c codecs.Codec, b []byte) (string, error) {
	var r Result
	if err := c.Read(b, &r); err != nil { // want `result-unchecked: `
		return "", err
	}
	return r.RequestID, nil
}

func loaded(b []byte) (string, error) {
	var r Result
	if err := loads.Load(b, &r); err != nil { // want `result-unchecked: `
		return "", err
	}
	return r.RequestID, nil
}

// Silent: the code is judged.
func judged(b []byte) (string, error) {
	var r Result
	if err := codecs.Fill(b, &r); err != nil {
		return "", err
	}
	if r.Code != 0 {
		return "", errors.New(r.Message)
	}
	return r.RequestID, nil
}

// Silent: nobody says that Other decodes.
func other(b []byte) (string, error) {
	var r Result
	if err := codecs.Other(b, &r); err != nil {
		return "", err
	}
	return r.RequestID, nil
}

// Made is built here, and decoded by nobody but parse.
type Made struct {
	Code      int    `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

func parse(b []byte, m *Made) error {
	*m = Made{Code: int(b[0]), RequestID: string(b[1:])}
	return nil
}

func parsed(b []byte) (string, error) {
	var m Made
	if err := parse(b, &m); err != nil { // want `result-unchecked: `
		return "", err
	}
	return m.RequestID, nil
}

// Silent: Die doesn't return.
func dies(b []byte) error {
	var r Batch
	if err := codecs.Fill(b, &r); err != nil {
		return err
	}
	if r.Code != 0 {
		codecs.Die("failed")
	}
	return nil
}

// Silent: nor does the application.
func quits(b []byte, app codecs.App) error {
	var r Batch
	if err := codecs.Fill(b, &r); err != nil {
		return err
	}
	if r.Code != 0 {
		app.Quit("failed")
	}
	return nil
}

// Silent: nor does who ends in such a call.
func stops(b []byte) error {
	var r Batch
	if err := codecs.Fill(b, &r); err != nil {
		return err
	}
	if r.Code != 0 {
		loads.Stop("failed")
	}
	return nil
}

func complains(b []byte) error {
	var r Batch
	if err := codecs.Fill(b, &r); err != nil {
		return err
	}
	if r.Code != 0 { // want `batch-partial-as-success: `
		codecs.Complain("failed")
	}
	return nil
}

func grumbles(b []byte) error {
	var r Batch
	if err := codecs.Fill(b, &r); err != nil {
		return err
	}
	if r.Code != 0 { // want `batch-partial-as-success: `
		loads.Grumble("failed")
	}
	return nil
}
