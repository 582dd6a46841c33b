package analyzer

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"github.com/asynccheck/asynccheck/internal/filter/source"
	"github.com/asynccheck/asynccheck/internal/relevance"
	"github.com/asynccheck/asynccheck/internal/typestate"
)

// A leads is a fact of a package: its names that lead to a response type, by members,
// parameters and results. The names are of types, and of objects with a type. A
// package that mentions none of these names gets no response from this package.
// Embeddable are structs that are no responses, but make a response of a struct
// that embeds them. If the package mentions no response itself, nobody has followed
// the types of the SDKs that it imports: then any of its names may lead to their
// responses.
type leads struct {
	Names, Embeddable []string
	SDKs              relevance.SDKs
}

func (*leads) AFact() {}

func (l *leads) String() string {
	var all []string
	for _, of := range []struct {
		what  string
		names []string
	}{{"leads by ", l.Names}, {"embeddable ", l.Embeddable}, {"gives ", l.SDKs}} {
		if len(of.names) > 0 {
			all = append(all, of.what+strings.Join(of.names, " "))
		}
	}
	return strings.Join(all, ", ")
}

// Hint implements [relevance.Hinter].
func (l *leads) Hint(h *relevance.Hints) {
	for _, name := range l.Names {
		h.Add(relevance.Named, name)
	}
	for _, name := range l.Embeddable {
		h.Add(relevance.Part, name)
	}
	l.SDKs.Hint(h)
}

// Reaching implements [relevance.SDKsGiver].
func (*leads) Reaching(sdks relevance.SDKs) any { return &leads{SDKs: sdks} }

// Hint implements [relevance.Hinter].
func (s *summary) Hint(h *relevance.Hints) {
	reasons := s.reasons()
	for r := range relevance.Reasons {
		if reasons.Has(r) {
			h.Add(r, s.Name)
		}
	}
}

// Hint implements [relevance.Hinter].
func (n *noReturn) Hint(h *relevance.Hints) { h.Add(relevance.Exits, n.Name) }

// reasons returns the reasons why a package matters if it calls the function.
func (s *summary) reasons() (reasons relevance.Set) {
	switch {
	case s.IrrelevantToResponses(): // a package without a response doesn't need it
		return 0
	case !s.serves():
		return relevance.Of(relevance.Named)
	}
	if len(s.Params) > 0 {
		reasons |= relevance.Of(relevance.Decodes)
	}
	if len(s.Results) > 0 {
		reasons |= relevance.Of(relevance.Fetches, relevance.Reads)
	}
	return reasons
}

// serves reports whether the function only decodes for its callers, or fetches what may be
// a response: it knows no response itself.
func (s *summary) serves() bool {
	for _, p := range s.Params {
		if p.Role != typestate.Target || p.Rejects.Line > 0 {
			return false
		}
	}
	for _, r := range s.Results {
		if !r.Raw && !r.NonNil && r.Wraps == 0 {
			return false
		}
	}
	return true
}

// exportLeads finds the names that lead to responses.
func (c *checker) exportLeads() {
	scope := c.pass.Pkg.Scope()
	l := new(leads)
	start := false
	imports := relevance.Import(c.imports())
	hints := c.index.hints
	for _, p := range c.pass.Pkg.Imports() {
		var of leads
		if c.pass.ImportPackageFact(p, &of) {
			start = start || len(of.Names)+len(of.Embeddable) > 0
			of.SDKs.Hint(&hints)
		}
	}
	through := len(hints.SDKs) > 0
	imports.Add(&hints)
	mentions := c.types.Mentions()
	if !mentions {
		l.SDKs = imports.SDKs()
	}
	for _, obj := range c.types.Declared() {
		switch {
		case obj.IsAlias():
		case c.types.Candidate(obj.Type()):
			start = true
		case obj.Exported() && c.types.HasCompanion(obj.Type()):
			l.Embeddable = append(l.Embeddable, obj.Name())
		}
	}
	// A response type can have no name, such as a function's result. Its members
	// make the package matter.
	if start || mentions {
		f := &leadFinder{
			checker: c, mentions: mentions, through: through,
			nodes: make(map[types.Object]*leadNode), facts: make(map[*types.Package]*leads),
		}
		var own []*leadNode
		for _, name := range scope.Names() {
			if obj := scope.Lookup(name); ast.IsExported(name) {
				n := f.node(obj)
				f.reach(obj.Type(), n)
				own = append(own, n)
			}
		}
		f.spread()
		for _, n := range own {
			if n.leads {
				l.Names = append(l.Names, n.obj.Name())
			}
		}
	}
	if len(l.Names)+len(l.Embeddable)+len(l.SDKs) > 0 {
		c.pass.ExportPackageFact(l)
	}
}

