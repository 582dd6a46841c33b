package batch

import (
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"log/slog"
	"os"
	"strings"
	"sync"
)

func Stop(c Client, ids []string) error {
	r, err := c.Send("StopInstances", ids...)
	if err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return fmt.Errorf("stop: %s (code %d)", r.Message, r.Code)
	}
	return nil
}

func Start(c Client, ids []string) error {
	r, err := c.Send("StartInstances", ids...)
	if err != nil {
		return err
	}
	if r.Code == 5100 { // want "batch-partial-as-success"
		return errFailed
	}
	return nil
}

// The results are named; the error is returned explicitly all the same.
func Reset(c Client, ids []string) (task string, n int, err error) {
	r, err := c.Send("ResetInstances", ids...)
	if err != nil {
		return "", 0, err
	}
	if r.Code != 0 && r.Code != 5400 { // want "batch-partial-as-success"
		err = newError(r.Code, r.Message)
		return
	}
	return r.RequestID, len(ids), nil
}

// All kinds of results have a zero value.
func Zeros(b []byte) (bool, float64, *Answer, []string, map[string]int, func(), any, Entry, [2]int, error, chan int, os.FileMode, error) {
	var r Answer
	if err := json.Unmarshal(b, &r); err != nil {
		return false, 0, nil, nil, nil, nil, nil, Entry{}, [2]int{}, nil, nil, 0, err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return false, 0, nil, nil, nil, nil, nil, Entry{}, [2]int{}, nil, nil, 0, errFailed
	}
	return true, 1, nil, nil, nil, nil, nil, Entry{}, [2]int{}, nil, nil, 0, nil
}

// A type parameter's zero value is that of a new variable.
func Generic[T any](b []byte, ok T) (T, error) {
	var zero T
	var r Answer
	if err := json.Unmarshal(b, &r); err != nil {
		return zero, err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return zero, errFailed
	}
	return ok, nil
}

// The loop goes before the switch.
func Switch(c Client, ids []string) error {
	r, err := c.Send("StartInstances", ids...)
	if err != nil {
		return err
	}
	switch r.Code { // want "batch-partial-as-failure"
	case 0:
		return nil
	case 5100, 5400:
		return errors.New("start: servers failed")
	default:
		return errors.New("start: request failed")
	}
}

// The way to the error is behind the switch.
func SwitchThen(c Client, ids []string) error {
	r, err := c.Send("StartInstances", ids...)
	if err != nil {
		return err
	}
	switch code := r.Code; code { // want "batch-partial-as-failure"
	case 0:
		return nil
	}
	log.Printf("start: code %d", r.Code)
	return errFailed
}

func Tagless(c Client, ids []string) error {
	r, err := c.Send("StartInstances", ids...)
	if err != nil {
		return err
	}
	switch {
	case r.Code == 0:
		return nil
	case r.Code == 5100: // want "batch-partial-as-failure"
		return errFailed
	}
	return newError(r.Code, r.Message)
}

// The loop goes before the whole chain.
func Chain(c Client, ids []string) error {
	r, err := c.Send("StartInstances", ids...)
	if err != nil {
		return err
	}
	if r.Code == 0 {
		return nil
	} else if r.Code == 5100 { // want "batch-partial-as-failure"
		return errFailed
	} else {
		return errors.New(r.Message)
	}
}

func Init(c Client, ids []string) error {
	r, err := c.Send("StartInstances", ids...)
	if err != nil {
		return err
	}
	if code := r.Code; code != 0 { // want "batch-partial-as-failure"
		return fmt.Errorf("start: code %d", code)
	}
	return nil
}

func Copy(c Client, ids []string) error {
	r, err := c.Send("StartInstances", ids...)
	if err != nil {
		return err
	}
	code := r.Code // want "batch-partial-as-failure"
	log.Printf("start: code %d", code)
	if code != 0 {
		return fmt.Errorf("start: code %d", code)
	}
	return nil
}

// The comment stays with its statement.
func Commented(c Client, ids []string) error {
	r, err := c.Send("StartInstances", ids...)
	if err != nil {
		return err
	} // not this one

	// A code other than 0 is a failure.
	// It says so in the manual.
	if r.Code != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}

