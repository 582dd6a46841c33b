package executed

import (
	"encoding/json"
	"errors"
	"fmt"
	"log"
)

// Silent: the detail is handed on by a loop, if there is any.
func handedInLoop(b []byte) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	for range r.Detail {
		last = r.Detail
	}
	if r.Code != 0 {
		return errFailed
	}
	return nil
}

// Silent: the path on which n is 0 is the one with code 0.
func counted(b []byte) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	n := 0
	if r.Code != 0 {
		n++
	}
	if n > 0 {
		return &Failure{r}
	}
	return nil
}

// Silent: n can't be 0 where it ends up.
func countedFirst(b []byte) error {
	n := 0
	r, err := batch(b)
	if err != nil {
		return err
	}
	if r.Code < 0 {
		defer log.Print("negative")
	}
	n++
	if !(n > 0) {
		return errRefused
	}
	return &Failure{r}
}

// Silent: a partial failure has entries, so that the batch is returned.
func countedEntries(b []byte) (*Batch, error) {
	r, err := batch(b)
	if err != nil {
		return nil, err
	}
	n := 0
	switch r.Code {
	case 5100, 5400:
		for range r.Detail {
			n++
		}
		if n > 0 {
			return r, errFailed
		}
	}
	return nil, errRefused
}

// Silent: where there are entries, the request was not refused as a whole.
func withEntries(r *Batch) {
	if len(r.Detail) > 0 {
		if r.Code == 5400 {
			log.Print("some failed: ", r.Detail["x"].Code)
			keep(r)
		}
	}
}

// Silent: nil means 0, and the callers of this one learn nothing else.
func check(s *Result) error {
	if s.Code != 0 {
		return errFailed
	}
	return nil
}

// Silent: who asks which error it is knows what it does.
func tolerated(b []byte) error {
	s, err := result(b)
	if err != nil {
		return err
	}
	if err := check(s); errors.Is(err, errGone) {
		return nil
	} else if err != nil {
		return fmt.Errorf("create: %w", err)
	}
	return nil
}

// Silent: likewise by its type.
func asked(b []byte) error {
	s, err := result(b)
	if err != nil {
		return err
	}
	if err := check(s); err != nil {
		var f *Failure
		if errors.As(err, &f) {
			return nil
		}
		return err
	}
	return nil
}

// Silent: the verdict is noted.
func noted(b []byte) error {
	s, err := result(b)
	if err != nil {
		return err
	}
	if err := check(s); err != nil {
		log.Print(err)
		return nil
	}
	return nil
}

// Silent: the second loop looks at the entries that the first lets pass.
func twoLoops(b []byte) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	if refused(r.Code) {
		return errRefused
	}
	for _, e := range r.Detail {
		if e.Code > 0 {
			return errFailed
		}
	}
	for _, e := range r.Detail {
		if e.Code < 0 {
			return errRefused
		}
	}
	return nil
}

// Silent: a partial failure has an entry, and never gets behind the loop.
func firstTurn(b []byte) (*List, error) {
	var r List
	if err := json.Unmarshal(b, &r); err != nil {
		return nil, err
	}
	switch r.Code {
	case 0:
	default:
		for range r.Detail {
			return &r, errFailed
		}
	}
	return nil, errRefused
}

// Silent: only codes that come with entries get into the loop.
func inTurn(b []byte) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	err = func() error {
		if r.Code != 0 {
			for range r.Detail {
				return nil
			}
		}
		return errRefused
	}()
	keep(r)
	return err
}

// Silent: a code other than the API's three comes without entries.
func metInLoop(b []byte) (*Batch, error) {
	r, err := batch(b)
	if err != nil {
		return nil, err
	}
	if r.Code == 5100 {
		return nil, errFailed
	}
	for _, e := range r.Detail {
		if e.Code != 0 {
			return nil, nil
		}
	}
	return r, nil
}

// Silent: the list is used again, and may be empty.
func reused(b []byte, failed []string) ([]string, error) {
	r, err := batch(b)
	if err != nil {
		return nil, err
	}
	failed = append(failed, "first")
	failed = failed[:0]
	for id, e := range r.Detail {
		if e.Code != 0 {
			failed = append(failed, id)
		}
	}
	if len(failed) == 0 && r.Code == 0 {
		return nil, nil
	}
	return failed, errFailed
}

// Silent: the literal's loop is not the only one, and the other tells 0 apart.
func loopInLiteral(b []byte) (int, error) {
	r, err := batch(b)
	if err != nil {
		return 0, err
	}
	if refused(r.Code) {
		return 0, errRefused
	}
	for _, e := range r.Detail {
		if e.Code != 0 {
			return 0, errFailed
		}
	}
	n := 0
	func() {
		for _, e := range r.Detail {
			if e.Code != -1 {
				n++
			}
		}
	}()
	return n, nil
}

// Silent: who counts the successes knows of the failures.
func countsSuccess(bs [][]byte) error {
	ok := 0
	for _, b := range bs {
		s, err := result(b)
		if err != nil {
			return err
		}
		if s.Code == 0 {
			ok++
		}
	}
	if ok != len(bs) {
		return errFailed
	}
	return nil
}

// Silent: so does who strikes them off.
func strikesOff(todo map[string][]byte) error {
	for id, b := range todo {
		s, err := result(b)
		if err != nil {
			return err
		}
		if s.Code == 0 {
			delete(todo, id)
		}
	}
	if len(todo) > 0 {
		return errFailed
	}
	return nil
}

// Silent: the tasks that there are go to the caller.
func collects(bs [][]byte) (tasks []string, err error) {
	for _, b := range bs {
		s, err := result(b)
		if err != nil {
			return nil, err
		}
		if s.Code != 0 {
			continue
		}
		tasks = append(tasks, s.RequestID)
	}
	return tasks, nil
}

// Silent: the first loop tells zero from the others, in a variable.
func carriesOverTurns(b []byte) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	if refused(r.Code) {
		return errRefused
	}
	bad := false
	for _, e := range r.Detail {
		if !bad {
			bad = e.Code != 0
		}
	}
	for _, e := range r.Detail {
		if e.Code > 0 {
			return errFailed
		}
	}
	if bad {
		return errGone
	}
	return nil
}

// Silent: the second loop comes behind the first, which tells zero from the others.
func firstTells(b []byte, verbose bool) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	if refused(r.Code) {
		return errRefused
	}
	if r.Code != 0 {
		for _, e := range r.Detail {
			if e.Code != 0 {
				log.Print(e.Message)
				err = errFailed
			}
		}
	}
	for _, e := range r.Detail {
		if e.Code > 6000 && verbose {
			log.Print("old")
		}
	}
	return err
}

// Silent: a detail that is empty is so when it is asked again, and nothing succeeds.
func emptyTwice(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if len(r.Detail) == 0 {
		if len(r.Detail) != 0 {
			return nil
		}
	}
	return errFailed
}

// Silent: it is excused by its caller, who looks at entries itself as well.
func noneFailed(r *Batch) error {
	if r.Code != 0 {
		return errRefused
	}
	for _, e := range r.Detail {
		if e.Code != 0 {
			return errFailed
		}
	}
	return nil
}

// Silent: what a failure is, others say; the entry that is asked for is looked at.
func looksOnceMore(b []byte, id string) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if noneFailed(&r) != nil {
		panic("failed")
	}
	if e, ok := r.Detail[id]; !ok || e.Code != 0 {
		return errGone
	}
	return nil
}
