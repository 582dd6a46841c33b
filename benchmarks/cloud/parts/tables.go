package parts

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	dbtypes "github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// An Order is a row of a table.
type Order struct {
	ID      string
	State   string
	Cents   int64
	Changed time.Time
}

// A Table keeps orders.
type Table struct {
	Client *dynamodb.Client
	Name   string
}

// ErrChanged says that somebody else has changed an order.
var ErrChanged = errors.New("the order was changed")

func (o *Order) item() map[string]dbtypes.AttributeValue {
	return map[string]dbtypes.AttributeValue{
		"id":      &dbtypes.AttributeValueMemberS{Value: o.ID},
		"state":   &dbtypes.AttributeValueMemberS{Value: o.State},
		"cents":   &dbtypes.AttributeValueMemberN{Value: strconv.FormatInt(o.Cents, 10)},
		"changed": &dbtypes.AttributeValueMemberS{Value: o.Changed.Format(time.RFC3339)},
	}
}

func orderOf(item map[string]dbtypes.AttributeValue) (*Order, error) {
	o := new(Order)
	for name, field := range map[string]*string{"id": &o.ID, "state": &o.State} {
		s, ok := item[name].(*dbtypes.AttributeValueMemberS)
		if !ok {
			return nil, fmt.Errorf("an order without %s", name)
		}
		*field = s.Value
	}
	if n, ok := item["cents"].(*dbtypes.AttributeValueMemberN); ok {
		cents, err := strconv.ParseInt(n.Value, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("order %s: %w", o.ID, err)
		}
		o.Cents = cents
	}
	return o, nil
}

// Get returns an order.
func (t *Table) Get(ctx context.Context, id string) (*Order, error) {
	out, err := t.Client.GetItem(ctx, &dynamodb.GetItemInput{
		TableName: aws.String(t.Name),
		Key:       map[string]dbtypes.AttributeValue{"id": &dbtypes.AttributeValueMemberS{Value: id}},
	})
	if err != nil {
		return nil, fmt.Errorf("get order %s: %w", id, err)
	}
	if out.Item == nil {
		return nil, nil
	}
	return orderOf(out.Item)
}

// Put writes an order that nobody else has changed.
func (t *Table) Put(ctx context.Context, o *Order, before string) error {
	_, err := t.Client.PutItem(ctx, &dynamodb.PutItemInput{
		TableName:                 aws.String(t.Name),
		Item:                      o.item(),
		ConditionExpression:       aws.String("#s = :before"),
		ExpressionAttributeNames:  map[string]string{"#s": "state"},
		ExpressionAttributeValues: map[string]dbtypes.AttributeValue{":before": &dbtypes.AttributeValueMemberS{Value: before}},
	})
	var failed *dbtypes.ConditionalCheckFailedException
	if errors.As(err, &failed) {
		return ErrChanged
	}
	return err
}

// InState returns the orders in a state.
func (t *Table) InState(ctx context.Context, state string) (orders []*Order, err error) {
	in := &dynamodb.QueryInput{
		TableName:                 aws.String(t.Name),
		IndexName:                 aws.String("by-state"),
		KeyConditionExpression:    aws.String("#s = :s"),
		ExpressionAttributeNames:  map[string]string{"#s": "state"},
		ExpressionAttributeValues: map[string]dbtypes.AttributeValue{":s": &dbtypes.AttributeValueMemberS{Value: state}},
	}
	for {
		out, err := t.Client.Query(ctx, in)
		if err != nil {
			return nil, fmt.Errorf("orders in state %s: %w", state, err)
		}
		for _, item := range out.Items {
			o, err := orderOf(item)
			if err != nil {
				return nil, err
			}
			orders = append(orders, o)
		}
		if len(out.LastEvaluatedKey) == 0 {
			return orders, nil
		}
		in.ExclusiveStartKey = out.LastEvaluatedKey
	}
}
