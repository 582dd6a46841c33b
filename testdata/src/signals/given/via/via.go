// Package via gives clients of an SDK that it does not import.
package via

import "signals/given/clients"

// A Service has the methods of what it embeds.
type Service struct{ clients.Queue }

// New returns a service.
func New() *Service { return &Service{clients.Queue{Client: clients.Default}} }
