package analyzer

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynccheck/asynccheck/internal/typestate"
)

// callersInspect reports whether the function is an unexported helper, and all its
// callers are known and inspect the detail themselves.
func (f *function) callersInspect(v *typestate.Value) bool {
	// If the function inspects the detail itself, a caller's path counts as inspected because of the call.
	itself := inspected(v) || f.first(v, func(_ *typestate.Value, e *typestate.End) bool { return e.Detail == typestate.Empty }) != nil
	return f.everyCaller(v, func(o *typestate.Value, e *typestate.End) bool {
		return (e.Detail == typestate.Inspected || e.Handed.Has(typestate.HandedDetail)) && (!itself || o.InspectsHere || e.Codes.Intersects(v.Response.Contract.Code().Partial))
	})
}

// callersTellApart reports whether the function is such a helper for special
// codes: all its callers distinguish success from the other codes themselves.
func (f *function) callersTellApart(v *typestate.Value) bool {
	success := v.Response.Contract.Code().Clean
	return f.everyCaller(v, func(_ *typestate.Value, e *typestate.End) bool {
		return e.Judged != typestate.NotJudged && e.Open && !e.Codes.Intersects(success)
	})
}

// everyCaller reports whether the function is an unexported helper with an error
// result, gets v from its callers, and all of these are known and have a response of
// the same type that has such an end.
func (f *function) everyCaller(v *typestate.Value, end func(*typestate.Value, *typestate.End) bool) bool {
	if v.Param == nil || !f.hasErr {
		return false
	}
	fn := v.Param.Parent() // or a tail of f.fn
	obj, ok := fn.Object().(*types.Func)
	if !ok || obj.Exported() {
		return false
	}
	f.findCallers()
	callers := f.calls[fn]
	if len(callers) == 0 || f.taken[fn] {
		return false
	}
	for _, caller := range callers {
		if !slices.ContainsFunc(f.around(caller), func(o *typestate.Value) bool {
			return types.Identical(o.Response.Type, v.Response.Type) && f.first(o, end) != nil
		}) {
			return false
		}
	}
	return true
}

// findCallers finds the callers of the part's functions, and the functions that are
// also used without being called.
func (p *part) findCallers() {
	if p.calls != nil {
		return
	}
	p.calls = make(map[*ssa.Function][]*ssa.Function)
	p.taken = make(map[*ssa.Function]bool)
	var operands []*ssa.Value
	for _, fn := range p.fns {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				var callee *ssa.Function
				if call, ok := instr.(ssa.CallInstruction); ok {
					if callee = call.Common().StaticCallee(); callee != nil {
						p.calls[callee] = append(p.calls[callee], fn)
					}
				}
				operands = instr.Operands(operands[:0])
				for i, op := range operands {
					if used, ok := (*op).(*ssa.Function); ok && !(i == 0 && used == callee) {
						p.taken[used] = true
					}
				}
			}
		}
	}
}
