// Package codecs decodes by functions that encoding/json doesn't have.
package codecs

import (
	"context"
	"io"

	"github.com/goccy/go-json"
)

type Task struct {
	Code      int    `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

// The target comes after the bytes: the task's ID is returned, and the code of a refused one is never read.
func Context(ctx context.Context, answer []byte) (string, error) {
	var t Task
	if err := json.UnmarshalContext(ctx, answer, &t); err != nil { // want `result-unchecked: a failed request is treated as done: t.Code is not checked`
		return "", err
	}
	return t.RequestID, nil
}

// Options stand after the target.
func NoEscape(answer []byte, options ...json.DecodeOptionFunc) (string, error) {
	var t Task
	if err := json.UnmarshalNoEscape(answer, &t, options...); err != nil { // want `result-unchecked: a failed request is treated as done: t.Code is not checked`
		return "", err
	}
	return t.RequestID, nil
}

// The reader is the decoder's.
func Option(answer io.Reader, option json.DecodeOptionFunc) (string, error) {
	var t Task
	if err := json.NewDecoder(answer).DecodeWithOption(&t, option); err != nil { // want `result-unchecked: a failed request is treated as done: t.Code is not checked`
		return "", err
	}
	return t.RequestID, nil
}

// Silent: the bytes were decoded into something that was judged before.
func Judged(ctx context.Context, answer []byte) (string, error) {
	var first struct {
		Code int `json:"code"`
	}
	if err := json.UnmarshalContext(ctx, answer, &first); err != nil || first.Code != 0 {
		return "", err
	}
	var t Task
	if err := json.UnmarshalContext(ctx, answer, &t); err != nil {
		return "", err
	}
	return t.RequestID, nil
}
