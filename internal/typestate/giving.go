package typestate

import (
	"cmp"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynccheck/asynccheck/internal/codeset"
)

// result says what is known of the i'th result.
func (e *Engine) result(fn *ssa.Function, i int, runs []*run) (Result, bool) {
	t := fn.Signature.Results().At(i).Type()
	res := Result{Index: i, Param: -1}
	if e.cfg.ErrorResult(fn.Signature.Results(), i) {
		res.NonNil = e.fails(fn, i)
		if p := e.wraps(fn); p >= 0 && !res.NonNil && e.onlyBuilds(fn) {
			res.Wraps = p + 1
		}
		return res, res.NonNil || res.Wraps > 0
	}
	if isBytes(t) || isReader(t) || isResponse(t) {
		if res.Raw = e.returnsRaw(fn, i); res.Raw {
			return res, true
		}
	}
	g := giving{engine: e, fn: fn, res: res, returns: make(map[*ssa.Return]bool), plain: true}
	if !g.addRuns(runs) || !g.always(runs) {
		return g.res, false
	}
	if g.res.Param >= 0 {
		return g.res, !g.res.Nil.Known
	}
	return g.response(t)
}

// A giving collects what the runs of a function say of one of its results.
type giving struct {
	engine  *Engine
	fn      *ssa.Function
	res     Result
	returns map[*ssa.Return]bool // the returns that give a response or a member of one
	codes   codeset.Set          // of what is returned without an error
	partial codeset.Set          // what means a partial failure by its contract
	members int                  // how many ends give a member of a parameter
	plain   bool                 // the function does nothing with the response but decode it
}

// addRuns adds the ends of the runs that give the result. It reports whether they agree.
func (g *giving) addRuns(runs []*run) bool {
	for _, r := range runs {
		if r.failed || r.blurred {
			continue
		}
		for i := range r.ends {
			end := &r.ends[i]
			for _, give := range end.members {
				if give.result == g.res.Index && !g.add(r, end, give) {
					return false
				}
			}
		}
	}
	return true
}

// add adds an end of the run that gives a member. It reports whether it agrees with the others.
func (g *giving) add(r *run, end *end, give returnedMember) bool {
	path := give.path
	if len(g.returns) > 0 && give.within != g.res.Within {
		return false
	}
	g.res.Within = give.within
	g.returns[end.ret] = true
	switch param := r.org.param(); {
	case r.org.role() == Base && path != r.roles.code: // of no interest to a caller that has the response
		return true
	case param != nil && r.org.role().hasCode():
		if g.members++; g.members == 1 {
			g.res.Param, g.res.Path = slices.Index(g.fn.Params, param), path
		}
		return g.res.Path == path && consistent(r, *end)
	case param == nil && r.roles.signalled && r.signalAt(path) != nil:
		if s := r.signalAt(path); path != "" && (g.res.Signal == nil || *g.res.Signal == *s) {
			g.res.Signal = s
		} else if path != "" || g.res.Signal != nil {
			return false
		}
	case param != nil || path != "" || g.res.Signal != nil:
		return false
	}
	member := r.org.decode.member
	if g.res.Member != "" && member != "" && g.res.Member != member {
		return false
	}
	g.res.Member = cmp.Or(g.res.Member, member)
	g.partial = r.code().Partial
	g.res.Rejects = cmp.Or(g.res.Rejects, r.rejectsAt())
	from := r.bytesOf()
	if g.res.From > 0 && from > 0 && from != g.res.From {
		return false // of bytes that differ
	}
	g.plain = g.plain && r.plain() && (from == g.res.From || g.res.From == 0)
	g.res.From = cmp.Or(g.res.From, from)
	if end.Signal != Failure {
		g.addCodes(r, end)
	}
	return true
}

// addCodes adds what an end without an error says of the response that it gives.
func (g *giving) addCodes(r *run, end *end) {
	delivered := &g.res.Nil
	if end.does&(KeepsCode|KeepsDetail) != 0 || r.givesBeside(end, g.res.Index) {
		delivered.Known, delivered.SharedWithOthers = true, true // whoever has it may have judged it
	}
	g.codes = g.codes.Union(end.Codes)
	delivered.Unchecked = delivered.Unchecked || r.org.unchecked && end.Judged == NotJudged && !end.JudgedByProducer
	delivered.Known = delivered.Known || r.org.unchecked || r.org.calleeSays.delivered.Known || end.hasVerdict()
}

// always reports whether a return that gives the value does so on all paths without an error.
func (g *giving) always(runs []*run) bool {
	i := g.res.Index
	for _, r := range runs {
		for _, end := range r.ends {
			if g.returns[end.ret] && end.Signal != Failure && gaveAt(r, end.ret, i) && !end.givesAt(i) {
				return false
			}
		}
	}
	return true
}

// response completes the result, of type t, where it is a response. It reports whether anything is known of it.
func (g *giving) response(t types.Type) (Result, bool) {
	e, res := g.engine, g.res
	for _, ret := range e.settling(g.fn) { // the others must not give anything
		if !g.returns[ret] && !e.givesNothing(ret, res.Index) {
			return res, false
		}
	}
	codes := g.codes
	if res.Nil.SharedWithOthers {
		res.Rejects, res.Nil.Unchecked, codes = Place{}, false, codeset.All()
	}
	res.Nil.Codes, res.Nil.Plain = codes.Bounds(), g.plain && res.From > 0 && !res.Nil.SharedWithOthers
	if codes.Intersects(g.partial) {
		res.Rejects = Place{} // some get through
	}
	if types.IsInterface(t) && !isTypeParam(t) {
		dynamic := e.dynamicType(g.fn, res.Index)
		if dynamic == nil {
			return res, false
		}
		res.Type, res.Hidden = types.TypeString(dynamic, nil), e.hide(g.fn, res.Index, dynamic)
		res.Nil.Plain = false // the type of what is decoded isn't the result's
	}
	return res, res.Nil.Known
}

// hasVerdict reports whether the codes of the end are what somebody let through: the function has judged the
// code, or returns what a callee says of it, as `return r, r.Err()` does.
func (e *end) hasVerdict() bool {
	return e.Judged != NotJudged || e.CalleeVerdict == Success || e.CalleeVerdict == Failure
}

// givesBeside reports whether another result than the i'th has the code, or a struct with it. Whoever has that result
// may judge the code. So may whoever has another signal, or what succeeded.
func (r *run) givesBeside(e *end, i int) bool {
	return slices.ContainsFunc(e.members, func(g returnedMember) bool {
		return g.result != i && (holds(g.path, r.roles.code) || r.roles.signalled && (r.consults(g.path) || r.inComplement(g.path)))
	})
}

// givesAt reports whether the i'th result is the value or a member of it.
func (e *end) givesAt(i int) bool {
	return slices.ContainsFunc(e.members, func(g returnedMember) bool { return g.result == i })
}
