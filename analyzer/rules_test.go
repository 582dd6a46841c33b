package analyzer_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/asynccheck/asynccheck/analyzer"
)

func TestSelectRules(t *testing.T) {
	var defaults, optIn []string
	for _, r := range analyzer.Rules() {
		if r.OptIn {
			optIn = append(optIn, r.Name)
		} else {
			defaults = append(defaults, r.Name)
		}
	}
	all := slices.Concat(defaults, optIn)
	without := func(names []string, prefix string) []string {
		return slices.DeleteFunc(slices.Clone(names), func(n string) bool { return strings.HasPrefix(n, prefix) })
	}

	for _, test := range []struct {
		patterns string // separated by spaces
		strict   bool
		want     []string
	}{
		{"", false, defaults},
		{"", true, all},
		{"result-unchecked", false, []string{"result-unchecked"}},
		{"result-unchecked", true, []string{"result-unchecked"}},
		{"batch-entry-missing", false, []string{"batch-entry-missing"}},
		{"*", false, all},
		{"* -result-*", false, without(all, "result-")},
		{"-result-*", false, without(defaults, "result-")},
		{"-result-*", true, without(all, "result-")},
		{"-batch-* batch-outer-unread", true, append(without(defaults, "batch-"), "batch-outer-unread")},
		{"batch-partial-* -batch-partial-as-failure", false, []string{"batch-partial-as-success"}},
		{"-* directive", false, []string{"directive"}},
	} {
		selected, err := analyzer.SelectRules(strings.Fields(test.patterns), test.strict)
		if err != nil {
			t.Errorf("%q: %v", test.patterns, err)
			continue
		}
		got := slices.Sorted(maps.Keys(selected))
		slices.Sort(test.want)
		if !slices.Equal(got, test.want) {
			t.Errorf("%q, strict %t: got %q, want %q", test.patterns, test.strict, got, test.want)
		}
	}
}

func TestSelectRulesErrors(t *testing.T) {
	for _, test := range []struct{ pattern, want string }{
		{"batch-partial", `no rule matches "batch-partial": did you mean batch-partial-as-success or batch-partial-as-failure?`},
		{"!result-unchecked", `no rule matches "!result-unchecked": a leading '-' leaves rules out`},
		{"-reslt-unchecked", `no rule matches "reslt-unchecked": did you mean result-unchecked?`},
		{"-aws.sqs.SendMessageBatch", `"aws.sqs.SendMessageBatch" is a contract: name the rule, or put contracts: [-aws.sqs.SendMessageBatch] into .asynccheck.yml`},
		{"aws.sqs.*", `"aws.sqs.*" is a contract: `},
		{"-nope-*", `no rule matches "nope-*"; asynccheck -list-rules shows the rules`},
		{"", `no rule matches ""; asynccheck -list-rules shows the rules`},
		{"[", `rule pattern "[": syntax error in pattern`},
		{"-*", `no rule is left by "*,-*"`},
	} {
		_, err := analyzer.SelectRules([]string{"*", test.pattern}, false)
		if err == nil || !strings.HasPrefix(err.Error(), test.want) {
			t.Errorf("%q: got error %v, want %s…", test.pattern, err, test.want)
		}
	}
}

// Callers may change the slice that they get.
func TestRulesAreCopied(t *testing.T) {
	analyzer.Rules()[0].Name = ""
	if analyzer.Rules()[0].Name == "" {
		t.Error("a caller changed the rules")
	}
}
