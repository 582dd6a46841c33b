package analyzer

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/asynccheck/asynccheck/internal/codeset"
	"github.com/asynccheck/asynccheck/internal/recognize"
	"github.com/asynccheck/asynccheck/internal/typestate"
)

// hidden reports a partial failure that the end of a path hides.
func (f *function) hidden(rule string, v *typestate.Value, e *typestate.End) finding {
	var read ast.Node = f.read(e)
	code := f.codeName(v, e)
	detail := f.member(v, e, v.Response.Detail.Selector)
	if !e.Compare.IsValid() { // a callee has judged it
		read = f.originNode(v)
		code, detail = f.valueName(v)+"."+v.Response.Code.Selector, f.valueName(v)+"."+v.Response.Detail.Selector
	}
	api := v.Response.Contract
	partial, items := values(api.Code().Partial), api.Words.Items
	var m string
	switch rule {
	case "batch-partial-as-success":
		m = fmt.Sprintf("%s may be %s here (some %s failed), but no entry of %s is inspected before %s: failed %s are treated as done",
			code, partial, items, detail, f.ending(e), items)
	case "batch-partial-as-failure":
		m = fmt.Sprintf("%s may be %s here (some %s failed), but no entry of %s is inspected before %s: nobody learns which %s failed, and a retry repeats those that succeeded",
			code, partial, items, detail, f.ending(e), items)
	default:
		m = fmt.Sprintf("%s may be %s here (some %s failed), but %s is only counted, listed or printed before %s: no entry's code decides anything, so no program learns which %s failed",
			code, partial, items, detail, f.ending(e), items)
	}
	fd := finding{rule: rule, pos: read.Pos(), end: read.End(), message: m, related: f.related(v, e)}
	if f.own(e.Compare) {
		fd.fixes = f.fixHidden(v)
	}
	return fd
}

func (f *function) unreachable(v *typestate.Value) finding {
	n := f.originNode(v)
	api := v.Response.Contract
	items := api.Words.Items
	m := fmt.Sprintf("%s turns a %s of %s (some %s failed) into an error and keeps %s from everybody: nobody can learn which %s failed",
		v.Callee.Name(), v.Response.Code.Selector, values(api.Code().Partial), items, v.Response.Detail.Selector, items)
	related := []analysis.RelatedInformation{f.rejection(v)}
	return finding{rule: "batch-detail-unreachable", pos: n.Pos(), end: n.End(), message: m, related: related}
}

// rejection points to the return that rejects a partial failure. Where there is
// nothing but export data of its package, it may be out of reach: then to the
// callee that leads to it.
func (f *function) rejection(v *typestate.Value) analysis.RelatedInformation {
	if pos := f.find(v.Callee.Pkg(), v.Rejects); pos.IsValid() {
		return analysis.RelatedInformation{Pos: pos, Message: "the partial failure is rejected here"}
	}
	return analysis.RelatedInformation{
		Pos:     v.Callee.Pos(),
		Message: fmt.Sprintf("%s leads to %s:%d, where the partial failure is rejected", v.Callee.Name(), v.Rejects.File, v.Rejects.Line),
	}
}

// find gives the position of a place in the package or in one that it imports,
// [token.NoPos] if it isn't known.
func (c *checker) find(pkg *types.Package, p typestate.Place) token.Pos {
	if pos := c.open(p); pos.IsValid() {
		return pos
	}
	seen := make(map[*types.Package]bool)
	for work := []*types.Package{pkg}; len(work) > 0; work = work[1:] {
		pkg := work[0]
		if seen[pkg] {
			continue
		}
		seen[pkg] = true
		if pkg.Path() != p.Pkg {
			work = append(work, pkg.Imports()...)
			continue
		}
		if f := c.fileOf(pkg, p.File); f != nil && p.Line <= f.LineCount() {
			return f.LineStart(p.Line)
		}
		break
	}
	return token.NoPos
}

// open gives the position of a place in a file that the driver knows.
func (c *checker) open(p typestate.Place) token.Pos {
	if c.cfg.File == nil || p.Pkg == c.pass.Pkg.Path() {
		return token.NoPos
	}
	name := c.cfg.File(p.Pkg, p.File)
	f, ok := c.opened[name]
	if !ok {
		if src, err := os.ReadFile(name); err == nil {
			f = c.pass.Fset.AddFile(name, -1, len(src))
			f.SetLinesForContent(src)
		}
		if c.opened == nil {
			c.opened = make(map[string]*token.File)
		}
		c.opened[name] = f
	}
	if f == nil || p.Line > f.LineCount() {
		return token.NoPos
	}
	return f.LineStart(p.Line)
}

