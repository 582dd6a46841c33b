package local

import (
	"fmt"
	"net/url"

	"cross/local/die"
)

// ---- discarded results ----

// The result that nobody looks at may say that there is no task.
func (c *Client) EnsureRaw(name string) error {
	_, err := c.CreateRaw(name) // want "result-unchecked"
	return err
}

// Silent: a nil error of Create means code 0.
func (c *Client) Ensure(name string) error {
	_, err := c.Create(name)
	return err
}

// The same line over a wrapper of CreateRaw.
func (c *Client) EnsureWrappedRaw(name string) error {
	_, err := c.createWrappedRaw(name) // want "result-unchecked"
	return err
}

// Silent: a nil error of the wrapper means code 0.
func (c *Client) EnsureWrapped(name string) error {
	_, err := c.createWrapped(name)
	return err
}

// Silent: the response is returned.
func (c *Client) createWrappedRaw(name string) (*Result, error) {
	s, err := c.CreateRaw(name)
	if err != nil {
		return nil, fmt.Errorf("create %s: %w", name, err)
	}
	return s, nil
}

// Silent: the response is returned, and its code is 0.
func (c *Client) createWrapped(name string) (*Result, error) {
	s, err := c.Create(name)
	if err != nil {
		return nil, fmt.Errorf("create %s: %w", name, err)
	}
	return s, nil
}

// The error is wrapped where there is one; where there is none, nobody has
// looked at the code.
func (c *Client) EnsureAll(names []string) error {
	for _, name := range names {
		if _, err := c.CreateRaw(name); err != nil { // want "result-unchecked"
			return fmt.Errorf("ensure %s: %w", name, err)
		}
	}
	return nil
}

// Silent: Create looked at every code.
func (c *Client) EnsureAllChecked(names []string) error {
	for _, name := range names {
		if _, err := c.Create(name); err != nil {
			return fmt.Errorf("ensure %s: %w", name, err)
		}
	}
	return nil
}

// A batch that nobody looks at may be refused as a whole.
func (c *Client) StopBlindly(ids []string) error {
	_, err := c.stop(ids) // want "result-unchecked"
	return err
}

// The task ID of a result that nobody looked at is polled for ever.
func (c *Client) CreateAndWait(name string) error {
	s, err := c.CreateRaw(name) // want "result-unchecked"
	if err != nil {
		return err
	}
	return c.wait(s.RequestID)
}

// Silent: the task of a checked result exists.
func (c *Client) CreateCheckedAndWait(name string) error {
	s, err := c.Create(name)
	if err != nil {
		return err
	}
	return c.wait(s.RequestID)
}

// The decoder is two calls away, and so are the raw bytes.
func (c *Client) Rename(name string) error {
	body, err := c.post("ModifyLoadBalancer", url.Values{"loadBalancerName": {name}})
	if err != nil {
		return err
	}
	var s Result
	if err := decode(body, &s); err != nil { // want "result-unchecked"
		return err
	}
	return nil
}

// Silent: what the helper decoded is judged here.
func (c *Client) RenameChecked(name string) error {
	body, err := c.post("ModifyLoadBalancer", url.Values{"loadBalancerName": {name}})
	if err != nil {
		return err
	}
	var s Result
	if err := decode(body, &s); err != nil {
		return err
	}
	return s.Err()
}

// Silent: nothing signals success, the call is an attempt and no more.
func (c *Client) Warm() {
	c.CreateRaw("warm")
}

// Silent: a go statement hands on.
func (c *Client) EnsureLater(name string) error {
	go c.CreateRaw(name)
	return nil
}

// Silent: the result is returned together with the error.
func (c *Client) Relay(name string) (*Result, error) {
	return c.CreateRaw(name)
}

// ---- responses that come back from helpers ----

// Silent: the response is returned.
func logged(r *Batch) *Batch {
	logAnswer(r)
	return r
}

// Silent: the copy is returned.
func snapshot(r *Batch) Batch { return *r }

// Silent: the detail is returned.
func details(r *Batch) map[string]Item { return r.Detail }

// What comes back from the helper is what was put in; on the way it was printed.
func (c *Client) StopLogged(ids []string) error {
	r, err := c.stop(ids)
	if err != nil {
		return err
	}
	if r = logged(r); r.Code == 5100 { // want "batch-detail-shallow"
		return errStop
	}
	return nil
}

// A copy shares the duty.
func (c *Client) StopCopied(ids []string) error {
	r, err := c.stop(ids)
	if err != nil {
		return err
	}
	first := *r
	if first.Code == 5100 { // want "batch-partial-as-success"
		return errStop
	}
	return nil
}

// Silent: the copy is inspected, and shares the duty.
func (c *Client) StopSnapshot(ids []string) error {
	r, err := c.stop(ids)
	if err != nil {
		return err
	}
	if r.Code == 0 {
		return nil
	}
	s := snapshot(r)
	return fmt.Errorf("%w: %v", errStop, failedNames(&s))
}

// Silent: the entries are inspected, wherever they came from.
func (c *Client) StopDetails(ids []string) error {
	r, err := c.stop(ids)
	if err != nil {
		return err
	}
	for id, e := range details(r) {
		if e.Code != 0 {
			return fmt.Errorf("stop %s: %s", id, e.Message)
		}
	}
	return nil
}

