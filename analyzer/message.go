package analyzer

import (
	"fmt"
	"go/ast"
	"path/filepath"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/asynccheck/asynccheck/internal/codeset"
	"github.com/asynccheck/asynccheck/internal/contract"
	"github.com/asynccheck/asynccheck/internal/recognize"
	"github.com/asynccheck/asynccheck/internal/typestate"
)

// A message begins with the verdict: how the program treats a failure. After a colon come the value,
// its codes, and the end of the path. A message has no period and at most about 120
// characters: TestFixtures checks that. One word has one meaning: a value is "checked" if it
// decided a branch.

// partialFinding returns the finding for a partial failure that the end of a path hides.
func (f *function) partialFinding(rule string, v *typestate.Value, e *typestate.End) finding {
	var read ast.Node = f.read(e)
	if !e.Compare.IsValid() { // a callee has judged it
		read = f.originNode(v)
	}
	api := v.Response.Contract
	items := api.Words.Items
	var verdict, how string
	switch rule {
	case "batch-partial-as-success":
		verdict, how = "failed "+items+" are treated as done", "not checked"
	case "batch-partial-as-failure":
		verdict, how = "nobody learns which "+items+" failed", "not checked"
	default:
		verdict, how = "failed "+items+" are not handled", "only counted or printed"
	}
	fd := finding{
		rule: rule, pos: read.Pos(), end: read.End(), related: f.related(v, e),
		message: message("%s: %s may be %s at %s, but %s is %s", verdict, f.codeName(v, e), partial(api), f.ending(v, e), f.detailName(v, e), how),
	}
	if f.own(e.Compare) {
		fd.fixes = f.fixHidden(v)
	}
	return fd
}

func (f *function) unreachableFinding(v *typestate.Value) finding {
	n := f.originNode(v)
	api := v.Response.Contract
	m := message("nobody learns which %s failed: %s turns %s %s into an error (%s:%d) and drops %s", api.Words.Items,
		v.Callee.Name(), v.Response.Code.Selector, partial(api), v.Rejects.File, v.Rejects.Line, v.Response.Detail.Selector)
	related := []analysis.RelatedInformation{f.rejection(v)}
	return finding{rule: "batch-detail-unreachable", pos: n.Pos(), end: n.End(), message: m, related: related}
}

func (f *function) uncheckedFinding(v *typestate.Value, e *typestate.End) finding {
	n := f.originNode(v)
	if api := v.Response.Contract; !api.ByMembers() {
		how := "never checked"
		if e.Detail == typestate.Touched {
			how = "only printed"
		}
		m := message("%s is %s before %s: %s", f.memberName(v, v.Response.Code.Selector), how, f.before(v, e), api.Words.Loss)
		return finding{rule: "result-unchecked", pos: n.Pos(), end: n.End(), message: m, related: f.related(v, e), fixes: f.fixUnchecked(v)}
	}
	code := f.memberName(v, v.Response.Code.Selector)
	at := f.before(v, e)
	if e.TaskLeft && e.Signal == typestate.NoSignal {
		at = phrase{"the task ID is used on " + f.line(e.Task), f.line(e.Task)}
	}
	m := message("a failed request is treated as done: %s is not checked before %s (%s)", code, at, success(v.Response.Contract))
	return finding{rule: "result-unchecked", pos: n.Pos(), end: n.End(), message: m, related: f.related(v, e)}
}

func (f *function) nonzeroFinding(v *typestate.Value, e *typestate.End) finding {
	api := v.Response.Contract
	n := f.comparison(e)
	item := "request"
	if v.OriginKind == typestate.EntryOf {
		item = api.Words.Item
	}
	m := message("a failed %s is treated as done: %s may be %s at %s (%s)",
		item, f.codeName(v, e), f.codes(v, e), f.ending(v, e), success(api))
	if !api.ByMembers() {
		m = message("%s may be %s at %s: %s", f.codeName(v, e), f.codes(v, e), f.ending(v, e), api.Words.Loss)
	}
	fd := finding{rule: "result-nonzero-success", pos: n.Pos(), end: n.End(), message: m, related: f.related(v, e)}
	if f.own(n.Pos()) {
		fd.fixes = f.fixNonzero(v, n)
	}
	return fd
}

func (f *function) droppedFinding(v *typestate.Value, e *typestate.End) finding {
	pos, end := e.Pos, e.Pos
	if n := f.enclosing(e.Pos, func(n ast.Node) bool { _, ok := n.(*ast.ReturnStmt); return ok }); n != nil {
		pos, end = n.Pos(), n.End()
	}
	codes := f.codes(v, e)
	if but, ok := strings.CutPrefix(codes, "anything but "); ok {
		codes = "not " + but
	}
	at := f.line(e.Pos)
	done := phrase{"a nil error is returned on " + at, "nil is returned on " + at}
	m := message("the failure is dropped: %s is %s after %s, but nothing is done before %s", f.codeName(v, e), codes, f.line(e.Exclude), done)
	if api := v.Response.Contract; !api.ByMembers() {
		m = message("%s%s is %s, but %s: %s", f.codeName(v, e), f.fromCall(v), codes, done, api.Words.Loss)
	}
	return finding{rule: "result-failure-dropped", pos: pos, end: end, message: m, related: f.related(v, e)}
}

