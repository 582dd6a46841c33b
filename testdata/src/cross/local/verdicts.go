package local

import (
	"encoding/json"
	"fmt"
	"log"
	"sort"
)

// ---- helpers that get only the code: the finding stands at the caller ----

// Silent: a helper that gets only the code. Nil means 0.
func check(code int, message string) error {
	if code != 0 {
		return fmt.Errorf("%s (code %d)", message, code)
	}
	return nil
}

// Silent: a helper that gets only the code. Nil means 0 and the negative
// ones; that matters where it is called.
func checkLoose(code int, message string) error {
	if code > 0 {
		return fmt.Errorf("%s (code %d)", message, code)
	}
	return nil
}

// Silent: nil of check means code 0.
func (c *Client) CreateChecked(name string) error {
	s, err := c.CreateRaw(name)
	if err != nil {
		return err
	}
	return check(s.Code, s.Message)
}

// Silent: past the check the code is 0, and the task exists.
func (c *Client) CreateCheckedTask(name string) (string, error) {
	s, err := c.CreateRaw(name)
	if err != nil {
		return "", err
	}
	if err := check(s.Code, s.Message); err != nil {
		return "", fmt.Errorf("create %s: %w", name, err)
	}
	return s.RequestID, nil
}

// Nil of checkLoose goes with negative codes, too.
func (c *Client) CreateCheckedLoose(name string) (string, error) {
	s, err := c.CreateRaw(name)
	if err != nil {
		return "", err
	}
	if err := checkLoose(s.Code, s.Message); err != nil { // want "result-nonzero-success"
		return "", err
	}
	return s.RequestID, nil
}

// The check is right for results. With 5400 of a batch nobody learns which
// instances failed.
func (c *Client) StopChecked(ids []string) error {
	r, err := c.stop(ids)
	if err != nil {
		return err
	}
	if err := check(r.Code, r.Message); err != nil { // want "batch-partial-as-failure"
		return err
	}
	return nil
}

// The loop behind the check sees nothing but successes.
func (c *Client) StopCheckedLoop(ids []string) error {
	r, err := c.stop(ids)
	if err != nil {
		return err
	}
	if err := check(r.Code, r.Message); err != nil { // want "batch-partial-as-failure"
		return err
	}
	for id, e := range r.Detail {
		if err := check(e.Code, e.Message); err != nil {
			return fmt.Errorf("stop %s: %w", id, err)
		}
	}
	return nil
}

// Silent: every entry's code goes through the check.
func (c *Client) StopCheckedEach(ids []string) error {
	r, err := c.stop(ids)
	if err != nil {
		return err
	}
	for id, e := range r.Detail {
		if err := check(e.Code, e.Message); err != nil {
			return fmt.Errorf("stop %s: %w", id, err)
		}
	}
	return check(r.Code, r.Message)
}

// ---- helpers that get entries ----

// Silent: it tells zero from the others.
func itemErr(id string, e Item) error {
	if e.Code != 0 {
		return fmt.Errorf("%s: %s", id, e.Message)
	}
	return nil
}

// 5100 is the batch's code, not an entry's.
func itemErrAll(id string, e Item) error {
	if e.Code == 5100 { // want "result-nonzero-success"
		return fmt.Errorf("%s: %s", id, e.Message)
	}
	return nil
}

// Silent: it tells zero from the others in every turn.
func firstFailure(detail map[string]Item) error {
	for id, e := range detail {
		if e.Code != 0 {
			return fmt.Errorf("%s: %s", id, e.Message)
		}
	}
	return nil
}

// Silent: likewise, by a helper for each entry.
func toErr(r *Batch) error {
	for id, e := range r.Detail {
		if err := itemErr(id, e); err != nil {
			return err
		}
	}
	return nil
}

// Silent: a helper with a string result that inspects the entries.
func failedNames(r *Batch) (names []string) {
	for id, e := range r.Detail {
		if e.Code != 0 {
			names = append(names, id)
		}
	}
	sort.Strings(names)
	return names
}

