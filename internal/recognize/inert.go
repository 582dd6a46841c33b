package recognize

import (
	"cmp"
	"fmt"
	"go/types"
	"slices"
	"strings"

	"github.com/asynccheck/asynccheck/internal/contract"
	"github.com/asynccheck/asynccheck/internal/gotype"
	"github.com/asynccheck/asynccheck/internal/importpath"
)

// What a contract says of a package, and isn't so. A built-in contract is about many versions of an SDK, and is ignored
// for others. One of the configuration is about what the program imports: it is wrong.

// An Inert is a contract that is ignored for an imported package: that is another version of the SDK.
type Inert struct {
	Contract *contract.Contract
	Package  *types.Package
	Why      string
}

// Inert returns the contracts that name an import, and are ignored for it.
func (p *Package) Inert() (all []Inert) {
	for _, pkg := range p.in.Pkg.Imports() {
		for _, c := range p.in.Contracts {
			if c.Find != nil && c.Find.In(pkg.Path()) {
				if why := inert(c, pkg); why != "" {
					all = append(all, Inert{c, pkg, why})
				}
			}
		}
	}
	return all
}

// inert returns why the contract is ignored for the package, "" if it isn't.
func inert(c *contract.Contract, pkg *types.Package) string {
	var results []types.Type // what may be a response
	if c.Find.Type != "" {
		obj, ok := pkg.Scope().Lookup(c.Find.Type).(*types.TypeName)
		if !ok {
			return "it has no type " + c.Find.Type
		}
		results = append(results, obj.Type())
	}
	if calls := c.Find.Calls; len(calls) > 0 {
		fns := declaredFuncs(pkg, c)
		if len(fns) == 0 {
			return "it has no function " + strings.Join(calls, " or ")
		}
		for _, fn := range fns {
			if of := fn.Signature().Results(); c.Find.Type == "" && c.Find.Result < of.Len() {
				results = append(results, of.At(c.Find.Result).Type())
			}
		}
	}
	if !slices.ContainsFunc(results, func(t types.Type) bool { return responseBy(c, t) != nil }) {
		return "its response has none of the signals"
	}
	return ""
}

// declaredFuncs returns the package's functions and methods that a contract names.
func declaredFuncs(pkg *types.Package, c *contract.Contract) (fns []*types.Func) {
	add := func(obj types.Object) {
		if fn, ok := obj.(*types.Func); ok && fn.Pkg() != nil && gives(c, fn) && !slices.Contains(fns, fn) {
			fns = append(fns, fn)
		}
	}
	for _, name := range pkg.Scope().Names() {
		add(pkg.Scope().Lookup(name))
	}
	for _, t := range typesOf(pkg) {
		for _, call := range c.Find.Calls {
			add(methodOf(t, pkg, contract.MethodName(call)))
		}
	}
	return fns
}

// methodOf returns the method of a type, nil if it has none of that name.
func methodOf(t types.Type, pkg *types.Package, name string) types.Object {
	if !types.IsInterface(t) {
		t = types.NewPointer(t)
	}
	method, _, _ := types.LookupFieldOrMethod(t, false, pkg, name)
	return method
}

// typesOf returns the package's types: those of its scope, and what its functions give. Export data has no other
// unexported types.
func typesOf(pkg *types.Package) (all []*types.Named) {
	seen := make(map[*types.Named]bool)
	add := func(t types.Type) {
		n, ok := types.Unalias(gotype.Deref(types.Unalias(t))).(*types.Named)
		if ok && n.Obj().Pkg() == pkg && !seen[n.Origin()] {
			seen[n.Origin()] = true
			all = append(all, n.Origin())
		}
	}
	given := func(fn *types.Func) {
		for v := range fn.Signature().Results().Variables() {
			add(v.Type())
		}
	}
	for _, name := range pkg.Scope().Names() {
		switch obj := pkg.Scope().Lookup(name).(type) {
		case *types.Func:
			given(obj)
		default:
			add(obj.Type())
		}
	}
	for i := 0; i < len(all); i++ {
		for m := range all[i].Methods() {
			given(m)
		}
	}
	return all
}

// CheckContracts returns what is wrong with contracts of the configuration: names and signals that this package does not
// have, or an import from another module. See [Package.Reach].
func (p *Package) CheckContracts(own []*contract.Contract) (problems []Problem) {
	for _, c := range own {
		if c.Find == nil {
			continue
		}
		for _, pkg := range withImports(p.in.Pkg) {
			if !c.Find.In(pkg.Path()) {
				continue
			}
			if reached, at := p.Reach(pkg.Path(), ""); reached != nil {
				for _, m := range newMisfits(c, p.in.Pkg) {
					problems = append(problems, Problem{at.Pos(), at.End(), "configuration of contract " + c.ID + ": " + m})
				}
				break // all of its packages were looked at
			}
		}
	}
	return problems
}

// Misfits are what a contract names and its packages don't have.
type misfits struct {
	*contract.Contract
	pkgs []*types.Package // that it is about
	in   string           // their names
	all  []string
}

