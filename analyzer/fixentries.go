package analyzer

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/asynccheck/asynccheck/internal/recognize"
	"github.com/asynccheck/asynccheck/internal/typestate"
)

// loops returns the loops in which the function uses the detail of the
// response: a fix may extend one of them.
func (h *hiddenFailure) loops() (loops []ast.Stmt) {
	var copies objects // of the detail
	for _, a := range h.reads.assigned {
		if v := h.reads.root(a.lhs); v != nil && h.isDetail(a.rhs) {
			copies.add(v)
		}
	}
	ast.PreorderStack(h.fn.Syntax(), nil, func(n ast.Node, stack []ast.Node) bool {
		x, ok := n.(ast.Expr)
		if !ok {
			return true
		}
		id, ok := x.(*ast.Ident)
		if !h.isDetail(x) && !(ok && copies.has(h.pass.TypesInfo.Uses[id])) {
			return true
		}
		for _, n := range stack {
			switch n.(type) {
			case *ast.ForStmt, *ast.RangeStmt:
				// A loop over responses is not meant.
				if s := n.(ast.Stmt); !contains(s, h.ends[0].Compare) && !slices.Contains(loops, s) {
					loops = append(loops, s)
				}
			}
		}
		return true
	})
	return loops
}

// isDetail reports whether x selects the detail of the response.
func (h *hiddenFailure) isDetail(x ast.Expr) bool {
	sel, ok := x.(*ast.SelectorExpr)
	if !ok || !h.reads.holders.has(h.reads.root(sel.X)) {
		return false
	}
	v, ok := h.pass.TypesInfo.Uses[sel.Sel].(*types.Var)
	return ok && v.Origin() == field(h.value.Response.Type, h.value.Response.Detail.Path)
}

// reuse returns the edits that let the function's own loop over the entries see the
// partial failure. A second loop would repeat its work.
func (h *hiddenFailure) reuse(loops []ast.Stmt) []analysis.TextEdit {
	loop, ok := loops[0].(*ast.RangeStmt)
	if !ok || len(loops) > 1 {
		return nil
	}
	for _, way := range []func(*entryLoop) []analysis.TextEdit{h.extend, h.widen, h.postpone} {
		l, ok := h.newEntryLoop(loop)
		if !ok {
			return nil
		}
		if edits := way(l); edits != nil {
			return h.edits(l.loopWriter, edits...)
		}
	}
	return nil
}

// An entryLoop is the function's own loop over the entries.
type entryLoop struct {
	*loopWriter
	*ast.RangeStmt
	list       []ast.Stmt // the list that it is in
	key, value string     // the variables, "" for none
	direct     bool       // it ranges over the detail itself
}

func (h *hiddenFailure) newEntryLoop(loop *ast.RangeStmt) (*entryLoop, bool) {
	w, ok := h.newLoopWriter(loop.Pos())
	if !ok {
		return nil, false
	}
	w.inner = h.pass.TypesInfo.Scopes[loop.Body]
	l := &entryLoop{loopWriter: w, RangeStmt: loop, key: name(loop.Key), value: name(loop.Value)}
	l.list = stmts(h.path(loop.Pos())[1])
	l.direct = loop.Tok != token.ASSIGN && types.Identical(deref(h.pass.TypesInfo.TypeOf(loop.X)), h.value.Response.Detail.Collection)
	return l, true
}

// name returns the name of a loop's variable, "" if it has none.
func name(x ast.Expr) string {
	if id, ok := x.(*ast.Ident); ok && id.Name != "_" {
		return id.Name
	}
	return ""
}

// head returns the edit that lets the loop visit the entries in the order of their
// keys, with variables for the key and the entry. Statements may come before the loop.
func (l *entryLoop) head(before ...string) (analysis.TextEdit, bool) {
	coll := access{expr: types.ExprString(l.X), typ: deref(l.pass.TypesInfo.TypeOf(l.X))}
	var out lines
	for _, s := range before {
		out.add("%s", s)
	}
	switch {
	case l.resp.Detail.Form == recognize.Map:
		if l.key == "" {
			l.key = l.fresh("id", "key", "name", "resource")
		}
		if !l.sorted(&out, coll, l.key) {
			return analysis.TextEdit{}, false
		}
		if l.value != "" {
			out.add("%s := %s", l.value, coll.at(l.key))
		}
	case l.key == "":
		out.open("for _, %s := range %s", l.value, coll.expr)
	case l.value == "":
		out.open("for %s := range %s", l.key, coll.expr)
	default:
		out.open("for %s, %s := range %s", l.key, l.value, coll.expr)
	}
	text := strings.TrimSuffix(out.String(), "\n")
	return replacement(l.For, l.Body.Lbrace+1, l.indented(text, l.Pos())), true
}

// declaration returns the declaration of the variable for the errors.
func (w *loopWriter) declaration() string { return "var " + w.errs + " []error" }

