package opaque

import (
	"fmt"
	"log"
)

// What is assigned on one side of an opaque test is as opaque as the test.

// Silent: the flag is the test.
func StopFlagged(b []byte, p policy) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	partial := false
	if p.HasDetail(r.Code) {
		partial = true
	}
	if partial {
		return r.collect()
	}
	if r.Code != 0 {
		return errFailed
	}
	return nil
}

// Silent: likewise, in a variable that a literal has.
func StopFlaggedCaptured(b []byte, p policy) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	partial := false
	defer func() { log.Print(partial) }()
	if p.HasDetail(r.Code) {
		partial = true
	}
	if partial {
		return r.collect()
	}
	if r.Code != 0 {
		return errFailed
	}
	return nil
}

// Silent: likewise, in a member of a variable, by a literal.
func StopFlaggedByLiteral(b []byte, p policy) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	var found struct{ partial bool }
	look := func() {
		if p.HasDetail(r.Code) {
			found.partial = true
		}
	}
	look()
	if found.partial {
		return r.collect()
	}
	if r.Code != 0 {
		return errFailed
	}
	return nil
}

// Silent: the same test is asked again, behind where its sides have met.
func StopAskedTwice(b []byte, p policy) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	partial := p.HasDetail(r.Code)
	if partial {
		log.Print("some failed")
	}
	if partial {
		return r.collect()
	}
	if r.Code != 0 {
		return errFailed
	}
	return nil
}

// Silent: a loop looks for the code, and returns where it is found. With an empty list there is no
// turn, but that is the caller's choice.
func StopFound(b []byte, partial []Code) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	for _, c := range partial {
		if r.Code == c {
			return r.collect()
		}
	}
	if r.Code != 0 {
		return errFailed
	}
	return nil
}

// Silent: likewise, with a flag.
func StopFoundFlag(b []byte, partial []Code) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	found := false
	for _, c := range partial {
		if r.Code == c {
			found = true
			break
		}
	}
	if found {
		return r.collect()
	}
	if r.Code != 0 {
		return errFailed
	}
	return nil
}

// Silent: likewise, with a counter, and without leaving the loop.
func StopFoundCounter(b []byte, partial map[string]Code) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	n := 0
	for _, c := range partial {
		if r.Code == c {
			n++
		}
	}
	if n > 0 {
		return r.collect()
	}
	if r.Code != 0 {
		return errFailed
	}
	return nil
}

// Silent: the loop stands in a loop.
func StopFoundDeep(b []byte, partial [][]Code) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	for _, codes := range partial {
		for _, c := range codes {
			if r.Code == c {
				return r.collect()
			}
		}
	}
	if r.Code != 0 {
		return errFailed
	}
	return nil
}

// Silent: an error is made on one side only.
func StopErred(b []byte, p policy) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	if p.HasDetail(r.Code) {
		err = fmt.Errorf("stop: %s", r.Message)
	}
	if err != nil {
		note(r.Detail)
		return err
	}
	if r.Code != 0 {
		return errFailed
	}
	return nil
}

// The loop has looked for the code in vain or not: behind it nobody has looked at the detail.
func StopLookedFor(b []byte, partial []Code) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	for _, c := range partial {
		if r.Code == c {
			log.Print("some failed")
		}
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}
