// Package signals uses calls of an SDK that succeed although some items failed. Contracts find them by Go type: see
// SPEC.md 7.
package signals

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net/http"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	dtypes "github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/kinesis"
	ktypes "github.com/aws/aws-sdk-go-v2/service/kinesis/types"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
)

type dynamo interface {
	BatchWriteItem(context.Context, *dynamodb.BatchWriteItemInput, ...func(*dynamodb.Options)) (*dynamodb.BatchWriteItemOutput, error)
}

type other interface {
	BatchWriteItem(context.Context, string) (*dynamodb.BatchWriteItemOutput, error)
}

// The output is thrown away, and its error alone is returned.
func dropped(ctx context.Context, c *dynamodb.Client, in *dynamodb.BatchWriteItemInput) error {
	_, err := c.BatchWriteItem(ctx, in) // want `result-unchecked`
	return err
}

// The call goes through an interface that the package declares, as most calls do. The output is kept and never read.
func iface(ctx context.Context, c dynamo, in *dynamodb.BatchWriteItemInput) error {
	out, err := c.BatchWriteItem(ctx, in) // want `result-unchecked`
	if err != nil {
		return err
	}
	_ = out
	return nil
}

// Silent: a method with another signature is not the SDK's call. With -strict it counts as one that may not have checked.
func foreign(ctx context.Context, c other) error {
	_, err := c.BatchWriteItem(ctx, "x")
	return err
}

// Silent: the length of the list of failures tells.
func checked(ctx context.Context, c dynamo, in *dynamodb.BatchWriteItemInput) error {
	out, err := c.BatchWriteItem(ctx, in)
	if err != nil {
		return err
	}
	if len(out.UnprocessedItems) > 0 {
		return errors.New("some left")
	}
	return nil
}

// Any number of failures but three is taken for none.
func weak(ctx context.Context, c dynamo, in *dynamodb.BatchWriteItemInput) error {
	out, err := c.BatchWriteItem(ctx, in)
	if err != nil {
		return err
	}
	if len(out.UnprocessedItems) == 3 { // want `result-nonzero-success`
		return errors.New("some left")
	}
	return nil
}

// The failure is seen, and a nil error is returned.
func failureDropped(ctx context.Context, c dynamo, in *dynamodb.BatchWriteItemInput) error {
	out, err := c.BatchWriteItem(ctx, in)
	if err != nil {
		return err
	}
	if len(out.UnprocessedItems) > 0 {
		return nil // want `result-failure-dropped: len\(out.UnprocessedItems\) is greater than 0, but nil is returned on line \d+: items that DynamoDB did not write are lost`
	}
	return nil
}

// To print the output without a test is not to look at it.
func loggedOnly(ctx context.Context, c dynamo, in *dynamodb.BatchWriteItemInput) error {
	out, err := c.BatchWriteItem(ctx, in) // want `result-unchecked`
	if err != nil {
		return err
	}
	log.Printf("%+v", out)
	return nil
}

// Silent: the failure is tested, and a print acknowledges it. Not with -strict.
func testedThenLogged(ctx context.Context, c dynamo, in *dynamodb.BatchWriteItemInput) error {
	out, err := c.BatchWriteItem(ctx, in)
	if err != nil {
		return err
	}
	if n := len(out.UnprocessedItems); n > 0 {
		log.Printf("%d left", n)
	}
	return nil
}

// Silent: what was left is sent again.
func resend(ctx context.Context, c dynamo, in *dynamodb.BatchWriteItemInput) error {
	for len(in.RequestItems) > 0 {
		out, err := c.BatchWriteItem(ctx, in)
		if err != nil {
			return err
		}
		in.RequestItems = out.UnprocessedItems
	}
	return nil
}

// Silent: the request of the next call has what was left.
func resend2(ctx context.Context, c dynamo, items map[string][]dtypes.WriteRequest) error {
	out, err := c.BatchWriteItem(ctx, &dynamodb.BatchWriteItemInput{RequestItems: items})
	for err == nil && len(out.UnprocessedItems) > 0 {
		out, err = c.BatchWriteItem(ctx, &dynamodb.BatchWriteItemInput{RequestItems: out.UnprocessedItems})
	}
	return err
}

