package local

import (
	"encoding/json"
	"fmt"
	"log"
)

// ---- callbacks ----

// Each calls a function with every entry.
//
// Silent: the entries are handed on.
func Each(r *Batch, fn func(id string, e Item) error) error {
	for id, e := range r.Detail {
		if err := fn(id, e); err != nil {
			return err
		}
	}
	return nil
}

// every is Each without errors.
//
// Silent: the entries are handed on.
func every(detail map[string]Item, fn func(id string, e Item)) {
	for id, e := range detail {
		fn(id, e)
	}
}

// Silent: the callback reads the code of every entry.
func (c *Client) StopEach(ids []string) error {
	r, err := c.stop(ids)
	if err != nil {
		return err
	}
	if r.Code != 0 && r.Code != 5100 && r.Code != 5400 {
		return errRefused
	}
	return Each(r, func(id string, e Item) error {
		if e.Code != 0 {
			return fmt.Errorf("stop %s: %s", id, e.Message)
		}
		return nil
	})
}

// Silent: the callback stores the names of those that failed.
func (c *Client) StopEvery(ids []string) error {
	r, err := c.stop(ids)
	if err != nil {
		return err
	}
	if r.Code == 0 {
		return nil
	}
	every(r.Detail, func(id string, e Item) {
		if e.Code != 0 {
			c.failed = append(c.failed, id)
		}
	})
	return errStop
}

// Silent: the callback is a function of the package that reads the code.
func (c *Client) StopEachNamed(ids []string) error {
	r, err := c.stop(ids)
	if err != nil {
		return err
	}
	if r.Code == 0 {
		return nil
	}
	if err := Each(r, itemErr); err != nil {
		return err
	}
	return errRefused
}

// The callback prints messages, and no program reads them.
func (c *Client) StopEachPrints(ids []string) error {
	r, err := c.stop(ids)
	if err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-detail-shallow"
		every(r.Detail, func(id string, e Item) {
			log.Printf("stop %s: %s", id, e.Message)
		})
		return errStop
	}
	return nil
}

// The callback reads the wrong code: 5100 is the batch's.
func (c *Client) StopEachAll(ids []string) error {
	r, err := c.stop(ids)
	if err != nil {
		return err
	}
	return Each(r, func(id string, e Item) error {
		if e.Code == 5100 { // want "result-nonzero-success"
			return fmt.Errorf("stop %s: %s", id, e.Message)
		}
		return nil
	})
}

// Silent: the callback comes from outside, and may read what it wants.
func (c *Client) StopVisit(ids []string, visit func(string, Item) error) error {
	r, err := c.stop(ids)
	if err != nil {
		return err
	}
	if err := Each(r, visit); err != nil {
		return err
	}
	if r.Code != 0 {
		return errStop
	}
	return nil
}

// retry calls a function until it succeeds.
//
// Silent: there is no response in sight.
func retry(n int, fn func() error) error {
	var err error
	for range n {
		if err = fn(); err == nil {
			return nil
		}
	}
	return err
}

// Silent: the literal tells zero from the others.
func (c *Client) CreateRetried(name string) error {
	return retry(3, func() error {
		s, err := c.CreateRaw(name)
		if err != nil {
			return err
		}
		if s.Code != 0 {
			return errCreate
		}
		return nil
	})
}

// Silent: Create looked at the code.
func (c *Client) EnsureRetried(name string) error {
	return retry(3, func() error {
		_, err := c.Create(name)
		return err
	})
}

// The literal takes any answer for a success, and nothing is tried again.
func (c *Client) EnsureRetriedRaw(name string) error {
	return retry(3, func() error {
		_, err := c.CreateRaw(name) // want "result-unchecked"
		return err
	})
}

// The next attempt stops those again that are stopped.
func (c *Client) StopRetried(ids []string) error {
	return retry(3, func() error {
		r, err := c.stop(ids)
		if err != nil {
			return err
		}
		if !ok(r) { // want "batch-partial-as-failure"
			return errStop
		}
		return nil
	})
}

