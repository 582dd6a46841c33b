package typestate

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynccheck/asynccheck/internal/gotype"
	"github.com/asynccheck/asynccheck/internal/recognize"
)

// An application applies a callee's summary to one call.
type application struct {
	call   *ssa.Call
	sum    *Summary
	values []ssa.Value // the call's operands
	args   []value     // what they hold

	// The operand that concerns the response value, if one does.
	at    int    // index of the operand, -1 if there is none
	param *Param // what the summary says of it
	arg   member // the member of the response that it is; at nowhere if it is the bytes
}

// apply simulates a call by the callee's summary: one state for each way in which the call can go. It is not ok if
// the summary says nothing about the value.
func (r *run) apply(st *state, call *ssa.Call) (sts []*state, ok bool) {
	c := call.Common()
	sum, embedded := r.engine.summaryAt(c)
	if sum == nil && c.IsInvoke() && isWhole(r.eval(st, c.Value)) {
		sum, embedded = r.engine.methodOfDynamic(r.org, c.Method)
	}
	if sum != nil && sum.bottom {
		return nil, true // no path comes back yet
	}
	codeOperand := r.codeAmong(st, c)
	if sum == nil && codeOperand < 0 {
		return nil, false
	}
	a := application{call: call, sum: sum, values: operands(c)}
	a.args = make([]value, len(a.values))
	for i, v := range a.values {
		a.args[i] = r.eval(st, v)
	}
	if embedded != "" {
		if x := deeper(a.args[0], embedded); x != nil {
			a.args[0] = x
		}
	}
	if sum != nil {
		for _, res := range sum.Results {
			if res.From > 0 && r.probe(st, call, a.values[res.From-1], res.Index) {
				return st.alone(), true
			}
		}
	}
	r.concerns(st, &a)
	if codeOperand >= 0 && (a.param == nil || a.param.Role == Whole && r.isOuterCode(a.arg)) { // the parameter may have any type, and gets the code here
		switch code := r.engine.ofCode(c, codeOperand); {
		case code == nil:
		case code.bottom:
			return nil, true
		default:
			a.sum = code
			r.concerns(st, &a)
		}
	}
	switch p := a.param; {
	case p != nil && p.Role == Whole && r.isOuterCode(a.arg) && p.does(KeepsCode), r.decidesByOthers(st, a.values, a.args, a.at):
		return nil, false
	case p == nil:
		return r.applyEntry(st, call, a.sum, a.args)
	case c.IsInvoke() && a.at == 0 && r.anonymous():
		return nil, false
	case p.Role == Target:
		r.overwrite(st)
		return nil, false
	}
	return r.outcomes(st, &a), true
}

// outcomes simulates a call that concerns the response value. It gives a state for each way in which the call can go.
func (r *run) outcomes(st *state, a *application) (sts []*state) {
	p, call := a.param, a.call
	r.items.others = true
	for i, x := range a.args {
		if i != a.at && i != p.Callback {
			r.handOn(st, x, call.Pos())
		}
	}
	st.clobber()
	by := reading{call, r.posOf(call)}
	if p.Role == Code {
		r.addNamesOf(p)
	}
	if holds, fails, ok := p.predicate(call); ok && st.obj.live() && p.Role != Bytes {
		st.set(call, r.listed(call, holds, fails, call, by.pos))
		return st.alone()
	}
	for _, o := range p.Outcomes {
		out := st.clone()
		if p.does(Judges | KeepsCode) {
			out.obj.JudgedByProducer = true // the callee looks, if only on some paths
		}
		if p.Role == Bytes {
			r.beginShadow(out)
		}
		if !r.goes(out, o, p.Role, a.arg, by, call) {
			continue
		}
		if o.Does&Inspects != 0 && holds(a.arg.path, r.roles.detail) {
			r.inspectIn(out, a)
		}
		r.outcome(out, call, a.sum, o, p.Role, a.args)
		if !o.vague(p.Role) || !r.join(sts, out) {
			sts = append(sts, out)
		}
	}
	return sts
}