// newMisfits returns the misfits of a contract that is about a package. It returns none if the user does not import
// another package of the contract: that may have what this one has not.
func newMisfits(c *contract.Contract, user *types.Package) []string {
	m := &misfits{Contract: c}
	missing := make(map[string]bool)
	for _, path := range c.Find.Paths {
		missing[path] = true
	}
	var names []string
	for _, pkg := range withImports(user) {
		if c.Find.In(pkg.Path()) {
			delete(missing, importpath.Unversioned(pkg.Path()))
			m.pkgs, names = append(m.pkgs, pkg), append(names, pkg.Name())
		}
	}
	if len(missing) > 0 {
		return nil
	}
	m.in = "package " + strings.Join(names, " or ")
	if results, ok := m.results(); ok {
		m.signals(results)
	}
	return m.all
}

// withImports returns a package and its imports.
func withImports(pkg *types.Package) []*types.Package {
	return append(slices.Clone(pkg.Imports()), pkg)
}

func (m *misfits) add(format string, args ...any) {
	m.all = append(m.all, fmt.Sprintf(format, args...))
}

// results returns the types of what may be a response. The result is false if the packages lack a name: then it may be
// that of the response.
func (m *misfits) results() (results []types.Type, ok bool) {
	var named *types.TypeName
	for _, pkg := range m.pkgs {
		if obj, ok := pkg.Scope().Lookup(m.Find.Type).(*types.TypeName); ok {
			named = obj
			results = append(results, obj.Type())
		}
	}
	if m.Find.Type != "" && named == nil {
		m.add("no type %s in %s", m.Find.Type, m.in)
	}
	for _, call := range m.Find.Calls {
		given, found := m.given(call)
		gives := func(t types.Type) bool {
			n, ok := types.Unalias(gotype.Deref(types.Unalias(t))).(*types.Named)
			return ok && n.Obj().Name() == m.Find.Type
		}
		switch {
		case !found:
			m.add("%s", m.missing(call))
		case m.Find.Type == "" && len(given) == 0:
			m.add("%s has no result with index %d", call, m.Find.Result)
		case m.Find.Type == "":
			results = append(results, given...)
		case named != nil && !slices.ContainsFunc(given, gives):
			m.add("%s does not give the type %s", call, m.Find.Type)
		}
	}
	return results, len(m.all) == 0
}

// missing says that there is no such function, or that it is a method of another type, which is embedded.
func (m *misfits) missing(call string) string {
	recv, name, _ := strings.Cut(call, ".")
	for _, pkg := range m.pkgs {
		obj, ok := pkg.Scope().Lookup(recv).(*types.TypeName)
		if !ok || name == "" {
			continue
		}
		if fn, ok := methodOf(obj.Type(), pkg, name).(*types.Func); ok {
			return call + " is declared as " + fn.FullName()
		}
	}
	return fmt.Sprintf("no function %s in %s", call, m.in)
}

// given returns the types of the results of the functions that a name stands for: of the one that is the response, or of
// all if the contract names its type.
func (m *misfits) given(call string) (given []types.Type, found bool) {
	one := *m.Contract
	find := *m.Find
	find.Calls = []string{call}
	one.Find = &find
	for _, pkg := range m.pkgs {
		for _, fn := range declaredFuncs(pkg, &one) {
			found = true
			for i := range fn.Signature().Results().Len() {
				if find.Type != "" || i == find.Result {
					given = append(given, fn.Signature().Results().At(i).Type())
				}
			}
		}
	}
	return given, found
}

// signals adds the paths that none of the results has. What a generic type has, only its instances show.
func (m *misfits) signals(results []types.Type) {
	if len(results) == 0 || slices.ContainsFunc(results, isGeneric) {
		return
	}
	check := func(path string, fits func(types.Type) string) {
		why := ""
		for _, t := range results {
			at, _, err := Resolve(gotype.Deref(types.Unalias(t)), path)
			if err != nil {
				why = err.Error()
			} else {
				why = fits(at.Type)
			}
			if why == "" {
				return
			}
		}
		m.add("%s", why)
	}
	for _, d := range m.Duties {
		for _, s := range d.Signals {
			check(s.Path, func(t types.Type) string {
				if Fits(s.Reading, t) {
					return ""
				}
				return fmt.Sprintf("%s is not read as %s: its type is %s", cmp.Or(s.Path, "the response"), s.Reading, typeName(t))
			})
		}
	}
	for _, path := range m.Complement {
		check(path, func(types.Type) string { return "" })
	}
}

// isGeneric reports whether a type depends on type parameters.
func isGeneric(t types.Type) bool {
	switch t := types.Unalias(gotype.Deref(types.Unalias(t))).(type) {
	case *types.Named:
		return t.TypeParams().Len() > 0
	case *types.TypeParam:
		return true
	}
	return false
}

// typeName returns a type as a message writes it.
func typeName(t types.Type) string { return types.TypeString(t, (*types.Package).Name) }
