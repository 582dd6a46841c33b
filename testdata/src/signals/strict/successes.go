// Functions that look at what succeeded. With -strict, somebody has to ask how many are there.

package strict

import (
	"context"
	"errors"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
)

// The IDs of the messages that were sent are collected, and nobody asks for the others.
func collected(ctx context.Context, c *sqs.Client, in *sqs.SendMessageBatchInput) ([]string, error) {
	out, err := c.SendMessageBatch(ctx, in) // want `result-unchecked`
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, s := range out.Successful {
		ids = append(ids, aws.ToString(s.MessageId))
	}
	return ids, nil
}

// Silent: the number of those that were sent is compared.
func counted(ctx context.Context, c *sqs.Client, in *sqs.SendMessageBatchInput) error {
	out, err := c.SendMessageBatch(ctx, in)
	if err != nil {
		return err
	}
	if len(out.Successful) < len(in.Entries) {
		return errors.New("some are missing")
	}
	return nil
}
