package suppress

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strings"
	"testing"
)

// Each line that has a finding of rule "a" ends in a mark; lines with ! are silenced.
const source = `package p

//asynccheck:ignore a of the declaration
func f() {
	g() // !
}

func g() {
	g() //asynccheck:ignore a of the line // !
	g() // ?
	//asynccheck:ignore a of the statement
	g(
		1, // !
	)
	g() // ?
	//asynccheck:ignore b of another rule
	g() // ?
	g(
		//asynccheck:ignore a of an argument
		2, // !
		3, // ?
	)
	if x { // ?
		//asynccheck:ignore a before nothing
	}

	//asynccheck:ignore a far away

	g() // ?
//line elsewhere.go:1
	//asynccheck:ignore a by the lines of this file
	g() // !
}

type t struct {
	//asynccheck:ignore a of a field
	f func( // !
	) // !
	h int // ?
}

//nolint:asynccheck // of the function
func h() {
	g() // !
}
//nolint:asynccheck // of the line
	var v = 1 // ?
var w = 1 //nolint // !
var x = 1 // ?
`

func TestScan(t *testing.T) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", source, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	s := Scan(fset, []*ast.File{file}, named([]string{"a", "b"}...), true)
	lines := strings.SplitAfter(source, "\n")
	pos := file.FileStart
	for i, line := range lines {
		at := pos + token.Pos(len(line)-len(strings.TrimLeft(line, "\t")))
		pos += token.Pos(len(line))
		want, marked := strings.HasSuffix(line, "// !\n"), strings.HasSuffix(line, "// !\n") || strings.HasSuffix(line, "// ?\n")
		if !marked {
			continue
		}
		first := s.Silences("a", at)
		if got := first != nil; got != want {
			t.Errorf("line %d: silenced is %t, want %t: %s", i+1, got, want, line)
		}
		s.Silences("a", file.FileStart)
		if again := s.Silences("a", at); again != first {
			t.Errorf("line %d: asked after an earlier position, it is silenced by %v, want %v", i+1, again, first)
		}
	}

	var unused []int
	for _, p := range s.Problems(map[string]bool{"a": true, "b": true}) {
		unused = append(unused, fset.PositionFor(p.Pos, false).Line)
	}
	var want []int
	for i, line := range lines {
		if strings.Contains(line, "another rule") || strings.Contains(line, "before nothing") || strings.Contains(line, "far away") {
			want = append(want, i+1)
		}
	}
	if !slices.Equal(unused, want) {
		t.Errorf("comments on lines %v have nothing to silence, want %v", unused, want)
	}
	if p := s.Problems(map[string]bool{"a": true}); len(p) != len(want)-1 {
		t.Errorf("%d problems although rule b is not selected, want %d: %v", len(p), len(want)-1, p)
	}
}

func TestReason(t *testing.T) {
	for _, test := range []struct{ comment, want string }{
		{"//asynccheck:ignore a see https://example.com/1 // and so on", "see https://example.com/1"},
		{"//nolint:asynccheck // no need", "no need"},
		{"//nolint", ""},
	} {
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, "p.go", "package p\n\nvar x = 1 "+test.comment+"\n", parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		c := Scan(fset, []*ast.File{file}, named([]string{"a"}...), true).Silences("a", file.Decls[0].Pos())
		if c == nil || c.Reason != test.want {
			t.Errorf("%s: got %+v, want reason %q", test.comment, c, test.want)
		}
	}
}

// Scan ignores //nolint unless it is asked for.
func TestNolint(t *testing.T) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", "package p\n\nvar x = 1 //nolint\n", parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	if c := Scan(fset, []*ast.File{file}, named([]string{"a"}...), false).Silences("a", file.Decls[0].Pos()); c != nil {
		t.Errorf("silenced by %+v", c)
	}
}

// named returns the names of rules, where no word is a contract.
func named(rules ...string) Names {
	return Names{Rules: rules, IsContract: func(string) bool { return false }}
}
