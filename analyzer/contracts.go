package analyzer

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"path"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/asynccheck/asynccheck/internal/contract"
	"github.com/asynccheck/asynccheck/internal/contract/catalog"
	"github.com/asynccheck/asynccheck/internal/contract/document"
	"github.com/asynccheck/asynccheck/internal/filter/source"
	"github.com/asynccheck/asynccheck/internal/importpath"
	"github.com/asynccheck/asynccheck/internal/relevance/ofcontracts"
	"github.com/asynccheck/asynccheck/internal/spelling"
)

// An API is a contract of the user's own, in the words of the built-in ones. Decode it from JSON: docs/contracts.md says
// what the keys mean.
type API = document.Contract

// KnownContracts returns the built-in contracts and those of the configuration, and the IDs of the ones that are on.
func (c *Config) KnownContracts() (all []*contract.Contract, on map[string]bool) {
	all = append(slices.Clone(catalog.Contracts()), c.ownContracts()...)
	on = make(map[string]bool)
	for _, known := range all {
		on[known.ID] = !known.Off || c.Strict
	}
	for _, pattern := range c.Contracts {
		pattern, off := strings.CutPrefix(pattern, "-")
		for _, known := range all {
			if matches(pattern, known.ID) {
				on[known.ID] = !off
			}
		}
	}
	return all, on
}

// contracts returns the contracts that responses may follow. The first is always the default contract: if it is off,
// only types that a directive or the configuration names follow it.
func (c *Config) contracts() []*contract.Contract {
	all, on := c.KnownContracts()
	var chosen []*contract.Contract
	for i, known := range all {
		switch {
		case i == 0:
			first := *known
			first.Off = !on[first.ID]
			chosen = append(chosen, &first)
		case on[known.ID]:
			chosen = append(chosen, known)
		}
	}
	return chosen
}

// ownContracts returns the contracts of the user's own.
func (c *Config) ownContracts() (own []*contract.Contract) {
	for i := range c.APIs {
		api, _ := document.Own(&c.APIs[i])
		own = append(own, api)
	}
	return own
}

// chosenOwn returns those of them that are on.
func (c *Config) chosenOwn() []*contract.Contract {
	if len(c.APIs) == 0 { // as mostly
		return nil
	}
	_, on := c.KnownContracts()
	return slices.DeleteFunc(c.ownContracts(), func(own *contract.Contract) bool { return !on[own.ID] })
}

// matches reports whether a pattern matches an ID.
func matches(pattern, id string) bool {
	ok, err := path.Match(pattern, id)
	return ok && err == nil
}

// matchesContract reports whether a pattern matches the ID of a contract.
func matchesContract(pattern string, known []*contract.Contract) bool {
	return slices.ContainsFunc(known, func(c *contract.Contract) bool { return matches(pattern, c.ID) })
}

// isContract does that for the contracts that the configuration knows.
func (c *checker) isContract(pattern string) bool {
	known, _ := c.cfg.KnownContracts()
	return matchesContract(pattern, known)
}

// checkContracts checks the patterns of contracts, and the contracts of the user's own.
func (c *Config) checkContracts(failf func(key, format string, args ...any)) {
	if len(c.Contracts)+len(c.APIs) == 0 { // as mostly
		return
	}
	ids := make(map[string]string) // what has an ID
	for _, known := range catalog.Contracts() {
		ids[known.ID] = "a built-in contract"
	}
	for i := range c.APIs {
		if id, key := c.APIs[i].ID, fmt.Sprintf("apis[%d]", i); ids[id] == "" {
			ids[id] = key
		}
	}
	for i, p := range c.Contracts {
		key, pattern := fmt.Sprintf("contracts[%d]", i), strings.TrimPrefix(p, "-")
		matched := false
		for id := range ids {
			matched = matched || matches(pattern, id)
		}
		if _, err := path.Match(pattern, ""); err != nil {
			failf(key, "contract pattern %q: %v", pattern, err)
		} else if !matched {
			failf(key, "no contract matches %q%s", pattern, spelling.Meant(pattern, slices.Sorted(maps.Keys(ids)), "; asynccheck -contracts lists the contracts"))
		}
	}
	for i := range c.APIs {
		key := fmt.Sprintf("apis[%d]", i)
		_, problems := document.Own(&c.APIs[i])
		for _, p := range problems {
			failf(key+"."+p.Key, "%s", p.Msg)
		}
		if id := c.APIs[i].ID; id != "" && ids[id] != key {
			failf(key+".id", "%s is the ID of %s already, want another", id, ids[id])
		}
	}
}