// Silent: those that failed are tried again, by their names.
func (c *Client) StopRetriedRest(ids []string) error {
	return retry(3, func() error {
		r, err := c.stop(ids)
		if err != nil {
			return err
		}
		if ok(r) {
			return nil
		}
		ids = failedNames(r)
		return errStop
	})
}

// ---- method values ----

// A method value is the method.
func (c *Client) StopMethodValue(ids []string) error {
	r, err := c.stop(ids)
	if err != nil {
		return err
	}
	if failed := r.Failed; failed() { // want "batch-partial-as-failure"
		return errStop
	}
	return nil
}

// So is a method expression.
func (c *Client) StopMethodExpr(ids []string) error {
	r, err := c.stop(ids)
	if err != nil {
		return err
	}
	if (*Batch).Failed(r) { // want "batch-partial-as-failure"
		return errStop
	}
	return nil
}

// Silent: the method value says no to every code but 0.
func (c *Client) CreateMethodValue(name string) (string, error) {
	s, err := c.CreateRaw(name)
	if err != nil {
		return "", err
	}
	check := s.Err
	if err := check(); err != nil {
		return "", err
	}
	return s.RequestID, nil
}

// Silent: the method value takes the response with it.
func (c *Client) StopLater(ids []string, later func(func() error)) error {
	r, err := c.stop(ids)
	if err != nil {
		return err
	}
	later(r.Err)
	if r.Code == 5100 {
		return errStop
	}
	return nil
}

// A literal in a variable is called here: it is part of the function, and the
// finding stands where it reads the code.
func (c *Client) StopLiteral(ids []string) error {
	r, err := c.stop(ids)
	if err != nil {
		return err
	}
	done := func(b *Batch) bool { return b.Code == 0 } // want "batch-partial-as-failure"
	if !done(r) {
		return errStop
	}
	return nil
}

// Silent: the literal inspects the entries.
func (c *Client) StopLiteralInspects(ids []string) error {
	r, err := c.stop(ids)
	if err != nil {
		return err
	}
	names := func(b *Batch) (ids []string) {
		for id, e := range b.Detail {
			if e.Code != 0 {
				ids = append(ids, id)
			}
		}
		return ids
	}
	if !ok(r) {
		return fmt.Errorf("%w: %v", errStop, names(r))
	}
	return nil
}

// ---- deferred and goroutine closures ----

// Silent: the deferred literal inspects the entries.
func (c *Client) StopDeferred(ids []string) error {
	r, err := c.stop(ids)
	if err != nil {
		return err
	}
	defer func() {
		for id, e := range r.Detail {
			if e.Code != 0 {
				c.failed = append(c.failed, id)
			}
		}
	}()
	if r.Code != 0 {
		return errStop
	}
	return nil
}

// The deferred literal calls a printer's wrapper.
func (c *Client) StopDeferredLogs(ids []string) error {
	r, err := c.stop(ids)
	if err != nil {
		return err
	}
	defer func() { logAnswer(r) }()
	if r.Code != 0 { // want "batch-detail-shallow"
		return errStop
	}
	return nil
}

// Silent: the deferred method keeps the response.
func (c *Client) StopDeferredKeeps(ids []string) error {
	r, err := c.stop(ids)
	if err != nil {
		return err
	}
	defer c.keep(r)
	if r.Code != 0 {
		return errStop
	}
	return nil
}

// Silent: the goroutine has the response.
func (c *Client) StopInBackground(ids []string) error {
	r, err := c.stop(ids)
	if err != nil {
		return err
	}
	go func() {
		for id, e := range r.Detail {
			if e.Code != 0 {
				alert(id)
			}
		}
	}()
	if r.Code != 0 {
		return errStop
	}
	return nil
}