// Silent: the loop variable has what was left.
func resend3(ctx context.Context, c dynamo, items map[string][]dtypes.WriteRequest) error {
	for i := 0; i < 3; i++ {
		out, err := c.BatchWriteItem(ctx, &dynamodb.BatchWriteItemInput{RequestItems: items})
		if err != nil {
			return err
		}
		if items = out.UnprocessedItems; len(items) == 0 {
			return nil
		}
	}
	return errors.New("gave up")
}

// Each iteration sends another chunk, and loses what was left of it.
func chunks(ctx context.Context, c dynamo, all []map[string][]dtypes.WriteRequest) error {
	for _, chunk := range all {
		if _, err := c.BatchWriteItem(ctx, &dynamodb.BatchWriteItemInput{RequestItems: chunk}); err != nil { // want `result-unchecked`
			return err
		}
	}
	return nil
}

// A function without a result ends as if all was written.
func void(ctx context.Context, c dynamo, in *dynamodb.BatchWriteItemInput) {
	if _, err := c.BatchWriteItem(ctx, in); err != nil { // want `result-unchecked`
		log.Print(err)
	}
}

// A call as a statement is no intent to ignore.
func bare(ctx context.Context, c dynamo, in *dynamodb.BatchWriteItemInput) {
	c.BatchWriteItem(ctx, in) // want `result-unchecked`
}

// Silent: blank identifiers for all results say that the function means it.
func explicit(ctx context.Context, c dynamo, in *dynamodb.BatchWriteItemInput) {
	_, _ = c.BatchWriteItem(ctx, in)
}

// Silent: the caller has the output.
func tuple(ctx context.Context, c dynamo, in *dynamodb.BatchWriteItemInput) (*dynamodb.BatchWriteItemOutput, error) {
	return c.BatchWriteItem(ctx, in)
}

// The function of the same package gives the output unchecked.
func callsTuple(ctx context.Context, c dynamo, in *dynamodb.BatchWriteItemInput) error {
	_, err := tuple(ctx, c, in) // want `result-unchecked`
	return err
}

// Silent: a count that is nil counts nothing.
func count(ctx context.Context, c *kinesis.Client, in *kinesis.PutRecordsInput) error {
	out, err := c.PutRecords(ctx, in)
	if err != nil {
		return err
	}
	if out.FailedRecordCount != nil && *out.FailedRecordCount > 0 {
		return errors.New("failed")
	}
	return nil
}

// One failed record passes for none. Counts are never negative, so less than 2 is 0 or 1.
func count1(ctx context.Context, c *kinesis.Client, in *kinesis.PutRecordsInput) error {
	out, err := c.PutRecords(ctx, in)
	if err != nil {
		return err
	}
	if *out.FailedRecordCount > 1 { // want `result-nonzero-success`
		return errors.New("failed")
	}
	return nil
}

// Silent: aws.ToInt32 gives the count.
func count2(ctx context.Context, c *kinesis.Client, in *kinesis.PutRecordsInput) error {
	out, err := c.PutRecords(ctx, in)
	if err != nil {
		return err
	}
	if aws.ToInt32(out.FailedRecordCount) == 0 {
		return nil
	}
	return errors.New("failed")
}

// Silent: the code of each record is another signal. A loop over no record has looked at each.
func perItem(ctx context.Context, c *kinesis.Client, in *kinesis.PutRecordsInput) ([]ktypes.PutRecordsRequestEntry, error) {
	out, err := c.PutRecords(ctx, in)
	if err != nil {
		return nil, err
	}
	var again []ktypes.PutRecordsRequestEntry
	for i, r := range out.Records {
		if r.ErrorCode != nil {
			again = append(again, in.Records[i])
		}
	}
	return again, nil
}

