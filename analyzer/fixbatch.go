package analyzer

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/asynccheck/asynccheck/internal/contract"
	"github.com/asynccheck/asynccheck/internal/recognize"
	"github.com/asynccheck/asynccheck/internal/typestate"
)

// fixHidden returns a fix for a hidden partial failure: an error that names all
// failed resources, and says for each how it failed.
//
// If the function has a loop over the entries, the fix uses it. If it has none, and one
// return of an error hides the failure, the fix extends the returned error. Otherwise it
// inserts a loop, which returns an error of its own.
// All findings for one value get the same fix. It resolves them all.
func (f *function) fixHidden(v *typestate.Value) []analysis.SuggestedFix {
	h := f.newHiddenFailure(v)
	if h == nil {
		return nil
	}
	var edits []analysis.TextEdit
	if loops := h.loops(); len(loops) > 0 {
		edits = h.reuse(loops)
	} else if !h.shallow {
		edits = h.extendError()
		if edits == nil {
			edits = h.insert()
		}
	}
	if edits == nil {
		return nil
	}
	return []analysis.SuggestedFix{{
		Message:   "Return an error that names all failed resources",
		TextEdits: edits,
	}}
}

// A hiddenFailure is how a function hides the partial failure of a batch response.
type hiddenFailure struct {
	*function
	value   *typestate.Value
	ends    []*typestate.End // that hide it
	results *ast.FieldList   // of the function; the last is an error
	reads   *codeReads       // of the code, as the first of the ends reads it
	shallow bool             // the detail is used on the way to an end

	// comparisonFix, if not nil, fixes a comparison that would be a finding of its own once the
	// partial failure is no longer hidden.
	comparisonFix *comparisonFix
}

// code returns what the values of the outcome code mean.
func (h *hiddenFailure) code() *contract.Signal { return h.value.Response.Contract.Code() }

// newHiddenFailure returns how the value's partial failure is hidden, nil if there is
// no fix.
func (f *function) newHiddenFailure(v *typestate.Value) *hiddenFailure {
	signature := f.signature()
	if signature == nil || v.Response.Detail.Form == recognize.Opaque { // no type for its entries
		return nil
	}
	if v.Response.Contract.Code().CleanMayBePartial() {
		return nil // the code does not distinguish a failure from a success
	}
	h := &hiddenFailure{function: f, value: v, results: signature.Results}
	for i := range v.Ends {
		e := &v.Ends[i]
		switch rule := f.partialRule(v, e); {
		case rule == "":
			continue
		case !e.Compare.IsValid() || !f.editable(e.Compare):
			return nil // a callee decides, or there is no source
		case rule == "batch-detail-shallow":
			h.shallow = true
		}
		h.ends = append(h.ends, e)
	}
	h.reads = f.newCodeReads(v.Response, f.fn.Syntax())
	h.reads.follow(f.read(h.ends[0]))
	if e := f.first(v, f.nonzeroEnd); e != nil {
		if h.comparisonFix = f.compareWithSuccess(v, f.comparison(e)); h.comparisonFix == nil {
			return nil
		}
	}
	return h
}

// before counts the earlier values that hide a failure too. Their fixes may be applied together
// with this one.
func (h *hiddenFailure) before() int {
	n := 0
	for _, v := range h.vals[h.fn] {
		if v == h.value {
			break
		}
		if h.hidesAt(v, func(*typestate.End) bool { return true }) {
			n++
		}
	}
	return n
}

// hidesAt reports whether a value hides a partial failure at a certain end.
func (f *function) hidesAt(v *typestate.Value, at func(*typestate.End) bool) bool {
	return v.Response.Kind == recognize.Batch && f.first(v, func(v *typestate.Value, e *typestate.End) bool {
		return at(e) && f.partialRule(v, e) != ""
	}) != nil
}

