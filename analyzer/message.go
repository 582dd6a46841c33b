package analyzer

import (
	"fmt"
	"go/ast"
	"go/types"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"

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
