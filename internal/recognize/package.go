package recognize

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/asynccheck/asynccheck/internal/contract"
)

// Input is one type-checked package.
type Input struct {
	Contract *contract.Contract
	Fset     *token.FileSet
	Files    []*ast.File // parsed with comments
	Pkg      *types.Package
	Info     *types.Info // with Types, Defs, Uses, Selections and Instances

	// Imported returns what [Package.Export] said of a type when the package that
	// declares it was scanned, or nil if nothing. It may be nil itself.
	Imported func(*types.TypeName) *Verdict

	// Settings are what the configuration says of types, by import path and name,
	// such as "example.com/sdk.Answer".
	Settings map[string]*Setting

	Module string // path of the package's module; may be empty
}

// A Package knows which types are responses in one package, its own types and
// others. It remembers what it was asked, and is not safe for concurrent use.
type Package struct {
	in         Input
	directives map[*types.TypeName]*Verdict // valid ones of this package
	problems   []Problem

	// What the source tells, gathered when the first type comes along that might
	// be a response: most packages have none.
	gathered bool
	evidence evidence
	usages   usages

	taken   map[*types.Var]*taken // codes by their fields: see Take
	foreign map[*types.Var]bool   // codes that follow another convention: see Reconsider

	names       []*types.TypeName             // see Declared
	answers     map[types.Type]*Response      // of structs, by pointer identity
	structs     map[structKey][]*structAnswer // by type identity
	entries     map[*types.Named]*Response
	batches     map[*types.Package]map[any][]*Response // entries of the batches that a package declares, by type key
	known       map[types.Type]traits                  // of structs, by pointer identity
	bases       map[types.Type]*Response               // likewise
	isCodeField map[*types.Var]bool                    // number fields: whether their JSON name is the code's
	mention     *bool
}

// A structKey is equal for identical types, and seldom for others.
type structKey struct {
	declared *types.TypeName // of a named type, without type arguments
	fields   int
}

type structAnswer struct {
	typ  types.Type
	resp *Response
}

// Scan prepares the recognition of responses in a package: it reads the
// directives and settings. Whatever else it needs of the source is read on demand.
func Scan(in Input) *Package {
	p := &Package{
		in:          in,
		directives:  make(map[*types.TypeName]*Verdict),
		taken:       make(map[*types.Var]*taken),
		foreign:     make(map[*types.Var]bool),
		known:       make(map[types.Type]traits),
		isCodeField: make(map[*types.Var]bool),
	}
	p.forget()
	p.readDirectives()
	p.readSettings()
	slices.SortFunc(p.problems, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.Pos, b.Pos), cmp.Compare(a.Message, b.Message))
	})
	return p
}

// forget forgets what was said of types.
func (p *Package) forget() {
	p.answers = make(map[types.Type]*Response)
	p.structs = make(map[structKey][]*structAnswer)
	p.entries = make(map[*types.Named]*Response)
	p.batches = make(map[*types.Package]map[any][]*Response)
	p.bases = make(map[types.Type]*Response)
	p.mention = nil
}

// Response returns the kind of response that a value of type t is in this
// package, or nil if it is none. t may be an alias, and a pointer to the struct. The result
// for identical types is the same.
//
// It judges the type alone: one that plays a batch's entry is described by the
// batch's [Detail]; here it is a single result, if it looks like one, or nothing.
func (p *Package) Response(t types.Type) *Response {
	typ := types.Unalias(t)
	for {
		ptr, ok := typ.(*types.Pointer)
		if !ok {
			break
		}
		typ = types.Unalias(ptr.Elem())
	}
	st := structOf(typ)
	if st == nil {
		return nil
	}
	resp, ok := p.answers[typ]
	if !ok {
		resp = p.find(typ, st)
		p.answers[typ] = resp
	}
	return resp
}

func (p *Package) find(typ types.Type, st *types.Struct) *Response {
	key := structKey{fields: st.NumFields()}
	if n, ok := typ.(*types.Named); ok {
		key.declared = n.Origin().Obj()
	}
	for _, a := range p.structs[key] {
		if types.Identical(a.typ, typ) {
			return a.resp
		}
	}
	resp := p.recognise(newRecord(typ))
	p.structs[key] = append(p.structs[key], &structAnswer{typ, resp})
	return resp
}

