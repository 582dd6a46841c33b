// Package throughports calls an SDK that it doesn't import through interfaces that another package declares.
package throughports

import (
	"context"

	"signals/given/ports"
)

func send(ctx context.Context, s ports.Sender) error {
	_, err := s.SendMessageBatch(ctx, nil) // want `result-unchecked`
	return err
}

// Embedding makes no difference.
type queue struct{ ports.Plain }

func (q *queue) send() error {
	_, err := q.SendMessageBatch(nil) // want `result-unchecked`
	return err
}

// Silent: these are no methods of the SDK.
func own(s ports.Own) error {
	if _, err := s.SendMessageBatch(nil); err != nil {
		return err
	}
	_, err := s.SendAll(nil)
	return err
}
