// Package codeset provides sets of int64 values: the values that an outcome
// code may still have at a point of a program.
//
// Comparisons with constants are the only source of such sets, so each is a
// handful of intervals, and the operations are linear merges of them. The sets
// form a lattice under [Set.Union] and [Set.Intersect], from [Empty] (the point
// cannot be reached) to [All] (nothing is known about the code).
package codeset

import (
	"cmp"
	"go/token"
	"math"
	"slices"
)

const (
	lowest  = math.MinInt64
	highest = math.MaxInt64
)

// A Set is a set of int64 values. It is immutable, and its zero value is the
// empty set. Compare sets with [Set.Equal].
type Set struct {
	// Sorted, disjoint, not adjacent and never empty: so equal sets have
	// equal intervals. Shared between sets and not modified once built.
	ivs []interval
}

// An interval is the values from lo to hi, both included; lo <= hi.
type interval struct{ lo, hi int64 }

var all = Range(lowest, highest)

// All returns the set of every value.
func All() Set { return all }

// Empty returns the set without a member.
func Empty() Set { return Set{} }

// Range returns the values from lo to hi, both included. It is empty if lo > hi.
func Range(lo, hi int64) Set {
	if lo > hi {
		return Set{}
	}
	return Set{[]interval{{lo, hi}}}
}

// Of returns the set of the given values, in any order.
func Of(values ...int64) Set {
	ivs := make([]interval, len(values))
	for i, v := range values {
		ivs[i] = interval{v, v}
	}
	slices.SortFunc(ivs, func(x, y interval) int { return cmp.Compare(x.lo, y.lo) })
	b := builder{ivs[:0]} // which is never ahead of what it reads
	for _, iv := range ivs {
		b.add(iv)
	}
	return b.set()
}

// Comparison reports whether op is one of the six comparison operators.
func Comparison(op token.Token) bool {
	switch op {
	case token.EQL, token.NEQ, token.LSS, token.LEQ, token.GTR, token.GEQ:
		return true
	}
	return false
}

// Compare returns {x | x op c}. It knows the six comparison operators; any
// other operator tells nothing about x, and yields [All].
func Compare(op token.Token, c int64) Set {
	switch op {
	case token.EQL:
		return Range(c, c)
	case token.NEQ:
		return Range(c, c).Complement()
	case token.LEQ:
		return Range(lowest, c)
	case token.GEQ:
		return Range(c, highest)
	case token.LSS:
		return Range(c, highest).Complement()
	case token.GTR:
		return Range(lowest, c).Complement()
	}
	return All()
}

// Flip returns the operator that says the same with its operands exchanged:
// a op b is b Flip(op) a. Symmetric and unknown operators are returned as they are.
func Flip(op token.Token) token.Token {
	switch op {
	case token.LSS:
		return token.GTR
	case token.GTR:
		return token.LSS
	case token.LEQ:
		return token.GEQ
	case token.GEQ:
		return token.LEQ
	}
	return op
}

// A builder collects intervals in the order of their lower bounds and joins
// those that overlap or touch.
type builder struct{ ivs []interval }

func (b *builder) add(iv interval) {
	if n := len(b.ivs); n > 0 {
		last := &b.ivs[n-1]
		// last.hi+1 is not computed where it would overflow.
		if last.hi == highest || iv.lo <= last.hi+1 {
			last.hi = max(last.hi, iv.hi)
			return
		}
	}
	b.ivs = append(b.ivs, iv)
}

func (b *builder) set() Set { return Set{b.ivs} }

// Union returns the values that are in s or in t: the join of two paths.
func (s Set) Union(t Set) Set {
	switch {
	case s.SubsetOf(t): // mostly one is a subset of the other: there is nothing to build
		return t
	case t.SubsetOf(s):
		return s
	}
	b := builder{make([]interval, 0, len(s.ivs)+len(t.ivs))}
	x, y := s.ivs, t.ivs
	for len(x) > 0 || len(y) > 0 {
		if len(y) == 0 || len(x) > 0 && x[0].lo <= y[0].lo {
			b.add(x[0])
			x = x[1:]
		} else {
			b.add(y[0])
			y = y[1:]
		}
	}
	return b.set()
}

// Intersect returns the values that are in both s and t: what a comparison
// leaves of the values possible before it.
func (s Set) Intersect(t Set) Set {
	switch {
	case s.SubsetOf(t):
		return s
	case t.SubsetOf(s):
		return t
	}
	b := builder{make([]interval, 0, len(s.ivs)+len(t.ivs)-1)}
	x, y := s.ivs, t.ivs
	for len(x) > 0 && len(y) > 0 {
		if lo, hi := max(x[0].lo, y[0].lo), min(x[0].hi, y[0].hi); lo <= hi {
			b.add(interval{lo, hi})
		}
		if x[0].hi < y[0].hi {
			x = x[1:]
		} else {
			y = y[1:]
		}
	}
	return b.set()
}

