package parts

import (
	"context"
	"encoding/csv"
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/firehose"
	firehosetypes "github.com/aws/aws-sdk-go-v2/service/firehose/types"
)

// A Delivery takes lines to a warehouse.
type Delivery struct {
	Client *firehose.Client
	Name   string
}

func line(fields []string) ([]byte, error) {
	var b strings.Builder
	w := csv.NewWriter(&b)
	if err := w.Write(fields); err != nil {
		return nil, err
	}
	w.Flush()
	return []byte(b.String()), w.Error()
}

// Line delivers a line.
func (d *Delivery) Line(ctx context.Context, fields ...string) error {
	data, err := line(fields)
	if err != nil {
		return err
	}
	_, err = d.Client.PutRecord(ctx, &firehose.PutRecordInput{
		DeliveryStreamName: aws.String(d.Name),
		Record:             &firehosetypes.Record{Data: data},
	})
	if err != nil {
		return fmt.Errorf("deliver to %s: %w", d.Name, err)
	}
	return nil
}

// Active reports whether lines can be delivered.
func (d *Delivery) Active(ctx context.Context) (bool, error) {
	out, err := d.Client.DescribeDeliveryStream(ctx, &firehose.DescribeDeliveryStreamInput{DeliveryStreamName: aws.String(d.Name)})
	if err != nil {
		return false, fmt.Errorf("describe %s: %w", d.Name, err)
	}
	if about := out.DeliveryStreamDescription; about != nil {
		return about.DeliveryStreamStatus == firehosetypes.DeliveryStreamStatusActive, nil
	}
	return false, nil
}
