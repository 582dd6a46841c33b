// Package base has what the answers of other packages begin with. By itself it is no response,
// so that nothing is reported here.
package base

import "fmt"

// Base is a code and a text.
type Base struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

// Err makes an error of every code but 0.
//
// Silent: the struct has no task and no detail.
func (b *Base) Err() error {
	if b.Code != 0 {
		return fmt.Errorf("%s (code %d)", b.Message, b.Code)
	}
	return nil
}

// Total makes an error of 5100 alone.
//
// Silent: likewise.
func (b *Base) Total() error {
	if b.Code == 5100 {
		return fmt.Errorf("%s (code %d)", b.Message, b.Code)
	}
	return nil
}

// OK reports whether the code is 0.
//
// Silent: likewise.
func (b Base) OK() bool { return b.Code == 0 }

// GetCode gives the code.
//
// Silent: likewise.
func (b *Base) GetCode() int {
	if b == nil {
		return -1
	}
	return b.Code
}

// GetMessage gives the text.
//
// Silent: likewise.
func (b *Base) GetMessage() string { return b.Message }

// Check is a function that is none of Base's methods.
//
// Silent: likewise.
func Check(b *Base) error { return b.Err() }
