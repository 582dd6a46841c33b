package e2e

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/asynccheck/asynccheck/analyzer"
)

// A finding has what every driver tells about a finding.
type finding struct {
	file         string // relative to the corpus, with slashes
	line, column int
	rule         string
}

func (f finding) String() string {
	return fmt.Sprintf("%s:%d:%d: %s", f.file, f.line, f.column, f.rule)
}

// findings counts how often a driver reports each finding.
type findings map[finding]int

// TestDrivers runs one corpus, all fixtures that are meant for it and the examples of all contracts, through "go vet", the stand-alone command,
// golangci-lint, Bazel's nogo, and the analyzer inside another program. A finding may depend on facts of another
// package, and each driver carries facts in its own way.
func TestDrivers(t *testing.T) {
	dir := corpus(t, fixtures(t)...)
	writeExamples(t, dir)
	drivers := []struct {
		name string
		run  func(*testing.T, string) findings
	}{
		{"checker", inProcess},
		{"go vet", own.goVet},
		{"stand-alone", own.standAlone},
		{"golangci-lint", golangciLint},
		{"nogo", nogo},
	}
	var want findings
	for _, d := range drivers {
		got := d.run(t, dir)
		for f, n := range got {
			if n > 1 {
				t.Errorf("%s: %d times %s", d.name, n, f)
			}
		}
		if want == nil {
			want = got
			if len(want) <= 600 {
				t.Errorf("%s: %d findings in the corpus, want more than 600", d.name, len(want))
			}
			continue
		}
		for _, f := range without(want, got) {
			t.Errorf("%s misses what %s reports: %s", d.name, drivers[0].name, f)
		}
		for _, f := range without(got, want) {
			t.Errorf("%s reports what %s doesn't: %s", d.name, drivers[0].name, f)
		}
	}
	for _, pkg := range []string{"cross/embedded/app/", "cross/pointers/app/", "cross/accessors/app/", "cross/generic/app/"} {
		if !slices.ContainsFunc(slices.Collect(maps.Keys(want)), func(f finding) bool {
			return strings.HasPrefix(f.file, pkg) && f.rule == "result-unchecked"
		}) {
			t.Errorf("no finding in %s takes a fact from another package", pkg)
		}
	}
}

// example matches an example in a contract's page.
var example = regexp.MustCompile("(?ms)^```go (\\w+)\n(.*?)^```$")

