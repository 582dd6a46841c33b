// Package verdicts has a client that returns an answer together with what the answer's own
// method says of it, and callers that take one of the two.
package verdicts

import (
	"encoding/json"
	"errors"
)

// Result is the answer to a call that starts one task.
type Result struct {
	Code      int    `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

// Item is what happened to one disk.
type Item struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

// Batch is the answer to a call that names several disks.
type Batch struct {
	Code    int             `json:"code"`
	Message string          `json:"message"`
	Detail  map[string]Item `json:"detail"`
}

var errFailed = errors.New("failed")

// Err gives an error for every code but 0.
//
// Silent: nil goes with 0 alone.
func (r *Result) Err() error {
	if r.Code != 0 {
		return errFailed
	}
	return nil
}

// Err gives an error if an entry has failed, or the request itself.
//
// Silent: the entries are inspected.
func (b *Batch) Err() error {
	if b.Code == 0 {
		return nil
	}
	for _, i := range b.Detail {
		if i.Code != 0 {
			return errors.New(i.Message)
		}
	}
	return errors.New(b.Message)
}

// refused gives an error if the request itself has failed.
//
// Silent: it is not for others, and who calls it hands the batch on.
func (b *Batch) refused() error {
	if b.Code != 0 && b.Code != 5400 {
		return errFailed
	}
	return nil
}

// A transport is unknown here: it may judge what it gives, or not.
type transport interface {
	post(action string) ([]byte, error)
	call(action string, out any) error
}

// Client asks by a transport.
type Client struct{ t transport }

// Create decodes what an unknown function gives.
//
// Silent: the response is returned, and the error that Err makes of it.
func (c *Client) Create() (*Result, error) {
	b, err := c.t.post("CreateCbs")
	if err != nil {
		return nil, err
	}
	r := new(Result)
	if err := json.Unmarshal(b, r); err != nil {
		return nil, err
	}
	return r, r.Err()
}

// Read decodes raw bytes.
//
// Silent: likewise.
func (c *Client) Read(answer []byte) (Result, error) {
	var r Result
	if err := json.Unmarshal(answer, &r); err != nil {
		return r, err
	}
	return r, r.Err()
}

// Extend has its answer filled by an unknown function.
//
// Silent: likewise.
func (c *Client) Extend() (r *Result, err error) {
	r = new(Result)
	if err = c.t.call("ExtendCbs", r); err != nil {
		return nil, err
	}
	err = r.Err()
	return r, err
}

// Ignored asks for a verdict that nobody looks at.
//
// Silent: the response is returned.
func (c *Client) Ignored() (*Result, error) {
	r := new(Result)
	if err := c.t.call("CreateCbs", r); err != nil {
		return nil, err
	}
	r.Err()
	return r, nil
}

// Detach gives a batch and its verdict.
//
// Silent: likewise.
func (c *Client) Detach() (*Batch, error) {
	b := new(Batch)
	if err := c.t.call("DetachCbs", b); err != nil {
		return nil, err
	}
	return b, b.Err()
}

// Attach gives a batch in which some may have failed.
//
// Silent: the response is returned.
func (c *Client) Attach() (*Batch, error) {
	b := new(Batch)
	if err := c.t.call("AttachCbs", b); err != nil {
		return nil, err
	}
	return b, b.refused()
}