// ---- helpers that keep it ----

// Silent: the response is stored where it outlives the function.
func (c *Client) keep(r *Batch) { c.last = r }

// Silent: the response is sent.
func publish(answers chan<- *Batch, r *Batch) { answers <- r }

// Silent: the helper keeps the response.
func (c *Client) StopKept(ids []string) error {
	r, err := c.stop(ids)
	if err != nil {
		return err
	}
	c.keep(r)
	if r.Code != 0 {
		return errStop
	}
	return nil
}

// Silent: the helper hands the response on.
func (c *Client) StopPublished(ids []string, answers chan<- *Batch) error {
	r, err := c.stop(ids)
	if err != nil {
		return err
	}
	publish(answers, r)
	if r.Code != 0 {
		return errStop
	}
	return nil
}

// PartialError carries the answer to whoever wants to know.
type PartialError struct{ Answer *Batch }

// Silent: the code is not judged here.
func (e *PartialError) Error() string { return e.Answer.Message }

// Silent: a helper that wraps the response into its error.
func partial(r *Batch) error {
	if r.Code != 0 {
		return &PartialError{Answer: r}
	}
	return nil
}

// Silent: the error of the helper has the response.
func (c *Client) StopPartial(ids []string) error {
	r, err := c.stop(ids)
	if err != nil {
		return err
	}
	return partial(r)
}

// ---- recursion ----

// Silent: the response is returned, whichever attempt gave it.
func (c *Client) attempt(name string, n int) (*Result, error) {
	s, err := c.CreateRaw(name)
	if err != nil && n > 0 {
		return c.attempt(name, n-1)
	}
	return s, err
}

// Silent: likewise, with a code that is 0.
func (c *Client) attemptChecked(name string, n int) (*Result, error) {
	s, err := c.Create(name)
	if err != nil && n > 0 {
		return c.attemptChecked(name, n-1)
	}
	return s, err
}

// None of the attempts has looked at the code.
func (c *Client) EnsureAttempts(name string) error {
	_, err := c.attempt(name, 3) // want "result-unchecked"
	return err
}

// Silent: each of the attempts has looked at the code.
func (c *Client) EnsureAttemptsChecked(name string) error {
	_, err := c.attemptChecked(name, 3)
	return err
}

// Silent: a helper with a bool result, and half of a pair. True means 0.
func settledEven(code, depth int) bool {
	if depth == 0 {
		return code == 0
	}
	return settledOdd(code, depth-1)
}

// Silent: the other half.
func settledOdd(code, depth int) bool {
	if depth == 0 {
		return code == 0
	}
	return settledEven(code, depth-1)
}

// Whichever of the two says it, true means code 0.
func (c *Client) StopSettled(ids []string) error {
	r, err := c.stop(ids)
	if err != nil {
		return err
	}
	if !settledEven(r.Code, len(ids)) { // want "batch-partial-as-failure"
		return errStop
	}
	return nil
}

// Silent: only code 0 gets past the two.
func (c *Client) CreateSettled(name string) (string, error) {
	s, err := c.CreateRaw(name)
	if err != nil {
		return "", err
	}
	if !settledOdd(s.Code, len(name)) {
		return "", errCreate
	}
	return s.RequestID, nil
}

// Silent: a helper with a bool result that inspects an entry in each call.
func anyOf(r *Batch, ids []string) bool {
	if len(ids) == 0 {
		return false
	}
	if r.Detail[ids[0]].Code != 0 {
		return true
	}
	return anyOf(r, ids[1:])
}

// Silent: the entries are inspected one call after the other.
func (c *Client) StopAnyOf(ids []string) error {
	r, err := c.stop(ids)
	if err != nil {
		return err
	}
	if r.Code != 0 && r.Code != 5400 {
		return errRefused
	}
	if anyOf(r, ids) {
		return errStop
	}
	return nil
}

// ---- functions that never return ----

// Silent: negative codes end in a panic, in a function of another package.
func (c *Client) CreateOrPanic(name string) error {
	s, err := c.CreateRaw(name)
	if err != nil {
		return err
	}
	if s.Code < 0 {
		die.Panicf("create %s: code %d", name, s.Code)
	}
	if s.Code > 0 {
		return errCreate
	}
	return nil
}

// Silent: only code 0 gets past the panic, two calls away.
func (c *Client) MustCreate(name string) string {
	s, err := c.CreateRaw(name)
	if err != nil {
		die.Panicf("create %s: %v", name, err)
	}
	if s.Code != 0 {
		die.Unreachable(s.Message)
	}
	return s.RequestID
}

// Silent: a path that ends in a panic owes nothing.
func (c *Client) MustStop(ids []string) {
	r, err := c.stop(ids)
	if err != nil {
		die.Panicf("stop: %v", err)
	}
	if r.Code != 0 {
		die.Panicf("stop: %s", r.Message)
	}
}

// The program ends without the names, and whoever runs it again stops the
// other instances twice.
func (c *Client) StopOrDie(ids []string) {
	r, err := c.stop(ids)
	if err != nil {
		die.Fatalf("stop: %v", err)
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		die.Fatalf("stop: %s", r.Message)
	}
}
