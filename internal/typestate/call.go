package typestate

import (
	"go/types"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/asynccheck/asynccheck/internal/gotype"
	"github.com/asynccheck/asynccheck/internal/library"
)

// call simulates a call. A closure called in place may give several states.
func (r *run) call(st *state, call *ssa.Call) ([]*state, error) {
	defer r.dropVariadic(st, call.Call.Args)
	if sts, ok, err := r.followed(st, call); ok {
		return sts, err
	}
	if k := r.engine.effect(calleeOf(call.Common())); r.onlyPrints(call) {
		// to print a failure is not enough
	} else if k != library.Iterates && k != library.IteratesKeys && !r.engine.builds(call.Common()) {
		r.act(st)
	}
	if r.org.call() == call {
		r.handOnArguments(st, call)
		r.originate(st, call)
		return st.alone(), nil
	}
	if r.engine.effectOf(call.Common()) == nothing {
		if sts, ok := r.apply(st, call); ok {
			return sts, nil
		}
	}
	if data, i := r.engine.decodedResult(call.Common()); data == nil || !r.probe(st, call, data, i) {
		r.transferred(st, call)
	}
	return st.alone(), nil
}

// followed simulates a call whose callee is followed in place, or whose result is a test of an argument. It is not ok
// for any other call.
func (r *run) followed(st *state, call *ssa.Call) (sts []*state, ok bool, err error) {
	if b, ok := call.Call.Value.(*ssa.Builtin); ok {
		st.set(call, r.builtin(st, b.Name(), call))
		return st.alone(), true, nil
	}
	if fn := r.engine.tail(call.Common()); fn != nil {
		sts, err = r.follow(st, call, fn)
		return sts, true, err
	}
	if yield, body := yieldOf(call); yield != nil && len(r.stack)-r.home() <= maxInline {
		sts, err = r.rangeFunc(st, call, yield, body)
		return sts, true, err
	}
	if v, ok := r.accessed(st, call); ok {
		st.set(call, v)
		return st.alone(), true, nil
	}
	if v, ok := r.contains(st, call); ok {
		st.set(call, v)
		return st.alone(), true, nil
	}
	if sts, ok, err := r.followPredicate(st, call); ok {
		return sts, true, err
	}
	if v, ok := r.numbered(st, call); ok {
		st.set(call, v)
		return st.alone(), true, nil
	}
	if fn := r.eval(st, call.Call.Value); !call.Call.IsInvoke() && r.inlinable(fn) && !(r.org.call() == call && isBound(functionOf(fn))) {
		sts, err = r.inline(st, fn, call.Call.Args, call)
		return sts, true, err
	}
	return nil, false, nil
}

// transferred simulates the call of a function that is not followed, and whose summary doesn't say what it does to the
// response.
func (r *run) transferred(st *state, call *ssa.Call) {
	wrapped := r.wrapped(st, call.Common())
	v := r.transfer(st, call.Common(), call)
	if r.yields(st, call) {
		st.set(call, test{loopLeft, true})
		return
	}
	results := call.Call.Signature().Results()
	var sum *Summary
	if n := results.Len(); n > 0 && r.cfg.ErrorResult(results, n-1) {
		sum = r.engine.summaryOf(call.Common())
	}
	r.results(st, call, func(i int) value {
		isErr := r.cfg.ErrorResult(results, i)
		if res := sum.result(i); res != nil && res.NonNil {
			return nonNil
		}
		if isErr && (is[member](v) || is[entry](v)) && !(r.roles.signalled && results.Len() == 1) { // a wrapped signal is one
			v = nil
		}
		switch {
		case v != nil || !isErr:
			return v
		case wrapped != nil:
			return wrapped
		case r.engine.givesNil(call.Common(), i), r.takesTask(st, call.Common()):
			return mayBeNil
		}
		return nil
	})
}

// originate simulates the call that gives the value, or fills the variable with it.
func (r *run) originate(st *state, call *ssa.Call) {
	at := r.targeted(st)
	if st.obj.phase != shadow {
		r.carryInto(st, call, at)
		r.restart(st, call)
	}
	to, known := at.(pointer)
	shared := known && (st.escaped(to.block) || r.targetPassedTwice(st, call, to) || st.linked(to))
	r.transfer(st, call.Common(), call)
	if st.obj.phase == shadow {
		st.obj.phase = owed // another decode has told the code
	} else {
		r.begin(st)
	}
	if r.org.errAt() < 0 {
		r.narrowDelivered(st)
	}
	if r.bytesKept {
		r.handOn(st, rawBytes, call.Pos())
	}
	r.keepBytes(st, call.Common())
	r.fill(st, call, at, shared)
	result := r.org.result()
	r.results(st, call, func(i int) value {
		switch {
		case result != nil && i == result.result:
			return r.originResult(st, call)
		case i == r.org.errAt():
			return originError
		}
		return nil
	})
	r.flag(st)
}

