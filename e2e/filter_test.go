package e2e

import (
	"bytes"
	"encoding/binary"
	"encoding/gob"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/asynccheck/asynccheck/analyzer"
)

// A vetRun is what "go vet" gave for a module.
type vetRun struct {
	output   string
	facts    map[string][]string // of each unit, those of its own package
	analyzed map[string]bool     // units whose fact files have types: the others were not parsed
}

// vetCold runs the command as a tool of go vet that the build cache doesn't know yet.
func vetCold(t *testing.T, dir string, args ...string) *vetRun {
	t.Helper()
	tool := filepath.Join(t.TempDir(), "asynccheck")
	program, err := os.ReadFile(filepath.Join(bin, "asynccheck"))
	if err != nil {
		t.Fatal(err)
	}
	// What stands after a program's end makes it another for the cache.
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
	run := &vetRun{facts: make(map[string][]string), analyzed: make(map[string]bool)}
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
	data, err = os.ReadFile(unit.VetxOutput)
	if err != nil || len(data) < 12 {
		t.Fatalf("%s: %d bytes, %v", unit.VetxOutput, len(data), err)
	}
	id := unit.ID
	for _, name := range unit.GoFiles { // the package, or the package with its tests
		if strings.HasSuffix(name, "_test.go") {
			id += " with tests"
			break
		}
	}
	types := int(binary.LittleEndian.Uint32(data[4:]))
	run.analyzed[id] = types > 0
	var facts []struct {
		PkgPath, Object string
		Fact            analysis.Fact
	}
	if data = data[12+types:]; len(data) > 0 {
		if err := gob.NewDecoder(bytes.NewReader(data)).Decode(&facts); err != nil {
			t.Fatalf("%s: %v", unit.ID, err)
		}
	}
	own := []string{}
	for _, f := range facts {
		if f.PkgPath == unit.ImportPath {
			own = append(own, fmt.Sprintf("%s: %T %v", f.Object, f.Fact, f.Fact))
		}
	}
	run.facts[id] = own
}

// TestFilter compares what go vet finds, and which facts it keeps, with and without
// the units that are not parsed: in the fixtures, or in the module whose directory
// ASYNCCHECK_FILTER_DIR gives, with the packages of ASYNCCHECK_FILTER_PACKAGES.
func TestFilter(t *testing.T) {
	for _, f := range analyzer.Analyzer.FactTypes {
		gob.Register(f)
	}
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
	total, analyzed := 0, 0
	for _, id := range slices.Sorted(maps.Keys(want.facts)) {
		if !slices.Equal(got.facts[id], want.facts[id]) {
			t.Errorf("%s (analyzed: %t): with the filter, facts\n%s\nwithout\n%s", id, got.analyzed[id],
				strings.Join(got.facts[id], "\n"), strings.Join(want.facts[id], "\n"))
		}
		total += len(want.facts[id])
		if got.analyzed[id] {
			analyzed++
		}
	}
	t.Logf("%d units, of which %d were analyzed; %d facts; %d bytes of findings", len(want.facts), analyzed, total, len(want.output))
	if analyzed == len(want.facts) {
		t.Error("all units were analyzed")
	}
}
