// Package gathered makes lists, maps and numbers of a batch's entries, and asks whether
// there is anything in them: that is so only if there is an entry, and so the code is 0,
// 5100 or 5400.
package gathered

import (
	"encoding/json"
	"errors"
	"fmt"
)

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

var errRefused = errors.New("refused")

// Failed lists the disks that failed.
//
// Silent: the entries are inspected.
func (b *Batch) Failed() []string {
	var failed []string
	for id, i := range b.Detail {
		if i.Code != 0 {
			failed = append(failed, id)
		}
	}
	return failed
}

// Codes gives the codes of the disks that failed.
//
// Silent: the entries are inspected.
func (b *Batch) Codes() map[string]int {
	codes := make(map[string]int)
	for id, i := range b.Detail {
		if i.Code != 0 {
			codes[id] = i.Code
		}
	}
	return codes
}

// Count counts the disks that failed.
//
// Silent: the entries are inspected.
func (b *Batch) Count() int {
	n := 0
	for _, i := range b.Detail {
		if i.Code != 0 {
			n++
		}
	}
	return n
}

// made lists the disks that failed, in a slice that is never nil.
//
// Silent: the entries are inspected.
func made(detail map[string]Item) []string {
	failed := make([]string, 0, len(detail))
	for id, i := range detail {
		if i.Code != 0 {
			failed = append(failed, id)
		}
	}
	return failed
}

// With adds the answer's code to a map that may have others.
//
// Silent: the code is handed on.
func (b *Batch) With(codes map[string]int) map[string]int {
	codes["batch"] = b.Code
	return codes
}

// ---- right ----

// Silent: an empty list is of code 0, or the request's own failure is an error.
func Stop(answer []byte) ([]string, error) {
	var b Batch
	if err := json.Unmarshal(answer, &b); err != nil {
		return nil, err
	}
	failed := b.Failed()
	if b.Code != 0 && len(failed) == 0 {
		return nil, errRefused
	}
	return failed, nil
}

// Silent: likewise, with a map.
func StopCodes(answer []byte) (map[string]int, error) {
	var b Batch
	if err := json.Unmarshal(answer, &b); err != nil {
		return nil, err
	}
	codes := b.Codes()
	if b.Code != 0 && len(codes) < 1 {
		return nil, errRefused
	}
	return codes, nil
}

// Silent: with a number.
func StopCount(answer []byte) (int, error) {
	var b Batch
	if err := json.Unmarshal(answer, &b); err != nil {
		return 0, err
	}
	n := b.Count()
	if b.Code != 0 && n == 0 {
		return 0, errRefused
	}
	return n, nil
}

// Silent: with a helper that gets the entries alone.
func StopMade(answer []byte) ([]string, error) {
	var b Batch
	if err := json.Unmarshal(answer, &b); err != nil {
		return nil, err
	}
	failed := made(b.Detail)
	if b.Code != 0 && len(failed) == 0 {
		return nil, errRefused
	}
	return failed, nil
}

// Silent: the list is compared with nil.
func StopNil(answer []byte) error {
	var b Batch
	if err := json.Unmarshal(answer, &b); err != nil {
		return err
	}
	failed := b.Failed()
	if failed != nil {
		return fmt.Errorf("disks %v failed", failed)
	}
	if b.Code != 0 {
		return errRefused
	}
	return nil
}

// Silent: the map is made here.
func StopHere(answer []byte) (map[string]Item, error) {
	var b Batch
	if err := json.Unmarshal(answer, &b); err != nil {
		return nil, err
	}
	failed := map[string]Item{}
	for id, i := range b.Detail {
		if i.Code != 0 {
			failed[id] = i
		}
	}
	if b.Code != 0 && len(failed) == 0 {
		return nil, errRefused
	}
	return failed, nil
}

// Silent: so is the slice.
func StopSlice(answer []byte) ([]string, error) {
	var b Batch
	if err := json.Unmarshal(answer, &b); err != nil {
		return nil, err
	}
	failed := []string{}
	for id, i := range b.Detail {
		if i.Code != 0 {
			failed = append(failed, id)
		}
	}
	if b.Code != 0 && len(failed) == 0 {
		return nil, errRefused
	}
	return failed, nil
}

// Silent: what is in the map the caller has put there, perhaps.
func StopWith(answer []byte, codes map[string]int) (map[string]int, error) {
	var b Batch
	if err := json.Unmarshal(answer, &b); err != nil {
		return nil, err
	}
	return b.With(codes), nil
}

// Silent: somebody else fills the map, if there is a failure.
func StopFilled(answer []byte, fill func(code int, to map[string]int)) (map[string]int, error) {
	var b Batch
	if err := json.Unmarshal(answer, &b); err != nil {
		return nil, err
	}
	codes := make(map[string]int)
	fill(b.Code, codes)
	if len(codes) == 0 {
		return nil, nil
	}
	return codes, errRefused
}

// Silent: the last of them is deleted again, so that it is no success.
func StopDeleted(answer []byte) error {
	var b Batch
	if err := json.Unmarshal(answer, &b); err != nil {
		return err
	}
	codes := b.Codes()
	delete(codes, "root")
	if len(codes) == 0 && b.Code == 0 {
		return nil
	}
	return errRefused
}

// Silent: a map that is made anew in each turn has nothing of the last one.
func StopTurns(answer []byte, turns []string) error {
	var b Batch
	if err := json.Unmarshal(answer, &b); err != nil {
		return err
	}
	for _, turn := range turns {
		failed := map[string]bool{}
		for id, i := range b.Detail {
			if i.Code != 0 && id != turn {
				failed[id] = true
			}
		}
		if len(failed) > 0 {
			return fmt.Errorf("%s: %v", turn, failed)
		}
	}
	if b.Code != 0 {
		return errRefused
	}
	return nil
}

// ---- wrong ----

// A request that was refused has no detail: its list is empty, too.
func Start(answer []byte) error {
	var b Batch
	if err := json.Unmarshal(answer, &b); err != nil {
		return err
	}
	failed := b.Failed()
	if len(failed) > 0 {
		return fmt.Errorf("disks %v failed", failed)
	}
	if b.Code != 0 {
		return nil // want "result-failure-dropped"
	}
	return nil
}

// So is its map.
func StartCodes(answer []byte) (map[string]int, error) {
	var b Batch
	if err := json.Unmarshal(answer, &b); err != nil {
		return nil, err
	}
	codes := b.Codes()
	if b.Code != 0 && len(codes) != 0 {
		return codes, errRefused
	}
	return nil, nil // want "result-failure-dropped"
}

// And its number is 0.
func StartCount(answer []byte) error {
	var b Batch
	if err := json.Unmarshal(answer, &b); err != nil {
		return err
	}
	if n := b.Count(); b.Code != 0 && n > 0 {
		return fmt.Errorf("%d disks failed", n)
	}
	return nil // want "result-failure-dropped"
}