// fileOf finds a file of the package by its name, nil if nothing is known that
// is declared there.
func (c *checker) fileOf(pkg *types.Package, name string) *token.File {
	declares := func(obj types.Object) *token.File {
		if f := c.pass.Fset.File(obj.Pos()); f != nil && filepath.Base(f.Name()) == name {
			return f
		}
		return nil
	}
	scope := pkg.Scope()
	for _, name := range scope.Names() {
		obj := scope.Lookup(name)
		if f := declares(obj); f != nil {
			return f
		}
		if n, ok := obj.Type().(*types.Named); ok {
			for m := range n.Methods() {
				if f := declares(m); f != nil {
					return f
				}
			}
		}
	}
	return nil
}

func (f *function) unchecked(v *typestate.Value, e *typestate.End) finding {
	n := f.originNode(v)
	name := f.valueName(v)
	at := f.line(e.Pos)
	if e.TaskLeft && e.Signal == typestate.NoSignal {
		at = f.line(e.Task)
	}
	m := fmt.Sprintf("%s may hold any %s here, and success is signalled at %s without a look at it: whatever is not %s (the request failed) is treated as done",
		name, v.Response.Code.Selector, at, values(v.Response.Contract.Code().Clean))
	return finding{rule: "result-unchecked", pos: n.Pos(), end: n.End(), message: m, related: f.related(v, e)}
}

func (f *function) nonzero(v *typestate.Value, e *typestate.End) finding {
	api := v.Response.Contract
	n := f.comparison(e)
	code := f.codeName(v, e)
	subject := "a failed request is treated as done"
	if v.How == typestate.EntryOf {
		subject = "a failed " + api.Words.Item + " is treated as done"
	}
	m := fmt.Sprintf("%s may be %s on the way to %s, where only %s means success: %s", code, codes(e.Codes), f.ending(e), values(api.Code().Clean), subject)
	fd := finding{rule: "result-nonzero-success", pos: n.Pos(), end: n.End(), message: m, related: f.related(v, e)}
	if f.own(n.Pos()) {
		fd.fixes = f.fixNonzero(v, n)
	}
	return fd
}

func (f *function) dropped(v *typestate.Value, e *typestate.End) finding {
	code := f.codeName(v, e)
	pos, end := e.Pos, e.Pos
	if n := f.enclosing(e.Pos, func(n ast.Node) bool { _, ok := n.(*ast.ReturnStmt); return ok }); n != nil {
		pos, end = n.Pos(), n.End()
	}
	m := fmt.Sprintf("%s is %s here (the request failed), but a nil error is returned and nothing was done since the comparison at %s: the failure is dropped",
		code, codes(e.Codes), f.line(e.Exclude))
	return finding{rule: "result-failure-dropped", pos: pos, end: end, message: m, related: f.related(v, e)}
}

func (f *function) missing(v *typestate.Value, e *typestate.End) finding {
	n := f.enclosing(v.Pos, func(n ast.Node) bool { _, ok := n.(*ast.IndexExpr); return ok })
	pos, end, name := v.Pos, v.Pos, "the detail"
	if x, ok := n.(*ast.IndexExpr); ok {
		pos, end, name = x.Pos(), x.End(), written(x.X)
	}
	m := fmt.Sprintf("a %s that is absent from %s goes the way of those that succeeded before %s: nobody learns that nothing is known of it",
		v.Response.Contract.Words.Item, name, f.ending(e))
	return finding{rule: "batch-entry-missing", pos: pos, end: end, message: m, related: f.related(v, e)}
}

func (f *function) unread(v *typestate.Value, e *typestate.End) finding {
	n := f.originNode(v)
	m := fmt.Sprintf("the entries of %s are inspected, but its own %s is never judged before %s: a failed request with an empty detail is treated as done",
		f.valueName(v), v.Response.Code.Selector, f.ending(e))
	return finding{rule: "batch-outer-unread", pos: n.Pos(), end: n.End(), message: m, related: f.related(v, e)}
}

// values describes a set of codes after "is": mostly there is one.
func values(s codeset.Set) string {
	if one, ok := s.Finite(1); ok && len(one) == 1 {
		return strconv.FormatInt(one[0], 10)
	}
	return codes(s)
}

// codes describes a set of codes after "may be".
func codes(s codeset.Set) string {
	if but, ok := strings.CutPrefix(s.String(), "not "); ok {
		return "anything but " + but
	}
	return s.String()
}

