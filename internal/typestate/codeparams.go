package typestate

import (
	"cmp"
	"go/types"
	"math"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynccheck/asynccheck/internal/codeset"
	"github.com/asynccheck/asynccheck/internal/gotype"
)

// A function is analysed for a code only if a code flows into it, and only for that parameter. The parameter's name
// does not matter:
//
//	func (c Code) Failed() bool { return c != 0 }
//	func refused(n int) bool    { return n == 4100 || n == 4400 }
//
// That does not make the function relevant: most functions that take a number never get a code.

// mostOutcomes is the largest number of outcomes that are followed for a function of a code. A function with more is a
// table, such as one of texts, and gives no verdict.
const mostOutcomes = 8

// isNumber reports whether a code, or a pointer to one, can be of type t.
func isNumber(t types.Type) bool {
	t = gotype.Deref(t)
	if p, ok := types.Unalias(t).(*types.TypeParam); ok {
		return onlyNumbers(p.Constraint())
	}
	return gotype.IsNumber(t)
}

// onlyNumbers reports whether all types that satisfy a constraint are numbers: ~int, or constraints.Integer.
func onlyNumbers(constraint types.Type) bool {
	switch c := constraint.Underlying().(type) {
	case *types.Interface:
		for t := range c.EmbeddedTypes() {
			if onlyNumbers(t) {
				return true
			}
		}
		return false
	case *types.Union:
		for term := range c.Terms() {
			if !onlyNumbers(term.Type()) {
				return false
			}
		}
		return true
	}
	return isNumber(constraint)
}

// ofCode gives what is known of a call whose i'th operand is a code, nil if nothing is.
func (e *Engine) ofCode(c *ssa.CallCommon, i int) *Summary {
	fn := e.callee(c)
	if fn == nil {
		return nil
	}
	if len(fn.Blocks) == 0 {
		return e.summaryOfFunc(fn)
	}
	if i >= len(fn.Params) || !isNumber(fn.Params[i].Type()) {
		return nil
	}
	return e.bodyOf(subject{fn, i}).sum
}

// analyzeCode finds out what the function does to a code in its i'th parameter.
func (e *Engine) analyzeCode(fn *ssa.Function, i int) *Summary {
	if e.writesCallerMemory(fn) {
		return nil
	}
	p := fn.Params[i]
	const at = 0
	resp := anyResponse(e.cfg.Contracts[0], p.Type(), at)
	resp.Code.Type = p.Type()
	s := &site{
		at: &paramOrigin{p, Code, pathOf([]int{at})}, kind: Parameter, resp: resp, pos: p.Pos(), codes: codesOf(p.Type()), quiet: true,
	}
	r := e.newRun(fn, s, e.constants(fn).Union(e.namedByCallees(fn)))
	if err := r.simulate(); err != nil {
		e.debugf("%s: %s: skipped the code in %s: %v", e.cfg.Fset.Position(p.Pos()), fn, p.Name(), err)
		return nil
	}
	defer e.giveRun(r)
	param, ok := outcomes(r)
	if !ok || len(param.Outcomes) > mostOutcomes {
		return nil
	}
	sum := &Summary{Params: []Param{param}}
	for k := range fn.Signature.Results().Len() {
		if r.givesCode(k) {
			sum.Results = append(sum.Results, Result{Index: k, Param: i})
		}
	}
	return sum
}

// givesCode reports whether the i'th result is the code itself: func (c Code) Int() int { return int(c) }.
func (r *run) givesCode(i int) bool {
	returns := 0
	for _, e := range r.ends {
		if e.Kind != Return {
			continue
		}
		if !slices.Contains(e.members, returnedMember{result: i, path: r.roles.code}) || !consistent(r, e) {
			return false
		}
		returns++
	}
	return returns > 0
}

// addNamesOf treats the codes that a called function names as named here, too. New names need another pass, since this
// one began without them.
func (r *run) addNamesOf(p *Param) {
	for _, o := range p.Outcomes {
		r.name(namedBy(toSet(o.Codes)))
	}
}

// name adds codes to those that have a name here.
func (r *run) name(codes codeset.Set) {
	if !codes.SubsetOf(r.namedCodes) {
		r.namedCodes, r.renamed = r.namedCodes.Union(codes), true
	}
}

// namedBy gives the values that a set names: its members, or what it leaves out, if these are few. The ends of its
// intervals count as well: whoever compares with < or > names a value there.
func namedBy(s codeset.Set) (names codeset.Set) {
	const few = 32
	for _, end := range s.Bounds() {
		if end != math.MinInt64 && end != math.MaxInt64 {
			names = names.Union(codeset.Of(end))
		}
	}
	for _, s := range []codeset.Set{s, s.Complement()} {
		if members, ok := s.Finite(few); ok {
			names = names.Union(codeset.Of(members...))
		}
	}
	return names
}