// Silent: the detail goes to a helper that inspects it.
func (c *Client) StopFirstFailure(ids []string) error {
	r, err := c.stop(ids)
	if err != nil {
		return err
	}
	if r.Code != 0 && r.Code != 5100 && r.Code != 5400 {
		return errRefused
	}
	return firstFailure(r.Detail)
}

// Silent: the helper inspects the entries (opt-in: batch-outer-unread).
func (c *Client) StopToErr(ids []string) error {
	r, err := c.stop(ids)
	if err != nil {
		return err
	}
	return toErr(r)
}

// Silent: the names of those that failed are in the error.
func (c *Client) StopNames(ids []string) error {
	r, err := c.stop(ids)
	if err != nil {
		return err
	}
	if r.Code != 0 {
		return fmt.Errorf("%w: %v", errStop, failedNames(r))
	}
	return nil
}

// Silent: what goes wrong with an entry is reported in itemErrAll.
func (c *Client) StopItems(ids []string) error {
	r, err := c.stop(ids)
	if err != nil {
		return err
	}
	for id, e := range r.Detail {
		if err := itemErrAll(id, e); err != nil {
			return err
		}
	}
	return nil
}

// ---- helpers that get the response and give a verdict ----

// Whoever calls it, exported as it is, hears that something failed and not
// what.
func (r *Batch) Err() error {
	if r.Code != 0 { // want "batch-partial-as-failure"
		return fmt.Errorf("%s (code %d)", r.Message, r.Code)
	}
	return nil
}

// Silent: its verdict is that of Err, which is reported.
func (c *Client) StopErr(ids []string) error {
	r, err := c.stop(ids)
	if err != nil {
		return err
	}
	return r.Err()
}

// Its only caller relays the verdict.
func verdict(r *Batch) error {
	if r.Code == 5100 { // want "batch-partial-as-success"
		return errStop
	}
	return nil
}

// Silent: the verdict is that of verdict, which is reported.
func (c *Client) StopVerdict(ids []string) error {
	r, err := c.stop(ids)
	if err != nil {
		return err
	}
	return verdict(r)
}

// Silent: it is unexported, and both of its callers inspect the detail.
func refusal(r *Batch) error {
	if r.Code != 0 {
		return fmt.Errorf("%w: %s", errRefused, r.Message)
	}
	return nil
}

// Silent: the entries are inspected where the helper says no.
func (c *Client) StopRefusal(ids []string) error {
	r, err := c.stop(ids)
	if err != nil {
		return err
	}
	if err := refusal(r); err != nil {
		return fmt.Errorf("%w: %v", err, failedNames(r))
	}
	return nil
}

// Silent: the entries are inspected before the helper is asked.
func (c *Client) StopRefusalLast(ids []string) error {
	r, err := c.stop(ids)
	if err != nil {
		return err
	}
	for id, e := range r.Detail {
		if e.Code != 0 {
			c.failed = append(c.failed, id)
		}
	}
	return refusal(r)
}

// One of its two callers doesn't inspect the detail.
func refusalOnce(r *Batch) error {
	if r.Code != 0 { // want "batch-partial-as-failure"
		return fmt.Errorf("%w: %s", errRefused, r.Message)
	}
	return nil
}

// Silent: the entries are inspected where the helper says no.
func (c *Client) StopRefusalOnce(ids []string) error {
	r, err := c.stop(ids)
	if err != nil {
		return err
	}
	if err := refusalOnce(r); err != nil {
		return fmt.Errorf("%w: %v", err, failedNames(r))
	}
	return nil
}

// Silent: the verdict is that of refusalOnce, which is reported.
func (c *Client) StopRefusalRelayed(ids []string) error {
	r, err := c.stop(ids)
	if err != nil {
		return err
	}
	return refusalOnce(r)
}

// Its address is taken: callers are not known.
func refusalTaken(r *Batch) error {
	if r.Code != 0 { // want "batch-partial-as-failure"
		return errRefused
	}
	return nil
}

// Silent: the function is kept in a variable, and no response is in sight.
var verdicts = map[string]func(*Batch) error{"refusal": refusalTaken}

// It gets the response and says nil for negative codes.
func created(s *Result) error {
	if s.Code > 0 { // want "result-nonzero-success"
		return errCreate
	}
	return nil
}

