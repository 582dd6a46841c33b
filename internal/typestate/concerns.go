package typestate

import (
	"go/ast"
	"go/types"
	"strings"

	"github.com/asynccheck/asynccheck/internal/decoders"
)

// Concerns reports whether a declaration of a function or of variables can have anything to do with
// responses. It looks at syntax and types alone, so that no SSA form is built
// in vain: a function that is not concerned, and neither mentions one that is nor is mentioned
// by one, has no values, and a summary of it has nothing for other packages.
//
// Whoever finds a site, or makes a summary, of something new must see to it that it is seen here.
func (c *Config) Concerns(decl ast.Node, info *types.Info) bool {
	gives := false
	if decl, ok := decl.(*ast.FuncDecl); ok {
		fn, ok := info.Defs[decl.Name].(*types.Func)
		if !ok {
			return true // nothing is known of it
		}
		sig := fn.Signature()
		if sig.TypeParams().Len() > 0 || sig.RecvTypeParams().Len() > 0 || c.takes(sig.Recv()) {
			return true
		}
		for p := range sig.Params().Variables() {
			if c.takes(p) {
				return true
			}
		}
		for r := range sig.Results().Variables() {
			t := r.Type()
			gives = gives || !IsError(t) && (isBytes(t) || isReader(t) || isResponse(t))
		}
	}
	return c.Mentions(decl) || c.mentionsOne(decl, info, gives)
}

// takes reports whether what a function does with a parameter of its own is to be known
// whatever it calls: it may be a response, a code, entries, or anything.
func (c *Config) takes(p *types.Var) bool {
	if p == nil {
		return false
	}
	t := p.Type()
	return c.Response(t) != nil || c.Entry(t) != nil || c.Entries(t) != nil || c.Base(t) != nil ||
		isEmptyInterface(t) || isCodeName(p.Name(), t, c.Contract.Code)
}

// mentionsOne reports whether the declaration mentions a function of another package that does something to responses,
// decodes or, if it gives bytes, fetches.
func (c *Config) mentionsOne(decl ast.Node, info *types.Info, gives bool) (found bool) {
	ast.Inspect(decl, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok || found {
			return !found
		}
		fn, ok := info.Uses[id].(*types.Func)
		if !ok || fn.Pkg() == nil {
			return true
		}
		path := fn.Pkg().Path()
		found = decoders.Known(path) || gives && fetches[path] || c.Imported != nil && c.Imported(fn.Origin()) != nil
		return !found
	})
	return found
}

// isCodeName reports whether a variable is an outcome code by its type and name.
func isCodeName(name string, t types.Type, code string) bool {
	name = strings.ToLower(name)
	if !strings.HasSuffix(name, code) && !strings.HasPrefix(name, code) {
		return false
	}
	if ptr, ok := t.Underlying().(*types.Pointer); ok {
		t = ptr.Elem()
	}
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsNumeric != 0
}
