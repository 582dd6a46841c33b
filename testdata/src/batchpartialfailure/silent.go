package batchpartialfailure

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
)

// Silent: the error has the whole response.
func StopWithAnswer(c Client, ids []string) error {
	r, err := c.Send("StopInstances", ids...)
	if err != nil {
		return err
	}
	if r.Code != 0 {
		return &ServersError{Answer: r}
	}
	return nil
}

// Silent: the entries are inspected, and their errors joined.
func StopJoined(c Client, ids []string) error {
	r, err := c.Send("StopInstances", ids...)
	if err != nil {
		return err
	}
	if r.Code == 0 {
		return nil
	}
	errs := []error{fmt.Errorf("stop: %s", r.Message)}
	for id, e := range r.Detail {
		if e.Code != 0 {
			errs = append(errs, fmt.Errorf("server %s: %s", id, e.Message))
		}
	}
	return errors.Join(errs...)
}

// Silent: an error is built from the entries that failed.
func StopNamesFailed(c Client, ids []string) error {
	r, err := c.Send("StopInstances", ids...)
	if err != nil {
		return err
	}
	if r.Code != 0 {
		failed := &ServersError{}
		for id, e := range r.Detail {
			if e != nil && e.Code != 0 {
				failed.Failed = append(failed.Failed, id)
			}
		}
		return failed
	}
	return nil
}

// Silent: the response goes into the error, and so to the caller.
func answerError(r *Answer) error { return &ServersError{Answer: r} }

// Silent: the response is passed to a callee that is unknown here.
func StopConverted(c Client, ids []string) error {
	r, err := c.Send("StopInstances", ids...)
	if err != nil {
		return err
	}
	if r.Code != 0 {
		return answerError(r)
	}
	return nil
}

// Silent: the code and the detail are passed to a callee that is unknown here.
func StartConverted(c Client, ids []string, entriesError func(code int, detail map[string]*Entry) error) error {
	r, err := c.Send("StartInstances", ids...)
	if err != nil {
		return err
	}
	return entriesError(r.Code, r.Detail)
}

// Silent: each failed entry is handed to the callback.
func StopObserved(c Client, ids []string, failed func(id string, e *Entry)) error {
	r, err := c.Send("StopInstances", ids...)
	if err != nil {
		return err
	}
	if r.Code == 0 {
		return nil
	}
	for id, e := range r.Detail {
		if e.Code != 0 {
			failed(id, e)
		}
	}
	return ErrStop
}

// Silent: the caller gets the entries beside the error.
func StopEntries(c Client, ids []string) ([]ListEntry, error) {
	r, err := c.SendList("StopInstances", ids...)
	if err != nil {
		return nil, err
	}
	if r.Code != 0 {
		return r.Detail, ErrStop
	}
	return nil, nil
}

// Silent: only the servers that failed are stopped once more.
func StopRecursively(c Client, ids []string, attempts int) error {
	r, err := c.Send("StopInstances", ids...)
	if err != nil {
		return err
	}
	switch {
	case r.Code == 0:
		return nil
	case r.Code == 5400 && attempts > 0:
		var failed []string
		for id, e := range r.Detail {
			if e.Code != 0 {
				failed = append(failed, id)
			}
		}
		return StopRecursively(c, failed, attempts-1)
	}
	return &ServersError{Answer: r}
}

// Silent: a rejected request has no entries, and every other failure has them
// inspected.
func StopRejected(c Client, ids []string) error {
	r, err := c.SendList("StopInstances", ids...)
	if err != nil {
		return err
	}
	switch r.Code {
	case 0:
		return nil
	case 5100, 5400:
		for _, e := range r.Detail {
			if e.Code != 0 {
				return fmt.Errorf("stop %s: %s", e.ServerID, e.Message)
			}
		}
	}
	return fmt.Errorf("stop: %s", r.Message)
}

// Silent: known to be empty, the detail has nothing to tell.
func StopEmpty(c Client, ids []string) error {
	r, err := c.Send("StopInstances", ids...)
	if err != nil {
		return err
	}
	if r.Code == 0 {
		return nil
	}
	if r.Detail == nil {
		return fmt.Errorf("stop: %s", r.Message)
	}
	return &ServersError{Answer: r}
}

// Silent: ContainsFunc gets the detail, and a callee that is unknown may do
// anything with it.
func StopAny(c Client, ids []string) error {
	r, err := c.SendList("StopInstances", ids...)
	if err != nil {
		return err
	}
	if r.Code == 0 {
		return nil
	}
	if slices.ContainsFunc(r.Detail, func(e ListEntry) bool { return e.Code == 4400 }) {
		return errRetry
	}
	return ErrStop
}

// Silent: 5400 is told apart and inspected; the other failures have no
// successes among them.
func StartOthers(b []byte) error {
	var r StatusAnswer
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code == SomeFail {
		for id, e := range r.Detail {
			if e.Code != 0 {
				return fmt.Errorf("start %s: %s", id, e.Message)
			}
		}
	}
	if r.Code != Succeeded {
		return fmt.Errorf("start: status %d", r.Code)
	}
	return nil
}

// Silent: the nested entries are inspected.
func StartNestedInspected(b []byte) error {
	var r NestedAnswer
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code == 0 {
		return nil
	}
	for id, e := range r.Detail.Items {
		if e.Code != 0 {
			return fmt.Errorf("start %s: %s", id, e.Message)
		}
	}
	return &APIError{Code: r.Code, Message: r.Message}
}

// Silent: the struct that holds the entries is handed on with them.
func StartNestedHandedOn(b []byte, keep func(any)) error {
	var r NestedAnswer
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 {
		keep(r.Detail)
		return &APIError{Code: r.Code, Message: r.Message}
	}
	return nil
}

// Silent: every entry's code is read and used, for the worst of them.
func StopSummary(c Client, ids []string) (string, error) {
	r, err := c.SendList("StopInstances", ids...)
	if err != nil {
		return "", err
	}
	if r.Code == 0 {
		return "all stopped", nil
	}
	worst := 0
	for _, e := range r.Detail {
		worst = max(worst, e.Code)
	}
	return fmt.Sprintf("worst code %d", worst), ErrStop
}

// Silent: the detail goes into a channel for the one who watches.
func StopWatched(c Client, ids []string, details chan<- map[string]*Entry) error {
	r, err := c.Send("StopInstances", ids...)
	if err != nil {
		return err
	}
	if r.Code != 0 {
		details <- r.Detail
		return ErrStop
	}
	return nil
}

// OK is asked by the client's callers.
//
// Silent: a helper with a bool result and no error is never itself reported.
func (r *Answer) OK() bool { return r.Code == 0 }

// Describe puts an answer into words.
//
// Silent: a helper with a string result and no error is never itself reported.
func (r *ListAnswer) Describe() string {
	if r.Code != 0 {
		return "failed: " + r.Message
	}
	return "done"
}

// Trace is a helper without a result.
//
// Silent: zero is excluded on the path that it looks at, and told apart from
// the others.
func Trace(r *StatusAnswer, log func(Status)) {
	if r.Code != 0 {
		log(r.Code)
	}
}
