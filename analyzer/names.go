package analyzer

import (
	"fmt"
	"go/ast"
	"go/types"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/asynccheck/asynccheck/internal/typestate"
)

const (
	wideMessage = 120 // characters: in a longer message, phrases are shortened
	wideName    = 30  // characters: if a longer name is shortened, it is cut
)

// A phrase is a part of a message that has a short form.
type phrase struct{ full, short string }

// message formats a message. While the message is too long, it shortens one phrase after the other, from the last to
// the first: the value comes first, and stays whole for longest.
func message(format string, args ...any) string {
	said := slices.Clone(args)
	for i, a := range args {
		if p, ok := a.(phrase); ok {
			said[i] = p.full
		}
	}
	m := fmt.Sprintf(format, said...)
	for i := len(args) - 1; i >= 0 && utf8.RuneCountInString(m) > wideMessage; i-- {
		if p, ok := args[i].(phrase); ok {
			said[i] = p.short
			m = fmt.Sprintf(format, said...)
		}
	}
	return m
}

// codeName names the code that decided last: by the expression that reads it or, if a callee
// judged it, as a member of the value.
func (f *function) codeName(v *typestate.Value, e *typestate.End) phrase {
	if e.Compare.IsValid() {
		read := f.read(e)
		if t := f.pass.TypesInfo.TypeOf(read); !isCall(read) || t != nil && !typestate.IsBool(t) && !typestate.IsError(t) {
			return phrase{written(read), shortened(read)}
		}
	}
	return f.memberName(v, v.Response.Code.Selector)
}

// detailName names the detail, by the expression before the code that decided last. The short form is only the
// member: the code's name already shows the value.
func (f *function) detailName(v *typestate.Value, e *typestate.End) phrase {
	selector := v.Response.Detail.Selector
	full := f.memberName(v, selector).full
	if e.Compare.IsValid() {
		if s, ok := f.read(e).(*ast.SelectorExpr); ok && f.types.Response(f.pass.TypesInfo.TypeOf(s.X)) == v.Response {
			full = written(s.X) + "." + selector
		}
	}
	return phrase{full, selector}
}

// memberName names a member of the value.
func (f *function) memberName(v *typestate.Value, selector string) phrase {
	if selector == "" { // the value is the code itself
		n := f.valueName(v)
		return phrase{n, n}
	}
	switch x, from := f.valueExpr(v); {
	case strings.HasPrefix(selector, "[]") && x != nil: // of the elements of a list
		return phrase{written(x) + selector, shortened(x) + selector}
	case strings.HasPrefix(selector, "[]") && from != nil:
		return phrase{written(from) + "(...)" + selector, shortened(from) + "(...)" + selector}
	case x != nil:
		return phrase{written(x) + "." + selector, shortened(x) + "." + selector}
	case from != nil:
		return phrase{selector + " from " + written(from), selector + " from " + shortened(from)}
	}
	n := selector + " of the " + v.Response.Kind.String()
	return phrase{n, n}
}

// fromCall names the function that gives the value, if its name doesn't already say so and there is room.
func (f *function) fromCall(v *typestate.Value) phrase {
	if call, ok := f.originNode(v).(*ast.CallExpr); ok {
		if x, _ := f.valueExpr(v); x != nil {
			return phrase{" from " + written(call.Fun), ""}
		}
	}
	return phrase{}
}

// valueName names the value where space is not limited.
func (f *function) valueName(v *typestate.Value) string {
	switch x, from := f.valueExpr(v); {
	case x != nil:
		return written(x)
	case from != nil:
		return "the answer of " + written(from)
	}
	return "the " + v.Response.Kind.String() + " response"
}

// valueExpr returns the expression of the value: the variable that it is decoded into or assigned to. If there is
// none, it returns the function that the value comes from, if any.
func (f *function) valueExpr(v *typestate.Value) (x, from ast.Expr) {
	if v.Param != nil {
		return ast.NewIdent(v.Param.Name()), nil
	}
	n := f.originNode(v)
	call, ok := n.(*ast.CallExpr)
	if !ok {
		x, _ = n.(ast.Expr)
		return x, nil
	}
	if v.OriginKind == typestate.Decoded || v.OriginKind == typestate.Filled {
		if into := f.filled(call); into != nil {
			return into, nil
		}
	}
	if s, ok := f.enclosing(call.Pos(), func(n ast.Node) bool { _, ok := n.(*ast.AssignStmt); return ok }).(*ast.AssignStmt); ok {
		for _, l := range s.Lhs {
			if id, ok := l.(*ast.Ident); ok && id.Name == "_" {
				continue
			}
			if t := f.pass.TypesInfo.TypeOf(l); t != nil && (f.types.Response(t) != nil || types.IsInterface(t) && !typestate.IsError(t) || types.Identical(t, v.Response.Type)) {
				return l, nil
			}
		}
	}
	return nil, call.Fun
}

// written does the same as [types.ExprString], but allocates less for expressions such as "r.Code".
func written(x ast.Expr) string {
	switch x := x.(type) {
	case *ast.Ident:
		return x.Name
	case *ast.SelectorExpr:
		return written(x.X) + "." + x.Sel.Name
	}
	return types.ExprString(x)
}

// shortened returns x without the arguments of calls. If that is still too long, it returns only the end:
// "...CreateDisk(...).Code" for "c.inner.storage.CreateDisk(ctx, size).Code".
func shortened(x ast.Expr) string {
	s := outline(x, -1)
	if utf8.RuneCountInString(s) > wideName {
		s = outline(x, 2)
	}
	return s
}

// outline returns x with only the last names of its selectors, or with all if last is negative.
func outline(x ast.Expr, last int) string {
	switch x := x.(type) {
	case *ast.SelectorExpr:
		if last == 1 {
			return "..." + x.Sel.Name
		}
		return outline(x.X, last-1) + "." + x.Sel.Name
	case *ast.CallExpr:
		if len(x.Args) == 0 {
			return outline(x.Fun, last) + "()"
		}
		if f, ok := x.Fun.(*ast.Ident); ok && f.Name == "len" {
			return "len(" + outline(x.Args[0], last) + ")"
		}
		return outline(x.Fun, last) + "(...)"
	case *ast.IndexExpr:
		return outline(x.X, last) + "[" + cut(written(x.Index)) + "]"
	case *ast.ParenExpr:
		return "(" + outline(x.X, last) + ")"
	}
	return cut(written(x))
}

// cut cuts the middle out of a long text.
func cut(s string) string {
	r := []rune(s)
	if len(r) <= wideName {
		return s
	}
	half := (wideName - len("...")) / 2
	return string(r[:half]) + "..." + string(r[len(r)-half:])
}
