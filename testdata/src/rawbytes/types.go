// Package rawbytes decodes bytes that come a long way round: by a buffer, a
// scanner, a slice of answers, a variable that a literal captures.
package rawbytes

import (
	"context"
	"errors"
	"io"
)

// Result is the answer to a call that starts one task.
type Result struct {
	Code      int    `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

// Client knows what an answer says; how is unknown here.
type Client interface {
	Check(body []byte) error
	CheckAll(bodies [][]byte) error
	Fill(w io.Writer) error
	Poll(ctx context.Context, id string) error
}

// Store keeps answers.
type Store struct {
	last []byte
	err  error
}

var errRefused = errors.New("refused")
