package parts

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/kinesis"
	kinesistypes "github.com/aws/aws-sdk-go-v2/service/kinesis/types"
)

func records(readings []*Reading) (entries []kinesistypes.PutRecordsRequestEntry, err error) {
	for _, r := range readings {
		data, err := json.Marshal(r)
		if err != nil {
			return nil, err
		}
		entries = append(entries, kinesistypes.PutRecordsRequestEntry{Data: data, PartitionKey: aws.String(r.Sensor)})
	}
	return entries, nil
}

// AppendAll adds readings, those that were refused once more.
func (s *Stream) AppendAll(ctx context.Context, readings []*Reading) error {
	for some := range slices.Chunk(readings, 500) {
		entries, err := records(some)
		if err != nil {
			return err
		}
		for try := 0; len(entries) > 0; try++ {
			if try == 5 {
				return fmt.Errorf("append: %d readings were refused", len(entries))
			}
			out, err := s.Client.PutRecords(ctx, &kinesis.PutRecordsInput{StreamName: aws.String(s.Name), Records: entries})
			if err != nil {
				return fmt.Errorf("append %d readings: %w", len(entries), err)
			}
			var refused []kinesistypes.PutRecordsRequestEntry
			for i, record := range out.Records {
				if record.ErrorCode != nil {
					refused = append(refused, entries[i])
				}
			}
			entries = refused
		}
	}
	return nil
}

// Flush adds readings, and takes an answer for success.
func (s *Stream) Flush(ctx context.Context, readings []*Reading) error {
	entries, err := records(readings)
	if err != nil {
		return err
	}
	_, err = s.Client.PutRecords(ctx, &kinesis.PutRecordsInput{ // want result-unchecked
		StreamName: aws.String(s.Name),
		Records:    entries,
	})
	if err != nil {
		return fmt.Errorf("flush %d readings: %w", len(readings), err)
	}
	return nil
}
