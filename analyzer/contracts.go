package analyzer

import (
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/asynccheck/asynccheck/internal/contract"
	"github.com/asynccheck/asynccheck/internal/contract/catalog"
)

// contracts returns the contracts that responses may follow.
func (c *Config) contracts() []*contract.Contract {
	return slices.DeleteFunc(slices.Clone(catalog.Contracts()), func(known *contract.Contract) bool { return known.Off && !c.Strict })
}

// ContractOf returns the ID of the contract that a diagnostic's response follows, "" if the diagnostic is about no
// response. An [analysis.Diagnostic] has no field for it: it is the fragment of the URL, which leads to the rule's page.
func ContractOf(d analysis.Diagnostic) string {
	_, id, _ := strings.Cut(d.URL, "#")
	return id
}

// Label names a finding where people read it: by its rule and the ID of its contract. It leaves out
// built-in contracts that are found by JSON members.
func Label(rule, id string) string {
	leftOut := func(c *contract.Contract) bool { return c.ID == id && c.ByMembers() }
	if id == "" || slices.ContainsFunc(catalog.Contracts(), leftOut) {
		return rule
	}
	return rule + ", " + id
}
