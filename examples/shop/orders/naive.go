package orders

import (
	"context"
	"errors"
	"fmt"
	"log"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/kinesis"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
)

// Naive looks at errors, and misreads the rest.
type Naive struct{ *Client }

// Save believes that a call without an error has written everything.
func (c Naive) Save(ctx context.Context, orders ...Order) error {
	_, err := c.dynamodb.BatchWriteItem(ctx, &dynamodb.BatchWriteItemInput{
		RequestItems: c.writes(orders),
	})
	return err
}

// Ship knows that all messages may fail. It doesn't know that some may.
func (c Naive) Ship(ctx context.Context, orders ...Order) error {
	out, err := c.sqs.SendMessageBatch(ctx, &sqs.SendMessageBatchInput{
		QueueUrl: &c.Queue,
		Entries:  messages(orders),
	})
	if err != nil {
		return err
	}
	if len(out.Failed) == Max {
		return errors.New("ship: the queue takes no messages")
	}
	return nil
}

// Report believes that the stream takes all records, or none.
func (c Naive) Report(ctx context.Context, orders ...Order) error {
	out, err := c.kinesis.PutRecords(ctx, &kinesis.PutRecordsInput{
		StreamName: &c.Stream,
		Records:    records(orders),
	})
	if err != nil {
		return err
	}
	if code := out.Records[0].ErrorCode; code != nil {
		return fmt.Errorf("report: %s", *code)
	}
	return nil
}

// Forget believes that a receipt can only fail to be deleted if there is none.
func (c Naive) Forget(ctx context.Context, orders ...Order) error {
	out, err := c.s3.DeleteObjects(ctx, &s3.DeleteObjectsInput{
		Bucket: &c.Bucket,
		Delete: receipts(orders),
	})
	if err != nil {
		return err
	}
	if len(out.Errors) > 0 {
		return nil // already gone
	}
	log.Printf("%d receipts deleted", len(orders))
	return nil
}
