// Package orders keeps a shop's orders in AWS, in two ways: [Naive] believes that
// a call without an error did everything, and [Careful] looks for what failed.
package orders

import (
	"context"
	"encoding/json"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	dynamodbtypes "github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/aws/aws-sdk-go-v2/service/kinesis"
	kinesistypes "github.com/aws/aws-sdk-go-v2/service/kinesis/types"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	s3types "github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
	sqstypes "github.com/aws/aws-sdk-go-v2/service/sqs/types"
)

// An Order is what somebody bought.
type Order struct {
	ID      string `json:"id"`
	Article string `json:"article"`
	Count   int    `json:"count"`
}

// Max is how many orders an operation takes. SQS takes no more in one request.
const Max = 10

// Operations is what a shop does with orders.
type Operations interface {
	Save(ctx context.Context, orders ...Order) error   // writes them into the table
	Ship(ctx context.Context, orders ...Order) error   // tells the warehouse, through the queue
	Report(ctx context.Context, orders ...Order) error // tells the statistics, through the stream
	Forget(ctx context.Context, orders ...Order) error // deletes their receipts from the bucket
}

var (
	_ Operations = Naive{}
	_ Operations = Careful{}
)

// Settings says where in AWS things are, and how long to wait.
type Settings struct {
	Table  string        // name
	Queue  string        // URL
	Stream string        // name
	Bucket string        // name
	Wait   time.Duration // before the table is asked again
}

// A Client calls the services.
type Client struct {
	Settings
	dynamodb *dynamodb.Client
	sqs      *sqs.Client
	kinesis  *kinesis.Client
	s3       *s3.Client
}

// NewClient returns a client.
func NewClient(cfg aws.Config, settings Settings) *Client {
	return &Client{
		Settings: settings,
		dynamodb: dynamodb.NewFromConfig(cfg),
		sqs:      sqs.NewFromConfig(cfg),
		kinesis:  kinesis.NewFromConfig(cfg),
		s3:       s3.NewFromConfig(cfg, func(o *s3.Options) { o.UsePathStyle = true }),
	}
}

// writes returns requests to write orders into the table.
func (c *Client) writes(orders []Order) map[string][]dynamodbtypes.WriteRequest {
	var writes []dynamodbtypes.WriteRequest
	for _, o := range orders {
		writes = append(writes, dynamodbtypes.WriteRequest{PutRequest: &dynamodbtypes.PutRequest{
			Item: map[string]dynamodbtypes.AttributeValue{
				"id":    &dynamodbtypes.AttributeValueMemberS{Value: o.ID},
				"order": &dynamodbtypes.AttributeValueMemberS{Value: text(o)},
			},
		}})
	}
	return map[string][]dynamodbtypes.WriteRequest{c.Table: writes}
}

// messages returns messages for the warehouse.
func messages(orders []Order) []sqstypes.SendMessageBatchRequestEntry {
	var messages []sqstypes.SendMessageBatchRequestEntry
	for _, o := range orders {
		messages = append(messages, sqstypes.SendMessageBatchRequestEntry{Id: aws.String(o.ID), MessageBody: aws.String(text(o))})
	}
	return messages
}

// records returns records for the statistics.
func records(orders []Order) []kinesistypes.PutRecordsRequestEntry {
	var records []kinesistypes.PutRecordsRequestEntry
	for _, o := range orders {
		records = append(records, kinesistypes.PutRecordsRequestEntry{PartitionKey: aws.String(o.ID), Data: []byte(text(o))})
	}
	return records
}

// receipts returns the names of receipts in the bucket.
func receipts(orders []Order) *s3types.Delete {
	var objects []s3types.ObjectIdentifier
	for _, o := range orders {
		objects = append(objects, s3types.ObjectIdentifier{Key: aws.String(o.ID)})
	}
	return &s3types.Delete{Objects: objects, Quiet: aws.Bool(true)}
}

// text returns the order as JSON.
func text(o Order) string {
	data, err := json.Marshal(o)
	if err != nil {
		panic(err) // strings and numbers can always be marshalled
	}
	return string(data)
}
