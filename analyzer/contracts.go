package analyzer

import (
	"slices"

	"github.com/asynccheck/asynccheck/internal/contract"
	"github.com/asynccheck/asynccheck/internal/contract/catalog"
)

// contracts returns the contracts that responses may follow.
func (c *Config) contracts() []*contract.Contract {
	return slices.DeleteFunc(slices.Clone(catalog.Contracts()), func(known *contract.Contract) bool { return known.Off && !c.Strict })
}
