package typestate

import (
	"cmp"
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/asynccheck/asynccheck/internal/codeset"
	"github.com/asynccheck/asynccheck/internal/contract"
	"github.com/asynccheck/asynccheck/internal/library"
)

// An Engine analyses the functions of one package.
type Engine struct {
	cfg      *Config
	maxSteps int // of Config, or its default
	bodies   map[subject]*body
	pending  []*body // without a final summary yet, in the order of their discovery
	active   []*body // being analysed, callers first

	memos  memos
	codes  map[*contract.Contract]codeset.Set
	splits map[comparison]split // of comparisons with the values of a contract

	listed  map[ssa.Value]*listed             // constant sets
	globals map[*ssa.Global][]ssa.Instruction // where package variables are mentioned, once somebody asks
	tails   *tails                            // once somebody asks

	// What goes from one function to the next.
	flow       *flows
	sites      arena[site]
	idleArenas []*arenas // not used by a run
	runs       []*run    // that are over: their records are used again
}

// New returns an engine for a package whose SSA form has been built.
func New(cfg *Config) *Engine {
	return &Engine{
		cfg: cfg, maxSteps: cmp.Or(cfg.MaxSteps, maxSteps), bodies: make(map[subject]*body),
		memos: newMemos(), codes: make(map[*contract.Contract]codeset.Set), splits: make(map[comparison]split), listed: make(map[ssa.Value]*listed),
		flow: newFlows(), sites: newArena[site](reusableSize),
	}
}

// Values follows every response value that has its origin in fn, and returns those that were followed to the end, in
// the order of their origins. A function without a body has none. The body of a range over a function and a tail have
// none either, since they belong to another function.
func (e *Engine) Values(fn *ssa.Function) []*Value { return e.body(fn).values }

// Summary says what a call of fn does to responses, nil if nothing is known.
func (e *Engine) Summary(fn *ssa.Function) *Summary { return e.body(fn).sum }

func (e *Engine) analyze(s subject) ([]*Value, *Summary) {
	fn := s.fn
	if s.param != noParam {
		return nil, e.analyzeCode(fn, s.param)
	}
	if n := e.countDecodes(fn); n > maxDecodes {
		e.debugf("%s: %s: skipped, since it decodes %d times", e.cfg.Fset.Position(fn.Pos()), fn, n)
		return nil, nil
	}
	sites := findSites(e, fn)
	if len(sites) == 0 {
		return nil, e.summarize(fn, nil)
	}
	names := e.constants(fn).Union(e.namedByCallees(fn))
	var values []*Value
	var runs []*run
	failures, steps := 0, 0
	for _, s := range sites {
		r := e.newRun(fn, s, names)
		runs = append(runs, r)
		if failures >= maxFailedValues {
			r.failed = true // the others would fail as well
			continue
		}
		if steps > maxFunctionBudgets*e.maxSteps {
			r.failed = true
			e.debugf("%s: %s: skipped the response of %s: too many others", e.cfg.Fset.Position(s.pos), fn, s.resp.Type)
			continue
		}
		err := r.simulate()
		steps += r.steps
		if err != nil {
			r.failed = true
			failures++
			e.debugf("%s: %s: skipped the response of %s: %v", e.cfg.Fset.Position(s.pos), fn, s.resp.Type, err)
			continue
		}
		if !s.quiet && fn.Synthetic == "" {
			values = append(values, r.value())
		}
	}
	sum := e.summarize(fn, runs)
	for _, r := range runs {
		e.giveRun(r)
	}
	return values, sum
}

// countDecodes counts the calls of decoders. The engine compares each with all others, since they may decode the same
// bytes.
func (e *Engine) countDecodes(fn *ssa.Function) int {
	n := 0
	for _, call := range e.callsOf(fn) {
		if e.effect(calleeOf(call.Common())) == library.Decodes {
			n++
		}
	}
	return n
}

func (e *Engine) debugf(format string, args ...any) {
	if e.cfg.Debug != nil {
		e.cfg.Debug(format, args...)
	}
}

