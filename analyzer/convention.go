package analyzer

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynccheck/asynccheck/internal/codeset"
	"github.com/asynccheck/asynccheck/internal/typestate"
)

// noteSuccessCodes notes the codes that the function treats as success. If all functions accept the same single
// value, and not 0, the type has another convention: see [recognize.Package.RecordSuccess].
func (f *function) noteSuccessCodes() {
	if f.test || assignsErrorOnDefer(f.fn) {
		return
	}
	for _, v := range f.vals[f.fn] {
		var success, apart codeset.Set
		told := toldInIteration(v)
		for i := range v.Ends {
			e := &v.Ends[i]
			switch {
			case !judges(e) || e.NamedFailure:
			case e.Handed.Has(typestate.HandedCode) && e.Open:
				// Other code distinguishes the codes.
			case !told && !e.ErrorUnknown && f.accepts(v, e):
				success = success.Union(e.Codes)
			case !e.Open && (told && e.Signal != typestate.Failure || e.ErrorUnknown || f.void) && e.Kind != typestate.Process:
				// These codes may be the success, or a special case:
				//
				//	if r.Code != 1 { return }; use(r)
				//	if r.Code == 4400 { wait() }
				apart = apart.Union(e.Codes)
			}
		}
		f.types.RecordSuccess(v.Response, success, apart)
	}
}

// judges reports whether the code has decided a branch on the path, here or in a callee.
func judges(e *typestate.End) bool {
	return e.Judged != typestate.NotJudged || e.CalleeVerdict != typestate.NoSignal
}

// toldInIteration reports whether a loop distinguishes codes of the value, and goes on to its next iteration with
// all of them. Then the function's result may be about another value.
//
//	for _, r := range all { if r.Code != 1 { failed++ } }
func toldInIteration(v *typestate.Value) bool {
	iterations := func(open bool) bool {
		return slices.ContainsFunc(v.Ends, func(e typestate.End) bool { return e.Kind == typestate.Iteration && judges(&e) && e.Open == open })
	}
	return iterations(true) && iterations(false)
}

// noteBaseCodes notes the same for structs that have a code but are no responses themselves. A struct that embeds
// one may be a response, in this package or another.
func (p *part) noteBaseCodes(fn *ssa.Function, s *typestate.Summary) {
	if s == nil {
		return
	}
	for _, param := range s.Params {
		if param.Role != typestate.Base {
			continue
		}
		if f := p.newFunction(fn); f.test || !f.hasErr {
			return
		}
		var success codeset.Set
		for _, o := range param.Outcomes {
			if o.Does&typestate.Judges != 0 && o.Does&typestate.KeepsCode == 0 && (o.Signal == typestate.Success || o.Signal == typestate.Maybe) {
				success = success.Union(o.Set())
			}
		}
		if base := p.types.Base(fn.Params[param.Index].Type()); base != nil {
			p.types.RecordSuccess(base, success, codeset.Empty())
		}
	}
}

// accepts reports whether the end of a path shows that the request succeeded: it signals success, it returns
// true beside other results, or it returns the response or a part of it and no other result can
// signal a failure.
func (f *function) accepts(v *typestate.Value, e *typestate.End) bool {
	switch {
	case f.succeeds(v, e):
		return true
	case f.hasErr || e.Kind != typestate.Return || f.onlyBool():
		return false
	case f.bools == 1:
		return e.Bools[0] == typestate.True
	}
	return e.ReturnsMember
}
