package parts

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"slices"
	"strconv"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sns"
	snstypes "github.com/aws/aws-sdk-go-v2/service/sns/types"
)

func (t *Topic) batch(notices []*Notice) (*sns.PublishBatchInput, error) {
	in := &sns.PublishBatchInput{TopicArn: aws.String(t.ARN)}
	for i, n := range notices {
		text, err := json.Marshal(n)
		if err != nil {
			return nil, err
		}
		in.PublishBatchRequestEntries = append(in.PublishBatchRequestEntries, snstypes.PublishBatchRequestEntry{
			Id:                aws.String(strconv.Itoa(i)),
			Message:           aws.String(string(text)),
			MessageAttributes: n.attributes(),
		})
	}
	return in, nil
}

// PublishAll publishes notices, and counts those that got an ID only for the log.
func (t *Topic) PublishAll(ctx context.Context, notices []*Notice) error {
	for some := range slices.Chunk(notices, 10) {
		in, err := t.batch(some)
		if err != nil {
			return err
		}
		out, err := t.Client.PublishBatch(ctx, in) // want result-unchecked
		if err != nil {
			return fmt.Errorf("publish %d notices: %w", len(some), err)
		}
		for _, entry := range out.Successful {
			slog.Info("published", "notice", some[0].Subject, "id", aws.ToString(entry.MessageId))
		}
	}
	return nil
}

// Announce publishes notices, and returns those that must be published again.
func (t *Topic) Announce(ctx context.Context, notices []*Notice) (again []*Notice, err error) {
	for some := range slices.Chunk(notices, 10) {
		in, err := t.batch(some)
		if err != nil {
			return nil, err
		}
		out, err := t.Client.PublishBatch(ctx, in)
		if err != nil {
			return nil, fmt.Errorf("announce %d notices: %w", len(some), err)
		}
		for _, e := range out.Failed {
			if e.SenderFault {
				return nil, fmt.Errorf("announce: %s (%s)", aws.ToString(e.Message), aws.ToString(e.Code))
			}
			i, err := strconv.Atoi(aws.ToString(e.Id))
			if err != nil {
				return nil, err
			}
			again = append(again, some[i])
		}
	}
	return again, nil
}
