package executed

import (
	"encoding/json"
	"fmt"
	"log"
)

// Silent: it is excused by its caller, who looks at the entries.
func verdictOfInspected(r *Batch) error {
	if r.Code != 0 {
		return errFailed
	}
	return nil
}

// The helper rejects 5400, and by the contract the loop sees nothing but successes.
func hole(b []byte) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	if err := verdictOfInspected(r); err != nil { // want "batch-partial-as-failure"
		return err
	}
	for _, e := range r.Detail {
		if e.Code != 0 {
			return errFailed
		}
	}
	return nil
}

// Silent: excused likewise.
func (r *Batch) onlyPartial() error {
	if r.Code == 5400 { // want "result-nonzero-success"
		return errFailed
	}
	return nil
}

// The helper knows 5400, and its caller drops what it says.
func turnedRound(b []byte) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	if !(r.onlyPartial() != nil) { // want "batch-partial-as-success"
		for _, e := range r.Detail {
			if e.Code != 0 {
				return errFailed
			}
		}
	}
	return nil
}

// The verdict is right, and nobody listens.
func dropsVerdict(b []byte) error {
	s, err := result(b)
	if err != nil {
		return err
	}
	if err := check(s); err != nil {
		return nil // want "result-failure-dropped"
	}
	keep("done")
	return nil
}

// A switch that has no case for a code assigns nothing.
func switched(b []byte) error {
	s, err := result(b)
	if err != nil {
		return err
	}
	var failed error
	switch s.Code {
	case 0:
	case 4400, 7001:
		failed = errFailed
	}
	return failed // want "result-failure-dropped"
}

// Negative codes leave the variable as it was declared.
func negative(b []byte) error {
	s, err := result(b)
	if err != nil {
		return err
	}
	var failed error
	if s.Code != 0 && s.Code >= 0 {
		failed = errFailed
	}
	return failed // want "result-failure-dropped"
}

// A refused request has no entries to turn the loop for.
func loopless(b []byte) ([]string, error) {
	r, err := batch(b)
	if err != nil {
		return nil, err
	}
	var failed []string
	if r.Code != 0 {
		for id, e := range r.Detail {
			if e.Code != 0 {
				failed = append(failed, id)
			}
		}
	}
	return failed, nil // want "result-failure-dropped"
}

// Likewise with an error that is set in the loop.
func looplessError(b []byte) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	for id, e := range r.Detail {
		if e.Code != 0 {
			keep(id)
		}
	}
	var failed error
	if r.Code != 0 {
		for range r.Detail {
			failed = errFailed
		}
	}
	return failed // want "result-failure-dropped"
}

// A variable that a literal sets on another path is as it was declared.
func literal(b []byte) error {
	s, err := result(b)
	if err != nil {
		return err
	}
	var failed error
	if s.Code == 0 {
		func() { failed = errFailed }()
	}
	switch s.Code {
	case 0:
		return failed
	default:
		return failed // want "result-failure-dropped"
	}
}

// An array has its entries, and what was refused has none of its own.
func emptyArray(b []byte) error {
	var r Three
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code == 0 {
		return nil
	}
	n := 0
	for _, e := range r.Detail {
		if e.Code != 0 {
			n++
		}
	}
	return nil // want "result-failure-dropped"
}

// Silent: 6000 is named.
func only6000(s *Result) error {
	if s.Code != 6000 {
		return errFailed
	}
	return nil
}

// 0 and failures get the same answer.
func ignores(b []byte) []string {
	s, err := result(b)
	if err != nil {
		return nil
	}
	if only6000(s) != nil { // want "result-nonzero-success"
		log.Print("answered")
	}
	return nil
}

// Neither loop looks at negative codes.
func twoOpenLoops(b []byte) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	if refused(r.Code) {
		return errRefused
	}
	for _, e := range r.Detail {
		if e.Code > 0 { // want "result-nonzero-success"
			return errFailed
		}
	}
	for id, e := range r.Detail {
		if e.Code > 5000 { // want "result-nonzero-success"
			log.Print(id)
		}
	}
	return nil
}

// Silent: a helper with a bool result.
func positive(e Lean) bool { return e.Code > 0 }

// The helper calls an entry with a negative code a success.
func leanEntries(b []byte) ([]string, error) {
	var r LeanBatch
	if err := json.Unmarshal(b, &r); err != nil {
		return nil, err
	}
	if refused(r.Code) {
		return nil, errRefused
	}
	var failed []string
	for id, e := range r.Detail {
		if positive(e) { // want "result-nonzero-success"
			failed = append(failed, id)
		}
	}
	return failed, nil
}

// A failure without a message is done.
func poll(b []byte) (bool, error) {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil { // want "result-unchecked"
		return false, err
	}
	if s.Message != "" {
		return false, nil
	}
	return true, nil
}

// A refused request has no keys.
func keys(b []byte) error {
	var failed []string
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil { // want "result-unchecked"
		return err
	}
	for id := range r.Detail {
		failed = append(failed, id)
	}
	if len(failed) > 0 {
		return errFailed
	}
	return nil
}

// A refused request has no entries to be asked, and is treated as done.
func done(b []byte) bool {
	r, err := batch(b)
	if err != nil {
		return false
	}
	if r.Code == 5400 { // want "result-nonzero-success"
		for _, e := range r.Detail {
			return e.Code == 0
		}
	}
	return true
}

// Room for entries is no entry: with an empty answer no element has failed.
func emptyPlaces(b []byte) error {
	var r Three
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code == 0 {
		return nil
	}
	for _, e := range r.Detail {
		if e.Code != 0 {
			return errFailed
		}
	}
	return nil // want "result-failure-dropped"
}

