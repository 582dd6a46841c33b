package flow

import (
	"encoding/json"
	"fmt"
	"log"
	"time"
)

// Each turn drops a 5400 answer and stops the stopped servers again.
func StopThreeTimes(c Caller, ids []string) error {
	for i := 0; i < 3; i++ {
		r, err := c.Stop(ids)
		if err != nil {
			return err
		}
		if r.Code == 0 { // want "batch-partial-as-failure"
			return nil
		}
		time.Sleep(time.Second)
	}
	return errTimeout
}

// A range over an integer turns just the same.
func StopRangeInt(c Caller, ids []string) error {
	for range 3 {
		r, err := c.Stop(ids)
		if err != nil {
			return err
		}
		if r.Code != 0 { // want "batch-partial-as-failure"
			continue
		}
		return nil
	}
	return errTimeout
}

// 5400 is told apart, only to send all the IDs once more.
func StopWhilePartial(c Caller, ids []string) error {
	for {
		r, err := c.Stop(ids)
		if err != nil {
			return err
		}
		switch r.Code { // want "batch-partial-as-failure"
		case 0:
			return nil
		case 5400:
			time.Sleep(time.Second)
			continue
		}
		return errRefused
	}
}

// Silent: every turn inspects the entries and repeats the failed ones alone.
func StopFailedOnes(c Caller, ids []string) error {
	r, err := c.Stop(ids)
	if err != nil {
		return err
	}
	for r.Code == 5400 {
		var pending []string
		for id, e := range r.Detail {
			if e.Code != 0 {
				pending = append(pending, id)
			}
		}
		if r, err = c.Stop(pending); err != nil {
			return err
		}
	}
	if r.Code != 0 {
		return errRefused
	}
	return nil
}

// Silent: a 5400 answer leaves the loop, and behind it the entries are
// inspected.
func StopThenLook(c Caller, ids []string) error {
	var r *Batch
	for {
		var err error
		if r, err = c.Stop(ids); err != nil {
			return err
		}
		if r.Code == 0 {
			return nil
		}
		if r.Code == 5400 {
			break
		}
		time.Sleep(time.Second)
	}
	for id, e := range r.Detail {
		if e.Code != 0 {
			return fmt.Errorf("stop %s: %s", id, e.Message)
		}
	}
	return nil
}

// The next page overwrites the answer: servers of this page that failed are
// gone with it.
func RenewPages(pages func() []Batch) {
	for _, r := range pages() {
		if r.Code != 0 { // want "batch-partial-as-failure"
			log.Printf("renew: %s", r.Message)
			continue
		}
		log.Print("page renewed")
	}
}

// An element of a decoded collection is a response of its own; 5400 is not
// told apart from 0 in its turn.
func RenewDecodedPages(b []byte) error {
	var pages []Batch
	if err := json.Unmarshal(b, &pages); err != nil {
		return err
	}
	for _, r := range pages {
		if r.Code == 5100 { // want "batch-partial-as-success"
			return errRefused
		}
	}
	return nil
}

// Silent: in each turn the entries are inspected, whatever the outer code.
func RenewPagesByEntry(pages []Batch) error {
	for i, r := range pages {
		for id, e := range r.Detail {
			if e.Code != 0 {
				return fmt.Errorf("page %d, server %s: %s", i, id, e.Message)
			}
		}
	}
	return nil
}

// Silent: a loop whose body inspects an entry inspects at its header, whatever
// it ranges over.
func StopByRequestedID(b []byte, ids []string) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 && r.Code != 5100 && r.Code != 5400 {
		return errRefused
	}
	for _, id := range ids {
		if e, ok := r.Detail[id]; !ok || e.Code != 0 {
			return fmt.Errorf("stop %s: %s", id, e.Message)
		}
	}
	return nil
}

// Silent: the index loop reads every entry's code.
func StopByIndex(b []byte) error {
	var r ListBatch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 && r.Code != 5100 && r.Code != 5400 {
		return errRefused
	}
	for i := 0; i < len(r.Detail); i++ {
		if r.Detail[i].Code != 0 {
			return fmt.Errorf("stop %s: %s", r.Detail[i].InstanceID, r.Detail[i].Message)
		}
	}
	return nil
}

// Silent: a turn that saw a failure returns it; the loop ends with code 0.
func CreateWithBackoff(c Caller, name string) (string, error) {
	var last error
	for delay := time.Second; delay < time.Minute; delay *= 2 {
		s, err := c.Create(name)
		if err != nil {
			return "", err
		}
		if s.Code == 0 {
			return s.RequestID, nil
		}
		last = fmt.Errorf("create %s: %s", name, s.Message)
		time.Sleep(delay)
	}
	return "", last
}

// In each turn an entry with a negative code counts as stopped.
func CountStopped(b []byte) (stopped int, err error) {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return 0, err
	}
	for _, e := range r.Detail {
		if e.Code > 0 { // want "result-nonzero-success"
			continue
		}
		stopped++
	}
	return stopped, nil
}

// Each turn defers one call or two: what it decodes is followed all the same.
func StopEachDeferred(answers [][]byte) error {
	for _, b := range answers {
		var head struct{ Action string }
		defer func() { log.Print(head.Action) }()
		if err := json.Unmarshal(b, &head); err != nil {
			continue
		}
		if head.Action == "" {
			continue
		}
		var r Batch
		defer func() { log.Print(r.Message) }()
		if err := json.Unmarshal(b, &r); err != nil {
			return err
		}
		if r.Code == 5100 { // want "batch-partial-as-success"
			return errTimeout
		}
	}
	return nil
}
