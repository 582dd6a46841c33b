package sweep

import (
	"go/ast"
	"go/token"
	"slices"
)

// A cut leaves out the bytes from start up to end, except those that are kept.
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
	c := &cutter{fset: fset}
	ast.Inspect(decl.Body, func(n ast.Node) bool {
		c.shorten(n)
		c.unwrap(n)
		c.pick(n)
		return true
	})
	slices.SortStableFunc(c.cuts, func(a, b cut) int { return b.size() - a.size() })
	return c.cuts
}

// A cutter collects the cuts of a function, node by node. There are three kinds: a part of the node goes, the node's
// statements replace it, or another part replaces it.
type cutter struct {
	fset *token.FileSet
	cuts []cut
}

// shorten leaves out something in the node.
func (c *cutter) shorten(n ast.Node) {
	switch n := n.(type) {
	case *ast.BlockStmt:
		c.omitRuns(n.List)
	case *ast.CaseClause:
		c.omitRuns(n.Body)
	case *ast.CommClause:
		c.omitRuns(n.Body)
	case *ast.IfStmt:
		if n.Else != nil {
			c.omit(n.Body.End(), n.End())
		}
		if n.Init != nil {
			c.omit(n.Init.Pos(), n.Cond.Pos())
		}
	case *ast.ForStmt:
		if n.Cond != nil && n.Init == nil && n.Post == nil {
			c.omit(n.Cond.Pos(), n.Cond.End())
		}
	case *ast.CompositeLit:
		if len(n.Elts) > 0 {
			c.omit(n.Lbrace+1, n.Rbrace)
		}
	}
}

// unwrap replaces the node by statements in it: those of a body, of a clause, or of a function literal that is called.
func (c *cutter) unwrap(n ast.Node) {
	switch n := n.(type) {
	case *ast.IfStmt:
		c.unwrapBody(n, n.Body)
	case *ast.ForStmt:
		c.unwrapBody(n, n.Body)
	case *ast.RangeStmt:
		c.unwrapBody(n, n.Body)
	case *ast.SwitchStmt:
		c.unwrapClauses(n, n.Body)
	case *ast.TypeSwitchStmt:
		c.unwrapClauses(n, n.Body)
	case *ast.SelectStmt:
		c.unwrapClauses(n, n.Body)
	case *ast.DeferStmt:
		c.unwrapLiteral(n, n.Call)
	case *ast.GoStmt:
		c.unwrapLiteral(n, n.Call)
	case *ast.ExprStmt:
		c.unwrapLiteral(n, n.X)
	}
}

// pick lets a part of the node take its place: a statement, a call or an operand.
func (c *cutter) pick(n ast.Node) {
	switch n := n.(type) {
	case *ast.IfStmt:
		if n.Else != nil {
			c.keep(n, n.Else)
		}
	case *ast.AssignStmt:
		if len(n.Rhs) == 1 {
			c.keep(n, n.Rhs[0])
		}
	case *ast.LabeledStmt:
		c.keep(n, n.Stmt)
	case *ast.DeferStmt:
		c.keep(n, n.Call)
	case *ast.GoStmt:
		c.keep(n, n.Call)
	case *ast.BinaryExpr:
		c.keep(n, n.X)
		c.keep(n, n.Y)
	case *ast.ParenExpr:
		c.keep(n, n.X)
	case *ast.UnaryExpr:
		c.keep(n, n.X)
	}
}

// omitRuns leaves out runs of 1, 2, 4, … statements.
func (c *cutter) omitRuns(stmts []ast.Stmt) {
	for size := 1; size <= len(stmts); size *= 2 {
		for i := 0; i+size <= len(stmts); i += size {
			c.omit(stmts[i].Pos(), stmts[i+size-1].End())
		}
	}
}

func (c *cutter) unwrapBody(n ast.Node, b *ast.BlockStmt) {
	c.replace(n, b.Lbrace+1, b.Rbrace)
}

func (c *cutter) unwrapClauses(n ast.Node, b *ast.BlockStmt) {
	for _, clause := range b.List {
		switch clause := clause.(type) {
		case *ast.CaseClause:
			c.replace(n, clause.Colon+1, clause.End())
		case *ast.CommClause:
			c.replace(n, clause.Colon+1, clause.End())
		}
	}
}

func (c *cutter) unwrapLiteral(n ast.Node, x ast.Expr) {
	if call, ok := x.(*ast.CallExpr); ok {
		if lit, ok := call.Fun.(*ast.FuncLit); ok {
			c.unwrapBody(n, lit.Body)
		}
	}
}

func (c *cutter) keep(n, part ast.Node) { c.replace(n, part.Pos(), part.End()) }

// replace puts what stands between two positions in the node in its place.
func (c *cutter) replace(n ast.Node, from, to token.Pos) {
	c.add(cut{c.offset(n.Pos()), c.offset(n.End()), [2]int{c.offset(from), c.offset(to)}})
}

// omit leaves out what stands between two positions.
func (c *cutter) omit(from, to token.Pos) {
	c.add(cut{start: c.offset(from), end: c.offset(to)})
}

func (c *cutter) add(k cut) {
	if k.size() > 0 {
		c.cuts = append(c.cuts, k)
	}
}

func (c *cutter) offset(pos token.Pos) int { return c.fset.Position(pos).Offset }
