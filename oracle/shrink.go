package oracle

import (
	"fmt"
	"slices"
)

const shrinkRounds = 60

// Shrink makes the programs of disagreements smaller, all at once, as long as each keeps its disagreement.
func (c *Checker) Shrink(os []*Outcome) ([]*Outcome, error) {
	best := slices.Clone(os)
	done := make([]bool, len(os))
	for range shrinkRounds {
		var ps []*Program
		var of []int // the outcome that each candidate comes from
		for i, o := range best {
			if done[i] {
				continue
			}
			for _, p := range smaller(o.Program) {
				p.Index = len(ps)
				if p.prune(); p.plain() && !p.suspect() && (!p.odd() || os[i].Program.odd()) && c.Analysis.valid(p) {
					ps, of = append(ps, p), append(of, i)
				}
			}
		}
		improved := make([]bool, len(os))
		for from := 0; from < len(ps); from += perPackage {
			to := min(from+perPackage, len(ps))
			outcomes, err := c.Check(ps[from:to])
			if err != nil {
				return nil, err
			}
			for k, o := range outcomes {
				i := of[from+k]
				if same(o, os[i]) && o.Program.cost() < best[i].Program.cost() {
					best[i], improved[i] = o, true
				}
			}
		}
		for i := range done {
			done[i] = done[i] || !improved[i]
		}
		if !slices.Contains(done, false) {
			break
		}
	}
	for i, o := range best {
		if o == os[i] {
			continue
		}
		p := o.Program.Clone()
		p.Index = os[i].Program.Index
		best[i] = &Outcome{p, o.Verdict, o.Findings}
	}
	return best, nil
}

// same reports whether outcome a has the disagreements of b, about the same rules.
func same(a, b *Outcome) bool {
	for _, d := range b.Disagreements() {
		if !slices.Contains(a.Disagreements(), d) {
			return false
		}
		about := b.disputed(d)
		for _, rule := range a.disputed(d) {
			if !slices.Contains(about, rule) {
				return false
			}
		}
	}
	return true
}

// valid reports whether the program is well-typed.
func (x *Analysis) valid(p *Program) bool {
	_, err := x.check(header + p.Source())
	return err == nil
}

// cost orders programs: smaller and simpler ones cost less.
func (p *Program) cost() int {
	n := 20 * p.Size()
	s := p.Shape
	for _, odd := range []bool{s.Embedded, s.HeadPtr, s.Desc, s.PlainID, s.Msg, s.NoTask, s.Upper, p.Anchor, p.Flag, p.Style.Results != Plain, p.Style.Made != Value, p.Style.Capture != None, p.Style.Carry, p.Style.Methods, p.Style.Based, s.CodeType != "int", s.Batch && s.Detail != "map", p.Sig != SigErr, p.Origin != Decoded, p.Retry != Once} {
		if odd {
			n++
		}
	}
	p.stmts(func(s *Stmt) {
		if s.Err != nil && s.Err.Op > Sentinel {
			n += 2
		}
		if s.Val != nil && s.Val.Op != Zero {
			n++
		}
		if s.Form != KeyValue {
			n++
		}
	})
	p.conds(func(c *Cond) {
		for _, odd := range []bool{c.Flip, c.Desc, c.Named, c.Via} {
			if odd {
				n++
			}
		}
		if c.Op == Cmp && c.K != 0 {
			n++
		}
	})
	return n
}

