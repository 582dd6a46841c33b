package e2e

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The examples have one finding of each rule that looks at a single function, and that is about what they call.
func TestExamples(t *testing.T) {
	// The SDK may not be in the module cache yet.
	if out, err := exec.Command("go", "-C", "../examples/shop", "mod", "download").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, example := range []struct {
		args  string
		shown bool   // in README.md, with the output
		naive string // the file with the findings
		rules []string
	}{
		{"./examples/ops/...", true, "examples/ops/cloud/naive.go", []string{
			"batch-partial-as-success", "batch-partial-as-failure", "batch-detail-shallow",
			"result-unchecked", "result-nonzero-success", "result-failure-dropped",
		}},
		{"-C examples/shop ./...", true, "orders/naive.go", []string{
			"result-unchecked", "result-nonzero-success", "result-failure-dropped",
		}},
		{"-C examples/shop -strict ./...", false, "orders/naive.go", []string{
			"result-unchecked", "result-nonzero-success", "batch-first-only", "result-failure-dropped",
		}},
	} {
		out := string(command(t, "..", []int{1}, filepath.Join(bin, "asynccheck"), strings.Fields(example.args)...))
		if example.shown {
			if want := shown(t, example.args); out != want {
				t.Errorf("asynccheck %s\n%s\nREADME.md shows\n%s", example.args, out, want)
			}
		}
		var rules []string
		for line := range strings.Lines(out) {
			m := regexp.MustCompile(`^(.+?):\d+:\d+: .* \(([\w-]+)(?:, [\w.]+)?\)\n$`).FindStringSubmatch(line)
			if m == nil || m[1] != example.naive {
				t.Errorf("not a finding in %s: %s", example.naive, line)
				continue
			}
			rules = append(rules, m[2])
		}
		if !slices.Equal(rules, example.rules) {
			t.Errorf("asynccheck %s finds %v, want %v", example.args, rules, example.rules)
		}
	}
}

// shown returns the output that README.md shows for the command with these arguments.
func shown(t *testing.T, args string) string {
	t.Helper()
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	m := regexp.MustCompile("(?s)\ngo run ./cmd/asynccheck " + regexp.QuoteMeta(args) + "\n```\n\n```text\n(.*?)```\n").FindSubmatch(readme)
	if m == nil {
		t.Fatalf("README.md doesn't run asynccheck %s", args)
	}
	return string(m[1])
}
