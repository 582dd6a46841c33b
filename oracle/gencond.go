package oracle

func (g *generator) errVar(sc scope) string {
	if g.p.Sig == SigNamedErr && sc.ret == retHandler && g.p.Retry == Once && (g.p.Origin == Decoded || g.p.Origin == Stream || g.p.Origin == Given) && g.chance(60) {
		return "err"
	}
	return "res"
}

var constants = []int{5100, 5100, 5400, 5400, 5400, 7001, 4400, -1, 1, 5099, 5401, 1000, 4100, 6000}

func (g *generator) constant() int { return pick(g.Rand, constants...) }

// choice gives a switch.
func (g *generator) choice(sc scope) *Stmt {
	s := &Stmt{Op: Switch, Ref: g.ref(sc)}
	if s.Ref < 0 {
		return &Stmt{Op: Inc}
	}
	sc.switched = true
	used := map[int]bool{}
	for i := range 1 + g.IntN(3) {
		k := Case{}
		for range 1 + g.weighted(75, 25) {
			v := g.constant()
			if i == 0 && len(k.Values) == 0 && g.chance(65) {
				v = 0
			}
			if !used[v] {
				used[v] = true
				k.Values = append(k.Values, v)
			}
		}
		if len(k.Values) > 0 {
			if g.chance(85) {
				k.Body = g.block(sc, 1+g.weighted(80, 20))
			}
			s.Cases = append(s.Cases, k)
		}
	}
	if g.chance(50) {
		s.Cases = append(s.Cases, Case{Body: g.block(sc, 1)})
	}
	return s
}

// ref draws a code to look at, or -1 if there is none.
func (g *generator) ref(sc scope) Ref {
	var rs []Ref
	if sc.entry {
		rs = append(rs, Entry)
	}
	away := sc.entry && !g.chance(4) // the outer code is rarely looked at in a loop
	if sc.resp && !away {
		rs = append(rs, Outer)
	}
	if sc.copied && !away {
		rs = append(rs, Copied)
	}
	if sc.code {
		rs = append(rs, Param)
	}
	if len(rs) == 0 {
		return -1
	}
	return pick(g.Rand, rs...)
}

// compare gives a comparison of a code with a constant, as people write them. People hardly ever ask what an outer
// comparison has already answered.
func (g *generator) compare(sc scope, r Ref) *Cond {
	var c *Cond
	for range 6 {
		c = g.comparison(r)
		if yes, no := len(sc.where(c, true).codes), len(sc.where(c, false).codes); yes > 0 && no > 0 {
			break
		}
	}
	return c
}

func (g *generator) comparison(r Ref) *Cond {
	c := &Cond{Op: Cmp, Ref: r, Flip: g.chance(8)}
	switch g.weighted(55, 12, 20, 13) {
	case 0:
		c.Rel = pick(g.Rand, "!=", "!=", "!=", "==")
	case 1:
		c.Rel = pick(g.Rand, ">", ">", "<", "<=", ">=")
	case 2:
		c.Rel, c.K = pick(g.Rand, "==", "!="), g.constant()
	case 3:
		c.Rel, c.K = pick(g.Rand, "<", ">", "<=", ">="), g.constant()
	}
	c.Desc, c.Named, c.Via = g.chance(40), g.chance(20), g.chance(6)
	return c
}

// cond gives a condition. If code is set, the condition is about a code.
func (g *generator) cond(sc scope, depth int, code bool) *Cond {
	if depth > 0 {
		switch g.weighted(70, 10, 10, 10) {
		case 1:
			return &Cond{Op: And, L: g.cond(sc, depth-1, code), R: g.cond(sc, depth-1, g.chance(80))}
		case 2:
			return &Cond{Op: Or, L: g.cond(sc, depth-1, code), R: g.cond(sc, depth-1, g.chance(80))}
		case 3:
			return &Cond{Op: Not, L: g.cond(sc, depth-1, code)}
		}
	}
	ref := g.ref(sc)
	if code && ref >= 0 {
		if sc.ret == retHandler && !sc.final && g.chance(25) {
			if c := g.ask(sc); c != nil {
				return c
			}
		}
		return g.compare(sc, ref)
	}
	batch := sc.resp && g.p.Shape.Batch
	for {
		switch g.weighted(12, 6, 6, 4, 4, 4, 4, 1, 6, 6) {
		case 0:
			if sc.ret == retHandler && g.p.Flag {
				return &Cond{Op: Flagged}
			}
		case 1:
			if sc.ret == retHandler && g.p.Retry == Once { // the iteration before may have set it
				return &Cond{Op: BoolVar, Var: pick(g.Rand, "ok", "bad")}
			}
		case 2:
			if sc.ret == retHandler && batch && sc.loops == 0 && g.p.Retry == Once { // in a loop it depends on the number of entries
				return &Cond{Op: Counted}
			}
		case 3:
			if sc.ret == retHandler && batch && sc.loops == 0 && g.p.Retry == Once {
				return &Cond{Op: AnyID}
			}
		case 4:
			if batch && sc.loops == 0 {
				return &Cond{Op: Len, Rel: pick(g.Rand, ">", "==", "!="), K: 0}
			}
		case 5:
			if batch && sc.loops == 0 {
				return &Cond{Op: IsNil}
			}
		case 6:
			if sc.resp {
				return &Cond{Op: HasMsg}
			}
		case 7:
			if sc.resp && !g.p.Shape.Batch {
				return &Cond{Op: HasTask}
			}
		case 8:
			if sc.ret == retHandler && g.p.Retry == Once {
				return &Cond{Op: ErrVar, Var: "res"}
			}
		case 9:
			if ref >= 0 {
				return g.compare(sc, ref)
			}
		}
	}
}

