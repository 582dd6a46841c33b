// Package shapes has responses of all shapes that a loop over their entries
// has to be right for.
package shapes

import (
	"encoding/json"
	"errors"
	"fmt"

	"fixes/sdk"
)

var errFailed = errors.New("servers failed")

// Entry is what happened to one server.
type Entry struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

// Pointers has pointers for its entries.
type Pointers struct {
	Code   int               `json:"code"`
	Detail map[string]*Entry `json:"detail"`
}

func PointerEntries(b []byte) error {
	var r Pointers
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return fmt.Errorf("code %d", r.Code)
	}
	return nil
}

// AllPointers has pointers for everything.
type AllPointers struct {
	Code   *int64                    `json:"code"`
	Detail *map[string]*PointerEntry `json:"detail"`
}

// PointerEntry has pointers for its members.
type PointerEntry struct {
	Code *int64  `json:"code"`
	Msg  *string `json:"msg"`
}

func PointerMembers(r *AllPointers) error {
	if r.Code != nil && *r.Code != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}

// List has an array for its detail.
type List struct {
	Code   int64       `json:"code"`
	Detail []ListEntry `json:"detail"`
}

// ListEntry names its server.
type ListEntry struct {
	TaskID   string `json:"requestId"`
	ServerID string `json:"unInstanceId"`
	Code     int    `json:"code"`
	Msg      string `json:"msg"`
}

func SliceWithID(b []byte) error {
	var r List
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}

// PointerList has an array of pointers, and pointers in it.
type PointerList struct {
	Code   int                 `json:"code"`
	Detail []*PointerListEntry `json:"detail"`
}

// PointerListEntry may or may not name its server.
type PointerListEntry struct {
	Server  *string `json:"instance_id"`
	Code    *int    `json:"code"`
	Message *string `json:"message"`
}

func SliceWithPointerID(b []byte) error {
	var r PointerList
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}

// Anonymous does not say which server an entry is about.
type Anonymous struct {
	Code   int     `json:"code"`
	Detail []Entry `json:"detail"`
}

func SliceWithoutID(b []byte) error {
	var r Anonymous
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}

// Array has an array for its detail, behind a pointer.
type Array struct {
	Code   int               `json:"code"`
	Detail *[2]NumberedEntry `json:"detail"`
}

// NumberedEntry numbers its server.
type NumberedEntry struct {
	ID   int `json:"id"`
	Code int `json:"code"`
}

func ArrayPointer(b []byte) error {
	var r Array
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}

// Inner has its entries one struct further down.
type Inner struct {
	Code   int `json:"code"`
	Detail struct {
		Total int              `json:"total"`
		Items map[string]Entry `json:"items"`
	} `json:"detail"`
}

func InnerCollection(b []byte) error {
	var r Inner
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}

// InnerPointers has its entries two pointers further down.
type InnerPointers struct {
	Code   int    `json:"code"`
	Detail *Items `json:"detail"`
}

// Items holds entries.
type Items struct {
	Total int          `json:"total"`
	Items *[]ListEntry `json:"items"`
}

func InnerPointerCollection(b []byte) error {
	var r InnerPointers
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}

// Base has the members that all answers have.
type Base struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

// Promoted has all of its members from embedded structs, and so have its entries.
type Promoted struct {
	*Base
	*Details
}

// Details holds entries.
type Details struct {
	Detail map[string]PromotedEntry `json:"detail"`
}

// PromotedEntry has a code and a message.
type PromotedEntry struct {
	TaskID string `json:"requestId"`
	*Base
}

func PromotedMembers(b []byte) error {
	var r Promoted
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}

// Whole has both members from one embedded struct.
type Whole struct {
	*Pointers
	Extra string `json:"extra"`
}

func OneEmbedded(b []byte) error {
	var r Whole
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Pointers.Code != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}

// Floats leaves numbers as they are.
type Floats struct {
	Code   float64               `json:"code"`
	Detail map[string]FloatEntry `json:"detail"`
}

// FloatEntry leaves numbers as they are.
type FloatEntry struct {
	Code float64 `json:"code"`
}

func FloatCodes(b []byte) error {
	var r Floats
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}

// Numbers leaves numbers as text.
type Numbers struct {
	Code   json.Number             `json:"code"`
	Detail map[Server]*NumberEntry `json:"detail"`
}

// Server is the name of one.
type Server string

// Text is any.
type Text string

// NumberEntry leaves numbers as text.
type NumberEntry struct {
	Code    json.Number `json:"code"`
	Message Text        `json:"message"`
}

func NumberCodes(b []byte) error {
	var r Numbers
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != "0" { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}

// Instance is generic.
type Instance[T any] struct {
	Code   int          `json:"code"`
	Detail map[string]T `json:"detail"`
}

func GenericType(b []byte) (Instance[Entry], error) {
	var r Instance[Entry]
	if err := json.Unmarshal(b, &r); err != nil {
		return Instance[Entry]{}, err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return Instance[Entry]{}, errFailed
	}
	return Instance[Entry]{Code: 1}, nil
}

func LocalType(b []byte) error {
	var r struct {
		Code   int `json:"code"`
		Detail []struct {
			Name string `json:"instanceId"`
			Code int    `json:"code"`
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

// The directive's names are those of another API.
//
//asynccheck:response batch code=Head.RetCode detail=Results
type Directed struct {
	Head    struct{ RetCode int }
	Results []DirectedEntry
}

// DirectedEntry is what happened to one server.
//
//asynccheck:response single code=Status.Code message=Text
type DirectedEntry struct {
	Status *struct{ Code int }
	Text   *Text
}

func DirectedType(b []byte) error {
	var r Directed
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Head.RetCode != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}

// The members that another package keeps to itself are not needed.
func Foreign(b []byte) (sdk.Task, error) {
	var r sdk.Hidden
	if err := json.Unmarshal(b, &r); err != nil {
		return sdk.Task{}, err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return sdk.Task{}, errFailed
	}
	return sdk.Task{ID: "1"}, nil
}
