// Package wrapper wraps calls of an SDK for packages that do not import it.
package wrapper

import (
	"context"
	"fmt"
	"log"

	"github.com/aws/aws-sdk-go-v2/service/sqs"
	"github.com/aws/aws-sdk-go-v2/service/sqs/types"
)

// A Queue sends messages.
type Queue struct {
	client *sqs.Client
	last   *sqs.SendMessageBatchOutput
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
