package parts

import (
	"context"
	"fmt"
	"log"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/firehose"
	firehosetypes "github.com/aws/aws-sdk-go-v2/service/firehose/types"
)

// Lines delivers lines, or says how many were refused.
func (d *Delivery) Lines(ctx context.Context, lines [][]string) error {
	for some := range slices.Chunk(lines, 500) {
		in := &firehose.PutRecordBatchInput{DeliveryStreamName: aws.String(d.Name)}
		for _, fields := range some {
			data, err := line(fields)
			if err != nil {
				return err
			}
			in.Records = append(in.Records, firehosetypes.Record{Data: data})
		}
		out, err := d.Client.PutRecordBatch(ctx, in)
		if err != nil {
			return fmt.Errorf("deliver %d lines to %s: %w", len(some), d.Name, err)
		}
		if n := aws.ToInt32(out.FailedPutCount); n > 0 {
			return fmt.Errorf("deliver to %s: %d lines were refused", d.Name, n)
		}
	}
	return nil
}

// Drain delivers what comes, and only counts requests.
func (d *Delivery) Drain(ctx context.Context, lines <-chan []byte) (n int, err error) {
	var records []firehosetypes.Record
	for data := range lines {
		records = append(records, firehosetypes.Record{Data: data})
		if len(records) < 500 {
			continue
		}
		out, err := d.Client.PutRecordBatch(ctx, &firehose.PutRecordBatchInput{ // want result-unchecked
			DeliveryStreamName: aws.String(d.Name),
			Records:            records,
		})
		if err != nil {
			return n, fmt.Errorf("drain to %s: %w", d.Name, err)
		}
		log.Printf("delivered %d lines (encrypted: %t)", len(records), aws.ToBool(out.Encrypted))
		n, records = n+1, nil
	}
	return n, nil
}
