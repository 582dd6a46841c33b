package sdk

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// A partial failure that is rejected is unreachable, unless its detail is in
// somebody's reach by another way.

type bodyError struct {
	code int
	body *bytes.Buffer
}

func (e bodyError) Error() string { return e.body.String() }

type textError struct{ text string }

func (e textError) Error() string { return e.text }

// Silent: some answers with 5400 get through.
func lenient(data []byte, out any, all bool) error {
	var h head
	if err := json.Unmarshal(data, &h); err != nil {
		return err
	}
	if h.Code != 0 && !all {
		return errors.New(h.Message)
	}
	return json.Unmarshal(data, out)
}

// Silent: the error has a buffer of the bytes.
func buffered(data []byte, out any) error {
	var h head
	if err := json.Unmarshal(data, &h); err != nil {
		return err
	}
	if h.Code != 0 {
		return bodyError{h.Code, bytes.NewBuffer(data)}
	}
	return json.Unmarshal(data, out)
}

// Silent: the error has their text.
func trimmed(data []byte, out any) error {
	var h head
	if err := json.Unmarshal(data, &h); err != nil {
		return err
	}
	if h.Code != 0 {
		return textError{strings.TrimSpace(string(data))}
	}
	return json.Unmarshal(data, out)
}

func newError(code int, body []byte) error { return bodyError{code, bytes.NewBuffer(body)} }

// Silent: a function makes an error of them.
func made(data []byte, out any) error {
	var h head
	if err := json.Unmarshal(data, &h); err != nil {
		return err
	}
	if h.Code != 0 {
		return newError(h.Code, data)
	}
	return json.Unmarshal(data, out)
}

// Silent: they are written somewhere.
func written(data []byte, out any, w io.Writer) error {
	var h head
	if err := json.Unmarshal(data, &h); err != nil {
		return err
	}
	if h.Code != 0 {
		if _, err := w.Write(data); err != nil {
			return err
		}
		return errors.New(h.Message)
	}
	return json.Unmarshal(data, out)
}

// Silent: what is decoded first has the detail.
func detailed(data []byte, out any) error {
	var h struct {
		head
		Detail map[string]Item `json:"detail"`
	}
	if err := json.Unmarshal(data, &h); err != nil {
		return err
	}
	if h.Code != 0 {
		for id, i := range h.Detail {
			if i.Code != 0 {
				return fmt.Errorf("%s: %s", id, i.Message)
			}
		}
		return errors.New(h.Message)
	}
	return json.Unmarshal(data, out)
}

// strictly rejects every code but 0.
//
// Silent: it does not know what it decodes.
func strictly(data []byte, out any) error {
	var h head
	if err := json.Unmarshal(data, &h); err != nil {
		return err
	}
	if h.Code != 0 {
		return errors.New(h.Message)
	}
	return json.Unmarshal(data, out)
}

// Silent: the callee lets some through.
func Lenient(data []byte) (*Batch, error) {
	b := new(Batch)
	return b, lenient(data, b, true)
}

// Silent: the error has the detail.
func Buffered(data []byte) (*Batch, error) {
	b := new(Batch)
	return b, buffered(data, b)
}

// Silent: likewise.
func Trimmed(data []byte) (*Batch, error) {
	b := new(Batch)
	return b, trimmed(data, b)
}

// Silent: likewise.
func Made(data []byte) (*Batch, error) {
	b := new(Batch)
	return b, made(data, b)
}

// Silent: whoever reads what is written has it.
func Written(data []byte, w io.Writer) (*Batch, error) {
	b := new(Batch)
	return b, written(data, b, w)
}

// Silent: the callee looks at it.
func Detailed(data []byte) (*Batch, error) {
	b := new(Batch)
	return b, detailed(data, b)
}

// Silent: the bytes are here, and are decoded again.
func Again(data []byte) (*Batch, error) {
	b := new(Batch)
	if err := strictly(data, b); err != nil {
		if err := json.Unmarshal(data, b); err != nil {
			return nil, err
		}
		return b, err
	}
	return b, nil
}

// Nobody has it.
func Strictly(data []byte) (*Batch, error) {
	b := new(Batch)
	return b, strictly(data, b) // want "batch-detail-unreachable"
}

// Partly lets a partial failure through, and nothing else that failed.
//
// Silent: the response is returned.
func Partly(data []byte) (*Batch, error) {
	b := new(Batch)
	if err := json.Unmarshal(data, b); err != nil {
		return nil, err
	}
	if b.Code != 0 && b.Code != 5400 {
		return nil, errors.New(b.Message)
	}
	return b, nil
}

// What the callee passes on is thrown away.
func Ignored(data []byte) error {
	_, err := Partly(data) // want "batch-partial-as-success: failed resources are treated as done: Code from Partly may be 5400 at"
	return err
}

// It is counted.
func Counted(data []byte) (int, error) {
	b, err := Partly(data) // want "batch-detail-shallow"
	if err != nil {
		return 0, err
	}
	return len(b.Detail), nil
}

// Silent: the entries are inspected.
func Looked(data []byte) error {
	b, err := Partly(data)
	if err != nil {
		return err
	}
	for id, i := range b.Detail {
		if i.Code != 0 {
			return fmt.Errorf("%s: %s", id, i.Message)
		}
	}
	return nil
}