// writeExamples writes the examples in the pages of contracts into the corpus. Each is a package.
func writeExamples(t *testing.T, dir string) {
	t.Helper()
	pages, err := filepath.Glob(filepath.Join("..", "docs", "contracts", "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range pages {
		page, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for i, m := range example.FindAllSubmatch(page, -1) {
			pkg := filepath.Join(dir, "examples", strings.TrimSuffix(filepath.Base(name), ".md"), fmt.Sprint(string(m[1]), i))
			if err := os.MkdirAll(pkg, 0o777); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(pkg, "example.go"), m[2], 0o666); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// once returns the findings without repetitions: a file belongs to the package and to the package with its tests.
func (fs findings) once() findings {
	for f := range fs {
		fs[f] = 1
	}
	return fs
}

// without returns the findings in a that are not in b.
func without(a, b findings) []finding {
	var diff []finding
	for f := range a {
		if b[f] == 0 {
			diff = append(diff, f)
		}
	}
	slices.SortFunc(diff, func(a, b finding) int { return strings.Compare(a.String(), b.String()) })
	return diff
}

// fixtures returns the directories of all fixtures, except those with //nolint comments, which drivers read in
// different ways.
func fixtures(t *testing.T) []string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Join("..", "testdata", "src"))
	if err != nil {
		t.Fatal(err)
	}
	var dirs []string
	for _, e := range entries {
		if e.Name() != "suppressed" && !strings.Contains(e.Name(), ".") { // with a dot, it has stubs
			dirs = append(dirs, e.Name())
		}
	}
	return dirs
}

// corpus makes a module of fixtures, which are in the form of a GOPATH, and
// returns its directory.
func corpus(t *testing.T, dirs ...string) string {
	t.Helper()
	dst, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	write := func(name string, text []byte) {
		t.Helper()
		name = filepath.Join(dst, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, text, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	imports := regexp.MustCompile(`(?m)^((?:import|\t)[ \w.]*)"((?:` + strings.Join(dirs, "|") + `)(?:/[\w/.-]+)?)"$`)
	src := os.DirFS(filepath.Join("..", "testdata", "src"))
	gomod := "module corpus.test\n\ngo 1.26\n"
	for _, module := range stubModules(t, src) {
		write(filepath.Join("stubs", module, "go.mod"), []byte("module "+module+"\n\ngo 1.26\n"))
		version := "v0.0.0"
		if _, major, ok := strings.Cut(module, ".v"); ok { // of gopkg.in
			version = "v" + major + ".0.0"
		}
		gomod += fmt.Sprintf("\nrequire %s %s\n\nreplace %[1]s => ./stubs/%[1]s\n", module, version)
	}
	write("go.mod", []byte(gomod))
	for _, host := range hosts(t, src) {
		if err := os.CopyFS(filepath.Join(dst, "stubs", host), sub(t, src, host)); err != nil {
			t.Fatal(err)
		}
	}
	for _, dir := range dirs {
		err := fs.WalkDir(src, dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") {
				return err
			}
			text, err := fs.ReadFile(src, path)
			if err != nil {
				return err
			}
			write(path, imports.ReplaceAll(text, []byte(`$1"corpus.test/$2"`)))
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return dst
}

// hosts returns the directories of stubs: those with the names of hosts. Each has other people's packages, at their
// real import paths.
func hosts(t *testing.T, src fs.FS) (names []string) {
	t.Helper()
	entries, err := fs.ReadDir(src, ".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if strings.Contains(e.Name(), ".") {
			names = append(names, e.Name())
		}
	}
	return names
}

// stubModules returns the paths of modules that have the stubs: the first elements of their import paths.
func stubModules(t *testing.T, src fs.FS) (modules []string) {
	t.Helper()
	for _, host := range hosts(t, src) {
		err := fs.WalkDir(src, host, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			elems := strings.Split(path, "/")
			n := 2
			if host == "github.com" || host == "gopkg.in" {
				n = 3
			}
			if module := strings.Join(elems[:min(n, len(elems)-1)], "/"); !slices.Contains(modules, module) {
				modules = append(modules, module)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return modules
}

func sub(t *testing.T, src fs.FS, dir string) fs.FS {
	t.Helper()
	in, err := fs.Sub(src, dir)
	if err != nil {
		t.Fatal(err)
	}
	return in
}

// add counts a finding at a position of the form file:line:column.
func (fs findings) add(t *testing.T, dir, posn, rule string) {
	t.Helper()
	parts := regexp.MustCompile(`^(.+?):(\d+):(\d+)$`).FindStringSubmatch(posn)
	if parts == nil {
		t.Fatalf("position %q", posn)
	}
	file := parts[1]
	if filepath.IsAbs(file) {
		rel, err := filepath.Rel(dir, file)
		if err != nil {
			t.Fatal(err)
		}
		file = rel
	}
	line, err := strconv.Atoi(parts[2])
	if err != nil {
		t.Fatal(err)
	}
	column, err := strconv.Atoi(parts[3])
	if err != nil {
		t.Fatal(err)
	}
	fs[finding{filepath.ToSlash(filepath.Clean(file)), line, column, rule}]++
}

// command runs a command in dir and returns its standard output. The status must be one of those given.
func command(t *testing.T, dir string, statuses []int, name string, args ...string) []byte {
	t.Helper()
	return own.command(t, dir, statuses, name, args...)
}

func (p pairing) command(t *testing.T, dir string, statuses []int, name string, args ...string) []byte {
	t.Helper()
	if name == "go" && p.goroot != "" {
		name = filepath.Join(p.goroot, "bin", "go")
	}
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	cmd.Env = append(env(), "PATH="+p.path())
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	status := 0
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		status = exit.ExitCode()
	} else if err != nil {
		t.Fatal(err)
	}
	if !slices.Contains(statuses, status) {
		t.Fatalf("%s: exit status %d\n%s", cmd, status, stderr.Bytes())
	}
	return out
}

// env keeps the go command from looking for other modules and toolchains.
func env() []string {
	return append(os.Environ(), "GOFLAGS=", "GOWORK=off", "GOPROXY=off", "GOTOOLCHAIN=local", "GO111MODULE=on")
}

// A pairing is the command, and a go command for it to work with.
type pairing struct {
	bin    string // the directory with the command; empty means the usual one
	goroot string // that of the go command; empty means that the go command is the usual one
}

// own is the usual pairing.
var own pairing

// path returns the PATH for a pairing.
func (p pairing) path() string {
	path := cmp.Or(p.bin, bin) + string(filepath.ListSeparator) + os.Getenv("PATH")
	if p.goroot != "" {
		path = filepath.Join(p.goroot, "bin") + string(filepath.ListSeparator) + path
	}
	return path
}

func (p pairing) tool() string { return filepath.Join(cmp.Or(p.bin, bin), "asynccheck") }

// goVet runs the command as a tool of go vet.
func (p pairing) goVet(t *testing.T, dir string) findings {
	t.Helper()
	out := p.command(t, dir, []int{0}, "go", "vet", "-vettool="+p.tool(), "-json", "./...")
	// There is a JSON object for each package, after a comment of the go command.
	out = regexp.MustCompile(`(?m)^#.*$`).ReplaceAll(out, nil)
	found := make(findings)
	for dec := json.NewDecoder(bytes.NewReader(out)); dec.More(); {
		var units map[string]map[string]json.RawMessage // by package and analyzer
		if err := dec.Decode(&units); err != nil {
			t.Fatalf("%v in\n%s", err, out)
		}
		for unit, results := range units {
			for name, result := range results {
				var diagnostics []struct{ Category, Posn string }
				if err := json.Unmarshal(result, &diagnostics); err != nil {
					t.Fatalf("%s: %s: %v in %s", unit, name, err, result)
				}
				for _, d := range diagnostics {
					found.add(t, dir, d.Posn, d.Category)
				}
			}
		}
	}
	return found
}

// standAlone runs the command stand-alone.
func (p pairing) standAlone(t *testing.T, dir string) findings {
	t.Helper()
	out := p.command(t, dir, []int{1}, p.tool(), "-json", "./...")
	var list []struct {
		Rule     string
		Position struct {
			File         string
			Line, Column int
		}
	}
	if err := json.Unmarshal(out, &list); err != nil {
		t.Fatalf("%v in\n%s", err, out)
	}
	found := make(findings)
	for _, f := range list {
		found.add(t, dir, fmt.Sprintf("%s:%d:%d", f.Position.File, f.Position.Line, f.Position.Column), f.Rule)
	}
	return found
}

// inProcess runs the analyzer inside this program, as any program may that imports it.
func inProcess(t *testing.T, dir string) findings {
	t.Helper()
	a, err := analyzer.New(analyzer.Config{Debug: t.Logf})
	if err != nil {
		t.Fatal(err)
	}
	return analyze(t, dir, a)
}

// analyze runs an analyzer over the packages of a module.
func analyze(t *testing.T, dir string, a *analysis.Analyzer) findings {
	t.Helper()
	pkgs, err := packages.Load(&packages.Config{
		Mode:  packages.LoadAllSyntax | packages.NeedModule,
		Dir:   dir,
		Env:   env(),
		Tests: true,
	}, "./...")
	if err != nil {
		t.Fatal(err)
	}
	if packages.PrintErrors(pkgs) > 0 {
		t.Fatal("the corpus has errors")
	}
	graph, err := checker.Analyze([]*analysis.Analyzer{a}, pkgs, nil)
	if err != nil {
		t.Fatal(err)
	}
	found := make(findings)
	for _, act := range graph.Roots {
		if act.Err != nil {
			t.Fatalf("%s: %v", act.Package.PkgPath, act.Err)
		}
		for _, d := range act.Diagnostics {
			found.add(t, dir, act.Package.Fset.Position(d.Pos).String(), d.Category)
		}
	}
	return found.once()
}