// Complement returns the values that are not in s.
func (s Set) Complement() Set {
	b := builder{make([]interval, 0, len(s.ivs)+1)}
	next := int64(lowest) // the least value not yet accounted for
	for _, iv := range s.ivs {
		if next < iv.lo {
			b.add(interval{next, iv.lo - 1})
		}
		if iv.hi == highest {
			return b.set()
		}
		next = iv.hi + 1
	}
	b.add(interval{next, highest})
	return b.set()
}

// Minus returns the values that are in s and not in t.
func (s Set) Minus(t Set) Set { return s.Intersect(t.Complement()) }

// Contains reports whether x is in s.
func (s Set) Contains(x int64) bool {
	_, ok := slices.BinarySearchFunc(s.ivs, x, func(iv interval, x int64) int {
		switch {
		case iv.hi < x:
			return -1
		case iv.lo > x:
			return +1
		}
		return 0
	})
	return ok
}

// Intersects reports whether s and t have a member in common.
func (s Set) Intersects(t Set) bool {
	x, y := s.ivs, t.ivs
	for len(x) > 0 && len(y) > 0 {
		switch {
		case x[0].hi < y[0].lo:
			x = x[1:]
		case y[0].hi < x[0].lo:
			y = y[1:]
		default:
			return true
		}
	}
	return false
}

// Min returns the least member of s, which must not be empty.
func (s Set) Min() int64 { return s.ivs[0].lo }

// IsEmpty reports whether s has no member.
func (s Set) IsEmpty() bool { return len(s.ivs) == 0 }

// Equal reports whether s and t have the same members.
func (s Set) Equal(t Set) bool { return slices.Equal(s.ivs, t.ivs) }

// SubsetOf reports whether every member of s is in t.
func (s Set) SubsetOf(t Set) bool {
	y := t.ivs
	for _, iv := range s.ivs {
		for len(y) > 0 && y[0].hi < iv.lo {
			y = y[1:]
		}
		// Intervals of t are not adjacent: one of them holds iv, or none does.
		if len(y) == 0 || iv.lo < y[0].lo || y[0].hi < iv.hi {
			return false
		}
	}
	return true
}

// Finite returns the members of s in ascending order, if there are at most
// limit of them; otherwise it returns nil and false.
func (s Set) Finite(limit int) ([]int64, bool) {
	var members []int64
	for _, iv := range s.ivs {
		// The difference is unsigned, and one less than the size: neither can overflow.
		if len(members) >= limit || uint64(iv.hi)-uint64(iv.lo) >= uint64(limit-len(members)) {
			return nil, false
		}
		for v := iv.lo; ; v++ {
			members = append(members, v)
			if v == iv.hi {
				break
			}
		}
	}
	return members, true
}

// NamedBy reports whether every member of s is one of names, in any order. Such a set is tolerated: the programmer has
// spelled out each of its values. Any other set is open. The empty set is named by anything.
func (s Set) NamedBy(names []int64) bool { return s.SubsetOf(Of(names...)) }

// maxGaps is the number of separate gaps that [Set.Widen] tells apart. If there are more, they are closed together. So
// it also bounds the length of a widened chain.
const maxGaps = 16

// Widen returns a set that includes s and next, and that ends ascending chains:
// replacing s by s.Widen(next) again and again leaves it unchanged after few
// steps, whatever next is. A bound that moved goes to its extreme: each gap
// of s that a value of next falls into is closed as a whole, the two unbounded
// ones included. Where s has many inner gaps, they close together.
//
// The empty set has no bound that could move: widening it yields next.
func (s Set) Widen(next Set) Set {
	if s.IsEmpty() || next.SubsetOf(s) {
		return s.Union(next)
	}
	gaps := s.Complement().ivs
	together := len(gaps) > maxGaps
	b := builder{}
	y := next.ivs
	for _, gap := range gaps {
		for len(y) > 0 && y[0].hi < gap.lo {
			y = y[1:]
		}
		inner := gap.lo != lowest && gap.hi != highest
		entered := len(y) > 0 && y[0].lo <= gap.hi
		if entered || inner && together {
			b.add(gap)
		}
	}
	return s.Union(b.set())
}

// Bounds returns the lower and the upper bound of each interval of s, in ascending order. A set can be stored in this
// form.
func (s Set) Bounds() []int64 {
	bounds := make([]int64, 0, 2*len(s.ivs))
	for _, iv := range s.ivs {
		bounds = append(bounds, iv.lo, iv.hi)
	}
	return bounds
}