// The numbers of the records that were taken say nothing about the others, and neither does their count.
func perItemSuccess(ctx context.Context, c *kinesis.Client, in *kinesis.PutRecordsInput) ([]string, error) {
	out, err := c.PutRecords(ctx, in) // want `result-unchecked`
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, r := range out.Records {
		ids = append(ids, *r.SequenceNumber)
	}
	log.Print(len(out.Records))
	return ids, nil
}

// Silent: a comparison with a variable is an opaque test.
func variable(ctx context.Context, c *kinesis.Client, in *kinesis.PutRecordsInput, most int32) error {
	out, err := c.PutRecords(ctx, in)
	if err != nil {
		return err
	}
	if *out.FailedRecordCount > most {
		return errors.New("failed")
	}
	return nil
}

// Silent: nothing is done in a dry run.
func dryRun(ctx context.Context, c *ec2.Client, ids []string) error {
	_, err := c.DeleteVpcEndpoints(ctx, &ec2.DeleteVpcEndpointsInput{DryRun: aws.Bool(true), VpcEndpointIds: ids})
	return err
}

// Silent: the same, assigned later.
func dryRunLater(ctx context.Context, c *ec2.Client, ids []string) error {
	in := &ec2.DeleteVpcEndpointsInput{VpcEndpointIds: ids}
	in.DryRun = aws.Bool(true)
	_, err := c.DeleteVpcEndpoints(ctx, in)
	return err
}

// Silent: the literal says so, before it is copied into a variable.
func dryVariable(ctx context.Context, c *ec2.Client, ids []string) error {
	in := ec2.DeleteVpcEndpointsInput{DryRun: aws.Bool(true), VpcEndpointIds: ids}
	_, err := c.DeleteVpcEndpoints(ctx, &in)
	return err
}

func wetVariable(ctx context.Context, c *ec2.Client, ids []string) error {
	in := ec2.DeleteVpcEndpointsInput{DryRun: aws.Bool(false), VpcEndpointIds: ids}
	_, err := c.DeleteVpcEndpoints(ctx, &in) // want `result-unchecked`
	return err
}

// This is no dry run.
func notDry(ctx context.Context, c *ec2.Client, ids []string) error {
	_, err := c.DeleteVpcEndpoints(ctx, &ec2.DeleteVpcEndpointsInput{DryRun: aws.Bool(false), VpcEndpointIds: ids}) // want `result-unchecked`
	return err
}

// Silent: a loop over the failures looks at each of them.
func ranged(ctx context.Context, c *s3.Client, in *s3.DeleteObjectsInput) error {
	out, err := c.DeleteObjects(ctx, in)
	if err != nil {
		return err
	}
	var errs []error
	for _, e := range out.Errors {
		errs = append(errs, errors.New(aws.ToString(e.Message)))
	}
	return errors.Join(errs...)
}

// Silent: no list is no failure.
func nilTested(ctx context.Context, c *s3.Client, in *s3.DeleteObjectsInput) error {
	out, err := c.DeleteObjects(ctx, in)
	if err != nil {
		return err
	}
	if out.Errors != nil {
		return errors.New("failed")
	}
	return nil
}

// Silent: it gives a verdict.
func helperTakes(out *s3.DeleteObjectsOutput) error {
	if len(out.Errors) > 0 {
		return fmt.Errorf("%d", len(out.Errors))
	}
	return nil
}

// Silent: the helper looks at the failures.
func usesHelper(ctx context.Context, c *s3.Client, in *s3.DeleteObjectsInput) error {
	out, err := c.DeleteObjects(ctx, in)
	if err != nil {
		return err
	}
	return helperTakes(out)
}

// Silent: nobody can say here whether the failures were looked at.
func printHelper(out *s3.DeleteObjectsOutput) { log.Print(out.Errors) }

// The helper only prints.
func usesPrintHelper(ctx context.Context, c *s3.Client, in *s3.DeleteObjectsInput) error {
	out, err := c.DeleteObjects(ctx, in) // want `result-unchecked`
	if err != nil {
		return err
	}
	printHelper(out)
	return nil
}

// Silent: the helper gets the number of failures.
func fieldHelper(ctx context.Context, c *sqs.Client, in *sqs.SendMessageBatchInput) error {
	out, err := c.SendMessageBatch(ctx, in)
	if err != nil {
		return err
	}
	return batchError(len(out.Failed))
}

