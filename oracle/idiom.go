package oracle

// idiom gives a handler as people write it: correct at first, then with none, one or two of people's mistakes.
func (g *generator) idiom() {
	p := g.p
	p.Sig = Sig(g.weighted(40, 8, 4, 8, 10, 10, 4, 6, 4, 0))
	p.Origin = Origin(g.weighted(40, 8, 16, 10, 14, 12, 8))
	p.Probe = g.probe()
	if p.Sig == SigBool && p.Origin == Given {
		p.Sig = SigErr
	}
	sc := scope{resp: true, copied: g.chance(10), ret: retHandler}
	if p.Shape.Batch {
		g.batch(sc)
	} else {
		g.single(sc)
	}
	p.prune()
	for range g.weighted(45, 40, 15) {
		if ms := Mutants(p); len(ms) > 0 {
			*p = *pick(g.Rand, ms...).Program
		}
	}
}

// fail gives a return that signals failure.
func (g *generator) fail(sc scope) *Stmt {
	s := g.ret(sc, false)
	if !g.p.Sig.HasErr() {
		s.Val = &Val{}
	}
	return s
}

// succeed gives a return that signals success.
func (g *generator) succeed(sc scope) *Stmt {
	s := g.ret(sc, true)
	s.Err = &Err{Op: Nil}
	if g.p.Sig == SigBool || g.p.Sig == SigBoolErr {
		s.Val = &Val{Op: One}
	}
	return s
}

// failed gives a condition that holds for every failure. It is the handler's own comparison or a question to a helper.
func (g *generator) failed(sc scope) *Cond {
	ref := Outer
	if sc.copied {
		ref = Copied
	}
	c := &Cond{Op: Cmp, Ref: ref, Rel: "!=", Flip: g.chance(6)}
	if g.chance(25) {
		kind := pick(g.Rand, CodeBool, CodeErr, RespBool, RespErr, MethodBool, MethodErr)
		if g.p.Shape.Batch && !kind.bool() && kind != CodeErr {
			kind = CodeErr // it would give a verdict without a look at the entries
		}
		in := Outer
		if kind == CodeBool || kind == CodeErr {
			in = Param
		}
		h := &Helper{Kind: kind}
		inner := &Cond{Op: Cmp, Ref: in, Rel: "!="}
		if kind.bool() {
			h.Final = &Stmt{Op: Return, Val: &Val{Op: Holds, Cond: inner}}
		} else {
			h.Body = []*Stmt{{Op: If, Cond: inner, Body: []*Stmt{{Op: Return, Err: &Err{Op: Sentinel, Var: "errFailed"}}}}}
			h.Final = &Stmt{Op: Return, Err: &Err{Op: Nil}}
		}
		g.p.Helpers = append(g.p.Helpers, h)
		c = &Cond{Op: Ask, Ref: Outer, Helper: len(g.p.Helpers) - 1}
	}
	if g.chance(12) { // a code that is tolerated
		c = &Cond{Op: And, L: c, R: &Cond{Op: Cmp, Ref: ref, Rel: "!=", K: 7001}}
	}
	return c
}

func (g *generator) single(sc scope) {
	p := g.p
	in := sc
	in.depth = 1
	var before []*Stmt
	if g.chance(20) {
		before = append(before, &Stmt{Op: Print, Args: []Arg{ArgCode}})
	}
	var use []*Stmt
	if g.chance(40) && p.Sig != SigBool && p.Sig != SigBoolErr {
		use = append(use, &Stmt{Op: Poll})
	}
	c := g.failed(sc)
	reaction := []*Stmt{g.fail(in)}
	if g.chance(20) {
		reaction = append([]*Stmt{{Op: Print, Args: []Arg{ArgMsg}}}, reaction...)
	}
	switch g.weighted(50, 20, 12, 10, 8) {
	case 0: // if failed { return err }; use; return nil
		p.Body = append(append(before, &Stmt{Op: If, Cond: c, Body: reaction}), use...)
		p.Final = g.succeed(sc)
	case 1: // switch
		p.Body = append(before, &Stmt{Op: Switch, Ref: Outer, Cases: []Case{{Values: g.good(), Body: append(use, g.succeed(in))}, {Values: []int{g.constant()}, Body: []*Stmt{g.fail(in)}}}})
		if p.Body[len(p.Body)-1].Cases[1].Values[0] == 7001 {
			p.Body[len(p.Body)-1].Cases[1].Values[0] = 4400
		}
		p.Final = g.fail(sc)
	case 2: // a variable holds the comparison
		p.Body = append(before, &Stmt{Op: SetBool, Var: "ok", Cond: &Cond{Op: Cmp, Ref: Outer, Rel: "=="}},
			&Stmt{Op: Print}, &Stmt{Op: If, Cond: &Cond{Op: Not, L: &Cond{Op: BoolVar, Var: "ok"}}, Body: reaction})
		p.Body = append(p.Body, use...)
		p.Final = g.succeed(sc)
	case 3: // an error variable
		p.Body = append(before, &Stmt{Op: If, Cond: c, Body: []*Stmt{{Op: SetErr, Var: "res", Err: &Err{Op: Errorf, Args: []Arg{ArgMsg, ArgCode}}}}})
		p.Final = g.succeed(sc)
		p.Final.Err = &Err{Op: VarErr, Var: "res"}
		if !p.Sig.HasErr() {
			p.Body = append(p.Body, &Stmt{Op: If, Cond: &Cond{Op: ErrVar, Var: "res"}, Body: reaction})
		}
	case 4: // success is inside the if
		p.Body = append(before, &Stmt{Op: If, Cond: &Cond{Op: Cmp, Ref: Outer, Rel: "=="}, Body: append(use, g.succeed(in))})
		p.Final = g.fail(sc)
	}
}

