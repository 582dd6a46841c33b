package entries

import (
	"encoding/json"
	"errors"
	"maps"
)

// Literals of different variables have nothing to do with each other: that another
// one tells zero apart excuses none.
var knowsOne = func(b []byte) error {
	var r Answer
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 && r.Code != 5400 {
		return errors.New("failed")
	}
	for _, e := range r.Detail {
		if e.Code == 5100 { // want `result-nonzero-success`
			return errors.New("failed")
		}
	}
	return nil
}

var knowsAll = func(b []byte) error {
	var r Answer
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 && r.Code != 5400 {
		return errors.New("failed")
	}
	for _, e := range r.Detail {
		if e.Code != 0 { // silent: zero alone passes
			return errors.New("failed")
		}
	}
	return nil
}

// The first failure is kept, and nothing is asked of the entries behind it: the function fails anyway.
func firstFailure(b []byte) error {
	var r Answer
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 && r.Code != 5400 {
		return errors.New("failed")
	}
	var first error
	for id, e := range r.Detail {
		if e.Code == 7001 { // silent: where first is not nil, an entry has failed already
			continue
		}
		if first != nil {
			continue
		}
		if e.Code != 0 {
			first = errors.New("failed: " + id)
		}
	}
	return first
}

// Without an error that is kept, the same comparison lets failures pass.
func keepsNone(b []byte, quick bool) error {
	var r Answer
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 && r.Code != 5400 {
		return errors.New("failed")
	}
	var first error
	for id, e := range r.Detail {
		if e.Code == 7001 { // want `result-nonzero-success`
			continue
		}
		if quick {
			continue
		}
		if e.Code != 0 {
			first = errors.New("failed: " + id)
		}
	}
	return first
}

// Whatever the entries are, the function panics: nobody takes any of them for done.
func panicsAnyway(b []byte) {
	var r Answer
	if err := json.Unmarshal(b, &r); err != nil {
		panic(err)
	}
	if r.Code != 0 && r.Code != 5400 {
		panic("failed")
	}
	for _, e := range r.Detail {
		if e.Code <= 0 { // silent: behind the loop, there is a panic alone
			keep(e)
		}
	}
	panic("not implemented")
}

var keep func(Entry)

// Here the loop that asks again comes back to the entries.
func asksForever(answer func() []byte) {
	for {
		var r Answer
		if err := json.Unmarshal(answer(), &r); err != nil {
			panic(err)
		}
		if r.Code != 0 && r.Code != 5400 {
			panic("failed")
		}
		for _, e := range r.Detail {
			if e.Code < 0 { // want `result-nonzero-success`
				panic("failed")
			}
		}
	}
}

// The same with an iterator, where the variable has a cell.
func firstFailureOf(b []byte) error {
	var r Answer
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 && r.Code != 5400 {
		return errors.New("failed")
	}
	var first error
	for id, e := range maps.All(r.Detail) {
		if e.Code == 7001 || first != nil { // silent: where first is not nil, an entry has failed already
			continue
		}
		if e.Code != 0 {
			first = errors.New("failed: " + id)
		}
	}
	return first
}

// An error that nobody gets excuses nothing.
func errorForNobody(b []byte) []string {
	var r Answer
	if err := json.Unmarshal(b, &r); err != nil {
		return nil
	}
	var failed []string
	var seen error
	for id, e := range r.Detail {
		switch e.Code { // want `result-nonzero-success`
		case 6000, 5099:
			if seen != nil {
				failed = append(failed, id)
			}
		default:
			seen = errors.New("seen")
		}
	}
	return failed
}
