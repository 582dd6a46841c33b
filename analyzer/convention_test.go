package analyzer_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"

	"github.com/asynccheck/asynccheck/analyzer"
)

// A convention says whether a type with the shape of a response is a response.
type convention int

const (
	ours convention = iota
	foreign
)

// result is a single result by its shape.
const result = `type T struct { Code int 'json:"code"'; Message string 'json:"message"'; RequestID string 'json:"requestId"' }; `

// A conventionTest is a package that declares T or has the type result. Function write adds
// more to it.
type conventionTest struct {
	name, src string
	want      convention
	test      string // its test file
	dep       string // a package that it imports as dep
}

// A type has another convention if all functions accept only one value, which the contract
// doesn't have. It doesn't matter how they are written.
func TestConvention(t *testing.T) {
	tests := []conventionTest{
		// What a function with an error result signals.
		{"!= k fails", `func f(t T) error { if t.Code != 1 { return err }; return nil }`, foreign, "", ""},
		{"k != fails", `func f(t T) error { if 1 != t.Code { return err }; return nil }`, foreign, "", ""},
		{"!= k succeeds", `func f(t T) error { if t.Code != 1 { return nil }; return err }`, ours, "", ""},
		{"== k succeeds", `func f(t T) error { if t.Code == 1 { return nil }; return err }`, foreign, "", ""},
		{"== k fails", `func f(t T) error { if t.Code == 1 { return err }; return nil }`, ours, "", ""},
		{"both succeed", `func f(t T) error { if t.Code == 1 { return nil }; return nil }`, ours, "", ""},
		{"== k works, else fails", `func f(t T) error { if t.Code == 1 { g() } else { return err }; return nil }`, foreign, "", ""},
		{"== k works, else works too", `func f(t T) error { if t.Code == 1 { g() } else { g() }; return nil }`, ours, "", ""},
		{"== k works", `func f(t T) error { if t.Code == 1 { g() }; return nil }`, ours, "", ""},
		{"else if", `func f(t T) error { if t.Code == 1 { g() } else if x { return err } else { panic(1) }; return nil }`, foreign, "", ""},
		{"else if without else", `func f(t T) error { if t.Code == 1 { g() } else if x { return err }; return nil }`, ours, "", ""},
		{"not", `func f(t T) error { if !(t.Code == 1) { return err }; return nil }`, foreign, "", ""},
		{"and", `func f(t T) error { if x && t.Code == 1 { return nil }; return err }`, foreign, "", ""},
		{"block", `func f(t T) error { if t.Code != 1 { { return err } }; return nil }`, foreign, "", ""},
		{"pointer with error", `func f(t T) (*T, error) { if t.Code != 1 { return nil, err }; return &t, nil }`, foreign, "", ""},
		{"results of a call", `func f(t T) (*T, error) { if t.Code != 1 { return f(t) }; return &t, nil }`, foreign, "", ""},
		{"error variable", `func f(t T) (e error) { if t.Code != 1 { e = err }; return }`, foreign, "", ""},
		{"error variable reset", `func f(t T) (e error) { if t.Code != 1 { e = nil }; return }`, ours, "", ""},
		{"nested", `func f(t T) error { if x { if t.Code == 1 { return nil } }; return err }`, foreign, "", ""},
		{"in a function literal", `var f = func(t T) error { if t.Code != 1 { return err }; return nil }`, foreign, "", ""},
		{"in a variable", `func f(t T) error { if busy := t.Code == 4400; !busy { return err }; return nil }`, foreign, "", ""},
		{"switch with default", `func f(t T) error { switch t.Code { case 1: g(); default: return err }; return nil }`, foreign, "", ""},
		{"switch with a default that succeeds", `func f(t T) error { switch t.Code { case 1: g(); default: g() }; return nil }`, ours, "", ""},
		{"switch, failure after it", `func f(t T) error { switch t.Code { case 1: return nil }; return err }`, foreign, "", ""},
		{"switch, success after it", `func f(t T) error { switch t.Code { case 1: return nil }; return nil }`, ours, "", ""},
		{"switch without a tag", `func f(t T) error { switch { case t.Code == 1: return nil; default: return err } }`, foreign, "", ""},
		{"switch without a tag, !=", `func f(t T) error { switch { case t.Code != 1: return err }; return nil }`, foreign, "", ""},
		{"switch over the comparison", `func f(t T) error { switch t.Code == 1 { case true: return nil }; return err }`, foreign, "", ""},
		{"two values", `func f(t T) error { if t.Code == 1 || t.Code == 2 { return nil }; return err }`, ours, "", ""},
		{"ordered", `func f(t T) error { if t.Code > 1 { return err }; return nil }`, ours, "", ""},
		{"an error that may be nil", `func f(t T) error { if t.Code != 1 { return fail(t.Message) }; return nil }; var fail func(string) error`, foreign, "", ""},
		{"assigned results", `func f(b []byte) (id string, e error) { var t T; if e = json.Unmarshal(b, &t); e != nil { return }; if t.Code != 1 { e = err; return }; id, e = t.RequestID, nil; return }`, foreign, "", ""},
		{"the task ID leaves", `func f(t T) { if t.Code == 4400 { g() }; start(t.RequestID) }; func start(string) {}; func h(t T) { if t.Code != 1 { return }; g() }`, ours, "", ""},

		// The callers of a predicate judge the code, however they are written.
		{"bool", `func f(t T) bool { if t.Code != 1 { return false }; return true }`, ours, "", ""},
		{"other way round", `func f(t T) bool { if t.Code != 1 { return true }; return false }`, ours, "", ""},
		{"bool that varies", `func f(t T) bool { if t.Code != 1 { return x }; return true }`, ours, "", ""},
		{"a name for a code", `func f(t T) string { if t.Code == 4400 { return "quota" }; return "other" }`, ours, "", ""},
		{"a predicate", `func f(t T) bool { return t.Code == 4400 }`, ours, "", ""},
		{"a predicate whatever its name", `func (t T) OK() bool { return x && t.Code == 1 }`, ours, "", ""},
		{"a predicate that decides", `func (t T) A() bool { return t.Code == 1 }; func f(t T) error { if !t.A() { return err }; return nil }`, foreign, "", ""},
		{"a predicate's negation that decides", `func a(t *T) bool { return (1 != t.Code) }; func f(t *T) error { if a(t) { return err }; return nil }`, foreign, "", ""},
		{"a predicate of an accessor that decides", `func (t T) A() bool { return t.GetCode() == 1 }; func (t T) GetCode() int { return t.Code }; func f(t T) error { if !t.A() { return err }; return nil }`, foreign, "", ""},
		{"a predicate that decides something", `func (t T) A() bool { return t.Code == 4400 }; func f(t T) error { if t.A() { g() }; return nil }`, ours, "", ""},
		{"a predicate of more", `func (t T) A() bool { return x && t.Code == 1 }; func f(t T) error { if !t.A() { return err }; return nil }`, foreign, "", ""},
		{"a predicate with a copy", `func (t T) A() bool { u := t; return u.Code == 1 }; func f(t T) error { if !t.A() { return err }; return nil }`, foreign, "", ""},
		{"no predicate, with two ways", `func (t T) A() bool { if x { return true }; return t.Code == 1 }; func f(t T) error { if !t.A() { return err }; return nil }`, foreign, "", ""},
		{"beside a predicate", `func (t T) A() bool { return t.Code == 4400 }; func f(t T) error { if t.Code != 1 { return err }; return nil }`, foreign, "", ""},
		{"a predicate in the way of a bool function", `func f(t T) bool { ok := false; if t.Code == 1 { ok = true }; return ok }`, ours, "", ""},
		{"a method of the code that decides", `type C int; type T struct { Code C 'json:"code"'; Message string 'json:"message"'; RequestID string 'json:"requestId"' }; func (c C) a() bool { return c != 1 }; func f(t T) error { if t.Code.a() { return err }; return nil }`, foreign, "", ""},

		// What a function signals without an error result: by true, or by returning the response.
		{"pointer", `func f(t T) *T { if t.Code != 1 { return nil }; return &t }`, foreign, "", ""},
		{"struct result", `func f(t T) T { if t.Code != 1 { return T{} }; return t }`, foreign, "", ""},
		{"true", `func f(b []byte) bool { var t T; if json.Unmarshal(b, &t) != nil { return false }; return t.Code == 1 }`, foreign, "", ""},
		{"true beside the response", `func f(t T) (*T, bool) { if t.Code != 1 { return nil, false }; return &t, true }`, foreign, "", ""},
		{"true beside the response, with a special case", `func f(t T) (*T, bool) { if t.Code == 4400 { return nil, false }; return &t, true }`, ours, "", ""},
		{"a member", `func f(b []byte) string { var t T; if json.Unmarshal(b, &t) != nil || t.Code != 1 { return "" }; return t.RequestID }`, foreign, "", ""},
		{"the message", `func f(b []byte) string { var t T; if json.Unmarshal(b, &t) != nil || t.Code == 4400 { return "" }; return t.Message }`, ours, "", ""},

		// A function that signals nothing distinguishes one value from all others. Either side may be the
		// success, so nothing is reported. It doesn't count if other functions signal success.
		{"no result", `func f(t T) { if t.Code != 1 { return }; g() }`, foreign, "", ""},
		{"no result, == k", `func f(t T) { if t.Code == 1 { return }; panic("failed") }`, foreign, "", ""},
		{"no result, == k leaves early", `func f(t T) { if t.Code == 4400 { g(); return }; g(); return }`, foreign, "", ""},
		{"panic", `func f(t T) { if t.Code != 1 { panic(t.Message) } }`, foreign, "", ""},
		{"fatal", `import "log"; func f(t T) { if t.Code != 1 { log.Fatal(t.Message) } }`, foreign, "", ""},
		{"another call", `func f(t T) { if t.Code != 1 { g() } }`, foreign, "", ""},
		{"another method", `import "log"; func f(t T) { if t.Code != 1 { log.Print(t.Message) } }`, foreign, "", ""},
		{"called literal", `func f(t T) { if t.Code != 1 { func() {}() } }`, foreign, "", ""},
		{"empty body", `func f(t T) { if t.Code != 1 { } }`, ours, "", ""},
		{"other statement", `func f(t T) { if t.Code != 1 { for {} } }`, foreign, "", ""},
		{"ends with a function literal", `func f(t T) error { func() { if t.Code == 1 { return } }(); return err }`, ours, "", ""},
		{"passed", `func f(t T) { h(t.Code == 1) }; func h(bool) {}`, ours, "", ""},
		{"one of them unproven", `func f(t T) error { if t.Code != 1 { return err }; return nil }; func h(t T) { if t.Code == 1 { g() } }`, foreign, "", ""},
		{"no result, both work", `func f(t T) { if t.Code == 1 { g() } else { g() } }`, foreign, "", ""},
		{"no result, several values", `func f(t T) { switch t.Code { case 1: g(); case 2: g() } }`, ours, "", ""},
		{"no result, beside another success", `func f(t T) { if t.Code == 4400 { g() } }; func h(t T) error { if t.Code < 0 { return err }; return nil }`, ours, "", ""},

		// Loops.
		{"continue", `func f(ts []T) { for _, t := range ts { if t.Code != 1 { continue }; g() } }`, foreign, "", ""},
		{"poll", `func f(t T) error { for { if t.Code == 1 { return nil }; g() } }`, foreign, "", ""},
		{"poll in a select", `func f(c chan T) error { for { select { case t := <-c: if t.Code == 1 { return nil }; g() } } }`, foreign, "", ""},
		{"poll in a switch", `func f(t T) error { for { switch { case x: if t.Code == 1 { return nil } } } }`, foreign, "", ""},
		{"poll with break", `func f(t T) { for { if t.Code == 1 { break }; g() } }`, foreign, "", ""},
		{"break after it", `func f(t T) error { for { if t.Code == 1 { return nil }; break }; return nil }`, ours, "", ""},
		{"until", `func f(t T) { for t.Code != 1 { g() } }`, foreign, "", ""},
		{"while", `func f(t T) { for t.Code == 1 { g() } }`, ours, "", ""},
		{"told apart in the iteration", `func f(ts []T) (n int, e error) { for _, t := range ts { if t.Code != 1 { n++ } }; return n, nil }`, foreign, "", ""},
		{"told apart in the iteration of a request", `func f(bs [][]byte) error { for _, b := range bs { var t T; if json.Unmarshal(b, &t) != nil || t.Code != 1 { g(); continue }; g() }; return nil }`, foreign, "", ""},
		{"asked again in a special case", `func f(next func() []byte) error { for { var t T; if err := json.Unmarshal(next(), &t); err != nil { return err }; if t.Code == 4400 { g(); continue }; return nil } }`, ours, "", ""},
		{"one that fails", `func f(ts []T) error { for _, t := range ts { if t.Code == 4400 { return err } }; return nil }`, ours, "", ""},
		{"every element", `func f(ts []T) error { for _, t := range ts { if t.Code != 1 { return err } }; return nil }`, foreign, "", ""},

		// Evidence, and what is known of the callees.
		{"zero too", `func f(t T) error { if t.Code != 1 { return err }; return nil }; func z(t T) bool { return t.Code == 0 }`, ours, "", ""},
		{"total failure", `func f(t T) error { if t.Code != 5100 { return err }; return nil }`, ours, "", ""},
		{"beside evidence of the host", `func f(t T) error { if t.Code != 1 { return err }; return nil }; var _ = "api.qcloud.com"`, ours, "", ""},
		{"of the symbolic name", `type T struct { Code int 'json:"code"'; CodeDesc string 'json:"codeDesc"' }; func f(t T) error { if t.CodeDesc != "OK" { return err }; return nil }`, ours, "", ""},
		{"by a getter", `func (t T) GetCode() int { return t.Code }; func f(t T) error { if t.GetCode() != 1 { return err }; return nil }`, foreign, "", ""},
		{"handed on after a special case", `func f(t T) error { if t.Code == 4400 { g() }; return check(t) }; func check(T) error { return nil }`, ours, "", ""},
		{"zero in another way", `func f(t T) error { if t.Code != 1 { return err }; return nil }; func z(t T) bool { codes := []int{t.Code}; return codes[0] == 0 }; func h(t T) error { if !z(t) { return err }; return nil }`, ours, "", ""},
		{"an embedded struct", `type Base struct { Code int 'json:"code"' }; func (b Base) Err() error { if b.Code != 1 { return err }; return nil }; type T struct { Base; Message string 'json:"message"'; RequestID string 'json:"requestId"' }`, foreign, "", ""},
		{"an embedded struct, by another type", `type Base struct { Code int 'json:"code"' }; type U struct { Base; Message string 'json:"message"'; RequestID string 'json:"requestId"' }; func f(u U) error { if u.Code != 1 { return err }; return nil }; type T struct { Base; Message string 'json:"message"'; RequestID string 'json:"requestId"' }`, foreign, "", ""},
		{"another type", `type U struct { Code int 'json:"code"'; Message string 'json:"message"'; RequestID string 'json:"requestId"' }; func f(u U) error { if u.Code != 1 { return err }; return nil }`, ours, "", ""},
		{"generic", `type R[D any] struct { Code int 'json:"code"'; Message string 'json:"message"'; RequestID string 'json:"requestId"'; Data D }; func (r *R[D]) Err() error { if r.Code != 1 { return err }; return nil }; func f(r R[int]) error { return r.Err() }; type T = R[string]`, foreign, "", ""},
		{"a directive", "\n//asynccheck:response single\n" + result + `func f(t T) error { if t.Code != 1 { return err }; return nil }`, ours, "", ""},
		{"one value here", `type T = dep.T; func f(t dep.T) { if t.Code != 1 { panic(1) } }`, foreign, "", result},
		{"one value here, zero there", `type T = dep.T; func f(t dep.T) { if t.Code != 1 { panic(1) } }`, ours, "", result + `func f(t T) bool { return t.Code == 0 }`},
		{"one value there", `type T = dep.T`, foreign, "", result + `func f(t T) string { if t.Code == 1 { return t.RequestID }; return "" }`},
		{"one value there, in an embedded struct", `type T struct { dep.Base; Message string 'json:"message"'; RequestID string 'json:"requestId"' }`, foreign, "", `type Base struct { Code int 'json:"code"' }; type E struct{}; func (E) Error() string { return "" }; func (b Base) Err() error { if b.Code != 1 { return E{} }; return nil }`},
		{"by an embedded struct's method there", `type T struct { dep.Base; Message string 'json:"message"'; RequestID string 'json:"requestId"' }; func f(t T) error { return t.Err() }`, foreign, "", `type Base struct { Code int 'json:"code"' }; type E struct{}; func (E) Error() string { return "" }; func (b Base) Err() error { if b.Code != 1 { return E{} }; return nil }`},
		{"expected failure in a test", ``, ours, `func f(t T) error { if t.Code == 4400 { return nil }; return err }`, ""},
		{"expected failure in a helper", `import "testing"; func f(t testing.TB, r *T) error { if r.Code == 4400 { return nil }; return err }`, ours, "", ""},
		{"expected failure in a suite", `import "testing"; type suite struct { *testing.T }; func (s *suite) f(r *T) error { if r.Code == 4400 { return nil }; return err }`, ours, "", ""},
		{"beside a helper of tests", `import "testing"; func f(t testing.TB, r *T) {}; func h(r *T) error { if r.Code == 4400 { return nil }; return err }`, foreign, "", ""},
	}
	dir := t.TempDir()
	file(t, filepath.Join(dir, "go.mod"), "module m\n\ngo 1.26\n")
	for i, test := range tests {
		test.write(t, dir, fmt.Sprintf("p%d", i))
	}
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadAllSyntax, Dir: dir, Tests: true}, "./...")
	if err != nil {
		t.Fatal(err)
	}
	if packages.PrintErrors(pkgs) > 0 {
		t.Fatal("the tests have errors")
	}
	reported := make(map[string][]bool) // by package: of each variant, whether Unchecked is
	for _, act := range analyze(t, analyzer.Config{}, pkgs).Roots {
		unchecked := false
		for _, d := range act.Diagnostics {
			line := act.Package.Fset.Position(d.Pos).Line
			unchecked = unchecked || d.Category == "result-unchecked" && line >= uncheckedLine
		}
		path := act.Package.PkgPath
		reported[path] = append(reported[path], unchecked)
	}
	for i, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			variants := reported[fmt.Sprintf("m/p%d", i)]
			if len(variants) == 0 {
				t.Fatal("it was not analyzed")
			}
			for _, unchecked := range variants {
				if got := map[bool]convention{true: ours, false: foreign}[unchecked]; got != test.want {
					t.Errorf("got %d, want %d", got, test.want)
				}
			}
		})
	}
}

// uncheckedLine is the line from which a package has Unchecked.
const uncheckedLine = 1000

// write writes the package, with a function that doesn't look at the code.
func (test conventionTest) write(t *testing.T, dir, name string) {
	src := test.src
	if !strings.Contains(src, "type T ") {
		src += "\n" + result
	}
	header := "package " + name + `; import ("encoding/json"; "errors"); `
	if test.dep != "" {
		header += `import "m/` + name + `/dep"; `
		file(t, filepath.Join(dir, name, "dep", "dep.go"), "package dep; "+quoted(test.dep))
	}
	src = header + src + `
var err = errors.New("failed"); var x bool; func g() {}
//line p.go:1000
func Unchecked(b []byte) error { var t T; if err := json.Unmarshal(b, &t); err != nil { return err }; return nil }`
	file(t, filepath.Join(dir, name, "p.go"), quoted(src))
	if test.test != "" {
		file(t, filepath.Join(dir, name, "p_test.go"), "package "+name+"; "+quoted(test.test))
	}
}

// quoted replaces single quotes by back quotes.
func quoted(src string) string { return strings.ReplaceAll(src, "'", "`") }

func file(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}