func (f *function) missingFinding(v *typestate.Value, e *typestate.End) finding {
	n := f.enclosing(v.Pos, func(n ast.Node) bool { _, ok := n.(*ast.IndexExpr); return ok })
	pos, end, detail := v.Pos, v.Pos, phrase{"the detail", "the detail"}
	if x, ok := n.(*ast.IndexExpr); ok {
		pos, end, detail = x.Pos(), x.End(), phrase{written(x.X), shortened(x.X)}
	}
	m := message("a missing %s is treated as done: without an entry in %s it counts as a success at %s",
		v.Response.Contract.Words.Item, detail, f.ending(v, e))
	return finding{rule: "batch-entry-missing", pos: pos, end: end, message: m, related: f.related(v, e)}
}

func (f *function) unreadFinding(v *typestate.Value, e *typestate.End) finding {
	n := f.originNode(v)
	m := message("a failed request is treated as done: %s may be empty, and %s is not checked before %s",
		f.detailName(v, e), f.memberName(v, v.Response.Code.Selector), f.before(v, e))
	return finding{rule: "batch-outer-unread", pos: n.Pos(), end: n.End(), message: m, related: f.related(v, e)}
}

func (f *function) firstOnlyFinding(v *typestate.Value, e *typestate.End) finding {
	n := f.originNode(v)
	list := phrase{f.valueName(v), f.valueName(v)} // the response itself
	if v.FirstOf != "" {
		list = f.memberName(v, v.FirstOf)
	}
	m := message("only the first of %s is read before %s: %s", list, f.before(v, e), v.Response.Contract.Words.Loss)
	return finding{rule: "batch-first-only", pos: n.Pos(), end: n.End(), message: m, related: f.related(v, e)}
}

// partial describes the codes that mean a partial failure. If they may also mean a success,
// it says so.
func partial(api *contract.Contract) string {
	codes := api.Code().Partial.Words()
	if api.Code().CleanMayBePartial() {
		codes += " (some failed)"
	}
	return codes
}

// success says which codes mean success.
func success(api *contract.Contract) phrase {
	clean := api.Code().Clean.Words()
	return phrase{"only " + clean + " means success", "success is " + clean}
}

// before does the same as ending, where the message says what wasn't done by then: "before line 9 returns".
func (f *function) before(v *typestate.Value, e *typestate.End) phrase {
	end := f.ending(v, e)
	switch {
	case strings.HasPrefix(end.full, "the return "):
		end.short += " returns"
	case strings.HasSuffix(end.full, end.short): // another one, on a line
		end.short = "the end on " + end.short
	}
	return end
}

// ending describes the end of a path.
func (f *function) ending(v *typestate.Value, e *typestate.End) phrase {
	what := "return"
	switch {
	case e.Kind == typestate.Iteration && !v.Response.Contract.ByMembers():
		return phrase{"the next turn of the loop", "the next turn"}
	case e.Kind == typestate.Iteration:
		what = "iteration's end"
	case e.Kind == typestate.Process:
		what = "exit"
	case f.fn.Syntax() != nil && e.Pos == f.fn.Syntax().End()-1:
		what = "function's end"
	}
	line := f.line(e.Pos)
	if of := f.pass.Fset.File(e.Pos); of != f.pass.Fset.File(v.Pos) { // in a helper
		line += " of " + filepath.Base(of.Name())
	}
	return phrase{"the " + what + " on " + line, line}
}

// related returns the positions that explain a finding, in the order of the path:
// the value's origin, the comparison of its code, and the end.
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

// possible describes the codes that are possible after the last comparison on the path.
func (f *function) possible(v *typestate.Value, e *typestate.End) string {
	checked := f.codeName(v, e).full + " is checked here: on this path it "
	code := v.Response.Contract.Code()
	if e.OnlySuccess(v) {
		return checked + "is " + code.Clean.Words()
	}
	checked += "may be " + f.codes(v, e)
	if !listed(e.Codes) && v.Response.Kind == recognize.Batch && e.Codes.Intersects(code.Partial) {
		return fmt.Sprintf("%s, so also %s", checked, code.Partial.Words())
	}
	return checked
}

// codes describes the codes at the end of a path, in the words of what is read.
func (f *function) codes(v *typestate.Value, e *typestate.End) string {
	var words [2]string
	switch v.Response.Contract.Code().Reading {
	case contract.Nil:
		words = [...]string{"nil", "not nil"}
	case contract.Truth:
		words = [...]string{"false", "true"}
	default:
		return e.Codes.Words()
	}
	if n, ok := e.Codes.Finite(1); ok && len(n) == 1 {
		return words[n[0]]
	}
	return words[0] + " or " + words[1]
}

// listed reports whether the description of the codes lists all of them.
func listed(s codeset.Set) bool {
	_, ok := s.Finite(codeset.Listed)
	return ok
}
