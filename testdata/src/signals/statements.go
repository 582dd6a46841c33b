package signals

import (
	"context"
	"errors"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/kinesis"
	confluent "github.com/confluentinc/confluent-kafka-go/v2/kafka"
)

// Nobody gets what a deferred call returns.
func deferredCall(ctx context.Context, c *kinesis.Client, in *kinesis.PutRecordsInput) error {
	defer c.PutRecords(ctx, in) // want `result-unchecked: FailedRecordCount from c\.PutRecords is never checked`
	return nil
}

// Nor what a call returns that is started.
func startedCall(ctx context.Context, c *kinesis.Client, in *kinesis.PutRecordsInput) {
	go c.PutRecords(ctx, in) // want `result-unchecked`
}

// Silent: the function fails.
func deferredCallOfFailure(ctx context.Context, c *kinesis.Client, in *kinesis.PutRecordsInput) error {
	defer c.PutRecords(ctx, in)
	return errors.New("failed")
}

// Silent: nothing is done in a dry run.
func deferredDryRun(ctx context.Context, c *ec2.Client, ids []string) {
	defer c.DeleteVpcEndpoints(ctx, &ec2.DeleteVpcEndpointsInput{DryRun: aws.Bool(true), VpcEndpointIds: ids})
}

// Each iteration starts another request.
func startedInLoop(ctx context.Context, c *kinesis.Client, all []*kinesis.PutRecordsInput) {
	for _, in := range all {
		go c.PutRecords(ctx, in) // want `result-unchecked`
	}
}

// A contract may name the function alone.
func deferredFunction(ctx context.Context, c *confluent.AdminClient) {
	defer c.DeleteTopics(ctx, []string{"t"}) // want `result-unchecked`
}

// A method value is the method.
func methodValue(ctx context.Context, c *kinesis.Client, in *kinesis.PutRecordsInput) error {
	put := c.PutRecords
	_, err := put(ctx, in) // want `result-unchecked: FailedRecordCount from put is never checked`
	return err
}

// So it is of an interface that the package declares.
func methodValueOfInterface(ctx context.Context, c dynamo, in any) error {
	write := c.BatchWriteItem
	_, err := write(ctx, nil) // want `result-unchecked`
	return err
}

// So is a method expression.
func methodExpression(ctx context.Context, c *kinesis.Client, in *kinesis.PutRecordsInput) error {
	put := (*kinesis.Client).PutRecords
	_, err := put(c, ctx, in) // want `result-unchecked`
	return err
}

// Silent: the count is looked at.
func methodValueChecked(ctx context.Context, c *kinesis.Client, in *kinesis.PutRecordsInput) error {
	put := c.PutRecords
	out, err := put(ctx, in)
	if err != nil {
		return err
	}
	if *out.FailedRecordCount > 0 {
		return errors.New("failed")
	}
	return nil
}

// Silent: nobody knows here who calls it.
func methodValuePassedOn(c *kinesis.Client, use func(any)) {
	use(c.PutRecords)
}
