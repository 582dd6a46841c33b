package executed

import (
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"maps"
)

// Silent: an array is looked at by index, at every place that it has.
func array(b []byte) error {
	var r Three
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if refused(r.Code) {
		return errRefused
	}
	for i := range r.Detail {
		if r.Detail[i].Code != 0 {
			return errFailed
		}
	}
	return nil
}

// Silent: likewise by a copy of each element.
func arrayCopies(b []byte) error {
	var r Three
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if refused(r.Code) {
		return errRefused
	}
	for i := range r.Detail {
		e := r.Detail[i]
		if e.Code != 0 {
			return errFailed
		}
	}
	return nil
}

// Silent: likewise by a pointer to it.
func arrayPointers(b []byte) error {
	var r Three
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if refused(r.Code) {
		return errRefused
	}
	for i := range r.Detail {
		if e := &r.Detail[i]; e.Code != 0 {
			return errFailed
		}
	}
	return nil
}

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

// A view is what a person is shown.
type view struct {
	State, Reason string
	Failed        bool
}

// Silent: the view says that it failed, and why.
func viewed(b []byte) (*view, error) {
	s, err := result(b)
	if err != nil {
		return nil, err
	}
	if s.Code != 0 {
		return &view{Reason: s.Message}, nil
	}
	return &view{State: "ok"}, nil
}

// Silent: likewise in a named result.
func viewedIn(b []byte) (v view, err error) {
	s, err := result(b)
	if err != nil {
		return v, err
	}
	if s.Code != 0 {
		v.Failed = true
		return v, nil
	}
	return v, nil
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

// Silent: an accessor of two members.
func (e Item) parts() (string, int) { return e.Message, e.Code }

// Silent: each entry's code is the second of them.
func twoMembers(b []byte) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	if refused(r.Code) {
		return errRefused
	}
	for id, e := range r.Detail {
		if text, code := e.parts(); code != 0 {
			return fmt.Errorf("%s: %s", id, text)
		}
	}
	return nil
}

// Named says by a word how a resource fared.
type Named struct {
	Code     int    `json:"code"`
	CodeDesc string `json:"codeDesc"`
}

// NamedBatch has such entries.
type NamedBatch struct {
	Code    int              `json:"code"`
	Message string           `json:"message"`
	Detail  map[string]Named `json:"detail"`
}

// Silent: the word is as good as the code.
func words(b []byte) error {
	var r NamedBatch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if refused(r.Code) {
		return errRefused
	}
	for id, e := range r.Detail {
		if e.CodeDesc != "Success" {
			return fmt.Errorf("%s: %s", id, e.CodeDesc)
		}
	}
	return nil
}

// Strict is decoded by a method that looks at its code.
type Strict struct {
	Code      int    `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

// Silent: decoding into memory that the caller owns hands on.
func (s *Strict) UnmarshalJSON(b []byte) error {
	type plain Strict
	if err := json.Unmarshal(b, (*plain)(s)); err != nil {
		return err
	}
	if s.Code != 0 {
		return errors.New(s.Message)
	}
	return nil
}

// Silent: the decoder's error is the method's.
func decodesItself(b []byte) (string, error) {
	var s Strict
	if err := json.Unmarshal(b, &s); err != nil {
		return "", err
	}
	return s.RequestID, nil
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

// PointerBatch has pointers to its entries.
type PointerBatch struct {
	Code    int              `json:"code"`
	Message string           `json:"message"`
	Detail  map[string]*Item `json:"detail"`
}

// Silent: a request that was refused has no entry, and this panics.
func derefsEntry(b []byte) error {
	var r PointerBatch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if e := r.Detail["web-1"]; e.Code != 0 {
		return errFailed
	}
	return nil
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

// DescBatch has a symbolic name beside its own code.
type DescBatch struct {
	Code     int             `json:"code"`
	CodeDesc string          `json:"codeDesc"`
	Detail   map[string]Item `json:"detail"`
}

// gone names a failure by its symbolic name.
func (r *DescBatch) gone() bool { return r.CodeDesc == "NotFound" }

// Silent: a failure that a helper names is tolerated as one that is named here.
func goneIsFine(b []byte) error {
	var r DescBatch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.gone() {
		return nil
	}
	for _, e := range r.Detail {
		if e.Code != 0 {
			return errFailed
		}
	}
	if refused(r.Code) {
		return errRefused
	}
	return nil
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

// PointedBatch has a pointer to its entries.
type PointedBatch struct {
	Code    int              `json:"code"`
	Message string           `json:"message"`
	Detail  *map[string]Item `json:"detail"`
}

// Silent: the pointer was followed, so it isn't nil any more.
func followsDetail(b []byte) error {
	var r PointedBatch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	for _, e := range *r.Detail {
		keep(e.Code)
	}
	if r.Code != 0 {
		if r.Detail == nil {
			return nil
		}
	}
	return errFailed
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

// Silent: who has asked about the code with a nil detail panics in the next line.
func followsNil(b []byte, id string) {
	var r PointedBatch
	if err := json.Unmarshal(b, &r); err != nil {
		return
	}
	if r.Detail == nil {
		if r.Code == 7001 {
			log.Print("gone")
		}
	}
	if _, ok := (*r.Detail)[id]; ok {
		log.Print(id)
	}
}

// Silent: where there is no entry, this panics at its code.
func followsMissing(b []byte, id string) error {
	var r PointerBatch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if e, ok := r.Detail[id]; ok || e.Code != 0 {
		return errFailed
	}
	return nil
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

// Silent: what a missing entry is read as has code zero, so the branch is never taken.
func zeroOfMissing(b []byte, id string) (*Batch, error) {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return nil, err
	}
	if r.Code != 0 && r.Code != 5100 && r.Code != 5400 && r.Code != 7001 && r.Code > 0 {
		return &r, errFailed
	}
	if e, ok := r.Detail[id]; !ok && e.Code != 0 {
		return nil, nil
	}
	return &r, nil
}
