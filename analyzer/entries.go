package analyzer

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynccheck/asynccheck/internal/codeset"
	"github.com/asynccheck/asynccheck/internal/recognize"
	"github.com/asynccheck/asynccheck/internal/typestate"
)

// entriesCount reports whether the function itself decides what happens to a failed entry. It doesn't if the
// detail is handed on, if a callee inspects the entries, if all comparisons of entries here together
// distinguish 0 from the other codes, or if a bool result is the verdict.
func (f *function) entriesCount(v *typestate.Value) bool {
	if f.test || f.bools > 0 && !f.hasErr || v.Param != nil && !f.hasErr {
		return false
	}
	pass := passing(v)
	batch, reached := false, false
	for _, other := range f.around(f.fn) {
		switch {
		case other == v, other.OriginKind == typestate.EntryOf && apart(v, other):
		case other.OriginKind == typestate.EntryOf && told(other):
			return false
		case other.OriginKind == typestate.EntryOf:
			pass = pass.Intersect(passing(other))
		case other.Response.Kind == recognize.Batch:
			if hasEntries(other, v) {
				batch, reached = true, reached || other.InspectsHere || other.CalleeInspects
			}
			if other.CalleeInspects || handedOn(other) {
				return false
			}
		}
	}
	if batch && !reached {
		return false // by the contract, there are no entries where the batch has these codes
	}
	return !pass.SubsetOf(v.NamedCodes)
}

// handedOn reports whether a batch's entries are handed on, on some path.
func handedOn(batch *typestate.Value) bool {
	return slices.ContainsFunc(batch.Ends, func(e typestate.End) bool { return e.Handed.Has(typestate.HandedDetail) })
}

// apart reports whether no path of the function passes the origins of both values.
func apart(v, w *typestate.Value) bool {
	a, b := declaredBlock(v), declaredBlock(w)
	return a != nil && b != nil && typestate.Apart(a, b)
}

// declaredBlock returns the block of the declared function that has the value's origin,
// or the literal around the origin. It returns nil for a parameter of that function.
func declaredBlock(v *typestate.Value) (b *ssa.BasicBlock) {
	fn := v.Fn
	if v.Origin != nil {
		b = v.Origin.Block()
		fn = b.Parent()
	}
	for top := outermost(fn); fn != top; fn = fn.Parent() {
		if b = made(fn); b == nil {
			return nil
		}
	}
	return b
}

// made returns the block of the parent that has the literal fn.
func made(fn *ssa.Function) *ssa.BasicBlock {
	var operands []*ssa.Value
	for _, b := range fn.Parent().Blocks {
		for _, instr := range b.Instrs {
			operands = instr.Operands(operands[:0])
			for _, op := range operands {
				if *op == fn {
					return b
				}
			}
		}
	}
	return nil
}

// around returns the values of the declared function that fn belongs to, and of all literals in it. fn may
// be that function, a literal in it, or a tail of it.
func (p *part) around(fn *ssa.Function) (values []*typestate.Value) {
	var add func(fn *ssa.Function)
	add = func(fn *ssa.Function) {
		values = append(values, p.vals[fn]...)
		for _, f := range fn.AnonFuncs {
			add(f)
		}
	}
	top := outermost(fn)
	for owner := p.engine.Owner(top); owner != top; owner = p.engine.Owner(top) {
		top = outermost(owner)
	}
	for _, f := range p.engine.WithTails(top) {
		add(f)
	}
	return values
}

// told reports whether the code is handed on even if it is a success.
func told(v *typestate.Value) bool {
	return slices.ContainsFunc(v.Ends, func(e typestate.End) bool {
		return e.Handed.Has(typestate.HandedCode) && clean(v, &e)
	})
}

// passing returns the codes that are treated as success.
func passing(v *typestate.Value) codeset.Set {
	success := v.Response.Contract.Code().Clean
	all := codeset.All()
	pass := codeset.Empty()
	for i := range v.Ends {
		switch e := &v.Ends[i]; {
		case e.Judged == typestate.NotJudged && e.CalleeVerdict != typestate.Success && e.CalleeVerdict != typestate.Failure && !e.OnlySuccess(v):
			// Neither this function nor a callee has judged it. An entry that is
			// absent has the code 0, and need not be judged.
			return all
		case e.Handed.Has(typestate.HandedCode) || e.NamedFailure:
		case e.Codes.Intersects(success):
			pass = pass.Union(e.Codes)
		}
	}
	return pass
}

// ownWay reports whether entries that succeeded all end their paths elsewhere than a
// missing entry.
func (f *function) ownWay(v *typestate.Value, alike func(*typestate.End) bool) bool {
	return f.first(v, func(v *typestate.Value, o *typestate.End) bool {
		return alike(o) && !o.Lookup.Known() && clean(v, o)
	}) == nil
}

// hasEntries reports whether the batch's entries have the type of v.
func hasEntries(batch, v *typestate.Value) bool {
	d := batch.Response.Detail
	return d != nil && d.Entry != nil && types.Identical(d.Entry.Type, v.Response.Type)
}

// batchEnds reports whether a path of the entry's batch can end where the entry's path
// does. The batch's code may exclude that.
func (f *function) batchEnds(v *typestate.Value, e *typestate.End) bool {
	known := false
	for _, batch := range f.vals[f.fn] {
		if e.Kind != typestate.Return || !hasEntries(batch, v) {
			continue
		}
		if slices.ContainsFunc(batch.Ends, func(o typestate.End) bool { return o.Kind == e.Kind && o.Pos == e.Pos }) {
			return true
		}
		known = true
	}
	return !known
}

// maybeTrue reports whether the function, whose only result is a bool, can return true at
// the end of an entry's path. If the entry doesn't decide, the batch's code does.
func (f *function) maybeTrue(v *typestate.Value, e *typestate.End) bool {
	if e.Bools[0] != typestate.Unknown {
		return e.Bools[0] == typestate.True
	}
	if e.Lookup.Known() && f.ownWay(v, func(o *typestate.End) bool { return o.Pos == e.Pos }) {
		return false
	}
	return slices.ContainsFunc(f.vals[f.fn], func(v *typestate.Value) bool {
		return v.Response.Kind == recognize.Batch && f.first(v, func(_ *typestate.Value, o *typestate.End) bool {
			return o.Pos == e.Pos && o.Kind == typestate.Return && o.Bools[0] == typestate.True
		}) != nil
	})
}
