package typestate

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/asynccheck/asynccheck/internal/codeset"
	"github.com/asynccheck/asynccheck/internal/recognize"
)

// Responses with a status for each item, of which a function may read only the first:
//
//	out, err := client.SendSms(request)
//	if err != nil { … }
//	if *out.Response.SendStatusSet[0].Code != "Ok" { … }
//
// Whether it does is a property of the function, not of a path: nowhere does it do anything else with the list.

// itemReads says which items of a response a function reads.
type itemReads struct {
	first  bool   // the first one of a list
	of     string // the path of that list
	others bool   // other items, or something tells of them: a count, a callee, whoever gets the list
}

// readItems notes that the function takes an element out of a member: by an instruction that selects one, or by a loop.
func (r *run) readItems(st *state, x member, by ssa.Instruction) {
	if !st.obj.live() || !r.isItems(x.path) {
		return
	}
	var index ssa.Value
	switch by := by.(type) {
	case *ssa.IndexAddr:
		index = by.Index
	case *ssa.Index:
		index = by.Index
	}
	if n, ok := integer(index); !ok || n != 0 {
		r.items.others = true
		return
	}
	if !r.items.first {
		r.items.first, r.items.of = true, x.path
	}
}

// countItems notes that the function asks for the length of a list. Whether there is an element is no question about
// the others.
func (r *run) countItems(st *state, x member, call *ssa.Call) {
	if st.obj.live() && r.isItems(x.path) && slices.ContainsFunc(referrers(call), func(use ssa.Instruction) bool { return !asksForAny(use) }) {
		r.items.others = true
	}
}

// asksForAny reports whether an instruction asks whether a length is 0.
func asksForAny(use ssa.Instruction) bool {
	switch use := use.(type) {
	case *ssa.DebugRef:
		return true
	case *ssa.BinOp:
		op, n := use.Op, use.Y
		if isConst(use.X) {
			op, n = codeset.Flip(op), use.X
		}
		k, ok := integer(n)
		return empty(op, k, ok) != nil
	}
	return false
}

// isItems reports whether the member at the path is a list that has a status for each item.
func (r *run) isItems(path string) bool {
	items := appendField(path, recognize.ElementStep)
	return slices.ContainsFunc(r.roles.signals, func(s string) bool { return holds(items, s) })
}

// inElement reports whether the path leads through the elements of a list.
func inElement(path string) bool { return strings.ContainsRune(path, recognize.ElementStep) }

// more gives the value of the flag that says whether there is another element. Where a response is asked once, it says
// whether there is any:
//
//	for e := range client.RemoveObjects(ctx, bucket, names, opts) {
//		return e.Err
//	}
func (r *run) more(element member, flag *ssa.Extract) value {
	if !r.roles.signalled || !r.consults(element.path) {
		return nil
	}
	if l := r.flow.loopOf(flag.Block()); l != nil && !l.has(r.org.block()) {
		return nil // not about the first one, perhaps
	}
	return test{noItems, true}
}

// keep notes that a variable gets a member of an element. One that outlives the iteration tells of failures, even if
// there is no element:
//
//	for _, r := range results { err = r.Err }
//	return err
func (r *run) keep(st *state, x value, outlives func() bool) {
	if m, ok := x.(member); ok && r.roles.signalled && inElement(m.path) && r.inSignal(m.path) && outlives() {
		r.consult(st, m)
	}
}

// outlives reports whether the variable is older than the iteration in which the function assigns to it.
func (r *run) outlives(variable ssa.Value, s *ssa.Store) bool {
	l := r.flow.loopOf(s.Block())
	a, ok := variable.(*ssa.Alloc)
	return l != nil && !(ok && l.has(a.Block()))
}

// firstOnly reports whether the function reads only the first status of the items for which it calls the SDK, and gives
// the selector of their list. Whoever has the response from another function doesn't know the request.
func (r *run) firstOnly(call *ssa.Call) (list string, ok bool) {
	if callee := calleeOf(call.Common()); !r.items.first || r.items.others || r.cfg.Called == nil || callee == nil || r.cfg.Called(callee, call.Call.Signature()) == nil {
		return "", false
	}
	resp := r.org.resp
	items := appendField(r.items.of, recognize.ElementStep)
	for _, m := range append([]*recognize.Member{resp.Code}, resp.Signals...) {
		if !holds(items, pathOf(m.Path)) {
			continue
		}
		parts := strings.Split(m.Selector, "[]") // each [] is a step to elements
		return strings.Join(parts[:strings.Count(items, string(rune(recognize.ElementStep)))], "[]"), true
	}
	return "", false
}

// oneItem reports whether the function makes a request with a list of exactly one element. Which of its lists has the
// items is not known.
func oneItem(call *ssa.Call) bool {
	return slices.ContainsFunc(call.Call.Args, func(a ssa.Value) bool { return hasOne(a) || hasListOfOne(a) })
}

// hasListOfOne reports whether the function gives a field of what v points to a list of one element. A literal may
// capture the variable that holds the request, or a pointer to it.
func hasListOfOne(v ssa.Value) bool {
	load, ok := v.(*ssa.UnOp)
	if !ok {
		variable := variableOf(v)
		return fillsOne(v) || variable != nil && fillsOne(variable)
	}
	variable := variableOf(load.X)
	if variable == nil {
		return false
	}
	for _, ref := range append(slices.Clone(referrers(load.X)), referrers(variable)...) {
		if other, ok := ref.(*ssa.UnOp); ok && fillsOne(other) {
			return true
		}
	}
	return fillsOne(variable) || slices.ContainsFunc(valuesOf(variable), fillsOne)
}

// fillsOne reports whether some field of what v points to is given a list of one element.
func fillsOne(v ssa.Value) bool {
	return slices.ContainsFunc(fieldStores(v), func(s fieldStore) bool { return hasOne(s.Val) })
}

// hasOne reports whether v is a list with exactly one element: it is written so, appended to an empty one, or made of
// such a list by a function, as common.StringPtrs does.
func hasOne(v ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.ChangeType:
		return hasOne(v.X)
	case *ssa.Slice:
		p, ok := v.X.Type().Underlying().(*types.Pointer)
		if !ok || v.Low != nil || v.High != nil {
			return false
		}
		array, ok := p.Elem().Underlying().(*types.Array)
		if !ok || array.Len() != 1 {
			return false
		}
		_, option := array.Elem().Underlying().(*types.Signature)
		return !option
	case *ssa.Call:
		args := v.Call.Args
		if b, ok := v.Call.Value.(*ssa.Builtin); ok {
			return b.Name() == "append" && len(args) == 2 && hasNone(args[0]) && hasOne(args[1])
		}
		_, list := v.Type().Underlying().(*types.Slice)
		return list && len(args) == 1 && hasOne(args[0])
	}
	return false
}

// hasNone reports whether v is nil or an empty list.
func hasNone(v ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.Slice:
		return isHollow(v)
	case *ssa.MakeSlice:
		n, ok := integer(v.Len)
		return ok && n == 0
	case *ssa.Const:
		return v.Value == nil
	}
	return false
}
