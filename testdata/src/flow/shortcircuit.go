package flow

import (
	"encoding/json"
	"fmt"
	"log"
)

// 5400 passes beside 0, and its failed servers with it.
func StopOrPartial(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code == 0 || r.Code == 5400 { // want "batch-partial-as-success"
		return nil
	}
	return errRefused
}

// Silent: with 5400 and an empty detail there is nothing to inspect, and
// otherwise the entries are inspected.
func StopPartialWithDetail(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code == 5400 && len(r.Detail) > 0 {
		for id, e := range r.Detail {
			if e.Code != 0 {
				return fmt.Errorf("stop %s: %s", id, e.Message)
			}
		}
		return nil
	}
	if r.Code != 0 {
		return errRefused
	}
	return nil
}

// Silent: the negated disjunction leaves 0 alone on the success side.
func CreateDeMorgan(b []byte) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if !(s.Code < 0 || s.Code > 0) {
		return nil
	}
	return errRefused
}

// Both constants are excluded, thousands of codes are not.
func DeleteTwoCodes(b []byte) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s.Code == 5100 || s.Code == 4100 { // want "result-nonzero-success"
		return errRefused
	}
	return nil
}

// A refused call without a message goes the way of success: the message is
// optional.
func DeleteNeedsMessage(b []byte) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s.Code != 0 && s.Message != "" {
		return fmt.Errorf("delete: %s", s.Message)
	}
	return nil // want "result-failure-dropped"
}

// Silent: the constant stands on the left side, and 0 alone passes.
func CreateYoda(b []byte) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if 0 != s.Code {
		return errRefused
	}
	return nil
}

// The constant on the left side changes nothing: 0 < code lets negative codes
// pass.
func DeleteYoda(b []byte) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if 0 < s.Code { // want "result-nonzero-success"
		return errRefused
	}
	return nil
}

// Silent: both halves of the range end in an error.
func CreateBothHalves(b []byte) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s.Code > 0 {
		return fmt.Errorf("create: %s", s.Message)
	} else if s.Code < 0 {
		return errRefused
	}
	return nil
}

// Silent: the comparison is part of a larger condition, and both sides of it
// look at the entries.
func StopStrictly(b []byte, strict bool) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if strict && r.Code != 0 {
		return &PartialError{Action: "StopInstances", Detail: r.Detail}
	}
	for id, e := range r.Detail {
		if e.Code != 0 {
			log.Printf("stop %s: %s", id, e.Message)
		}
	}
	return nil
}
