package flow

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log"
)

// What comes out of the channel is a response whose detail is dropped here.
func WaitStopped(ctx context.Context, answers <-chan *Batch) error {
	select {
	case r := <-answers:
		if r.Code != 0 { // want "batch-partial-as-failure"
			return fmt.Errorf("stop: %s", r.Message)
		}
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Silent: the received response's entries are inspected.
func WaitStarted(ctx context.Context, answers <-chan *Batch) error {
	select {
	case r := <-answers:
		if r.Code == 0 {
			return nil
		}
		for id, e := range r.Detail {
			if e.Code != 0 {
				return fmt.Errorf("start %s: %s", id, e.Message)
			}
		}
		return errRefused
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Every turn receives another answer; what the last one said about single
// servers is gone.
func DrainStopped(answers <-chan Batch) {
	for r := range answers {
		if r.Code != 0 { // want "batch-partial-as-failure"
			log.Printf("stop: %s", r.Message)
		}
	}
}

// Silent: the response is sent to whoever listens.
func ForwardStopped(b []byte, answers chan<- Batch) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	answers <- r
	if r.Code != 0 {
		return errRefused
	}
	return nil
}

// Silent: a send in a select hands on as well, and giving up is an error.
func OfferStopped(ctx context.Context, b []byte, answers chan<- *Batch) error {
	r := new(Batch)
	if err := json.Unmarshal(b, r); err != nil {
		return err
	}
	select {
	case answers <- r:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Silent: a go statement hands its arguments on.
func StopInBackground(b []byte, audit func(Batch)) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	go audit(r)
	if r.Code != 0 {
		return errRefused
	}
	return nil
}

// Silent: a go statement hands on what its literal captures.
func StopAndNotify(b []byte, notify func(string)) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 {
		go func() {
			for id, e := range r.Detail {
				if e.Code != 0 {
					notify(id)
				}
			}
		}()
		return errRefused
	}
	return nil
}

// The task ID is sent to a worker that will wait for a task that was never
// started.
func QueueTask(b []byte, tasks chan<- string) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil { // want "result-unchecked"
		return err
	}
	tasks <- s.RequestID
	return nil
}

// A comma-ok receive is an origin too: with the channel open, a 5400 answer
// counts as done.
func NextStopped(answers <-chan *Batch) error {
	r, ok := <-answers
	if !ok {
		return errors.New("no more answers")
	}
	if r.Code == 5100 { // want "batch-partial-as-success"
		return errRefused
	}
	return nil
}

// Silent: the received single result is told apart from every failure.
func NextCreated(answers <-chan Result) (string, error) {
	s, ok := <-answers
	if !ok {
		return "", errors.New("no more answers")
	}
	if s.Code != 0 {
		return "", fmt.Errorf("create: %s", s.Message)
	}
	return s.RequestID, nil
}
