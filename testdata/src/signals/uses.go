package signals

import (
	"context"
	"errors"
	"fmt"
	"log"
	"time"

	"cloud.google.com/go/bigquery"
	"firebase.google.com/go/v4/messaging"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
	sqstypes "github.com/aws/aws-sdk-go-v2/service/sqs/types"
	"github.com/aws/aws-sdk-go-v2/service/ssm"
	"github.com/minio/minio-go/v7"
	pkgerrors "github.com/pkg/errors"
	kafka "github.com/segmentio/kafka-go"
	"github.com/twmb/franz-go/pkg/kadm"
	"github.com/twmb/franz-go/pkg/kerr"
	"github.com/twmb/franz-go/pkg/kgo"
)

func same(b *bool) bool { return *b }

// A flag that is computed from itself is no constant.
func circularFlag(ctx context.Context, c *ec2.Client) error {
	var dry bool
	dry = same(&dry)
	_, err := c.DeleteVpcEndpoints(ctx, &ec2.DeleteVpcEndpointsInput{DryRun: &dry}) // want `result-unchecked`
	return err
}

// Requests that are exchanged are followed once.
func circularRequest(ctx context.Context, c *ec2.Client, in *ec2.DeleteVpcEndpointsInput) error {
	next, last := in, in
	return retry(func() error {
		next = last
		last = next
		_, err := c.DeleteVpcEndpoints(ctx, next) // want `result-unchecked`
		return err
	})
}

// Silent: which error it is decides. The library has a function that asks.
func whichError(ctx context.Context, c *kgo.Client) error {
	fetches := c.PollFetches(ctx)
	if err := fetches.Err0(); errors.Is(err, context.Canceled) {
		return nil
	}
	return nil
}

// Silent: likewise.
func asError(ctx context.Context, c *kafka.Client) error {
	res, err := c.EndTxn(ctx, &kafka.EndTxnRequest{})
	if err != nil {
		return err
	}
	var refused kafka.Error
	if errors.As(res.Error, &refused) {
		return refused
	}
	return nil
}

// Silent: so does an assertion of its type, also of an item's error.
func assertedError(ctx context.Context, c *kadm.Client) error {
	topics, err := c.CreateTopics(ctx, 1, 1, nil, "t")
	if err != nil {
		return err
	}
	for _, t := range topics {
		if e, ok := t.Err.(*kerr.Error); ok {
			return e
		}
	}
	return nil
}

// Silent: a wrapped failure is nil if there is none.
func wrappedError(ctx context.Context, job *bigquery.Job) error {
	status, err := job.Wait(ctx)
	if err != nil {
		return err
	}
	if err := pkgerrors.Wrap(status.Err(), "load"); err != nil {
		return err
	}
	return nil
}

// Silent: a job without any error has succeeded.
func anyErrors(ctx context.Context, job *bigquery.Job) error {
	status, err := job.Wait(ctx)
	if err != nil {
		return err
	}
	if len(status.Errors) > 0 {
		return status.Errors[0]
	}
	return nil
}

// To print the errors is not enough.
func printedErrors(ctx context.Context, job *bigquery.Job) error {
	status, err := job.Wait(ctx) // want `result-unchecked`
	if err != nil {
		return err
	}
	log.Print(status.Errors)
	return nil
}

// Silent: where the channel has nothing, nothing failed.
func firstOfChannel(ctx context.Context, c *minio.Client, names <-chan minio.ObjectInfo) error {
	failures := c.RemoveObjects(ctx, "b", names, minio.RemoveObjectsOptions{})
	if f, ok := <-failures; ok {
		return f.Err
	}
	return nil
}

// Silent: likewise.
func firstOfRange(ctx context.Context, c *minio.Client, names <-chan minio.ObjectInfo) error {
	for f := range c.RemoveObjects(ctx, "b", names, minio.RemoveObjectsOptions{}) {
		return f.Err
	}
	return nil
}

