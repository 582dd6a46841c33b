package parts

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/eventbridge"
	eventtypes "github.com/aws/aws-sdk-go-v2/service/eventbridge/types"
)

// Emit sends events of a kind, and doesn't ask which of them were refused.
func (b *Bus) Emit(ctx context.Context, kind string, events ...any) error {
	for some := range slices.Chunk(events, 10) {
		in := new(eventbridge.PutEventsInput)
		for _, event := range some {
			detail, err := json.Marshal(event)
			if err != nil {
				return err
			}
			in.Entries = append(in.Entries, eventtypes.PutEventsRequestEntry{
				EventBusName: aws.String(b.Name),
				Source:       aws.String("example.jobs"),
				DetailType:   aws.String(kind),
				Detail:       aws.String(string(detail)),
				Time:         aws.Time(time.Now()),
			})
		}
		out, err := b.Client.PutEvents(ctx, in) // want result-unchecked
		if err != nil || out == nil {
			return fmt.Errorf("emit %d events: %w", len(some), err)
		}
	}
	return nil
}

// Route lets a rule call functions.
func (b *Bus) Route(ctx context.Context, rule string, functions map[string]string) error {
	in := &eventbridge.PutTargetsInput{EventBusName: aws.String(b.Name), Rule: aws.String(rule)}
	for id, arn := range functions {
		in.Targets = append(in.Targets, eventtypes.Target{Id: aws.String(id), Arn: aws.String(arn)})
	}
	out, err := b.Client.PutTargets(ctx, in)
	if err != nil {
		return fmt.Errorf("route %s: %w", rule, err)
	}
	if out.FailedEntryCount == 0 {
		return nil
	}
	var failed []string
	for _, e := range out.FailedEntries {
		failed = append(failed, fmt.Sprintf("%s: %s", aws.ToString(e.TargetId), aws.ToString(e.ErrorMessage)))
	}
	return fmt.Errorf("route %s: %s", rule, strings.Join(failed, "; "))
}

// Unroute removes all targets of a rule.
func (b *Bus) Unroute(ctx context.Context, rule string, ids ...string) error {
	out, err := b.Client.RemoveTargets(ctx, &eventbridge.RemoveTargetsInput{
		EventBusName: aws.String(b.Name),
		Rule:         aws.String(rule),
		Ids:          ids,
	})
	if err != nil {
		return fmt.Errorf("unroute %s: %w", rule, err)
	}
	if out.FailedEntryCount > 0 {
		return fmt.Errorf("unroute %s: %d targets stay", rule, out.FailedEntryCount)
	}
	return nil
}
