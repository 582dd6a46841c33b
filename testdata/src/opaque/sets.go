package opaque

import (
	"encoding/json"
	"fmt"
	"slices"
)

// Sets that nobody can change are comparisons with their members.

var fine = map[Code]bool{0: true, 7001: true, 4400: false}

var known = map[Code]struct{}{0: {}, 5100: {}, 5400: {}}

var texts = map[int]string{4100: "refused", 4400: "not ready"}

var withDetail = []Code{0, 5100, 5400}

// Others are opaque: this one is written by somebody,
var learned = map[Code]bool{0: true}

// Learn takes a code for a success.
func Learn(c Code) { learned[c] = true }

// this one may be written by whoever imports the package,
var Tolerated = map[Code]bool{0: true}

// this one is passed on to somebody who may write to it,
var shared = map[Code]bool{0: true}

// Share gives others a set.
func Share(f func(map[Code]bool)) { f(shared) }

// this one has its address taken,
var replaced = []Code{0}

// Replace lets others write the list.
func Replace() *[]Code { return &replaced }

// and this one is made when the program starts.
var loaded = load()

func load() map[Code]bool { return map[Code]bool{0: true} }

// Silent: zero and a named value pass, and what is false is as good as not there.
func StartFine(b []byte) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if !fine[s.Code] {
		return errFailed
	}
	return nil
}

// All codes without a text go for success.
func StartWithoutText(b []byte) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if text, ok := texts[int(s.Code)]; ok { // want "result-nonzero-success"
		return fmt.Errorf("start: %s", text)
	}
	return nil
}

// Silent: a list in place.
func StartContained(b []byte) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if !slices.Contains([]Code{0, 7001}, s.Code) {
		return errFailed
	}
	return nil
}

// The two that are listed are refused, and all others go for success.
func StartNotContained(b []byte) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if slices.Contains([]Code{4100, 4400}, s.Code) { // want "result-nonzero-success"
		return errFailed
	}
	return nil
}

// Silent: a local map, of numbers.
func StartLocal(b []byte) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	allowed := map[int]bool{0: true, 7001: true}
	if !allowed[int(s.Code)] {
		return errFailed
	}
	return nil
}

// Silent: an answer with a detail is collected, and others have none.
func StopKnownCode(b []byte) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	if _, ok := known[r.Code]; ok {
		return r.collect()
	}
	return errFailed
}

// What is not known is refused, and 5400 goes for success.
func StopKnownOnly(b []byte) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	if _, ok := known[r.Code]; !ok { // want "batch-partial-as-success"
		return errFailed
	}
	return nil
}

// Silent: likewise collected, by a list.
func StopListed(b []byte) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	if slices.Contains(withDetail, r.Code) {
		return r.collect()
	}
	return errFailed
}

// The helper has the set. 5400 is not fine: nobody learns which servers failed.
func StopFine(b []byte) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	if !isFine(r.Code) { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}

func isFine(x Code) bool { return fine[x] }

// Silent: the set has whatever was learned.
func StopLearned(b []byte) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	if !learned[r.Code] {
		return errFailed
	}
	return nil
}

// Silent: the set is anybody's.
func StopTolerated(b []byte) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	if !Tolerated[r.Code] {
		return errFailed
	}
	return nil
}

// Silent: the set has been passed on.
func StopShared(b []byte) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	if !shared[r.Code] {
		return errFailed
	}
	return nil
}

// Silent: the list may be another one by now.
func StopReplaced(b []byte) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	if !slices.Contains(replaced, r.Code) {
		return errFailed
	}
	return nil
}

// Silent: a function has made the set.
func StopLoaded(b []byte) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	if !loaded[r.Code] {
		return errFailed
	}
	return nil
}

// Silent: the local set depends on the caller.
func StopAllowed(b []byte, lenient bool) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	allowed := map[Code]bool{0: true}
	if lenient {
		allowed[5400] = true
	}
	if !allowed[r.Code] {
		return errFailed
	}
	return nil
}