// Silent: so does a map without an element say.
func firstOfMap(ctx context.Context, c *kadm.Client) error {
	topics, err := c.CreateTopics(ctx, 1, 1, nil, "t")
	if err != nil {
		return err
	}
	for _, t := range topics {
		return t.Err
	}
	return nil
}

// Silent: what a select receives isn't followed.
func selected(ctx context.Context, c *minio.Client, names <-chan minio.ObjectInfo) error {
	select {
	case f := <-c.RemoveObjects(ctx, "b", names, minio.RemoveObjectsOptions{}):
		return f.Err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// A loop that throws away what it receives has looked at nothing.
func drained(ctx context.Context, c *minio.Client, names <-chan minio.ObjectInfo) error {
	for range c.RemoveObjects(ctx, "b", names, minio.RemoveObjectsOptions{}) { // want `result-unchecked`
	}
	return nil
}

// Silent: the last failure is returned. It is nil if there is no item.
func lastError(ctx context.Context, c *kadm.Client) error {
	topics, err := c.CreateTopics(ctx, 1, 1, nil, "t")
	if err != nil {
		return err
	}
	for _, t := range topics {
		err = t.Err
	}
	return err
}

// Silent: likewise, by a result that a literal captures.
func lastErrorDeferred(ctx context.Context, c *kadm.Client) (err error) {
	defer func() { log.Print(err) }()
	topics, err := c.CreateTopics(ctx, 1, 1, nil, "t")
	if err != nil {
		return err
	}
	for _, t := range topics {
		err = t.Err
	}
	return err
}

// A variable of the iteration tells nobody.
func ownError(ctx context.Context, c *kadm.Client) error {
	topics, err := c.CreateTopics(ctx, 1, 1, nil, "t") // want `result-unchecked`
	if err != nil {
		return err
	}
	for _, t := range topics {
		err := t.Err
		log.Print(err)
	}
	return nil
}

// Silent: the caller learns how many were sent. The number is a member of its own here.
func sentCount(ctx context.Context, c *messaging.Client, all []*messaging.MulticastMessage) (sent int, err error) {
	for _, m := range all {
		batch, err := c.SendEachForMulticast(ctx, m)
		if err != nil {
			return sent, err
		}
		sent += batch.SuccessCount
	}
	return sent, nil
}

// To print it is not enough.
func sentPrinted(ctx context.Context, c *messaging.Client, m *messaging.MulticastMessage) error {
	batch, err := c.SendEachForMulticast(ctx, m) // want `result-unchecked`
	if err != nil {
		return err
	}
	log.Print(batch.SuccessCount)
	return nil
}

// Silent: the number of deleted objects goes through all iterations.
func deletedInAll(ctx context.Context, c *s3.Client, all []*s3.DeleteObjectsInput) (int, error) {
	deleted := 0
	for len(all) > 0 {
		out, err := c.DeleteObjects(ctx, all[0])
		if err != nil {
			return deleted, err
		}
		deleted += len(out.Deleted)
		all = all[1:]
	}
	return deleted, nil
}

// Each iteration sends a request that was made before, and what failed in the last one alone is returned.
func failedInLast(ctx context.Context, c *s3.Client, all []*s3.DeleteObjectsInput) (failed []types.Error, err error) {
	for _, in := range all {
		out, err := c.DeleteObjects(ctx, in) // want `result-unchecked`
		if err != nil {
			return nil, err
		}
		failed = out.Errors
	}
	return failed, nil
}

type timed struct {
	at  time.Time
	out *sqs.SendMessageBatchOutput
}

func withTime(out *sqs.SendMessageBatchOutput) *timed { return &timed{out: out, at: time.Now()} }

// Silent: the helper puts what it gets into a struct.
func putIntoStruct(ctx context.Context, c *sqs.Client, in *sqs.SendMessageBatchInput) error {
	out, err := c.SendMessageBatch(ctx, in)
	if err != nil {
		return err
	}
	if t := withTime(out); len(t.out.Failed) > 0 {
		return errors.New("failed")
	}
	return nil
}

func primary[T any](first, second func() (T, error)) (T, error) {
	if _, err := first(); err != nil {
		return second()
	}
	return second()
}

// Silent: the helper throws the result of its first parameter away, and gives that of the second.
func twice(ctx context.Context, c *sqs.Client, in *sqs.SendMessageBatchInput) error {
	send := func() (*sqs.SendMessageBatchOutput, error) { return c.SendMessageBatch(ctx, in) }
	out, err := primary(send, send)
	if err != nil {
		return err
	}
	if len(out.Failed) > 0 {
		return errors.New("failed")
	}
	return nil
}

// Silent: the caller has both lists.
func bothLists(ctx context.Context, c *sqs.Client, in *sqs.SendMessageBatchInput) (sent []sqstypes.SendMessageBatchResultEntry, failed []sqstypes.BatchResultErrorEntry, err error) {
	out, err := c.SendMessageBatch(ctx, in)
	if err != nil {
		return nil, nil, err
	}
	return out.Successful, out.Failed, nil
}

// Silent: how many were sent tells as much as who failed.
func asksOneList(ctx context.Context, c *sqs.Client, in *sqs.SendMessageBatchInput, all int) error {
	sent, _, err := bothLists(ctx, c, in)
	if err != nil {
		return err
	}
	if len(sent) < all {
		return errors.New("failed")
	}
	return nil
}

func panicIfAny(failed []sqstypes.BatchResultErrorEntry) {
	if len(failed) > 0 {
		panic("failed")
	}
}

// Silent: the helper asks whether there are failures.
func asksByHelper(ctx context.Context, c *sqs.Client, in *sqs.SendMessageBatchInput) error {
	out, err := c.SendMessageBatch(ctx, in)
	if err != nil {
		return err
	}
	panicIfAny(out.Failed)
	return nil
}

func noteCount(failed []sqstypes.BatchResultErrorEntry) { log.Print(len(failed), failed) }

// To print them is not to ask.
func printsByHelper(ctx context.Context, c *sqs.Client, in *sqs.SendMessageBatchInput) error {
	out, err := c.SendMessageBatch(ctx, in) // want `result-unchecked`
	if err != nil {
		return err
	}
	noteCount(out.Failed)
	return nil
}

// Silent: the text says how many failed, as a text with the failures does.
func countAsText(ctx context.Context, c *sqs.Client, in *sqs.SendMessageBatchInput) (string, error) {
	out, err := c.SendMessageBatch(ctx, in)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%d failed", len(out.Failed)), nil
}

// A text that is only printed tells no caller.
func countPrinted(ctx context.Context, c *sqs.Client, in *sqs.SendMessageBatchInput) error {
	out, err := c.SendMessageBatch(ctx, in) // want `result-unchecked`
	if err != nil {
		return err
	}
	text := fmt.Sprintf("%d failed", len(out.Failed))
	log.Print(text)
	return nil
}

// Silent: the parameter is looked for, and missed.
func lookedFor(ctx context.Context, c *ssm.Client, name string) (string, error) {
	out, err := c.GetParameters(ctx, &ssm.GetParametersInput{Names: []string{name}})
	if err != nil {
		return "", err
	}
	for _, p := range out.Parameters {
		if *p.Name == name {
			return *p.ARN, nil
		}
	}
	return "", errors.New("not found")
}

// Silent: the job is asked for its last status.
func lastStatus(ctx context.Context, job *bigquery.Job) error {
	if _, err := job.Wait(ctx); err != nil {
		return err
	}
	return job.LastStatus().Err()
}

// Silent: reading from a job that failed gives its error.
func readAfterwards(ctx context.Context, job *bigquery.Job) (*bigquery.RowIterator, error) {
	if _, err := job.Wait(ctx); err != nil {
		return nil, err
	}
	return job.Read(ctx)
}

// Another job's status tells nothing of this one.
func otherJob(ctx context.Context, job, other *bigquery.Job) error {
	if _, err := job.Wait(ctx); err != nil { // want `result-unchecked`
		return err
	}
	return other.LastStatus().Err()
}
