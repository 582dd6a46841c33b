// Package onlyvia calls an SDK that neither it nor its import imports.
package onlyvia

import (
	"context"

	"signals/given/via"
)

func twice(ctx context.Context) error {
	_, err := via.New().SendMessageBatch(ctx, nil) // want `result-unchecked`
	return err
}

// Service gives a service to packages that know neither the SDK nor those that gave it.
func Service() *via.Service { return via.New() }
