package docs_test

import (
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"

	"github.com/asynccheck/asynccheck/internal/relevance"
)

// The table of architecture.md has all packages, and each imports only packages with a higher number.
func TestArchitecture(t *testing.T) {
	page, err := os.ReadFile("architecture.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := make(map[string]int) // by package
	row := 0
	for _, m := range regexp.MustCompile("(?m)^\\| (\\d*) ?\\| `([a-z/]+)` \\| ").FindAllStringSubmatch(string(page), -1) {
		if m[1] != "" {
			row, _ = strconv.Atoi(m[1])
		}
		rows[m[2]] = row
	}
	pkgs, err := packages.Load(&packages.Config{Mode: packages.NeedName | packages.NeedImports, Dir: ".."}, "./...")
	if err != nil {
		t.Fatal(err)
	}
	known := make(map[string]bool)
	for _, p := range pkgs {
		name := strings.TrimPrefix(p.PkgPath, module)
		if name == "docs" || strings.HasPrefix(name, "examples/") || p.Name == "main" && rows[name] == 0 {
			continue
		}
		if rows[name] == 0 {
			t.Errorf("%s is not in the table", name)
		}
		for path := range p.Imports {
			if imported, ok := strings.CutPrefix(path, module); ok && imported != "docs" && rows[imported] <= rows[name] {
				t.Errorf("%s, in row %d, imports %s, in row %d", name, rows[name], imported, rows[imported])
			}
		}
		known[name] = true
	}
	for name := range rows {
		if !known[name] {
			t.Errorf("%s is in the table, and there is no such package", name)
		}
	}
}

// Who imports the analyzer doesn't compile what only reports need.
func TestImportersCompileNoReports(t *testing.T) {
	pkgs, err := packages.Load(&packages.Config{Mode: packages.NeedName | packages.NeedImports | packages.NeedDeps, Dir: ".."}, "./analyzer", "./plugin")
	if err != nil || len(pkgs) != 2 {
		t.Fatal(pkgs, err)
	}
	packages.Visit(pkgs, nil, func(p *packages.Package) {
		for _, path := range []string{"github.com/yuin/goldmark", "github.com/rogpeppe/go-internal", "github.com/asynccheck/asynccheck/internal/report"} {
			if strings.HasPrefix(p.PkgPath, path) {
				t.Errorf("%s is compiled", p.PkgPath)
			}
		}
	})
}

// The page has the reasons of the table, in its order.
func TestReasons(t *testing.T) {
	page, err := os.ReadFile("architecture.md")
	if err != nil {
		t.Fatal(err)
	}
	var rows strings.Builder
	for _, row := range relevance.Table {
		rows.WriteString("| " + row.Name + " | " + row.Why + " |\n")
	}
	if !strings.Contains(string(page), "|---|---|\n"+rows.String()+"\n") {
		t.Errorf("architecture.md must have these rows:\n%s", rows.String())
	}
}
