// Package sdk has functions for the entries of a batch, which do something with
// an entry's code, or don't.
package sdk

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"sort"
)

// Item is what happened to one disk. It has no task of its own.
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

// Attach gives any answer.
//
// Silent: the response is returned.
func Attach(body io.Reader) (*Batch, error) {
	r := new(Batch)
	if err := json.NewDecoder(body).Decode(r); err != nil {
		return nil, err
	}
	return r, nil
}

// Silent: a helper with a number result.
func (i Item) Status() int { return i.Code } // the entry's code

// Silent: a helper with a string result.
func (i Item) Text() string { return i.Message }

// Silent: a helper with a bool result.
func (i Item) Failed() bool { return i.Code != 0 }

// Silent: nil means code 0.
func (i Item) Err() error {
	if i.Code != 0 {
		return fmt.Errorf("%s (%d)", i.Message, i.Code)
	}
	return nil
}

// Gone gives an error for one code alone, and disks that failed otherwise pass.
func (i Item) Gone() error {
	if i.Code == 4404 { // want "result-nonzero-success"
		return errors.New("no such disk")
	}
	return nil
}

// Show writes an entry to the log.
//
// Silent: a printer's wrapper has no verdict to give.
func Show(id string, i Item) { log.Printf("%s: %+v", id, i) }

// Alarm acts upon an entry's code.
//
// Silent: what it does about a code, it does here.
func Alarm(id string, i Item) {
	if i.Code != 0 {
		notify(id)
	}
}

var notify = func(string) {}

// Collect keeps an entry.
//
// Silent: whoever has the channel has the code.
func Collect(c chan<- Item, i Item) { c <- i }

// Ok says whether a disk's code is one of success.
//
// Silent: a helper with a bool result.
func Ok(code int) bool { return code == 0 }

// Each calls f with every entry.
//
// Silent: what becomes of the entries is up to f.
func (b *Batch) Each(f func(id string, i Item)) {
	ids := make([]string, 0, len(b.Detail))
	for id := range b.Detail {
		ids = append(ids, id)
	}
	sort.Strings(ids)
	for _, id := range ids {
		f(id, b.Detail[id])
	}
}