// Mentions reports whether the package has anything to do with responses: some
// expression, variable, parameter or result is one. The declaration of a response type alone is not enough.
func (p *Package) Mentions() bool {
	if p.mention == nil {
		found := p.mentions()
		p.mention = &found
	}
	return *p.mention
}

func (p *Package) mentions() bool {
	for _, tv := range p.in.Info.Types {
		if p.value(tv) {
			return true
		}
	}
	for _, obj := range p.in.Info.Defs {
		if p.variable(obj) {
			return true
		}
	}
	return false
}

// MentionsIn answers the same for one declaration of the package.
func (p *Package) MentionsIn(decl ast.Node) (found bool) {
	ast.Inspect(decl, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			found = found || p.variable(p.in.Info.Defs[id])
		}
		if e, ok := n.(ast.Expr); ok && !found {
			found = p.value(p.in.Info.Types[e])
		}
		return !found
	})
	return found
}

// value reports whether an expression is a response, or one of its values is.
func (p *Package) value(tv types.TypeAndValue) bool {
	if !tv.IsValue() {
		return false
	}
	tuple, ok := tv.Type.(*types.Tuple)
	if !ok {
		return p.Holds(tv.Type)
	}
	for v := range tuple.Variables() {
		if p.Holds(v.Type()) {
			return true
		}
	}
	return false
}

// variable reports whether obj is a variable, parameter or result that is a response.
func (p *Package) variable(obj types.Object) bool {
	v, ok := obj.(*types.Var)
	return ok && !v.IsField() && p.Holds(v.Type())
}

// Holds reports whether a value of type t is a response or a batch's entry.
func (p *Package) Holds(t types.Type) bool { return p.Response(t) != nil || p.Entry(t) != nil }

// Candidate reports whether a value of type t is a response or a batch's entry, or
// would be one in a package that has evidence or decodes it.
func (p *Package) Candidate(t types.Type) bool {
	if p.Holds(t) {
		return true
	}
	has := p.traits(t)
	return has.part && (has.code != nil || has.generic)
}

// part returns a member that responses have beside their code, or nil.
func (r *record) part(c *contract.Contract) *field {
	for _, name := range c.Parts() {
		if f := r.find(name); f != nil {
			return f
		}
	}
	for _, name := range c.Nest {
		f := r.find(name)
		if f == nil {
			continue
		}
		inner := newRecord(f.v.Type())
		if r.generic(name) || inner != nil && slices.ContainsFunc(c.Task, func(task string) bool { return inner.find(task) != nil }) {
			return f
		}
	}
	return nil
}

// generic reports whether r has a member of the given JSON name whose type is a type parameter: what it
// is, only an instance tells.
func (r *record) generic(name string) bool {
	f := r.find(name)
	if f == nil {
		return false
	}
	_, ok := deref(f.v.Type()).(*types.TypeParam)
	return ok
}

// Declared returns the types of the package's scope, aliases too, in the order of their
// names. The scope itself has the functions as well, and there may be many.
func (p *Package) Declared() []*types.TypeName {
	if p.names != nil {
		return p.names
	}
	p.names = []*types.TypeName{}
	scope := p.in.Pkg.Scope()
	for _, file := range p.in.Files {
		for _, decl := range file.Decls {
			decl, ok := decl.(*ast.GenDecl)
			if !ok || decl.Tok != token.TYPE {
				continue
			}
			for _, spec := range decl.Specs {
				if obj, ok := scope.Lookup(spec.(*ast.TypeSpec).Name.Name).(*types.TypeName); ok {
					p.names = append(p.names, obj)
				}
			}
		}
	}
	slices.SortFunc(p.names, func(a, b *types.TypeName) int { return cmp.Compare(a.Name(), b.Name()) })
	return p.names
}

// Problems returns what directives and the configuration say wrongly of types, in the
// order of the positions.
func (p *Package) Problems() []Problem { return p.problems }