// ask gives a question to a helper, or nil if none fits. A helper that is given a code is asked about the outer code or
// about entries, not about both.
func (g *generator) ask(sc scope) *Cond {
	if len(g.p.Helpers) == 0 {
		return nil
	}
	i := g.IntN(len(g.p.Helpers))
	if kind := g.p.Helpers[i].Kind; sc.entry && kind != EntryBool && kind != EntryErr && !g.chance(4) && !(kind <= CodeErr && i%2 == 1) {
		return nil
	}
	switch g.p.Helpers[i].Kind {
	case EntryBool, EntryErr:
		if !sc.entry || sc.loops == 0 {
			return nil
		}
		return &Cond{Op: Ask, Helper: i, Ref: Entry}
	case CodeBool, CodeErr:
		if i%2 == 1 {
			if !sc.entry {
				return nil
			}
			return &Cond{Op: Ask, Helper: i, Ref: Entry}
		}
	}
	if !sc.resp {
		return nil
	}
	return &Cond{Op: Ask, Helper: i, Ref: Outer}
}

func (g *generator) args(sc scope) []Arg {
	var as []Arg
	for range g.weighted(40, 40, 20) {
		switch g.weighted(20, 20, 6, 8, 10, 8, 8, 20) {
		case 0:
			if sc.resp {
				as = append(as, ArgMsg)
			}
		case 1:
			if sc.resp {
				as = append(as, ArgCode)
			}
		case 2:
			if sc.resp {
				as = append(as, ArgResp)
			}
		case 3:
			if sc.resp && g.p.Shape.Batch {
				as = append(as, ArgDetail)
			}
		case 4:
			if sc.resp && g.p.Shape.Batch {
				as = append(as, ArgLen)
			}
		case 5:
			if sc.entry {
				as = append(as, ArgEntry)
			}
		case 6:
			if sc.entry {
				as = append(as, ArgEMsg)
			}
		case 7:
			switch {
			case sc.entry && sc.loops > 0:
				as = append(as, ArgID)
			case sc.ret == retHandler && g.p.Shape.Batch:
				as = append(as, pick(g.Rand, ArgCount, ArgFailed))
			}
		}
	}
	return as
}

func (g *generator) what(sc scope) What {
	ws := []What{WhatConst, WhatConst}
	if sc.resp {
		ws = append(ws, WhatCode, WhatResp)
		if g.p.Shape.Batch {
			ws = append(ws, WhatDetail)
		}
	}
	if sc.entry && sc.loops > 0 {
		ws = append(ws, WhatEntry, WhatID, WhatECode)
	}
	return pick(g.Rand, ws...)
}

// err gives an error that usually is not nil.
func (g *generator) err(sc scope) *Err {
	sentinel := pick(g.Rand, "errFailed", "errSome", "errAll")
	switch g.weighted(42, 28, 8, 8, 8, 6) {
	case 1:
		return &Err{Op: Errorf, Args: g.args(sc)}
	case 2:
		return &Err{Op: Wrapped, Var: sentinel}
	case 3:
		if sc.ret == retHandler {
			return &Err{Op: VarErr, Var: g.errVar(sc)}
		}
	case 4:
		if sc.ret == retHandler && sc.resp {
			if c := g.ask(sc); c != nil && c.Ref == Outer && !g.p.Helpers[c.Helper].Kind.bool() {
				return &Err{Op: AskErr, Helper: c.Helper}
			}
		}
	case 5:
		if sc.resp && sc.ret == retHandler && g.p.Retry == Once { // a later iteration may drop it
			return &Err{Op: Carries}
		}
	}
	return &Err{Op: Sentinel, Var: sentinel}
}

// ret gives a return. success says whether it should look like a success.
func (g *generator) ret(sc scope, success bool) *Stmt {
	s := &Stmt{Op: Return, Err: &Err{Op: Nil}, Val: &Val{}}
	if sc.ret == retBool {
		if success {
			s.Val.Op = One
		}
		return s
	}
	if !success {
		s.Err = g.err(sc)
	} else if sc.ret == retHandler && g.chance(12) {
		s.Err = &Err{Op: VarErr, Var: "res"}
	}
	if sc.ret != retHandler {
		return s
	}
	switch g.p.Sig {
	case SigIntErr:
		s.Val.Op = pick(g.Rand, Zero, Zero, Zero, Code, Count)
		if s.Val.Op == Code && (!sc.resp) {
			s.Val.Op = Zero
		}
	case SigStrErr:
		if success && sc.resp {
			s.Val.Op = pick(g.Rand, Task, Zero)
		}
	case SigListErr, SigList:
		s.Val.Op = pick(g.Rand, Zero, Failed)
	case SigRespErr:
		if sc.resp && (success || g.chance(30)) {
			s.Val.Op = Resp
		}
	case SigBoolErr:
		if success && g.chance(70) {
			s.Val.Op = One
		}
	case SigBool:
		switch {
		case g.chance(30) && !sc.final:
			s.Val = &Val{Op: Holds, Cond: g.cond(sc, 2, true)}
		case success:
			s.Val.Op = One
		}
	}
	return s
}