// What the goroutine gets itself it misreads: 4400 passes for created.
func (c *Client) CreateInBackground(name string) {
	go func() {
		s, err := c.CreateRaw(name)
		if err != nil {
			alert(err.Error())
			return
		}
		if codeOf(s) == 5100 { // want "result-nonzero-success"
			alert("not created: " + name)
		}
	}()
}

// ---- interfaces ----

// A creator has one implementation, and it is unexported: nobody else's can be
// meant.
type creator interface {
	createTask(name string) (*Result, error)
}

type rawCreator struct{ c *Client }

// Silent: the response is returned.
func (r rawCreator) createTask(name string) (*Result, error) { return r.c.CreateRaw(name) }

// The only implementation gives a result that nobody has looked at.
func ensureBy(by creator, name string) error {
	_, err := by.createTask(name) // want "result-unchecked"
	return err
}

// A checkedCreator has one implementation as well.
type checkedCreator interface {
	createChecked(name string) (*Result, error)
}

// Silent: the response is returned, and its code is 0.
func (c *Client) createChecked(name string) (*Result, error) { return c.Create(name) }

// Silent: the only implementation has looked at the code.
func ensureCheckedBy(by checkedCreator, name string) error {
	_, err := by.createChecked(name)
	return err
}

// A Stopper may be anything.
type Stopper interface {
	StopGroup(ids []string) (*Batch, error)
}

type stopNow struct{ c *Client }

// Silent: the response is returned.
func (s stopNow) StopGroup(ids []string) (*Batch, error) { return s.c.stop(ids) }

type stopNothing struct{ last *Batch }

// Silent: the response is returned.
func (s *stopNothing) StopGroup([]string) (*Batch, error) { return s.last, nil }

// Silent: with several implementations nothing is known to come unchecked.
func StopBy(by Stopper, ids []string) error {
	_, err := by.StopGroup(ids)
	return err
}

// Whoever stops them, the answer is judged here, and its detail is lost.
func StopByJudged(by Stopper, ids []string) error {
	r, err := by.StopGroup(ids)
	if err != nil {
		return err
	}
	if r.Failed() { // want "batch-partial-as-failure"
		return errStop
	}
	return nil
}

// Remote is implemented elsewhere.
type Remote interface {
	Create(name string) (*Result, error)
	Call(action string, out any) error
}

// Silent: an interface without an implementation is unknown.
func EnsureRemote(remote Remote, name string) error {
	_, err := remote.Create(name)
	return err
}

// Silent: whoever filled the result may have looked at it.
func CallRemote(remote Remote, action string) (string, error) {
	var s Result
	if err := remote.Call(action, &s); err != nil {
		return "", err
	}
	return s.RequestID, nil
}

// Silent: a function value from outside is unknown.
func EnsureWith(create func(string) (*Result, error), name string) error {
	_, err := create(name)
	return err
}

// ---- a client that probes ----

// checked decodes what has the code 0, and makes an error of the rest.
//
// Silent: decoding into memory that the caller owns hands on.
func checked(body []byte, out any) error {
	var probe struct {
		Code     int    `json:"code"`
		Message  string `json:"message"`
		CodeDesc string `json:"codeDesc"`
	}
	if err := json.Unmarshal(body, &probe); err != nil {
		return err
	}
	if probe.Code != 0 {
		return fmt.Errorf("%s (%s, code %d)", probe.Message, probe.CodeDesc, probe.Code)
	}
	return json.Unmarshal(body, out)
}

// Silent: what checked gives back has the code 0.
func Created(body []byte) (string, error) {
	var s Result
	if err := checked(body, &s); err != nil {
		return "", err
	}
	return s.RequestID, nil
}

// The loop sees nothing but successes: 5400 is an error that has no detail.
func Stopped(body []byte) error {
	var r Batch
	if err := checked(body, &r); err != nil { // want "batch-detail-unreachable"
		return err
	}
	return toErr(&r)
}

// The error of the probe is ignored, and the task may not exist.
func CreatedAnyway(body []byte) string {
	var s Result
	_ = checked(body, &s) // want "result-unchecked"
	return s.RequestID
}
