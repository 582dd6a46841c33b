// Package wrapper wraps calls of an SDK for packages that do not import it.
package wrapper

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
	"github.com/aws/aws-sdk-go-v2/service/sqs/types"
)

var errFailed = errors.New("not sent")

// A Queue sends messages.
type Queue struct {
	client *sqs.Client
	last   *sqs.SendMessageBatchOutput

	Broken bool
}

// Silent: the caller has the output.
func (q *Queue) Send(ctx context.Context, in *sqs.SendMessageBatchInput) (*sqs.SendMessageBatchOutput, error) {
	out, err := q.client.SendMessageBatch(ctx, in)
	if err != nil {
		return nil, fmt.Errorf("send: %w", err)
	}
	return out, nil
}

// Silent: the failures are an error.
func (q *Queue) SendAll(ctx context.Context, in *sqs.SendMessageBatchInput) (*sqs.SendMessageBatchOutput, error) {
	out, err := q.client.SendMessageBatch(ctx, in)
	if err != nil {
		return nil, err
	}
	if len(out.Failed) > 0 {
		return nil, fmt.Errorf("%d messages were not sent", len(out.Failed))
	}
	return out, nil
}

// Silent: the caller has the failures.
func (q *Queue) Failures(ctx context.Context, in *sqs.SendMessageBatchInput) ([]types.BatchResultErrorEntry, error) {
	out, err := q.client.SendMessageBatch(ctx, in)
	if err != nil {
		return nil, err
	}
	return out.Failed, nil
}

// Silent: the output is in what is returned.
func (q *Queue) SendAny(ctx context.Context, in *sqs.SendMessageBatchInput) (any, error) {
	out, err := q.client.SendMessageBatch(ctx, in)
	if err != nil {
		return nil, err
	}
	return out, nil
}

// A Report has the output.
type Report struct{ Out *sqs.SendMessageBatchOutput }

// Silent: likewise.
func (q *Queue) Report(ctx context.Context, in *sqs.SendMessageBatchInput) (*Report, error) {
	out, err := q.client.SendMessageBatch(ctx, in)
	if err != nil {
		return nil, err
	}
	return &Report{out}, nil
}

// Check gives a verdict.
func Check(out *sqs.SendMessageBatchOutput) error {
	if out == nil || len(out.Failed) == 0 {
		return nil
	}
	return fmt.Errorf("%d messages were not sent", len(out.Failed))
}

// Note only prints.
func Note(out *sqs.SendMessageBatchOutput) {
	log.Printf("sent: %v", out)
}

// NoteEach prints what was sent, and how many failed.
func NoteEach(out *sqs.SendMessageBatchOutput) {
	for _, m := range out.Successful {
		log.Print(*m.Id)
	}
	log.Printf("%d failed", len(out.Failed))
}

// NoteAny prints anything.
func NoteAny[T any](v T) { log.Print(v) }

// A Log prints.
type Log struct{ Name string }

// Note prints the output as JSON.
func (l *Log) Note(out *sqs.SendMessageBatchOutput) {
	text, _ := json.Marshal(out)
	log.Print(l.Name, string(text))
}

// Silent: whoever gets the messages that were sent can find out which were not.
func (q *Queue) Partly(ctx context.Context, in *sqs.SendMessageBatchInput) ([]types.SendMessageBatchResultEntry, error) {
	out, err := q.client.SendMessageBatch(ctx, in)
	if err != nil {
		return nil, err
	}
	return out.Successful, nil
}

// Silent: whoever has the queue has the output.
func (q *Queue) Keep(ctx context.Context, in *sqs.SendMessageBatchInput) (err error) {
	q.last, err = q.client.SendMessageBatch(ctx, in)
	return err
}

// Silent: the caller has a list of those that failed.
func (q *Queue) FailedIDs(ctx context.Context, in *sqs.SendMessageBatchInput) ([]string, error) {
	out, err := q.client.SendMessageBatch(ctx, in)
	if err != nil {
		return nil, err
	}
	var failed []string
	for _, f := range out.Failed {
		failed = append(failed, *f.Id)
	}
	return failed, nil
}

