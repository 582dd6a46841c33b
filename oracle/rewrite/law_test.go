package rewrite

import (
	"go/ast"
	"slices"
	"strings"
	"testing"
)

const stop = `package stop

import (
	"encoding/json"
	"errors"
)

type Result struct {
	Code      int    ` + "`json:\"code\"`" + `
	Message   string ` + "`json:\"message\"`" + `
	RequestID string ` + "`json:\"requestId\"`" + `
}

func Stop(b []byte) error {
	var r Result
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 {
		return errors.New(r.Message)
	}
	return nil
}

func Start(b []byte) error {
	var r Result
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code > 0 {
		return errors.New(r.Message)
	}
	return nil
}
`

// dropped is not a rewrite that keeps behaviour: it drops the checks, except those of an error.
var dropped = &Kind{Name: "dropped", apply: each(func(f *function) {
	f.ifs(func(s *ast.IfStmt) {
		if s.Init == nil {
			f.set(s, "_ = errors.New")
			f.done()
		}
	})
})}

// mended is not a rewrite that keeps behaviour: it treats every code but 0 as a failure.
var mended = &Kind{Name: "mended", apply: each(func(f *function) {
	f.ifs(func(s *ast.IfStmt) {
		if s.Init == nil {
			f.set(s.Cond, "r.Code != 0")
			f.done()
		}
	})
})}

func loadStop(t *testing.T) []*Tree {
	return []*Tree{loadFiles(t, map[string]string{"go.mod": "module m\n\ngo 1.26\n", "stop/stop.go": stop})}
}

func named(t *testing.T, name string) *Kind {
	t.Helper()
	i := slices.IndexFunc(Kinds, func(k *Kind) bool { return k.Name == name })
	if i < 0 {
		t.Fatalf("no kind %s", name)
	}
	return Kinds[i]
}

// The findings and the execution both reveal a kind that changes what code does. They don't blame a kind that doesn't.
func TestLaw(t *testing.T) {
	trees := loadStop(t)
	r, err := Run(trees, []*Kind{dropped, named(t, "yoda")}, nil, "m/stop")
	if err != nil {
		t.Fatal(err)
	}
	bad, good := r.Results[0], r.Results[1]
	if bad.Functions != 2 || bad.Silent != 1 || bad.Reported != 1 || len(bad.Violations) != 1 || len(bad.Lost) != 0 {
		t.Errorf("of what is no rewrite: %+v", bad)
	} else if s := bad.Violations[0].String(); !strings.HasPrefix(s, "dropped: m/stop/stop.go:14: Stop\n") || !strings.Contains(s, "(result-unchecked)") ||
		!strings.Contains(s, "    	if r.Code != 0 {") || !strings.Contains(s, "    	_ = errors.New") {
		t.Errorf("the violation says %s", s)
	}
	if good.Functions != 2 || good.Silent != 1 || good.Reported != 1 || len(good.Violations)+len(good.Lost) != 0 {
		t.Errorf("of a rewrite: %+v", good)
	}
	if r.Executed != 2 {
		t.Errorf("%d functions were run, want 2", r.Executed)
	}
	if len(r.Differences) == 0 {
		t.Error("no difference was found by running")
	}
	for _, d := range r.Differences {
		if d.Kind != "dropped" || d.Package != "m/stop" {
			t.Errorf("a difference of a rewrite: %s", d)
		}
	}
	faults := strings.Join(r.Faults(), "\n")
	for _, want := range []string{
		"dropped: 1 functions were silent, and are not",
		"dropped: it applies to 2 functions, want 50",
		"times a rewritten function does something else",
	} {
		if !strings.Contains(faults, want) {
			t.Errorf("the faults don't say %q:\n%s", want, faults)
		}
	}
}

