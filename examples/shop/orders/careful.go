package orders

import (
	"context"
	"fmt"
	"log"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/kinesis"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
)

// Careful looks for what failed in answers without an error.
type Careful struct{ *Client }

// A PartialError says which orders failed, so that the caller can try again with
// only those.
type PartialError struct {
	Action string
	Failed map[string]string // reasons, by order
}

// Orders returns the orders that failed, sorted.
func (e *PartialError) Orders() []string { return slices.Sorted(maps.Keys(e.Failed)) }

func (e *PartialError) Error() string {
	var b strings.Builder
	b.WriteString(e.Action)
	sep := ": "
	for _, id := range e.Orders() {
		fmt.Fprintf(&b, "%s%s: %s", sep, id, e.Failed[id])
		sep = "; "
	}
	return b.String()
}

// partial returns a *PartialError if something failed.
func partial(action string, failed map[string]string) error {
	if len(failed) == 0 {
		return nil
	}
	return &PartialError{Action: action, Failed: failed}
}

// Save asks the table again, with longer and longer pauses, until all is written.
func (c Careful) Save(ctx context.Context, orders ...Order) error {
	writes := c.writes(orders)
	for wait := c.Wait; ; wait *= 2 {
		out, err := c.dynamodb.BatchWriteItem(ctx, &dynamodb.BatchWriteItemInput{
			RequestItems: writes,
		})
		if err != nil {
			return err
		}
		writes = out.UnprocessedItems
		if len(writes) == 0 {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(wait):
		}
	}
}

// Ship returns a *PartialError if some messages are not in the queue.
func (c Careful) Ship(ctx context.Context, orders ...Order) error {
	out, err := c.sqs.SendMessageBatch(ctx, &sqs.SendMessageBatchInput{
		QueueUrl: &c.Queue,
		Entries:  messages(orders),
	})
	if err != nil {
		return err
	}
	failed := make(map[string]string)
	for _, e := range out.Failed {
		failed[aws.ToString(e.Id)] = aws.ToString(e.Message)
	}
	return partial("ship", failed)
}

// Report returns a *PartialError if some records are not in the stream.
func (c Careful) Report(ctx context.Context, orders ...Order) error {
	out, err := c.kinesis.PutRecords(ctx, &kinesis.PutRecordsInput{
		StreamName: &c.Stream,
		Records:    records(orders),
	})
	if err != nil {
		return err
	}
	failed := make(map[string]string)
	for i, r := range out.Records {
		if r.ErrorCode != nil {
			failed[orders[i].ID] = aws.ToString(r.ErrorMessage)
		}
	}
	return partial("report", failed)
}

// Forget returns a *PartialError if there are still receipts in the bucket.
func (c Careful) Forget(ctx context.Context, orders ...Order) error {
	out, err := c.s3.DeleteObjects(ctx, &s3.DeleteObjectsInput{
		Bucket: &c.Bucket,
		Delete: receipts(orders),
	})
	if err != nil {
		return err
	}
	failed := make(map[string]string)
	for _, e := range out.Errors {
		failed[aws.ToString(e.Key)] = aws.ToString(e.Message)
	}
	log.Printf("%d receipts deleted", len(orders)-len(failed))
	return partial("forget", failed)
}
