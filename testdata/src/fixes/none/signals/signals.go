// Package signals has functions that don't check what became of the items, and for which no test is right by
// construction.
package signals

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/aws/aws-sdk-go-v2/service/lambda"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
)

type queue struct {
	client *sqs.Client
	mu     sync.Mutex
	done   []string
	last   *sqs.DeleteMessageBatchOutput
}

func retry(f func() error) error { return f() }

func notFound(err error) bool { return err.Error() == "not found" }

func save(ids []string) error { return nil }

// No fix: there is no error result.
func (q *queue) NoError(ctx context.Context, in *sqs.DeleteMessageBatchInput) {
	if _, err := q.client.DeleteMessageBatch(ctx, in); err != nil { // want "result-unchecked"
		panic(err)
	}
}

// No fix: the call's error is not looked at.
func (q *queue) Ignored(ctx context.Context, in *sqs.DeleteMessageBatchInput) ([]string, error) {
	q.client.DeleteMessageBatch(ctx, in)           // want "result-unchecked"
	out, _ := q.client.DeleteMessageBatch(ctx, in) // want "result-unchecked"
	var ids []string
	for _, m := range out.Successful {
		ids = append(ids, *m.Id)
	}
	return nil, nil
}

// No fix: the call's error is no error of the function.
func (q *queue) Swallowed(ctx context.Context, in *sqs.DeleteMessageBatchInput) error {
	_, err := q.client.DeleteMessageBatch(ctx, in) // want "result-unchecked"
	if err != nil {
		return nil
	}
	return nil
}

// No fix: some errors are none.
func (q *queue) Tolerated(ctx context.Context, in *sqs.DeleteMessageBatchInput) error {
	_, err := q.client.DeleteMessageBatch(ctx, in) // want "result-unchecked"
	if err != nil && !notFound(err) {
		return err
	}
	return nil
}

// No fix: something has to be done before the error is returned.
func (q *queue) Unlocks(ctx context.Context, in *sqs.DeleteMessageBatchInput) error {
	q.mu.Lock()
	_, err := q.client.DeleteMessageBatch(ctx, in) // want "result-unchecked"
	if err != nil {
		q.mu.Unlock()
		return err
	}
	q.mu.Unlock()
	return nil
}

// No fix: the error path may repeat the call.
func (q *queue) Repeats(ctx context.Context, in *sqs.DeleteMessageBatchInput) error {
	for {
		_, err := q.client.DeleteMessageBatch(ctx, in) // want "result-unchecked"
		if err != nil {
			if notFound(err) {
				continue
			}
			return err
		}
		return nil
	}
}

// No fix: the literal may be repeated, with the messages that were deleted.
func (q *queue) Retried(ctx context.Context, in *sqs.DeleteMessageBatchInput) error {
	return retry(func() error {
		_, err := q.client.DeleteMessageBatch(ctx, in) // want "result-unchecked"
		return err
	})
}

// No fix: so may this one.
func (q *queue) RetriedLater(ctx context.Context, in *sqs.DeleteMessageBatchInput) error {
	op := func() error {
		_, err := q.client.DeleteMessageBatch(ctx, in) // want "result-unchecked"
		return err
	}
	return retry(op)
}

// No fix: one path looks at the failures.
func (q *queue) Sometimes(ctx context.Context, in *sqs.DeleteMessageBatchInput, strict bool) error {
	out, err := q.client.DeleteMessageBatch(ctx, in) // want "result-unchecked"
	if err != nil {
		return err
	}
	if strict {
		for _, m := range out.Failed {
			return errors.New(*m.Id)
		}
	}
	return nil
}

// Silent: whoever saves what was deleted may find out what was not.
func (q *queue) Saved(ctx context.Context, in *sqs.DeleteMessageBatchInput) error {
	out, err := q.client.DeleteMessageBatch(ctx, in)
	if err != nil {
		return err
	}
	var ids []string
	for _, m := range out.Successful {
		ids = append(ids, *m.Id)
	}
	return save(ids)
}

// No fix: a path leaves the loop before what was deleted is noted.
func (q *queue) Continues(ctx context.Context, all []*sqs.DeleteMessageBatchInput) error {
	for _, in := range all {
		out, err := q.client.DeleteMessageBatch(ctx, in) // want "result-unchecked"
		if err != nil {
			return err
		}
		if len(in.Entries) == 0 {
			continue
		}
		for _, m := range out.Successful {
			if *m.Id == "" {
				continue
			}
			q.done = append(q.done, *m.Id)
		}
		if out.Successful == nil {
			continue
		}
	}
	return nil
}

// No fix: a goto would jump over the new variable.
func (q *queue) Jumps(ctx context.Context, in *sqs.DeleteMessageBatchInput) error {
	n := 0
	if len(in.Entries) == 0 {
		goto end
	}
	if _, err := q.client.DeleteMessageBatch(ctx, in); err != nil { // want "result-unchecked"
		return err
	}
end:
	n++
	return nil
}

// No fix: there is no line for the test.
func (q *queue) OneLine(ctx context.Context, in *sqs.DeleteMessageBatchInput) func() error {
	fs := []func() error{func() error { _, err := q.client.DeleteMessageBatch(ctx, in); return err }} // want "result-unchecked"
	return fs[0]
}

// No fix: fmt is something else.
func (q *queue) Shadowed(ctx context.Context, in *sqs.DeleteMessageBatchInput) error {
	fmt := fmt.Sprint(in)
	if _, err := q.client.DeleteMessageBatch(ctx, in); err != nil { // want "result-unchecked"
		return errors.New(fmt)
	}
	return nil
}

// No fix: the other result is not known there.
func (q *queue) Inner(ctx context.Context, in *sqs.DeleteMessageBatchInput) (string, error) {
	if _, err := q.client.DeleteMessageBatch(ctx, in); err != nil { // want "result-unchecked"
		text := err.Error()
		return text, err
	}
	return "", nil
}

// No fix: the response is used elsewhere.
func (q *queue) Elsewhere(ctx context.Context, all []*sqs.DeleteMessageBatchInput) (string, error) {
	var out *sqs.DeleteMessageBatchOutput
	for _, in := range all {
		var err error
		out, err = q.client.DeleteMessageBatch(ctx, in) // want "result-unchecked"
		if err != nil {
			return "", err
		}
	}
	return *out.Successful[0].Id, nil
}

// No fix: the else branch is another way.
func (q *queue) Else(ctx context.Context, in *sqs.DeleteMessageBatchInput) error {
	if _, err := q.client.DeleteMessageBatch(ctx, in); err != nil { // want "result-unchecked"
		return err
	} else if len(in.Entries) > 10 {
		q.done = nil
	}
	return nil
}

// No fix: a function gives all results.
func (q *queue) AllResults(ctx context.Context, client *lambda.Client, in *lambda.InvokeInput) (int, error) {
	out, err := client.Invoke(ctx, in) // want "result-unchecked"
	if err != nil {
		return results(err)
	}
	return len(out.Payload), nil
}

func results(err error) (int, error) { return 0, err }

// No fix: nobody gets what a deferred call returns.
func (q *queue) Deferred(ctx context.Context, in *sqs.DeleteMessageBatchInput) error {
	defer q.client.DeleteMessageBatch(ctx, in) // want "result-unchecked"
	return nil
}

// No fix: nor what a call returns that is started.
func (q *queue) Started(ctx context.Context, in *sqs.DeleteMessageBatchInput) error {
	go q.client.DeleteMessageBatch(ctx, in) // want "result-unchecked"
	return nil
}