// needsAll reports whether the filter can't look for the contracts of the user's own: it looks for words, and a member's
// JSON name need not be one.
func (c *Config) needsAll() bool {
	for _, own := range c.ownContracts() {
		if own.ByMembers() && !isWord(own.Code().Path) {
			return true
		}
		if own.ByMembers() && slices.ContainsFunc(append(own.Companions(), own.Members.TaskEnvelopes...), func(name string) bool { return !isWord(name) }) {
			return true
		}
	}
	return false
}

// isWord reports whether s has only letters, digits and underscores of ASCII, and does not begin with a digit.
func isWord(s string) bool {
	for i, c := range s {
		if c != '_' && (c < 'a' || 'z' < c) && (c < 'A' || 'Z' < c) && (i == 0 || c < '0' || '9' < c) {
			return false
		}
	}
	return s != ""
}

// BeyondFacts is for a configuration that holds for one module alone. It returns a function that reports whether a
// package of the module, with these imports, may get a response from another module without a fact that tells: the
// configuration has contracts of the user's own, turns on others, or names types of other modules, and these were
// analyzed with the configuration elsewhere. own reports whether a package is of the same module; nil means
// that none is known to be. If facts tell everything, the function is nil.
func (c *Config) BeyondFacts(elsewhere *Config, own func(path string) bool) func(imports iter.Seq[string]) bool {
	if own == nil {
		own = func(string) bool { return false }
	}
	if !c.hasMoreContracts(elsewhere) && !slices.ContainsFunc(c.Types, func(t Type) bool {
		path, _, _ := splitFuncName(t.Name)
		return t.Shape != "none" && !own(path)
	}) {
		return nil
	}
	return func(imports iter.Seq[string]) bool {
		for imported := range imports {
			if !source.Standard(imported) && !own(imported) {
				return true
			}
		}
		return false
	}
}

// hasMoreContracts reports whether a contract is on that another configuration doesn't have, or turns off.
func (c *Config) hasMoreContracts(than *Config) bool {
	if len(c.APIs)+len(c.Contracts) == 0 && c.Strict == than.Strict { // as mostly
		return false
	}
	_, on := c.KnownContracts()
	_, there := than.KnownContracts()
	for id := range on {
		if on[id] && !there[id] {
			return true
		}
	}
	return false
}

// importsSDK reports whether an import is a package that a contract names.
func (c *Config) importsSDK(imports iter.Seq[string]) bool {
	packages := ofcontracts.Packages(c.contracts())
	for imported := range imports {
		for _, p := range packages {
			if p.Path == importpath.Unversioned(imported) {
				return true
			}
		}
	}
	return false
}

// wrongContracts returns a finding for each thing that a contract of the user's own names, and that its package does not
// have.
func (c *checker) wrongContracts() (found []finding) {
	for _, p := range c.types.CheckContracts(c.index.own) {
		found = append(found, finding{rule: "directive", pos: p.Pos, end: p.End, message: p.Message})
	}
	return found
}

// sayInert prints which contracts are ignored for the version of an SDK that the package imports. said has what was
// printed before.
func (c *checker) sayInert() {
	if c.cfg.Inert == nil && c.cfg.notes == nil {
		return
	}
	for _, i := range c.types.Inert() {
		text := fmt.Sprintf("contract %s is ignored for package %s: %s", i.Contract.ID, i.Package.Path(), i.Why)
		if c.cfg.notes != nil {
			c.cfg.notes(c.pass.Pkg, text)
		}
		if c.cfg.Inert == nil {
			continue
		}
		if _, before := c.said.LoadOrStore(text, true); !before {
			c.cfg.Inert("%s", text)
		}
	}
}

// setSettings sets what a configuration in JSON has.
func (c *Config) setSettings(text string) error {
	given := *c
	d := json.NewDecoder(strings.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&given); err != nil {
		return err
	}
	if _, err := d.Token(); err != io.EOF {
		return errors.New("want one object in JSON, and nothing after it")
	}
	var errs []error
	for _, p := range given.Problems() {
		errs = append(errs, p)
	}
	if len(errs) == 0 {
		*c = given
	}
	return errors.Join(errs...)
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
