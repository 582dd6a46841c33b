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
		{"a code", `func f(code int) bool { return code == 0 }`, true},
		{"a code that is a text", `func f(code string) bool { return code == "" }`, false},
		{"another number", `func f(n int) bool { return n == 0 }`, false},
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