// Silent: a number like any other.
func batchError(n int) error {
	if n > 0 {
		return errors.New("failed")
	}
	return nil
}

type store struct{ last *sqs.SendMessageBatchOutput }

// Silent: whoever has the struct has the output.
func (s *store) keep(ctx context.Context, c *sqs.Client, in *sqs.SendMessageBatchInput) error {
	out, err := c.SendMessageBatch(ctx, in)
	s.last = out
	return err
}

func retry(f func() error) error { return f() }

// Silent: the literal assigns the output to a variable of the function, which looks at it.
func inClosure(ctx context.Context, c *sqs.Client, in *sqs.SendMessageBatchInput) error {
	var out *sqs.SendMessageBatchOutput
	err := retry(func() error {
		var err error
		out, err = c.SendMessageBatch(ctx, in)
		return err
	})
	if err != nil {
		return err
	}
	if len(out.Failed) > 0 {
		return errors.New("failed")
	}
	return nil
}

// A literal is a function like any other.
func closureDrops(ctx context.Context, c *sqs.Client, in *sqs.SendMessageBatchInput) error {
	return retry(func() error {
		_, err := c.SendMessageBatch(ctx, in) // want `result-unchecked`
		return err
	})
}

// A look at the first output is none at the second.
func two(ctx context.Context, c *sqs.Client, in *sqs.SendMessageBatchInput) error {
	out, err := c.SendMessageBatch(ctx, in)
	if err != nil {
		return err
	}
	if len(out.Failed) > 0 {
		return errors.New("failed")
	}
	_, err = c.SendMessageBatch(ctx, in) // want `result-unchecked`
	return err
}

// The error of a later call may be nil.
func laterError(ctx context.Context, c *sqs.Client, in *sqs.SendMessageBatchInput, done func() error) error {
	_, err := c.SendMessageBatch(ctx, in) // want `result-unchecked`
	if err != nil {
		return err
	}
	return done()
}

// Silent: each iteration asks the same, and the output is looked at before the end.
func polling(ctx context.Context, c *sqs.Client, in *sqs.SendMessageBatchInput) error {
	for {
		out, err := c.SendMessageBatch(ctx, in)
		if err != nil {
			continue
		}
		if len(out.Failed) == 0 {
			return nil
		}
	}
}

// Silent: the output is returned in a named result of a function that defers.
func namedDefer(ctx context.Context, c *sqs.Client, in *sqs.SendMessageBatchInput) (out *sqs.SendMessageBatchOutput, err error) {
	defer func() { log.Print("done") }()
	out, err = c.SendMessageBatch(ctx, in)
	return out, err
}

// Silent: to keep one kind of failure and to let the others go is a choice.
func failedList(ctx context.Context, c *sqs.Client, in *sqs.SendMessageBatchInput) (failed []string, err error) {
	out, err := c.SendMessageBatch(ctx, in)
	if err != nil {
		return nil, err
	}
	for _, f := range out.Failed {
		if aws.ToString(f.Code) == "Throttled" {
			failed = append(failed, *f.Id)
		}
	}
	return failed, nil
}

// Silent: the bool tells.
func boolResult(ctx context.Context, c *sqs.Client, in *sqs.SendMessageBatchInput) bool {
	out, err := c.SendMessageBatch(ctx, in)
	return err == nil && len(out.Failed) == 0
}

// Try gives the error alone.
func try[T any](f func() (T, error)) error {
	_, err := f()
	return err
}

