package sweep

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// fakeVariable makes the test's own program a tool to sweep with.
const fakeVariable = "SWEEP_FAKE"

func TestMain(m *testing.M) {
	if os.Getenv(fakeVariable) != "" {
		os.Exit(fake(os.Args[1:]))
	}
	os.Exit(m.Run())
}

// This is the output of the fake tool, stand-alone and under go vet. In a file a.go the two agree about line 5, and
// differ about two other lines.
const (
	skipped  = "asynccheck: a/a.go:7:2: example/a.F: skipped the response of example/a.R: too many states\n"
	panicked = "a/a.go:9:6: internal error, function G is not analyzed: out of luck; please report this at https://github.com/asynccheck/asynccheck/issues\n"
	trace    = "goroutine 1 [running]:\nmain.(*T).f(...)\n\t/a.go:3 +0x1\ncreated by main.main in goroutine 1\n"
	circle   = "asynccheck: a/a.go:3:2: example/a.F: what it and those that it calls in a circle do is not found out in 8 rounds\n"
	inert    = "asynccheck: contract acme.pull is ignored for package example.com/acme: it has no type Pulled\n"
)

func fake(args []string) int {
	finding := func(file string, line int) string {
		return fmt.Sprintf(`{"posn": "%s:%d:2", "message": "wrong (some-rule)", "category": "some-rule"}`, file, line)
	}
	switch last := args[len(args)-1]; {
	case last == "-V=full":
		fmt.Println("fake version devel buildID=" + rand.Text())
	case last == "-flags":
		fmt.Println(`[{"Name": "debug", "Bool": true}, {"Name": "json", "Bool": true}]`)
	case strings.HasSuffix(last, ".cfg"):
		var unit struct{ ID, VetxOutput, Stdout, Dir string }
		data, err := os.ReadFile(last)
		if err == nil {
			err = json.Unmarshal(data, &unit)
		}
		if err == nil {
			err = os.WriteFile(unit.VetxOutput, nil, 0o666)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 2
		}
		if !strings.HasPrefix(unit.ID, "example/") {
			return 0
		}
		file := filepath.Join(unit.Dir, "a.go")
		os.WriteFile(unit.Stdout, fmt.Appendf(nil, `{%q: {"fake": [%s, %s]}}`, unit.ID, finding(file, 5), finding(file, 8)), 0o666)
	default:
		const finding = `{"rule": "some-rule", "message": "wrong", "package": "example/a", "position": {"file": "a/a.go", "line": %d, "column": 2}}`
		fmt.Printf("["+finding+","+finding+"]\n", 5, 6)
		fmt.Fprint(os.Stderr, skipped, "asynccheck: "+panicked, trace, circle, inert, panicked)
		return 2
	}
	return 0
}

// Every failure is reported, once.
func TestRunFails(t *testing.T) {
	t.Setenv(fakeVariable, "on")
	dir := module(t, map[string]string{"a/a.go": "package a\n"})
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	r, err := (&Sweep{Tool: program}).Run(Module{dir, []string{"./..."}})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "a", "a.go")
	at := func(findings []Finding) (lines []string) {
		for _, f := range findings {
			lines = append(lines, strings.TrimPrefix(f.Position, file))
		}
		return lines
	}
	for _, test := range []struct {
		what      string
		got, want []string
	}{
		{"findings", at(r.Findings), []string{":5:2", ":6:2", ":8:2"}},
		{"findings stand-alone", at(r.StandaloneOnly), []string{":6:2"}},
		{"findings under go vet", at(r.VetOnly), []string{":8:2"}},
		{"skipped", r.Skipped, []string{file + ":7:2: example/a.F: skipped the response of example/a.R: too many states"}},
		{"not swept", r.Errors, nil},
	} {
		if !slices.Equal(test.got, test.want) {
			t.Errorf("%s: got %q, want %q", test.what, test.got, test.want)
		}
	}
	if len(r.Panics) != 1 || r.Panics[0].String() != file+":9:6: function G: out of luck" {
		t.Errorf("panics: %v", r.Panics)
	}
	var total Total
	total.Add(r)
	if want := (Total{Modules: 1, Packages: 1, Findings: 3, Panics: 1, Skipped: 1, Differences: 2}); total != want {
		t.Errorf("got %+v, want %+v", total, want)
	}
	for _, one := range []Total{{Panics: 1}, {Skipped: 1}, {Differences: 1}} {
		if !one.Failed(true) {
			t.Errorf("%+v is no failure", one)
		}
	}
	if missing := (Total{Errors: 1}); missing.Failed(true) || !missing.Failed(false) || (Total{Findings: 9}).Failed(false) {
		t.Error("packages that can't be loaded, or findings, are wrongly judged")
	}
}

