package e2e

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/asynccheck/asynccheck/analyzer"
)

// Bazel's rules_go links analyzers into a program, nogo, and runs it on each package when it compiles the package.
// These tests build that program from the files of rules_go, and run it as Bazel would. See package nogo.
//
// nogo gives its analyzers no facts of the standard library, no module, and only Go files. It writes a package's facts
// only if it has nothing to report.

// rules_go makes its programs of these files: see BUILD.bazel beside them.
var (
	builderFiles = "ar asm builder cgo2 compilepkg cover edit embedcfg env filter filter_buildid flags generate_nogo_main generate_test_main importcfg link path read replicate stdlib stdliblist"
	nogoFiles    = "env flags nogo_main nogo_typeparams_go117 nogo_typeparams_go118 nolint"
)

// rulesGo returns the directory of these files.
var rulesGo = sync.OnceValues(func() (string, error) {
	out, err := exec.Command("go", "-C", "nogo", "mod", "download", "-json", "github.com/bazelbuild/rules_go").Output()
	if err != nil {
		return "", err
	}
	var module struct{ Dir string }
	if err := json.Unmarshal(out, &module); err != nil {
		return "", err
	}
	return filepath.Join(module.Dir, "go", "tools", "builders"), nil
})

// buildNogo builds nogo with a configuration, which is JSON.
func buildNogo(t *testing.T, config string) string {
	t.Helper()
	src, err := rulesGo()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	file := filepath.Join(dir, "config.json")
	if err := os.WriteFile(file, []byte(config), 0o666); err != nil {
		t.Fatal(err)
	}
	build := func(args ...string) {
		t.Helper()
		if out, err := exec.Command("go", append([]string{"build", "-C", "nogo"}, args...)...).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
	}
	builder := filepath.Join(dir, "builder")
	args := []string{"-ldflags=-X=main.rulesGoStdlibPrefix=@io_bazel_rules_go//stdlib:", "-o", builder}
	for name := range strings.FieldsSeq(builderFiles) {
		args = append(args, filepath.Join(src, name+".go"))
	}
	build(args...)
	main := filepath.Join(dir, "main.go")
	command(t, dir, []int{0}, builder, "gennogomain", "-output", main, "-config", file,
		"-analyzer_importpath", "github.com/asynccheck/asynccheck/analyzer")

	dst, err := filepath.Abs("nogo")
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{filepath.Join(dst, "main.go"): main}
	for name := range strings.FieldsSeq(nogoFiles) {
		files[filepath.Join(dst, name+".go")] = filepath.Join(src, name+".go")
	}
	program := filepath.Join(dir, "nogo")
	build("-overlay", writeOverlay(t, files), "-o", program)
	return program
}

// A nogoPackage is what "go list" says about a package.
type nogoPackage struct {
	ImportPath, Dir, Name, ForTest string
	Export                         string // the compiled package
	Standard                       bool
	GoFiles, Imports, Deps         []string
	ImportMap                      map[string]string
}

// path returns the path of the package, with or without tests.
func (p *nogoPackage) path() string {
	path, _, _ := strings.Cut(p.ImportPath, " ")
	return path
}

func (p *nogoPackage) testMain() bool {
	return p.Name == "main" && strings.HasSuffix(p.path(), ".test")
}

// nogo runs nogo on the packages of a module, twice: first for the facts, which are kept even if an imported package
// has findings, then for the findings.
func nogo(t *testing.T, dir string) findings {
	t.Helper()
	const silent = `{"asynccheck": {"exclude_files": {".": "a package with findings has no facts"}}}`
	units := listUnits(t, dir)
	facts := runNogo(t, units, buildNogo(t, silent), nil)
	if facts.output != "" {
		t.Fatalf("nogo: %s", facts.output)
	}
	return nogoFindings(t, dir, runNogo(t, units, buildNogo(t, `{}`), facts.files).output)
}

// nogoFindings reads what nogo printed.
func nogoFindings(t *testing.T, dir, output string) findings {
	t.Helper()
	found := make(findings)
	lines := regexp.MustCompile(`(?m)^(\S+:\d+:\d+): (.*) \(asynccheck\)$`).FindAllStringSubmatch(output, -1)
	for _, line := range lines {
		found.add(t, dir, line[1], ruleOf(t, line[2]))
	}
	return found.once()
}

// listUnits returns the packages of a module and all their imports, imports first.
func listUnits(t *testing.T, dir string) []*nogoPackage {
	t.Helper()
	out := command(t, dir, []int{0}, "go", "list", "-deps", "-test", "-export", "-json", "./...")
	var units []*nogoPackage
	for dec := json.NewDecoder(bytes.NewReader(out)); dec.More(); {
		p := new(nogoPackage)
		if err := dec.Decode(p); err != nil {
			t.Fatal(err)
		}
		if !p.testMain() {
			units = append(units, p)
		}
	}
	return units
}

// This is the result of runs of nogo.
type nogoResult struct {
	files  map[string]string // with facts, by import path
	output string
}

