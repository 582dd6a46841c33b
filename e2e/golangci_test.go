package e2e

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
)

// golangciDir is the directory of golangci-lint with the plugin.
var golangciDir = sync.OnceValues(func() (string, error) {
	dir := filepath.Join(bin, "golangci")
	return dir, buildGolangci(filepath.Join(dir, "golangci-lint"))
})

// buildGolangci builds golangci-lint with the plugin. That takes minutes at first, and seconds when its packages are in
// the build cache.
func buildGolangci(name string, flags ...string) error {
	args := append([]string{"build", "-C", "golangci", "-o", name}, flags...)
	if out, err := exec.Command("go", args...).CombinedOutput(); err != nil {
		return fmt.Errorf("building golangci-lint: %w\n%s", err, out)
	}
	return nil
}

// golangciConfig enables only this linter, and shows all findings.
const golangciConfig = `version: "2"
linters:
  default: none
  enable: [asynccheck]
  settings:
    custom:
      asynccheck:
        type: module
  exclusions:
    generated: disable
issues:
  max-issues-per-linter: 0
  max-same-issues: 0
  uniq-by-line: false
`

// golangciLint runs golangci-lint with the plugin.
func golangciLint(t *testing.T, dir string) findings {
	t.Helper()
	bin, err := golangciDir()
	if err != nil {
		t.Fatal(err)
	}
	config := filepath.Join(dir, ".golangci.yml")
	if err := os.WriteFile(config, []byte(golangciConfig), 0o666); err != nil {
		t.Fatal(err)
	}
	defer os.Remove(config)
	t.Setenv("GOLANGCI_LINT_CACHE", t.TempDir())
	out := command(t, dir, []int{1}, filepath.Join(bin, "golangci-lint"), "run",
		"--output.json.path=stdout", "--show-stats=false", "./...")
	var result struct {
		Issues []struct {
			FromLinter, Text string
			Pos              struct {
				Filename     string
				Line, Column int
			}
		}
	}
	if err := json.Unmarshal(out, &result); err != nil {
		t.Fatalf("%v in\n%s", err, out)
	}
	found := make(findings)
	for _, issue := range result.Issues {
		if issue.FromLinter != "asynccheck" {
			t.Errorf("golangci-lint: an issue of %s: %s", issue.FromLinter, issue.Text)
			continue
		}
		found.add(t, dir, fmt.Sprintf("%s:%d:%d", issue.Pos.Filename, issue.Pos.Line, issue.Pos.Column), ruleOf(t, issue.Text))
	}
	return found
}

// ruleOf returns the rule that a message ends with.
func ruleOf(t *testing.T, message string) string {
	t.Helper()
	m := regexp.MustCompile(`\(([a-z-]+)(?:, [\w.]+)?\)$`).FindStringSubmatch(message)
	if m == nil {
		t.Fatalf("no rule in message %q", message)
	}
	return m[1]
}

// The command reads golangci-lint's comments as golangci-lint does.
func TestNolint(t *testing.T) {
	dir := corpus(t, "suppressed")
	want := golangciLint(t, dir)
	if len(want) == 0 {
		t.Error("golangci-lint has no findings")
	}
	got := own.goVet(t, dir)
	for _, f := range without(want, got) {
		t.Errorf("go vet misses what golangci-lint reports: %s", f)
	}
	for _, f := range without(got, want) {
		t.Errorf("go vet reports what golangci-lint doesn't: %s", f)
	}
}

// TestGolangci runs scripts with golangci-lint.
func TestGolangci(t *testing.T) {
	dir, err := golangciDir()
	if err != nil {
		t.Fatal(err)
	}
	runScripts(t, filepath.Join("testdata", "golangci"), dir)
}

// golangci-lint's cache must not serve another version of the plugin.
func TestGolangciCache(t *testing.T) {
	dir, err := golangciDir()
	if err != nil {
		t.Fatal(err)
	}
	name, err := filepath.Abs(filepath.Join("..", "analyzer", "report.go"))
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	const message, changed = `f.message += " (" + Label(f.rule, f.contract) + ")"`, `f.message = "changed (" + Label(f.rule, f.contract) + ")"`
	if n := strings.Count(string(text), message); n != 1 {
		t.Fatalf("%s has %s %d times, want it once", name, message, n)
	}
	overlay := overlay(t, map[string]string{name: strings.Replace(string(text), message, changed, 1)})
	other := filepath.Join(t.TempDir(), "golangci-lint")
	if err := buildGolangci(other, "-overlay", overlay); err != nil {
		t.Fatal(err)
	}

	module := corpus(t, "spec")
	if err := os.WriteFile(filepath.Join(module, ".golangci.yml"), []byte(golangciConfig), 0o666); err != nil {
		t.Fatal(err)
	}
	t.Setenv("GOLANGCI_LINT_CACHE", t.TempDir())
	run := func(program string) string {
		t.Helper()
		return string(command(t, module, []int{1}, program, "run", "--show-stats=false", "--output.text.print-issued-lines=false", "./..."))
	}
	first := filepath.Join(dir, "golangci-lint")

	// With this, golangci-lint takes every program for the same.
	t.Setenv("GL_DEBUG", "bin_salt")
	want := run(first)
	if got := run(other); got != want {
		t.Errorf("got\n%s\nfrom another program, want what is cached:\n%s", got, want)
	}
	os.Unsetenv("GL_DEBUG")
	if got := run(first); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	got := run(other)
	if n, all := strings.Count(got, ": changed ("), strings.Count(got, "\n"); n == 0 || n != all {
		t.Errorf("%d of %d findings are those of the changed plugin:\n%s", n, all, got)
	}
}

// overlay writes files' new content and returns the name of the overlay file for the go command.
func overlay(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	replace := make(map[string]string)
	for name, text := range files {
		f := filepath.Join(dir, fmt.Sprintf("%d.go", len(replace)))
		if err := os.WriteFile(f, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		replace[name] = f
	}
	return writeOverlay(t, replace)
}

// writeOverlay does the same for files that exist.
func writeOverlay(t *testing.T, replace map[string]string) string {
	t.Helper()
	data, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "overlay.json")
	if err := os.WriteFile(name, data, 0o666); err != nil {
		t.Fatal(err)
	}
	return name
}
