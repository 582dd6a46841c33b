package typestate

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynccheck/asynccheck/internal/gotype"
	"github.com/asynccheck/asynccheck/internal/library"
	"github.com/asynccheck/asynccheck/internal/recognize"
)

// findParam adds a site if a parameter is a response, or a response's bytes. Bytes matter for summaries alone. A code
// parameter is analysed when a code flows into it.
func (f *finder) findParam(p *ssa.Parameter) {
	if resp := f.received(p.Type()); resp != nil {
		f.add(site{at: &paramOrigin{param: p}, kind: Parameter, resp: resp, pos: p.Pos()})
		return
	}
	c := f.cfg.Contracts[0] // nothing tells whose it is
	if resp := f.cfg.Entry(p.Type()); resp != nil && !IsError(p.Type()) {
		f.add(site{at: &paramOrigin{param: p}, kind: EntryOf, resp: resp, pos: p.Pos()})
		return
	}
	if d := f.cfg.Entries(p.Type()); d != nil {
		const at = 0
		resp := anyResponse(c, p.Type(), unreachable)
		resp.Kind, resp.Detail = recognize.Batch, d
		d.Path, d.Inner = []int{at}, nil
		f.add(site{at: &paramOrigin{p, Detail, pathOf(d.Path)}, kind: Parameter, resp: resp, pos: p.Pos(), quiet: true})
		return
	}
	if resp := f.cfg.Base(p.Type()); resp != nil {
		f.add(site{at: &paramOrigin{param: p, role: Base}, kind: Parameter, resp: resp, pos: p.Pos(), quiet: true})
		return
	}
	if isTypeParam(p.Type()) && !isNumber(p.Type()) {
		f.add(site{at: &paramOrigin{param: p}, kind: Parameter, resp: anyResponse(c, p.Type(), unreachable), pos: p.Pos(), quiet: true})
		return
	}
	if isBytes(p.Type()) || isReader(p.Type()) || isResponse(p.Type()) {
		src := source{root: p}
		if f.engine.looksInto(f.fn, src) {
			s := f.add(site{
				at: &paramOrigin{p, Bytes, nowhere}, kind: Parameter, resp: anyResponse(c, p.Type(), 0), pos: p.Pos(), quiet: true,
			})
			s.decode = f.sharing(nil, f.fn, src, "")
		}
	}
}

// findCall finds the responses that a call returns or fills.
func (f *finder) findCall(call *ssa.Call) {
	c := call.Common()
	if _, ok := c.Value.(*ssa.Builtin); ok {
		return
	}
	if fn := f.engine.tail(c); fn != nil {
		f.findTail(call, fn)
		return
	}
	results := c.Signature().Results()
	errAt := f.cfg.errorAt(results)
	var sum *Summary
	if f.engine.effect(calleeOf(c)) == nothing {
		sum = f.engine.summaryOf(c)
	}
	for i := range results.Len() {
		f.findResult(call, sum, i, errAt)
	}
	switch f.engine.effectOf(c) {
	case library.Decodes:
		f.findDecode(call, errAt)
		return
	case library.Prints, library.Formats, library.MakesError, library.JoinsErrors, library.TestsError, library.WrapsNil, library.Encodes, library.EncodesTo:
		return
	}
	callee := calleeOf(c)
	if callee != nil && (f.engine.printerWrapper(callee) || f.engine.is(library.DecodesRequest, callee)) {
		return
	}
	first := firstArg(c)
	targets := 0
	for i, a := range c.Args {
		t := stripInterface(a).Type()
		if sum.param(first+i, Target) != nil || gotype.IsPointer(t) && f.cfg.Code(t) != nil {
			targets++
		}
	}
	if sum != nil && targets > 1 {
		return // they may have the same bytes: a look at one may stand for the other
	}
	for i, a := range c.Args {
		helps := sum.response(first+i) != nil || f.engine.destinationOfParam(f.engine.callee(c), first+i) == toPrinters
		f.findTarget(call, stripInterface(a), sum.param(first+i, Target), helps, errAt)
	}
}

