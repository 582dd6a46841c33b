package local

import "time"

// Functions that call each other in a circle: what they do is found out
// together.

// ---- right ----

// Silent: the response is returned, whichever of the two got it.
func (c *Client) tryNow(name string, n int) (*Result, error) {
	s, err := c.CreateRaw(name)
	if err != nil && n > 0 {
		return c.tryLater(name, n-1)
	}
	return s, err
}

// Silent: likewise.
func (c *Client) tryLater(name string, n int) (*Result, error) {
	time.Sleep(time.Second)
	return c.tryNow(name, n)
}

// Silent: likewise, with a code that is 0.
func (c *Client) tryCheckedNow(name string, n int) (*Result, error) {
	s, err := c.Create(name)
	if err != nil && n > 0 {
		return c.tryCheckedLater(name, n-1)
	}
	return s, err
}

// Silent: likewise.
func (c *Client) tryCheckedLater(name string, n int) (*Result, error) {
	time.Sleep(time.Second)
	return c.tryCheckedNow(name, n)
}

// Silent: either of the two lets only code 0 pass.
func (c *Client) EnsureTriedChecked(name string) error {
	_, err := c.tryCheckedLater(name, 3)
	return err
}

// Silent: a helper with a bool result. Which of the three decides depends on
// the number, and each knows 0 from the others.
func clean(code, n int) bool {
	if n == 0 {
		return code == 0
	}
	return tidy(code, n-1)
}

// Silent: the second of the three.
func tidy(code, n int) bool {
	if n == 0 {
		return !(code < 0 || code > 0)
	}
	return neat(code, n-1)
}

// Silent: the last of the three.
func neat(code, n int) bool {
	if n == 0 && code != 0 {
		return false
	}
	return n == 0 || clean(code, n-1)
}

// Silent: only code 0 is clean.
func (c *Client) CreateClean(name string) (string, error) {
	s, err := c.CreateRaw(name)
	if err != nil {
		return "", err
	}
	if !neat(s.Code, len(name)) {
		return "", errCreate
	}
	return s.RequestID, nil
}

// Silent: one of two that look at an entry in turns.
func firstOf(r *Batch, ids []string) bool {
	if len(ids) == 0 {
		return false
	}
	return r.Detail[ids[0]].Code != 0 || restOf(r, ids[1:])
}

// Silent: the other.
func restOf(r *Batch, ids []string) bool { return firstOf(r, ids) }

// Silent: the entries are inspected, one call after the other.
func (c *Client) StopFirstOf(ids []string) error {
	r, err := c.stop(ids)
	if err != nil {
		return err
	}
	if r.Code != 0 && r.Code != 5400 {
		return errRefused
	}
	if restOf(r, ids) {
		return errStop
	}
	return nil
}

// A visitor is called by those who call it.
type visitor interface {
	visit(r *Batch, depth int) bool
}

type looker struct{ next visitor }

// Silent: its only kind is this one, so that it calls itself.
func (l *looker) visit(r *Batch, depth int) bool {
	if depth == 0 {
		return r.Code == 0
	}
	return l.next.visit(r, depth-1)
}

// ---- wrong ----

// Neither of the two has looked at the code.
func (c *Client) EnsureTried(name string) error {
	_, err := c.tryLater(name, 3) // want "result-unchecked"
	return err
}

// Whoever asks the three learns that 5400 is not 0, and nothing else.
func (c *Client) StopClean(ids []string) error {
	r, err := c.stop(ids)
	if err != nil {
		return err
	}
	if !clean(r.Code, len(ids)) { // want "batch-partial-as-failure"
		return errStop
	}
	return nil
}

// Likewise with a visitor.
func (c *Client) StopVisited(v visitor, ids []string) error {
	r, err := c.stop(ids)
	if err != nil {
		return err
	}
	if !v.visit(r, len(ids)) { // want "batch-partial-as-failure"
		return errStop
	}
	return nil
}

// A code that only one of two refuses: negative codes pass when the number is odd.
func (c *Client) CreateEven(name string) (string, error) {
	s, err := c.CreateRaw(name)
	if err != nil {
		return "", err
	}
	if refusedEven(s.Code, len(name)) { // want "result-nonzero-success"
		return "", errCreate
	}
	return s.RequestID, nil
}

// Silent: a helper with a bool result.
func refusedEven(code, n int) bool {
	if n == 0 {
		return code != 0
	}
	return refusedOdd(code, n-1)
}

// Silent: likewise. What it lets through, its caller passes on.
func refusedOdd(code, n int) bool {
	if n == 0 {
		return code > 0
	}
	return refusedEven(code, n-1)
}