// Exported gives what other packages need to know of the function, nil if that is nothing. A code may flow into it
// from there, if they can call it with a number and it gives a verdict.
func (e *Engine) Exported(fn *ssa.Function) *Summary {
	sum := e.Summary(fn)
	if obj := fn.Object(); obj != nil && obj.Exported() && givesVerdict(fn.Signature) {
		for i, p := range fn.Params {
			if isNumber(p.Type()) && e.mayTest(p) {
				sum = sum.with(e.bodyOf(subject{fn, i}).sum)
			}
		}
	}
	return sum.Export()
}

// with adds what is known of a code among the parameters.
func (s *Summary) with(code *Summary) *Summary {
	if code == nil {
		return s
	}
	all := new(Summary)
	if s != nil {
		*all = *s
	}
	all.Params = append(slices.Clip(all.Params), code.Params...)
	slices.SortStableFunc(all.Params, func(a, b Param) int {
		return cmp.Or(cmp.Compare(a.Index, b.Index), cmp.Compare(a.Role, b.Role))
	})
	return all
}

// givesVerdict reports whether a result can be one.
func givesVerdict(sig *types.Signature) bool {
	for v := range sig.Results().Variables() {
		if IsBool(v.Type()) || IsError(v.Type()) {
			return true
		}
	}
	return false
}

// mayTest reports whether the function compares the number with a constant, looks it up, or hands it to a function
// that may do so. [Config.Concerns] sees as much in the syntax.
func (e *Engine) mayTest(v ssa.Value) bool {
	for _, ref := range referrers(v) {
		switch ref := ref.(type) {
		case *ssa.BinOp:
			if codeset.Comparison(ref.Op) && (isConst(ref.X) || isConst(ref.Y)) {
				return true
			}
		case *ssa.Convert, *ssa.ChangeType, *ssa.MakeInterface:
			if e.mayTest(ref.(ssa.Value)) {
				return true
			}
		case *ssa.UnOp:
			if e.mayTest(ref) {
				return true
			}
		case *ssa.Lookup:
			return true
		case *ssa.Call:
			if fn := e.callee(ref.Common()); fn != nil && (len(fn.Blocks) > 0 || e.summaryOfFunc(fn) != nil) {
				return true
			}
		}
	}
	return false
}

// codeAmong gives the index of the operand of a call that is the code, -1 if none is.
func (r *run) codeAmong(st *state, c *ssa.CallCommon) int {
	if !st.obj.live() || r.roles.signalled {
		return -1
	}
	for i, a := range c.Args {
		if r.isCode(r.eval(st, a)) {
			return firstArg(c) + i
		}
	}
	if c.IsInvoke() && r.isCode(r.eval(st, c.Value)) {
		return 0
	}
	return -1
}

// predicate gives the codes for which a call is true, and those for which it is false, if the function does nothing
// else. Then the call stands for a comparison.
func (p *Param) predicate(call *ssa.Call) (holds, fails codeset.Set, ok bool) {
	if len(p.Outcomes) != 2 || !IsBool(call.Type()) {
		return holds, fails, false
	}
	for _, o := range p.Outcomes {
		if o.Does != Judges || len(o.Bools) != 1 {
			return holds, fails, false
		}
		switch o.Bools[0] {
		case True:
			holds = toSet(o.Codes)
		case False:
			fails = toSet(o.Codes)
		}
	}
	return holds, fails, !holds.IsEmpty() && !fails.IsEmpty() && holds.Intersect(fails).IsEmpty()
}

// decidesByOthers reports whether another operand than the one at the index also says something about the response.
// The callee's summary describes one operand, and can't say how the two go together:
//
//	partial := r.Code == 5400
//	if refused(r, partial) { … }
func (r *run) decidesByOthers(st *state, values []ssa.Value, args []value, at int) bool {
	for i, a := range args {
		if i == at {
			continue
		}
		if is[inSet](a) || is[isNamed](a) || a == opaque {
			return true
		}
		if !isConst(values[i]) && st.correlates(a) {
			return true
		}
	}
	return false
}

// correlates reports whether the value, which is known on this path, may differ on paths with other codes. Then what
// a function computes from it may depend on the code.
//
//	if r.Code != 0 {
//		n++
//	}
//	if positive(n) { … }
func (st *state) correlates(x value) bool {
	o := &st.obj
	switch x := x.(type) {
	case truthValue, constVal, sign, collected:
		return o.live() && (o.judged() || o.Detail != Unseen)
	case drained, noEntry: // without entries there are fewer codes
		return o.live()
	case derived:
		return o.live() && x == entryCount
	case test:
		return o.live() && (x.what == noEntries || x.what == someEntry)
	}
	return false
}