// Export returns what packages that import this one need to know about the struct
// types that it declares, in the order of their names: the directives, and
// what its source says about types with a code. For most packages that is nothing.
func (p *Package) Export() []TypeVerdict {
	var out []TypeVerdict
	for _, obj := range p.Declared() {
		if obj.IsAlias() || structOf(obj.Type()) == nil {
			continue
		}
		var v Verdict
		if d := p.directives[obj]; d != nil {
			v = *d
		} else if v = p.own(newRecord(obj.Type())); v == (Verdict{}) {
			continue
		}
		out = append(out, TypeVerdict{obj, v})
	}
	return out
}

// own returns what the package's source says about r, one of its own types without a directive.
func (p *Package) own(r *record) Verdict {
	code := r.member(isNumberOrAny, p.in.Contract.Code)
	if code == nil {
		return Verdict{}
	}
	// A type with nothing but a code is of use to others if it says itself that JSON has it.
	if f := r.find(p.in.Contract.Code); r.part(p.in.Contract) == nil && (len(f.path) > 1 || !f.tagged) {
		return Verdict{}
	}
	v := p.local(r, code, false)
	if !r.tagged && !v.Decoded {
		return Verdict{}
	}
	// What importers see for themselves, or have no use for, stays here.
	v.Decoded = !r.tagged
	v.Evident = v.Evident && !p.speaks(r)
	return v
}

// local returns what the package's source says about r and its code. That others
// compare the code with zero is to be considered as well.
func (p *Package) local(r *record, code *Member, zero bool) Verdict {
	p.gather()
	v := r.variable(code)
	var c comparisons
	if sum := p.evidence.codes[v]; sum != nil {
		c = *sum
	}
	u := p.usages[typeKey(r.typ)]
	return Verdict{
		Evident: p.evidence.host || c.failure,
		Foreign: c.status || p.foreign[v] && !c.failure && !c.zero && !zero,
		Zero:    c.zero,
		Decoded: u != nil && u.decoded,
	}
}

// verdict returns what is known of r and its code from this package and from those
// that declare r and the embedded structs with the code.
func (p *Package) verdict(r *record, code *Member) Verdict {
	var v Verdict
	for _, name := range r.owners(code) {
		if i := p.imported(name); i != nil {
			v.Evident = v.Evident || i.Evident
			v.Foreign = v.Foreign || i.Foreign
			v.Zero = v.Zero || i.Zero
			// Decoding an embedded struct is not decoding what embeds it.
			v.Decoded = v.Decoded || i.Decoded && name == typeKey(r.typ)
		}
	}
	l := p.local(r, code, v.Zero)
	v.Evident = v.Evident || l.Evident
	v.Foreign = v.Foreign || l.Foreign
	v.Zero = v.Zero || l.Zero
	v.Decoded = v.Decoded || l.Decoded
	return v
}

// imported returns the verdict of another package on a type that it declares, or nil.
func (p *Package) imported(name *types.TypeName) *Verdict {
	if p.in.Imported == nil || name.Pkg() == nil || name.Pkg() == p.in.Pkg {
		return nil
	}
	return p.in.Imported(name)
}

// gather reads the package's source once.
func (p *Package) gather() {
	if p.gathered {
		return
	}
	p.gathered = true
	s, t := p.newScanner(), p.newTracker()
	for _, file := range p.in.Files {
		s.open(file)
		test := p.isTest(file)
		for _, decl := range file.Decls {
			t.test = test || p.isTestHelper(decl)
			ast.Inspect(decl, func(n ast.Node) bool {
				switch n := n.(type) {
				case nil:
					return true
				case *ast.Ident:
					if s.dotted {
						s.use(n)
					}
					return false
				case *ast.BasicLit:
					s.literal(n)
					return false
				case *ast.CommentGroup, *ast.ImportSpec:
					return false
				case *ast.Field:
					if _, named := n.Type.(*ast.Ident); named {
						return false
					}
				}
				if call, ok := n.(*ast.CallExpr); ok {
					fn := p.callee(call)
					s.flowIntoCall(call, fn)
					t.call(call, fn)
				} else {
					s.visit(n)
					t.visit(n)
				}
				return true
			})
		}
	}
	p.evidence, p.usages = s.finish(), t.finish()
}
