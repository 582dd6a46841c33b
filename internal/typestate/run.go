package typestate

import (
	"errors"
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynccheck/asynccheck/internal/codeset"
	"github.com/asynccheck/asynccheck/internal/contract"
	"github.com/asynccheck/asynccheck/internal/gotype"
)

const softIdle = 8 // states per block without the value before their known values are given up

// errBudget ends the simulation of a value that is too large or too tangled.
var errBudget = errors.New("too many states")

// A run simulates one function for one response value.
type run struct {
	engine *Engine
	cfg    *Config
	fn     *ssa.Function
	org    *site
	roles  roles
	flow   *flows

	contractValues codeset.Set    // the contract's values
	namedCodes     codeset.Set    // these and those that the function names
	blurred        bool           // ends were left out, because their paths may be infeasible
	callbackParam  *ssa.Parameter // the function value that is called with entries
	inspectsHere   bool           // entries are inspected here, and not only by a callee or what is called with them
	calleeInspects bool           // entries are inspected by a callee
	bytesKept      bool           // the bytes are kept before they are decoded
	killed         bool           // on some path the function overwrites the value
	items          itemReads      // of a response with a status for each item
	failed         bool           // the simulation was given up
	collection     *collection    // that the value is an element of
	rejects        *ssa.Return    // a return that rejects a partial failure before the value is there
	second         bool           // it is the second pass
	renamed        bool           // names have come up in this pass
	steps          int
	reportAt       *ssa.Call // of the tail that is simulated, if findings stand at the call and not in the tail
	arenas         *arenas   // while it simulates
	record
}

// A record is what a run writes down.
type record struct {
	ends     []end
	sets     []split              // sets that values of type inSet refer to
	setIndex map[comparison]int32 // the index of a comparison's set
	stack    []*ssa.Function      // closures being followed in place, fn first
	calls    []token.Pos          // the calls by which they were entered
	at       []*ssa.BasicBlock    // the block being simulated in each function of the stack
	branches []branch             // out of that block

	lists   map[ssa.Value]int32               // index of a constant set in sets, by the register that says whether the code is in it
	regions map[*ssa.BasicBlock]*opaqueRegion // opaque regions, by the blocks at whose ends they begin
	tests   map[*ssa.BasicBlock]bool          // loops whose bodies have opaque tests, by their headers (second pass)
	post    map[*ssa.Function]*postdoms       // of functions with opaque regions

	usesByBlock  map[*ssa.BasicBlock]dealing // blocks in which the detail was looked at
	usesByHeader map[*ssa.BasicBlock]dealing // loops whose bodies look, by their headers (second pass)
}

// A comparison is of the code with a constant.
type comparison struct {
	op token.Token
	c  int64
}

// A split is what a comparison makes of the codes.
type split struct{ holds, fails codeset.Set }

// A dealing is what was done with the detail, and what was handed on.
type dealing struct {
	look   Look
	handed Handed
}

func (d dealing) or(e dealing) dealing { return dealing{max(d.look, e.look), d.handed | e.handed} }

// see notes what was done with the value.
func (p *Properties) see(d dealing) {
	p.look(d.look)
	p.Handed |= d.handed
}

// A result is one way out of a simulated function: a state, with the values of the results and of the parameters. The
// function may have found out more about the parameters.
type result struct {
	st     *state
	values []value
	params []value
}

// simulate runs the function once or, if a loop looks at entries, twice: the second time with the loop's header known
// to do so, however often it runs. It also runs twice if a loop has an opaque test, or if something was inspected or
// handed on in an opaque region.
func (r *run) simulate() error {
	for r.renamed = true; r.renamed; {
		r.renamed = false
		if err := r.pass(); err != nil {
			return err
		}
	}
	for b := range r.usesByBlock {
		for _, l := range r.flow.arranged(b.Parent()).loops {
			if l.has(b) && !l.has(r.org.block()) { // else the value is a new one in each iteration
				r.usesByHeader[l.header] = r.usesByHeader[l.header].or(r.usesByBlock[b])
			}
		}
	}
	r.testingLoops()
	if len(r.usesByHeader) > 0 || len(r.tests) > 0 || r.regionsDischarge() {
		r.rejects, r.second = nil, true
		if err := r.pass(); err != nil {
			return err
		}
	}
	slices.SortStableFunc(r.ends, func(a, b end) int { return int(a.Pos - b.Pos) })
	return nil
}