// inspectIn notes that a callee inspects entries, or calls a function with them that may do so.
func (r *run) inspectIn(st *state, a *application) {
	if i := a.param.Callback; i >= 0 {
		if err := r.callback(st, a.args[i]); err != nil {
			r.inspect(st)
		}
		return
	}
	direct := r.inspectsHere
	r.inspect(st)
	r.calleeInspects, r.inspectsHere = true, direct
}

// probe simulates a call that decodes the bytes of the response into another
// value, its i'th result: the two share their code.
func (r *run) probe(st *state, call *ssa.Call, data ssa.Value, i int) bool {
	if r.org.decode.data.root == nil || r.engine.trace(data).root != r.org.decode.data.root {
		return false
	}
	m := r.engine.codeAt(call.Call.Signature().Results().At(i).Type(), r.org.json())
	if m == nil || !r.org.agrees(m.JSON) {
		return false
	}
	r.beginShadow(st)
	if other := resultAt(call, i); other != nil {
		r.sharesDetail(st, other.Type(), other)
	}
	r.results(st, call, func(k int) value {
		if k == i {
			return st.boxed(call, k, pathOf(m.Path), member{r.roles.code})
		}
		return nil
	})
	return true
}

// sharesDetail hands on the detail if another value, of type t, is decoded from the same bytes and has it as well, and
// somebody looks at that value.
func (r *run) sharesDetail(st *state, t types.Type, other ssa.Value) {
	if r.cfg.HasDetailMember(t) && r.engine.consultedIn(other) {
		r.handOnDetail(st)
	}
}

// originResult gives the value of the call's result that has the response.
func (r *run) originResult(st *state, call *ssa.Call) value {
	if o := r.org.result(); o != nil && o.within != "" {
		return st.boxed(call, o.result, o.within, member{})
	}
	return member{}
}

// boxed gives the value of the call's i'th result, which holds x at path.
func (st *state) boxed(call *ssa.Call, i int, path string, x value) value {
	st.store(call, path, x)
	if gotype.IsPointer(call.Call.Signature().Results().At(i).Type()) {
		return pointer{call, ""}
	}
	return box{call, ""}
}

// anonymous reports whether the type of the response is not known here: then no method and no member of it is known
// either.
func (r *run) anonymous() bool { return r.roles.code == pathOf([]int{unreachable}) }

// concerns finds the operand by which the call concerns the response value.
func (r *run) concerns(st *state, a *application) {
	a.at, a.param, a.arg = -1, nil, member{}
	for i, x := range a.args {
		t := a.values[i].Type()
		if m, ok := r.memberBehind(st, x, t).(member); ok {
			if p := r.paramOf(a.sum, i, m, t); p != nil {
				a.at, a.param, a.arg = i, p, m
				return
			}
		}
		if p := a.sum.param(i, Bytes); p != nil && r.org.decode.data.root != nil && r.engine.trace(a.values[i]).root == r.org.decode.data.root && r.org.agrees(p.Member) {
			a.at, a.param, a.arg = i, p, member{nowhere}
			return
		}
	}
}

// memberBehind gives the member of the response that an operand of type t holds, or that the variable holds to which
// it points.
func (r *run) memberBehind(st *state, x value, t types.Type) value {
	to, ok := x.(pointer)
	if !ok {
		return x
	}
	v := st.load(to.block, to.path)
	if m := r.cfg.Code(t); is[box](v) && m != nil { // a probe, which shares its code with the response
		v = st.load(to.block, to.path+pathOf(m.Path))
		if !r.isOuterCode(v) {
			return nil
		}
	}
	return v
}

// paramOf gives what the summary says of the i'th parameter, which has type t and gets the member m of the response.
func (r *run) paramOf(sum *Summary, i int, m member, t types.Type) *Param {
	if p := sum.param(i, Code); p != nil && m.path == r.roles.code {
		return p
	}
	if p := sum.response(i); p != nil && r.hasCodeOf(m, t) {
		return p
	}
	if r.roles.signalled {
		return nil
	}
	if p := sum.param(i, Detail); p != nil && m.path == r.roles.detail {
		return p
	}
	if p := sum.param(i, Target); p != nil && m.path == "" {
		return p
	}
	return nil
}