// Lost findings count for kinds whose result is modelled.
func TestLost(t *testing.T) {
	trees := loadStop(t)
	r, err := Run(trees, []*Kind{mended}, nil)
	if err != nil {
		t.Fatal(err)
	}
	lost := &Report{Results: []*Result{{Kind: &Kind{Name: "k"}, Functions: 50, Reported: 10, Lost: make([]Change, 1)}}}
	if got := lost.Faults(); len(got) != 1 || got[0] != "k: 90.0 % of what was reported still is, want 95 %" {
		t.Errorf("faults %q", got)
	}
	lost.Results[0].Kind.Opaque = true
	if got := lost.Faults(); len(got) != 0 {
		t.Errorf("faults of what isn't modelled: %q", got)
	}
	if s := r.Results[0]; s.Reported != 1 || s.Silent != 1 || len(s.Violations) != 0 || len(s.Lost) != 1 || s.Lost[0].Func.Name != "Start" {
		t.Errorf("%+v", s)
	}
	if got := r.Faults(); len(got) != 2 || got[0] != "mended: 0.0 % of what was reported still is, want 95 %" {
		t.Errorf("faults %q", got)
	}
}

// An entry of the list excuses one function of one kind. An entry that excuses none is a fault.
func TestExcuses(t *testing.T) {
	trees := loadStop(t)
	list := []Excuse{
		{"dropped", "m/stop", "Stop", "a sentence"},
		{"dropped", "m/stop", "Start", "a sentence"},
		{"dropped", "elsewhere", "Stop", "a sentence"},
		{"another", "m/stop", "Stop", "a sentence"},
	}
	r, err := Run(trees, []*Kind{dropped}, list)
	if err != nil {
		t.Fatal(err)
	}
	if s := r.Results[0]; s.Excused != 1 || len(s.Violations) != 0 {
		t.Errorf("%d excused, %d violations; want 1 and 0", s.Excused, len(s.Violations))
	}
	if len(r.Idle) != 1 || r.Idle[0] != list[1] {
		t.Errorf("idle entries %v, want %v", r.Idle, list[1])
	}
	for _, wrong := range []string{
		`[{"kind": "k", "package": "p", "func": "F", "sentence": ""}]`,
		`[{"kind": "k", "package": "p", "func": "F", "sentence": "s"}, {"kind": "k", "package": "p", "func": "F", "sentence": "t"}]`,
		`[{"kind": "k", "package": "p", "function": "F", "sentence": "s"}]`,
	} {
		if _, err := parseExcuses([]byte(wrong)); err == nil {
			t.Errorf("no error of %s", wrong)
		}
	}
	all, err := Excuses()
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range all {
		named(t, e.Kind)
	}
}

// A result that does not compile is an error. The site is not left out.
func TestBroken(t *testing.T) {
	for name, text := range map[string]string{"ill-typed": "return 1", "no syntax": "return ("} {
		broken := &Kind{Name: name, apply: each(func(f *function) { f.returns(func(s *ast.ReturnStmt) { f.set(s, text) }) })}
		if _, err := Run(loadStop(t), []*Kind{broken}, nil); err == nil || !strings.Contains(err.Error(), text) {
			t.Errorf("%s: error %v, want one that shows %s", name, err, text)
		}
	}
}

// In a block of its own, := would declare a new variable, and not assign the one that a literal, or a return without
// results, gives to others.
func TestRedeclared(t *testing.T) {
	tree := loadFiles(t, map[string]string{"go.mod": "module m\n\ngo 1.26\n", "m.go": `package m

type T struct{ Code int }

func get() (*T, error) { return new(T), nil }

func Bare(a bool) (err error) {
	r, err := get()
	if r.Code != 0 {
		return nil
	}
	_, err = get()
	s, err := get()
	_ = s
	return
}

func Captured(tell func(error)) {
	r, err := get()
	defer func() { tell(err) }()
	if r.Code != 0 {
		return
	}
	s, err := get()
	_ = s
}

func Neither() error {
	r, err := get()
	if r.Code != 0 {
		return err
	}
	s, err := get()
	_ = s
	return err
}
`})
	for _, kind := range []string{"early-return-to-else", "element-of-range"} {
		w, err := named(t, kind).Apply(tree)
		if err != nil {
			t.Fatal(err)
		}
		if len(w.Applied) != 1 || !w.Applied[Func{"m", "Neither"}] {
			t.Errorf("%s: applied to %v, want m.Neither alone", kind, w.Applied)
		}
	}
}

