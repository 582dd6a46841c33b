package signals

import (
	"context"
	"errors"
	"log"
	"net/http"
	"sync"

	"github.com/aws/aws-sdk-go-v2/service/sqs"
)

// A failed call owes no check of its output. These functions test the call's error where it is kept: in a field, a captured
// variable or an element. Or a helper tests it.

type sticky struct {
	c   *sqs.Client
	err error
	n   int
}

// Silent: the error is kept in a field, and tested there.
func (s *sticky) send(ctx context.Context, in *sqs.SendMessageBatchInput) {
	var out *sqs.SendMessageBatchOutput
	out, s.err = s.c.SendMessageBatch(ctx, in)
	if s.err != nil {
		return
	}
	if len(out.Failed) > 0 {
		s.err = errors.New("some failed")
	}
}

// Nobody asks for the error, and nobody for the failures.
func (s *sticky) sendBlindly(ctx context.Context, in *sqs.SendMessageBatchInput) {
	_, s.err = s.c.SendMessageBatch(ctx, in) // want `result-unchecked`
	s.n++
}

// Silent: the variable of the function around has the error.
func captured(ctx context.Context, c *sqs.Client, in *sqs.SendMessageBatchInput) error {
	var err error
	var wait sync.WaitGroup
	wait.Go(func() {
		var out *sqs.SendMessageBatchOutput
		if out, err = c.SendMessageBatch(ctx, in); err != nil {
			return
		}
		if len(out.Failed) > 0 {
			err = errors.New("some failed")
		}
	})
	wait.Wait()
	return err
}

// Silent: each goroutine has its element.
func elementErrors(ctx context.Context, c *sqs.Client, ins []*sqs.SendMessageBatchInput) []error {
	errs := make([]error, len(ins))
	var wait sync.WaitGroup
	for i := range ins {
		wait.Go(func() {
			var out *sqs.SendMessageBatchOutput
			out, errs[i] = c.SendMessageBatch(ctx, ins[i])
			if errs[i] != nil {
				return
			}
			if len(out.Failed) > 0 {
				errs[i] = errors.New("some failed")
			}
		})
	}
	wait.Wait()
	return errs
}

type jobToSend struct {
	in     *sqs.SendMessageBatchInput
	err    error
	failed int
}

// Silent: a field of an element, in a loop.
func jobsToSend(ctx context.Context, c *sqs.Client, jobs []jobToSend) {
	for i := range jobs {
		j := &jobs[i]
		var out *sqs.SendMessageBatchOutput
		if out, j.err = c.SendMessageBatch(ctx, j.in); j.err != nil {
			continue
		}
		j.failed = len(out.Failed)
	}
}

// Silent: a helper asks.
func handler(c *sqs.Client) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		out, err := c.SendMessageBatch(r.Context(), &sqs.SendMessageBatchInput{})
		if refused(w, "sending", err) {
			return
		}
		if len(out.Failed) > 0 {
			http.Error(w, "some failed", http.StatusBadGateway)
		}
	}
}

func refused(w http.ResponseWriter, what string, err error) bool {
	if err != nil {
		log.Println(what, err)
		http.Error(w, err.Error(), http.StatusBadGateway)
		return true
	}
	return false
}

// A test that finds no error ends the excuse.
func testedAfterAll(ctx context.Context, c *sqs.Client, s *sticky, in *sqs.SendMessageBatchInput) {
	_, err := c.SendMessageBatch(ctx, in) // want `result-unchecked`
	s.err = err
	if s.n > 0 {
		log.Println("again")
	}
	if err != nil {
		return
	}
	s.n++
}

// A helper in another file drops the output.
func droppedElsewhere(ctx context.Context, c *sqs.Client, in *sqs.SendMessageBatchInput) error {
	return dropOutput(c.SendMessageBatch(ctx, in)) // want `before (the return on )?line \d+ of interfaces\.go`
}
