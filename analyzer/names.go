package analyzer

import (
	"fmt"
	"go/ast"
	"go/types"
	"slices"
	"unicode/utf8"

	"github.com/asynccheck/asynccheck/internal/typestate"
)

const (
	wideMessage = 120 // characters: in a longer message, phrases are shortened
	wideName    = 30  // characters: if a longer name is shortened, it is cut
)

// A phrase is a part of a message that can be said shorter.
type phrase struct{ full, short string }

// message formats a message. As long as it is too long, it shortens the last phrase that isn't short yet:
// that of the value, which comes first, stays whole for longest.
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

// codeName names the code that decided last: as it was read, or where a callee
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

// detailName names the detail beside the code that decided last, if one did. The code's name says
// whose it is, if it has to be short.
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
	switch x, from := f.valueExpr(v); {
	case x != nil:
		return phrase{written(x) + "." + selector, shortened(x) + "." + selector}
	case from != nil:
		return phrase{selector + " from " + written(from), selector + " from " + shortened(from)}
	}
	n := selector + " of the " + v.Response.Kind.String()
	return phrase{n, n}
}

// valueName names the value, for who has some space.
func (f *function) valueName(v *typestate.Value) string {
	switch x, from := f.valueExpr(v); {
	case x != nil:
		return written(x)
	case from != nil:
		return "the answer of " + written(from)
	}
	return "the " + v.Response.Kind.String() + " response"
}

// valueExpr gives the value as it stands in the source: the variable that is decoded into or assigned to.
// Where there is none, it gives the function that the value comes from, if there is one.
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
			if t := f.pass.TypesInfo.TypeOf(l); t != nil && (f.types.Response(t) != nil || types.IsInterface(t) && !typestate.IsError(t)) {
				return l, nil
			}
		}
	}
	return nil, call.Fun
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

// shortened returns x without the arguments of calls. If it is still long, only the end is
// left, which says most: "...CreateDisk(...).Code" of "c.inner.storage.CreateDisk(ctx, size).Code".
func shortened(x ast.Expr) string {
	s := outline(x, -1)
	if utf8.RuneCountInString(s) > wideName {
		s = outline(x, 2)
	}
	return s
}

// outline returns x with no more than the last names of its selectors, or all if last is negative.
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
