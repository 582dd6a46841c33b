// Package signals calls SDKs whose calls succeed although some items failed.
package signals

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/eventbridge"
	"github.com/aws/aws-sdk-go-v2/service/kinesis"
	"github.com/aws/aws-sdk-go-v2/service/lambda"
	"github.com/aws/aws-sdk-go-v2/service/sesv2"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
	"github.com/aws/aws-sdk-go-v2/service/ssm"
)

// The length of a list.
func List(ctx context.Context, client *sqs.Client, in *sqs.DeleteMessageBatchInput) error {
	_, err := client.DeleteMessageBatch(ctx, in) // want "result-unchecked"
	if err != nil {
		return err
	}
	return nil
}

// A list of names: the error has them.
func Names(ctx context.Context, client *ssm.Client, in *ssm.DeleteParametersInput) error {
	out, err := client.DeleteParameters(ctx, in) // want "result-unchecked"
	if err != nil {
		return fmt.Errorf("delete %d parameters: %w", len(in.Names), err)
	}
	fmt.Println(out.DeletedParameters)
	return nil
}

// A map of lists: its length is not the number of items.
func Lists(ctx context.Context, client *dynamodb.Client, in *dynamodb.BatchWriteItemInput) error {
	_, err := client.BatchWriteItem(ctx, in) // want "result-unchecked"
	if err != nil {
		return err
	}
	return nil
}

// A map of something else.
func Map(ctx context.Context, client *dynamodb.Client, in *dynamodb.BatchGetItemInput) (int, error) {
	out, err := client.BatchGetItem(ctx, in) // want "result-unchecked"
	if err != nil {
		return 0, fmt.Errorf("100%% read: %w", err)
	}
	return len(out.Responses["users"]), nil
}

// A count.
func Count(ctx context.Context, client *eventbridge.Client, in *eventbridge.PutEventsInput) error {
	_, err := client.PutEvents(ctx, in) // want "result-unchecked"
	if err != nil {
		return err
	}
	return nil
}

// A count behind a pointer.
func Pointer(ctx context.Context, client *kinesis.Client, in *kinesis.PutRecordsInput) error {
	_, err := client.PutRecords(ctx, in) // want "result-unchecked"
	if err != nil {
		return err
	}
	return nil
}

// A text that is there if something failed.
func Text(ctx context.Context, client *lambda.Client, name string) ([]byte, error) {
	out, err := client.Invoke(ctx, &lambda.InvokeInput{FunctionName: &name}) // want "result-unchecked"
	if err != nil {
		return nil, fmt.Errorf("invoke %s: %w", name, err)
	}
	return out.Payload, nil
}

// A struct that is there if something failed.
func Struct(ctx context.Context, client *cloudwatchlogs.Client, in *cloudwatchlogs.PutLogEventsInput) error {
	_, err := client.PutLogEvents(ctx, in) // want "result-unchecked"
	if err != nil {
		return err
	}
	return nil
}

// Something that is there for each item that failed.
func EachNil(ctx context.Context, client *dynamodb.Client, in *dynamodb.BatchExecuteStatementInput) error {
	_, err := client.BatchExecuteStatement(ctx, in) // want "result-unchecked"
	if err != nil {
		return err
	}
	return nil
}

// A text for each item.
func EachText(ctx context.Context, client *sesv2.Client, in *sesv2.SendBulkEmailInput) error {
	_, err := client.SendBulkEmail(ctx, in) // want "result-unchecked"
	if err != nil {
		return err
	}
	return nil
}