// resolves reports whether no finding is left for the value once the entries are
// inspected on the way to the given ends, and the comparison is fixed.
func (h *hiddenFailure) resolves(inspected func(*typestate.End) bool) bool {
	after := *h.value
	after.Ends = slices.Clone(h.value.Ends)
	success := h.code().Clean
	for i := range after.Ends {
		e := &after.Ends[i]
		if inspected(e) {
			e.Detail = typestate.Inspected
		}
		switch m := h.comparisonFix; {
		case m == nil || e.Judged == typestate.NotJudged || e.Compare != m.pos:
		case e.Codes.SubsetOf(m.passes):
			e.Codes, e.Open = success, false
		default:
			e.Codes, e.Open = success.Complement(), true
		}
	}
	return h.first(&after, func(v *typestate.Value, e *typestate.End) bool {
		return h.partialRule(v, e) != "" || checks.unchecked.reports(h.function, v, e) || h.nonzeroEnd(v, e) || checks.dropped.reports(h.function, v, e)
	}) == nil
}

// edits returns all edits of a fix: its changes, the imports that they need, and the
// fixed comparison.
func (h *hiddenFailure) edits(w *loopWriter, changes ...analysis.TextEdit) []analysis.TextEdit {
	edits := append(w.imports.edits(), changes...)
	if h.comparisonFix != nil {
		edits = append(edits, h.comparisonFix.edits...)
	}
	return edits
}

// indented indents all lines but the first to the column of pos.
func (f *function) indented(text string, pos token.Pos) string {
	indent := strings.Repeat("\t", f.pass.Fset.PositionFor(pos, false).Column-1)
	return strings.ReplaceAll(text, "\n", "\n"+indent)
}

// signature returns the function's type, nil unless its last result is an error that
// the loop can return.
func (f *function) signature() *ast.FuncType {
	t := funcType(f.fn.Syntax())
	results := f.fn.Signature.Results()
	if t == nil || results.Len() == 0 || t.Results == nil {
		return nil
	}
	last := results.At(results.Len() - 1).Type()
	if !typestate.IsError(last) || !types.AssignableTo(types.Universe.Lookup("error").Type(), last) {
		return nil
	}
	return t
}

// holder returns the part of a read of the code that denotes the response. It returns
// nil if a second evaluation could have an effect.
func (f *function) holder(resp *recognize.Response, read *ast.SelectorExpr) ast.Expr {
	x := read.X
	for !f.is(x, resp.Type) {
		switch y := x.(type) {
		case *ast.SelectorExpr: // the code's path has several steps
			x = y.X
		case *ast.ParenExpr:
			x = y.X
		case *ast.StarExpr:
			x = y.X
		default:
			return nil
		}
	}
	if f.repeatable(x) {
		return x
	}
	return nil
}

func (f *function) is(x ast.Expr, t types.Type) bool {
	xt := f.pass.TypesInfo.TypeOf(x)
	return xt != nil && types.Identical(deref(xt), t)
}

// repeatable reports whether x consists of variables, selections,
// indirections, and indexes that are variables or constants.
func (f *function) repeatable(x ast.Expr) bool {
	switch x := x.(type) {
	case *ast.Ident:
		return variable(f.pass.TypesInfo, x) != nil
	case *ast.ParenExpr:
		return f.repeatable(x.X)
	case *ast.StarExpr:
		return f.repeatable(x.X)
	case *ast.SelectorExpr:
		return f.repeatable(x.X)
	case *ast.IndexExpr:
		_, literal := x.Index.(*ast.BasicLit)
		id, ok := x.Index.(*ast.Ident)
		return f.repeatable(x.X) && (literal || ok && f.repeatable(id))
	}
	return false
}

// innermost returns the innermost function of a path, nil if there is none.
func innermost(path []ast.Node) ast.Node {
	for _, n := range path {
		switch n.(type) {
		case *ast.FuncDecl, *ast.FuncLit:
			return n
		}
	}
	return nil
}
