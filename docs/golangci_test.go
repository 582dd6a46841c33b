package docs_test

import (
	"fmt"
	"go/ast"
	"go/types"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/go/packages"
)

// These tests show what golangci.md says about the linter's own code.

const module = "github.com/asynccheck/asynccheck/"

// inLinter loads the packages of this module that golangci-lint would import, with their syntax.
var inLinter = sync.OnceValues(func() ([]*packages.Package, error) {
	own, _, err := imported("./golangci")
	if err != nil {
		return nil, err
	}
	return syntax(own...)
})

// imported returns the packages of this module, and the other modules, that it takes to build a package.
func imported(pattern string) (own, modules []string, err error) {
	pkgs, err := packages.Load(&packages.Config{
		Mode: packages.NeedName | packages.NeedImports | packages.NeedDeps | packages.NeedModule, Dir: "..",
	}, pattern)
	if err != nil {
		return nil, nil, err
	}
	others := make(map[string]bool)
	packages.Visit(pkgs, nil, func(p *packages.Package) {
		switch {
		case p.Module == nil: // of the standard library
		case p.Module.Main:
			own = append(own, p.PkgPath)
		default:
			others[p.Module.Path] = true
		}
	})
	return own, slices.Sorted(maps.Keys(others)), nil
}

// syntax loads packages with syntax and types.
func syntax(patterns ...string) ([]*packages.Package, error) {
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadSyntax, Dir: ".."}, patterns...)
	if err != nil {
		return nil, err
	}
	for _, p := range pkgs {
		if len(p.Errors) > 0 {
			return nil, p.Errors[0]
		}
	}
	return pkgs, nil
}

// exits are functions that end a process or a goroutine, or panic.
var exits = regexp.MustCompile(`^(os\.Exit|syscall\.Exit|runtime\.Goexit|(log|\(\*log\.Logger\))\.(Fatal|Panic)(f|ln)?)$`)

// forbidden returns what golangci-lint doesn't allow in a linter: init functions, panics and exits, each with its package.
func forbidden(pkgs []*packages.Package) []string {
	var found []string
	for _, p := range pkgs {
		add := func(what string) { found = append(found, strings.TrimPrefix(p.PkgPath, module)+": "+what) }
		for _, f := range p.Syntax {
			for _, d := range f.Decls {
				if d, ok := d.(*ast.FuncDecl); ok && d.Recv == nil && d.Name.Name == "init" {
					add("func init")
				}
			}
		}
		for _, obj := range p.TypesInfo.Uses {
			switch obj := obj.(type) {
			case *types.Builtin:
				if obj.Name() == "panic" {
					add("panic")
				}
			case *types.Func:
				if name := obj.FullName(); exits.MatchString(name) {
					add(name)
				}
			}
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

func TestNoExits(t *testing.T) {
	pkgs, err := inLinter()
	if err != nil {
		t.Fatal(err)
	}
	if len(pkgs) < 20 {
		t.Errorf("%d packages, want the analyzer and those that it imports", len(pkgs))
	}
	for _, found := range forbidden(pkgs) {
		t.Errorf("golangci-lint doesn't allow this in a linter: %s", found)
	}

	// Elsewhere they may be, and are found.
	for pattern, want := range map[string][]string{
		"./plugin":                 {"plugin: func init"}, // plugins register themselves so
		"./cmd/asynccheck":         {"cmd/asynccheck: os.Exit"},
		"./docs/testdata/unlinted": {"log.Fatalf", "(*log.Logger).Panicln", "panic", "runtime.Goexit", "func init"},
	} {
		pkgs, err := syntax(pattern)
		if err != nil {
			t.Fatal(err)
		}
		got := strings.Join(forbidden(pkgs), "\n")
		for _, w := range want {
			if !strings.Contains(got, w) {
				t.Errorf("%s: %q is not found, but:\n%s", pattern, w, got)
			}
		}
	}
}

// The linter has no configuration of its own to read: what it reads is Go source.
func TestNoFiles(t *testing.T) {
	reads := map[string]string{ // why
		"analyzer os.ReadFile":               "the source of the package, if the driver gives none, and of those that the path to a finding leads through",
		"internal/filter/source os.ReadFile": "the source of a package, for the filter of the command and of go vet",
	}
	pkgs, err := inLinter()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range pkgs {
		for id, obj := range p.TypesInfo.Uses {
			fn, ok := obj.(*types.Func)
			if !ok || fn.Pkg() == nil || !slices.Contains([]string{"os", "io/ioutil", "os/exec", "net", "net/http"}, fn.Pkg().Path()) {
				continue
			}
			if use := strings.TrimPrefix(p.PkgPath, module) + " " + fn.FullName(); reads[use] == "" {
				t.Errorf("%s: %s", p.Fset.Position(id.Pos()), use)
			}
		}
	}
}

// What golangci-lint would have to download is no more than it has already.
func TestDependencies(t *testing.T) {
	for pattern, want := range map[string][]string{
		"./analyzer": {"golang.org/x/tools"},
		"./golangci": {"golang.org/x/tools"},
		"./plugin":   {"github.com/golangci/plugin-module-register", "golang.org/x/tools"},
	} {
		if _, got, err := imported(pattern); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s needs the modules %q, %v, want %q", pattern, got, err, want)
		}
	}
}

func TestLicense(t *testing.T) {
	text, err := os.ReadFile("../LICENSE")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`Apache License\s+Version 2\.0`, `(?m)^\s+Copyright 20\d\d The asynccheck authors$`} {
		if !regexp.MustCompile(want).Match(text) {
			t.Errorf("LICENSE has no %s", want)
		}
	}
}

// Pages that say which test shows something name tests that exist.
func TestNamedTests(t *testing.T) {
	for _, page := range []string{"golangci.md", "editors.md"} {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		named := 0
		for _, m := range regexp.MustCompile(`\[([^]]+)\]\(([^)#]+)[^)]*\)`).FindAllStringSubmatch(string(text), -1) {
			name, file := m[1], m[2]
			if strings.HasPrefix(file, "https://") {
				continue
			}
			data, err := os.ReadFile(file)
			if info, dirErr := os.Stat(file); err != nil && (dirErr != nil || !info.IsDir()) {
				t.Errorf("%s: %v", page, err)
			}
			if !strings.HasPrefix(name, "Test") {
				continue
			}
			named++
			if filepath.Ext(file) != ".go" || !strings.Contains(string(data), fmt.Sprintf("\nfunc %s(t *testing.T)", name)) {
				t.Errorf("%s: there is no %s in %s", page, name, file)
			}
		}
		if named == 0 {
			t.Errorf("%s names no tests", page)
		}
	}
}