// hasCodeOf reports whether the member a of the response, which has type t, contains the response's code. A function
// that gets a must take the same member for the code.
func (r *run) hasCodeOf(a member, t types.Type) bool {
	if r.roles.signalled {
		return a.path == ""
	}
	if !holds(a.path, r.roles.code) {
		return false
	}
	m := r.cfg.Code(t)
	return m == nil || a.path+pathOf(m.Path) == r.roles.code
}

// goes narrows st to the outcome. It reports whether the call can go that way.
func (r *run) goes(st *state, o Outcome, role Role, arg member, by reading, call *ssa.Call) bool {
	if o.Does&Judges != 0 {
		before := st.obj
		if !r.narrow(st, toSet(o.Codes), by) {
			return false
		}
		if role == Whole && (r.org.resp.Kind != recognize.Batch || holds(arg.path, r.roles.detail)) && (o.Signal != NoSignal || len(o.Bools)+len(o.Consts) == 0) {
			// If the callee returns an error, or nothing, the callee decides: its mistakes are reported there.
			st.obj.TaskLeft = before.TaskLeft
			if before.Judged == NotJudged {
				st.obj.Judged = NotJudged
			} else {
				st.obj.Decide, st.obj.Compare = before.Decide, before.Compare
			}
			st.obj.VerdictCall, st.obj.CalleeVerdict = call, o.Signal
			if o.Signal == NoSignal || r.engine.ignoresError(call) {
				st.obj.CalleeVerdict = Maybe // the callee has dealt with what it found
			}
		}
	}
	if !st.obj.live() {
		return true
	}
	switch {
	case o.vague(role) && call.Call.Signature().Results().Len() > 0:
		st.obj.computed = true
	case o.Does&KeepsCode != 0:
		st.obj.Handed |= HandedCode
	}
	if role == Bytes {
		st.obj.keepsDetail(o)
		return true
	}
	st.obj.NamedFailure = st.obj.NamedFailure || o.Does&NamesFailure != 0
	if holds(arg.path, r.roles.detail) {
		st.obj.keepsDetail(o)
		if o.Does&Touches != 0 {
			r.touch(st)
		}
		if o.Does&HasEntry != 0 {
			return r.assumeEntry(st)
		}
	}
	return true
}

// ignoresError reports whether nobody looks at the error that the call gives.
func (e *Engine) ignoresError(call *ssa.Call) bool {
	results := call.Call.Signature().Results()
	if results.Len() == 1 && e.cfg.ErrorResult(results, 0) {
		return len(*call.Referrers()) == 0
	}
	for _, ref := range *call.Referrers() {
		if x, ok := ref.(*ssa.Extract); ok && e.cfg.ErrorResult(results, x.Index) && len(*x.Referrers()) > 0 {
			return false
		}
	}
	return true
}

// outcome sets the registers of the call's results.
func (r *run) outcome(st *state, call *ssa.Call, sum *Summary, o Outcome, role Role, args []value) {
	results := call.Call.Signature().Results()
	bools := make(map[int]Bool)
	for i := range results.Len() {
		if IsBool(results.At(i).Type()) && len(bools) < len(o.Bools) {
			bools[i] = o.Bools[len(bools)]
		}
	}
	var open value
	if o.vague(role) {
		open = opaque
	}
	r.results(st, call, func(i int) value {
		if open == opaque && o.Does&Tests != 0 {
			return open
		}
		if res := sum.result(i); res != nil && res.Param >= 0 {
			a := args[res.Param]
			if p, ok := a.(pointer); ok {
				a = st.load(p.block, p.path)
			}
			if m, ok := a.(member); ok {
				return deeper(m, res.Path)
			}
		}
		if r.cfg.ErrorResult(results, i) {
			switch o.Signal {
			case Success:
				return isNil
			case Maybe:
				return mayBeNil
			case Failure:
				return verdict
			}
			return open
		}
		if i < len(o.Consts) && o.Consts[i] != "" {
			return constVal{o.Consts[i]}
		}
		if _, table := results.At(i).Type().Underlying().(*types.Map); i < len(o.Sizes) && o.Sizes[i] != AnySize && !(table && role == Code) {
			return o.Sizes[i].value(results.At(i).Type())
		}
		switch bools[i] {
		case True:
			return isTrue
		case False:
			return isFalse
		}
		if t := results.At(i).Type(); o.Does&Judges != 0 && st.obj.live() && r.mayTell(t, role) {
			return opaque // what the callee has found, such as judge(code).failed
		}
		return open
	})
}

