package app

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"strings"

	"cross/decoding/wire"
)

// The bytes are a parameter's: nobody has looked into them.
func ByFunction(b []byte) (string, error) {
	var s Result
	if err := decode(b, &s); err != nil { // want "result-unchecked: a failed request is treated as done: s.Code is not checked before"
		return "", err
	}
	return s.RequestID, nil
}

func ByMethod(b []byte) (string, error) {
	var s Result
	if err := s.decode(b); err != nil { // want "result-unchecked"
		return "", err
	}
	return s.RequestID, nil
}

func ByGeneric(b []byte) (string, error) {
	s := new(Result)
	if err := decodeAny(b, s); err != nil { // want "result-unchecked: a failed request is treated as done: s.Code is not checked before"
		return "", err
	}
	return s.RequestID, nil
}

func ByResult(b []byte) (string, error) {
	s, err := decoded(b) // want "result-unchecked: a failed request is treated as done: s.Code is not checked before"
	if err != nil {
		return "", err
	}
	return s.RequestID, nil
}

func ByPackage(body io.Reader) (string, error) {
	var s Result
	if err := wire.Decode(body, &s); err != nil { // want "result-unchecked"
		return "", err
	}
	return s.RequestID, nil
}

func ByPackageTwice(ctx context.Context, text string) (string, error) {
	var s Result
	if err := wire.Again(ctx, []byte(text), &s); err != nil { // want "result-unchecked"
		return "", err
	}
	return s.RequestID, nil
}

func ByPackageResult(b []byte) (string, error) {
	s, err := wire.Decoded[Result](b) // want "result-unchecked"
	if err != nil {
		return "", err
	}
	return s.RequestID, nil
}

func ByPackagePointer(b []byte) (string, error) {
	s, err := wire.Pointed[Result](b) // want "result-unchecked"
	if err != nil {
		return "", err
	}
	return s.RequestID, nil
}

func ByAnswer(endpoint string) (string, error) {
	resp, err := http.Get(endpoint)
	if err != nil {
		return "", err
	}
	var s Result
	if err := wire.Answer(resp, &s); err != nil { // want "result-unchecked"
		return "", err
	}
	return s.RequestID, nil
}

// The message names the response, not the buffer.
func ByBuffer(body io.Reader) (string, error) {
	var buf bytes.Buffer
	if _, err := buf.ReadFrom(body); err != nil {
		return "", err
	}
	var s Result
	if err := wire.Decode(&buf, &s); err != nil { // want "result-unchecked: a failed request is treated as done: s.Code is not checked before"
		return "", err
	}
	return s.RequestID, nil
}

// What the function does with the response is its own.
func Stop(b []byte) error {
	var r Batch
	if err := wire.Wrapped(b, &r); err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return errRefused
	}
	return nil
}

func StopByResult(b []byte) error {
	r, err := decodedBatch(b)
	if err != nil {
		return err
	}
	if r.Code == 5100 { // want "batch-partial-as-success"
		return errRefused
	}
	return nil
}

// The response is in what the call gives.
func StopInEnvelope(b []byte) error {
	e, err := decodedEnvelope(b)
	if err != nil {
		return err
	}
	if e.Response.Code != 0 { // want "batch-partial-as-failure: nobody learns which resources failed: e.Response.Code may be 5400"
		return errRefused
	}
	return nil
}

func StopInPointedEnvelope(b []byte) error {
	e, err := wire.Pointed[Envelope](b)
	if err != nil {
		return err
	}
	if e.Response.Code != 0 { // want "batch-partial-as-failure: nobody learns which resources failed: e.Response.Code may be 5400"
		return errRefused
	}
	return nil
}

// Two decodes of the same bytes see the same code, whoever decodes them.
func StopProbed(b []byte) error {
	h, err := decodedHead(b)
	if err != nil {
		return err
	}
	if h.Code != 0 { // want "batch-partial-as-failure: nobody learns which resources failed: h.Code may be 5400"
		return errRefused
	}
	var r Batch
	return wire.Unmarshal(b, &r)
}

func StopProbedByPackage(b []byte) (*Batch, error) {
	var h head
	if err := wire.Unmarshal(b, &h); err != nil {
		return nil, err
	}
	if h.Code != 0 { // want "batch-partial-as-failure: nobody learns which resources failed: h.Code may be 5400"
		return nil, errRefused
	}
	return decodedBatch(b)
}

// Nothing is known of a text that only says where the answer begins.
func Trimmed(text string) (string, error) {
	var s Result
	if err := decode([]byte(strings.TrimSpace(text)), &s); err != nil { // want "result-unchecked"
		return "", err
	}
	return s.RequestID, nil
}

// A bool says that there is a response, and nothing of its code.
func ByBool(b []byte) (string, error) {
	var s Result
	if !wire.OK(b, &s) { // want "result-unchecked"
		return "", errRefused
	}
	return s.RequestID, nil
}

func ByBoolGiven(b []byte) (string, error) {
	s, ok := wire.Got[Result](b) // want "result-unchecked"
	if !ok {
		return "", errRefused
	}
	return s.RequestID, nil
}
