package parts

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	dbtypes "github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// An OrderWriter writes many orders.
type OrderWriter interface {
	BatchWriteItem(context.Context, *dynamodb.BatchWriteItemInput, ...func(*dynamodb.Options)) (*dynamodb.BatchWriteItemOutput, error)
}

// Import writes orders, and asks no more than whether the requests arrived.
func Import(ctx context.Context, w OrderWriter, table string, orders []*Order) error {
	for some := range slices.Chunk(orders, 25) {
		var requests []dbtypes.WriteRequest
		for _, o := range some {
			requests = append(requests, dbtypes.WriteRequest{PutRequest: &dbtypes.PutRequest{Item: o.item()}})
		}
		_, err := w.BatchWriteItem(ctx, &dynamodb.BatchWriteItemInput{ // want result-unchecked
			RequestItems: map[string][]dbtypes.WriteRequest{table: requests},
		})
		if err != nil {
			return fmt.Errorf("import %d orders: %w", len(some), err)
		}
	}
	return nil
}

// Remove removes orders until all are gone.
func (t *Table) Remove(ctx context.Context, ids []string) error {
	for some := range slices.Chunk(ids, 25) {
		var requests []dbtypes.WriteRequest
		for _, id := range some {
			requests = append(requests, dbtypes.WriteRequest{DeleteRequest: &dbtypes.DeleteRequest{
				Key: map[string]dbtypes.AttributeValue{"id": &dbtypes.AttributeValueMemberS{Value: id}},
			}})
		}
		in := &dynamodb.BatchWriteItemInput{RequestItems: map[string][]dbtypes.WriteRequest{t.Name: requests}}
		for wait := 50 * time.Millisecond; len(in.RequestItems) > 0; wait *= 2 {
			out, err := t.Client.BatchWriteItem(ctx, in)
			if err != nil {
				return fmt.Errorf("remove %d orders: %w", len(some), err)
			}
			in.RequestItems = out.UnprocessedItems
			if len(in.RequestItems) > 0 {
				time.Sleep(wait)
			}
		}
	}
	return nil
}

// Write gives its caller what DynamoDB says.
func (t *Table) Write(ctx context.Context, orders ...*Order) (*dynamodb.BatchWriteItemOutput, error) {
	var requests []dbtypes.WriteRequest
	for _, o := range orders {
		requests = append(requests, dbtypes.WriteRequest{PutRequest: &dbtypes.PutRequest{Item: o.item()}})
	}
	return t.Client.BatchWriteItem(ctx, &dynamodb.BatchWriteItemInput{
		RequestItems: map[string][]dbtypes.WriteRequest{t.Name: requests},
	})
}

// Find returns the orders with these IDs.
func (t *Table) Find(ctx context.Context, ids []string) ([]*Order, error) {
	var keys []map[string]dbtypes.AttributeValue
	for _, id := range ids {
		keys = append(keys, map[string]dbtypes.AttributeValue{"id": &dbtypes.AttributeValueMemberS{Value: id}})
	}
	out, err := t.Client.BatchGetItem(ctx, &dynamodb.BatchGetItemInput{
		RequestItems: map[string]dbtypes.KeysAndAttributes{t.Name: {Keys: keys, ConsistentRead: aws.Bool(true)}},
	})
	if err != nil {
		return nil, fmt.Errorf("find orders: %w", err)
	}
	if n := len(out.UnprocessedKeys); n > 0 {
		return nil, fmt.Errorf("find orders: %d tables were not read", n)
	}
	var orders []*Order
	for _, item := range out.Responses[t.Name] {
		o, err := orderOf(item)
		if err != nil {
			return nil, err
		}
		orders = append(orders, o)
	}
	return orders, nil
}
