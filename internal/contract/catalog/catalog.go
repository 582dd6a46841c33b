// Package catalog has the built-in contracts, one YAML file for each vendor. The Go table is generated from them:
//
//	go generate ./internal/contract/catalog
package catalog

import (
	"sync"

	"github.com/asynccheck/asynccheck/internal/contract"
)

//go:generate go run ./generate

// Contracts returns the built-in contracts. Nobody may change them. If a type could follow several, the first counts.
var Contracts = sync.OnceValue(table)

// Default returns the contract that directives and the configuration speak about.
func Default() *contract.Contract { return Contracts()[0] }
