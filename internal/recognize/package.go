package recognize

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ast/inspector"

	"github.com/asynccheck/asynccheck/internal/codeset"
	"github.com/asynccheck/asynccheck/internal/contract"
	"github.com/asynccheck/asynccheck/internal/library"
)

// Input is one type-checked package.
type Input struct {
	Contracts []*contract.Contract // where a type could follow several, the first counts
	Fset      *token.FileSet
	Files     []*ast.File          // parsed with comments
	Syntax    *inspector.Inspector // of the files
	Pkg       *types.Package
	Info      *types.Info // with Types, Defs, Uses, Selections and Instances

	// Imported returns what [Package.Export] said of a type when the package that
	// declares it was scanned: at most one verdict a contract. It may be nil itself.
	Imported func(*types.TypeName) []Verdict

	// Settings are what the configuration says of types, by import path and name,
	// such as "example.com/sdk.Answer".
	Settings map[string]*Setting

	// ConfiguredKinds is what the configuration says of a function: that it prints, or decodes into its
	// last argument. It may be nil.
	ConfiguredKinds func(*types.Func) library.Kind

	Module string // path of the package's module; may be empty
}

// A Package knows which types are responses in one package, its own types and
// others. It remembers what it was asked, and is not safe for concurrent use.
type Package struct {
	in          Input
	recognizers []*recognizer // one a contract

	declarations declarations
	problems     []Problem
	mention      *bool
}

// declarations are the package's declarations of types, and what people say in these.
type declarations struct {
	directives map[*types.TypeName]*Verdict // valid ones
	types      []*types.TypeName            // of the package's scope, in the order of their names
}

// Scan prepares the recognition of responses in a package: it reads the
// directives and settings. Whatever else it needs of the source is read on demand.
//
// Directives and settings speak of the first contract's types. Without a contract nothing is a response, and
// there is nothing for them to say.
func Scan(in Input) *Package {
	p := &Package{in: in}
	p.declarations.directives = make(map[*types.TypeName]*Verdict)
	for _, c := range in.Contracts {
		p.recognizers = append(p.recognizers, newRecognizer(&p.in, c, &p.declarations))
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

// of returns what knows the types of a contract, or of one that differs from it in values alone.
func (p *Package) of(c *contract.Contract) *recognizer {
	return p.recognizers[slices.IndexFunc(p.recognizers, func(a *recognizer) bool { return a.contract.ID == c.ID })]
}

// Response returns the kind of response that a value of type t is in this
// package, or nil if it is none. t may be an alias, and a pointer to the struct. The result
// for identical types is the same.
//
// It judges the type alone: one that plays a batch's entry is described by the
// batch's [Detail]; here it is a single result, if it looks like one, or nothing.
func (p *Package) Response(t types.Type) *Response {
	return first(p, func(a *recognizer) *Response { return a.Response(t) })
}

// Entry describes t if it is the type of the entries of a batch that is declared
// in this package, or in the one that declares t. It returns nil otherwise.
func (p *Package) Entry(t types.Type) *Response {
	return first(p, func(a *recognizer) *Response { return a.Entry(t) })
}

// Entries describes t if it is a collection of a batch's entries, by itself: the
// description's members lead nowhere. It returns nil if t is none.
func (p *Package) Entries(t types.Type) *Detail {
	return first(p, func(a *recognizer) *Detail { return a.Entries(t) })
}

// Base describes t if it is a struct with an outcome code, and no response or entry by itself: what embeds
// it may be one.
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
// Its kind is None. It returns nil if t is none.
func (p *Package) Base(t types.Type) *Response {
	if p.Holds(t) {
		return nil
	}
	return first(p, func(a *recognizer) *Response { return a.Base(t) })
}

// Embeddable reports whether other packages may embed this base: its code is declared here, has a json tag, and all
// its fields are numbers or texts. What has more, as the status of Kubernetes has, is an answer of another kind.
func (p *Package) Embeddable(base *Response) bool { return p.of(base.Contract).Embeddable(base) }

// Code returns the member of t that plays the outcome code's role, or nil: the one that a
// directive or the configuration names, or else the one with its JSON name. Whatever
// else t may be, it shares that member's value with a response decoded from the
// same bytes, if the response has its code there as well: see [Package.MemberByJSON].
func (p *Package) Code(t types.Type) *Member {
	return first(p, func(a *recognizer) *Member { return a.Code(t) })
}

// MemberByJSON returns the member of t that a decoder fills with what it fills a code with that has
// the given names in JSON, or nil.
func (p *Package) MemberByJSON(t types.Type, json string) *Member {
	return first(p, func(a *recognizer) *Member { return a.MemberByJSON(t, json) })
}

// HasDetailMember reports whether t has a member with the detail's JSON name, whatever
// it holds.
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

// Candidate reports whether a value of type t is a response or a batch's entry, or
// would be one in a package that has evidence or decodes it.
func (p *Package) Candidate(t types.Type) bool {
	return p.any(func(a *recognizer) bool { return a.Candidate(t) })
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

// Problems returns what directives and the configuration say wrongly of types, in the
// order of the positions.
func (p *Package) Problems() []Problem { return p.problems }

// Declared returns the types of the package's scope, aliases too, in the order of their
// names. The scope itself has the functions as well, and there may be many.
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

// Export returns what packages that import this one need to know about the struct
// types that it declares, in the order of their names: the directives, and
// what its source says about types with a code. For most packages that is nothing.
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

// RecordSuccess notes that a function of the package has judged the code of a response: it signals success with
// the codes in success; those in singledOut it tells from all others, and signals nothing.
func (p *Package) RecordSuccess(resp *Response, success, singledOut codeset.Set) {
	p.of(resp.Contract).RecordSuccess(resp, success, singledOut)
}

// DropForeign drops the types whose functions follow another convention, by what [Package.RecordSuccess] was told.
// It reports whether there are any that were responses so far: what was said of the package's types is void then.
func (p *Package) DropForeign() (changed bool) {
	for _, a := range p.recognizers {
		changed = a.DropForeign() || changed
	}
	if changed {
		p.mention = nil
	}
	return changed
}
