// Package catalog has the built-in contracts, one YAML file a vendor. The Go table is generated from them:
//
//	go generate ./internal/contract/catalog
package catalog

import (
	"sync"

	"github.com/asynccheck/asynccheck/internal/contract"
)

//go:generate go run ./generate

// Contracts returns the built-in contracts, which nobody may change. Where a type could follow several, the
// first counts.
var Contracts = sync.OnceValue(table)

// Find returns the contract with the ID, or nil.
func Find(id string) *contract.Contract {
	for _, c := range Contracts() {
		if c.ID == id {
			return c
		}
	}
	return nil
}