// good gives the values of a case that succeeds.
func (g *generator) good() []int {
	if g.chance(15) {
		return []int{0, 7001}
	}
	return []int{0}
}

func (g *generator) batch(sc scope) {
	p := g.p
	in := sc
	in.depth = 1
	loop := func() []*Stmt { return g.careful(in) }
	refused := &Cond{Op: And, L: g.failed(sc), R: &Cond{Op: Cmp, Ref: Outer, Rel: "!=", K: 5400}}
	if g.chance(60) {
		refused = &Cond{Op: And, L: refused, R: &Cond{Op: Cmp, Ref: Outer, Rel: "!=", K: 5100}}
	}
	weights := []int{35, 25, 20, 12, 8, 0}
	if p.Shape.keyed() {
		weights[5] = 12
	}
	switch g.weighted(weights...) {
	case 5: // one resource is asked about
		p.Body = []*Stmt{{Op: If, Cond: refused, Body: []*Stmt{g.fail(in)}}, g.lookup([]*Stmt{g.fail(in)})}
		p.Final = g.succeed(sc)
	case 0: // refused; look at the entries
		p.Body = append([]*Stmt{{Op: If, Cond: refused, Body: []*Stmt{g.fail(in)}}}, loop()...)
		p.Final = g.succeed(sc)
	case 1: // switch
		s := &Stmt{Op: Switch, Ref: Outer, Cases: []Case{{Values: []int{0}, Body: []*Stmt{g.succeed(in)}}, {Values: []int{5100, 5400}, Body: append(loop(), g.fail(in))}}}
		p.Body = []*Stmt{s}
		p.Final = g.fail(sc)
	case 2: // done; look at the entries; fail
		p.Body = append([]*Stmt{{Op: If, Cond: &Cond{Op: Cmp, Ref: Outer, Rel: "=="}, Body: []*Stmt{g.succeed(in)}}}, loop()...)
		p.Final = g.fail(sc)
	case 3: // hand it on
		s := g.fail(in)
		give := []*Stmt{{Op: Keep, What: pick(g.Rand, WhatResp, WhatDetail)}, s}
		switch {
		case p.Sig == SigRespErr:
			s.Val = &Val{Op: Resp}
			give = give[1:]
		case p.Sig.HasErr() && g.chance(60):
			s.Err = &Err{Op: Carries}
			give = give[1:]
		}
		p.Body = []*Stmt{{Op: If, Cond: g.failed(sc), Body: give}}
		p.Final = g.succeed(sc)
	case 4: // inside the failure
		p.Body = []*Stmt{{Op: If, Cond: g.failed(sc), Body: append(loop(), g.fail(in))}}
		p.Final = g.succeed(sc)
	}
}

// careful gives a loop that tells failed entries from the others, and the code that uses its result.
func (g *generator) careful(sc scope) []*Stmt {
	in := sc
	in.entry, in.loops, in.depth = true, 1, 2
	s := &Stmt{Op: Range, Form: Form(g.weighted(50, 20, 20, 0, 10))}
	c := &Cond{Op: Cmp, Ref: Entry, Rel: "!="}
	if g.chance(20) {
		h := &Helper{Kind: EntryBool, Final: &Stmt{Op: Return, Val: &Val{Op: Holds, Cond: &Cond{Op: Cmp, Ref: Entry, Rel: "!="}}}}
		g.p.Helpers = append(g.p.Helpers, h)
		c = &Cond{Op: Ask, Ref: Entry, Helper: len(g.p.Helpers) - 1}
	}
	if g.chance(12) {
		c = &Cond{Op: And, L: c, R: &Cond{Op: Cmp, Ref: Entry, Rel: "!=", K: 7001}}
	}
	react := func(body ...*Stmt) {
		if g.chance(25) {
			s.Body = append([]*Stmt{{Op: If, Cond: &Cond{Op: Cmp, Ref: Entry, Rel: "=="}, Body: []*Stmt{{Op: Continue}}}}, body...)
			return
		}
		s.Body = []*Stmt{{Op: If, Cond: c, Body: body}}
	}
	end := g.fail(sc)
	switch g.weighted(30, 30, 20, 20) {
	case 0:
		react(&Stmt{Op: If, Cond: c, Body: []*Stmt{g.fail(in)}})
		if s.Body[0].Op == If && s.Body[0].Body[0].Op == If {
			s.Body = s.Body[0].Body
		}
		return []*Stmt{s}
	case 1:
		react(&Stmt{Op: Append})
		if end.Err != nil && g.p.Sig.HasErr() {
			end.Err = &Err{Op: Errorf, Args: []Arg{ArgFailed}}
		}
		return []*Stmt{s, {Op: If, Cond: &Cond{Op: AnyID}, Body: []*Stmt{end}}}
	case 2:
		react(&Stmt{Op: Inc})
		return []*Stmt{s, {Op: If, Cond: &Cond{Op: Counted}, Body: []*Stmt{end}}}
	}
	react(&Stmt{Op: Keep, What: pick(g.Rand, WhatEntry, WhatID)})
	return []*Stmt{s}
}
