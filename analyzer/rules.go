package analyzer

import (
	"fmt"
	"path"
	"strings"

	"github.com/asynccheck/asynccheck/internal/contract"
	"github.com/asynccheck/asynccheck/internal/contract/catalog"
	"github.com/asynccheck/asynccheck/internal/project"
	"github.com/asynccheck/asynccheck/internal/spelling"
)

// A Rule is one kind of finding. Its name is the category of the diagnostics
// that report it.
type Rule struct {
	Name    string
	Summary string // the mistake, in one line
	OptIn   bool   // reported only with -strict or when selected by name
}

// rules in the order in which -list-rules and the documentation show them.
var rules = []Rule{
	{
		Name:    "batch-partial-as-success",
		Summary: "a partially failed batch is treated as a success",
	},
	{
		Name:    "batch-partial-as-failure",
		Summary: "a partially failed batch is treated as a failure of all its resources",
	},
	{
		Name:    "batch-detail-shallow",
		Summary: "a batch's detail is counted, listed or printed, but no entry's code is read",
	},
	{
		Name:    "batch-detail-unreachable",
		Summary: "a function turns a batch's partial failure into an error without the detail",
	},
	{
		Name:    "batch-entry-missing",
		Summary: "a resource that is absent from a batch's detail is treated as done",
		OptIn:   true,
	},
	{
		Name:    "batch-outer-unread",
		Summary: "a batch's entries are inspected, but its outer code is never judged",
		OptIn:   true,
	},
	{
		Name:    "batch-first-only",
		Summary: "of a status per item, only the first is read",
		OptIn:   true,
	},
	{
		Name:    "result-unchecked",
		Summary: "success is signalled without a check of the response's code",
	},
	{
		Name:    "result-nonzero-success",
		Summary: "a comparison of the response's code treats failures as success",
	},
	{
		Name:    "result-failure-dropped",
		Summary: "the code says failure, but the function returns a nil error",
	},
	{
		Name:    "directive",
		Summary: "a directive or a name in the configuration is wrong, or a directive has nothing to silence",
	},
}

// Rules returns all rules in the order of the documentation.
func Rules() []Rule {
	return append([]Rule(nil), rules...)
}

// URL returns the address of the page that documents the rule.
func URL(rule string) string {
	if url, ok := urls[rule]; ok {
		return url
	}
	return urlOf(rule)
}

// urls has the URL of each rule: every diagnostic has one.
var urls = func() map[string]string {
	urls := make(map[string]string, len(rules))
	for _, r := range rules {
		urls[r.Name] = urlOf(r.Name)
	}
	return urls
}()

func urlOf(rule string) string {
	return project.Docs + "rules/" + rule + ".md"
}

// SelectRules returns the set of names of the rules that the patterns select.
//
// A pattern is a rule's name, possibly with the wildcards of [path.Match]. It
// adds the rules that it matches, or removes them if it starts with '-'. Patterns
// apply in order. If the first pattern adds rules, the selection starts empty.
// Otherwise it starts with the rules that are on by default, and if strict is true
// and no pattern adds rules, also with the opt-in rules.
//
// It is an error if a pattern is malformed or matches no rule.
func SelectRules(patterns []string, strict bool) (map[string]bool, error) {
	return selectRules(patterns, strict, catalog.Contracts())
}

// selectRules does that, and knows these contracts: people take them for rules.
func selectRules(patterns []string, strict bool, known []*contract.Contract) (map[string]bool, error) {
	adds := false
	for _, p := range patterns {
		adds = adds || !strings.HasPrefix(p, "-")
	}

	selected := make(map[string]bool)
	if len(patterns) == 0 || strings.HasPrefix(patterns[0], "-") {
		for _, r := range rules {
			if !r.OptIn || strict && !adds {
				selected[r.Name] = true
			}
		}
	}
	for _, p := range patterns {
		pattern, remove := strings.CutPrefix(p, "-")
		matched := false
		for _, r := range rules {
			ok, err := path.Match(pattern, r.Name)
			if err != nil {
				return nil, fmt.Errorf("rule pattern %q: %w", pattern, err)
			}
			if !ok {
				continue
			}
			matched = true
			if remove {
				delete(selected, r.Name)
			} else {
				selected[r.Name] = true
			}
		}
		if !matched && matchesContract(pattern, known) {
			return nil, fmt.Errorf("%q is a contract: name the rule, or put contracts: [-%s] into .asynccheck.yml", pattern, pattern)
		}
		if !matched && strings.HasPrefix(pattern, "!") {
			return nil, fmt.Errorf("no rule matches %q: a leading '-' leaves rules out", pattern)
		}
		if !matched {
			return nil, fmt.Errorf("no rule matches %q%s", pattern, spelling.Meant(pattern, ruleNames(), "; asynccheck -list-rules shows the rules"))
		}
	}
	if len(selected) == 0 {
		return nil, fmt.Errorf("no rule is left by %q", strings.Join(patterns, ","))
	}
	return selected, nil
}

// ruleNames returns the names of all rules.
func ruleNames() []string {
	names := make([]string, len(rules))
	for i, r := range rules {
		names[i] = r.Name
	}
	return names
}