// targetPassedTwice reports whether the call that fills the value also gets it by another argument, such as a pointer
// to its code or a method value. The callee may look at the value by that argument.
func (r *run) targetPassedTwice(st *state, call *ssa.Call, at pointer) bool {
	seen := false
	for _, a := range call.Call.Args {
		switch x := r.eval(st, a); {
		case x == value(at) || stripInterface(a) == r.org.target().ptr:
			if seen {
				return true
			}
			seen = true
		case st.leads(x, at.block):
			return true
		}
	}
	return false
}

// base gives the pointer that v comes from: v is the address of a member, or what is loaded from there.
func base(v ssa.Value) ssa.Value {
	for {
		switch x := v.(type) {
		case *ssa.FieldAddr:
			v = x.X
		case *ssa.UnOp:
			v = x.X
		default:
			return v
		}
	}
}

// dropVariadic forgets the array that was made for the call's variadic arguments.
func (r *run) dropVariadic(st *state, args []ssa.Value) {
	if len(args) == 0 {
		return
	}
	if last := args[len(args)-1]; isVariadic(last) {
		st.forget(last.(*ssa.Slice).X, "")
		st.set(last, nil)
	}
}

// isVariadic reports whether v is made of variadic arguments.
func isVariadic(v ssa.Value) bool {
	s, ok := v.(*ssa.Slice)
	if !ok {
		return false
	}
	a, ok := s.X.(*ssa.Alloc)
	return ok && isArguments(a) && !s.Pos().IsValid() // with a position it is a slice of a variable
}

// keepBytes notes which registers hold the bytes that the response was decoded from.
func (r *run) keepBytes(st *state, c *ssa.CallCommon) {
	data, _, ok := r.engine.decoderArgs(c)
	for ok && isBytes(data.Type()) {
		if _, constant := data.(*ssa.Const); constant {
			return
		}
		st.set(data, rawBytes)
		switch v := data.(type) {
		case *ssa.Convert:
			data = v.X
		case *ssa.ChangeType:
			data = v.X
		case *ssa.Slice:
			data = v.X
		default:
			return
		}
	}
}

// results sets the registers that hold the call's results.
func (r *run) results(st *state, call *ssa.Call, of func(i int) value) {
	set := func(reg ssa.Value, x value) {
		if x == nil {
			x = r.pointed(reg)
		}
		st.set(reg, x)
	}
	if t, ok := call.Type().(*types.Tuple); !ok {
		set(call, of(0))
		return
	} else if t.Len() == 0 {
		return
	}
	for _, ref := range *call.Referrers() {
		if e, ok := ref.(*ssa.Extract); ok {
			set(e, of(e.Index))
		}
	}
}

func (r *run) builtin(st *state, name string, call *ssa.Call) value {
	args := call.Call.Args
	switch name {
	case "len", "cap":
		switch x := r.eval(st, args[0]); {
		case r.roles.signalled && is[member](x):
			return r.lengthOf(st, x.(member), call)
		case r.isDetail(x):
			r.touch(st)
			return entryCount
		case is[entry](x):
			r.touch(st)
		case hasSome(x):
			return positive
		case x == isNil, is[collected](x):
			return constVal{"0"}
		case r.evaluates(x):
			return r.opaqueOf(st, call, x)
		case is[pointer](x):
			if n, ok := elements(x); ok {
				return constVal{strconv.FormatInt(n, 10)}
			}
		case x == nil:
			return r.elsewhere(st, placeOfKind(args[0]))
		case x == noted:
			return x
		}
	case "print", "println":
		r.act(st)
		for _, a := range args {
			r.print(st, r.eval(st, a))
		}
	case "append", "copy":
		r.act(st)
		if made := r.failureListOf(r.flow.loopOf(call.Block())); made != nil && made.add == call && r.eval(st, made.list) == value(member{r.roles.code}) {
			return member{r.roles.code} // one more failure is in the list
		}
		for _, a := range args {
			r.put(st, r.eval(st, a), call, call.Pos())
		}
		if name == "append" && (hasSome(r.eval(st, args[0])) || isVariadic(args[1])) {
			return collected{some: true}
		}
	case "delete", "clear":
		if len(args) == 2 {
			r.handOnKey(st, r.eval(st, args[1]), call.Pos())
		}
		if m, ok := r.eval(st, args[0]).(collected); ok && m.made != nil {
			st.forgetSize(m.made)
		}
	case "min", "max", "complex":
		var few [4]value
		xs := few[:0]
		for _, a := range args {
			xs = append(xs, r.eval(st, a))
		}
		return r.opaqueOf(st, call, xs...)
	}
	return nil
}

