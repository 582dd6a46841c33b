package typestate

import "golang.org/x/tools/go/ssa"

// The arenas have the memory for the states of one run. States are copied at each branch and forgotten soon. In the
// heap they would be most of what the engine leaves to the garbage collector. The run of a usual function fits into
// its arenas, and the next run uses them again. What doesn't fit is allocated.
type arenas struct {
	states   arena[state]
	env      arena[binding[ssa.Value]]
	mem      arena[binding[cell]]
	values   arena[value]
	arrivals arena[arrivals]
	lists    arena[*state]
}

func newArenas() *arenas {
	return &arenas{
		states: newArena[state](96), env: newArena[binding[ssa.Value]](768), mem: newArena[binding[cell]](256),
		values: newArena[value](64), arrivals: newArena[arrivals](64), lists: newArena[*state](512),
	}
}

// clear forgets all states: nobody may use one afterwards.
func (r *arenas) clear() {
	r.states.used, r.env.used, r.mem.used = 0, 0, 0
	r.values.used, r.arrivals.used, r.lists.used = 0, 0, 0
}

// list appends a state to a list. Most lists stay short.
func (r *arenas) list(sts []*state, st *state) []*state {
	if sts == nil {
		sts = r.lists.take(4)
	}
	return append(sts, st)
}

// takeArenas gives a run its arenas; giveArenas takes them back. A callee's run begins before its caller's run ends,
// so there may be a few.
func (e *Engine) takeArenas() *arenas {
	n := len(e.idleArenas)
	if n == 0 {
		return newArenas()
	}
	r := e.idleArenas[n-1]
	e.idleArenas = e.idleArenas[:n-1]
	return r
}

func (e *Engine) giveArenas(r *arenas) {
	r.clear()
	e.idleArenas = append(e.idleArenas, r)
}

// takeRun gives a new run. It uses the record of an earlier run again, if there is one. giveRun keeps the record of a
// run that is over, unless the record has grown large.
func (e *Engine) takeRun() *run {
	n := len(e.runs)
	if n == 0 {
		return &run{record: newRecord()}
	}
	r := e.runs[n-1]
	e.runs = e.runs[:n-1]
	return r
}

func (e *Engine) giveRun(r *run) {
	if max(len(r.ends), len(r.sets), len(r.usesByBlock)) <= reusableSize {
		*r = run{record: r.record}
		r.record.clear()
		e.runs = append(e.runs, r)
	}
}

// release frees what the analysis of a function has used. The numbers say what was in use before it.
func (e *Engine) release(flows, sites int) {
	e.flow.close(flows)
	e.sites.used = sites
}

func newRecord() record {
	return record{
		setIndex:     make(map[comparison]int32),
		usesByBlock:  make(map[*ssa.BasicBlock]dealing),
		usesByHeader: make(map[*ssa.BasicBlock]dealing),
	}
}

func (l *record) clear() {
	l.ends, l.sets = l.ends[:0], l.sets[:0]
	clear(l.setIndex)
	clear(l.usesByBlock)
	clear(l.usesByHeader)
	clear(l.lists)
	clear(l.regions)
	clear(l.tests)
	clear(l.post)
}

// An arena is a piece of memory that is handed out from its beginning.
type arena[T any] struct {
	all  []T
	used int
}

func newArena[T any](n int) arena[T] { return arena[T]{all: make([]T, n)} }

// one gives an element, with whatever was in it.
func (a *arena[T]) one() *T { return &a.take(1)[:1][0] }

// take gives an empty slice with room for n elements.
func (a *arena[T]) take(n int) []T {
	if a.used+n > len(a.all) {
		return make([]T, 0, n)
	}
	a.used += n
	return a.all[a.used-n : a.used-n : a.used]
}
