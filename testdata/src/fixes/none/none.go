// Package none has functions that hide partial failures, and for which no loop
// is right by construction.
package none

import (
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"sync"
	"time"
)

// Entry is what happened to one server.
type Entry struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

// Answer keys the entries by server.
type Answer struct {
	Code    int              `json:"code"`
	Message string           `json:"message"`
	Detail  map[string]Entry `json:"detail"`
}

// Opaque does not say of what type its entries are.
type Opaque struct {
	Code     int            `json:"code"`
	CodeDesc string         `json:"codeDesc"`
	Detail   map[string]any `json:"detail"`
}

// AnyEntries have codes of no type.
type AnyEntries struct {
	Code     int                 `json:"code"`
	CodeDesc string              `json:"codeDesc"`
	Detail   map[string]AnyEntry `json:"detail"`
}

// AnyEntry has a code of no type.
type AnyEntry struct {
	Code any `json:"code"`
}

// Client sends one action.
type Client interface {
	Send(action string, ids ...string) (*Answer, error)
	Must(action string, ids ...string) *Answer
	Fail(message string) error
}

var errFailed = errors.New("servers failed")

// StopError is an error.
type StopError struct{ Code int }

func (e *StopError) Error() string { return fmt.Sprint(e.Code) }

// No fix: the request is meant to be repeated.
func Retry(c Client, ids []string) error {
	for {
		r, err := c.Send("StopInstances", ids...)
		if err != nil {
			return err
		}
		if r.Code == 0 { // want "batch-partial-as-failure"
			return nil
		}
		time.Sleep(time.Second)
	}
}

// No fix: the other answers are meant to be looked at.
func Collect(answers []Answer) error {
	var errs []error
	for _, r := range answers {
		if r.Code != 0 { // want "batch-partial-as-failure"
			errs = append(errs, errFailed)
		}
	}
	return errors.Join(errs...)
}

// No fix: where there is an error, there is no answer.
func OrError(c Client, ids []string) error {
	r, err := c.Send("StopInstances", ids...)
	if err != nil || r.Code != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}

// No fix: there may be no answer.
func OrNil(r *Answer) error {
	if r == nil || r.Code != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}

// No fix: with force, failures are meant to pass.
func Forced(c Client, force bool, ids []string) error {
	r, err := c.Send("StopInstances", ids...)
	if err != nil {
		return err
	}
	if r.Code != 0 && !force { // want "batch-partial-as-success"
		return errFailed
	}
	return nil
}

// No fix: the error is returned from a loop, which may have done anything.
func FromLoop(c Client, ids []string) error {
	r, err := c.Send("StopInstances", ids...)
	if err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-success"
		for _, id := range ids {
			return fmt.Errorf("%s: code %d", id, r.Code)
		}
	}
	return nil
}

// No fix: a failure is no error here.
func NoError(c Client, ids []string) error {
	r, err := c.Send("StopInstances", ids...)
	if err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-success"
		log.Printf("stop: code %d", r.Code)
		return nil
	}
	return nil
}

// No fix: there is no error result.
func Bool(c Client, ids []string) bool {
	r, err := c.Send("StopInstances", ids...)
	if err != nil {
		return false
	}
	if r.Code == 5100 { // want "batch-partial-as-success"
		return false
	}
	return true
}

// No fix: the error result is not the last one.
func ErrorFirst(c Client, ids []string) (error, int) {
	r, err := c.Send("StopInstances", ids...)
	if err != nil {
		return err, 0
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return errFailed, 0
	}
	return nil, 1
}

// No fix: the error result has a type of its own.
func Concrete(c Client, ids []string) *StopError {
	r := c.Must("StopInstances", ids...)
	if r.Code != 0 { // want "batch-partial-as-failure"
		return &StopError{r.Code}
	}
	return nil
}

// No fix: the entries have no type.
func OpaqueDetail(b []byte) error {
	var r Opaque
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}

// No fix: the entries' codes have no type.
func AnyCodes(b []byte) error {
	var r AnyEntries
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}

// No fix: there is code for the detail already.
func Shallow(c Client, ids []string) error {
	r, err := c.Send("StopInstances", ids...)
	if err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-detail-shallow"
		return fmt.Errorf("%d servers", len(r.Detail))
	}
	return nil
}

// No fix: the name of the package is taken.
func Shadowed(c Client, ids []string, fmt string) error {
	r, err := c.Send("StopInstances", ids...)
	if err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return errors.New(fmt)
	}
	return nil
}

// No fix: the name of the type is taken.
func ShadowedType(c Client, ids []string) (Entry, error) {
	type Entry int
	r, err := c.Send("StopInstances", ids...)
	if r.Code != 0 { // want "batch-partial-as-failure"
		return zero(errFailed)
	}
	return zero(err)
}

func zero(err error) (Entry, error) { return Entry{}, err }

// No fix: nil means something else here.
func ShadowedNil(b []byte, err error) (*Entry, error) {
	var r Answer
	if err := json.Unmarshal(b, &r); err != nil {
		return nil, err
	}
	nil := new(Entry)
	if r.Code != 0 { // want "batch-partial-as-failure"
		return nil, errFailed
	}
	return nil, err
}

// No fix: there is no name for the answer.
func Unnamed(c Client, ids []string) error {
	if c.Must("StopInstances", ids...).Code != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}

// No fix: the answer's name stands for another one by then.
func Replaced(c Client, ids []string) error {
	r := c.Must("StopInstances", ids...)
	code := r.Code // want "batch-partial-as-failure"
	r = c.Must("StartInstances", ids...)
	if code != 0 {
		return errFailed
	}
	return r.text()
}