func (r *run) pass() error {
	r.arenas = r.engine.takeArenas()
	defer r.engine.giveArenas(r.arenas)
	st := r.arenas.new()
	st.kill()
	if p := r.org.param(); p != nil && p.Parent() == r.fn {
		r.begin(st)
		st.set(p, member{r.org.path()})
	}
	for _, p := range r.fn.Params {
		if isYieldParam(p) {
			st.set(p, function{p}) // known wherever it is called
		}
	}
	if p := r.org.target().caller; p != nil {
		st.set(p, pointer{p, ""}) // the caller's memory, as the function knows it
	}
	r.ends = r.ends[:0]
	_, err := r.function(r.fn, st)
	return err
}

// begin starts the duty: the origin has just run.
func (r *run) begin(st *state) {
	st.kill()
	st.obj.phase = owed
	r.setCodes(&st.obj, r.org.codes)
	if r.org.lookup() {
		st.obj.Lookup = MayBeLost
	}
	if r.collection != nil && r.collection.leaves {
		st.obj.Handed = handedAll
	}
}

// beginShadow notes that another decode of the same bytes tells the code, if the duty has not begun: the origin is to
// come.
func (r *run) beginShadow(st *state) {
	if !st.obj.live() {
		r.begin(st)
		st.obj.phase = shadow
	}
}

// function simulates fn from the state st at its entry. It gives the states
// at its returns where fn is followed in place; the returns of r.fn itself
// settle the value.
func (r *run) function(fn *ssa.Function, st *state) ([]result, error) {
	r.stack = append(r.stack, fn)
	r.at = append(r.at, nil)
	defer func() {
		r.stack = r.stack[:len(r.stack)-1]
		r.at = r.at[:len(r.at)-1]
	}()

	flow := r.flow.arranged(fn)
	order := flow.order
	in := r.arenas.arrivals.take(len(fn.Blocks))[:len(fn.Blocks)]
	clear(in)
	in[0].fresh = r.arenas.list(nil, st)

	var out []result
	for work := 0; work < len(order); {
		b := order[work]
		a := &in[b.Index]
		if len(a.fresh) == 0 {
			work++
			continue
		}
		fresh := a.fresh
		a.fresh = nil
		next := len(order)
		for _, st := range fresh {
			succs, results, err := r.block(b, st.clone())
			if err != nil {
				return nil, err
			}
			out = append(out, results...)
			for _, s := range succs {
				to := b.Succs[s.succ]
				r.edge(flow, b, to, s.st)
				if err := r.arrive(&in[to.Index], s.st); err != nil {
					return nil, err
				}
				next = min(next, flow.rank[to.Index])
			}
		}
		work = min(work, next)
	}
	return out, nil
}

// arrivals are the states that have reached a block.
type arrivals struct {
	all   []*state
	fresh []*state // those of all that have not been simulated since they changed
}

func (r *run) arrive(a *arrivals, st *state) error {
	limit := softStates
	if !st.obj.live() {
		limit = softIdle
	}
	if r.add(a, st, true) {
		return nil
	}
	n := 0
	for _, s := range a.all {
		if s.obj.live() == st.obj.live() {
			n++
		}
	}
	if n >= limit && r.add(a, st, false) {
		return nil
	}
	if len(a.all) >= hardStates {
		return errBudget
	}
	a.all = r.arenas.list(a.all, st)
	a.fresh = r.arenas.list(a.fresh, st)
	return nil
}

