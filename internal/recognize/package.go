package recognize

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/asynccheck/asynccheck/internal/codeset"
	"github.com/asynccheck/asynccheck/internal/contract"
	"github.com/asynccheck/asynccheck/internal/library"
)

// Input is one type-checked package.
type Input struct {
	Contracts []*contract.Contract // if a type could follow several, see [Package.Response]
	Index     *Index               // of these; if it is nil, Scan makes one
	Fset      *token.FileSet
	Files     []*ast.File // parsed with comments
	Pkg       *types.Package
	Info      *types.Info // with Types, Defs, Uses, Selections and Instances

	// Imported returns what [Package.Export] said about a type when its own package was scanned: at most one verdict
	// for each contract. The function may be nil.
	Imported func(*types.TypeName) []Verdict

	// Settings are what the configuration says about types, by import path and name, such as "example.com/sdk.Answer".
	Settings map[string]*Setting

	// ConfiguredKinds returns what the configuration says about a function: that it prints, or that it decodes into its
	// last argument. The function may be nil.
	ConfiguredKinds func(*types.Func) library.Kind

	Module string // path of the package's module; may be empty
}

// A Package knows which types, its own and others, are responses in one package. It remembers its answers, and is not
// safe for concurrent use.
type Package struct {
	in          Input
	recognizers []*recognizer // one for each contract that is found by members
	found       *finder       // for the others

	declarations declarations
	problems     []Problem
	mention      *bool
}

// declarations are the package's declarations of types, and the directives and settings for them.
type declarations struct {
	directives map[*types.TypeName]*Verdict // valid ones
	types      []*types.TypeName            // of the package's scope, in the order of their names
}

// Scan prepares the recognition of responses in a package: it reads the directives and settings. It reads the rest of
// the source on demand.
//
// Directives and settings speak about the first contract's types. If this contract is off, these types are its only
// responses. Without a contract nothing is a response, and directives and settings have no meaning.
func Scan(in Input) *Package {
	p := &Package{in: in}
	p.declarations.directives = make(map[*types.TypeName]*Verdict)
	if in.Index == nil {
		p.in.Index = NewIndex(in.Contracts)
	}
	p.found = newFinder(p.in.Index, in.Pkg)
	for _, c := range in.Contracts {
		if c.ByMembers() {
			p.recognizers = append(p.recognizers, newRecognizer(&p.in, c, &p.declarations))
		}
	}
	if len(p.recognizers) == 0 {
		return p
	}
	p.readDirectives()
	p.readSettings()
	slices.SortFunc(p.problems, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.Pos, b.Pos), cmp.Compare(a.Message, b.Message))
	})
	return p
}

// first returns the answer of the first contract that has one.
func first[T any](p *Package, ask func(*recognizer) *T) *T {
	for _, a := range p.recognizers {
		if answer := ask(a); answer != nil {
			return answer
		}
	}
	return nil
}

func (p *Package) any(ask func(*recognizer) bool) bool {
	return slices.ContainsFunc(p.recognizers, ask)
}

// of returns the recognizer of a contract, or of a contract that differs from it in values alone.
func (p *Package) of(c *contract.Contract) *recognizer {
	return p.recognizers[slices.IndexFunc(p.recognizers, func(a *recognizer) bool { return a.contract.ID == c.ID })]
}

// Response returns the kind of response that a value of type t is in this package, or nil if it is none. t may be an
// alias, or a pointer to the struct. Identical types have the same result.
//
// If the type could follow several contracts, the first counts. But a single result may be less than the type is: then
// the contract counts that requires the most members.
//
// It judges the type alone. The entry of a batch is described by the batch's [Detail]; here it is a single result, if
// it looks like one, or nothing.
func (p *Package) Response(t types.Type) *Response {
	if resp := p.found.Response(t); resp != nil {
		return resp
	}
	var best *Response
	required := 0
	for _, a := range p.recognizers {
		n := len(a.contract.Members.Required)
		if best != nil && (best.Kind != Single || n <= required) {
			continue
		}
		if resp := a.Response(t); resp != nil {
			best, required = resp, n
		}
	}
	return best
}

// Called returns the response that a call of the function gives by a contract which names the function, or nil.
// The signature is that of the call.
func (p *Package) Called(fn *types.Func, sig *types.Signature) *Call { return p.found.Called(fn, sig) }

// Entry describes t if t is the type of a batch's entries. The batch must be declared in this package, or in the one
// that declares t. It returns nil otherwise.
func (p *Package) Entry(t types.Type) *Response {
	return first(p, func(a *recognizer) *Response { return a.Entry(t) })
}

// Entries describes t if t is a collection of a batch's entries outside of its batch: no path of the description leads
// to a member. It returns nil otherwise.
func (p *Package) Entries(t types.Type) *Detail {
	return first(p, func(a *recognizer) *Detail { return a.Entries(t) })
}

// Base describes t if t is a struct with an outcome code, but no response or entry itself: a struct that embeds it may
// be one.
//
//	type Base struct {
//		Code    int    `json:"code"`
//		Message string `json:"message"`
//	}
//
//	type StopResponse struct {
//		Base
//		Detail map[string]Item `json:"detail"`
//	}
//
// The description's kind is None. It returns nil if t is no such struct.
func (p *Package) Base(t types.Type) *Response {
	if p.Holds(t) {
		return nil
	}
	return first(p, func(a *recognizer) *Response { return a.Base(t) })
}

// Embeddable reports whether other packages may embed this base in a response. The base must declare its code with a
// json tag, and all its fields must be numbers or texts. A struct with more, such as the status of Kubernetes, is
// another kind of answer.
func (p *Package) Embeddable(base *Response) bool { return p.of(base.Contract).Embeddable(base) }

