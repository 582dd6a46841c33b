package oracle

import (
	"maps"
	"slices"
)

// Code that decides nothing is outside of the fragment. For example, a comparison with empty branches exists only for
// the type checker (SSA doesn't even have it), but execution sees two ways. So branches without effect, assignments
// that nobody reads and variables that nobody assigns are pruned.

// prune removes code without effect, and reports whether there was any.
func (p *Program) prune() bool {
	changed := false
	for p.pruneOnce() {
		changed = true
	}
	return changed
}

func (p *Program) pruneOnce() bool {
	changed := p.normalize()
	for _, h := range p.Helpers {
		f := &pruner{inHelper: true}
		f.scan(h.Body, h.Final)
		h.Body = f.block(h.Body, false)
		f.unassigned(h.Final)
		changed = changed || f.changed
	}
	f := &pruner{}
	f.scan(p.Body, p.Final)
	if p.Retry != Once {
		maps.Copy(f.seen, f.writes)
		for v := range f.last {
			f.last[v] = len(f.order) + 1
		}
	}
	p.Body = f.block(p.Body, p.Retry != Once)
	f.unassigned(p.Final)
	return changed || f.changed
}

// normalize removes what the printer would leave out: results that the function doesn't have, and returns after a
// return. It also removes all questions about the message or the task ID except the first, since the same answer would
// follow.
func (p *Program) normalize() bool {
	changed := false
	unprinted := func(s *Stmt, hasErr, hasVal bool) {
		if s.Op == Return && (!hasErr && s.Err != nil || !hasVal && s.Val != nil) {
			changed = true
			if !hasErr {
				s.Err = nil
			}
			if !hasVal {
				s.Val = nil
			}
		}
	}
	var walk func(b []*Stmt, hasErr, hasVal bool)
	walk = func(b []*Stmt, hasErr, hasVal bool) {
		for _, s := range b {
			unprinted(s, hasErr, hasVal)
			if s.Op == Closure {
				walk(s.Body, true, false)
				continue
			}
			walk(s.Body, hasErr, hasVal)
			walk(s.Else, hasErr, hasVal)
			for _, k := range s.Cases {
				walk(k.Body, hasErr, hasVal)
			}
		}
	}
	end := func(body *[]*Stmt, final **Stmt) {
		if n := len(*body); n > 0 && (*body)[n-1].Op == Return {
			*final = (*body)[n-1]
			*body = (*body)[:n-1]
			changed = true
		}
	}
	for _, h := range p.Helpers {
		walk(append([]*Stmt{h.Final}, h.Body...), !h.Kind.bool(), h.Kind.bool())
		end(&h.Body, &h.Final)
	}
	walk(append([]*Stmt{p.Final}, p.Body...), p.Sig.HasErr(), p.Sig != SigErr && p.Sig != SigNamedErr && p.Sig != SigVoid)
	if p.Retry == Once {
		end(&p.Body, &p.Final)
	}
	asked := make(map[CondOp]bool)
	var once func(c *Cond) *Cond
	once = func(c *Cond) *Cond {
		if c == nil {
			return nil
		}
		if c.Op == HasMsg || c.Op == HasTask {
			if asked[c.Op] {
				changed = true
				return nil
			}
			asked[c.Op] = true
		}
		return c.keep(once)
	}
	p.stmts(func(s *Stmt) {
		s.Cond = once(s.Cond)
		if s.Val != nil && s.Val.Op == Holds {
			if s.Val.Cond = once(s.Val.Cond); s.Val.Cond == nil {
				s.Val = &Val{}
			}
		}
	})
	return changed
}

// keep gives the parts of a condition that the function keeps.
func (c *Cond) keep(part func(*Cond) *Cond) *Cond {
	switch c.Op {
	case Not:
		if c.L = part(c.L); c.L == nil {
			return nil
		}
	case And, Or:
		c.L, c.R = part(c.L), part(c.R)
		if c.L == nil {
			return c.R
		}
		if c.R == nil {
			return c.L
		}
	}
	return c
}

// A pruner prunes one function.
type pruner struct {
	order    map[*Stmt]int   // where a statement stands
	last     map[string]int  // where a variable is read for the last time
	seen     map[string]bool // assigned so far
	writes   map[string]bool
	inHelper bool
	changed  bool
}

// scan finds out which variables the function reads and writes.
func (f *pruner) scan(body []*Stmt, final *Stmt) {
	q := &Program{Body: body, Final: final}
	f.order, f.last = make(map[*Stmt]int), make(map[string]int)
	f.number(body)
	f.number([]*Stmt{final})
	f.writes = q.assigned()
	f.seen = make(map[string]bool)
}

// number numbers the statements of a block in the order of the source, and notes what they read. In a loop, an
// iteration reads what the one before has assigned.
func (f *pruner) number(b []*Stmt) {
	for _, s := range b {
		f.order[s] = len(f.order)
		at := len(f.order)
		inside := f.last
		if s.Op == Range {
			inside, f.last = f.last, make(map[string]int)
		}
		own := *s
		own.Body, own.Else, own.Cases = nil, nil, nil
		f.read(&Program{Final: &own}, at)
		f.number(s.Body)
		f.number(s.Else)
		for _, k := range s.Cases {
			f.number(k.Body)
		}
		if s.Op == Closure { // its last return
			f.read(&Program{Final: &Stmt{Err: s.Err}}, at)
		}
		if s.Op == Range {
			for v := range f.last {
				inside[v] = len(f.order) + 1
			}
			f.last = inside
		}
	}
}