// mayTell reports whether a result of the type may say what a callee has found out about a code or a response,
// although the summary doesn't: a struct, a pointer, a list or a function. A text that is made of a response is only a
// message.
func (r *run) mayTell(t types.Type, role Role) bool {
	if r.cfg.Response(t) != nil || r.cfg.Entry(t) != nil || IsError(t) {
		return false
	}
	switch t.Underlying().(type) {
	case *types.Basic:
		return role == Code && !IsBool(t)
	case *types.Slice:
		return role == Code
	}
	return role == Code || role.hasCode()
}

// applyEntry simulates a call that gets an entry or an entry's code. The callee's result is another form of the code:
// its use inspects.
func (r *run) applyEntry(st *state, call *ssa.Call, sum *Summary, args []value) ([]*state, bool) {
	at := slices.IndexFunc(args, is[entry])
	if at < 0 || r.roles.opaque || r.inMain() {
		return nil, false
	}
	arg := args[at].(entry)
	role := Whole
	if arg.path != "" && arg.path == r.roles.entryCode {
		role = Code
	}
	p := sum.param(at, role)
	if role == Whole {
		p = sum.response(at)
	}
	if p == nil || p.does(KeepsCode|KeepsDetail) {
		return nil, false
	}
	for i, a := range args {
		if i != at {
			r.handOn(st, a, call.Pos())
		}
	}
	st.clobber()
	results := call.Call.Signature().Results()
	judges := p.does(Judges)
	tells := false // a result such as a struct says what the callee has found
	for v := range results.Variables() {
		tells = tells || r.mayTell(v.Type(), Code) && !isNumber(v.Type()) && !isBytes(v.Type())
	}
	if judges && (results.Len() == 0 || tells) {
		r.inspect(st)
	} else {
		r.touch(st)
	}
	r.results(st, call, func(i int) value {
		switch res := sum.result(i); {
		case res != nil && res.Param == at:
			return deeper(arg, res.Path)
		case judges:
			return entry{path: r.roles.entryCode}
		}
		return nil
	})
	return st.alone(), true
}

// inMain reports whether a person reads what the function prints.
func (r *run) inMain() bool { return r.fn.Pkg != nil && r.fn.Pkg.Pkg.Name() == "main" }

// callback follows a function that the callee calls with entries. That function decides whether they are inspected.
func (r *run) callback(st *state, f value) error {
	if !r.inlinable(f) {
		if fn := functionOf(f); fn != nil && r.ignores(fn) {
			r.touch(st)
		} else {
			r.inspect(st)
		}
		return nil
	}
	fn := functionOf(f)
	probe := st.clone()
	args := make([]value, len(fn.Params))
	for i, p := range fn.Params {
		if r.isEntryType(p.Type()) {
			args[i] = entry{}
		}
	}
	results, err := r.enter(probe, f, args)
	if err != nil {
		return err
	}
	for _, res := range results {
		if res.st.obj.Detail == Inspected {
			r.inspect(st)
			return nil
		}
	}
	r.touch(st)
	return nil
}

// ignores reports whether a declared function is known to do nothing with an
// entry's code.
func (r *run) ignores(fn *ssa.Function) bool {
	sum := r.engine.summaryOfFunc(fn)
	known := !r.inMain()
	for i, p := range fn.Params {
		if r.isEntryType(p.Type()) {
			does := sum.response(i)
			known = known && does != nil && !does.does(Judges|KeepsCode|KeepsDetail)
		}
	}
	return known && fn.Signature.Results().Len() == 0
}

func (r *run) isEntryType(t types.Type) bool {
	d := r.org.resp.Detail
	return d != nil && d.Entry != nil && isElement(d.Entry.Type, t)
}

// keepsDetail notes that the detail is handed on, if the outcome says so.
func (p *Properties) keepsDetail(o Outcome) {
	if o.Does&KeepsDetail != 0 {
		p.Handed |= HandedDetail
	}
}