// ending says where a path ends.
func (f *function) ending(e *typestate.End) string {
	at := f.line(e.Pos)
	switch {
	case e.Exit == typestate.Iteration:
		return "the end of the iteration at " + at
	case e.Exit == typestate.Process:
		return "the end of the process at " + at
	case e.Signal == typestate.Success:
		return "the successful return at " + at
	case f.fn.Syntax() != nil && e.Pos == f.fn.Syntax().End()-1:
		return "the end of the function at " + at
	}
	return "the return at " + at
}

// related gives the positions that explain a finding, in the order of the path:
// where the value comes from, where its code is judged, and where the path ends.
func (f *function) related(v *typestate.Value, e *typestate.End) []analysis.RelatedInformation {
	origin := f.originNode(v)
	path := append(make([]analysis.RelatedInformation, 0, 3), analysis.RelatedInformation{
		Pos: origin.Pos(), End: origin.End(), Message: f.valueName(v) + " comes from here",
	})
	if e.Compare.IsValid() {
		n := f.comparison(e)
		path = append(path, analysis.RelatedInformation{Pos: n.Pos(), End: n.End(), Message: f.possible(v, e)})
	}
	end := analysis.RelatedInformation{Pos: e.Pos, Message: "the path ends here"}
	if n := f.enclosing(e.Pos, func(n ast.Node) bool { _, ok := n.(*ast.ReturnStmt); return ok }); n != nil && n.Pos() == e.Pos {
		end.End = n.End()
	}
	return append(path, end)
}

// possible says which codes the comparison that decided last leaves open on the path.
func (f *function) possible(v *typestate.Value, e *typestate.End) string {
	judged := f.codeName(v, e) + " is judged here: on this path it "
	if e.OnlySuccess(v) {
		return judged + "is " + values(v.Response.Contract.Code().Clean)
	}
	partial := v.Response.Contract.Code().Partial
	if _, listed := e.Codes.Finite(8); !listed && v.Response.Kind == recognize.Batch && e.Codes.Meets(partial) {
		return fmt.Sprintf("%smay be %s, and %s is still possible", judged, codes(e.Codes), values(partial))
	}
	return judged + "may be " + codes(e.Codes)
}

// read returns the expression that reads the code that decided last.
func (f *function) read(e *typestate.End) ast.Expr {
	cmp := f.comparison(e)
	b, binary := cmp.(*ast.BinaryExpr)
	if pos := readPos(e.Decide); pos.IsValid() {
		reads := func(n ast.Node) bool {
			s, ok := n.(*ast.SelectorExpr)
			return ok && s.Sel.Pos() == pos
		}
		if binary && reads(b.X) { // as most comparisons do
			return b.X
		}
		if s, ok := f.enclosing(pos, reads).(*ast.SelectorExpr); ok {
			return s
		}
	}
	if binary {
		for _, x := range []ast.Expr{b.X, b.Y} {
			if tv, ok := f.pass.TypesInfo.Types[x]; ok && tv.Value == nil {
				return x
			}
		}
		return b
	}
	if x, ok := cmp.(ast.Expr); ok {
		return x
	}
	return ast.NewIdent("code")
}

// readPos finds the field selection in the SSA form of a read.
func readPos(v ssa.Value) token.Pos {
	for range 8 {
		switch x := v.(type) {
		case *ssa.UnOp:
			v = x.X
		case *ssa.Convert:
			v = x.X
		case *ssa.ChangeType:
			v = x.X
		case *ssa.MakeInterface:
			v = x.X
		case *ssa.Extract:
			v = x.Tuple
		case *ssa.TypeAssert:
			v = x.X
		case *ssa.FieldAddr:
			return x.Pos()
		case *ssa.Field:
			return x.Pos()
		default:
			return token.NoPos
		}
	}
	return token.NoPos
}

// comparison returns the comparison that decided last: a binary expression, a call,
// a lookup in a set, or the tag of a switch.
func (f *function) comparison(e *typestate.End) ast.Node {
	if sw, ok := f.enclosing(e.Compare, func(n ast.Node) bool {
		_, ok := n.(*ast.SwitchStmt)
		return ok
	}).(*ast.SwitchStmt); ok && sw.Tag != nil {
		for _, c := range sw.Body.List {
			for _, x := range c.(*ast.CaseClause).List {
				if x.Pos() == e.Compare {
					return sw.Tag
				}
			}
		}
	}
	n := f.enclosing(e.Compare, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BinaryExpr:
			return n.OpPos == e.Compare
		case *ast.CallExpr:
			return n.Lparen == e.Compare
		case *ast.IndexExpr:
			return n.Lbrack == e.Compare
		case ast.Expr:
			return n.Pos() == e.Compare
		}
		return false
	})
	if n == nil {
		return ast.NewIdent("_")
	}
	return n
}