// A package that can't be run is an error.
func TestNotRun(t *testing.T) {
	for path, want := range map[string]string{"m/gone": "there is no package m/gone to be run", "m/idle": "m/idle can't be run by itself"} {
		trees := []*Tree{loadFiles(t, map[string]string{"go.mod": "module m\n\ngo 1.26\n", "idle/idle.go": "package idle\n\nfunc F(n int) {}\n"})}
		if _, err := Run(trees, nil, nil, path); err == nil || err.Error() != want {
			t.Errorf("%s: error %v, want %s", path, err, want)
		}
	}
}

// A site inside another site is rewritten, too.
func TestNested(t *testing.T) {
	trees := []*Tree{loadFiles(t, map[string]string{"go.mod": "module m\n\ngo 1.26\n", "m.go": `package m

func F(a, b bool) int {
	if a {
		if b {
			return 1
		}
		return 2
	}
	return 3
}
`})}
	w, err := named(t, "if-inverted").Apply(trees[0])
	if err != nil {
		t.Fatal(err)
	}
	const want = `package m

func F(a, b bool) int {
	if !(a) {
	} else {
		if !(b) {
		} else {
			return 1
		}
		return 2
	}
	return 3
}
`
	if got := w.Tree.Packages[0].Files[0].Text; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// The blocks of pages are packages. Functions in packages whose comments silence findings are left alone.
func TestLoad(t *testing.T) {
	dir := t.TempDir()
	page := "# Rule\n\n```go bad\n" + stop + "```\n\n```go good\npackage good\n```\n\n```sh\nls\n```\n"
	if err := write(dir, map[string]string{"rule.md": page}); err != nil {
		t.Fatal(err)
	}
	tree, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	var paths []string
	for _, p := range tree.Packages {
		paths = append(paths, p.Path)
	}
	if want := []string{"page/rule/bad1", "page/rule/good2"}; !slices.Equal(paths, want) {
		t.Errorf("packages %v, want %v", paths, want)
	}
	left := loadFiles(t, map[string]string{"go.mod": "module m\n\ngo 1.26\n", "m.go": stop + "\n//asynccheck:ignore all\n"})
	w, err := named(t, "yoda").Apply(left)
	if err != nil {
		t.Fatal(err)
	}
	if len(w.Applied) > 0 {
		t.Errorf("%v were rewritten", w.Applied)
	}
}

// Facts go from package to package. Changes of a type go to its users.
func TestPackages(t *testing.T) {
	trees := []*Tree{loadFiles(t, map[string]string{
		"go.mod": "module m\n\ngo 1.26\n",
		"sdk/sdk.go": strings.Replace(stop, "package stop", "package sdk", 1) + `
func Get(b []byte) (*Result, error) {
	r := new(Result)
	return r, json.Unmarshal(b, r)
}
`,
		"app/app.go": `package app

import (
	"errors"

	"m/sdk"
)

func Run(b []byte) (string, error) {
	r, err := sdk.Get(b)
	if err != nil {
		return "", err
	}
	return r.RequestID, nil
}

func Checked(b []byte) (string, error) {
	r, err := sdk.Get(b)
	if err != nil {
		return "", err
	}
	if r.Code != 0 {
		return "", errors.New(r.Message)
	}
	return r.RequestID, nil
}

var None = sdk.Result{Code: 1}
`})}
	r, err := Run(trees, []*Kind{named(t, "base-embedded"), named(t, "file-per-function")}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range r.Results {
		// These are reported: Start of sdk, and Run of app.
		if s.Reported == 0 || len(s.Violations)+len(s.Lost) > 0 {
			t.Errorf("%s: %d reported, violations %v, lost %v", s.Kind.Name, s.Reported, s.Violations, s.Lost)
		}
	}
	if s := r.Results[1]; s.Reported != 2 || s.Functions != 5 {
		t.Errorf("%d of %d functions are reported, want 2 of 5", s.Reported, s.Functions)
	}
}
