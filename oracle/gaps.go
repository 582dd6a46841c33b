package oracle

import (
	"slices"

	"github.com/asynccheck/asynccheck/oracle/rig"
)

// unreached looks for comparisons of entries' codes that no answer reaches, and that would not tell 0 from the others
// if one did.
func (v *Verdict) unreached(us []*Unit) {
	made := make(map[int]bool)
	for _, u := range us {
		for _, t := range u.Traces {
			for _, e := range t.Log {
				made[e.Site] = made[e.Site] || e.Kind == rig.Branched
			}
		}
	}
	for i, s := range us[0].Sites {
		if s.Entry && s.Var == "" && !s.Loop && !s.Zero && !made[i] {
			v.Gaps["a comparison of an entry's code that is never made"] = ResultClass
		}
	}
}

// loops calls f with the body of each loop over entries.
func (p *Program) loops(f func(body *Program)) {
	p.stmts(func(s *Stmt) {
		if s.Op == Range {
			f(&Program{Body: s.Body, Final: &Stmt{}})
		}
	})
}

// outerInLoop reports whether the outer code is looked at in a loop over entries. A request that was refused as a whole
// has no such loop.
func (p *Program) outerInLoop() bool {
	found := false
	p.loops(func(q *Program) {
		q.conds(func(c *Cond) {
			found = found || c.Op == Cmp && (c.Ref == Outer || c.Ref == Copied) || c.Op == Ask && c.Ref != Entry || c.Op == BoolVar && p.carries(c.Var)
		})
		q.stmts(func(s *Stmt) { found = found || s.Op == Switch && (s.Ref == Outer || s.Ref == Copied) })
	})
	return found
}

// panicsLater reports whether a loop over entries panics because of a variable that an earlier iteration has assigned.
// A batch in which some failed has several entries.
func (p *Program) panicsLater() bool {
	found := false
	p.loops(func(q *Program) {
		set := q.assigned()
		q.stmts(func(s *Stmt) {
			if s.Op != If || !leaves(s.Body) || s.Body[len(s.Body)-1].Op != Panic {
				return
			}
			(&Program{Final: &Stmt{Cond: s.Cond}}).conds(func(c *Cond) {
				found = found || set[map[CondOp]string{BoolVar: c.Var, ErrVar: c.Var, Counted: "n", AnyID: "failed"}[c.Op]]
			})
		})
	})
	return found
}

// carries reports whether a variable holds a comparison of the outer code.
func (p *Program) carries(variable string) bool {
	found := false
	p.stmts(func(s *Stmt) {
		if s.Op == SetBool && s.Var == variable {
			q := &Program{Final: &Stmt{Cond: s.Cond}}
			q.conds(func(c *Cond) { found = found || c.Op == Cmp && c.Ref != Entry || c.Op == Ask && c.Ref != Entry })
		}
	})
	return found
}

// called reports whether the unit is a helper that the handler calls.
func (j *judge) called() bool {
	called := false
	h := j.u.Helper
	j.u.Program.conds(func(c *Cond) { called = called || c.Op == Ask && j.u.Program.Helpers[c.Helper] == h })
	j.u.Program.stmts(func(s *Stmt) {
		called = called || s.Err != nil && s.Err.Op == AskErr && j.u.Program.Helpers[s.Err.Helper] == h
	})
	return called
}

// endsIn reports whether the helper is called only once, where its error is returned.
func (p *Program) endsIn(h *Helper) bool {
	calls, ends := 0, 0
	p.conds(func(c *Cond) {
		if c.Op == Ask && p.Helpers[c.Helper] == h {
			calls++
		}
	})
	p.stmts(func(s *Stmt) {
		if s.Err != nil && s.Err.Op == AskErr && p.Helpers[s.Err.Helper] == h {
			calls++
			if f := p.Final; s.Op == Return || s.Op == SetErr && f.Err != nil && f.Err.Op == VarErr && f.Err.Var == s.Var {
				ends++
			}
		}
	})
	return calls == 1 && ends == 1
}

// handsOn reports whether the handler hands on the response, its code or its detail.
func (p *Program) handsOn() bool {
	found := false
	(&Program{Body: p.Body, Final: p.Final}).stmts(func(s *Stmt) {
		found = found || s.Op >= Keep && s.Op <= Go && (s.What == WhatResp || s.What == WhatCode || s.What == WhatDetail)
	})
	return found
}

// looksTwice reports whether one path looks at entries in several places, and one of them tells 0 from the others, or
// lets no entry with 0 go on.
func (p *Program) looksTwice() bool {
	looks, tells := p.looks(p.Body)
	for _, h := range p.Helpers {
		n, t := p.looks(h.Body)
		looks, tells = looks+n, tells || t || n > 0 // the analyzer does not ask what a callee tells apart
	}
	return looks > 1 && tells
}

// looks gives the number of places at which a path through the block can look at entries. It also reports whether one
// of all these places tells 0 from the others.
func (p *Program) looks(b []*Stmt) (n int, tells bool) {
	for _, s := range b {
		most := 0
		in := func(b []*Stmt) {
			m, t := p.looks(b)
			most, tells = max(most, m), tells || t
		}
		if s.Op == Range || s.Op == If && s.Key {
			if looks, t := s.looks(); looks {
				n++
				tells = tells || t
			}
		}
		in(s.Body)
		in(s.Else)
		for _, k := range s.Cases {
			in(k.Body)
		}
		n += most
	}
	return n, tells
}

// looks reports whether a loop, or the question about an entry that was looked up, looks at entries' codes, and whether
// it tells 0 from the others.
func (s *Stmt) looks() (looks, tells bool) {
	q := &Program{Body: s.Body, Final: &Stmt{Cond: s.Cond}}
	q.conds(func(c *Cond) {
		if (c.Op == Cmp || c.Op == Ask) && c.Ref == Entry {
			looks = true
			tells = tells || c.Op == Ask || c.K == 0
		}
	})
	q.stmts(func(s *Stmt) {
		switch {
		case s.Op >= Keep && s.Op <= Go && (s.What == WhatEntry || s.What == WhatECode):
			looks, tells = true, true
		case s.Op == Panic:
			tells = true
		case s.Op == Switch && s.Ref == Entry:
			looks = true
			for _, k := range s.Cases {
				tells = tells || slices.Contains(k.Values, 0)
			}
		}
	})
	return looks, tells
}

// asksBehindLookup reports whether an entry is looked up where the outer code has decided something, and the code is
// compared again after that. The analyzer does not follow an entry and its batch together.
func (p *Program) asksBehindLookup() bool {
	found := false
	var walk func(b []*Stmt, inside, looked bool) bool
	walk = func(b []*Stmt, inside, looked bool) bool {
		for _, s := range b {
			own := *s
			own.Body, own.Else, own.Cases = nil, nil, nil
			asks := (&Program{Final: &own}).compares()
			found = found || looked && asks
			in := func(b []*Stmt) {
				looked = walk(b, inside || asks, looked) || looked
			}
			looked = looked || inside && s.Key
			in(s.Body)
			in(s.Else)
			for _, k := range s.Cases {
				in(k.Body)
			}
		}
		return looked
	}
	if walk(p.Body, p.Sig == SigBool, false) {
		found = found || (&Program{Final: p.Final}).compares()
	}
	return found
}
