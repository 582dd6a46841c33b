package opaque

import (
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"slices"
	"time"
)

// Silent: the policy says which codes come with a detail. Those that come to the comparison
// are others.
func StopByPolicy(b []byte, p policy) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	if p.HasDetail(r.Code) {
		return r.collect()
	}
	if r.Code != 0 {
		return errFailed
	}
	return nil
}

// Silent: likewise, with a map that the caller fills.
func StopByMap(b []byte, hasDetail map[Code]bool) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	if hasDetail[r.Code] {
		return r.collect()
	}
	if r.Code != 0 {
		return errFailed
	}
	return nil
}

// Silent: likewise, with a list.
func StopByList(b []byte, partial []Code) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	if slices.Contains(partial, r.Code) {
		return r.collect()
	}
	if r.Code != 0 {
		return errFailed
	}
	return nil
}

// Silent: both flags of the lookup are one test.
func StopByMapOk(b []byte, texts map[Code]string) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	if text, ok := texts[r.Code]; ok {
		return fmt.Errorf("stop: %s", text)
	}
	if r.Code != 0 {
		return errFailed
	}
	return nil
}

// Silent: the thousands of a code are its class.
func StopByClass(b []byte) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	switch r.Code / 1000 {
	case 0:
		return nil
	case 5:
		return r.collect()
	}
	if r.Code == 4100 {
		return fmt.Errorf("stop: refused: %s", r.Message)
	}
	return errFailed
}

// Silent: the last digits are, and a bit may be.
func StopByDigits(b []byte) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	if r.Code%100 == 0 && r.Code&4096 != 0 {
		return r.collect()
	}
	if r.Code != 0 {
		return errFailed
	}
	return nil
}

// Silent: the caller says with which code there is a detail.
func StopUnless(b []byte, partial Code) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	if r.Code == partial {
		return r.collect()
	}
	if r.Code != 0 {
		return errFailed
	}
	return nil
}

// Silent: the policy makes an error of a code, or none. Behind that nobody knows which codes are left.
func StopByError(b []byte, p policy) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	if err := p.Err(r.Code); err != nil {
		return err
	}
	if r.Code != 0 {
		return errFailed
	}
	return nil
}

// Silent: a local variable carries the test, and an operator takes part of it.
func StopByVariable(b []byte, p policy, strict bool) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	plain := strict && !p.HasDetail(r.Code)
	if !plain {
		return r.collect()
	}
	if r.Code != 0 {
		return errFailed
	}
	return nil
}

// Silent: a literal carries it.
func StopByLiteral(b []byte, p policy) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	plain := func() bool {
		if p.HasDetail(r.Code) {
			return false
		}
		return true
	}
	if !plain() {
		return r.collect()
	}
	if r.Code != 0 {
		return errFailed
	}
	return nil
}

// Silent: so does a function of the package, which gets the code.
func StopByHelper(b []byte, p policy) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	if !plain(p, r.Code) {
		return r.collect()
	}
	if r.Code != 0 {
		return errFailed
	}
	return nil
}

func plain(p policy, code Code) bool {
	if p.HasDetail(code) {
		return false
	}
	return true
}

// Silent: so does one that gets the response.
func StopByMethod(b []byte, p policy) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	if !r.plain(p) {
		return r.collect()
	}
	if r.Code != 0 {
		return errFailed
	}
	return nil
}

func (r *Batch) plain(p policy) bool { return !p.HasDetail(r.Code) }

// Silent: the detail is collected for the codes that have one, whatever happens behind that.
func StopAndCollect(b []byte, p policy) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	if p.HasDetail(r.Code) {
		note(r.Detail)
	}
	if r.Code != 0 {
		return errFailed
	}
	return nil
}

// Behind the wait both sides are one again, and nobody has looked at the detail on either.
func StopAndWait(b []byte, p policy) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	if p.Refused(r.Code) {
		time.Sleep(time.Second)
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}

// Silent: nobody says what is right for a code that the policy knows or doesn't. The wait ends the
// test, but nothing else has judged the code.
func StopAndTrust(b []byte, p policy) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	if p.Refused(r.Code) {
		log.Print("refused")
	}
	return nil
}

// A test within the failures tells some from others, and none of them looks at the detail.
func StopAndCount(b []byte, p policy, refused *int) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		if p.Refused(r.Code) {
			*refused++
		}
		return errFailed
	}
	return nil
}

// Silent: a turn of the loop ends on one side, and the next has another answer.
func StopAll(all [][]byte, p policy) error {
	for _, b := range all {
		r, err := batch(b)
		if err != nil {
			return err
		}
		if p.HasDetail(r.Code) {
			note(r.Detail)
			continue
		}
		if r.Code != 0 {
			return errFailed
		}
	}
	return nil
}

// Silent: asked again and again, until the policy is content.
func StopUntil(ask func() []byte, p policy) error {
	for {
		r, err := batch(ask())
		if err != nil {
			return err
		}
		if p.Refused(r.Code) {
			time.Sleep(time.Second)
			continue
		}
		if r.Code != 0 {
			return r.collect()
		}
		return nil
	}
}

// Silent: a panic owes nothing, and the other side is left with codes that nobody knows.
func StopOrPanic(b []byte, p policy) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	if p.HasDetail(r.Code) {
		panic("not here")
	}
	if r.Code != 0 {
		return errFailed
	}
	return nil
}

