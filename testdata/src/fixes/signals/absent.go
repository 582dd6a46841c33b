package signals

import (
	"context"
	"errors"
	"log"

	"github.com/aws/aws-sdk-go-v2/service/kinesis"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
)

// A fake of one of these may give neither a response nor an error.
type sender interface {
	SendMessageBatch(context.Context, *sqs.SendMessageBatchInput, ...func(*sqs.Options)) (*sqs.SendMessageBatchOutput, error)
}

type putter interface {
	PutRecords(context.Context, *kinesis.PutRecordsInput, ...func(*kinesis.Options)) (*kinesis.PutRecordsOutput, error)
}

// The function tests for that: the test of the signal comes after it.
func TestedForNil(ctx context.Context, api sender, in *sqs.SendMessageBatchInput) error {
	out, err := api.SendMessageBatch(ctx, in) // want "result-unchecked"
	if err != nil {
		return err
	}
	if out == nil {
		return errors.New("failed")
	}
	return nil
}

// A loop goes on with the next request.
func TestedInLoop(ctx context.Context, api putter, all []*kinesis.PutRecordsInput) error {
	for _, in := range all {
		out, err := api.PutRecords(ctx, in) // want "result-unchecked"
		if err != nil {
			return err
		}
		if nil == out {
			continue
		}
		log.Print(out.Records)
	}
	return nil
}

// Nothing was sent if there is no response.
func Nothing(ctx context.Context, api sender, in *sqs.SendMessageBatchInput) error {
	out, err := api.SendMessageBatch(ctx, in) // want "result-unchecked"
	if err != nil {
		return err
	}
	if out == nil {
		return nil
	}
	log.Print(out.Successful)
	return nil
}

// What comes between the two must not be done after a failure. So the test comes before both, and looks for itself.
func TestedLater(ctx context.Context, api sender, commit func(), in *sqs.SendMessageBatchInput) error {
	out, err := api.SendMessageBatch(ctx, in) // want "result-unchecked"
	if err != nil {
		return err
	}
	commit()
	if out == nil {
		return errors.New("failed")
	}
	return nil
}

// The other branch goes on.
func Otherwise(ctx context.Context, api putter, in *kinesis.PutRecordsInput) error {
	out, err := api.PutRecords(ctx, in) // want "result-unchecked"
	if err != nil {
		return err
	}
	if out != nil {
		log.Print(out.Records)
	}
	return nil
}

// The error is returned at once.
func Compared(ctx context.Context, api sender, in *sqs.SendMessageBatchInput) error {
	out, err := api.SendMessageBatch(ctx, in) // want "result-unchecked"
	log.Print(out == nil)
	return err
}