// Silent: the verdict is that of created, which is reported.
func (c *Client) CreateVerdict(name string) error {
	s, err := c.CreateRaw(name)
	if err != nil {
		return err
	}
	return created(s)
}

// Silent: nil means code 0.
func (s *Result) Err() error {
	if s.Code == 0 {
		return nil
	}
	return fmt.Errorf("%s (code %d)", s.Message, s.Code)
}

// Silent: nil of Err means code 0.
func (c *Client) CreateErr(name string) (string, error) {
	s, err := c.CreateRaw(name)
	if err != nil {
		return "", err
	}
	if err := s.Err(); err != nil {
		return "", err
	}
	return s.RequestID, nil
}

// ---- helpers without a result ----

// Nobody is told of 5400: what isn't 5100 passes for stopped.
func watchBatch(r *Batch) {
	if r.Code == 5100 { // want "batch-partial-as-success"
		alert("no instance stopped")
	}
}

// 4400 passes for created.
func watch(s *Result) {
	if s.Code == 5100 { // want "result-nonzero-success"
		alert("not created")
	}
}

// Silent: zero is told from the others.
func warn(s *Result) {
	if s.Code != 0 {
		alert(s.Message)
	}
}

// Silent: the code is judged after the helper has seen it.
func (c *Client) CreateWarns(name string) (string, error) {
	s, err := c.CreateRaw(name)
	if err != nil {
		return "", err
	}
	warn(s)
	if s.Code != 0 {
		return "", errCreate
	}
	return s.RequestID, nil
}

// Silent: the entries are inspected; watch and watchBatch have findings of
// their own.
func (c *Client) StopWatched(ids []string) error {
	r, err := c.stop(ids)
	if err != nil {
		return err
	}
	watchBatch(r)
	return toErr(r)
}

// Silent: the code is checked after watch.
func (c *Client) CreateWatched(name string) error {
	s, err := c.CreateRaw(name)
	if err != nil {
		return err
	}
	watch(s)
	return s.Err()
}

// ---- printers ----

// Silent: printing is not judging.
func logAnswer(r *Batch) { log.Printf("answer: %+v", r) }

// Silent: there is no response in sight.
func debugf(format string, args ...any) {
	log.Printf("debug: "+format, args...)
}

// Silent: encoding what only a printer gets is printing.
func dump(v any) {
	text, err := json.Marshal(v)
	if err != nil {
		return
	}
	log.Print(string(text))
}

// The wrapper prints the answer, and no program reads that.
func (c *Client) StopLogs(ids []string) error {
	r, err := c.stop(ids)
	if err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-detail-shallow"
		logAnswer(r)
		return errStop
	}
	return nil
}

// So does a wrapper of Printf.
func (c *Client) StopDebugs(ids []string) error {
	r, err := c.stop(ids)
	if err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-detail-shallow"
		debugf("stop %v: %v", ids, r.Detail)
		return errStop
	}
	return nil
}

// So does one that encodes before it prints.
func (c *Client) StopDumps(ids []string) error {
	r, err := c.stop(ids)
	if err != nil {
		return err
	}
	if !ok(r) { // want "batch-detail-shallow"
		dump(r)
		return errStop
	}
	return nil
}

// A printed result is as unchecked as before.
func (c *Client) CreateDumps(name string) error {
	s, err := c.CreateRaw(name) // want "result-unchecked"
	if err != nil {
		return err
	}
	dump(s)
	return nil
}

// Silent: the answer is printed, and the entries are inspected as well.
func (c *Client) StopLogsInspects(ids []string) error {
	r, err := c.stop(ids)
	if err != nil {
		return err
	}
	logAnswer(r)
	if r.Code != 0 {
		return fmt.Errorf("%w: %v", errStop, failedNames(r))
	}
	return nil
}

// Silent: a task ID that only a printer's wrapper gets has not left.
func (c *Client) CreateTraced(name string) {
	s, err := c.CreateRaw(name)
	if err != nil {
		debugf("create %s: %v", name, err)
		return
	}
	debugf("create %s: task %s", name, s.RequestID)
}