// findResult finds a response in the call's i'th result.
func (f *finder) findResult(call *ssa.Call, sum *Summary, i, errAt int) {
	c := call.Common()
	t := c.Signature().Results().At(i).Type()
	if data, at := f.engine.decodedResult(c); data != nil && at == i {
		f.findDecodedResult(call, data, i, errAt)
		return
	}
	resp := f.received(t)
	if called := f.called(c); called != nil && called.Result == i {
		f.findSignalled(call, called, errAt)
		return
	}
	if resp != nil && f.cfg.ErrorResult(c.Signature().Results(), i) {
		return
	}
	if resp == nil && isTypeParam(t) {
		resp = anyResponse(f.cfg.Contracts[0], t, unreachable)
	}
	res := sum.result(i)
	var dynamic types.Type
	if resp == nil && res != nil && res.Type != "" {
		if dynamic = f.engine.typeNamed(f.fn, res.Type); dynamic != nil {
			resp = f.received(dynamic)
		}
	}
	var hidden *Hidden
	if resp == nil && res != nil && res.Hidden != nil {
		hidden, resp = res.Hidden, res.Hidden.response(f.cfg.Contracts, t)
	}
	within := ""
	switch {
	case resp != nil || res == nil:
	case res.Signal != nil:
		resp = res.Signal.response(f.cfg.Contracts, t)
	case res.Within != "":
		resp, within = f.memberOf(t, res.Within), res.Within
	}
	if resp == nil || res != nil && res.Param >= 0 {
		return
	}
	s := f.add(site{
		at: &resultOrigin{call: call, result: i, err: errAt, within: within}, kind: Returned, resp: resp, pos: call.Pos(), quiet: isTypeParam(t),
		iface: iface{dynamic, hidden},
	})
	s.unchecked = f.cfg.Strict && sum == nil && !fakes(f.engine.callee(c), t)
	if res != nil && res.Nil.Known && s.agrees(res.Member) {
		// A function that ignores the error owes as much as if nobody had looked.
		s.calleeSays.delivered = res.Nil
		if s.calleeSays.callee = calleeOf(c); !f.hasBytes(call) && !s.getsPartial() {
			s.calleeSays.rejects = res.Rejects
		}
		s.unchecked = (res.Nil.Unchecked || errAt >= 0 && resp.Contract.ByMembers()) && f.unseen(s, call, res.From)
	}
	if f.cfg.checks(c) || within != "" && used(resultAt(call, i)) && f.engine.unread(s) {
		f.vouch(s)
	}
	if data, _, ok := f.engine.decoderArgs(c); ok {
		s.unchecked = s.unchecked || f.engine.provenance(data).raw
	}
	s.flagged(call, errAt)
}

// fakes reports whether the function has a variable of the type, or of what it points to. With nothing to say of where the
// result comes from, the function builds it, as a fake does.
func fakes(fn *ssa.Function, t types.Type) bool {
	if fn == nil {
		return false
	}
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if v, ok := instr.(*ssa.Alloc); ok && types.Identical(gotype.Deref(v.Type()), gotype.Deref(t)) {
				return true
			}
		}
	}
	return false
}

// flagged takes a bool that the call gives instead of an error for a flag: it says whether there is a value.
func (s *site) flagged(call *ssa.Call, errAt int) {
	results := call.Call.Signature().Results()
	if n := results.Len(); errAt < 0 && n > 0 && n <= 2 && IsBool(results.At(n-1).Type()) {
		s.flag = flag{call, n - 1}
	}
}

