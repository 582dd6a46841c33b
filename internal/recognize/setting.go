package recognize

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strconv"
	"strings"

	"github.com/asynccheck/asynccheck/internal/contract"
)

// A Setting is what the configuration says about one type: what a directive could say, and the values of the outcome
// code if they are not the API's.
type Setting struct {
	Verdict                     // as of a directive
	Contract *contract.Contract // with the type's own values; nil if the API's values count
}

// setting returns what the configuration says about a type, or nil. It can name only types of a package's scope, and no
// aliases.
func (in *Input) setting(name *types.TypeName) *Setting {
	if len(in.Settings) == 0 || name.Pkg() == nil || name.Parent() != name.Pkg().Scope() {
		return nil
	}
	return in.Settings[name.Pkg().Path()+"."+name.Name()]
}

// readSettings finds errors in what the configuration says about the types of this package, and of those within its
// reach.
func (p *Package) readSettings() {
	for name, s := range p.in.Settings {
		dot := strings.LastIndexByte(name, '.')
		path, typ := name[:dot], name[dot+1:]
		if pkg, at := p.Reach(path, typ); pkg != nil {
			p.checkSetting(pkg, name, typ, s, at)
		}
	}
}

// Reach tells whether and where this package reports errors about an object of another package's scope. For its own
// objects it returns the package, and the object's declaration. For a package of another module that it imports, it
// returns that package, and the import: we report nothing in other modules. Otherwise it returns nil.
func (p *Package) Reach(path, name string) (*types.Package, ast.Node) {
	if len(p.in.Files) == 0 {
		return nil, nil
	}
	if path == p.in.Pkg.Path() {
		return p.in.Pkg, p.declaration(name)
	}
	if at := p.importOf(path); at != nil {
		for _, pkg := range p.in.Pkg.Imports() {
			if pkg.Path() == path {
				return pkg, at
			}
		}
	}
	return nil, nil
}

// checkSetting reports at a node the errors in what the configuration says about a type.
func (p *Package) checkSetting(pkg *types.Package, name, typ string, s *Setting, at ast.Node) {
	failf := func(format string, args ...any) {
		p.problems = append(p.problems, Problem{at.Pos(), at.End(), "configuration of " + name + ": " + fmt.Sprintf(format, args...)})
	}
	a := p.recognizers[0]
	obj, ok := pkg.Scope().Lookup(typ).(*types.TypeName)
	switch {
	case !ok:
		failf("package %s declares no such type", pkg.Name())
	case obj.IsAlias() || structOf(obj.Type()) == nil:
		failf("%s is not declared as a struct type", typ)
	case a.directive(obj.Type()) == &s.Verdict: // a directive wins, and is checked itself
		if _, err := a.directed(newJSONStruct(obj.Type()), &s.Verdict); err != nil {
			failf("%v", err)
		}
	}
}

// declaration returns the name in the declaration of an object of this package, or
// else of the package itself.
func (p *Package) declaration(name string) ast.Node {
	if obj := p.in.Pkg.Scope().Lookup(name); obj != nil {
		for id, def := range p.in.Info.Defs {
			if def == obj {
				return id
			}
		}
	}
	return p.in.Files[0].Name
}

// importOf returns where this package imports a package of another module, or nil if it doesn't.
func (p *Package) importOf(path string) ast.Node {
	if m := p.in.Module; m != "" && (path == m || strings.HasPrefix(path, m+"/")) {
		return nil
	}
	for _, file := range p.in.Files {
		for _, spec := range file.Imports {
			if s, err := strconv.Unquote(spec.Path.Value); err == nil && s == path && spec.Path.Pos() != token.NoPos {
				return spec.Path
			}
		}
	}
	return nil
}
