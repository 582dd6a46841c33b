package batch

import (
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"
)

// The answer comes with the statement.
func WithStatement(c Client, ids []string) error {
	if r, err := c.Send("StopInstances", ids...); err != nil {
		return err
	} else if r.Code != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}

// Whatever else decides, the answer is there at the return.
func NotNil(r *Answer, ids []string) error {
	if len(ids) > 0 && r != nil && r.Code != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}

func Forced(c Client, force bool, ids []string) error {
	r, err := c.Send("StopInstances", ids...)
	if err != nil {
		return err
	}
	switch {
	case force:
		return nil
	case r.Code != 0: // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}

// What has to be done before the return is done.
func Locked(c Client, mu *sync.Mutex, ids []string) error {
	mu.Lock()
	r, err := c.Send("StopInstances", ids...)
	if err != nil {
		mu.Unlock()
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		mu.Unlock()
		return errFailed
	}
	mu.Unlock()
	return nil
}

func Sent(c Client, done chan<- bool, ids []string) error {
	r, err := c.Send("StopInstances", ids...)
	if err != nil {
		return err
	}
	if r.Code < 0 || r.Code > 0 { // want "batch-partial-as-failure"
		for range ids {
			done <- false
		}
		return errFailed
	}
	return nil
}

// What the variable has may be nil: errors.Join leaves it out.
func Variable(c Client, ids []string) (err error) {
	r, err := c.Send("StopInstances", ids...)
	if err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		err = errFailed
	}
	return err
}

// The error has a name, and its return none.
func Bare(c Client, ids []string) (n int, err error) {
	r, err := c.Send("StopInstances", ids...)
	if err != nil {
		return
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		err = newError(r.Code, r.Message)
		return // with what err says
	}
	return len(ids), nil
}

// The other results are as they are written, in whatever lines.
func Results[T any](b []byte, new T) (T, int, error) {
	var r Answer
	if err := json.Unmarshal(b, &r); err != nil {
		return new, 0, err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return new, len(r.Message), fmt.Errorf(
			"stop: %s",
			r.Message, // optional
		) // no more
	}
	return new, 0, nil
}

// The answer is the same in each turn.
func CopiedBefore(c Client, ids []string) error {
	r, err := c.Send("StopInstances", ids...)
	if err != nil {
		return err
	}
	code := r.Code // want "batch-partial-as-failure"
	for range ids {
		if code != 0 {
			return errFailed
		}
	}
	return nil
}

func Carried(c Client, ids []string) error {
	r, err := c.Send("StopInstances", ids...)
	if err != nil {
		return err
	}
	failed := r.Code != 0 // want "batch-partial-as-failure"
	if failed {
		return errFailed
	}
	return nil
}

// A total failure goes on as it did.
func RetryTotal(c Client, ids []string) error {
	for {
		r, err := c.Send("StopInstances", ids...)
		if err != nil {
			return err
		}
		switch r.Code { // want "batch-partial-as-failure"
		case 0:
			return nil
		case 5100:
			time.Sleep(time.Second)
			continue
		}
		return errFailed
	}
}

func Partial(c Client, ids []string) error {
	r, err := c.Send("StopInstances", ids...)
	if err != nil {
		return err
	}
	switch r.Code { // want "batch-partial-as-failure"
	case 0:
		return nil
	case 5100:
		return errors.New("all servers failed")
	case 5400:
		return errors.New("some servers failed")
	}
	return errFailed
}

// The names are those of something else here, or of what comes behind.
func Taken(c Client, ids []string) (errs error) {
	r, err := c.Send("StopInstances", ids...)
	if err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return fmt.Errorf("stop: %w", errFailed)
	}
	failures, e := 0, 1
	return newError(failures, fmt.Sprint(e))
}