// findDecode finds the responses that a call of a known decoder fills.
func (f *finder) findDecode(call *ssa.Call, errAt int) {
	data, target, ok := f.engine.decoderArgs(call.Common())
	if !ok {
		return
	}
	p := f.engine.provenance(data)
	if p.inbound {
		return
	}
	var sites []*site
	switch v := f.engine.resolve(stripInterface(target)).(type) {
	case *ssa.Parameter:
		sites = []*site{f.add(f.filling(v, call, errAt))}
	default:
		if !isField(v) {
			sites = f.fill(call, v, Decoded, errAt)
		}
	}
	if v, ok := stripInterface(target).(*ssa.Alloc); ok && f.returns(v, p, sites) {
		at := &filledOrigin{call: call, ptr: v, err: errAt}
		sites = append(sites, f.add(site{at: at, kind: Decoded, resp: anyResponse(f.cfg.Contracts[0], v.Type(), unreachable), pos: call.Pos(), quiet: true}))
	}
	for _, s := range sites {
		f.decoded(s, call, p)
		s.flagged(call, errAt)
	}
}

// findDecodedResult finds the responses in the i'th result of a call, which it has decoded from the bytes.
func (f *finder) findDecodedResult(call *ssa.Call, data ssa.Value, i, errAt int) {
	p := f.engine.provenance(data)
	if p.inbound {
		return
	}
	f.within(call.Call.Signature().Results().At(i).Type(), func(resp *recognize.Response, path string) {
		at := &resultOrigin{call: call, result: i, err: errAt, within: path, plain: true}
		s := f.add(site{at: at, kind: Returned, resp: resp, pos: call.Pos(), quiet: isTypeParam(resp.Type)})
		f.decoded(s, call, p)
		s.flagged(call, errAt)
	})
}

// returns reports whether the function may return what it has decoded from its caller's bytes into
// the variable, which is not known to be a response: the caller may know what it is, or what is in it.
func (f *finder) returns(v *ssa.Alloc, p source, sites []*site) bool {
	if _, given := p.root.(*ssa.Parameter); !given || slices.ContainsFunc(sites, func(s *site) bool { return s.target().path == "" }) {
		return false
	}
	for result := range f.fn.Signature.Results().Variables() {
		if t := result.Type(); types.Identical(t, v.Type()) || types.Identical(t, gotype.Deref(v.Type())) {
			return true
		}
	}
	return false
}

// decoded notes where the bytes come from that the call decodes into the response.
func (f *finder) decoded(s *site, call *ssa.Call, p source) {
	s.raw = p.raw && !f.engine.judgedElsewhere(call, p)
	s.unchecked = s.raw || f.cfg.Strict
	if decodesItself(s.resp.Type) {
		s.unchecked = false
		s.calleeSays.delivered = Delivered{Known: true, Codes: s.codes.Bounds()}
	}
	if f.engine.unread(s) {
		s.unchecked = false
	}
	s.decode = f.sharing(call, call.Parent(), p, s.resp.Code.JSON)
}

// unseen reports whether, as far as known, only the callee looks into the bytes from which it decodes the response.
// They are its own, or the argument of its parameter from-1.
func (f *finder) unseen(s *site, call *ssa.Call, from int) bool {
	if from == 0 {
		return true
	}
	data := argument(call.Common(), from-1)
	if data == nil {
		return false
	}
	p := f.engine.provenance(data)
	s.decode.data = p
	return f.cfg.Strict || p.raw && !p.inbound && !f.engine.judgedElsewhere(call, p)
}

// decodesItself reports whether values of the type have their own method for
// decoding, which may look at the code and has an error result.
func decodesItself(t types.Type) bool {
	for _, name := range library.DecodesItself {
		if obj, _, _ := types.LookupFieldOrMethod(t, true, nil, name); obj != nil {
			return true
		}
	}
	return false
}

// isField reports whether v points into memory of somebody else.
func isField(v ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.IndexAddr, *ssa.Global, *ssa.FreeVar:
		return true
	case *ssa.FieldAddr: // of a local struct, perhaps
		_, local := base(v).(*ssa.Alloc)
		return !local
	case *ssa.UnOp:
		return isField(v.X)
	}
	return false
}

