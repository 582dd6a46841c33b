// Package wire decodes, and knows no response.
package wire

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
)

var errStatus = errors.New("status")

func Unmarshal(b []byte, v any) error { // want Unmarshal:"target 1 filled with any value unchecked plain from 0"
	return json.Unmarshal(b, v)
}

func Decode(r io.Reader, v any) error { // want Decode:"target 1 filled with any value unchecked plain from 0"
	return json.NewDecoder(r).Decode(v)
}

// Wrapped is plain as well: it tells what went wrong.
func Wrapped(b []byte, v any) error { // want Wrapped:"target 1 filled with any value unchecked plain from 0"
	if err := json.Unmarshal(b, v); err != nil {
		log.Printf("not JSON: %s", b)
		return fmt.Errorf("decode: %w", err)
	}
	return nil
}

// Answer is, too: the status says nothing of the code.
func Answer(resp *http.Response, v any) error { // want Answer:"target 1 filled with any value unchecked plain from 0"
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return errStatus
	}
	return json.NewDecoder(resp.Body).Decode(v)
}

// Again is as plain as what it calls.
func Again(ctx context.Context, b []byte, v any) error { // want Again:"target 2 filled with any value unchecked plain from 1"
	if err := ctx.Err(); err != nil {
		return err
	}
	return Wrapped(b, v)
}

func Decoded[T any](b []byte) (made T, err error) { // want Decoded:"result 0 any value unchecked plain from 0"
	err = json.Unmarshal(b, &made)
	return made, err
}

func Pointed[T any](b []byte) (*T, error) { // want Pointed:"result 0 any value unchecked plain from 0"
	made := new(T)
	if err := json.Unmarshal(b, made); err != nil {
		return nil, err
	}
	return made, nil
}

// Both fills two variables: one may be looked at for the other, so nothing is known of either.
func Both(b []byte, head, v any) error {
	if err := json.Unmarshal(b, head); err != nil {
		return err
	}
	return json.Unmarshal(b, v)
}

var cache = make(map[string][]byte)

// Cached keeps the bytes: whoever gets at them has the detail.
func Cached(key string, b []byte, v any) error { // want Cached:"target 2 filled with any value kept from 1"
	cache[key] = b
	return json.Unmarshal(b, v)
}

// Checked asks somebody what is in the bytes.
func Checked(b []byte, v any, check func([]byte) error) error {
	if err := check(b); err != nil {
		return err
	}
	return json.Unmarshal(b, v)
}

// Failing decodes what rejects every code but 0.
func Failing(b []byte, v any) error { // want Failing:`bytes 0: .* target 1 filled with \{0\} from 0, partial failure rejected`
	var head struct {
		Code int `json:"code"`
	}
	if err := json.Unmarshal(b, &head); err != nil {
		return err
	}
	if head.Code != 0 {
		return errStatus
	}
	return json.Unmarshal(b, v)
}

// Next gets the answer before as well, and keeps that.
func Next(b []byte, v, last any) error {
	previous = last
	return json.Unmarshal(b, v)
}

var previous any

// BindBody is what a server calls to decode the request.
func BindBody(b []byte, v any) error { // want BindBody:"target 1 filled with any value unchecked plain from 0"
	return json.Unmarshal(b, v)
}

// OK says by a bool whether there is anything.
func OK(b []byte, v any) bool { return json.Unmarshal(b, v) == nil } // want OK:"target 1 filled with any value unchecked plain from 0"

// Failed says the opposite, so nothing is known of what it fills.
func Failed(b []byte, v any) bool { return json.Unmarshal(b, v) != nil } // want Failed:"target 1 filled with any value from 0"

func Got[T any](b []byte) (*T, bool) { // want Got:"result 0 any value unchecked plain from 0"
	made := new(T)
	if err := json.Unmarshal(b, made); err != nil {
		return nil, false
	}
	return made, true
}