// Silent: likewise.
func (q *Queue) FailedErrors(ctx context.Context, in *sqs.SendMessageBatchInput) (errs []error, err error) {
	out, err := q.client.SendMessageBatch(ctx, in)
	if err != nil {
		return nil, err
	}
	errs = make([]error, 0, len(out.Failed))
	for _, f := range out.Failed {
		errs = append(errs, fmt.Errorf("%s: %s", *f.Id, aws.ToString(f.Message)))
	}
	return errs, err
}

// Silent: which ones it keeps is a choice.
func (q *Queue) Throttled(ctx context.Context, in *sqs.SendMessageBatchInput) ([]string, error) {
	out, err := q.client.SendMessageBatch(ctx, in)
	if err != nil {
		return nil, err
	}
	var failed []string
	for _, f := range out.Failed {
		if *f.Code == "Throttled" {
			failed = append(failed, *f.Id)
		}
	}
	return failed, nil
}

// Silent: the failures are logged.
func (q *Queue) Logged(ctx context.Context, in *sqs.SendMessageBatchInput) ([]string, error) {
	out, err := q.client.SendMessageBatch(ctx, in)
	if err != nil {
		return nil, err
	}
	var failed []string
	for _, f := range out.Failed {
		log.Printf("%s failed", *f.Id)
		failed = append(failed, *f.Id)
	}
	return failed, nil
}

// Silent: the list isn't for the caller alone.
func (q *Queue) Returned(ctx context.Context, in *sqs.SendMessageBatchInput, all bool) ([]string, error) {
	out, err := q.client.SendMessageBatch(ctx, in)
	if err != nil {
		return nil, err
	}
	var failed []string
	for _, f := range out.Failed {
		failed = append(failed, *f.Id)
	}
	if !all {
		return nil, nil
	}
	return failed, nil
}

// Silent: the error says that there are failures.
func (q *Queue) WithError(ctx context.Context, in *sqs.SendMessageBatchInput) ([]string, error) {
	out, err := q.client.SendMessageBatch(ctx, in)
	if err != nil {
		return nil, err
	}
	var failed []string
	for _, f := range out.Failed {
		failed = append(failed, *f.Id)
	}
	if len(failed) > 0 {
		return failed, fmt.Errorf("%d messages were not sent", len(failed))
	}
	return failed, nil
}

// Silent: the last failure is the error.
func (q *Queue) WithLastError(ctx context.Context, in *sqs.SendMessageBatchInput) (failed []string, err error) {
	out, err := q.client.SendMessageBatch(ctx, in)
	if err != nil {
		return nil, err
	}
	for _, f := range out.Failed {
		failed = append(failed, *f.Id)
		err = fmt.Errorf("%s was not sent", *f.Id)
	}
	return failed, err
}

// Silent: they are counted, too.
func (q *Queue) Counted(ctx context.Context, in *sqs.SendMessageBatchInput) (failed []string, n int, err error) {
	out, err := q.client.SendMessageBatch(ctx, in)
	if err != nil {
		return nil, 0, err
	}
	for _, f := range out.Failed {
		failed = append(failed, *f.Id)
		n++
	}
	return failed, n, nil
}

// Silent: the queue knows that there are failures.
func (q *Queue) Marked(ctx context.Context, in *sqs.SendMessageBatchInput) ([]string, error) {
	out, err := q.client.SendMessageBatch(ctx, in)
	if err != nil {
		return nil, err
	}
	var failed []string
	for _, f := range out.Failed {
		q.Broken = true
		failed = append(failed, *f.Id)
	}
	return failed, nil
}

// Silent: the caller has an error for each failure.
func (q *Queue) ErrorsByIndex(ctx context.Context, in *sqs.SendMessageBatchInput) (errs []error, err error) {
	out, err := q.client.SendMessageBatch(ctx, in)
	if err != nil {
		return nil, err
	}
	for i := range out.Failed {
		errs = append(errs, fmt.Errorf("%s was not sent", *out.Failed[i].Id))
	}
	return errs, nil
}

// Silent: likewise, and nothing else can go wrong.
func (q *Queue) ErrorsAlone(ctx context.Context, in *sqs.SendMessageBatchInput) (errs []error) {
	out, err := q.client.SendMessageBatch(ctx, in)
	if err != nil {
		return []error{err}
	}
	for range out.Failed {
		errs = append(errs, errFailed)
	}
	return errs
}
