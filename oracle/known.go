package oracle

import "slices"

// samples are outer codes. Any two comparisons that the generator writes differ for one of them.
var samples = func() []int {
	cs := []int{-999, 0, 3000, 4200, 5200, 5800, 6500, 9999}
	for _, k := range constants {
		cs = append(cs, k-1, k, k+1)
	}
	slices.Sort(cs)
	return slices.Compact(cs)
}()

// where gives the scope after a condition, if its result is the wanted one.
func (sc scope) where(c *Cond, wanted bool) scope {
	codes := sc.codes
	if codes == nil {
		codes = samples
	}
	sc.codes = slices.DeleteFunc(slices.Clone(codes), func(code int) bool { return c.of(code) == !wanted && c.decided(code) })
	return sc
}

// decided reports whether the outer code alone decides the condition.
func (c *Cond) decided(code int) bool {
	switch c.Op {
	case Cmp:
		return c.Ref != Entry
	case Not:
		return c.L.decided(code)
	case And, Or:
		l, r := c.L.decided(code), c.R.decided(code)
		return l && r || l && c.L.of(code) == (c.Op == Or) || r && c.R.of(code) == (c.Op == Or)
	}
	return false
}

// of gives the condition's value for an outer code that decides it.
func (c *Cond) of(code int) bool {
	switch c.Op {
	case Cmp:
		switch c.Rel {
		case "==":
			return code == c.K
		case "!=":
			return code != c.K
		case "<":
			return code < c.K
		case "<=":
			return code <= c.K
		case ">":
			return code > c.K
		}
		return code >= c.K
	case Not:
		return !c.L.of(code)
	case And, Or:
		l, r := c.L.decided(code), c.R.decided(code)
		if !l || !r { // the part that decides
			if l {
				return c.L.of(code)
			}
			return c.R.of(code)
		}
		if c.Op == And {
			return c.L.of(code) && c.R.of(code)
		}
		return c.L.of(code) || c.R.of(code)
	}
	return false
}

// leaves reports whether control never goes on after a block.
func leaves(b []*Stmt) bool {
	if len(b) == 0 {
		return false
	}
	switch b[len(b)-1].Op {
	case Return, Panic, Break, Continue:
		return true
	}
	return false
}
