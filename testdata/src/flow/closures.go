package flow

import (
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"sync"
)

// The literal is called in place: its verdict hides which servers failed.
func StopInPlace(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	return func() error {
		if r.Code != 0 { // want "batch-partial-as-failure"
			return errors.New("stop: failed")
		}
		return nil
	}()
}

// Silent: the literal that is called in place inspects the entries.
func StopInPlaceInspects(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	failed := func() (ids []string) {
		for id, e := range r.Detail {
			if e.Code != 0 {
				ids = append(ids, id)
			}
		}
		return ids
	}()
	if r.Code != 0 && r.Code != 5100 && r.Code != 5400 {
		return errRefused
	}
	if len(failed) > 0 {
		return fmt.Errorf("stop: %v", failed)
	}
	return nil
}

// Silent: the decode happens in the literal, the code is told apart behind it.
func CreateDecodesInPlace(b []byte, mu *sync.Mutex) error {
	var s Result
	err := func() error {
		mu.Lock()
		defer mu.Unlock()
		return json.Unmarshal(b, &s)
	}()
	if err != nil {
		return err
	}
	if s.Code != 0 {
		return errRefused
	}
	return nil
}

// Silent: the closure is handed on, and takes the response with it.
func StopLater(b []byte, later func(func())) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	later(func() {
		for id, e := range r.Detail {
			log.Printf("stop %s: %d", id, e.Code)
		}
	})
	if r.Code != 0 {
		return errRefused
	}
	return nil
}

// Silent: the closure that is returned has the response.
func StopReport(b []byte) (func() map[string]Entry, error) {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return nil, err
	}
	details := func() map[string]Entry { return r.Detail }
	if r.Code != 0 {
		return details, errRefused
	}
	return details, nil
}

// A literal is a function like any other: the response that it decodes itself
// is judged and dropped inside it.
func StopGroups(groups [][]byte, run func(func() error)) {
	for _, b := range groups {
		run(func() error {
			var r Batch
			if err := json.Unmarshal(b, &r); err != nil {
				return err
			}
			if r.Code != 0 { // want "batch-partial-as-failure"
				return errRefused
			}
			return nil
		})
	}
}

// A literal with a single result of its own: negative codes start nothing.
func CreateInBackground(answers [][]byte, run func(func() error)) {
	for _, b := range answers {
		run(func() error {
			var s Result
			if err := json.Unmarshal(b, &s); err != nil {
				return err
			}
			if s.Code > 0 { // want "result-nonzero-success"
				return errRefused
			}
			return nil
		})
	}
}

// Silent: the literal hands its own response on in an error.
func StartGroups(groups [][]byte, run func(func() error)) {
	for _, b := range groups {
		run(func() error {
			var r Batch
			if err := json.Unmarshal(b, &r); err != nil {
				return err
			}
			if r.Code != 0 {
				return &PartialError{Action: "StartInstances", Detail: r.Detail}
			}
			return nil
		})
	}
}