// passes reports whether the function hands entries to its parameter p, a function value, and to no other. Then that
// function decides whether they are inspected.
func (r *run) passes(p *ssa.Parameter, args []value) bool {
	if p.Parent() != r.fn || r.org.param() == nil || r.callbackParam != nil && r.callbackParam != p {
		return false
	}
	return slices.ContainsFunc(args, is[entry])
}

// clobber forgets what variables hold that an unknown callee can write.
func (st *state) clobber() {
	st.mem.deleteFunc(func(c cell, _ value) bool {
		return c.path != escape && st.mem.has(cell{c.block, escape})
	})
}

// decode simulates a call of a known decoder: the variable that it fills loses its old content. Detail that is decoded
// further is inspected there.
func (r *run) decode(st *state, c *ssa.CallCommon, args []value) {
	_, target, ok := r.engine.decoderArgs(c)
	into := types.Type(nil)
	if ok {
		into = gotype.Deref(stripInterface(target).Type())
	} else if data, i := r.engine.decodedResult(c); data != nil {
		into = gotype.Deref(c.Signature().Results().At(i).Type())
	} else {
		return
	}
	for _, v := range args {
		if m, ok := v.(member); ok && m.path != "" && m.path != nowhere {
			r.handOn(st, v, c.Pos())
		}
		if _, shared := r.org.shared(c); v == rawBytes && !shared && (r.org.call() == nil || c != r.org.call().Common()) && r.tells(into) {
			r.handOn(st, v, c.Pos()) // decoded again, into something else
		}
	}
	r.handOnAside(st, c, args)
	if !ok {
		return
	}
	switch t := r.eval(st, stripInterface(target)).(type) {
	case pointer:
		t = st.follow(t)
		st.forget(t.block, t.path)
		if a, ok := r.org.shared(c); ok {
			// Another decode of the bytes that give the response: they
			// share the code.
			r.beginShadow(st)
			r.sharesDetail(st, into, stripInterface(target))
			st.store(t.block, t.path+a, member{r.roles.code})
		}
	case member:
		if holds(t.path, r.roles.code) || holds(t.path, r.roles.detail) {
			r.overwrite(st)
		}
	}
}

// tells reports whether what is decoded into can tell anything of the answer's outcome. A struct with
// neither a code nor a detail can't, such as one for the errors of another API's version.
func (r *run) tells(t types.Type) bool {
	_, plain := t.Underlying().(*types.Struct)
	return !plain || r.cfg.Code(t) != nil || r.cfg.HasDetailMember(t)
}

// formatted gives the value of a text made of the values. A text with the task ID still counts as the task ID. A text
// with the code can decide branches as the code does.
func (r *run) formatted(st *state, args []value) value {
	var out value
	for _, a := range args {
		vs := []value{a}
		if is[pointer](a) {
			vs = st.below(a)
		}
		for _, v := range vs {
			m, ok := v.(member)
			switch {
			case r.roles.signalled:
				if v == number || v == told || ok && r.consults(m.path) {
					out = told // whoever gets the text is told
				}
			case r.isTask(v):
				return v
			case v == codeText, v == opaque, ok && holds(m.path, r.roles.code):
				out = codeText
			}
		}
	}
	return out
}

// variadic gives the variadic arguments of a call.
func variadic(c *ssa.CallCommon) []ssa.Value {
	if len(c.Args) == 0 {
		return nil
	}
	s, ok := c.Args[len(c.Args)-1].(*ssa.Slice)
	if !ok {
		return nil
	}
	var args []ssa.Value
	for _, ref := range referrers(s.X) {
		if at, ok := ref.(*ssa.IndexAddr); ok {
			for _, use := range referrers(at) {
				if store, ok := use.(*ssa.Store); ok && store.Addr == at {
					args = append(args, store.Val)
				}
			}
		}
	}
	return args
}

// wrapsError reports whether the format of a call to fmt.Errorf has a %w.
// A format that is not a constant may have one.
func wrapsError(c *ssa.CallCommon) bool {
	for _, a := range c.Args {
		if types.Identical(a.Type().Underlying(), types.Typ[types.String]) {
			s, ok := stringOf(a)
			return !ok || strings.Contains(s, "%w")
		}
	}
	return true
}