// originNode returns the syntax of the value's origin.
func (f *function) originNode(v *typestate.Value) ast.Node {
	n := f.enclosing(v.Pos, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			return n.Lparen == v.Pos
		case *ast.IndexExpr, *ast.TypeAssertExpr, *ast.UnaryExpr:
			return true
		case *ast.RangeStmt:
			return n.For == v.Pos
		case *ast.Ident:
			return v.Param != nil
		}
		return false
	})
	switch n := n.(type) {
	case nil:
		return position(v.Pos)
	case *ast.RangeStmt:
		if n.Value != nil {
			return n.Value
		}
		return n.X
	}
	return n
}

// position is the node of a position without syntax of its own.
type position token.Pos

func (p position) Pos() token.Pos { return token.Pos(p) }
func (p position) End() token.Pos { return token.Pos(p) }

// filled gives what the call fills, as far as its arguments show that: a response, or else what has its
// address given away last, such as an envelope. A buffer may be among them, too. It is nil if there is none.
func (f *function) filled(call *ast.CallExpr) (into ast.Expr) {
	for _, a := range call.Args {
		u, ok := ast.Unparen(a).(*ast.UnaryExpr)
		addressed := ok && u.Op == token.AND
		if addressed {
			a = u.X
		}
		_, named := ast.Unparen(a).(*ast.Ident)
		if t := f.pass.TypesInfo.TypeOf(a); (addressed || named) && t != nil && f.types.Response(t) != nil {
			return a
		}
		if addressed {
			into = a
		}
	}
	return into
}

// valueName names the value as the source does: the variable that is decoded
// into or assigned to, or else its type.
func (f *function) valueName(v *typestate.Value) string {
	if v.Param != nil {
		return v.Param.Name()
	}
	switch n := f.originNode(v).(type) {
	case *ast.CallExpr:
		if v.How == typestate.Decoded || v.How == typestate.Filled {
			if into := f.filled(n); into != nil {
				return written(into)
			}
		}
		if s, ok := f.enclosing(n.Pos(), func(n ast.Node) bool { _, ok := n.(*ast.AssignStmt); return ok }).(*ast.AssignStmt); ok {
			for _, l := range s.Lhs {
				if id, ok := l.(*ast.Ident); ok && id.Name == "_" {
					continue
				}
				if t := f.pass.TypesInfo.TypeOf(l); t != nil && (f.types.Response(t) != nil || types.IsInterface(t) && !typestate.IsError(t)) {
					return written(l)
				}
			}
		}
		return "the answer of " + written(n.Fun)
	case *ast.Ident:
		return n.Name
	case ast.Expr:
		return written(n)
	}
	return "the " + v.Response.Kind.String() + " response"
}

// codeName names the code that decided last: as it was read, or where a callee
// judged it, as a member of the value.
func (f *function) codeName(v *typestate.Value, e *typestate.End) string {
	read := f.read(e)
	if t := f.pass.TypesInfo.TypeOf(read); !isCall(read) || t != nil && !typestate.IsBool(t) && !typestate.IsError(t) {
		return written(read)
	}
	return f.valueName(v) + "." + v.Response.Code.Selector
}

// member names another member of the value.
func (f *function) member(v *typestate.Value, e *typestate.End, selector string) string {
	if s, ok := f.read(e).(*ast.SelectorExpr); ok && f.types.Response(f.pass.TypesInfo.TypeOf(s.X)) == v.Response {
		return written(s.X) + "." + selector
	}
	return f.valueName(v) + "." + selector
}

// written returns x as [types.ExprString] does, which needs a buffer even for "r.Code".
func written(x ast.Expr) string {
	switch x := x.(type) {
	case *ast.Ident:
		return x.Name
	case *ast.SelectorExpr:
		return written(x.X) + "." + x.Sel.Name
	}
	return types.ExprString(x)
}

func isCall(x ast.Expr) bool {
	_, ok := x.(*ast.CallExpr)
	return ok
}

// enclosing returns the innermost node around pos that is wanted, nil if none is.
func (f *function) enclosing(pos token.Pos, wanted func(ast.Node) bool) ast.Node {
	for _, n := range f.path(pos) {
		if wanted(n) {
			return n
		}
	}
	return nil
}
