package oracle

import "slices"

// People hardly ever ask what an outer question has already answered, or look for entries where the code says that
// there are none. Code after such a question never runs, and says nothing about the analyzer. Random programs have no
// such questions; people's mistakes (a && that became a ||) may have some.

// codes are the values that the outer code and an entry's code can have at a place.
type codes struct{ outer, entry, param []int }

var anyCodes = codes{samples, samples, samples}

// of gives the values of a code.
func (k *codes) of(r Ref) *[]int {
	switch r {
	case Entry:
		return &k.entry
	case Param:
		return &k.param
	}
	return &k.outer
}

// with gives k with only those values of the code for which the predicate holds.
func (k codes) with(r Ref, is func(int) bool) codes {
	at := k.of(r)
	*at = slices.DeleteFunc(slices.Clone(*at), func(code int) bool { return !is(code) })
	return k
}

// or gives the codes after two paths meet.
func (k codes) or(l codes) codes {
	join := func(a, b []int) []int {
		return slices.DeleteFunc(slices.Clone(samples), func(c int) bool { return !slices.Contains(a, c) && !slices.Contains(b, c) })
	}
	return codes{join(k.outer, l.outer), join(k.entry, l.entry), join(k.param, l.param)}
}

// where gives k after a condition, if its result is the wanted one.
func (k codes) where(c *Cond, wanted bool) codes {
	switch c.Op {
	case Cmp:
		return k.with(c.Ref, func(code int) bool { return (&Cond{Op: Cmp, Rel: c.Rel, K: c.K}).of(code) == wanted })
	case Not:
		return k.where(c.L, !wanted)
	case And, Or:
		second := c.Op == And
		if wanted == second {
			return k.where(c.L, second).where(c.R, second)
		}
		return k.where(c.L, !second).or(k.where(c.L, second).where(c.R, !second))
	}
	return k
}

// idleCond reports whether a part of the condition has a known result.
func (k codes) idleCond(c *Cond) bool {
	switch c.Op {
	case Cmp:
		yes, no := k.where(c, true), k.where(c, false)
		return len(*yes.of(c.Ref)) == 0 || len(*no.of(c.Ref)) == 0
	case Not:
		return k.idleCond(c.L)
	case And, Or:
		return k.idleCond(c.L) || k.where(c.L, c.Op == And).idleCond(c.R)
	}
	return false
}

// odd reports whether the program asks what it knows. Only people's mistakes do.
func (p *Program) odd() bool { return p.idle() || p.asksAgain() }

// suspect reports whether a condition is always true, or always false, for any code. go vet finds such conditions.
func (p *Program) suspect() bool {
	found := false
	p.conds(func(c *Cond) {
		for _, truth := range []bool{true, false} {
			k := anyCodes.where(c, truth)
			found = found || len(k.outer) == 0 || len(k.entry) == 0 || len(k.param) == 0
		}
	})
	return found
}

// idle reports whether the program asks something whose answer is known.
func (p *Program) idle() bool {
	for _, h := range p.Helpers {
		if k, idle := anyCodes.block(h.Body); idle || k != nil && k.idleStmt(h.Final) {
			return true
		}
	}
	k, idle := anyCodes.block(p.Body)
	return idle || p.Retry == Once && k != nil && k.idleStmt(p.Final)
}

// block gives the codes after a block, or nil if control doesn't get there. It also reports whether the block asks what
// is known.
func (k codes) block(b []*Stmt) (after *codes, idle bool) {
	after = &k
	for _, s := range b {
		if after == nil || after.idleStmt(s) {
			return nil, true
		}
		if after, idle = after.behind(s); idle {
			return nil, true
		}
	}
	return after, false
}

// idleStmt reports whether the statement itself asks what is known.
func (k codes) idleStmt(s *Stmt) bool {
	return s.Cond != nil && k.idleCond(s.Cond) || s.Val != nil && s.Val.Cond != nil && k.idleCond(s.Val.Cond)
}

// behind gives the codes after a statement, likewise.
func (k codes) behind(s *Stmt) (after *codes, idle bool) {
	join := func(in codes, b []*Stmt) {
		out, is := in.block(b)
		switch {
		case is:
			idle = true
		case out == nil:
		case after == nil:
			after = out
		default:
			both := after.or(*out)
			after = &both
		}
	}
	entries := func(code int) bool { return code == 0 || code == 5100 || code == 5400 }
	switch s.Op {
	case If:
		join(k.where(s.Cond, true), s.Body)
		join(k.where(s.Cond, false), s.Else)
	case Switch:
		rest, def := k, -1
		for i, c := range s.Cases {
			if len(c.Values) == 0 {
				def = i
				continue
			}
			in := k.with(s.Ref, func(code int) bool { return slices.Contains(c.Values, code) })
			if len(*in.of(s.Ref)) < len(c.Values) {
				return nil, true
			}
			join(in, c.Body)
			rest = rest.with(s.Ref, func(code int) bool { return !slices.Contains(c.Values, code) })
		}
		if def >= 0 {
			join(rest, s.Cases[def].Body)
		} else {
			join(rest, nil)
		}
	case Range:
		in := k.with(Outer, entries)
		if len(in.outer) == 0 {
			return nil, true
		}
		in.entry = samples
		_, idle = in.block(s.Body)
		after = &k
	case Closure:
		_, idle = k.block(s.Body)
		after = &k
	case Block:
		return k.block(s.Body)
	case Return, Panic, Break, Continue:
		return nil, false
	default:
		after = &k
	}
	return after, idle
}

// asksAgain reports whether an entry is looked up twice on one path.
func (p *Program) asksAgain() bool {
	again := false
	p.stmts(func(s *Stmt) {
		if s.Op == If && s.Key {
			q := &Program{Body: append(slices.Clone(s.Body), s.Else...), Final: &Stmt{}}
			q.stmts(func(s *Stmt) { again = again || s.Key })
		}
	})
	return again
}

// compares reports whether the outer code decides something in the program.
func (p *Program) compares() bool {
	found := false
	p.conds(func(c *Cond) { found = found || (c.Op == Cmp || c.Op == Ask) && c.Ref != Entry })
	p.stmts(func(s *Stmt) { found = found || s.Op == Switch && s.Ref != Entry })
	return found
}