// add merges st into a state of a that agrees with it, if there is one.
func (r *run) add(a *arrivals, st *state, exactly bool) bool {
	for _, old := range a.all {
		blurred := old.obj.blurred
		same, changed := r.merge(old, st, exactly)
		if !same {
			continue
		}
		if !old.obj.live() && !st.obj.blurred {
			old.obj.blurred = blurred // without the value, lost values harm little
		}
		if changed && !slices.Contains(a.fresh, old) {
			a.fresh = r.arenas.list(a.fresh, old)
		}
		return true
	}
	return false
}

// A branch is a state on its way to a successor of its block.
type branch struct {
	st   *state
	succ int
}

// block simulates the instructions of b from st, which it may change. The branches are
// valid until the next block.
func (r *run) block(b *ssa.BasicBlock, st *state) (branches []branch, out []result, err error) {
	r.at[len(r.at)-1] = b
	cur := st.alone()
	for _, instr := range b.Instrs {
		for _, st := range cur {
			r.steps += 1 + st.known()/manyKnown // which are looked through
		}
		if r.steps > r.engine.maxSteps {
			return nil, nil, errBudget
		}
		switch instr := instr.(type) {
		case *ssa.Phi, *ssa.DebugRef:
			// phis are evaluated on the edges
		case *ssa.Jump, *ssa.If:
			branches = r.branch(cur, instr)
		case *ssa.Return:
			for _, st := range cur {
				if r.atOwnReturn() {
					r.settleReturn(st, instr)
				} else {
					out = append(out, r.leave(st, instr))
				}
			}
		case *ssa.Panic:
			if r.endsProcess(b) {
				for _, st := range cur {
					r.settle(st, &end{End: End{Kind: Process, Pos: instr.Pos()}})
				}
			}
		case *ssa.Call, *ssa.RunDefers:
			if cur, err = r.forkAll(cur, instr); err != nil {
				return nil, nil, err
			}
			if call, ok := instr.(*ssa.Call); ok && call.Call.IsInvoke() && r.cfg.NoReturns.byName(call.Call.Method) != returns {
				return nil, nil, nil // such as t.Fatal of a testing.TB, which SSA does not know to end the path
			}
		default:
			for _, st := range cur {
				r.step(st, instr)
			}
		}
	}
	return branches, out, nil
}

// branch gives the states at the end of a block on their ways to its successors.
func (r *run) branch(cur []*state, end ssa.Instruction) []branch {
	branches := r.branches[:0]
	for _, st := range cur {
		cond, ok := end.(*ssa.If)
		if !ok { // a jump
			branches = append(branches, branch{st, 0})
			continue
		}
		other := st.clone()
		for i, st := range []*state{st, other} {
			if !r.assume(st, cond.Cond, i == 0) {
				continue
			}
			if b := cond.Block(); st.obj.excludeBlock == b && st.obj.successBlock == nil { // success was excluded by the condition
				st.obj.successBlock = b.Succs[1-i]
			}
			branches = append(branches, branch{st, i})
		}
	}
	r.branches = branches
	return branches
}

// forkAll simulates an instruction that calls something from each of the states.
func (r *run) forkAll(cur []*state, instr ssa.Instruction) ([]*state, error) {
	var next []*state
	for _, st := range cur {
		sts, err := r.fork(st, instr)
		if err != nil {
			return nil, err
		}
		if len(cur) == 1 {
			next = sts
		} else {
			next = append(next, sts...)
		}
	}
	if len(next) > hardStates {
		return nil, errBudget
	}
	return next, nil
}

// leave ends a closure that is followed in place: its registers are forgotten. Its variables stay, since pointers to
// them may have left. Captured variables stay if it has made closures of its own: these can be called later.
func (r *run) leave(st *state, ret *ssa.Return) result {
	values := make([]value, len(ret.Results))
	for i, v := range ret.Results {
		values[i] = r.eval(st, v)
	}
	fn := ret.Parent()
	params := make([]value, len(fn.Params))
	for i, p := range fn.Params {
		if params[i] = st.env.get(p); params[i] == nil {
			params[i] = st.paramCell(p)
		}
	}
	if r.reportAt == nil && r.home() == len(r.stack)-1 && st.ret == nil {
		st.ret = ret
	}
	if st.leaveRegion(fn) {
		for i, x := range values {
			values[i] = madeOpaque(x)
		}
	}
	st.env.deleteFunc(func(v ssa.Value, _ value) bool {
		_, captured := v.(*ssa.FreeVar)
		return v.Parent() == fn && (!captured || len(fn.AnonFuncs) == 0)
	})
	return result{st, values, params}
}

