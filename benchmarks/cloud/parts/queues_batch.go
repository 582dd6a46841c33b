package parts

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
	sqstypes "github.com/aws/aws-sdk-go-v2/service/sqs/types"
)

// AddAll adds jobs, ten at once.
func (q *Queue) AddAll(ctx context.Context, jobs []*Job) error {
	for some := range slices.Chunk(jobs, 10) {
		in := &sqs.SendMessageBatchInput{QueueUrl: aws.String(q.URL)}
		for i, j := range some {
			body, err := json.Marshal(j)
			if err != nil {
				return err
			}
			in.Entries = append(in.Entries, sqstypes.SendMessageBatchRequestEntry{
				Id:          aws.String(strconv.Itoa(i)),
				MessageBody: aws.String(string(body)),
			})
		}
		out, err := q.Client.SendMessageBatch(ctx, in)
		if err != nil {
			return fmt.Errorf("add %d jobs: %w", len(some), err)
		}
		if len(out.Failed) > 0 {
			e := out.Failed[0]
			return fmt.Errorf("add jobs: %d failed, one because %s (%s)", len(out.Failed), aws.ToString(e.Message), aws.ToString(e.Code))
		}
	}
	return nil
}

// Done deletes the messages of jobs that are done, and believes that all are gone.
func (q *Queue) Done(ctx context.Context, messages []sqstypes.Message) error {
	for some := range slices.Chunk(messages, 10) {
		var entries []sqstypes.DeleteMessageBatchRequestEntry
		for _, m := range some {
			entries = append(entries, sqstypes.DeleteMessageBatchRequestEntry{Id: m.MessageId, ReceiptHandle: m.ReceiptHandle})
		}
		if _, err := q.Client.DeleteMessageBatch(ctx, &sqs.DeleteMessageBatchInput{ // want result-unchecked
			QueueUrl: aws.String(q.URL),
			Entries:  entries,
		}); err != nil {
			return fmt.Errorf("delete %d messages: %w", len(some), err)
		}
	}
	return nil
}

// Later returns messages to the queue, and gives those back that could not be returned.
func (q *Queue) Later(ctx context.Context, messages []sqstypes.Message, seconds int32) ([]string, error) {
	var entries []sqstypes.ChangeMessageVisibilityBatchRequestEntry
	for _, m := range messages {
		entries = append(entries, sqstypes.ChangeMessageVisibilityBatchRequestEntry{
			Id: m.MessageId, ReceiptHandle: m.ReceiptHandle, VisibilityTimeout: seconds,
		})
	}
	out, err := q.Client.ChangeMessageVisibilityBatch(ctx, &sqs.ChangeMessageVisibilityBatchInput{
		QueueUrl: aws.String(q.URL),
		Entries:  entries,
	})
	if err != nil {
		return nil, fmt.Errorf("return messages: %w", err)
	}
	var stay []string
	for _, e := range out.Failed {
		stay = append(stay, aws.ToString(e.Id))
	}
	return stay, nil
}
