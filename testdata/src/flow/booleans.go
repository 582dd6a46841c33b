package flow

import (
	"encoding/json"
	"fmt"
	"log"
)

// Silent: partial carries the comparison with 5400, and on its true side every
// entry is inspected.
func StopWithPartialFlag(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	partial := r.Code == 5400
	if r.Code != 0 && !partial {
		return errRefused
	}
	if partial {
		for id, e := range r.Detail {
			if e.Code != 0 {
				return fmt.Errorf("stop %s: %s", id, e.Message)
			}
		}
	}
	return nil
}

// Silent: done is true on the paths with code 0 alone.
func CreateWithFlagVariable(b []byte) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	done := false
	if s.Code == 0 {
		done = true
	}
	if !done {
		return fmt.Errorf("create: code %d", s.Code)
	}
	return nil
}

// The flag leaves 5100 out alone: servers that failed with 5400 count as
// started.
func StartWithWrongFlag(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	started := r.Code != 5100 // want "batch-partial-as-success"
	if !started {
		return errRefused
	}
	return nil
}

// Quiet callers never hear which servers kept their password: with quiet set a
// 5400 answer goes the way of success.
func ResetWithUnrelatedFlag(b []byte, quiet bool) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	failed := r.Code != 0 // want "batch-partial-as-success"
	if failed && !quiet {
		return &PartialError{Action: "ResetPassword", Detail: r.Detail}
	}
	return nil
}

// Silent: where the flag is set the detail is handed on, and the other
// non-zero codes fail.
func RestartAndRetry(c Caller, b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	retry := false
	switch r.Code {
	case 0:
	case 5100, 5400:
		retry = true
	default:
		return errRefused
	}
	if retry {
		return retryFailed(c, r.Detail)
	}
	return nil
}

// Silent: each entry is told apart from 0 in its turn.
func retryFailed(c Caller, detail map[string]Entry) error {
	var ids []string
	for id, e := range detail {
		if e.Code != 0 {
			ids = append(ids, id)
		}
	}
	_, err := c.Stop(ids)
	return err
}

// Silent: two booleans cover the codes between them; only 0 reaches the end.
func DeleteWithTwoFlags(b []byte) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	negative, positive := s.Code < 0, s.Code > 0
	if negative || positive {
		return errRefused
	}
	return nil
}

// A refused call has a negative code, and refused is computed from the wrong
// half: no load balancer, no error.
func CreateWithHalfFlag(b []byte) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	refused := s.Code >= 1 // want "result-nonzero-success"
	if refused {
		return errRefused
	}
	return nil
}

// Silent: the bool result tells the path from the success side, so the failure
// is acknowledged.
func TaskStarted(b []byte) (bool, error) {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return false, err
	}
	if s.Code != 0 {
		return false, nil
	}
	return true, nil
}

// True means that the task was accepted, but every negative code gives true as
// well.
func TaskAccepted(b []byte) bool {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return false
	}
	return s.Code <= 0 // want "result-nonzero-success"
}

// Silent: true goes with code 0 alone.
func TaskRunning(b []byte) bool {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return false
	}
	return s.Code == 0
}

// False does not say which servers are stopped already; whoever calls again
// stops them again.
func AllStopped(c Caller, ids []string) bool {
	r, err := c.Stop(ids)
	if err != nil || r.Code != 0 { // want "batch-partial-as-failure"
		return false
	}
	return true
}

// Silent: the flag only decides what is logged, the code is told apart
// afterwards.
func CreateVerbose(b []byte, verbose bool) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	busy := s.Code == 4400
	if busy && verbose {
		log.Print("too many tasks")
	}
	if s.Code != 0 {
		return errRefused
	}
	return nil
}
