package parts

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
	sqstypes "github.com/aws/aws-sdk-go-v2/service/sqs/types"
)

// A Job is what a queue has messages of.
type Job struct {
	Kind    string            `json:"kind"`
	Tries   int               `json:"tries"`
	Options map[string]string `json:"options"`
}

// A Queue has jobs.
type Queue struct {
	Client *sqs.Client
	URL    string
}

// Add adds a job.
func (q *Queue) Add(ctx context.Context, j *Job) error {
	body, err := json.Marshal(j)
	if err != nil {
		return err
	}
	_, err = q.Client.SendMessage(ctx, &sqs.SendMessageInput{
		QueueUrl:    aws.String(q.URL),
		MessageBody: aws.String(string(body)),
		MessageAttributes: map[string]sqstypes.MessageAttributeValue{
			"kind": {DataType: aws.String("String"), StringValue: aws.String(j.Kind)},
		},
	})
	if err != nil {
		return fmt.Errorf("add a job of kind %s: %w", j.Kind, err)
	}
	return nil
}

// Receive returns messages, and waits for them.
func (q *Queue) Receive(ctx context.Context, n int32) ([]sqstypes.Message, error) {
	out, err := q.Client.ReceiveMessage(ctx, &sqs.ReceiveMessageInput{
		QueueUrl:            aws.String(q.URL),
		MaxNumberOfMessages: n,
		WaitTimeSeconds:     20,
		VisibilityTimeout:   60,
	})
	if err != nil {
		return nil, fmt.Errorf("receive jobs: %w", err)
	}
	return out.Messages, nil
}

// Work does jobs until the context is done.
func (q *Queue) Work(ctx context.Context, do func(context.Context, *Job) error) error {
	for ctx.Err() == nil {
		messages, err := q.Receive(ctx, 1)
		if err != nil {
			return err
		}
		for _, m := range messages {
			j := new(Job)
			if err := json.Unmarshal([]byte(aws.ToString(m.Body)), j); err != nil {
				return fmt.Errorf("message %s: %w", aws.ToString(m.MessageId), err)
			}
			if err := do(ctx, j); err != nil {
				continue // it comes again
			}
			_, err := q.Client.DeleteMessage(ctx, &sqs.DeleteMessageInput{QueueUrl: aws.String(q.URL), ReceiptHandle: m.ReceiptHandle})
			if err != nil {
				return fmt.Errorf("delete message %s: %w", aws.ToString(m.MessageId), err)
			}
		}
	}
	return ctx.Err()
}

// Length returns how many jobs wait, about.
func (q *Queue) Length(ctx context.Context) (int, error) {
	const name = sqstypes.QueueAttributeNameApproximateNumberOfMessages
	out, err := q.Client.GetQueueAttributes(ctx, &sqs.GetQueueAttributesInput{
		QueueUrl:       aws.String(q.URL),
		AttributeNames: []sqstypes.QueueAttributeName{name},
	})
	if err != nil {
		return 0, fmt.Errorf("length of %s: %w", q.URL, err)
	}
	return strconv.Atoi(out.Attributes[string(name)])
}
