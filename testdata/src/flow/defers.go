package flow

import (
	"encoding/json"
	"fmt"
	"io"
	"log"
)

// Silent: the deferred literal hands the failed servers' names on at every
// return.
func StopDefersReport(b []byte, failed chan<- string) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	defer func() {
		for id, e := range r.Detail {
			if e.Code != 0 {
				failed <- id
			}
		}
	}()
	if r.Code != 0 {
		return errRefused
	}
	return nil
}

// Silent: a deferred literal that assigns the named error result silences its
// function.
func CreateDefersError(b []byte) (err error) {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	defer func() {
		if s.Code != 0 {
			err = fmt.Errorf("create: %s", s.Message)
		}
	}()
	if s.Code != 0 {
		return nil
	}
	return nil
}

// Silent: what the deferred literal assigns may be anything, also where it
// does not look at the response.
func StopDefersWrap(b []byte) (err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("stop instances: %w", err)
		}
	}()
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 {
		return errRefused
	}
	return nil
}

// The deferred literal closes the body and looks at nothing: the servers'
// names are lost.
func StopDefersClose(body io.ReadCloser) error {
	defer func() {
		if err := body.Close(); err != nil {
			log.Print(err)
		}
	}()
	var r Batch
	if err := json.NewDecoder(body).Decode(&r); err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return errRefused
	}
	return nil
}

// The deferred literal prints the detail at the return; printing is not
// inspecting.
func StopDefersPrint(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	defer func() { log.Printf("stop: %v", r.Detail) }()
	if r.Code != 0 { // want "batch-detail-shallow"
		return errRefused
	}
	return nil
}

// Silent: the deferred literal judges the code at the return and inspects the
// entries of every answer that is not 0.
func StopDefersInspection(b []byte, retry *[]string) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	defer func() {
		if r.Code == 0 {
			return
		}
		for id, e := range r.Detail {
			if e.Code != 0 {
				*retry = append(*retry, id)
			}
		}
	}()
	if r.Code != 0 {
		return errRefused
	}
	return nil
}

// Silent: a deferred call to an unknown method has the detail.
func StopDefersCall(b []byte, audit func(map[string]Entry)) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	defer audit(r.Detail)
	if r.Code != 0 {
		return errRefused
	}
	return nil
}

// Silent: the deferred literal, which another one gives, has the entries at every return.
func StopDefersMade(b []byte, failed chan<- string) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	defer func() func() {
		return func() {
			for id, e := range r.Detail {
				if e.Code != 0 {
					failed <- id
				}
			}
		}
	}()()
	if r.Code != 0 {
		return errRefused
	}
	return nil
}

// Silent: likewise, where the literal gets the detail as an argument. It is in a register that is
// not used again before the returns.
func StopDefersArgument(b []byte, failed chan<- string) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	defer func(detail map[string]Entry) {
		for id, e := range detail {
			if e.Code != 0 {
				failed <- id
			}
		}
	}(r.Detail)
	if r.Code != 0 {
		return errRefused
	}
	return nil
}

// One that only counts inspects nothing.
func StopDefersCount(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	defer func(detail map[string]Entry) {
		log.Printf("%d instances", len(detail))
	}(r.Detail)
	if r.Code != 0 { // want `^batch-detail-shallow:`
		return errRefused
	}
	return nil
}