// extend is for a loop before the return that hides the failure, if the loop uses the
// entries but not their codes. It lets the loop find the entries that failed. If the
// loop makes what the return uses, the loop then makes it of these entries only:
//
//	for id := range r.Detail {
//		ids = append(ids, id)
//	}
//	return fmt.Errorf("failed: %v", ids)
//
// Otherwise the loop collects errors, and the return adds them to its own:
//
//	for id, e := range r.Detail {
//		log.Print(id, e.Message)
//	}
//	return errFailed
func (h *hiddenFailure) extend(l *entryLoop) []analysis.TextEdit {
	e := h.onlyFailure()
	if e == nil || !l.direct || leaves(l.Body) || !h.resolves(func(other *typestate.End) bool { return other.Pos == e.Pos }) {
		return nil
	}
	ret, ok := h.enclosing(e.Pos, isReturn).(*ast.ReturnStmt)
	if !ok || len(ret.Results) != h.fn.Signature.Results().Len() || !slices.Contains(l.list, ast.Stmt(ret)) || ret.Pos() < l.Pos() {
		return nil
	}
	if h.usesOf(l.RangeStmt, ret) {
		return h.filter(l)
	}
	init, failure, ok := l.says()
	head, sorted := l.head(l.declaration())
	names, imported := l.names("errors", "fmt")
	if !ok || !sorted || !imported {
		return nil
	}
	var body lines
	body.depth = 1
	l.collect(&body, init+failure.cond(), failure, names[1])
	last := ret.Results[len(ret.Results)-1]
	return []analysis.TextEdit{
		head,
		replacement(l.Body.Rbrace, l.Body.Rbrace, l.indented(body.String(), l.Pos())),
		replacement(last.Pos(), last.Pos(), names[0]+".Join(append("+l.errs+", "),
		replacement(last.End(), last.End(), ")...)"),
	}
}

// filter lets the loop skip the entries that did not fail.
func (h *hiddenFailure) filter(l *entryLoop) []analysis.TextEdit {
	if !h.noSideEffects(h.reads, l.Body) {
		return nil
	}
	entry := l.entry()
	if entry == "" {
		entry = access{expr: types.ExprString(l.X)}.at(l.key)
	}
	failure, ok := l.failure(entry)
	head, sorted := l.head()
	if !ok || !sorted {
		return nil
	}
	head.NewText = append(head.NewText, l.indented("\n\tif "+failure.not()+" {\n\t\tcontinue\n\t}", l.Pos())...)
	return []analysis.TextEdit{head}
}

// entry returns the loop's variable for the entry, "" if the loop has to look it up by the key. It
// names the variables that are needed.
func (l *entryLoop) entry() string {
	switch {
	case l.value != "":
	case l.resp.Detail.Form != recognize.Map:
		l.value = l.fresh("e", "entry", "item")
	case l.key == "":
		l.key = l.fresh("id", "key", "name", "resource")
	}
	return l.value
}

// says returns the text about a failed entry. If the loop has no variable for the entry, it also
// returns a statement that declares one, for the beginning of the condition.
func (l *entryLoop) says() (init string, failure *failure, ok bool) {
	entry := l.entry()
	if entry == "" {
		entry = l.fresh("e", "entry", "item")
		init = entry + " := " + access{expr: types.ExprString(l.X)}.at(l.key) + "; "
	}
	failure, ok = l.failure(entry)
	if !ok {
		return "", nil, false
	}
	id, verb, names := text{}, "%s", []string{"id", "key", "name", "resource"}
	if l.resp.Detail.Form != recognize.Map {
		id, _ = l.id(entry, l.resp.Detail.Entry)
		verb, names = "entry %d", []string{"i", "n", "index"}
	}
	if id.expr == "" {
		if l.key == "" {
			l.key = l.fresh(names...)
		}
		id = text{verb: verb, expr: l.key}
	}
	failure.key(id)
	return init, failure, true
}

// leaves reports whether something in the body may leave the loop, or end an iteration early.
func leaves(body *ast.BlockStmt) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.ReturnStmt, *ast.BranchStmt:
			found = true
		}
		return !found
	})
	return found
}

// all lets the loop collect an error for each failed entry, if it returns one for
// the first:
//
//	for id, e := range r.Detail {
//		if e.Code != 0 {
//			return fmt.Errorf("%s: %s", id, e.Message)
//		}
//	}
//
// It returns the edits of the loop and the statement that comes after it. There are none if the
// loop already collects the failures.
func (l *entryLoop) all(h *hiddenFailure) (edits []analysis.TextEdit, after string, ok bool) {
	var ret *ast.ReturnStmt
	last := false // the return ends an iteration anyway
	for i, s := range l.Body.List {
		s, ok := s.(*ast.IfStmt)
		if !ok || s.Else != nil || len(s.Body.List) == 0 || !l.readsCode(s.Cond) {
			continue
		}
		if r, ok := s.Body.List[len(s.Body.List)-1].(*ast.ReturnStmt); ok && ret == nil {
			ret, last = r, i == len(l.Body.List)-1
		}
	}
	others := 0
	ast.Inspect(l.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ReturnStmt:
			others++
		case *ast.BranchStmt:
			if n.Tok != token.CONTINUE || n.Label != nil {
				others += 2
			}
		}
		return true
	})
	switch {
	case ret == nil && others == 0:
		return nil, "", true
	case ret == nil || others > 1 || !l.direct || len(ret.Results) != l.fn.Signature.Results().Len():
		return nil, "", false
	}
	zeros, ok := l.zeros(h.results)
	names, imported := l.names("errors")
	head, sorted := l.head(l.declaration())
	if !ok || !imported || !sorted {
		return nil, "", false
	}
	x := ret.Results[len(ret.Results)-1]
	end := ")"
	if !last {
		end += "\ncontinue"
	}
	return []analysis.TextEdit{
		head,
		replacement(ret.Pos(), x.Pos(), l.errs+" = append("+l.errs+", "),
		replacement(x.End(), x.End(), l.indented(end, ret.Pos())),
	}, l.returning(zeros, names[0]), true
}

// readsCode reports whether an entry's code is read in n.
func (l *entryLoop) readsCode(n ast.Node) bool {
	entry := l.resp.Detail.Entry
	code := field(entry.Type, entry.Code.Path)
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			v, ok := l.pass.TypesInfo.Uses[sel.Sel].(*types.Var)
			found = found || ok && v.Origin() == code
		}
		return !found
	})
	return found
}