// filling gives the site of a call that fills the caller's memory.
func (f *finder) filling(p *ssa.Parameter, call *ssa.Call, errAt int) site {
	resp := f.byMembers(p.Type())
	if resp == nil {
		resp = anyResponse(f.cfg.Contracts[0], p.Type(), unreachable)
	}
	return site{at: &filledOrigin{call: call, ptr: p, err: errAt, caller: p}, kind: Filled, resp: resp, pos: call.Pos(), quiet: true}
}

// findTarget finds the responses in the variable that a call gets the address of: the call may fill the variable, and
// its summary may say how.
func (f *finder) findTarget(call *ssa.Call, arg ssa.Value, fill *Param, helps bool, errAt int) {
	var sites []*site
	switch v := f.engine.resolve(arg).(type) {
	case *ssa.Alloc:
		if fill != nil || !helps && f.fresh(v, call) {
			sites = f.fill(call, v, Filled, errAt)
		}
	case *ssa.Parameter:
		if fill != nil {
			sites = []*site{f.add(f.filling(v, call, errAt))}
		}
	default:
		if f.received(arg.Type()) != nil && fill != nil && !isField(arg) {
			sites = f.fill(call, arg, Filled, errAt)
		}
	}
	for _, s := range sites {
		if f.cfg.checks(call.Common()) {
			f.vouch(s)
			continue
		}
		s.unchecked = f.cfg.Strict && fill == nil && !f.engine.unread(s)
		if fill != nil && s.target().path == "" && s.agrees(fill.Member) {
			s.calleeSays.delivered = fill.Fill
			s.unchecked = (fill.Fill.Unchecked || errAt >= 0) && f.unseen(s, call, fill.From)
			if fill.Fill.Unchecked {
				s.flagged(call, errAt)
			}
			if s.calleeSays.callee = calleeOf(call.Common()); s.calleeSays.callee != nil && !f.hasBytes(call) && !s.getsPartial() {
				s.calleeSays.rejects = fill.Rejects
			}
		}
	}
}

// vouch takes the word of the callee for the code of the response: nothing is
// owed here, and callers get a response that has been checked.
func (f *finder) vouch(s *site) {
	s.quiet, s.unchecked = true, false
	s.calleeSays.delivered = Delivered{Known: true, Codes: s.resp.Contract.Code().Clean.Bounds()}
}

// hasBytes reports whether the function also decodes the bytes that it gives to the call: then it can read the detail
// itself.
func (f *finder) hasBytes(call *ssa.Call) bool {
	for _, a := range call.Call.Args {
		if !isBytes(a.Type()) {
			continue
		}
		if p := f.engine.trace(a); p.root != nil && len(f.engine.decodesOf(call.Parent(), p)) > 0 {
			return true
		}
	}
	return false
}

// resolve gives what v stands for. A variable that only holds a parameter or one pointer stands for that, and a
// parameter of a tail stands for the owner's argument.
func (e *Engine) resolve(v ssa.Value) ssa.Value {
	if a := e.argument(v); a != nil {
		return e.resolve(stripInterface(a))
	}
	if a, ok := v.(*ssa.Alloc); ok {
		if p, ok := onlyStore(a).(*ssa.Parameter); ok {
			return e.ownParameter(p)
		}
	}
	if u, ok := v.(*ssa.UnOp); ok {
		addr := u.X
		for a := e.argument(addr); a != nil; a = e.argument(addr) {
			addr = a
		}
		if a, ok := addr.(*ssa.Alloc); ok {
			switch p := onlyStore(a).(type) {
			case *ssa.Parameter:
				return e.ownParameter(p)
			case *ssa.Alloc:
				return p
			}
		}
	}
	return v
}

func (e *Engine) ownParameter(p *ssa.Parameter) ssa.Value {
	if e.argument(p) != nil {
		return e.resolve(p)
	}
	return p
}

func isTypeParam(t types.Type) bool {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	_, ok := types.Unalias(t).(*types.TypeParam)
	return ok
}
