package flow

import (
	"encoding/json"
	"fmt"
	"log"
	"time"
)

// All ways of failing meet at one label, where the servers' names are lost.
func StopGoto(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		goto fail
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		goto fail
	}
	return nil
fail:
	return errRefused
}

// Silent: the label inspects the entries.
func StopGotoInspect(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 {
		goto inspect
	}
	return nil
inspect:
	for id, e := range r.Detail {
		if e.Code != 0 {
			return fmt.Errorf("stop %s: %s", id, e.Message)
		}
	}
	return fmt.Errorf("stop: %s", r.Message)
}

// The labelled continue starts the next attempt, with all the servers again.
func StopLabelledContinue(c Caller, groups [][]string) error {
groups:
	for _, ids := range groups {
		for range 5 {
			r, err := c.Stop(ids)
			if err != nil {
				return err
			}
			if r.Code == 0 { // want "batch-partial-as-failure"
				continue groups
			}
			time.Sleep(time.Second)
		}
		return errTimeout
	}
	return nil
}

// Silent: the labelled break leaves both loops with an answer whose entries
// are inspected behind them.
func StopLabelledBreak(c Caller, groups [][]string) error {
	var failed *Batch
search:
	for _, ids := range groups {
		for range 5 {
			r, err := c.Stop(ids)
			if err != nil {
				return err
			}
			switch r.Code {
			case 0:
				continue search
			case 5400:
				failed = r
				break search
			}
			time.Sleep(time.Second)
		}
		return errTimeout
	}
	if failed == nil {
		return nil
	}
	for id, e := range failed.Detail {
		if e.Code != 0 {
			return fmt.Errorf("stop %s: %s", id, e.Message)
		}
	}
	return nil
}

// Silent: goto makes the loop, and only code 0 leaves it without an error.
func CreateGotoRetry(c Caller, name string) error {
	attempts := 0
again:
	s, err := c.Create(name)
	if err != nil {
		return err
	}
	if s.Code == 4400 && attempts < 3 {
		attempts++
		log.Printf("create %s: busy, attempt %d", name, attempts)
		goto again
	}
	if s.Code != 0 {
		return errRefused
	}
	return nil
}