// Code returns the member of t that plays the outcome code's role, or nil: the one that a directive or the
// configuration names, else the one with the JSON name. t may be any type. If a response is decoded from the same bytes
// and has its code at the same place, both codes have the same value: see [Package.MemberByJSON].
func (p *Package) Code(t types.Type) *Member {
	if resp := p.Response(t); resp != nil {
		return resp.Code
	}
	return first(p, func(a *recognizer) *Member { return a.Code(t) })
}

// MemberByJSON returns the member of t that has the given names in JSON, or nil. A decoder fills it with the value of a
// code that has these names.
func (p *Package) MemberByJSON(t types.Type, json string) *Member {
	return first(p, func(a *recognizer) *Member { return a.MemberByJSON(t, json) })
}

// HasDetailMember reports whether t has a member with the detail's JSON name, of any type.
func (p *Package) HasDetailMember(t types.Type) bool {
	return p.any(func(a *recognizer) bool { return a.HasDetailMember(t) })
}

// HasCompanion reports whether t is a struct with a member that responses have beside their
// code: a struct that embeds it may be a response. A generic struct has one if an instance may have.
func (p *Package) HasCompanion(t types.Type) bool {
	return p.any(func(a *recognizer) bool { return a.HasCompanion(t) })
}

// Holds reports whether a value of type t is a response or a batch's entry.
func (p *Package) Holds(t types.Type) bool { return p.Response(t) != nil || p.Entry(t) != nil }

// Candidate reports whether a value of type t is a response or a batch's entry, or would be one in a package that
// decodes it or has evidence.
func (p *Package) Candidate(t types.Type) bool {
	return p.found.Response(t) != nil || p.any(func(a *recognizer) bool { return a.Candidate(t) })
}

// Named reports whether a contract or the configuration names the type.
func (p *Package) Named(t *types.Named) bool {
	return p.OfSDK(t) || p.in.setting(t.Obj()) != nil
}

// OfSDK reports whether a value of type t is a response by a contract that names the type.
func (p *Package) OfSDK(t types.Type) bool { return p.found.Response(t) != nil }

// HasContract reports whether a contract is about the package.
func (p *Package) HasContract(pkg *types.Package) bool { return p.found.about(pkg) }

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
	for id := range p.in.Info.Uses {
		if p.calls(id) {
			return true
		}
	}
	return false
}

// MentionsIn answers the same for one declaration of the package.
func (p *Package) MentionsIn(decl ast.Node) (found bool) {
	ast.Inspect(decl, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			found = found || p.variable(p.in.Info.Defs[id]) || p.calls(id)
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

// calls reports whether an identifier is a function that gives a response which has no type of its own.
func (p *Package) calls(id *ast.Ident) bool {
	fn, ok := p.in.Info.Uses[id].(*types.Func)
	if !ok || len(p.found.byCall) == 0 {
		return false
	}
	sig := fn.Signature()
	if of, ok := p.in.Info.Instances[id].Type.(*types.Signature); ok {
		sig = of
	}
	return p.Called(fn, sig) != nil
}

// Problems returns the errors in directives and in the configuration's types, in the order of the positions.
func (p *Package) Problems() []Problem { return p.problems }

// Declared returns the types of the package's scope, aliases too, in the order of their names. The scope itself also
// has the functions, and these may be many.
func (p *Package) Declared() []*types.TypeName { return p.declarations.all(&p.in) }

func (d *declarations) all(in *Input) []*types.TypeName {
	if d.types != nil {
		return d.types
	}
	d.types = []*types.TypeName{}
	scope := in.Pkg.Scope()
	for _, file := range in.Files {
		for _, decl := range file.Decls {
			decl, ok := decl.(*ast.GenDecl)
			if !ok || decl.Tok != token.TYPE {
				continue
			}
			for _, spec := range decl.Specs {
				if obj, ok := scope.Lookup(spec.(*ast.TypeSpec).Name.Name).(*types.TypeName); ok {
					d.types = append(d.types, obj)
				}
			}
		}
	}
	slices.SortFunc(d.types, func(a, b *types.TypeName) int { return cmp.Compare(a.Name(), b.Name()) })
	return d.types
}

// Export returns what importers need to know about the struct types that the package declares, in the order of their
// names: the directives, and what the source says about types with a code. For most packages that is nothing.
func (p *Package) Export() []TypeVerdicts {
	var out []TypeVerdicts
	for _, obj := range p.Declared() {
		if obj.IsAlias() || structOf(obj.Type()) == nil {
			continue
		}
		var verdicts []Verdict
		if d := p.declarations.directives[obj]; d != nil {
			verdicts = append(verdicts, *d)
		} else {
			r := newJSONStruct(obj.Type())
			for _, a := range p.recognizers {
				if v := a.exportedVerdict(r); v != (Verdict{Contract: v.Contract}) {
					verdicts = append(verdicts, v)
				}
			}
		}
		if len(verdicts) > 0 {
			out = append(out, TypeVerdicts{obj, verdicts})
		}
	}
	return out
}

// RecordSuccess notes that a function of the package has judged the code of a response. The function signals success
// with the codes in success. It distinguishes those in singledOut from all others, and signals nothing.
func (p *Package) RecordSuccess(resp *Response, success, singledOut codeset.Set) {
	if resp.Contract.ByMembers() { // else the contract says what it speaks about
		p.of(resp.Contract).RecordSuccess(resp, success, singledOut)
	}
}

// DropForeign drops the types whose functions follow another convention, by what [Package.RecordSuccess] was told. It
// reports whether some of them were responses until now: then earlier answers about the package's types are no longer
// valid.
func (p *Package) DropForeign() (changed bool) {
	for _, a := range p.recognizers {
		changed = a.DropForeign() || changed
	}
	if changed {
		p.mention = nil
	}
	return changed
}
