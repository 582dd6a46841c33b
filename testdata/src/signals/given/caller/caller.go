// Package caller calls an SDK that it does not import: others give it the clients.
package caller

import (
	"context"
	"fmt"

	"signals/given/clients"
	"signals/given/senders"
)

func embedded(ctx context.Context, q *clients.Queue) error {
	_, err := q.SendMessageBatch(ctx, nil) // want `result-unchecked`
	return err
}

func alias(ctx context.Context, c *clients.Client) error {
	_, err := c.SendMessageBatch(ctx, nil) // want `result-unchecked`
	return err
}

func variable(ctx context.Context) error {
	_, err := clients.Default.SendMessageBatch(ctx, nil) // want `result-unchecked`
	return err
}

func result(ctx context.Context) error {
	_, err := clients.Connect().SendMessageBatch(ctx, nil) // want `result-unchecked`
	return err
}

func field(ctx context.Context, s *senders.Service) error {
	_, err := s.Sender.SendMessageBatch(ctx, nil) // want `result-unchecked`
	return err
}

func method(ctx context.Context) error {
	_, err := senders.New().Get().SendMessageBatch(ctx, nil) // want `result-unchecked`
	return err
}

func variableOfInterface(ctx context.Context) error {
	_, err := senders.Default.SendMessageBatch(ctx, nil) // want `result-unchecked`
	return err
}

// Silent: the failures are counted.
func checked(ctx context.Context, q *clients.Queue) error {
	out, err := q.SendMessageBatch(ctx, nil)
	if err != nil {
		return err
	}
	if n := len(out.Failed); n > 0 {
		return fmt.Errorf("%d messages were not sent", n)
	}
	return nil
}
