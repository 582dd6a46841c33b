package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/token"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/asynccheck/asynccheck/analyzer"
	"github.com/asynccheck/asynccheck/internal/driver/govet"
)

// A vetRun is the result of "go vet" for a module.
type vetRun struct {
	output  string
	facts   map[string][]string // of each unit, those of its own package
	foreign map[string]bool     // units that unitchecker analyzed
}

// vetCold runs the command as a tool of go vet that is new to the build cache.
func vetCold(t *testing.T, dir string, args ...string) *vetRun {
	t.Helper()
	tool := filepath.Join(t.TempDir(), "asynccheck")
	program, err := os.ReadFile(filepath.Join(bin, "asynccheck"))
	if err != nil {
		t.Fatal(err)
	}
	// Bytes after a program's end make it a different program for the cache.
	if err := os.WriteFile(tool, append(program, tool...), 0o777); err != nil {
		t.Fatal(err)
	}
	return vetWith(t, dir, tool, args...)
}

func vetWith(t *testing.T, dir, tool string, args ...string) *vetRun {
	t.Helper()
	cmd := exec.Command("go", append([]string{"vet", "-work", "-vettool=" + tool, "-json"}, args...)...)
	cmd.Dir, cmd.Env = dir, env()
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", cmd, err, stderr.Bytes())
	}
	work := regexp.MustCompile(`(?m)^WORK=(.*)$`).FindStringSubmatch(stderr.String() + string(out))
	if work == nil {
		t.Fatalf("no directory in\n%s", stderr.Bytes())
	}
	defer os.RemoveAll(work[1])
	run := &vetRun{facts: make(map[string][]string), foreign: make(map[string]bool)}
	// Units come in any order.
	lines := strings.Split(regexp.MustCompile(`(?m)^(#|WORK=).*$`).ReplaceAllString(string(out), ""), "\n")
	slices.Sort(lines)
	run.output = strings.Join(lines, "\n")
	units, err := filepath.Glob(filepath.Join(work[1], "*", "vet.cfg"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range units {
		run.read(t, file)
	}
	return run
}

// read reads the facts of a unit.
func (run *vetRun) read(t *testing.T, file string) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var unit struct {
		ID, ImportPath, VetxOutput string
		GoFiles                    []string
	}
	if err := json.Unmarshal(data, &unit); err != nil {
		t.Fatal(err)
	}
	facts, foreign, err := govet.ReadFacts(analyzer.Analyzer, unit.VetxOutput)
	if err != nil {
		t.Fatalf("%s: %v", unit.ID, err)
	}
	id := unit.ID
	for _, name := range unit.GoFiles { // the package, or the package with its tests
		if strings.HasSuffix(name, "_test.go") {
			id += " with tests"
			break
		}
	}
	run.foreign[id] = foreign
	own := []string{}
	for _, f := range facts {
		// unitchecker also has facts of unexported types that no importer can reach.
		if f.PkgPath == unit.ImportPath && (f.Object == "" || token.IsExported(string(f.Object))) {
			data, err := json.Marshal(f.Fact)
			if err != nil {
				t.Fatal(err)
			}
			own = append(own, fmt.Sprintf("%s: %T %s", f.Object, f.Fact, data))
		}
	}
	slices.Sort(own)
	run.facts[id] = own
}

// TestFilter compares the findings and facts of go vet with and without the filter. It uses the fixtures, or the module
// whose directory ASYNCCHECK_FILTER_DIR gives, with the packages of ASYNCCHECK_FILTER_PACKAGES.
func TestFilter(t *testing.T) {
	dir, packages := os.Getenv("ASYNCCHECK_FILTER_DIR"), strings.Fields(os.Getenv("ASYNCCHECK_FILTER_PACKAGES"))
	if dir == "" {
		dir = corpus(t, fixtures(t)...)
	}
	if len(packages) == 0 {
		packages = []string{"./..."}
	}
	want := vetCold(t, dir, append([]string{"-nofilter"}, packages...)...)
	got := vetCold(t, dir, packages...)
	if got.output != want.output {
		t.Errorf("the findings differ: with the filter\n%s\nwithout\n%s", got.output, want.output)
	}
	total, foreign := 0, 0
	for _, id := range slices.Sorted(maps.Keys(want.facts)) {
		if !slices.Equal(got.facts[id], want.facts[id]) {
			t.Errorf("%s: with the filter, facts\n%s\nwithout\n%s", id,
				strings.Join(got.facts[id], "\n"), strings.Join(want.facts[id], "\n"))
		}
		total += len(want.facts[id])
		if got.foreign[id] {
			foreign++
		}
	}
	t.Logf("%d units, of which unitchecker analyzed %d; %d facts; %d bytes of findings", len(want.facts), foreign, total, len(want.output))
	if foreign > len(want.facts)/2 {
		t.Error("the filter spares nothing")
	}
}

// The stand-alone command has the same filter.
func TestFilterStandalone(t *testing.T) {
	dir := corpus(t, fixtures(t)...)
	run := func(args ...string) string {
		cmd := exec.Command(filepath.Join(bin, "asynccheck"), append(args, "./...")...)
		cmd.Dir, cmd.Env = dir, env()
		out, err := cmd.Output()
		if exit, ok := err.(*exec.ExitError); !ok || exit.ExitCode() != 1 {
			t.Fatalf("%s: %v", cmd, err)
		}
		return string(out)
	}
	if got, want := run(), run("-nofilter"); got != want || got == "" {
		t.Errorf("the findings differ: with the filter\n%s\nwithout\n%s", got, want)
	}
}

// People read the same text, too.
func TestFilterText(t *testing.T) {
	dir := corpus(t, fixtures(t)...)
	run := func(args ...string) string {
		cmd := exec.Command("go", append([]string{"vet", "-vettool=" + filepath.Join(bin, "asynccheck")}, args...)...)
		cmd.Dir, cmd.Env = dir, env()
		out, err := cmd.CombinedOutput()
		if exit, ok := err.(*exec.ExitError); !ok || exit.ExitCode() != 1 {
			t.Fatalf("%s: %v\n%s", cmd, err, out)
		}
		lines := strings.Split(string(out), "\n") // packages come in any order
		slices.Sort(lines)
		return strings.Join(lines, "\n")
	}
	for _, flags := range [][]string{nil, {"-c=1"}} {
		got, want := run(append(flags, "./...")...), run(append(flags, "-nofilter", "./...")...)
		if got != want || !strings.Contains(got, ".go:") {
			t.Errorf("%q: with the filter\n%s\nwithout\n%s", flags, got, want)
		}
	}
}
