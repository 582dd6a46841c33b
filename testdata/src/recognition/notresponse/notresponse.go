// Package notresponse has types that come close to a response, and are none
// without evidence. Every function here is silent.
package notresponse

import (
	"encoding/json"
	"errors"
)

var errFailed = errors.New("call failed")

// Entry would be one.
type Entry struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

// Snake calls its task ID by another name.
type Snake struct {
	Code      int    `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"request_id"`
}

// Silent: request_id is another name than requestId.
func SnakeID(b []byte) (string, error) {
	var s Snake
	if err := json.Unmarshal(b, &s); err != nil {
		return "", err
	}
	return s.RequestID, nil
}

// Tagless has Go names that would do, and members that do not.
type Tagless struct {
	Code      int    `json:"status"`
	Message   string `json:"text"`
	RequestID string `json:"trace"`
}

// Silent: the JSON members' names count, not those of Go.
func GoNames(b []byte) error {
	var s Tagless
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s.Code > 0 {
		return errFailed
	}
	return nil
}

// Hidden keeps its code from encoding/json.
type Hidden struct {
	Code      int    `json:"-"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

// Silent: a field with the tag "-" is no member.
func HiddenCode(b []byte) (string, error) {
	var s Hidden
	if err := json.Unmarshal(b, &s); err != nil {
		return "", err
	}
	return s.RequestID, nil
}

// Textual has a string for its detail.
type Textual struct {
	Code   int    `json:"code"`
	Detail string `json:"detail"`
}

// Silent: a detail that is a string is not a batch.
func TextDetail(b []byte) error {
	var r Textual
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 {
		return errors.New(r.Detail)
	}
	return nil
}

// Codeless has structs without a code for its detail.
type Codeless struct {
	Code   int `json:"code"`
	Detail []struct {
		Field   string `json:"field"`
		Message string `json:"message"`
	} `json:"detail"`
}

// Silent: a collection of structs without a code is not a batch.
func CodelessDetail(b []byte) error {
	var r Codeless
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 {
		return errFailed
	}
	return nil
}

// Areas is a list of places.
type Areas struct {
	Code   int `json:"code"`
	Detail []struct {
		Code int    `json:"code"`
		Name string `json:"name"`
	} `json:"detail"`
}

// Silent: a list of area codes is not a batch.
func AreaCodes(b []byte) (int, error) {
	var r Areas
	if err := json.Unmarshal(b, &r); err != nil {
		return 0, err
	}
	if r.Code != 0 {
		return 0, errFailed
	}
	return len(r.Detail), nil
}

// Numbered has integers for its keys.
type Numbered struct {
	Code   int           `json:"code"`
	Detail map[int]Entry `json:"detail"`
}

// Silent: a map whose keys are no strings is not keyed by resource ID.
func IntKeys(b []byte) error {
	var r Numbered
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 {
		return errFailed
	}
	return nil
}

// Twofold has a struct for its detail that holds two collections of entries.
type Twofold struct {
	Code   int `json:"code"`
	Detail struct {
		Masters map[string]Entry `json:"masters"`
		Slaves  map[string]Entry `json:"slaves"`
	} `json:"detail"`
}

// Silent: of two collections none is the detail.
func TwoCollections(b []byte) error {
	var r Twofold
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 {
		return errFailed
	}
	return nil
}

// Named has a string code.
type Named struct {
	Code      string `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

// Silent: a string code is another API's convention.
func StringCode(b []byte) (string, error) {
	var s Named
	if err := json.Unmarshal(b, &s); err != nil {
		return "", err
	}
	return s.RequestID, nil
}

// Plain has a code and a message.
type Plain struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

// Silent: a code and a message alone are anybody's.
func CodeAndMessage(b []byte) error {
	var s Plain
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s.Code > 0 {
		return errFailed
	}
	return nil
}

// Terse has no message.
type Terse struct {
	Code      int    `json:"code"`
	RequestID string `json:"requestId"`
}

// Silent: a code and a task ID without a message need evidence.
func CodeAndTask(b []byte) (string, error) {
	var s Terse
	if err := json.Unmarshal(b, &s); err != nil {
		return "", err
	}
	return s.RequestID, nil
}

// Loose has a detail that may be anything.
type Loose struct {
	Code      int    `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
	Detail    any    `json:"detail"`
}

// Silent: an opaque detail needs evidence, and a response with a detail is no
// single result.
func OpaqueDetail(b []byte) error {
	var r Loose
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code > 0 {
		return errFailed
	}
	return nil
}

// Untyped leaves its code open.
type Untyped struct {
	Code      any    `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

// Silent: a code of type any needs evidence.
func AnyCode(b []byte) (string, error) {
	var s Untyped
	if err := json.Unmarshal(b, &s); err != nil {
		return "", err
	}
	return s.RequestID, nil
}

// Flagged has a bool where the code would be.
type Flagged struct {
	Code      bool   `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

// Silent: a bool is no code.
func BoolCode(b []byte) (string, error) {
	var s Flagged
	if err := json.Unmarshal(b, &s); err != nil {
		return "", err
	}
	return s.RequestID, nil
}
