package declarations

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

func sum(src []byte) string {
	h := sha256.New()
	Hash(h, src)
	return fmt.Sprintf("%x", h.Sum(nil))
}

const file = `//go:build go1.26

// Package p is an example.
package p

import "errors"

type T[P interface{ ~int }] struct {
	Name string // of it
	inner
}

const c = 1 + 2

var (
	v = f("x")
	w = func() int { return 1 }()
	x chan<- int
	y =
		func() {}
)

func f(s string) interface{ M() } { return nil }

func (t *T[P]) m(a struct{ f func() }, b []interface{}) (n int, err error) {
	s := "}" + ` + "`}`" + ` + string('}') // }
	/* } */
	if s[0]/2 == 1 {
		return 1, errors.New(s)
	}
	return
}

func assembly(a int) struct{}

func last() map[string]struct{} {
	return nil
}
`

func TestHash(t *testing.T) {
	want := sum([]byte(file))
	replace := func(old, new string) []byte {
		t.Helper()
		if strings.Count(file, old) != 1 {
			t.Fatalf("%q is there %d times", old, strings.Count(file, old))
		}
		return []byte(strings.Replace(file, old, new, 1))
	}
	for _, same := range [][2]string{
		{"return nil }", "panic(s) }"},
		{"return 1, errors.New(s)", "return len(\"{\"), err"},
		{"\treturn nil\n", ""},
		{"// Package p is an example.\n", ""},
		{"// Package p is an example.\n", "// One.\n\n/* Two.\n*/\n// Three.\n"},
		{" // of it", ""},
		{"Name string", "Name\tstring"},
		{"\n\nconst", "\n\n\n// c is 3.\nconst"},
	} {
		if sum(replace(same[0], same[1])) != want {
			t.Errorf("%q instead of %q changes the hash", same[1], same[0])
		}
	}
	for _, other := range [][2]string{
		{"go1.26", "go1.21"},
		{"package p", "package q"},
		{`"errors"`, `e "errors"`},
		{"~int", "int"},
		{"Name string", "Name int"},
		{"Name string", "Name string `json:\"name\"`"},
		{"\tinner\n", ""},
		{"1 + 2", "1 + 3"},
		{`f("x")`, `f("y")`},
		{"return 1 }", "return 2 }"},
		{"chan<- int", "chan int"},
		{"chan<- int", "<-chan int"},
		{"func() {}", "func() { panic(0) }"},
		{"interface{ M() }", "interface{ N() }"},
		{"f(s string)", "f(s, t string)"},
		{"f(s string)", "f(s ...string)"},
		{"func (t *T[P]) m", "func (t T[P]) m"},
		{"func (t *T[P]) m", "func m"},
		{"f func()", "f func(int)"},
		{"n int, err error", "n int64, err error"},
		{"assembly(a int) struct{}", "assembly(a int) struct{ A int }"},
		{"assembly(a int)", "assembly(a *int)"},
		{"last()", "last(int)"},
		{"\treturn nil\n}", "\treturn nil\n"},
		{"map[string]struct{}", "map[string]struct{ int }"},
	} {
		if sum(replace(other[0], other[1])) == want {
			t.Errorf("%q instead of %q doesn't change the hash", other[1], other[0])
		}
	}
}

// Of real files, all bodies are left out, and nothing else is.
func TestHashStandard(t *testing.T) {
	for _, dir := range []string{"net/http", "go/types", "reflect", "cmd/compile/internal/ssa", "runtime", "text/template/parse", "internal/types/testdata/fixedbugs"} {
		names, err := filepath.Glob(filepath.Join(runtime.GOROOT(), "src", dir, "*.go"))
		if err != nil || len(names) == 0 {
			t.Fatalf("%s: %d files, %v", dir, len(names), err)
		}
		for _, name := range names {
			src, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if len(src) < 1<<18 {
				compare(t, name, src)
			}
		}
	}
}

// compare compares a file with what the parser knows of it.
func compare(t *testing.T, name string, src []byte) {
	fset := token.NewFileSet()
	syntax, err := parser.ParseFile(fset, name, src, parser.SkipObjectResolution)
	if err != nil {
		return
	}
	var bodies [][2]int
	for _, d := range syntax.Decls {
		if fn, ok := d.(*ast.FuncDecl); ok && fn.Body != nil {
			bodies = append(bodies, [2]int{fset.Position(fn.Body.Lbrace).Offset, fset.Position(fn.Body.Rbrace).Offset + 1})
		}
	}
	without := slices.Clone(src)
	for _, b := range slices.Backward(bodies) {
		without = slices.Replace(without, b[0], b[1], '{', '}')
	}
	sameDeclarations(t, name, syntax, Only(src))
	sk := &skimmer{src: src}
	sk.file()
	var hashed []string
	for text := range bytes.SplitSeq(sk.out, []byte{0}) {
		if string(text) != "\n" && !bytes.HasPrefix(text, []byte("//go:")) {
			hashed = append(hashed, string(text))
		}
	}
	// The hash takes operators that touch each other for one, and a number for several tokens.
	got, want := strings.Join(hashed, ""), strings.Join(tokens(without), "")
	if i := 0; got != want {
		for i < min(len(want), len(got)) && want[i] == got[i] {
			i++
		}
		t.Errorf("%s: got %.40q, want %.40q", name, got[i:], want[i:])
	}
}

// sameDeclarations checks that a text declares what a file declares, at the same places, and that its bodies are empty.
func sameDeclarations(t *testing.T, name string, want *ast.File, text []byte) {
	t.Helper()
	fset := token.NewFileSet()
	got, err := parser.ParseFile(fset, name, text, parser.SkipObjectResolution)
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	var places [2][]token.Pos
	for i, f := range []*ast.File{got, want} {
		ast.Inspect(f, func(n ast.Node) bool {
			if fn, ok := n.(*ast.FuncDecl); ok && fn.Body != nil {
				if i == 0 && len(fn.Body.List) > 0 {
					t.Errorf("%s: the body of %s is not empty", name, fn.Name.Name)
				}
				places[i] = append(places[i], fn.Body.Lbrace, fn.Body.Rbrace)
				fn.Body.List = nil
			}
			if n != nil {
				places[i] = append(places[i], n.Pos())
			}
			return true
		})
	}
	if !slices.Equal(places[0], places[1]) {
		t.Errorf("%s: places have changed", name)
	}
}

// Directives in bodies change the positions of what follows.
func TestOnlyLines(t *testing.T) {
	const src = "package p\n\nfunc f() {\n\tg(\"}\" /* { */)\n//line p.y:7\n\tg(x := )\n}\n\nfunc h() { /*line p.y:20:3*/ ` }"
	want := "package p\n\nfunc f() {\n" + strings.Repeat(" ", 15) + "\n//line p.y:7\n         \n}\n\nfunc h() { /*line p.y:20:3*/    "
	if got := string(Only([]byte(src))); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// tokens returns the tokens of a piece of source.
func tokens(src []byte) (all []string) {
	var s scanner.Scanner
	fset := token.NewFileSet()
	s.Init(fset.AddFile("", -1, len(src)), src, nil, 0)
	for {
		_, tok, lit := s.Scan()
		switch {
		case tok == token.EOF:
			return all
		case tok == token.SEMICOLON && lit == "\n":
		case tok.IsOperator():
			all = append(all, tok.String())
		default:
			all = append(all, lit)
		}
	}
}

func BenchmarkHash(b *testing.B) {
	src, err := os.ReadFile(filepath.Join(runtime.GOROOT(), "src", "net", "http", "server.go"))
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(src)))
	for b.Loop() {
		Hash(sha256.New(), src)
	}
}