// A leadFinder walks the types that a package's names lead to.
type leadFinder struct {
	*checker
	mentions bool // the package mentions a response
	through  bool // it may get an SDK's values from a package that gives SDKs
	nodes    map[types.Object]*leadNode
	found    []*leadNode
	facts    map[*types.Package]*leads // see fact
}

// A leadNode is a declared type, or an object that has a type.
type leadNode struct {
	obj    types.Object
	from   []*leadNode // nodes that lead here
	walked bool        // the type's members were visited
	leads  bool
}

// counts reports whether a response counts that has this type. Those of SDKs do if the package mentions a response: else
// the fact gives the SDKs.
func (f *leadFinder) counts(t types.Type) bool { return f.mentions || !f.types.OfSDK(t) }

func (f *leadFinder) node(obj types.Object) *leadNode {
	if _, ok := obj.(*types.TypeName); !ok {
		return &leadNode{obj: obj} // nothing leads to it
	}
	n := f.nodes[obj]
	if n == nil {
		n = &leadNode{obj: obj}
		f.nodes[obj] = n
	}
	return n
}

func (f *leadFinder) mark(n *leadNode) {
	if !n.leads {
		n.leads = true
		f.found = append(f.found, n)
	}
}

// spread marks all nodes that lead to a marked one.
func (f *leadFinder) spread() {
	for len(f.found) > 0 {
		n := f.found[len(f.found)-1]
		f.found = f.found[:len(f.found)-1]
		for _, from := range n.from {
			f.mark(from)
		}
	}
}

// fact returns what another package says about its names. If it says nothing, it declares no type that is a response by
// its members.
func (f *leadFinder) fact(pkg *types.Package) *leads {
	l, ok := f.facts[pkg]
	if !ok {
		if own := new(leads); pkg != f.pass.Pkg && f.pass.ImportPackageFact(pkg, own) {
			l = own
		}
		f.facts[pkg] = l
	}
	return l
}

// reaches reports whether types of a package that says nothing may lead to those of an SDK. A package that gives SDKs may
// have their values from any other: facts of packages are for direct importers.
func (f *leadFinder) reaches(pkg *types.Package) bool {
	return f.types.HasContract(pkg) || f.through && !source.Standard(pkg.Path())
}

// reach notes that n leads to t, and walks on.
func (f *leadFinder) reach(t types.Type, n *leadNode) {
	switch t := t.(type) {
	case *types.Alias:
		f.reach(types.Unalias(t), n)
	case *types.Named:
		if t.Obj().Pkg() == nil { // error
			return
		}
		if t.TypeArgs().Len() > 0 && f.types.Candidate(t) && f.counts(t) { // its origin may be none
			f.mark(n)
		}
		for arg := range t.TypeArgs().Types() {
			f.reach(arg, n)
		}
		t = t.Origin()
		to := f.node(t.Obj())
		to.from = append(to.from, n)
		if to.leads {
			f.mark(n)
		}
		if to.walked {
			return
		}
		to.walked = true
		pkg := t.Obj().Pkg()
		fact := f.fact(pkg)
		declares := fact != nil || pkg == f.pass.Pkg
		if (f.types.Named(t) || declares && f.types.Candidate(t)) && f.counts(t) {
			f.mark(to)
		}
		if fact != nil && slices.Contains(fact.Names, t.Obj().Name()) {
			f.mark(to)
			return // the package has walked on from there, and knows more of its imports
		}
		if !declares && !f.reaches(pkg) {
			return // nothing in this package leads to a response
		}
		f.reach(t.Underlying(), to)
		for m := range t.Methods() {
			f.reach(m.Type(), to)
		}
	case *types.Struct:
		if f.types.Candidate(t) && f.counts(t) {
			f.mark(n)
		}
		for v := range t.Fields() {
			f.reach(v.Type(), n)
		}
	case *types.Interface:
		for m := range t.Methods() {
			f.reach(m.Type(), n)
		}
	default:
		madeOf(t, func(t types.Type) { f.reach(t, n) })
	}
}

// madeOf visits the types that an unnamed type without members consists of.
func madeOf(t types.Type, visit func(types.Type)) {
	switch t := t.(type) {
	case *types.Pointer:
		visit(t.Elem())
	case *types.Slice:
		visit(t.Elem())
	case *types.Array:
		visit(t.Elem())
	case *types.Chan:
		visit(t.Elem())
	case *types.Map:
		visit(t.Key())
		visit(t.Elem())
	case *types.Signature:
		visit(t.Params())
		visit(t.Results())
	case *types.Tuple:
		for v := range t.Variables() {
			visit(v.Type())
		}
	}
}
