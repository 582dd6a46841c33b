package analyzer

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"

	"github.com/asynccheck/asynccheck/internal/library"
	"github.com/asynccheck/asynccheck/internal/library/byname"
)

// An errorReturn is what a function returns if a call fails. A fix returns the same for failed items, with another
// error.
type errorReturn struct {
	others []string   // the other results
	exprs  []ast.Expr // what the fix repeats
	same   string     // the statement itself, "" if it may return an error though the call gave none

	// How the error is wrapped. Without a layout, it isn't, or nothing is known of it.
	layout string                  // "put %s: "
	args   []string                // for the layout
	wrap   func(err string) string // gives the expression for another error
}

// errorReturn returns what a statement returns if the call failed. The result is false if a fix can't repeat that.
func (c *uncheckedCall) errorReturn(ret *ast.ReturnStmt) (*errorReturn, bool) {
	e := &errorReturn{wrap: func(err string) string { return err }}
	n := c.fn.Signature.Results().Len()
	switch len(ret.Results) {
	case n:
		last := ret.Results[n-1]
		if c.isNil(last) {
			return nil, false
		}
		e.exprs = slices.Clone(ret.Results[:n-1])
		if texts, ok := c.sources(c.reads, ret.Results); ok && c.nilForNil(last) {
			e.same = "return " + strings.Join(texts, ", ")
		}
	case 0:
		e.same = "return"
		for _, field := range c.results.List {
			for _, id := range field.Names {
				e.exprs = append(e.exprs, id)
			}
		}
		if !c.isResult(e.exprs[n-1]) {
			return nil, false
		}
		e.exprs = e.exprs[:n-1]
	default:
		return nil, false // one call returns all results
	}
	for _, x := range e.exprs {
		if id, ok := x.(*ast.Ident); c.usesError(x) || c.out != nil && c.uses(x, c.out) || ok && id.Name == "_" {
			return nil, false
		}
	}
	var ok bool
	if e.others, ok = c.sources(c.reads, e.exprs); !ok {
		return nil, false
	}
	if len(ret.Results) > 0 {
		c.houseStyle(e, ast.Unparen(ret.Results[n-1]))
	}
	return e, true
}

// isResult reports whether x names the variable for the call's error, in the list of results.
func (c *uncheckedCall) isResult(x ast.Expr) bool {
	id, ok := x.(*ast.Ident)
	return ok && c.errVar != nil && c.pass.TypesInfo.Defs[id] == c.errVar
}

// nilForNil reports whether x, an error, is nil if the call gave a nil error.
func (c *uncheckedCall) nilForNil(x ast.Expr) bool {
	call, ok := ast.Unparen(x).(*ast.CallExpr)
	return c.isError(x) || ok && byname.Is(library.WrapsNil, c.callee(call)) && c.isError(call.Args[0])
}

// usesError reports whether x mentions the error of the call.
func (c *uncheckedCall) usesError(x ast.Expr) bool { return c.errVar != nil && c.uses(x, c.errVar) }

// houseStyle finds out how x wraps the call's error: by fmt.Errorf with the error at the end, or by a function such as
// errors.Wrap. If it does so in another way, the fix doesn't wrap.
func (c *uncheckedCall) houseStyle(e *errorReturn, x ast.Expr) {
	call, ok := x.(*ast.CallExpr)
	if !ok || call.Ellipsis.IsValid() || len(call.Args) < 2 {
		return
	}
	fn := c.callee(call)
	last := len(call.Args) - 1
	layoutAt, errAt, others := 0, last, call.Args[1:last]
	switch {
	case byname.Is(library.MakesError, fn) && fn.Name() == "Errorf":
	case byname.Is(library.WrapsNil, fn):
		layoutAt, errAt, others = 1, 0, call.Args[2:]
	default:
		return
	}
	lit, ok := ast.Unparen(call.Args[layoutAt]).(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING || !c.isError(call.Args[errAt]) || slices.ContainsFunc(others, c.usesError) {
		return
	}
	layout, ok := prefix(lit, fn.Name())
	args, pure := c.sources(c.reads, others)
	if !ok || !pure {
		return
	}
	e.exprs = append(append(e.exprs, call.Fun), others...)
	e.layout, e.args = layout, args
	e.wrap = func(err string) string {
		all := append([]string{lit.Value}, args...)
		if errAt == 0 {
			all = append([]string{err}, all...)
		} else {
			all = append(all, err)
		}
		return types.ExprString(call.Fun) + "(" + strings.Join(all, ", ") + ")"
	}
}

// prefix returns what a function that wraps an error writes before the error's text, as a layout.
func prefix(lit *ast.BasicLit, fn string) (string, bool) {
	layout, err := strconv.Unquote(lit.Value)
	if err != nil || strings.Contains(layout, "%[") {
		return "", false
	}
	switch fn {
	case "Errorf":
		for _, verb := range []string{"%w", "%v", "%s"} {
			if before, ok := strings.CutSuffix(layout, verb); ok && !strings.HasSuffix(before, "%") {
				return before, true
			}
		}
		return "", false
	case "Wrapf", "WithMessagef":
		return layout + ": ", true
	}
	return strings.ReplaceAll(layout, "%", "%%") + ": ", true
}
