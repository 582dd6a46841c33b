package oracle

import (
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"slices"
)

// A Mutant is a handler with one of the mistakes that people make.
type Mutant struct {
	Mistake string
	Program *Program
}

// Mutants gives the mutants of a correct handler.
func Mutants(p *Program) []Mutant {
	var ms []Mutant
	try := func(mistake string, change func(q *Program) bool) {
		q := p.Clone()
		if !change(q) {
			return
		}
		q.prune()
		if q.plain() {
			ms = append(ms, Mutant{mistake, q})
		}
	}
	// These mutate each condition, by its place.
	n := 0
	p.conds(func(*Cond) { n++ })
	for i := range n {
		at := func(q *Program) (found *Cond) {
			k := 0
			q.conds(func(c *Cond) {
				if k == i {
					found = c
				}
				k++
			})
			return found
		}
		weak := func(mistake, rel string, k int) {
			try(mistake, func(q *Program) bool {
				c := at(q)
				if c.Op != Cmp || c.K != 0 || c.Rel != "!=" && c.Rel != "==" {
					return false
				}
				if c.Rel == "==" { // the condition of the good path
					rel = map[string]string{">": "<=", "!=": "==", "==": "!="}[rel]
				}
				c.Rel, c.K = rel, k
				return true
			})
		}
		weak("!= 0 becomes > 0", ">", 0)
		weak("!= 0 becomes != 5100", "!=", 5100)
		weak("!= 0 becomes == 5100", "==", 5100)
		try("&& becomes ||, || becomes &&", func(q *Program) bool {
			switch c := at(q); c.Op {
			case And:
				c.Op = Or
			case Or:
				c.Op = And
			default:
				return false
			}
			return true
		})
		try("a condition is negated", func(q *Program) bool {
			c := at(q)
			d := *c
			*c = Cond{Op: Not, L: &d}
			return true
		})
	}
	// These mutate each statement, by its place.
	total := 0
	p.blocks(func(b *[]*Stmt) { total += len(*b) })
	for i := range total {
		edit := func(mistake string, change func(b *[]*Stmt, i int) bool) {
			try(mistake, func(q *Program) bool {
				k, ok := 0, false
				q.blocks(func(b *[]*Stmt) {
					for m := range *b {
						if k == i {
							k++
							ok = change(b, m)
							return
						}
						k++
					}
				})
				return ok
			})
		}
		edit("the loop over entries is dropped", func(b *[]*Stmt, i int) bool {
			if (*b)[i].Op != Range {
				return false
			}
			*b = slices.Delete(*b, i, i+1)
			return true
		})
		edit("the check is dropped", func(b *[]*Stmt, i int) bool {
			if op := (*b)[i].Op; op != If && op != Switch {
				return false
			}
			*b = slices.Delete(*b, i, i+1)
			return true
		})
		edit("a case is dropped", func(b *[]*Stmt, i int) bool {
			s := (*b)[i]
			if s.Op != Switch || len(s.Cases) < 2 {
				return false
			}
			s.Cases = s.Cases[:len(s.Cases)-1]
			return true
		})
		edit("nil is returned", func(b *[]*Stmt, i int) bool {
			s := (*b)[i]
			if s.Op != Return || s.Err == nil || s.Err.Op == Nil {
				return false
			}
			s.Err = &Err{Op: Nil}
			return true
		})
		edit("the check stands after the use", func(b *[]*Stmt, i int) bool {
			if (*b)[i].Op != If || i+1 >= len(*b) || (*b)[i+1].Op == Return {
				return false
			}
			(*b)[i], (*b)[i+1] = (*b)[i+1], (*b)[i]
			return true
		})
		edit("keys instead of values", func(b *[]*Stmt, i int) bool {
			s := (*b)[i]
			if s.Op != Range || s.Form == Keys || len(s.Body) == 0 || s.Body[0].Op != If {
				return false
			}
			s.Body = s.Body[0].Body
			return true
		})
	}
	return ms
}

