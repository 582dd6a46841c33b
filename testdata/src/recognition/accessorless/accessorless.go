// Package accessorless has unexported fields that no accessor method reaches:
// encoding/json does not fill them, so they are no members of a response.
// Every function here is silent.
package accessorless

import (
	"errors"
	"log"
)

var errFailed = errors.New("event rejected")

// event is a state of the package's own.
type event struct {
	code      int
	message   string
	requestID string
	Kind      string `json:"kind"`
}

// group is a collection of them.
type group struct {
	code   int
	detail map[string]event
	Name   string `json:"name"`
}

// Silent: the field is not reached through an accessor, so there is no code.
func apply(ev *event) error {
	if ev.code > 0 {
		return errFailed
	}
	log.Print(ev.message, ev.requestID)
	return nil
}

// Silent: neither the code nor the detail is a member.
func applyAll(next func() (*group, error)) error {
	g, err := next()
	if err != nil {
		return err
	}
	if g.code != 0 {
		return errFailed
	}
	for _, ev := range g.detail {
		if err := apply(&ev); err != nil {
			return err
		}
	}
	return nil
}

// Run applies what comes.
//
// Silent: there is no response in sight.
func Run(next func() (*group, error)) error { return applyAll(next) }
