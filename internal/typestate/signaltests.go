package typestate

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynccheck/asynccheck/internal/contract"
	"github.com/asynccheck/asynccheck/internal/gotype"
	"github.com/asynccheck/asynccheck/internal/library"
	"github.com/asynccheck/asynccheck/internal/recognize"
)

// Tests of signals: comparisons with numbers, texts and nil.

// compareSignal gives the value of a comparison that has to do with a signal.
func (r *run) compareSignal(st *state, c *comparing) (value, bool) {
	m, isMember := c.x.(member)
	if isMember {
		if v := r.compareElsewhere(m, c); v != nil {
			return v, true
		}
	}
	if isMember && c.y == isNil && c.equality() {
		return r.nilSignal(st, c.left, m, c.op == token.NEQ, c.instr.Pos()), true
	}
	if isMember && m.path == r.roles.code && r.roles.reading == contract.Text && c.equality() {
		if text, ok := stringOf(c.right); ok {
			return r.compareText(text, c), true
		}
	}
	if r.isOuterCode(c.x) {
		if n, ok := integer(c.right); ok {
			return r.predicate(c.op, n, c.left, c.instr.Pos()), true
		}
	}
	if c.y == number && r.counts(c) && r.makesList(c.instr.Block(), member{r.roles.code}) != nil {
		return nil, true
	}
	if r.cfg.Strict && c.y == number && c.op == token.LSS && r.counts(c) { // a loop over failures is a look at each of them
		if c.x == value(constVal{"0"}) {
			return r.predicate(token.GTR, 0, c.right, rangedOver(c.right)), true
		}
		return nil, true
	}
	if c.x == itemCount || c.y == itemCount {
		return r.compareItemCount(st, c), true
	}
	found := false
	for _, x := range []value{c.x, c.y} {
		m, isMember := x.(member)
		switch {
		case isMember && isEmptyText(c.right) && r.describes(m.path, c.left):
			found = true
		case isMember && (r.inSignal(m.path) || r.isComplement(m.path)):
			r.consultedBy(st, m)
			found = true
		case x == number, x == told, x == ofSuccess, x == succeeded && !r.counts(c):
			r.consulted(st)
			found = true
		case isMember, x == succeeded:
			found = true // it tells nothing
		}
	}
	return nil, found
}

// rangedOver gives the position of the list whose length is the end of a loop.
func rangedOver(length ssa.Value) token.Pos {
	if call, ok := length.(*ssa.Call); ok && !call.Pos().IsValid() {
		return call.Call.Args[0].Pos()
	}
	return length.Pos()
}

// compareElsewhere gives the value of a comparison of a signal of another duty: where it tells of a failure, the
// request has failed, and this duty is over. It is nil for any other comparison.
//
//	if res.Error != nil { return res.Error }
//	for … res.PartitionResults …
func (r *run) compareElsewhere(m member, c *comparing) value {
	if !c.equality() {
		return nil
	}
	for _, s := range r.org.resp.Elsewhere {
		if pathOf(s.Path) != m.path {
			continue
		}
		n, ok := integer(c.right)
		null := c.y == isNil && s.Meaning.Reading == contract.Nil
		if null || ok && s.Meaning.Clean.Contains(n) {
			return test{otherDuty, c.op == token.NEQ}
		}
	}
	return nil
}

// isElsewhere reports whether x is a signal of another duty: whoever gets it may find out that the request has failed.
func (r *run) isElsewhere(x value) bool {
	m, ok := x.(member)
	return ok && r.roles.signalled && slices.ContainsFunc(r.org.resp.Elsewhere, func(s recognize.Signal) bool { return pathOf(s.Path) == m.path })
}

// compareItemCount gives the value of a comparison of the number of items. Without an item, none has failed. Where it
// isn't the number of items in the request, the program has found out that something is wrong:
//
//	if len(out.Responses) != len(in.Statements) { return errMissing }
func (r *run) compareItemCount(st *state, c *comparing) value {
	n, ok := integer(c.right)
	switch {
	case ok && c.x == itemCount:
		t, _ := empty(c.op, n, true).(test)
		if t.what == noEntries {
			return test{noItems, t.neg}
		}
	case c.equality():
		return test{allItems, c.op == token.NEQ}
	case !r.counts(c):
		r.consulted(st)
	}
	return nil
}

// describes reports whether the member at the path is a text that describes a failure, and to test it is not enough:
// whether there is a message decides what is printed.
func (r *run) describes(path string, text ssa.Value) bool {
	return r.cfg.Strict && gotype.IsText(text.Type()) && r.roles.reading == contract.Length && len(path) > len(r.roles.code) && holds(r.roles.code, path)
}

// onlyPrints reports whether the call prints, and to print a failure is not enough.
func (r *run) onlyPrints(call *ssa.Call) bool {
	callee := calleeOf(call.Common())
	return r.roles.signalled && r.cfg.Strict && (r.engine.effect(callee) == library.Prints || callee != nil && r.engine.printerWrapper(callee))
}

func isEmptyText(v ssa.Value) bool {
	s, ok := stringOf(v)
	return ok && s == ""
}

// counts reports whether a comparison is the head of a loop over a list.
func (r *run) counts(c *comparing) bool { return loopsOver(c.instr.Block()) && !isConst(c.right) }

// compareText gives the value of a comparison of the code with a text.
func (r *run) compareText(text string, c *comparing) value {
	s := r.code()
	if n := s.Number(text); int(n) < len(s.Texts) {
		return r.predicate(c.op, n, c.left, c.instr.Pos())
	}
	return isNamed{c.op == token.NEQ, reading{c.left, c.instr.Pos()}}
}

// nilSignal gives the value of a comparison of a member with nil.
func (r *run) nilSignal(st *state, left ssa.Value, x member, neq bool, pos token.Pos) value {
	switch {
	case r.describes(x.path, left):
		return nilTest{neq, left, nil}
	case x.path == r.roles.code && r.roles.reading == contract.Nil:
		p := r.predicate(token.EQL, 0, left, pos)
		p.neg = neq
		return p
	case x.path == r.roles.code, x.path == "":
		return nilTest{neq, left, x}
	case r.inSignal(x.path), r.isComplement(x.path), r.isOneOf(x.path) && isLookup(left):
		r.consultedBy(st, x)
		return nil
	case r.consults(x.path): // without what holds the signal there is nothing to consult
		return nilTest{neq, left, x}
	}
	return nilTest{neq, left, nil}
}

func isLookup(v ssa.Value) bool {
	_, ok := v.(*ssa.Lookup)
	return ok
}

// assumeNilSignal narrows st to the paths on which a member is nil, or isn't. It reports whether there are any. A list
// or a number that is nil stands for none.
func (r *run) assumeNilSignal(st *state, path string, operand ssa.Value, null bool) bool {
	switch {
	case path != r.roles.code:
		if null {
			st.kill()
		}
	case null && r.roles.reading != contract.Text && r.code().Clean.Contains(0):
		return r.narrow(st, r.code().Clean, reading{operand, operand.Pos()})
	case null:
		st.kill()
	case r.roles.reading == contract.Length:
		r.consulted(st) // there is a list, perhaps of failures
	}
	return true
}