func (f *pruner) read(p *Program, at int) {
	for v, is := range p.reads() {
		if is {
			f.last[v] = at
		}
	}
}

// readLater reports whether the variable is read after a statement.
func (f *pruner) readLater(s *Stmt, variable string) bool {
	at, ok := f.order[s]
	return !ok || f.last[variable] > at+1
}

// assigned gives the variables that something assigns.
func (p *Program) assigned() map[string]bool {
	m := make(map[string]bool)
	p.stmts(func(s *Stmt) {
		switch s.Op {
		case SetBool, SetErr, Closure:
			m[s.Var] = true
		case Inc:
			m["n"] = true
		case Append:
			m["failed"] = true
		}
	})
	return m
}

// block prunes a block. tail says that an iteration of a loop ends after it.
func (f *pruner) block(b []*Stmt, tail bool) []*Stmt {
	var kept []*Stmt
	for i, s := range b {
		last := tail && i == len(b)-1
		if s = f.stmt(s, last); s == nil {
			f.changed = true
			continue
		}
		kept = append(kept, s)
		if s.Op == Return || s.Op == Break || s.Op == Continue || s.Op == Panic {
			f.changed = f.changed || i < len(b)-1
			break
		}
	}
	return kept
}

// stmt prunes a statement. It returns nil if nothing is left.
func (f *pruner) stmt(s *Stmt, tail bool) *Stmt {
	if s.Op == Range { // the next iteration reads what this one assigns
		maps.Copy(f.seen, (&Program{Body: s.Body, Final: &Stmt{}}).assigned())
	}
	f.unassigned(s)
	defer maps.Copy(f.seen, (&Program{Final: s}).assigned())
	switch s.Op {
	case If:
		s.Body, s.Else = f.block(s.Body, tail), f.block(s.Else, tail)
		if s.Cond == nil || len(s.Body)+len(s.Else) == 0 {
			return nil
		}
	case Switch:
		n := 0
		for i := range s.Cases {
			s.Cases[i].Body = f.block(s.Cases[i].Body, tail)
			n += len(s.Cases[i].Body)
		}
		if n == 0 {
			return nil
		}
	case Range:
		if s.Body = f.block(s.Body, true); len(s.Body) == 0 {
			return nil
		}
	case Block:
		if s.Body = f.block(s.Body, tail); len(s.Body) == 0 {
			return nil
		}
	case Closure:
		s.Body = f.block(s.Body, false)
		if !f.readLater(s, s.Var) || len(s.Body) == 0 {
			return nil
		}
	case SetBool, SetErr:
		if !f.readLater(s, s.Var) || s.Op == SetBool && s.Cond == nil || s.Op == SetErr && s.Err.Op == VarErr && s.Err.Var == s.Var {
			return nil
		}
	case Inc:
		if !f.readLater(s, "n") {
			return nil
		}
	case Append:
		if !f.readLater(s, "failed") {
			return nil
		}
	case Continue:
		if tail {
			return nil
		}
	case Dead:
		return nil
	}
	return s
}

// unassigned removes from a statement's conditions the variables that are
// never assigned.
func (f *pruner) unassigned(s *Stmt) {
	s.Cond = f.cond(s.Cond)
	if s.Val != nil && s.Val.Op == Holds {
		if s.Val.Cond = f.cond(s.Val.Cond); s.Val.Cond == nil {
			s.Val = &Val{}
		}
	}
	if s.Err != nil && s.Err.Op == VarErr && !f.writes[s.Err.Var] {
		s.Err = &Err{Op: Nil}
		f.changed = true
	}
}

func (f *pruner) cond(c *Cond) *Cond {
	if c == nil {
		return nil
	}
	variable := map[CondOp]string{BoolVar: c.Var, ErrVar: c.Var, Counted: "n", AnyID: "failed"}[c.Op]
	if variable != "" && !f.seen[variable] {
		f.changed = true
		return nil
	}
	return c.keep(f.cond)
}

// constant reports whether a helper always gives the same answer.
func (h *Helper) constant() bool {
	var answers []string
	q := &Program{Body: h.Body, Final: h.Final}
	if n := len(h.Body); n > 0 && h.Body[n-1].Op == Return {
		q.Final = &Stmt{Op: Panic}
	}
	q.stmts(func(s *Stmt) {
		if s.Op != Return {
			return
		}
		switch {
		case !h.Kind.bool() && s.Err != nil && s.Err.Op != Nil:
			answers = append(answers, "error")
		case !h.Kind.bool():
			answers = append(answers, "nil")
		case s.Val != nil && s.Val.Op == Holds:
			answers = append(answers, "true", "false")
		case s.Val != nil && s.Val.Op == One:
			answers = append(answers, "true")
		default:
			answers = append(answers, "false")
		}
	})
	slices.Sort(answers)
	return len(slices.Compact(answers)) < 2
}

// plain reports whether the program is in the fragment: everything in it has an effect.
func (p *Program) plain() bool {
	if slices.ContainsFunc(p.Helpers, (*Helper).constant) {
		return false
	}
	return !p.Clone().prune()
}
