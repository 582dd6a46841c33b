package recognize

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/asynccheck/asynccheck/internal/contract"
	"github.com/asynccheck/asynccheck/internal/gotype"
)

// A recognizer knows which types follow one contract in one package. [Package] asks the recognizer of each contract,
// and documents the exported methods.
type recognizer struct {
	in           *Input
	contract     *contract.Contract
	first        bool          // of the contracts: directives and the configuration speak about its types
	declarations *declarations // of the package

	// What the source tells. It is gathered when the first type appears that might be a response: most packages have
	// none.
	gathered bool
	evidence evidence
	usages   usages

	taken   map[*types.Var]*taken // codes by their fields: see RecordSuccess
	foreign map[*types.Var]bool   // codes that follow another convention: see DropForeign

	answers     map[types.Type]*Response      // of structs, by pointer identity
	structs     map[structKey][]*structAnswer // by type identity
	entries     map[*types.Named]*Response
	batches     map[*types.Package]map[any][]*Response // entries of the batches that a package declares, by type key
	known       map[types.Type]traits                  // of structs, by pointer identity
	bases       map[types.Type]*Response               // likewise
	isCodeField map[*types.Var]bool                    // number fields: whether their JSON name is the code's
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

func newRecognizer(in *Input, c *contract.Contract, d *declarations) *recognizer {
	p := &recognizer{
		in: in, contract: c, first: c == in.Contracts[0], declarations: d,

		taken:       make(map[*types.Var]*taken),
		foreign:     make(map[*types.Var]bool),
		known:       make(map[types.Type]traits),
		isCodeField: make(map[*types.Var]bool),
	}
	p.forget()
	return p
}

// forget forgets the answers about types.
func (p *recognizer) forget() {
	p.answers = make(map[types.Type]*Response)
	p.structs = make(map[structKey][]*structAnswer)
	p.entries = make(map[*types.Named]*Response)
	p.batches = make(map[*types.Package]map[any][]*Response)
	p.bases = make(map[types.Type]*Response)
}

func (p *recognizer) Response(t types.Type) *Response {
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

func (p *recognizer) find(typ types.Type, st *types.Struct) *Response {
	key := structKey{fields: st.NumFields()}
	if n, ok := typ.(*types.Named); ok {
		key.declared = n.Origin().Obj()
	}
	for _, a := range p.structs[key] {
		if types.Identical(a.typ, typ) {
			return a.resp
		}
	}
	resp := p.recognise(newJSONStruct(typ))
	p.structs[key] = append(p.structs[key], &structAnswer{typ, resp})
	return resp
}

func (p *recognizer) Holds(t types.Type) bool { return p.Response(t) != nil || p.Entry(t) != nil }

func (p *recognizer) Candidate(t types.Type) bool {
	if p.Holds(t) {
		return true
	}
	has := p.traits(t)
	return has.companion && has.complete && (has.code != nil || has.generic)
}

// companion returns a member that responses have beside their code, or nil.
func (r *jsonStruct) companion(c *contract.Contract) *field {
	for _, name := range c.Companions() {
		if f := r.find(name); f != nil {
			return f
		}
	}
	for _, name := range c.Members.TaskEnvelopes {
		f := r.find(name)
		if f == nil {
			continue
		}
		inner := newJSONStruct(f.v.Type())
		if r.generic(name) || inner != nil && slices.ContainsFunc(c.Members.Task, func(task string) bool { return inner.find(task) != nil }) {
			return f
		}
	}
	return nil
}

// generic reports whether r has a member of the given JSON name whose type is a type parameter: only an instance tells
// what it is.
func (r *jsonStruct) generic(name string) bool {
	f := r.find(name)
	if f == nil {
		return false
	}
	_, ok := gotype.Deref(f.v.Type()).(*types.TypeParam)
	return ok
}

// exportedVerdict returns what the package's source says about r, one of its own types without a directive.
func (p *recognizer) exportedVerdict(r *jsonStruct) Verdict {
	code := r.member(isNumberOrAny, p.contract.Code().Path)
	if code == nil {
		return Verdict{}
	}
	// Export a type with only a code if a json tag names the code.
	if f := r.find(p.contract.Code().Path); r.companion(p.contract) == nil && (len(f.path) > 1 || !f.tagged) {
		return Verdict{}
	}
	v := p.local(r, code, false)
	if !r.tagged && !v.Decoded {
		return Verdict{}
	}
	// The rest stays here: importers see it for themselves, or have no use for it.
	v.Decoded = !r.tagged
	v.Evident = v.Evident && !p.speaks(r)
	return v
}

// local returns what the package's source says about r and its code. zero says that another package compares the code
// with zero.
func (p *recognizer) local(r *jsonStruct, code *Member, zero bool) Verdict {
	p.gather()
	v := r.variable(code)
	var c comparisons
	if sum := p.evidence.codes[v]; sum != nil {
		c = *sum
	}
	u := p.usages[typeKey(r.typ)]
	return Verdict{
		Contract:        p.contract.ID,
		Evident:         p.evidence.host || c.failure,
		Foreign:         c.status || p.foreign[v] && !c.failure && !c.zero && !zero,
		ComparesSuccess: c.zero,
		Decoded:         u != nil && u.decoded,
	}
}

// verdict returns what this package knows about r and its code, and what the packages know that declare r and the
// embedded structs with the code.
func (p *recognizer) verdict(r *jsonStruct, code *Member) Verdict {
	var v Verdict
	for _, name := range r.owners(code) {
		if i := p.imported(name); i != nil {
			v.Evident = v.Evident || i.Evident
			v.Foreign = v.Foreign || i.Foreign
			v.ComparesSuccess = v.ComparesSuccess || i.ComparesSuccess
			// Whoever decodes an embedded struct does not decode the struct around it.
			v.Decoded = v.Decoded || i.Decoded && name == typeKey(r.typ)
		}
	}
	l := p.local(r, code, v.ComparesSuccess)
	v.Evident = v.Evident || l.Evident
	v.Foreign = v.Foreign || l.Foreign
	v.ComparesSuccess = v.ComparesSuccess || l.ComparesSuccess
	v.Decoded = v.Decoded || l.Decoded
	return v
}

// imported returns the verdict of another package on a type that it declares, or nil.
func (p *recognizer) imported(name *types.TypeName) *Verdict {
	for _, v := range p.verdicts(name) {
		if v.Contract == p.contract.ID {
			return &v
		}
	}
	return nil
}

// verdicts returns the verdicts of another package on a type that it declares.
func (p *recognizer) verdicts(name *types.TypeName) []Verdict {
	if p.in.Imported == nil || name.Pkg() == nil || name.Pkg() == p.in.Pkg {
		return nil
	}
	return p.in.Imported(name)
}

func isImport(decl ast.Decl) bool {
	d, ok := decl.(*ast.GenDecl)
	return ok && d.Tok == token.IMPORT
}

// gather reads the package's source, once. An inspector is not worth its while for one walk: its list of nodes takes a
// quarter of the memory of syntax and types.
func (p *recognizer) gather() {
	if p.gathered {
		return
	}
	p.gathered = true
	s, t := p.newScanner(), p.newTracker()
	for _, f := range p.in.Files {
		s.open(f)
		test := p.isTest(f)
		for _, d := range f.Decls {
			if isImport(d) {
				continue
			}
			t.test = test || p.isTestHelper(d)
			for n := range ast.Preorder(d) {
				switch n := n.(type) {
				case *ast.Ident:
					if s.dotted {
						s.use(n)
					}
				case *ast.BasicLit:
					s.literal(n)
				case *ast.CallExpr:
					fn := p.callee(n)
					s.flowIntoCall(n, fn)
					t.call(n, fn)
				default:
					s.visit(n)
					t.visit(n)
				}
			}
		}
	}
	p.evidence, p.usages = s.finish(), t.finish()
}
