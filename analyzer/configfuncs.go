package analyzer

import (
	"cmp"
	"fmt"
	"go/token"
	"go/types"
	"strings"

	"github.com/asynccheck/asynccheck/internal/library"
	"github.com/asynccheck/asynccheck/internal/relevance"
	"github.com/asynccheck/asynccheck/internal/relevance/ofcontracts"
)

// A namedFunc is a function that a configuration names.
type namedFunc struct {
	key  string // such as "printers[0]"
	what string // such as "printer"
	kind library.Kind
	name string // as [types.Func.FullName] writes it
}

// functions returns all functions that the configuration names. The configuration doesn't say how an exit ends, so
// each counts as [library.Unwinds]: nothing is reported for a path that ends there.
func (c *Config) functions() (all []namedFunc) {
	for _, list := range []struct {
		key, what string
		kind      library.Kind
		names     []string
	}{
		{"printers", "printer", library.Prints, c.Printers},
		{"decoders", "decoder", library.Decodes, c.Decoders},
		{"exits", "exit", library.Unwinds, c.Exits},
	} {
		for i, name := range list.names {
			all = append(all, namedFunc{fmt.Sprintf("%s[%d]", list.key, i), list.what, list.kind, name})
		}
	}
	return all
}

// checkFunctions checks the names. A printer may also be an exit, but not a decoder.
func (c *Config) checkFunctions(failf func(key, format string, args ...any)) {
	printers := make(map[string]string)
	for _, f := range c.functions() {
		switch {
		case !isFuncName(f.name):
			failf(f.key, "%q is not a function, want one such as example.com/log.Event or (*example.com/log.Logger).Event", f.name)
		case f.kind == library.Prints:
			printers[unstarred(f.name)] = f.key
		case f.kind == library.Decodes && printers[unstarred(f.name)] != "":
			failf(f.key, "%s is named by %s already", f.name, printers[unstarred(f.name)])
		}
	}
}

// Hint implements [relevance.Hinter]: a package matters if it calls a decoder or an exit that the
// configuration names, as if a fact named it, or if it may have a response by a contract of the
// user's own.
func (c *Config) Hint(h *relevance.Hints) {
	for _, f := range c.functions() {
		_, _, name := splitFuncName(f.name)
		switch f.kind {
		case library.Decodes:
			h.Add(relevance.Decodes, name)
		case library.Unwinds:
			h.Add(relevance.Exits, name)
		}
	}
	if own := c.ownContracts(); len(own) > 0 {
		h.Shapes = append(h.Shapes, ofcontracts.Shapes(own)...)
		h.Packages = relevance.JoinPackages(h.Packages, ofcontracts.Packages(own))
	}
}

// kind returns what the configuration says about a function. It doesn't distinguish
// receivers with and without a pointer: a type can't have two methods of the same name.
func (i *configIndex) kind(fn *types.Func) library.Kind {
	if i.functions == nil {
		return 0
	}
	return i.functions[unstarred(fn.Origin().FullName())]
}

func unstarred(name string) string { return strings.Replace(name, "(*", "(", 1) }

// missingFunctions returns a finding for each function that the configuration names, but
// that the package, or an import of it, does not have.
func (c *checker) missingFunctions() []finding {
	var found []finding
	for _, want := range c.cfg.functions() {
		path, typ, fn := splitFuncName(want.name)
		pkg, at := c.types.Reach(path, cmp.Or(typ, fn))
		if pkg == nil {
			continue
		}
		problem := "package " + pkg.Name() + " declares no such function"
		if f := lookupFunc(pkg, typ, fn); f != nil {
			if unstarred(f.FullName()) == unstarred(want.name) {
				continue
			}
			problem = "it is declared as " + f.FullName() // of an embedded type
		}
		found = append(found, finding{
			rule: "directive", pos: at.Pos(), end: at.End(),
			message: "configuration of " + want.what + " " + want.name + ": " + problem,
		})
	}
	return found
}

// lookupFunc returns a function of the package. If typ isn't empty, it returns the method that a
// selection from that type finds. It returns nil if there is none.
func lookupFunc(pkg *types.Package, typ, fn string) *types.Func {
	obj := pkg.Scope().Lookup(cmp.Or(typ, fn))
	if name, ok := obj.(*types.TypeName); ok && typ != "" {
		obj, _, _ = types.LookupFieldOrMethod(name.Type(), true, pkg, fn)
	}
	f, _ := obj.(*types.Func)
	return f
}

// splitFuncName splits the name of a function or method as [types.Func.FullName]
// writes it. The type is empty for a function.
func splitFuncName(name string) (path, typ, fn string) {
	if rest, method := strings.CutPrefix(unstarred(name), "("); method {
		recv, fn, _ := strings.Cut(rest, ").")
		path, _, typ = splitFuncName(recv)
		return path, typ, fn
	}
	dot := strings.LastIndexByte(name, '.')
	return name[:dot], "", name[dot+1:]
}

// isFuncName reports whether name is a function or method as [types.Func.FullName]
// writes it.
func isFuncName(name string) bool {
	rest, method := strings.CutPrefix(name, "(")
	if !method {
		return isQualified(name)
	}
	typ, fn, ok := strings.Cut(rest, ").")
	return ok && token.IsIdentifier(fn) && isQualified(strings.TrimPrefix(typ, "*"))
}
