package signals

import (
	"context"
	"encoding/json"
	"fmt"
	"log"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/kinesis"
	"github.com/aws/aws-sdk-go-v2/service/lambda"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
	"github.com/aws/aws-sdk-go-v2/service/sqs/types"
	"github.com/pkg/errors"
)

type queue struct {
	client *sqs.Client
	sent   []string
	err    error
}

// The call's error is returned at once.
func (q *queue) Returned(ctx context.Context, in *sqs.DeleteMessageBatchInput) error {
	_, err := q.client.DeleteMessageBatch(ctx, in) // want "result-unchecked"
	return err
}

// It is returned with other results.
func (q *queue) ReturnedWithOthers(ctx context.Context, in *sqs.DeleteMessageBatchInput) (int, error) {
	_, err := q.client.DeleteMessageBatch(ctx, in) // want "result-unchecked"
	log.Print("sent")
	return len(in.Entries), err
}

// It is returned wrapped.
func (q *queue) ReturnedWrapped(ctx context.Context, in *sqs.DeleteMessageBatchInput) error {
	_, err := q.client.DeleteMessageBatch(ctx, in) // want "result-unchecked"
	return errors.Wrap(err, "send 100%")
}

// The results have names.
func (q *queue) ReturnedByName(ctx context.Context, in *sqs.DeleteMessageBatchInput) (n int, err error) {
	_, err = q.client.DeleteMessageBatch(ctx, in) // want "result-unchecked"
	return
}

// An if statement has the call.
func (q *queue) InIf(ctx context.Context, in *sqs.DeleteMessageBatchInput) error {
	if _, err := q.client.DeleteMessageBatch(ctx, in); err != nil { // want "result-unchecked"
		return errors.Wrapf(err, "send %d messages", len(in.Entries))
	}
	return nil
}

// The list has an err of its own.
func (q *queue) InIfWithError(ctx context.Context, in *sqs.DeleteMessageBatchInput) error {
	b, err := json.Marshal(in)
	if err != nil {
		return err
	}
	if _, err := q.client.DeleteMessageBatch(ctx, in); err != nil { // want "result-unchecked"
		return err
	}
	log.Print(string(b))
	return nil
}

// So it has where the test is a loop.
func (q *queue) InIfWithErrorAndLoop(ctx context.Context, db *dynamodb.Client, in *dynamodb.BatchWriteItemInput) error {
	b, err := json.Marshal(in)
	if err != nil {
		return err
	}
	if _, err := db.BatchWriteItem(ctx, in); err != nil { // want "result-unchecked"
		return err
	}
	log.Print(string(b))
	return nil
}

// The if statement sets a result.
func (q *queue) InIfByName(ctx context.Context, in *sqs.DeleteMessageBatchInput) (err error) {
	if _, err = q.client.DeleteMessageBatch(ctx, in); err != nil { // want "result-unchecked"
		return
	}
	return
}

// The error is declared elsewhere.
func (q *queue) Outer(ctx context.Context, all []*sqs.DeleteMessageBatchInput) (err error) {
	for _, in := range all {
		_, err = q.client.DeleteMessageBatch(ctx, in) // want "result-unchecked"
		if err != nil {
			return err
		}
	}
	for _, in := range all {
		if _, err = q.client.DeleteMessageBatch(ctx, in); err != nil { // want "result-unchecked"
			return
		}
	}
	return err
}

// Each request has some of the messages.
func (q *queue) Chunks(ctx context.Context, url string, all [][]types.DeleteMessageBatchRequestEntry) (sent int, err error) {
	for _, entries := range all {
		// They are few.
		_, err := q.client.DeleteMessageBatch(ctx, &sqs.DeleteMessageBatchInput{ // want "result-unchecked"
			QueueUrl: &url,
			Entries:  entries,
		})
		if err != nil {
			log.Printf("send to %s: %v", url, err)
			return sent, err
		} // that's it
		sent += len(entries)
	}
	return sent, nil
}

// All names are taken.
func Taken(ctx context.Context, client *kinesis.Client, in *kinesis.PutRecordsInput, out, n int) (int, error) {
	_, err := client.PutRecords(ctx, in) // want "result-unchecked"
	if err != nil {
		return n, err
	}
	resp := n + out
	return resp, nil
}

// Two calls.
func (q *queue) Two(ctx context.Context, db *dynamodb.Client, send *sqs.DeleteMessageBatchInput, write *dynamodb.BatchWriteItemInput) error {
	_, err := q.client.DeleteMessageBatch(ctx, send) // want "result-unchecked"
	if err != nil {
		return err
	}
	_, err = db.BatchWriteItem(ctx, write) // want "result-unchecked"
	if err != nil {
		return err
	}
	_, err = db.BatchWriteItem(ctx, write) // want "result-unchecked"
	return err
}

// Two calls, both in if statements.
func (q *queue) TwoIfs(ctx context.Context, db *dynamodb.Client, send *sqs.DeleteMessageBatchInput, write *dynamodb.BatchWriteItemInput) error {
	if _, err := q.client.DeleteMessageBatch(ctx, send); err != nil { // want "result-unchecked"
		return err
	}
	if _, err := db.BatchWriteItem(ctx, write); err != nil { // want "result-unchecked"
		return err
	}
	return nil
}

