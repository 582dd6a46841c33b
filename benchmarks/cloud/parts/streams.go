package parts

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/kinesis"
	kinesistypes "github.com/aws/aws-sdk-go-v2/service/kinesis/types"
)

// A Reading is what a sensor says.
type Reading struct {
	Sensor string    `json:"sensor"`
	Value  float64   `json:"value"`
	At     time.Time `json:"at"`
}

// A Stream has readings.
type Stream struct {
	Client *kinesis.Client
	Name   string
}

// Append adds a reading.
func (s *Stream) Append(ctx context.Context, r *Reading) error {
	data, err := json.Marshal(r)
	if err != nil {
		return err
	}
	_, err = s.Client.PutRecord(ctx, &kinesis.PutRecordInput{
		StreamName:   aws.String(s.Name),
		PartitionKey: aws.String(r.Sensor),
		Data:         data,
	})
	if err != nil {
		return fmt.Errorf("append a reading of %s: %w", r.Sensor, err)
	}
	return nil
}

// Shards returns the stream's shards.
func (s *Stream) Shards(ctx context.Context) (shards []kinesistypes.Shard, err error) {
	in := &kinesis.ListShardsInput{StreamName: aws.String(s.Name)}
	for {
		out, err := s.Client.ListShards(ctx, in)
		if err != nil {
			return nil, fmt.Errorf("shards of %s: %w", s.Name, err)
		}
		shards = append(shards, out.Shards...)
		if out.NextToken == nil {
			return shards, nil
		}
		in = &kinesis.ListShardsInput{NextToken: out.NextToken}
	}
}

// Read gives the readings of a shard to a function.
func (s *Stream) Read(ctx context.Context, shard string, since time.Time, use func(*Reading) error) error {
	begin, err := s.Client.GetShardIterator(ctx, &kinesis.GetShardIteratorInput{
		StreamName:        aws.String(s.Name),
		ShardId:           aws.String(shard),
		ShardIteratorType: kinesistypes.ShardIteratorTypeAtTimestamp,
		Timestamp:         aws.Time(since),
	})
	if err != nil {
		return fmt.Errorf("read shard %s: %w", shard, err)
	}
	for next := begin.ShardIterator; next != nil && ctx.Err() == nil; {
		out, err := s.Client.GetRecords(ctx, &kinesis.GetRecordsInput{ShardIterator: next, Limit: aws.Int32(500)})
		if err != nil {
			return fmt.Errorf("read shard %s: %w", shard, err)
		}
		for _, record := range out.Records {
			r := new(Reading)
			if err := json.Unmarshal(record.Data, r); err != nil {
				return fmt.Errorf("record %s: %w", aws.ToString(record.SequenceNumber), err)
			}
			if err := use(r); err != nil {
				return err
			}
		}
		next = out.NextShardIterator
	}
	return ctx.Err()
}
