package astpath

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"testing"
)

const source = `package p

var table = []func(int) int{
	func(i int) int { return i }, // one
	func(i int) int { return i + 1 },
}

type (
	a struct{ x, y int }
	b []a
)

// f has lists of all kinds.
func (r *a) f(c chan int) (n int) {
	switch { case n > 0: n++; n--
	default: n = 2 }
	select {
	case n = <-c:
		n, r.x = n+1, b{{x: 1}, {y: 2}}[0].x
	case c <- 1: ;
	}
	{ }
	return func() int { return n }()
}
`

// Enclosing gives what a look at all nodes of the declaration gives.
func TestEnclosing(t *testing.T) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", source, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	for pos := file.FileStart; pos < file.FileEnd; pos++ {
		for length := range token.Pos(len(source)) {
			want := plain(file, pos, max(pos+length, pos+1))
			if got := Enclosing(file, pos, pos+length); !slices.Equal(got, want) {
				t.Fatalf("%s, %d characters: got %T, want %T", fset.Position(pos), length, got, want)
			}
		}
	}
}

func plain(file *ast.File, pos, end token.Pos) []ast.Node {
	var path []ast.Node
	for _, decl := range file.Decls {
		found := false
		ast.Inspect(decl, func(n ast.Node) bool {
			found = found || n == nil && path != nil
			if found || n == nil || pos < n.Pos() || n.End() < end {
				return false
			}
			path = append(path, n)
			return true
		})
	}
	slices.Reverse(path)
	return path
}