// A MutationTally counts mutants by mistake.
type MutationTally struct {
	Handlers int
	By       map[string]*MutationCount
	Missed   []*Outcome

	Silent         int      // silent fixtures; Handlers of them can be run
	Unfollowed     int      // those that docs/rules makes silent in any case
	MissedFixtures []string // the mutants of fixtures that were missed
}

// MutationCount counts the mutants of one kind.
type MutationCount struct {
	Mutants, Buggy, Found int
}

const perHandler = 3 // mutants of one handler: more would be too similar

// Mutate takes correct handlers of a seed until they have n mutants, and counts the buggy ones that are found.
func (c *Checker) Mutate(seed uint64, n int) (*MutationTally, error) {
	t := &MutationTally{By: make(map[string]*MutationCount)}
	made := 0
	for from := 0; made < n; from += perPackage {
		var ps []*Program
		for i := range perPackage {
			ps = append(ps, Generate(seed, from+i))
		}
		outcomes, err := c.Check(ps)
		if err != nil {
			return nil, err
		}
		var ms []Mutant
		for _, o := range outcomes {
			if len(o.Verdict.Rules)+len(o.Findings) > 0 {
				continue
			}
			t.Handlers++
			some := Mutants(o.Program)
			r := rand.New(rand.NewPCG(seed, uint64(o.Program.Index)))
			r.Shuffle(len(some), func(i, j int) { some[i], some[j] = some[j], some[i] })
			kept := 0
			for _, m := range some {
				m.Program.Index = len(ms)
				if kept < perHandler && c.Analysis.valid(m.Program) {
					ms = append(ms, m)
					kept++
				}
			}
		}
		ms = ms[:min(len(ms), n-made)]
		made += len(ms)
		for from := 0; from < len(ms); from += perPackage {
			part := ms[from:min(len(ms), from+perPackage)]
			ps := make([]*Program, len(part))
			for i, m := range part {
				ps[i] = m.Program
			}
			outcomes, err := c.Check(ps)
			if err != nil {
				return nil, err
			}
			for i, o := range outcomes {
				t.add(part[i].Mistake, o)
			}
		}
	}
	return t, nil
}

func (t *MutationTally) add(mistake string, o *Outcome) {
	n := t.By[mistake]
	if n == nil {
		n = new(MutationCount)
		t.By[mistake] = n
	}
	n.Mutants++
	if len(o.Verdict.Rules) == 0 {
		return
	}
	n.Buggy++
	if len(o.Findings) > 0 {
		n.Found++
	} else {
		t.Missed = append(t.Missed, o)
	}
}

// Share is the share of buggy mutants that were found.
func (t *MutationTally) Share() float64 {
	buggy, found := 0, 0
	for _, n := range t.By {
		buggy += n.Buggy
		found += n.Found
	}
	return float64(found) / float64(max(buggy, 1))
}

// Print writes the tally as a table.
func (t *MutationTally) Print(w io.Writer) {
	if t.Silent > 0 {
		fmt.Fprintf(w, "%d of %d silent fixtures can be run, and %d more would be silent whatever they did\n", t.Handlers, t.Silent, t.Unfollowed)
	}
	fmt.Fprintf(w, "mutants of %d correct handlers\n\n%-34s %8s %8s %8s\n", t.Handlers, "mistake", "mutants", "buggy", "found")
	var sum MutationCount
	for _, mistake := range slices.Sorted(maps.Keys(t.By)) {
		n := t.By[mistake]
		sum.Mutants, sum.Buggy, sum.Found = sum.Mutants+n.Mutants, sum.Buggy+n.Buggy, sum.Found+n.Found
		fmt.Fprintf(w, "%-34s %8d %8d %8d\n", mistake, n.Mutants, n.Buggy, n.Found)
	}
	fmt.Fprintf(w, "%-34s %8d %8d %8d\n\n%.2f %% of the buggy mutants were found\n", "all", sum.Mutants, sum.Buggy, sum.Found, 100*t.Share())
}