func (e *Engine) newRun(fn *ssa.Function, s *site, names codeset.Set) *run {
	r := e.takeRun()
	values := e.contractValues(s.resp.Contract)
	*r = run{
		engine: e, cfg: e.cfg, fn: fn, org: s, roles: rolesOf(s.resp), flow: e.flow, record: r.record,
		bytesKept:      e.keptBefore(s.call(), s.decode.data.roots()...),
		contractValues: values,
		namedCodes:     names.Union(values),
	}
	if r.roles.signalled {
		r.namedCodes = e.equalConstants(fn).Union(values)
	}
	if of := s.collection(); s.kind == Element && of != nil {
		r.collection = e.collection(of)
	}
	return r
}

// contractValues gives the values of a contract.
func (e *Engine) contractValues(c *contract.Contract) codeset.Set {
	s, ok := e.codes[c]
	if !ok {
		s = c.Code().Values()
		e.codes[c] = s
	}
	return s
}

// value gives what the run found out.
func (r *run) value() *Value {
	s := r.org
	v := &Value{
		Fn: r.fn, Response: s.resp, OriginKind: s.kind, Param: s.param(), Origin: s.at.instruction(), Pos: s.pos,
		Unchecked: s.unchecked, PassesPartial: s.passesPartial(), NamedCodes: r.namedCodes, Lookup: s.lookup(), CalleeInspects: r.calleeInspects, InspectsHere: r.inspectsHere, Rejects: s.calleeSays.rejects, Callee: s.calleeSays.callee, Ends: make([]End, len(r.ends)),
		RequestChanges:        r.requestChanges(),
		FromCallersCollection: r.collection != nil && r.collection.fromParam,
	}
	if call := s.call(); call != nil && r.roles.signalled {
		v.FirstOf, v.FirstOnly = r.firstOnly(call)
		v.OneItem = v.FirstOnly && oneItem(call)
	}
	v.DetailKept = len(r.ends) > 0
	for i, e := range r.ends {
		v.DetailKept = v.DetailKept && e.does&KeepsDetail != 0
		v.Ends[i] = e.End
		v.Ends[i].Open = e.class.open
	}
	return v
}

// requestChanges reports whether the function asks for the response in a loop, each time for another one.
func (r *run) requestChanges() bool {
	call, ok := r.org.at.instruction().(ssa.CallInstruction)
	return ok && r.roles.signalled && r.org.yielded() == nil && r.engine.requestChanges(call)
}

// namedByCallees gives the codes that the summaries of callees name.
func (e *Engine) namedByCallees(fn *ssa.Function) codeset.Set {
	var names codeset.Set
	add := func(s codeset.Set) { names = names.Union(namedBy(s)) }
	for _, call := range e.callsOf(fn) {
		if e.effect(calleeOf(call.Common())) != nothing {
			continue
		}
		sum := e.summaryOf(call.Common())
		if sum == nil {
			continue
		}
		for _, p := range sum.Params {
			if p.Role == Code {
				continue // it names codes only where it gets one
			}
			for _, o := range p.Outcomes {
				add(toSet(o.Codes))
			}
			add(toSet(p.Fill.Codes))
		}
		for _, res := range sum.Results {
			add(toSet(res.Nil.Codes))
		}
	}
	return names
}

// constants gives the integer constants that the function, a literal in it, or a tail
// compares something with: the values it names.
func (e *Engine) constants(fn *ssa.Function) codeset.Set {
	return e.comparedWith(fn, codeset.Comparison)
}

// equalConstants gives those that it compares for equality. To say how many items may fail is not to name a code:
//
//	if *out.FailedRecordCount > 1 { return err }
func (e *Engine) equalConstants(fn *ssa.Function) codeset.Set {
	return e.comparedWith(fn, func(op token.Token) bool { return op == token.EQL || op == token.NEQ })
}

// comparedWith gives the integer constants that the function compares something with, by some operations.
func (e *Engine) comparedWith(fn *ssa.Function, by func(token.Token) bool) codeset.Set {
	var names []int64
	collect := func(fn *ssa.Function) {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				op, ok := instr.(*ssa.BinOp)
				if !ok || !op.Pos().IsValid() || !by(op.Op) { // without a position it isn't in the source
					continue
				}
				for _, v := range []ssa.Value{op.X, op.Y} {
					if n, ok := integer(v); ok {
						names = append(names, n)
					}
				}
			}
		}
	}
	for _, f := range e.WithTails(fn) {
		for _, f := range withLiterals(f) {
			collect(f)
		}
	}
	return codeset.Of(names...)
}