// Code 1 passes by each of the statements.
func passed(b []byte) error {
	s, err := result(b)
	if err != nil {
		return err
	}
	failed := errGone
	if s.Code != 0 {
		if s.Code <= 0 {
			failed = errFailed
		}
		if s.Code > 1000 {
			log.Print(failed)
		}
	}
	return nil // want "result-failure-dropped"
}

// letsThrough rejects failures, but for a partial one.
func letsThrough(b []byte, out any) error {
	var probe struct {
		Code    int    `json:"code"`
		Message string `json:"message"`
	}
	if err := json.Unmarshal(b, &probe); err != nil {
		return err
	}
	if probe.Code != 0 && probe.Code != 5400 {
		return errFailed
	}
	return json.Unmarshal(b, out)
}

// A function without a result has nothing to tell success by but its end.
func endsAnyway(b []byte) {
	var r Batch
	if err := letsThrough(b, &r); err != nil { // want "batch-partial-as-success"
		log.Print(err)
		return
	}
	log.Print("done")
}

// What the callee let through is true here.
func saysYes(b []byte) bool {
	var r Batch
	if err := letsThrough(b, &r); err != nil { // want "batch-partial-as-success"
		return false
	}
	log.Print("done")
	return true
}

// The next turn is no note of the successes: whichever failed, nil is returned.
func nextTurn(b []byte, sleep func()) error {
	for range 3 {
		s, err := result(b)
		if err != nil {
			return err
		}
		if s.Code != 0 {
			return nil // want "result-failure-dropped"
		}
		sleep()
	}
	return errFailed
}

// Code 6000 ends the loop, and what the other way has collected is of no use to it.
func collectsElsewhere(b []byte) error {
	var failed []string
	for {
		r, err := batch(b)
		if err != nil {
			return err
		}
		if r.Code <= 5400 {
			for id, e := range r.Detail {
				if e.Code != 0 {
					failed = append(failed, id)
				}
			}
			return fmt.Errorf("failed: %v", failed)
		}
		if r.Code != 0 {
			return nil // want "result-failure-dropped"
		}
	}
}

// The two loops never run for one answer, so neither tells zero apart for the other.
func eitherLoop(b []byte, verbose bool) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	if r.Code == 0 {
		return nil
	}
	if refused(r.Code) {
		return errRefused
	}
	if verbose {
		for _, e := range r.Detail {
			if e.Code > 0 { // want "result-nonzero-success"
				return errFailed
			}
		}
	} else {
		for _, e := range r.Detail {
			if e.Code < 0 { // want "result-nonzero-success"
				return errFailed
			}
		}
	}
	return nil
}

// The helper's own loop sees nothing but successes, and its caller has none.
func looksTooLate(r *Batch) error {
	if r.Code != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	for _, e := range r.Detail {
		if e.Code != 0 {
			return errFailed
		}
	}
	return nil
}

func asksTooLate(b []byte) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	if err := looksTooLate(r); err != nil {
		return err
	}
	return nil
}

// What hands on the failures above zero lets those below pass.
func handsOnSome(b []byte) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	for _, e := range r.Detail {
		if e.Code > 0 { // want "result-nonzero-success"
			keep(e)
		}
	}
	if refused(r.Code) {
		return errRefused
	}
	return nil
}

// No caller looks at the entries of what this rejects.
func emptyOrFailed(r *Batch) error {
	if r.Code != 0 || r.Detail == nil { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}

func asksOnSuccess(b []byte) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	switch r.Code {
	case 0:
		return emptyOrFailed(r)
	default:
		panic("failed")
	}
}

func asksOnSuccessOnly(b []byte) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	if r.Code != 0 {
		panic("failed")
	}
	return emptyOrFailed(r)
}

// What the pointer leads to is nil, and not the pointer: each failure without entries
// gets there.
func nilBehindPointer(b []byte) error {
	var r PointedBatch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 {
		d := *r.Detail
		if d == nil {
			return nil // want "result-failure-dropped"
		}
		for _, e := range d {
			if e.Code != 0 {
				return errFailed
			}
		}
		return errRefused
	}
	return nil
}

// Nobody asks what the helper says in the first loop, so it settles nothing.
func ignoresVerdict(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 && r.Code != 5100 && r.Code != 5400 {
		return errRefused
	}
	for _, e := range r.Detail {
		_ = checkItem(e)
	}
	for _, e := range r.Detail {
		if e.Code == 5100 { // want "result-nonzero-success"
			return errFailed
		}
	}
	return nil
}

// The comparison is made for a missing entry alone: nobody looks at a code.
func onlyMissing(b []byte, id string) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil { // want "result-unchecked"
		return err
	}
	if e, ok := r.Detail[id]; ok || e.Code != 0 {
		return errFailed
	}
	return nil
}

// The code is returned, but not which failed. There is no finding in the loop: by the
// contract a batch with this code has no entries.
func entriesOfRefused(b []byte) (int, error) {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return 0, err
	}
	if r.Code == 6000 { // want "batch-partial-as-success"
		for id, e := range r.Detail {
			if e.Code != 5400 {
				log.Print(id)
			}
		}
	}
	return r.Code, nil
}

// What fails has a code, or entries: nobody says which.
func cleanOnly(r *Batch) error {
	if r.Code != 0 || len(r.Detail) > 0 { // want "batch-detail-shallow"
		return fmt.Errorf("code %d, %v", r.Code, r.Detail)
	}
	return nil
}

// There is no finding here: what is not clean and has code 0 has entries, and whatever
// comes through has been told.
func toldOfFailures(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if cleanOnly(&r) != nil {
		log.Print("not clean")
	}
	for range r.Detail {
		return errFailed
	}
	return nil
}
