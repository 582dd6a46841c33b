package typestate

import (
	"reflect"

	"golang.org/x/tools/go/ssa"
)

// A body is what is known of a function with a body in the package.
//
// Functions are analysed on demand, callees first. The analysis finds the strongly connected components of the calls
// on the way (Tarjan: "Depth-first search and linear graph algorithms", SIAM J. Comput. 1(2), 1972). It counts the
// calls that it resolves: also calls of a method of a known dynamic type, or by a literal that is followed in place.
// What the functions of a component do is a least fixed point. In the first round, a call within the component never
// returns. In each later round, it does what the round before has found. The rounds end when nothing changes.
type body struct {
	subject
	values []*Value
	sum    *Summary // what a call does; a guess until final
	final  bool
	cyclic bool // the function calls itself, perhaps through others

	// While it is not final.
	index   int  // in Engine.pending
	low     int  // the lowest index of those it is known to reach
	active  bool // it is being analysed
	stale   bool // it has not been analysed in this round
	changed bool // its summary changed in this round
	lost    bool // its analysis panicked
}

// A subject is what is summarised: a function, or a code in one of its parameters.
type subject struct {
	fn    *ssa.Function
	param int // index of the parameter, noParam if it is about the function
}

// noParam stands for the function, and for none of its parameters.
const noParam = -1

// neverReturns is the first guess of what a call does.
var neverReturns = &Summary{bottom: true}

// body gives what is known of fn, and analyses it first if needed.
func (e *Engine) body(fn *ssa.Function) *body { return e.bodyOf(subject{fn, noParam}) }

func (e *Engine) bodyOf(s subject) *body {
	b := e.bodies[s]
	if b == nil {
		b = &body{subject: s, sum: neverReturns, index: len(e.pending), low: len(e.pending), stale: true}
		e.bodies[s] = b
		if len(s.fn.Blocks) == 0 || isYield(s.fn) || s.param == noParam && e.tailCall(s.fn) != nil {
			b.sum, b.final = nil, true
			return b
		}
		e.pending = append(e.pending, b)
	}
	if !b.final && !b.active && b.stale {
		e.visit(b)
		if b.low == b.index {
			e.solve(b)
		}
	}
	if n := len(e.active); n > 0 && !b.final {
		caller := e.active[n-1]
		caller.low = min(caller.low, b.low)
		caller.cyclic = caller.cyclic || b.low <= caller.index
	}
	return b
}

// visit analyses a function with what is known of its callees now.
func (e *Engine) visit(b *body) {
	b.active, b.stale = true, false
	e.active = append(e.active, b)
	defer e.release(len(e.flow.open), e.sites.used)
	defer func() {
		b.active = false
		e.active = e.active[:len(e.active)-1]
		if e.cfg.Panicked == nil {
			return
		}
		if v := recover(); v != nil { // loses the function, not the run
			b.values, b.sum, b.lost, b.changed = nil, nil, true, true
			e.cfg.Panicked(b.fn, v)
		}
	}()
	values, sum := e.analyze(b.subject)
	b.changed = !reflect.DeepEqual(sum, b.sum)
	b.values, b.sum = values, sum
}

// solve finds the fixed point of the component whose first visited function is root: all that are pending from root
// on. If the component turns out to be part of a larger one, the root of that one solves it.
func (e *Engine) solve(root *body) {
	for range maxRounds {
		changed := false
		for i := root.index; i < len(e.pending); i++ { // grows with functions that are met for the first time
			b := e.pending[i]
			if b.stale && !b.lost {
				e.visit(b)
			}
			root.low = min(root.low, b.low)
			changed = changed || b.changed
		}
		switch {
		case root.low < root.index:
			return
		case !changed, !root.cyclic:
			e.finish(root)
			return
		}
		e.flow.forgetSources() // they may depend on guesses
		e.memos.forgetGuesses()
		for _, b := range e.pending[root.index:] {
			b.stale, b.changed = true, false
		}
	}
	// No end in sight: the functions are unknown to each other.
	e.debugf("%s: %s: what it and those that it calls in a circle do is not found out in %d rounds", e.cfg.Fset.Position(root.fn.Pos()), root.fn, maxRounds)
	component := e.pending[root.index:]
	for _, b := range component {
		b.sum = nil
	}
	sums := make([]*Summary, len(component))
	for i, b := range component {
		if b.lost {
			continue
		}
		e.visit(b)
		sums[i], b.sum = b.sum, nil
	}
	for i, b := range component {
		b.sum = sums[i]
	}
	e.finish(root)
}

// finish closes the component of root.
func (e *Engine) finish(root *body) {
	for _, b := range e.pending[root.index:] {
		b.final = true
	}
	e.pending = e.pending[:root.index]
}
