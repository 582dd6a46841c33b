// Package strict uses an SDK, and is analyzed with -strict.
package strict

import (
	"context"
	"errors"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/sqs"
	"github.com/aws/aws-sdk-go-v2/service/sqs/types"
)

// Memory is a queue in memory, for programs that have none.
type Memory struct {
	sent []types.SendMessageBatchRequestEntry
}

// SendMessageBatch builds the output.
func (m *Memory) SendMessageBatch(ctx context.Context, in *sqs.SendMessageBatchInput) (*sqs.SendMessageBatchOutput, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	m.sent = append(m.sent, in.Entries...)
	return &sqs.SendMessageBatchOutput{}, nil
}

// Silent: the package knows what its own queue gives.
func fake(ctx context.Context, m *Memory, in *sqs.SendMessageBatchInput) error {
	_, err := m.SendMessageBatch(ctx, in)
	return err
}

func done() (*sqs.SendMessageBatchOutput, error) { return new(sqs.SendMessageBatchOutput), nil }

// Silent: likewise.
func faked() error {
	_, err := done()
	return err
}

// Silent: a function that builds the output or gives none.
func maybe(ok bool) *sqs.SendMessageBatchOutput {
	var out *sqs.SendMessageBatchOutput
	if ok {
		out = &sqs.SendMessageBatchOutput{Successful: make([]types.SendMessageBatchResultEntry, 1)}
	}
	return out
}

func mayBe(ok bool) error {
	out := maybe(ok)
	if out == nil {
		return errors.New("nothing was sent")
	}
	return nil
}

// What an unknown function gives counts as unchecked.
func unknown(ctx context.Context, send func(context.Context, *sqs.SendMessageBatchInput) (*sqs.SendMessageBatchOutput, error)) error {
	_, err := send(ctx, nil) // want `result-unchecked`
	return err
}

type sender interface {
	SendMessageBatch(ctx context.Context, bodies ...string) (*sqs.SendMessageBatchOutput, error)
}

// So does what a method of an interface gives.
func other(ctx context.Context, s sender) error {
	_, err := s.SendMessageBatch(ctx, "a") // want `result-unchecked`
	return err
}

// Silent: the function has looked at the failures.
func checked(ctx context.Context, s sender, bodies ...string) (*sqs.SendMessageBatchOutput, error) {
	out, err := s.SendMessageBatch(ctx, bodies...)
	if err != nil {
		return nil, err
	}
	var failed []string
	for _, f := range out.Failed {
		failed = append(failed, *f.Id)
	}
	if len(failed) > 0 {
		return nil, errors.New(strings.Join(failed, " "))
	}
	return out, nil
}

func byChecked(ctx context.Context, s sender) error {
	_, err := checked(ctx, s)
	return err
}

// To throw everything away is an intent, but not a strict one.
func thrownAway(ctx context.Context, c *sqs.Client, in *sqs.SendMessageBatchInput) {
	_, _ = c.SendMessageBatch(ctx, in) // want `result-unchecked`
}
