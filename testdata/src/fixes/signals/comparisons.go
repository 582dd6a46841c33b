package signals

import (
	"context"
	"errors"
	"log"

	awsv2 "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/eventbridge"
	"github.com/aws/aws-sdk-go-v2/service/kinesis"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
)

var errFailed = errors.New("failed")

func MoreThanOne(ctx context.Context, client *sqs.Client, in *sqs.DeleteMessageBatchInput) error {
	out, err := client.DeleteMessageBatch(ctx, in)
	if err != nil {
		return err
	}
	if len(out.Failed) > 1 { // want "result-nonzero-success"
		return errFailed
	}
	return nil
}

func LessThanTwo(ctx context.Context, client *kinesis.Client, in *kinesis.PutRecordsInput) error {
	out, err := client.PutRecords(ctx, in)
	if err != nil {
		return err
	}
	if 2 > *out.FailedRecordCount { // want "result-nonzero-success"
		return nil
	}
	return errFailed
}

func NilOrLess(ctx context.Context, client *kinesis.Client, in *kinesis.PutRecordsInput) error {
	out, err := client.PutRecords(ctx, in)
	if err != nil {
		return err
	}
	if out.FailedRecordCount == nil || *out.FailedRecordCount <= 1 { // want "result-nonzero-success"
		return nil
	}
	return errFailed
}

func AtLeastTwo(ctx context.Context, client *kinesis.Client, in *kinesis.PutRecordsInput) error {
	out, err := client.PutRecords(ctx, in)
	if err != nil {
		return err
	}
	if n := awsv2.ToInt32(out.FailedRecordCount); 2 <= n { // want "result-nonzero-success"
		return errFailed
	}
	return nil
}

func OverOne(ctx context.Context, client *eventbridge.Client, in *eventbridge.PutEventsInput) error {
	out, err := client.PutEvents(ctx, in)
	if err != nil {
		return err
	}
	if out.FailedEntryCount > 1 { // want "result-nonzero-success"
		log.Printf("%d failed", out.FailedEntryCount)
		return errFailed
	}
	return nil
}

// No fix: only this number is meant.
func Three(ctx context.Context, client *sqs.Client, in *sqs.DeleteMessageBatchInput) error {
	out, err := client.DeleteMessageBatch(ctx, in)
	if err != nil {
		return err
	}
	if len(out.Failed) == 3 { // want "result-nonzero-success"
		return errFailed
	}
	return nil
}

// No fix: a few may be meant to fail.
func MoreThanTen(ctx context.Context, client *sqs.Client, in *sqs.DeleteMessageBatchInput) error {
	out, err := client.DeleteMessageBatch(ctx, in)
	if err != nil {
		return err
	}
	if len(out.Failed) > 10 { // want "result-nonzero-success"
		return errFailed
	}
	return nil
}

// No fix: another comparison says something of one failure.
func OneAndMore(ctx context.Context, client *sqs.Client, in *sqs.DeleteMessageBatchInput) error {
	out, err := client.DeleteMessageBatch(ctx, in)
	if err != nil {
		return err
	}
	if len(out.Failed) == 7 {
		log.Print("seven")
	}
	if len(out.Failed) > 1 { // want "result-nonzero-success"
		return errFailed
	}
	return nil
}