// smaller gives the programs that are one step simpler than p.
func smaller(p *Program) []*Program {
	var qs []*Program
	try := func(change func(q *Program) bool) {
		q := p.Clone()
		if change(q) {
			qs = append(qs, q)
		}
	}
	for _, change := range plainer {
		try(func(q *Program) bool { change(q); return q.cost() < p.cost() })
	}
	// Statements, by their place in the order of blocks.
	nth := func(q *Program, n int, f func(b *[]*Stmt, i int)) {
		k := 0
		done := false
		q.blocks(func(b *[]*Stmt) {
			if done {
				return
			}
			for i := range *b {
				if k == n {
					done = true
					f(b, i)
					return
				}
				k++
			}
		})
	}
	total := 0
	p.blocks(func(b *[]*Stmt) { total += len(*b) })
	for n := range total {
		edit := func(f func(s *Stmt) []*Stmt) {
			try(func(q *Program) bool {
				nth(q, n, func(b *[]*Stmt, i int) { *b = slices.Concat((*b)[:i:i], f((*b)[i]), (*b)[i+1:]) })
				return true
			})
		}
		var s *Stmt
		nth(p, n, func(b *[]*Stmt, i int) { s = (*b)[i] })
		edit(func(*Stmt) []*Stmt { return nil })
		if len(s.Body) > 0 && s.Op != Range {
			edit(func(s *Stmt) []*Stmt { return s.Body })
		}
		if len(s.Else) > 0 {
			edit(func(s *Stmt) []*Stmt { return s.Else })
			edit(func(s *Stmt) []*Stmt { s.Else = nil; return []*Stmt{s} })
		}
		for i := range s.Cases {
			edit(func(s *Stmt) []*Stmt { return s.Cases[i].Body })
			edit(func(s *Stmt) []*Stmt { s.Cases = slices.Delete(s.Cases, i, i+1); return []*Stmt{s} })
			if len(s.Cases[i].Values) > 1 {
				edit(func(s *Stmt) []*Stmt { s.Cases[i].Values = s.Cases[i].Values[1:]; return []*Stmt{s} })
				edit(func(s *Stmt) []*Stmt { s.Cases[i].Values = s.Cases[i].Values[:1]; return []*Stmt{s} })
			}
		}
	}
	// Conditions and expressions, by their place in the order of walks.
	n := 0
	p.conds(func(*Cond) { n++ })
	for i := range n {
		edit := func(f func(c *Cond) bool) {
			try(func(q *Program) bool {
				k, ok := 0, false
				var at *Cond
				q.conds(func(c *Cond) {
					if k == i {
						at = c
					}
					k++
				})
				ok = f(at)
				return ok
			})
		}
		edit(func(c *Cond) bool {
			if c.L == nil {
				return false
			}
			*c = *c.L
			return true
		})
		edit(func(c *Cond) bool {
			if c.R == nil {
				return false
			}
			*c = *c.R
			return true
		})
		edit(func(c *Cond) bool {
			odd := c.Flip || c.Desc || c.Named || c.Via
			c.Flip, c.Desc, c.Named, c.Via = false, false, false, false
			return odd
		})
		edit(func(c *Cond) bool {
			if c.Op != Cmp || c.K == 0 {
				return false
			}
			c.K = 0
			return true
		})
		edit(func(c *Cond) bool {
			if c.Op != Ask {
				return false
			}
			*c = Cond{Op: Cmp, Ref: c.Ref, Rel: "!="}
			return true
		})
	}
	n = 0
	p.stmts(func(*Stmt) { n++ })
	for i := range n {
		edit := func(f func(s *Stmt) bool) {
			try(func(q *Program) bool {
				k, ok := 0, false
				q.stmts(func(s *Stmt) {
					if k == i {
						ok = f(s)
					}
					k++
				})
				return ok
			})
		}
		edit(func(s *Stmt) bool {
			if s.Err == nil || s.Err.Op <= Sentinel {
				return false
			}
			s.Err = &Err{Op: Sentinel, Var: "errFailed"}
			return true
		})
		edit(func(s *Stmt) bool {
			if s.Err == nil || s.Err.Op == Nil {
				return false
			}
			s.Err = &Err{Op: Nil}
			return true
		})
		edit(func(s *Stmt) bool {
			if s.Err == nil || len(s.Err.Args) == 0 {
				return false
			}
			s.Err.Args = s.Err.Args[1:]
			return true
		})
		edit(func(s *Stmt) bool {
			if len(s.Args) == 0 {
				return false
			}
			s.Args = s.Args[1:]
			return true
		})
		edit(func(s *Stmt) bool {
			if s.Val == nil || s.Val.Op == Zero {
				return false
			}
			s.Val = &Val{}
			return true
		})
		edit(func(s *Stmt) bool {
			if s.Form == KeyValue {
				return false
			}
			s.Form = KeyValue
			return true
		})
	}
	for i := range p.Helpers {
		try(func(q *Program) bool { return q.dropHelper(i) })
	}
	return qs
}

// plainer are simplifications of a program's shape and style.
var plainer = []func(*Program){
	func(q *Program) { q.Shape.Embedded = false },
	func(q *Program) { q.Shape.HeadPtr = false },
	func(q *Program) { q.Shape.Desc = false },
	func(q *Program) { q.Shape.PlainID = false },
	func(q *Program) { q.Shape.Msg = false },
	func(q *Program) { q.Shape.NoTask = false },
	func(q *Program) { q.Shape.Upper = false },
	func(q *Program) { q.Shape.CodeType = "int" },
	func(q *Program) {
		if q.Shape.Batch {
			q.Shape.Detail = "map"
		}
	},
	func(q *Program) { q.Flag = false },
	func(q *Program) { q.Style.Results = Plain },
	func(q *Program) { q.Style.Made = Value },
	func(q *Program) { q.Style.Capture = None },
	func(q *Program) { q.Style.Carry = false },
	func(q *Program) { q.Style.Methods = false },
	func(q *Program) { q.Style.Based = false },
	func(q *Program) { q.Sig = SigErr },
	func(q *Program) { q.Origin = Decoded },
	func(q *Program) { q.Retry = Once },
}

// dropUncalled removes the helpers that nothing asks and that give no verdict of their own.
func (p *Program) dropUncalled() {
	for i := len(p.Helpers) - 1; i >= 0; i-- {
		switch k := p.Helpers[i].Kind; {
		case k == RespErr, k == MethodErr, k == EntryErr && !p.Shape.NoTask:
			continue
		}
		if q := p.Clone(); q.dropHelper(i) {
			*p = *q
		}
	}
}

// dropHelper removes a helper that nothing asks.
func (p *Program) dropHelper(i int) bool {
	asked := false
	see := func(h *int) {
		asked = asked || *h == i
		if *h > i {
			*h--
		}
	}
	p.conds(func(c *Cond) {
		if c.Op == Ask {
			see(&c.Helper)
		}
	})
	p.stmts(func(s *Stmt) {
		if s.Err != nil && s.Err.Op == AskErr {
			see(&s.Err.Helper)
		}
	})
	p.Helpers = slices.Delete(p.Helpers, i, i+1)
	return !asked
}

// String names the program.
func (p *Program) String() string { return fmt.Sprintf("program %d of seed %d", p.Index, p.Seed) }
