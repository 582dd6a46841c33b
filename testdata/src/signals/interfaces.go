package signals

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/service/sqs"
)

// A method of an interface stands for the SDK's if it has its name, its input and its output. Not all programs want the
// options, and some have their own.

type option interface{ apply(*sqs.Options) }

type optionless interface {
	SendMessageBatch(ctx context.Context, in *sqs.SendMessageBatchInput) (*sqs.SendMessageBatchOutput, error)
}

type single interface {
	SendMessageBatch(in *sqs.SendMessageBatchInput) (*sqs.SendMessageBatchOutput, error)
}

type anyOptions interface {
	SendMessageBatch(ctx context.Context, in *sqs.SendMessageBatchInput, opts ...any) (*sqs.SendMessageBatchOutput, error)
}

type ownOptions interface {
	SendMessageBatch(ctx context.Context, in *sqs.SendMessageBatchInput, opts []option) (*sqs.SendMessageBatchOutput, error)
}

type otherInput interface {
	SendMessageBatch(ctx context.Context, bodies ...string) (*sqs.SendMessageBatchOutput, error)
}

type moreInput interface {
	SendMessageBatch(ctx context.Context, queue string, in *sqs.SendMessageBatchInput) (*sqs.SendMessageBatchOutput, error)
}

type otherResults interface {
	SendMessageBatch(ctx context.Context, in *sqs.SendMessageBatchInput) (*sqs.SendMessageBatchOutput, bool, error)
}

func byOptionless(ctx context.Context, c optionless) error {
	_, err := c.SendMessageBatch(ctx, nil) // want `result-unchecked`
	return err
}

func bySingle(c single) error {
	_, err := c.SendMessageBatch(nil) // want `result-unchecked`
	return err
}

func byAnyOptions(ctx context.Context, c anyOptions) error {
	_, err := c.SendMessageBatch(ctx, nil) // want `result-unchecked`
	return err
}

func byOwnOptions(ctx context.Context, c ownOptions) error {
	_, err := c.SendMessageBatch(ctx, nil, nil) // want `result-unchecked`
	return err
}

// Silent: another input, so the method does more than the SDK's. It may look at the failures.
func byOtherInput(ctx context.Context, c otherInput) error {
	_, err := c.SendMessageBatch(ctx, "a", "b")
	return err
}

// Silent: likewise.
func byMoreInput(ctx context.Context, c moreInput) error {
	_, err := c.SendMessageBatch(ctx, "queue", nil)
	return err
}

// Silent: the method says more about what became of the messages.
func byOtherResults(ctx context.Context, c otherResults) error {
	_, _, err := c.SendMessageBatch(ctx, nil)
	return err
}

func dropOutput(_ *sqs.SendMessageBatchOutput, err error) error { return err }
