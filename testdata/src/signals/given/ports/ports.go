// Package ports declares interfaces that SDKs have methods for.
package ports

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/service/sqs"
)

// A Sender is a client of SQS, or a fake.
type Sender interface {
	SendMessageBatch(context.Context, *sqs.SendMessageBatchInput, ...func(*sqs.Options)) (*sqs.SendMessageBatchOutput, error)
}

// A Plain sender has no options.
type Plain interface {
	SendMessageBatch(*sqs.SendMessageBatchInput) (*sqs.SendMessageBatchOutput, error)
}

// An Own interface has methods that SQS hasn't.
type Own interface {
	SendMessageBatch(texts []string) (*sqs.SendMessageBatchOutput, error)
	SendAll(*sqs.SendMessageBatchInput) (*sqs.SendMessageBatchOutput, error)
}
