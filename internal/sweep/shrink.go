package sweep

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"regexp"
	"time"

	"golang.org/x/tools/go/analysis"
)

// Shrink returns a small form of a function on which the analyzer still panics. It leaves out statements, branches and
// operands one after the other, as far as it can. It takes no longer than the patience, and a few seconds to load the
// package.
func Shrink(a *analysis.Analyzer, m Module, p Panic, patience time.Duration) (string, error) {
	s, err := load(a, m, p)
	if err != nil {
		return "", err
	}
	text, err := s.text()
	if err != nil {
		return "", err
	}
	if !s.panics(text) {
		return "", fmt.Errorf("%s: no panic here, with nothing but the package", s.function)
	}
	return functionText(shrink(text, s.function, s.panics, time.Now().Add(patience)), s.function)
}

// shrink leaves out as much as it can of a function in a file, while holds is true for the file.
func shrink(text []byte, function string, holds func([]byte) bool, until time.Time) []byte {
	cuts := cutsOf(text, function)
	vain := 0 // cuts in a row that did not hold
	for i := 0; vain < len(cuts) && time.Now().Before(until); {
		i %= len(cuts)
		if shorter := cuts[i].of(text); holds(shorter) {
			text, vain = shorter, 0
			cuts = cutsOf(text, function) // the i'th is about the same size
			continue
		}
		i++
		vain++
	}
	return text
}

// find returns the declaration of a function, by its name in package ssa within its package: "F", "(T).M" or "(*T).M".
// It returns nil if there is none.
func find(fset *token.FileSet, text []byte, function string) *ast.FuncDecl {
	file, err := parser.ParseFile(fset, "", text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil
	}
	for _, d := range file.Decls {
		if d, ok := d.(*ast.FuncDecl); ok && d.Body != nil && nameOf(d) == function {
			return d
		}
	}
	return nil
}

func nameOf(d *ast.FuncDecl) string {
	if d.Recv == nil || len(d.Recv.List) == 0 {
		return d.Name.Name
	}
	recv, star := d.Recv.List[0].Type, ""
	if p, ok := recv.(*ast.StarExpr); ok {
		recv, star = p.X, "*"
	}
	switch x := recv.(type) {
	case *ast.IndexExpr:
		recv = x.X
	case *ast.IndexListExpr:
		recv = x.X
	}
	id, _ := recv.(*ast.Ident)
	if id == nil {
		return ""
	}
	return "(" + star + id.Name + ")." + d.Name.Name
}

var emptyLines = regexp.MustCompile(`\n(\s*\n)+`)

// functionText returns the function alone, as gofmt has it.
func functionText(text []byte, function string) (string, error) {
	fset := token.NewFileSet()
	decl := find(fset, text, function)
	if decl == nil {
		return "", fmt.Errorf("%s: not found", function)
	}
	decl.Doc = nil
	var buf bytes.Buffer
	err := format.Node(&buf, fset, decl)
	return emptyLines.ReplaceAllString(buf.String(), "\n"), err
}
