package analyzer_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/asynccheck/asynccheck/analyzer"
	"github.com/asynccheck/asynccheck/docs"
	"github.com/asynccheck/asynccheck/internal/contract/catalog"
)

// example matches a complete file in a page: "```go bad" or "```go good".
var example = regexp.MustCompile("(?ms)^```go (\\w+)\n(.*?)^```$")

// A page begins with the name, the summary and the default of its rule.
func TestPages(t *testing.T) {
	for _, r := range analyzer.Rules() {
		page, ok := docs.Rule(r.Name)
		if !ok {
			t.Errorf("%s has no page", r.Name)
			continue
		}
		state := "On by default."
		if r.OptIn {
			state = "Off by default: "
		}
		start := fmt.Sprintf("# %s\n\n%s%s.\n\n%s", r.Name, strings.ToUpper(r.Summary[:1]), r.Summary[1:], state)
		if !strings.HasPrefix(page, start) {
			t.Errorf("the page of %s doesn't start with\n%s", r.Name, start)
		}
		for _, heading := range []string{"What it finds", "Why it matters", "Bad", "Good", "When it is silent", "How to silence it"} {
			if !strings.Contains(page, "\n## "+heading+"\n") {
				t.Errorf("the page of %s has no section %q", r.Name, heading)
			}
		}
	}
}

// Every contract has a page, and a row in the table of contracts.
func TestContracts(t *testing.T) {
	table, err := os.ReadFile(filepath.Join("..", "docs", "contracts.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range catalog.Contracts() {
		page, ok := docs.Contract(c.ID)
		if !ok || !strings.HasPrefix(page, "# "+c.ID+"\n") || !strings.Contains(page, c.URL) {
			t.Errorf("%s has no page that begins with its ID and gives %s", c.ID, c.URL)
		}
		if row := fmt.Sprintf("\n| [%s](contracts/%[1]s.md) | ", c.ID); !strings.Contains(string(table), row) {
			t.Errorf("docs/contracts.md has no row %q", row)
		}
	}
}

// Every bad example has a finding. On a rule's page, it is of that rule. No good example has a finding. If all findings of
// an example have a fix, none is left when they are applied.
func TestExamples(t *testing.T) {
	examples := make(map[string]string)
	pages := make(map[string]string)
	for _, r := range analyzer.Rules() {
		pages[r.Name], _ = docs.Rule(r.Name)
	}
	contracts := make(map[string]bool)
	for _, c := range catalog.Contracts() {
		pages[c.ID], _ = docs.Contract(c.ID)
		contracts[c.ID] = true
	}
	for name, page := range pages {
		kinds := make(map[string]int)
		for _, m := range example.FindAllStringSubmatch(page, -1) {
			kind, code := m[1], m[2]
			kinds[kind]++
			examples[name+"/"+fmt.Sprint(kind, kinds[kind])] = code
		}
		if kinds["bad"] == 0 || kinds["good"] == 0 || len(kinds) != 2 {
			t.Errorf("the page of %s has %v examples, want bad and good ones", name, kinds)
		}
	}
	fixed := make(map[string]string)
	for _, act := range analyzeExamples(t, examples) {
		name := strings.TrimPrefix(act.Package.PkgPath, "example/")
		page, kind, _ := strings.Cut(name, "/")
		found, fixes := false, 0
		for _, d := range act.Diagnostics {
			found = found || d.Category == page || contracts[page]
			if strings.HasPrefix(kind, "good") {
				t.Errorf("%s, %s: unexpected finding: %s (%s)", page, kind, d.Message, d.Category)
			}
			fixes += len(d.SuggestedFixes)
		}
		if want := strings.HasPrefix(kind, "bad"); found != want {
			t.Errorf("%s, %s: found is %t, want %t", page, kind, found, want)
		}
		if found && fixes == len(act.Diagnostics) {
			for _, text := range fixedFiles(t, act.Package.Fset, act.Diagnostics) {
				fixed[name] = string(text)
			}
		}
	}
	if len(fixed) < 200 {
		t.Errorf("%d examples are fixed, want 200 or more", len(fixed))
	}
	for _, act := range analyzeExamples(t, fixed) {
		for _, d := range act.Diagnostics {
			t.Errorf("%s: reported after the fix: %s", act.Package.PkgPath, d.Message)
		}
	}
}

// analyzeExamples analyzes files, each a package. Their names are import paths below example. SDKs that they import are
// the stubs in testdata/src.
func analyzeExamples(t *testing.T, files map[string]string) []*checker.Action {
	t.Helper()
	gopath := t.TempDir()
	dir := filepath.Join(gopath, "src", "example")
	stubs, err := filepath.Abs("../testdata")
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range files {
		file := filepath.Join(dir, filepath.FromSlash(name), "example.go")
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	pkgs, err := packages.Load(&packages.Config{
		Mode: packages.LoadAllSyntax | packages.NeedModule,
		Dir:  dir,
		Env:  append(os.Environ(), "GO111MODULE=off", "GOPROXY=off", "GOPATH="+gopath+string(filepath.ListSeparator)+stubs),
	}, "./...")
	if err != nil {
		t.Fatal(err)
	}
	if packages.PrintErrors(pkgs) > 0 {
		t.Fatal("the examples don't compile")
	}
	a, err := analyzer.New(analyzer.Config{Rules: []string{"*"}, Strict: true})
	if err != nil {
		t.Fatal(err)
	}
	graph, err := checker.Analyze([]*analysis.Analyzer{a}, pkgs, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, act := range graph.Roots {
		if act.Err != nil {
			t.Fatalf("%s: %v", act.Package.PkgPath, act.Err)
		}
	}
	return graph.Roots
}

// The table of rules in README.md says the same as the rules.
func TestReadme(t *testing.T) {
	readme, err := os.ReadFile(filepath.Join("..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range analyzer.Rules() {
		row := fmt.Sprintf("\n| [%s](docs/rules/%[1]s.md) | %s", r.Name, r.Summary)
		if !strings.Contains(string(readme), row) {
			t.Errorf("README.md has no row %q", row)
		}
	}
}