func (r *Answer) text() error {
	if r.Message == "" {
		return nil
	}
	return errors.New(r.Message)
}

// No fix: the answer's name is taken by then.
func Hidden(c Client, ids []string) error {
	r := c.Must("StopInstances", ids...)
	code := r.Code // want "batch-partial-as-failure"
	{
		r := len(ids)
		if code != 0 {
			return fmt.Errorf("%d servers: code %d", r, code)
		}
	}
	return nil
}

// No fix: the statement has a label.
func Labelled(c Client, ids []string) error {
	r := c.Must("StopInstances", ids...)
decide:
	switch {
	case r.Code != 0: // want "batch-partial-as-success"
		for range ids {
			break decide
		}
		return errFailed
	}
	return nil
}

// No fix: jumps lead over the place, or back to it.
func Jumps(c Client, ids []string) error {
	r := c.Must("StopInstances", ids...)
	if len(ids) == 0 {
		goto done
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
done:
	return nil
}

// No fix: one of the ways to hide the failure does not come by the other.
func TwoWays(c Client, strict bool, ids []string) error {
	r, err := c.Send("StopInstances", ids...)
	if err != nil {
		return err
	}
	if strict {
		if r.Code != 0 { // want "batch-partial-as-failure"
			return errFailed
		}
	}
	if r.Code == 5100 { // want "batch-partial-as-success"
		return errFailed
	}
	return nil
}

// No fix: the comparison is in a literal, which returns to another function.
func InLiteral(c Client, ids []string) error {
	r := c.Must("StopInstances", ids...)
	failed := func() error {
		if r.Code != 0 { // want "batch-partial-as-failure"
			return errFailed
		}
		return nil
	}
	return failed()
}

// No fix: a total failure is meant to pass.
func TotalPasses(c Client, ids []string) error {
	r, err := c.Send("StopInstances", ids...)
	if err != nil {
		return err
	}
	switch r.Code { // want "batch-partial-as-failure"
	case 0, 5100:
		return nil
	}
	return errFailed
}

// No fix: the mutex would stay locked.
func Locked(c Client, mu *sync.Mutex, ids []string) error {
	mu.Lock()
	r := c.Must("StopInstances", ids...)
	if r.Code != 0 && r.Code != 5400 { // want "batch-partial-as-success"
		mu.Unlock()
		return errFailed
	}
	mu.Unlock()
	return nil
}

// No fix: the mutex would stay locked here as well.
func LockedBehind(c Client, mu *sync.Mutex, ids []string) error {
	mu.Lock()
	r := c.Must("StopInstances", ids...)
	if r.Code == 0 || r.Code == 5400 { // want "batch-partial-as-success"
		mu.Unlock()
		return nil
	}
	mu.Unlock()
	return errFailed
}

// No fix: the method may be a rollback.
func Method(c Client, ids []string) error {
	r := c.Must("StopInstances", ids...)
	if r.Code != 0 && r.Code != 5400 { // want "batch-partial-as-success"
		return c.Fail(r.Message)
	}
	return nil
}

// No fix: the channel would not get its value.
func Sent(c Client, done chan<- bool, ids []string) error {
	r := c.Must("StopInstances", ids...)
	if r.Code != 0 && r.Code != 5400 { // want "batch-partial-as-success"
		done <- false
		return errFailed
	}
	return nil
}

var last int

// No fix: the number would not be kept.
func Kept(c Client, ids []string) error {
	r := c.Must("StopInstances", ids...)
	if r.Code != 0 && r.Code != 5400 { // want "batch-partial-as-success"
		last = len(ids)
		return errFailed
	}
	return nil
}

// No fix: a failure that is neither partial nor total would pass, where it is not
// a matter of strictness.
func TwoFindings(c Client, strict bool, ids []string) error {
	r := c.Must("StopInstances", ids...)
	if r.Code == 5100 { // want "batch-partial-as-success"
		return errFailed
	}
	if strict && r.Code != 0 { // want "batch-partial-as-failure"
		return errors.New(r.Message)
	}
	return nil
}

// No fix: that the request was refused is dropped, and nobody has an error for that.
func Refused(c Client, ids []string) error {
	r := c.Must("StopInstances", ids...)
	switch r.Code { // want "batch-partial-as-failure"
	case 5100:
		return errFailed
	case 5400:
		return errors.New("some servers failed")
	}
	return nil
}

// No fix: with two returns, there would be two loops.
func TwoReturns(c Client, force bool, ids []string) error {
	r := c.Must("StopInstances", ids...)
	if r.Code != 0 { // want "batch-partial-as-failure"
		c.Fail(r.Message)
		if force {
			return errFailed
		}
		return errors.New(r.Message)
	}
	return nil
}

// No fix: the answer may be another one in the next turn.
func Assigned(c Client, ids []string) error {
	r := c.Must("StopInstances", ids...)
	code := r.Code // want "batch-partial-as-failure"
	for range ids {
		if code != 0 {
			return errFailed
		}
		r = c.Must("StartInstances", ids...)
	}
	return r.text()
}

// No fix: the name of the other package is taken.
func ShadowedErrors(c Client, errors []string) error {
	r := c.Must("StopInstances", errors...)
	if r.Code != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}

// No fix: somebody has other plans with append.
func ShadowedAppend(c Client, append bool, ids ...string) error {
	r := c.Must("StopInstances", ids...)
	if r.Code != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}
