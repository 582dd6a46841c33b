package executed

import (
	"encoding/json"
	"log"
	"maps"
)

// Silent: its only caller has the batch.
func verdictOfKept(r *Batch) error {
	if r.Code != 0 {
		return errFailed
	}
	return nil
}

// Silent: the batch is returned beside the verdict.
func kept(b []byte) (*Batch, error) {
	r, err := batch(b)
	if err != nil {
		return nil, err
	}
	return r, verdictOfKept(r)
}

// Silent: the reason is returned.
func reason(b []byte) (why string, err error) {
	s, err := result(b)
	if err != nil {
		return "", err
	}
	if s.Code != 0 {
		why = s.Message
		return why, nil
	}
	return "", nil
}

// Silent: its only caller looks at the entries, though it calls it in a literal.
func hidden(r *Batch) error {
	if r.Code != 0 {
		return errFailed
	}
	return nil
}

// Silent: the entries are inspected.
func callsInLiteral(b []byte, retry func(func() error) error) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	for id, e := range r.Detail {
		if e.Code != 0 {
			keep(id)
		}
	}
	return retry(func() error { return hidden(r) })
}

// Silent: where the first loop has turned, the second does too.
func printsThenHandsOn(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 {
		for id := range r.Detail {
			log.Print(id)
		}
		for range r.Detail {
			return &Failure{Answer: &r}
		}
		return errFailed
	}
	return nil
}

// Silent: one look at the entries tells zero from the others, and a missing entry
// is none that has failed.
func asksThenCounts(b []byte) (int, error) {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return 0, err
	}
	n := 0
	if e, ok := r.Detail["web-1"]; !ok || e.Code != 0 {
		for _, e := range r.Detail {
			if e.Code > 1000 {
				n++
			}
		}
	}
	return n, errFailed
}

// Silent: false says that the task has not ended, and so it does of a failure.
func ended(b []byte) (bool, error) {
	s, err := result(b)
	if err != nil {
		return false, err
	}
	if s.Code != 0 {
		return false, nil
	}
	if s.Message == "pending" {
		return false, nil
	}
	return true, nil
}

// anyFailed tells zero from the others.
func (r *Batch) anyFailed() bool {
	for _, e := range r.Detail {
		if e.Code != 0 {
			return true
		}
	}
	return false
}

// Silent: failures were asked for before the loop that is about old ones alone.
func asksFirst(b []byte) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	if refused(r.Code) {
		return errRefused
	}
	if r.anyFailed() {
		err = errFailed
	}
	for _, e := range r.Detail {
		if e.Code > 6000 {
			log.Print("old")
		}
	}
	return err
}

// Silent: who is told that the detail is nil is told so again.
func asksTwice(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Detail != nil {
		panic("failed")
	}
	if r.Detail == nil {
		return errFailed
	}
	return nil
}

// Silent: true says that something failed, here and in the loop.
func failedAny(b []byte) (failed bool, err error) {
	r, err := batch(b)
	if err != nil {
		return false, err
	}
	if refused(r.Code) {
		return true, nil
	}
	for _, e := range r.Detail {
		if e.Code != 0 {
			return true, nil
		}
	}
	return false, nil
}

// Silent: true says that it is gone, for one reason or the other.
func goneBoth(b []byte) (bool, error) {
	s, err := result(b)
	if err != nil {
		return false, err
	}
	if s.Code != 0 {
		return true, nil
	}
	return s.Message == "deleted", nil
}

// Silent: true where the callee has found a failure, and false where it hasn't.
func failedAtAll(b []byte) bool {
	s, err := result(b)
	if err != nil {
		return true
	}
	return check(s) != nil
}

// Silent: a helper that is given an entry, and tells zero from the others.
func checkItem(e Item) error {
	if e.Code != 0 {
		return errFailed
	}
	return nil
}

// Silent: the loop before has told of each failure already, by a helper's word.
func toldBefore(b []byte) {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return
	}
	for id, e := range r.Detail {
		if err := checkItem(e); err != nil {
			log.Print(id)
		}
	}
	for _, e := range r.Detail {
		if e.Code != 1 {
			return
		}
	}
}

// Silent: any entry ends in a panic, so the detail is empty behind the loop, and it
// is not with 5400.
func panicsAtAny(b []byte) bool {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return false
	}
	for id, e := range maps.All(r.Detail) {
		if e.Code > 0 {
			log.Print(id)
		}
		panic("failed")
	}
	return r.Code == 0
}

// Silent: with entries the loop panics in any case, and 5400 has some.
func panicsOrEmpty(b []byte) bool {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return false
	}
	if len(r.Detail) == 0 {
		return r.Code == 0
	}
	for id, e := range maps.All(r.Detail) {
		if e.Code > 0 {
			log.Print(id)
		}
		panic("failed")
	}
	return r.Code == 0
}
