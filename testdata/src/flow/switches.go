package flow

import (
	"encoding/json"
	"fmt"
	"log"
)

// Partial failure falls out of the case for total failure, and nobody learns
// which servers failed.
func StopFallthrough(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	switch r.Code { // want "batch-partial-as-failure"
	case 0:
		return nil
	case 5400:
		log.Print("some servers failed")
		fallthrough
	case 5100:
		return fmt.Errorf("stop: %s", r.Message)
	}
	return errRefused
}

// Silent: the entries are inspected before 5400 falls through to success.
func StopFallthroughInspected(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	switch r.Code {
	case 5400:
		for id, e := range r.Detail {
			if e.Code != 0 {
				return fmt.Errorf("stop %s: %s", id, e.Message)
			}
		}
		fallthrough
	case 0:
		return nil
	}
	return errRefused
}

// Silent: each case of the tagless switch is told apart, and 5400 hands the
// detail on.
func StopTagless(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	switch {
	case r.Code == 0:
		return nil
	case r.Code == 5400:
		return &PartialError{Action: "StopInstances", Detail: r.Detail}
	default:
		return errRefused
	}
}

// One case for every failure: nobody learns which servers failed.
func StopTaglessFailure(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	switch {
	case r.Code != 0: // want "batch-partial-as-failure"
		return fmt.Errorf("stop: code %d", r.Code)
	default:
		return nil
	}
}

// 5400 shares its case with 0: servers that failed count as stopped.
func StopPartialIsFine(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	switch r.Code { // want "batch-partial-as-success"
	case 0, 5400:
		return nil
	default:
		return errRefused
	}
}

// The default succeeds: 4400 and 5000 leave no load balancer, and no error.
func CreateDefaultSucceeds(b []byte) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	switch s.Code { // want "result-nonzero-success"
	case 4100:
		return errRefused
	default:
		return nil
	}
}

// Silent: the values that succeed beside 0 are named.
func DeleteNamedValues(b []byte) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	switch s.Code {
	case 0, 7001, 7002:
		return nil
	}
	return fmt.Errorf("delete: code %d", s.Code)
}

// Silent: the switch stands with its default in the middle; 0 alone succeeds.
func CreateDefaultFirst(b []byte) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	switch code := s.Code; code {
	default:
		return fmt.Errorf("create: code %d", code)
	case 4100:
		return errRefused
	case 0:
	}
	return nil
}

// The empty default falls out of the switch and returns nil with a refused
// call's code.
func DeleteEmptyDefault(b []byte) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	switch s.Code {
	case 0:
		log.Print("deleted")
	case 4100:
		return errRefused
	default:
	}
	return nil // want "result-failure-dropped"
}

// Silent: switch true, with the response's cases inspected or refused.
func StopSwitchTrue(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	switch ok := r.Code == 0; ok {
	case true:
		return nil
	case false:
		return &PartialError{Action: "StopInstances", Detail: r.Detail}
	}
	return nil
}

// A break leaves the switch, not the function: 5400 ends in the nil below.
func StopBreaksOut(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	switch r.Code { // want "batch-partial-as-success"
	case 5400:
		break
	case 0:
		log.Print("stopped")
	default:
		return errRefused
	}
	return nil
}