func (q *queue) note(id string) { q.sent = append(q.sent, id) }

// What was sent is noted before the error is returned.
func (q *queue) Noted(ctx context.Context, in *sqs.DeleteMessageBatchInput) error {
	out, err := q.client.DeleteMessageBatch(ctx, in) // want "result-unchecked"
	if err != nil {
		return err
	}
	for _, m := range out.Successful {
		q.note(*m.Id)
	}

	q.err = nil
	return nil
}

// So it is by way of a variable.
func (q *queue) NotedLater(ctx context.Context, in *sqs.DeleteMessageBatchInput) error {
	out, err := q.client.DeleteMessageBatch(ctx, in) // want "result-unchecked"
	if err != nil {
		return err
	}
	last := out.Successful[0].Id
	q.err = nil
	q.sent = append(q.sent, *last)
	return nil
}

// What follows is not done after a failure.
func (q *queue) Committed(ctx context.Context, commit func() error, in *sqs.DeleteMessageBatchInput) (int, error) {
	out, err := q.client.DeleteMessageBatch(ctx, in) // want "result-unchecked"
	if err != nil {
		return 0, err
	}
	q.sent = append(q.sent, *out.Successful[0].Id)
	if err := commit(); err != nil {
		return 0, err
	}
	return len(in.Entries), nil
}

// A deferred literal says how many succeeded.
func (q *queue) Counted(ctx context.Context, all []*sqs.DeleteMessageBatchInput) error {
	deleted := 0
	defer func() { log.Printf("%d messages deleted", deleted) }()
	for _, in := range all {
		out, err := q.client.DeleteMessageBatch(ctx, in) // want "result-unchecked"
		if err != nil {
			return err
		}
		for range out.Successful {
			deleted++
		}
		deleted += len(in.Entries[:0])
		log.Print(out.Successful)
	}
	return nil
}

// What is returned with an error is set before it is.
func (q *queue) Last(ctx context.Context, in *sqs.DeleteMessageBatchInput) (id *string, err error) {
	out, err := q.client.DeleteMessageBatch(ctx, in) // want "result-unchecked"
	if err != nil {
		return id, err
	}
	id = out.Successful[0].Id
	q.err = nil
	return id, nil
}

// A function ends in another one.
func (q *queue) Tail(ctx context.Context, in *sqs.DeleteMessageBatchInput) error {
	if len(in.Entries) == 0 {
		return nil
	}
	return q.tail(ctx, in)
}

func (q *queue) tail(ctx context.Context, in *sqs.DeleteMessageBatchInput) error {
	if _, err := q.client.DeleteMessageBatch(ctx, in); err != nil { // want "result-unchecked"
		return errors.Wrap(err, "delete")
	}
	return nil
}

// What is read is not needed after a failure.
func Decoded(ctx context.Context, client *lambda.Client, name string) (price int, err error) {
	out, err := client.Invoke(ctx, &lambda.InvokeInput{FunctionName: &name}) // want "result-unchecked"
	if err != nil {
		return 0, err
	}
	if err := json.Unmarshal(out.Payload, &price); err != nil {
		return 0, fmt.Errorf("decode: %w", err)
	}
	return price, nil
}

type group struct{}

func (group) Go(f func() error) {}

// A goroutine makes the call.
func (q *queue) Concurrent(ctx context.Context, g group, in *sqs.DeleteMessageBatchInput) {
	g.Go(func() error {
		_, err := q.client.DeleteMessageBatch(ctx, in) // want "result-unchecked"
		return err
	})
}

// A case has the call at its end.
func (q *queue) InCase(ctx context.Context, kind int, in *sqs.DeleteMessageBatchInput) error {
	switch kind {
	case 1:
		out := len(in.Entries)
		log.Print(out)
		if _, err := q.client.DeleteMessageBatch(ctx, in); err != nil { // want "result-unchecked"
			return err
		}
	}
	return nil
}

// A function gives the response, or nil.
func (q *queue) send(ctx context.Context, in *sqs.DeleteMessageBatchInput) (*sqs.DeleteMessageBatchOutput, error) {
	if len(in.Entries) == 0 {
		return nil, nil
	}
	return q.client.DeleteMessageBatch(ctx, in)
}

func (q *queue) Wrapper(ctx context.Context, in *sqs.DeleteMessageBatchInput) error {
	_, err := q.send(ctx, in) // want "result-unchecked"
	if err != nil {
		return err
	}
	return nil
}

// A function gives the failures.
func (q *queue) failed(ctx context.Context, in *sqs.DeleteMessageBatchInput) ([]types.BatchResultErrorEntry, error) {
	out, err := q.client.DeleteMessageBatch(ctx, in)
	if err != nil {
		return nil, err
	}
	return out.Failed, nil
}

func (q *queue) Failures(ctx context.Context, in *sqs.DeleteMessageBatchInput) error {
	_, err := q.failed(ctx, in) // want "result-unchecked"
	if err != nil {
		return err
	}
	return nil
}
