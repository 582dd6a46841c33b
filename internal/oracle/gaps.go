package oracle

import (
	"slices"

	"github.com/asynccheck/asynccheck/internal/oracle/rig"
)

// unreached looks for comparisons of entries' codes that no answer brings
// about, and that would not tell 0 from the others if one did.
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

// outerInLoop reports whether the outer code is looked at in a loop over
// entries, which a request that was refused as a whole doesn't have.
func (p *Program) outerInLoop() bool {
	found := false
	p.stmts(func(s *Stmt) {
		if s.Op != Range {
			return
		}
		q := &Program{Body: s.Body, Final: &Stmt{}}
		q.conds(func(c *Cond) {
			found = found || c.Op == Cmp && (c.Ref == Outer || c.Ref == Copied) || c.Op == Ask && c.Ref != Entry || c.Op == BoolVar && p.carries(c.Var)
		})
		q.stmts(func(s *Stmt) { found = found || s.Op == Switch && (s.Ref == Outer || s.Ref == Copied) })
	})
	return found
}

// carries reports whether a variable carries a comparison of the outer code.
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

// looksTwice reports whether there are several loops over the entries, of
// which one compares with 0.
func (p *Program) looksTwice() bool {
	loops, tells := 0, false
	p.stmts(func(s *Stmt) {
		if s.Op != Range {
			return
		}
		q := &Program{Body: s.Body, Final: &Stmt{}}
		looks := false
		q.conds(func(c *Cond) {
			if (c.Op == Cmp || c.Op == Ask) && c.Ref == Entry {
				looks = true
				tells = tells || c.Op == Ask || c.K == 0 && (c.Rel == "==" || c.Rel == "!=")
			}
		})
		q.stmts(func(s *Stmt) {
			if s.Op >= Keep && s.Op <= Go && (s.What == WhatEntry || s.What == WhatECode) {
				looks, tells = true, true
			}
			if s.Op == Switch && s.Ref == Entry {
				looks = true
				for _, k := range s.Cases {
					tells = tells || slices.Contains(k.Values, 0)
				}
			}
		})
		if looks {
			loops++
		}
	})
	return loops > 1 && tells
}
