package local

// ---- helpers with a bool or number result: never reported themselves ----

// Silent: a helper with a bool result. True means code 0.
func ok(r *Batch) bool { return r.Code == 0 }

// Silent: a helper that gets only the code. False means code 0.
func failed(code int) bool { return code != 0 }

// Silent: a helper that gets only the code. False means any code but the
// positive ones; that matters where it is called.
func positive(code int) bool { return code > 0 }

// Silent: a helper with a bool result. False means any code but 5100.
func allFailed(r *Batch) bool { return r.Code == 5100 }

// Silent: a helper with a bool result. False means 0 or 7001, which is named.
func rejected(code int) bool { return code != 0 && code != alreadyGone }

// Silent: a helper with a bool result; it inspects the entries.
func anyFailed(r *Batch) bool {
	for _, e := range r.Detail {
		if e.Code != 0 {
			return true
		}
	}
	return false
}

// Silent: a helper with a bool result that asks another one.
func broken(code int) bool {
	if positive(code) {
		return true
	}
	return false
}

// Silent: a helper with a number result, the code itself.
func codeOf(s *Result) int {
	if s == nil {
		return -1
	}
	return s.Code
}

// Silent: a helper with a number result. 0 means code 0.
func exitStatus(code int) int {
	if code == 0 {
		return 0
	}
	return 1
}

// Silent: a helper with a bool result.
func (r *Batch) Failed() bool { return r.Code != 0 }

// Silent: a helper with a bool result.
func (s Result) OK() bool { return s.Code == 0 }

// Silent: a helper with a bool result: OK, turned round.
func (s *Result) Bad() bool { return !s.OK() }

// ---- their callers ----

// The predicate tells 5400 from 0, and nobody learns which instances failed.
func (c *Client) StopOK(ids []string) error {
	r, err := c.stop(ids)
	if err != nil {
		return err
	}
	if !ok(r) { // want "batch-partial-as-failure"
		return errStop
	}
	return nil
}

// The same with a helper that gets only the code.
func (c *Client) StopFailed(ids []string) error {
	r, err := c.stop(ids)
	if err != nil {
		return err
	}
	if failed(r.Code) { // want "batch-partial-as-failure"
		return errStop
	}
	return nil
}

// The same with a method.
func (c *Client) StopFailedMethod(ids []string) error {
	r, err := c.stop(ids)
	if err != nil {
		return err
	}
	if r.Failed() { // want "batch-partial-as-failure"
		return errStop
	}
	return nil
}

// 5400 is not 5100: instances that still run pass for stopped.
func (c *Client) StopAllFailed(ids []string) error {
	r, err := c.stop(ids)
	if err != nil {
		return err
	}
	if allFailed(r) { // want "batch-partial-as-success"
		return errStop
	}
	return nil
}

// The count of entries includes those that succeeded.
func (c *Client) StopCounts(ids []string) (int, error) {
	r, err := c.stop(ids)
	if err != nil {
		return 0, err
	}
	if failed(r.Code) { // want "batch-detail-shallow"
		return len(r.Detail), errStop
	}
	return 0, nil
}

// Negative codes pass the helper.
func (c *Client) CreatePositive(name string) error {
	s, err := c.CreateRaw(name)
	if err != nil {
		return err
	}
	if positive(s.Code) { // want "result-nonzero-success"
		return errCreate
	}
	return nil
}

// Negative codes pass the helper that the helper asks.
func (c *Client) CreateBroken(name string) error {
	s, err := c.CreateRaw(name)
	if err != nil {
		return err
	}
	if broken(s.Code) { // want "result-nonzero-success"
		return errCreate
	}
	return nil
}

// The helper gives the code itself, and the comparison is here.
func (c *Client) CreateCodeOf(name string) error {
	s, err := c.CreateRaw(name)
	if err != nil {
		return err
	}
	if codeOf(s) == 5100 { // want "result-nonzero-success"
		return errCreate
	}
	return nil
}

// A refused request is passed for a created balancer, two helpers away.
func (c *Client) CreateDropped(name string) error {
	s, err := c.CreateRaw(name)
	if err != nil {
		return err
	}
	if s.Bad() {
		return nil // want "result-failure-dropped"
	}
	return c.wait(s.RequestID)
}

// The exit status tells 5400 from 0, and nobody learns which failed.
func (c *Client) StopStatus(ids []string) error {
	r, err := c.stop(ids)
	if err != nil {
		return err
	}
	if exitStatus(r.Code) != 0 { // want "batch-partial-as-failure"
		return errStop
	}
	return nil
}

// Silent: only code 0 gets past the predicate.
func (c *Client) CreateOK(name string) (string, error) {
	s, err := c.CreateRaw(name)
	if err != nil {
		return "", err
	}
	if !s.OK() {
		return "", errCreate
	}
	return s.RequestID, nil
}

// Silent: only code 0 gets past the two predicates.
func (c *Client) CreateBad(name string) (string, error) {
	s, err := c.CreateRaw(name)
	if err != nil {
		return "", err
	}
	if s.Bad() {
		return "", errCreate
	}
	return s.RequestID, nil
}

// Silent: the variable carries what the helper said.
func (c *Client) CreateFlag(name string) error {
	s, err := c.CreateRaw(name)
	if err != nil {
		return err
	}
	bad := failed(s.Code)
	c.failed = nil
	if bad {
		return errCreate
	}
	return nil
}

// Silent: 7001 is a tolerated value, in the helper as well.
func (c *Client) DeleteRejected(name string) error {
	s, err := c.CreateRaw(name)
	if err != nil {
		return err
	}
	if rejected(s.Code) {
		return errRefused
	}
	return nil
}

// Silent: the helper inspects the entries.
func (c *Client) StopAnyFailed(ids []string) error {
	r, err := c.stop(ids)
	if err != nil {
		return err
	}
	if ok(r) {
		return nil
	}
	if anyFailed(r) {
		return errStop
	}
	return errRefused
}

// Silent: what the predicate leaves open is inspected here.
func (c *Client) StopInspects(ids []string) ([]string, error) {
	r, err := c.stop(ids)
	if err != nil {
		return nil, err
	}
	if ok(r) {
		return nil, nil
	}
	var names []string
	for id, e := range r.Detail {
		if failed(e.Code) {
			names = append(names, id)
		}
	}
	return names, errStop
}

// Silent: the code comes through the helper, and only 0 passes.
func (c *Client) CreateCodeOfZero(name string) error {
	s, err := c.CreateRaw(name)
	if err != nil {
		return err
	}
	if codeOf(s) != 0 {
		return errCreate
	}
	return nil
}

// Silent: 0 of the helper means code 0.
func (c *Client) CreateStatus(name string) error {
	s, err := c.CreateRaw(name)
	if err != nil {
		return err
	}
	if exitStatus(s.Code) == 1 {
		return errCreate
	}
	return nil
}

// Silent: true means code 0, and false is returned for every other.
func (c *Client) Created(name string) bool {
	s, err := c.CreateRaw(name)
	return err == nil && s.OK()
}

// Silent: the verdict belongs to a function value from outside.
func (c *Client) CreateJudgedBy(name string, good func(int) bool) error {
	s, err := c.CreateRaw(name)
	if err != nil {
		return err
	}
	if !good(s.Code) {
		return errCreate
	}
	return nil
}