// Names that mean something already are left alone.
func Names(c Client, id string, e int) error {
	r, err := c.Send("StartInstances", id)
	if err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return fmt.Errorf("%s, %d: code %d", id, e, r.Code)
	}
	return nil
}

// The loop goes before the inner statement: there the code is not 0.
func Nested(c Client, ids []string) error {
	r, err := c.Send("StartInstances", ids...)
	if err != nil {
		return err
	}
	if r.Code != 0 {
		log.Printf("start: %s", r.Message)
		if r.Code == 5100 { // want "batch-partial-as-failure"
			return errFailed
		}
		return errors.New(r.Message)
	}
	return nil
}

// The first failed response ends the loop with an error anyway.
func Groups(c Client, groups [][]string) error {
	for _, ids := range groups {
		r, err := c.Send("StopInstances", ids...)
		if err != nil {
			return err
		}
		if r.Code != 0 { // want "batch-partial-as-failure"
			return fmt.Errorf("stop %v: code %d", ids, r.Code)
		}
	}
	return nil
}

func Case(c Client, action string, ids []string) error {
	switch action {
	case "stop":
		r, err := c.Send("StopInstances", ids...)
		if err != nil {
			return err
		}
		if r.Code != 0 { // want "batch-partial-as-failure"
			return errFailed
		}
	}
	return nil
}

func Select(c Client, stop <-chan []string) error {
	select {
	case ids := <-stop:
		r, err := c.Send("StopInstances", ids...)
		if err != nil {
			return err
		}
		if r.Code != 0 { // want "batch-partial-as-failure"
			return errFailed
		}
	default:
	}
	return nil
}

// The literal has the error result.
func Literal(c Client, ids []string) func() (int, error) {
	return func() (int, error) {
		r, err := c.Send("StopInstances", ids...)
		if err != nil {
			return 0, err
		}
		if r.Code != 0 { // want "batch-partial-as-failure"
			return 0, errFailed
		}
		return len(ids), nil
	}
}

func InEnvelope(b []byte) error {
	var env Envelope
	if err := json.Unmarshal(b, &env); err != nil {
		return err
	}
	if env.Response.Code != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}

func Indexed(answers []Answer) error {
	for i := range answers {
		if answers[i].Code != 0 { // want "batch-partial-as-failure"
			return errFailed
		}
	}
	return nil
}

// Err gives the verdict of all callers.
func (r *Answer) Err() error {
	if r.Code != 0 { // want "batch-partial-as-failure"
		return &APIError{Code: r.Code, Message: r.Message}
	}
	return nil
}

func Dereferenced(p *Answer) error {
	if (*p).Code != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}

// What is on the way to the error makes it and logs it, and does nothing else.
func Quiet(c Client, ids []string) error {
	r, err := c.Send("StopInstances", ids...)
	if err != nil {
		return err
	}
	tries := 0
	switch {
	case r.Code < 0 || r.Code > 0: // want "batch-partial-as-failure"
		var reason string
		tries++
		if message := strings.TrimSpace(r.Message); message == "" {
			reason = "no reason"
		} else {
			reason = message
		}
		if len(ids) == 0 {
			panic("no servers")
		}
		fmt.Printf("stop: %s, %d tries\n", reason, tries)
		slog.Error("stop failed", "code", r.Code)
		return fmt.Errorf("stop %s: %w: %w", string(reason), newError(r.Code, errFailed.Error()), errFailed)
	}
	return nil
}

// A deferred unlock is no obstacle.
func Deferred(c Client, mu *sync.Mutex, ids []string) error {
	mu.Lock()
	defer mu.Unlock()
	r, err := c.Send("StopInstances", ids...)
	if err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return &APIError{r.Code, r.Message}
	}
	return nil
}

// The function that makes the error returns it, or what may be nil.
func Constructed(c Client, ids []string) error {
	r, err := c.Send("StopInstances", ids...)
	if err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return newError(r.Code, r.Message)
	}
	return nil
}