// edge moves st over the edge from one block to another: it ends an entry's
// iteration, evaluates the phis, notes loops that inspect, and forgets dead registers.
func (r *run) edge(flow *flow, from, to *ssa.BasicBlock, st *state) {
	if r.org.loop() != nil && st.obj.live() && r.org.loop().endsIteration(from, to) {
		signal := r.carry(st, from, to)
		if !r.panicsAfter(r.org.loop()) {
			r.settle(st, &end{End: End{Kind: Iteration, Signal: signal, Pos: r.flow.end(from)}})
		}
		st.kill()
	}
	if _, ok := to.Instrs[0].(*ssa.Phi); ok {
		r.phis(st, from, to)
	}
	r.rejoin(st, to)
	if r.tests[to] {
		r.test(st, to)
	}
	if l, ok := r.usesByHeader[to]; ok && st.obj.live() {
		st.obj.see(l)
	}
	predicate := len(r.stack) > 1 && r.engine.memos.predicates[to.Parent()] != nil
	st.env.deleteFunc(func(v ssa.Value, _ value) bool {
		if _, param := v.(*ssa.Parameter); param && predicate {
			return false // the caller learns what the predicate finds out about it
		}
		return !flow.live(v, to)
	})
}

// panicsAfter reports whether the function always panics after the loop, whatever the iterations have found.
func (r *run) panicsAfter(l *loop) bool {
	if l.panicsAfter != Unknown {
		return l.panicsAfter == True
	}
	goesOn := func(b *ssa.BasicBlock) bool {
		_, returns := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		return returns || l.has(b) || r.endsProcess(b)
	}
	l.panicsAfter = False
	for _, s := range l.header.Succs {
		if !l.has(s) && !reaches(s, goesOn) {
			l.panicsAfter = True
		}
	}
	return l.panicsAfter == True
}

// phis evaluates the phis of a block that is entered from another, all at once.
func (r *run) phis(st *state, from, to *ssa.BasicBlock) {
	i := slices.Index(to.Preds, from)
	var few [8]value
	vals := few[:0]
	for _, instr := range to.Instrs {
		phi, ok := instr.(*ssa.Phi)
		if !ok {
			break
		}
		x := r.ofFailures(st, phi)
		if x == nil {
			x = r.eval(st, phi.Edges[i])
		}
		vals = append(vals, x)
		text := r.roles.signalled && r.cfg.Strict && gotype.IsText(phi.Type()) // which is printed
		if st.obj.live() && !text && !st.obj.Codes.Intersects(r.code().Clean) && r.assigns(st, phi, i) {
			st.obj.Acted = true
		}
	}
	for k, x := range vals {
		r.keep(st, x, func() bool { return r.flow.endsIteration(from, to) })
		st.set(to.Instrs[k].(*ssa.Phi), x)
	}
}

// code gives what the values of the outcome code mean.
func (r *run) code() *contract.Signal { return r.org.resp.Contract.Code() }

func (r *run) setCodes(o *object, s codeset.Set) {
	c := r.code()
	o.Codes = s
	o.class = class{
		success: s.Intersects(c.Clean),
		partial: s.Intersects(c.Partial),
		total:   s.Intersects(c.Total),
		open:    !s.SubsetOf(r.namedCodes), // more than finitely many values that have a name here
	}
}

// split gives what a comparison makes of the codes. Most compare with one of the
// contract's values.
func (r *run) split(k comparison) split {
	s, ok := r.engine.splits[k]
	if !ok {
		s.holds = codeset.Compare(k.op, k.c)
		s.fails = s.holds.Complement()
		if r.contractValues.Contains(k.c) {
			r.engine.splits[k] = s
		}
	}
	return s
}
