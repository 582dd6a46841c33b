package typestate

import (
	"go/ast"
	"go/types"

	"github.com/asynccheck/asynccheck/internal/codeset"
	"github.com/asynccheck/asynccheck/internal/gotype"
	"github.com/asynccheck/asynccheck/internal/library"
	"github.com/asynccheck/asynccheck/internal/relevance"
)

// Concerns reports whether a declaration of a function or of variables can have anything to do with responses. It
// looks at syntax and types alone, so that no SSA form is built for nothing: if a function is not concerned, mentions
// no concerned function and is mentioned by none, then it has no values, and its summary tells other packages nothing.
//
// A function is concerned for the reasons in the table of package relevance, or because a parameter may have any type.
// In a package that doesn't matter, the latter is no reason.
//
// If you add an origin or a summary, extend Concerns too: TestTiers compares with what is found if nothing is left out.
func (c *Config) Concerns(decl ast.Node, info *types.Info) bool {
	t := &tier{Config: c, decl: decl, info: info}
	if decl, ok := decl.(*ast.FuncDecl); ok {
		t.fn, ok = info.Defs[decl.Name].(*types.Func)
		if !ok {
			return true // nothing is known of it
		}
	}
	return t.takesAny() || relevance.Matters(t)
}

// A tier is a declaration, as the table of package relevance asks about it.
type tier struct {
	*Config
	decl ast.Node
	info *types.Info
	fn   *types.Func // nil for variables

	response *bool         // see Response
	asked    bool          // what follows is known
	used     relevance.Set // see mentions
}

// takesAny reports whether a parameter may have any type. Then callers need to know what the function does with it,
// whatever it calls.
func (t *tier) takesAny() bool {
	if t.fn == nil {
		return false
	}
	sig := t.fn.Signature()
	return sig.TypeParams().Len() > 0 || sig.RecvTypeParams().Len() > 0 ||
		t.anyParam(gotype.IsAny)
}

// anyParam reports whether the receiver or a parameter has such a type.
func (t *tier) anyParam(is func(types.Type) bool) bool {
	if t.fn == nil {
		return false
	}
	sig := t.fn.Signature()
	for p := range sig.Params().Variables() {
		if is(p.Type()) {
			return true
		}
	}
	return sig.Recv() != nil && is(sig.Recv().Type())
}

// Response implements [relevance.Tier]: it is true even if the function only gets one.
func (t *tier) Response() bool {
	if t.response == nil {
		found := t.anyParam(func(p types.Type) bool {
			return t.Config.Response(p) != nil || t.Entry(p) != nil || t.Entries(p) != nil
		}) || t.Config.Mentions(t.decl)
		t.response = &found
	}
	return *t.response
}

// Judges implements [relevance.Tier]: it gets a struct that others' responses embed, or others may give it a code.
func (t *tier) Judges() bool {
	if t.anyParam(func(p types.Type) bool { return t.Base(p) != nil }) {
		return true
	}
	decl, ok := t.decl.(*ast.FuncDecl)
	return ok && t.fn.Exported() && givesVerdict(t.fn.Signature()) && testsNumber(decl, t.info)
}

func (t *tier) Helps() bool    { return t.Helper }
func (t *tier) Mentions() bool { return t.mentions(relevance.Named) }
func (t *tier) Decodes() bool  { return t.mentions(relevance.Decodes) }
func (t *tier) Fetches() bool  { return t.mentions(relevance.Fetches) }
func (t *tier) Reads() bool    { return false } // a text is bytes, too

// Exits implements [relevance.Tier]. What never returns is known by its syntax.
func (t *tier) Exits() bool { return false }

// givesBytes reports whether a result may be a response of HTTP, its bytes or a reader of them.
func (t *tier) givesBytes() bool {
	if t.fn == nil {
		return false
	}
	for r := range t.fn.Signature().Results().Variables() {
		if typ := r.Type(); !IsError(typ) && (isBytes(typ) || isReader(typ) || isResponse(typ)) {
			return true
		}
	}
	return false
}

// mentions reports whether a function of another package is mentioned for that reason. The search ends at the first
// one.
func (t *tier) mentions(r relevance.Reason) bool {
	if !t.asked {
		t.asked = true
		gives := t.givesBytes()
		ast.Inspect(t.decl, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && t.used == 0 {
				if fn, ok := t.info.Uses[id].(*types.Func); ok && fn.Pkg() != nil {
					t.used = t.reasons(fn, gives)
				}
			}
			return t.used == 0
		})
	}
	return t.used.Has(r)
}

// reasons returns why a function matters that mentions fn. gives says whether that function gives bytes.
func (t *tier) reasons(fn *types.Func, gives bool) relevance.Set {
	switch path := fn.Pkg().Path(); {
	case library.HasDecoder(path) || t.configuredKinds(fn)&library.Decodes != 0:
		return relevance.Of(relevance.Decodes)
	case gives && library.Package(path)&library.Fetches != 0:
		return relevance.Of(relevance.Fetches)
	case t.hasSummary(fn.Origin()):
		return relevance.Of(relevance.Named)
	}
	return 0
}

// hasSummary reports whether it is known what the function of another package does to responses.
func (t *tier) hasSummary(fn *types.Func) bool {
	if t.Imported == nil {
		return false
	}
	sum := t.Imported(fn)
	return sum != nil && !sum.IrrelevantToResponses()
}

// testsNumber reports whether the function does more with a number that it gets than compute with it or use it as an
// index. Then others may give it a code.
func testsNumber(decl *ast.FuncDecl, info *types.Info) (found bool) {
	numbers := make(map[types.Object]bool)
	for _, list := range []*ast.FieldList{decl.Recv, decl.Type.Params} {
		if list == nil {
			continue
		}
		for _, field := range list.List {
			for _, name := range field.Names {
				if v := info.Defs[name]; v != nil && isNumber(v.Type()) {
					numbers[v] = true
				}
			}
		}
	}
	if len(numbers) == 0 || decl.Body == nil {
		return false
	}
	is := func(e ast.Expr) bool {
		if star, ok := ast.Unparen(e).(*ast.StarExpr); ok {
			e = star.X
		}
		id, ok := ast.Unparen(e).(*ast.Ident)
		return ok && numbers[info.Uses[id]]
	}
	ast.Inspect(decl.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BinaryExpr:
			if codeset.Comparison(n.Op) {
				constant := info.Types[n.X].Value != nil || info.Types[n.Y].Value != nil
				found = found || constant && (is(n.X) || is(n.Y))
			}
		case *ast.SwitchStmt:
			found = found || n.Tag != nil && is(n.Tag)
		case *ast.CallExpr: // or a conversion
			for _, arg := range n.Args {
				found = found || is(arg)
			}
		case *ast.SelectorExpr: // a method of it
			found = found || is(n.X)
		case *ast.AssignStmt:
			for _, v := range n.Rhs {
				found = found || is(v)
			}
		case *ast.ValueSpec:
			for _, v := range n.Values {
				found = found || is(v)
			}
		case *ast.IndexExpr:
			_, table := info.TypeOf(n.X).Underlying().(*types.Map)
			found = found || table && is(n.Index)
		}
		return !found
	})
	return found
}