const handler = `package %s

import "encoding/json"

type Result struct {
	Code      int    ` + "`json:\"code\"`" + `
	Message   string ` + "`json:\"message\"`" + `
	RequestID string ` + "`json:\"requestId\"`" + `
}

func Check(answer []byte) error {
	var r Result
	return json.Unmarshal(answer, &r)
}
`

// The two ways of running the command agree, also in packages whose tests can't be loaded.
func TestRun(t *testing.T) {
	tool := filepath.Join(t.TempDir(), "asynccheck")
	if out, err := exec.Command("go", "build", "-o", tool, "github.com/asynccheck/asynccheck/cmd/asynccheck").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	dir := module(t, map[string]string{
		"a/a.go":          fmt.Sprintf(handler, "a"),
		"a/a_test.go":     fmt.Sprintf(strings.ReplaceAll(handler, "Result", "Tested"), "a_test"),
		"b/b.go":          fmt.Sprintf(handler, "b"),
		"b/b_test.go":     "package b\n\nimport _ \"missing.example/assert\"\n",
		"c/c.go":          "package c\n\nimport _ \"missing.example/client\"\n",
		"d/d_windows.go":  "package d\n",
		".asynccheck.yml": "rules: [-result-*]\n",
	})
	r, err := (&Sweep{Tool: tool}).Run(Module{dir, []string{"./..."}})
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, f := range r.Findings {
		found = append(found, f.Package+" "+f.Rule)
	}
	if want := []string{"example/a result-unchecked", "example/b result-unchecked"}; !slices.Equal(found, want) {
		t.Errorf("found %q, want %q", found, want)
	}
	if r.Packages != 2 || r.WithoutTests != 1 || len(r.StandaloneOnly)+len(r.VetOnly)+len(r.Panics)+len(r.Skipped) > 0 {
		t.Errorf("got %+v", r)
	}
	if len(r.Errors) != 1 || !strings.Contains(r.Errors[0], "missing.example/client") {
		t.Errorf("not swept: %q", r.Errors)
	}
	r, err = (&Sweep{Tool: tool}).Run(Module{dir, []string{"./none"}})
	if err == nil && len(r.Errors) == 0 {
		t.Error("nothing is said where there are no packages")
	}
}

func TestParse(t *testing.T) {
	dir := module(t, map[string]string{})
	for arg, want := range map[string]Module{
		dir:                        {dir, []string{"./..."}},
		dir + "=k8s.io/...,./a":    {dir, []string{"k8s.io/...", "./a"}},
		"":                         {},
		"=./...":                   {},
		dir + "=":                  {},
		filepath.Join(dir, "gone"): {},
	} {
		got, err := Parse(arg)
		if wrong := want.Dir == ""; wrong != (err != nil) || !wrong && !reflect.DeepEqual(got, want) {
			t.Errorf("%q: got %v, %v, want %v", arg, got, err, want)
		}
	}
}

// A unit of go vet that fails prints its findings as text, with the positions that lead to
// them.
func TestWords(t *testing.T) {
	w := readStderr("/m", []byte("# example/a\na/a.go:3:4: wrong (some-rule)\na/a.go:3:1: \tr comes from here\n"+panicked+"go: no such thing\n"))
	if want := []Finding{{Position: "/m/a/a.go:3:4", Rule: "some-rule", Message: "wrong"}}; !slices.Equal(w.text, want) {
		t.Errorf("got %v, want %v", w.text, want)
	}
	if len(w.panics) != 1 || !slices.Equal(w.rest, []string{"go: no such thing"}) {
		t.Errorf("got %+v", w)
	}
}
