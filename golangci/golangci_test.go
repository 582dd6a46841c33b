package golangci_test

import (
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/asynccheck/asynccheck/analyzer"
	"github.com/asynccheck/asynccheck/golangci"
)

// ignore ignores want comments: they are about the analyzer's own messages.
type ignore struct{}

func (ignore) Errorf(string, ...any) {}

// golangci-lint shows a message, and makes an issue of each related position.
func TestFindings(t *testing.T) {
	a, err := golangci.New(analyzer.Config{})
	if err != nil {
		t.Fatal(err)
	}
	dir, err := filepath.Abs("../testdata")
	if err != nil {
		t.Fatal(err)
	}
	all := 0
	for _, res := range analysistest.Run(ignore{}, dir, a, "spec") {
		for _, d := range res.Diagnostics {
			all++
			if len(d.Related) > 0 {
				t.Errorf("%q has related positions", d.Message)
			}
			if !strings.HasSuffix(d.Message, " ("+d.Category+")") {
				t.Errorf("%q doesn't end with the rule %s", d.Message, d.Category)
			}
		}
	}
	if all == 0 {
		t.Error("no findings")
	}
}

func TestWrongConfig(t *testing.T) {
	_, err := golangci.New(analyzer.Config{Rules: []string{"nope"}, Exits: []string{"Die"}})
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{`rules[0]: no rule matches "nope"`, `exits[0]: "Die" is not a function`} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("error %q, want %q in it", err, want)
		}
	}
}