// Nobody gets the output that the literal returns.
func generic(ctx context.Context, c *sqs.Client, in *sqs.SendMessageBatchInput) error {
	return try(func() (*sqs.SendMessageBatchOutput, error) {
		return c.SendMessageBatch(ctx, in) // want `result-unchecked`
	})
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// The helper gives what it gets.
func mustDrop(ctx context.Context, c *sqs.Client, in *sqs.SendMessageBatchInput) string {
	out := must(c.SendMessageBatch(ctx, in)) // want `result-unchecked`
	return *out.Successful[0].MessageId
}

// Silent: likewise, and the failures are looked at.
func mustLook(ctx context.Context, c *sqs.Client, in *sqs.SendMessageBatchInput) int {
	out := must(c.SendMessageBatch(ctx, in))
	return len(out.Failed)
}

func attempt[T any](f func() (T, error)) (T, error) {
	for {
		v, err := f()
		if err == nil {
			return v, nil
		}
	}
}

// Silent: the helper may look at what it gives. With -strict, it doesn't.
func attempted(ctx context.Context, c *sqs.Client, in *sqs.SendMessageBatchInput) error {
	out, err := attempt(func() (*sqs.SendMessageBatchOutput, error) { return c.SendMessageBatch(ctx, in) })
	if err != nil {
		return err
	}
	if len(out.Failed) > 0 {
		return errors.New("failed")
	}
	return nil
}

// Silent: the number of the messages that were sent is compared.
func collectedCounted(ctx context.Context, c *sqs.Client, in *sqs.SendMessageBatchInput) ([]string, error) {
	out, err := c.SendMessageBatch(ctx, in)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, s := range out.Successful {
		ids = append(ids, aws.ToString(s.MessageId))
	}
	if len(ids) < len(in.Entries) {
		return ids, errors.New("some are missing")
	}
	return ids, nil
}

// Silent: the loop counts them.
func countedInLoop(ctx context.Context, c *sqs.Client, in *sqs.SendMessageBatchInput) error {
	out, err := c.SendMessageBatch(ctx, in)
	if err != nil {
		return err
	}
	n := 0
	for range out.Successful {
		n++
	}
	if n < len(in.Entries) {
		return errors.New("some are missing")
	}
	return nil
}

// Silent: the loop searches for one message.
func searched(ctx context.Context, c *sqs.Client, in *sqs.SendMessageBatchInput, id string) (string, error) {
	out, err := c.SendMessageBatch(ctx, in)
	if err != nil {
		return "", err
	}
	for _, s := range out.Successful {
		if aws.ToString(s.Id) == id {
			return *s.MessageId, nil
		}
	}
	return "", errors.New("not sent")
}

// Silent: likewise, with a flag.
func searchedWithFlag(ctx context.Context, c *sqs.Client, in *sqs.SendMessageBatchInput, id string) (found bool, err error) {
	out, err := c.SendMessageBatch(ctx, in)
	if err != nil {
		return false, err
	}
	sent := ""
	for _, s := range out.Successful {
		if aws.ToString(s.Id) == id {
			sent = *s.MessageId
		}
	}
	if sent == "" {
		return false, errors.New("not sent")
	}
	return true, nil
}

// Silent: what was sent leaves the caller's set.
func removed(ctx context.Context, c *sqs.Client, in *sqs.SendMessageBatchInput, pending map[string]bool) error {
	out, err := c.SendMessageBatch(ctx, in)
	if err != nil {
		return err
	}
	for _, s := range out.Successful {
		delete(pending, *s.Id)
	}
	return nil
}

// Silent: the text is returned, and says how many failed.
func told(ctx context.Context, c *sqs.Client, in *sqs.SendMessageBatchInput) (string, error) {
	out, err := c.SendMessageBatch(ctx, in)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%d failed", len(out.Failed)), nil
}

// Silent: the client is told.
func served(w http.ResponseWriter, c *sqs.Client, in *sqs.SendMessageBatchInput) {
	out, err := c.SendMessageBatch(context.Background(), in)
	if err != nil {
		http.Error(w, "failed", http.StatusBadGateway)
		return
	}
	fmt.Fprintf(w, "%d failed", len(out.Failed))
}

// A text that is only printed tells nobody.
func texted(ctx context.Context, c *sqs.Client, in *sqs.SendMessageBatchInput) error {
	out, err := c.SendMessageBatch(ctx, in) // want `result-unchecked: out\.Failed is only printed`
	if err != nil {
		return err
	}
	text := fmt.Sprintf("%d failed", len(out.Failed))
	log.Print(text)
	return nil
}
