// Package last gets a client at third hand.
package last

import (
	"context"

	"signals/given/onlyvia"
)

func send(ctx context.Context) error {
	_, err := onlyvia.Service().SendMessageBatch(ctx, nil) // want `result-unchecked`
	return err
}