// Silent: a refused request has no task.
func Start(b []byte, p policy) (string, error) {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return "", err
	}
	if p.Refused(s.Code) {
		return "", errFailed
	}
	return s.RequestID, nil
}

// Silent: the set is the caller's.
func StartUnless(b []byte, fine map[Code]bool) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if !fine[s.Code] {
		return errFailed
	}
	return nil
}

// Silent: handed on, even where the test is not asked.
func StartQuietly(b []byte, p policy, verbose bool) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	refused := p.Refused(s.Code)
	if verbose && refused {
		log.Print("refused")
	}
	return nil
}

// Silent: the policy is told, whatever it does with it.
func StartNoted(b []byte, p policy) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	p.Note(s.Code)
	return nil
}

// Behind the wait both sides are one again: negative codes go the way of success.
func StartPositive(b []byte, p policy) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if p.Refused(s.Code) {
		time.Sleep(time.Second)
	}
	if s.Code > 0 { // want "result-nonzero-success"
		return errFailed
	}
	return nil
}

// Silent: an entry's code is judged by the policy in each turn.
func Failed(r *Batch, p policy) (failed []string) {
	for id, e := range r.Detail {
		if p.Refused(e.Code) {
			failed = append(failed, id)
		}
	}
	return failed
}

// Silent: the entry with this code is left out, others are judged by the policy.
func FailedBut(r *Batch, p policy) error {
	for id, e := range r.Detail {
		if e.Code == 4100 {
			continue
		}
		if p.Refused(e.Code) {
			return fmt.Errorf("%s: %s", id, e.Message)
		}
	}
	return nil
}

// Silent: texts and pointers found by the code decide, as the code would.
func StartByText(b []byte, texts map[Code]string, fatal []*Entry) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if texts[s.Code] != "" {
		return errFailed
	}
	if e := fatal[s.Code]; e != nil {
		return errFailed
	}
	return nil
}

// Silent: likewise, by a member of what is found, and by its length.
func StartByMember(b []byte, known map[Code]struct{ fatal bool }, next map[Code][]string) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if known[s.Code].fatal || len(next[s.Code]) > 0 {
		return errFailed
	}
	return nil
}

// A status holds a code, and knows its policy.
type status struct {
	code   Code
	policy policy
}

func (s status) hasDetail() bool { return s.policy.HasDetail(s.code) }

// Silent: what holds the code is asked.
func StopByStatus(b []byte, p policy) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	if s := (status{r.Code, p}); s.hasDetail() {
		return r.collect()
	}
	if r.Code != 0 {
		return errFailed
	}
	return nil
}

// Silent: a function value is asked.
func StopByFunction(b []byte, p policy) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	ask := p.HasDetail
	if ask(r.Code) {
		return r.collect()
	}
	if r.Code != 0 {
		return errFailed
	}
	return nil
}

// Silent: one case is the caller's.
func StopByCase(b []byte, partial Code) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	switch r.Code {
	case partial:
		return r.collect()
	case 0:
		return nil
	}
	return errFailed
}

// Silent: likewise, in any order: the last case is what neither side is known to be.
func StopByOtherCase(b []byte, partial Code) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	switch r.Code {
	case 0:
		return nil
	case partial:
		return r.collect()
	default:
		return errFailed
	}
}

// Silent: the answer is asked for again, as long as it is the one that the caller knows.
func StopWhile(ask func() []byte, pending Code) error {
	r, err := batch(ask())
	if err != nil {
		return err
	}
	for r.Code == pending {
		if r, err = batch(ask()); err != nil {
			return err
		}
	}
	return r.collect()
}

// Silent: some attempts, with the same answer.
func StartPatiently(b []byte, p policy) (string, error) {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return "", err
	}
	for range 3 {
		if !p.Refused(s.Code) {
			return s.RequestID, nil
		}
		time.Sleep(time.Second)
	}
	return "", errFailed
}

func oneOf(x Code, codes ...Code) bool {
	for _, c := range codes {
		if x == c {
			return true
		}
	}
	return false
}

// Silent: a loop looks for the code.
func StopByOneOf(b []byte) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	if oneOf(r.Code, 0, 5100, 5400) {
		return r.collect()
	}
	if r.Code != 4100 {
		log.Print(r.Message)
	}
	return errFailed
}

func in[T comparable](x T, all []T) bool {
	for _, y := range all {
		if x == y {
			return true
		}
	}
	return false
}

// Silent: likewise, a generic one.
func StopByIn(b []byte, partial []Code) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	if in(r.Code, partial) {
		return r.collect()
	}
	if r.Code != 0 {
		return errFailed
	}
	return nil
}

// Silent: the text of the code is asked, too.
func StopByText(b []byte) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	if text := fmt.Sprint(r.Code); text[0] == '5' {
		return r.collect()
	}
	if r.Code != 0 {
		return errFailed
	}
	return nil
}

// Silent: the error says what the policy makes of the code, and which one it is says more.
func StopByWhichError(b []byte, p policy) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	if errors.Is(p.Err(r.Code), errFailed) {
		return r.collect()
	}
	if r.Code != 0 {
		return errFailed
	}
	return nil
}

// Silent: a deferred literal asks the policy, and all failures are returned.
func StartDeferred(b []byte, p policy) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	defer func() {
		if p.Refused(s.Code) {
			log.Print("refused")
		}
	}()
	if s.Code != 0 {
		return errFailed
	}
	return nil
}
