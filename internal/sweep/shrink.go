package sweep

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"regexp"
	"slices"
	"time"

	"golang.org/x/tools/go/analysis"
)

// Shrink returns the smallest form of a function that still has the analyzer panic, as far
// as statements, branches and operands can be left out one after the other. It takes no longer than the
// patience, and a few seconds to load the package.
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

// shrink leaves out of a function in a file what it can while holds is true of the file.
func shrink(text []byte, function string, holds func([]byte) bool, until time.Time) []byte {
	cuts := cutsOf(text, function)
	vain := 0 // cuts of the text that came to nothing
	for i := 0; vain < len(cuts) && time.Now().Before(until); {
		i %= len(cuts)
		if shorter := cuts[i].of(text); holds(shorter) {
			text, vain = shorter, 0
			cuts = cutsOf(text, function) // of which the i'th is about the same size
			continue
		}
		i++
		vain++
	}
	return text
}

// A cut leaves out the bytes from start up to end, but for those that are kept.
type cut struct {
	start, end int
	kept       [2]int
}

func (c cut) of(text []byte) []byte {
	return slices.Concat(text[:c.start], text[c.kept[0]:c.kept[1]], text[c.end:])
}

func (c cut) size() int { return c.end - c.start - (c.kept[1] - c.kept[0]) }

// cutsOf returns the cuts that a function can have, the largest first.
func cutsOf(text []byte, function string) []cut {
	fset := token.NewFileSet()
	decl := find(fset, text, function)
	if decl == nil {
		return nil
	}
	var cuts []cut
	offset := func(pos token.Pos) int { return fset.Position(pos).Offset }
	add := func(from, to token.Pos, kept, keptEnd token.Pos) {
		c := cut{start: offset(from), end: offset(to)}
		if kept.IsValid() {
			c.kept = [2]int{offset(kept), offset(keptEnd)}
		}
		if c.size() > 0 {
			cuts = append(cuts, c)
		}
	}
	keep := func(n, part ast.Node) { add(n.Pos(), n.End(), part.Pos(), part.End()) }
	body := func(n ast.Node, b *ast.BlockStmt) { // the statements in place of n
		add(n.Pos(), n.End(), b.Lbrace+1, b.Rbrace)
	}
	clauses := func(n ast.Node, b *ast.BlockStmt) { // the statements of one in place of n
		for _, c := range b.List {
			switch c := c.(type) {
			case *ast.CaseClause:
				add(n.Pos(), n.End(), c.Colon+1, c.End())
			case *ast.CommClause:
				add(n.Pos(), n.End(), c.Colon+1, c.End())
			}
		}
	}
	list := func(stmts []ast.Stmt) { // runs of 2ⁿ statements
		for size := 1; size <= len(stmts); size *= 2 {
			for i := 0; i+size <= len(stmts); i += size {
				add(stmts[i].Pos(), stmts[i+size-1].End(), token.NoPos, token.NoPos)
			}
		}
	}
	ast.Inspect(decl.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BlockStmt:
			list(n.List)
		case *ast.CaseClause:
			list(n.Body)
		case *ast.CommClause:
			list(n.Body)
		case *ast.IfStmt:
			body(n, n.Body)
			if n.Else != nil {
				keep(n, n.Else)
				add(n.Body.End(), n.End(), token.NoPos, token.NoPos)
			}
			if n.Init != nil {
				add(n.Init.Pos(), n.Cond.Pos(), token.NoPos, token.NoPos)
			}
		case *ast.ForStmt:
			body(n, n.Body)
			if n.Cond != nil && n.Init == nil && n.Post == nil {
				add(n.Cond.Pos(), n.Cond.End(), token.NoPos, token.NoPos)
			}
		case *ast.RangeStmt:
			body(n, n.Body)
		case *ast.SwitchStmt:
			clauses(n, n.Body)
		case *ast.TypeSwitchStmt:
			clauses(n, n.Body)
		case *ast.SelectStmt:
			clauses(n, n.Body)
		case *ast.AssignStmt:
			if len(n.Rhs) == 1 {
				keep(n, n.Rhs[0])
			}
		case *ast.LabeledStmt:
			keep(n, n.Stmt)
		case *ast.FuncLit:
			list(n.Body.List)
		case *ast.DeferStmt:
			keep(n, n.Call)
			literal(n, n.Call, body)
		case *ast.GoStmt:
			keep(n, n.Call)
			literal(n, n.Call, body)
		case *ast.ExprStmt:
			if call, ok := n.X.(*ast.CallExpr); ok {
				literal(n, call, body)
			}
		case *ast.BinaryExpr:
			keep(n, n.X)
			keep(n, n.Y)
		case *ast.ParenExpr:
			keep(n, n.X)
		case *ast.UnaryExpr:
			keep(n, n.X)
		case *ast.CompositeLit:
			if len(n.Elts) > 0 {
				add(n.Lbrace+1, n.Rbrace, token.NoPos, token.NoPos)
			}
		}
		return true
	})
	slices.SortStableFunc(cuts, func(a, b cut) int { return b.size() - a.size() })
	return cuts
}

// literal has the body of a function literal that is called in a statement take its place.
func literal(stmt ast.Stmt, call *ast.CallExpr, body func(ast.Node, *ast.BlockStmt)) {
	if lit, ok := call.Fun.(*ast.FuncLit); ok {
		body(stmt, lit.Body)
	}
}

// find returns the declaration of a function, by the name that package ssa gives it within its
// package: "F", "(T).M" or "(*T).M". It returns nil if there is none.
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
