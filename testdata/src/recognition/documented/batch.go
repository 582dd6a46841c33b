// Package documented has the shapes that need no evidence: a batch whose
// detail is a collection of entries, and a single result with its three
// documented members. The functions are the same few; what differs is where
// the members are.
package documented

import (
	"encoding/json"
	"errors"
)

var errFailed = errors.New("call failed")

// Entry is what happened to one server.
type Entry struct {
	Code      int    `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

// MapBatch has a map with string keys for its detail.
type MapBatch struct {
	Code   int              `json:"code"`
	Detail map[string]Entry `json:"detail"`
}

// A map with string keys of entries makes a batch: its failed servers are
// lost.
func Map(b []byte) error {
	var r MapBatch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}

// ServerID is a named key.
type ServerID string

// NamedKeyBatch has a named string type for its keys.
type NamedKeyBatch struct {
	Code   int                 `json:"code"`
	Detail map[ServerID]*Entry `json:"detail"`
}

// Named key types and pointers to entries make a batch: its failed servers are
// lost.
func NamedKey(b []byte) error {
	var r NamedKeyBatch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}

// Details is a named collection.
type Details map[string]Entry

// NamedBatch has named types all over.
type NamedBatch struct {
	Code   int     `json:"code"`
	Detail Details `json:"detail"`
}

// A named collection makes a batch: its failed servers are lost.
func Named(b []byte) error {
	var r NamedBatch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}

// PointerBatch has a pointer to its collection.
type PointerBatch struct {
	Code   int      `json:"code"`
	Detail *Details `json:"detail"`
}

// A pointer to a collection makes a batch: its failed servers are lost.
func Pointer(b []byte) error {
	var r PointerBatch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}

// MessageEntry has a message beside its code.
type MessageEntry struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

// SliceBatch has a slice of entries with a message.
type SliceBatch struct {
	Code   int            `json:"code"`
	Detail []MessageEntry `json:"detail"`
}

// A slice of structs with code and message makes a batch: its failed servers
// are lost.
func Slice(b []byte) error {
	var r SliceBatch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}

// MsgBatch calls the message msg, as some SDKs do.
type MsgBatch struct {
	Code   int `json:"code"`
	Detail []struct {
		Code int    `json:"code"`
		Msg  string `json:"msg"`
	} `json:"detail"`
}

// msg is a message: the failed servers are lost.
func Msg(b []byte) error {
	var r MsgBatch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}

// TaskBatch has entries with a code and a task ID.
type TaskBatch struct {
	Code   int `json:"code"`
	Detail []*struct {
		Code      int    `json:"code"`
		RequestID string `json:"requestId"`
	} `json:"detail"`
}

// A code and a task ID make an entry of a slice: the failed servers are lost.
func Task(b []byte) error {
	var r TaskBatch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}

// ArrayBatch has an array for its detail.
type ArrayBatch struct {
	Code   int             `json:"code"`
	Detail [2]MessageEntry `json:"detail"`
}

// An array of entries makes a batch: its failed servers are lost.
func Array(b []byte) error {
	var r ArrayBatch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}

// WrappedBatch has a struct for its detail that holds exactly one collection
// of entries.
type WrappedBatch struct {
	Code   int `json:"code"`
	Detail struct {
		Count   int              `json:"count"`
		Servers map[string]Entry `json:"servers"`
	} `json:"detail"`
}

// A struct that holds one collection makes a batch: its failed servers are
// lost.
func Wrapped(b []byte) error {
	var r WrappedBatch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}

// Head has the outer members.
type Head struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

// EmbeddedBatch embeds its outer members.
type EmbeddedBatch struct {
	Head
	Detail map[string]Entry `json:"detail"`
}

// A code that is promoted from an embedded struct is the batch's: its failed
// servers are lost.
func Embedded(b []byte) error {
	var r EmbeddedBatch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}

// EmbeddedPointerBatch embeds a pointer to its outer members.
type EmbeddedPointerBatch struct {
	*Head
	Detail map[string]Entry `json:"detail"`
}

// A code that is promoted through an embedded pointer is the batch's: its
// failed servers are lost.
func EmbeddedPointer(b []byte) error {
	var r EmbeddedPointerBatch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}

// Answer is another name for MapBatch.
type Answer = MapBatch

// An alias counts: the failed servers are lost.
func Alias(b []byte) error {
	var r Answer
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}

// Defined is a type defined as another one.
type Defined MapBatch

// A defined type has its underlying type's members: the failed servers are
// lost.
func DefinedType(b []byte) error {
	var r Defined
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}

// A local type counts: the failed servers are lost.
func Local(b []byte) error {
	type answer struct {
		Code   int              `json:"code"`
		Detail map[string]Entry `json:"detail"`
	}
	var r answer
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}

// An anonymous struct type counts: the failed servers are lost.
func Anonymous(b []byte) error {
	var r struct {
		Code   int `json:"code"`
		Detail map[string]struct {
			Code int `json:"code"`
		} `json:"detail"`
	}
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}

// CasedBatch has members whose case differs, which encoding/json ignores.
type CasedBatch struct {
	Status int `json:"Code"`
	Hosts  map[string]struct {
		Status int `json:"CODE"`
	} `json:"Detail"`
}

// The members' names count, not those of Go, and their case does not: the
// failed servers are lost.
func Cased(b []byte) error {
	var r CasedBatch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Status != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}

// OptionBatch has tags with options and without names.
type OptionBatch struct {
	Code   int64            `json:",omitempty"`
	Detail map[string]Entry `json:"detail,omitempty"`
}

// A tag without a name leaves the field's name: the failed servers are lost.
func Option(b []byte) error {
	var r OptionBatch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}

// MixedBatch has fields without a tag beside one with.
type MixedBatch struct {
	Code    int
	Detail  map[string]Entry
	Comment string `json:"comment"`
}

// A field without a tag has its own name: the failed servers are lost.
func Mixed(b []byte) error {
	var r MixedBatch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}