// runNogo runs the program on packages as the compilepkg action of rules_go does. A package's facts are those given.
// Without them, they are those of an earlier run.
func runNogo(t *testing.T, units []*nogoPackage, program string, facts map[string]string) nogoResult {
	t.Helper()
	goarch := strings.TrimSpace(string(command(t, ".", []int{0}, "go", "env", "GOARCH")))
	exports := make(map[string]string)
	for _, p := range units {
		exports[p.ImportPath] = p.Export
	}
	dir := t.TempDir()
	result := nogoResult{files: make(map[string]string)}
	if facts == nil {
		facts = result.files
	}
	var output strings.Builder
	for i, p := range units {
		if p.Standard || len(p.GoFiles) == 0 {
			continue
		}
		var config strings.Builder
		for _, dep := range p.Deps {
			if file := exports[dep]; file != "" {
				path, _, _ := strings.Cut(dep, " ")
				fmt.Fprintf(&config, "packagefile %s=%s\n", path, file)
			}
		}
		importcfg := filepath.Join(dir, fmt.Sprintf("%d.importcfg", i))
		if err := os.WriteFile(importcfg, []byte(config.String()), 0o666); err != nil {
			t.Fatal(err)
		}
		written := filepath.Join(dir, fmt.Sprintf("%d.facts", i))
		args := []string{"-p", p.path(), "-importcfg", importcfg, "-x", written}
		for _, imported := range p.Imports {
			path, _, _ := strings.Cut(imported, " ")
			if file, ok := facts[imported]; ok {
				args = append(args, "-fact", path+"="+file)
			}
		}
		for _, file := range p.GoFiles {
			args = append(args, filepath.Join(p.Dir, file))
		}
		cmd := exec.Command(program, args...)
		cmd.Dir = p.Dir
		cmd.Env = append(env(), "GOARCH="+goarch)
		out, err := cmd.CombinedOutput()
		if _, failed := errors.AsType[*exec.ExitError](err); failed {
			output.Write(out)
			continue
		} else if err != nil {
			t.Fatal(err)
		}
		result.files[p.ImportPath] = written
	}
	result.output = output.String()
	return result
}

// nogo's configuration sets the analyzer's flags.
func TestNogoFlags(t *testing.T) {
	dir := corpus(t, "batchouter", "batchshallow")
	units := listUnits(t, dir)
	run := func(config string) string {
		t.Helper()
		return runNogo(t, units, buildNogo(t, config), nil).output
	}
	rules := func(found findings) (rules []string) {
		for f := range found {
			if !slices.Contains(rules, f.rule) {
				rules = append(rules, f.rule)
			}
		}
		slices.Sort(rules)
		return rules
	}
	example, err := os.ReadFile(filepath.Join(recipes, "bazel", "nogo.json"))
	if err != nil {
		t.Fatal(err)
	}
	all := rules(nogoFindings(t, dir, run(`{}`)))
	if !slices.Contains(all, "batch-detail-shallow") || slices.Contains(all, "batch-outer-unread") {
		t.Errorf("findings of %q, want those of the default rules", all)
	}
	for _, test := range []struct {
		config string
		want   []string
	}{
		{`{"asynccheck": {"analyzer_flags": {"rules": "batch-outer-unread"}}}`, []string{"batch-outer-unread"}},
		{`{"asynccheck": {"analyzer_flags": {"settings": "{\"rules\": [\"batch-detail-*\"]}"}}}`, []string{"batch-detail-shallow"}},
		{`{"asynccheck": {"analyzer_flags": {"settings": "{\"contracts\": [\"-*\", \"acme.api\"], \"apis\": [{\"id\": \"acme.api\", \"members\": {\"required\": [\"detail\"]}, \"duties\": [{\"signals\": [{\"path\": \"code\", \"clean\": [5400]}]}]}]}"}}}`, []string{"result-nonzero-success", "result-unchecked"}},
		{string(example), slices.DeleteFunc(slices.Clone(all), func(rule string) bool { return rule == "batch-detail-shallow" })},
	} {
		if got := rules(nogoFindings(t, dir, run(test.config))); !slices.Equal(got, test.want) {
			t.Errorf("%s: findings of %q, want %q", test.config, got, test.want)
		}
	}
	for _, test := range []struct{ flag, value, want string }{
		{"rule", "batch-*", "unrecognized flag: rule"},
		{"rules", "nope", `no rule matches "nope"`},
		{"strict", "perhaps", "invalid value for flag: strict=perhaps"},
		{"settings", `{"contracts": ["nope.*"]}`, `contracts[0]: no contract matches "nope.*"`},
	} {
		if got := run(fmt.Sprintf(`{"asynccheck": {"analyzer_flags": {%q: %q}}}`, test.flag, test.value)); !strings.Contains(got, test.want) {
			t.Errorf("%s=%s: got %s, want %s", test.flag, test.value, got, test.want)
		}
	}
}

// Not every driver, nor every version of nogo, gives an analyzer everything that go vet does. If something is missing,
// findings may be missing, but there must be no new ones and no panic.
func TestBareDriver(t *testing.T) {
	dir := corpus(t, fixtures(t)...)
	var mu sync.Mutex
	var skipped []string
	a, err := analyzer.New(analyzer.Config{Debug: func(format string, args ...any) {
		mu.Lock()
		defer mu.Unlock()
		skipped = append(skipped, fmt.Sprintf(format, args...))
	}})
	if err != nil {
		t.Fatal(err)
	}
	full := analyze(t, dir, a)
	usual := len(skipped)
	bare := *a
	bare.Run = func(pass *analysis.Pass) (any, error) {
		p, info := *pass, *pass.TypesInfo
		info.Instances, info.FileVersions = nil, nil
		p.TypesInfo, p.TypesSizes = &info, nil
		p.Module, p.ReadFile, p.OtherFiles, p.IgnoredFiles = nil, nil, nil, nil
		return a.Run(&p)
	}
	got := analyze(t, dir, &bare)
	for _, f := range without(got, full) {
		t.Errorf("reported only where something is missing: %s", f)
	}
	if len(got) <= len(full)/2 {
		t.Errorf("%d findings of %d", len(got), len(full))
	}
	for _, s := range skipped[usual:] {
		// Without instances, generic code has no SSA form, and its package is skipped.
		if !strings.Contains(s, "no SSA form, skipped") {
			t.Error(s)
		}
	}
}
