package typestate_test

import (
	"go/ast"
	"testing"
)

func TestConcerns(t *testing.T) {
	for _, test := range []struct {
		about, decl string
		want        bool
	}{
		{"nothing", `func f(n int, s []string) error { return nil }`, false},
		{"texts are made of others", `func f(a, b string) string { return a + b }`, false},
		{"a print", `func f() { use("code", 5400) }`, false},
		{"a variable", `var n, m = 1, "detail"`, false},
		{"a response", `func f() any { return new(Batch) }`, true},
		{"in a literal", `var f = func(r Result) { use(r) }`, true},
		{"given and let alone", `func f(Result) {}`, true},
		{"an entry, likewise", `func f(*Item) {}`, true},
		{"entries", `func f(d map[string]Item) int { return len(d) }`, true},
		{"anything", `func f(v any) { use(v) }`, true},
		{"a number is judged, for others", `func F(n int) bool { return n == 0 }`, true},
		{"likewise, of a type of its own", `type n int; func (v n) F() error { switch v { case 0: return nil }; return errF }; var errF error; func (v n) G() bool { return v.F() == nil }`, true},
		{"likewise, for nobody else", `func f(n int) bool { return n == 0 }`, false},
		{"without a verdict", `func F(n int) int { if n == 0 { return 1 }; return n }`, false},
		{"a number is an index", `func F(i, j int, s []int) bool { return s[i] < s[j+1] }`, false},
		{"a text is judged", `func F(code string) bool { return code == "" }`, false},
		{"something generic", `func f[T any](v []T) int { return len(v) }`, true},
		{"a decoder", `func f(b []byte) bool { return json.Valid(b) }`, true},
		{"the receiver", `func (r *Result) f() {}`, true},
	} {
		t.Run(test.about, func(t *testing.T) {
			loading.Lock()
			defer loading.Unlock()
			cfg, _, files, info := check(t, header+test.decl)
			decls := files[0].Decls
			decl := ast.Node(decls[len(decls)-1])
			if d, ok := decl.(*ast.GenDecl); ok {
				decl = d.Specs[0]
			}
			if got := cfg.Concerns(decl, info); got != test.want {
				t.Errorf("%t, want %t", got, test.want)
			}
		})
	}
}
