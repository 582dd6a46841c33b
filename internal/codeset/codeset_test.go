package codeset

import (
	"encoding/binary"
	"fmt"
	"go/token"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// points are the values that the model knows: a small range, both ends of int64 with
// their neighbours, and representatives of all that lies between.
var points = func() []int64 {
	ps := []int64{lowest, lowest + 1, lowest / 2, -1 << 32}
	for v := int64(-8); v <= 8; v++ {
		ps = append(ps, v)
	}
	return append(ps, 1<<32, highest/2, highest-1, highest)
}()

// constants are what the tests compare with.
var constants = []int64{lowest, lowest + 1, -8, -7, -3, -1, 0, 1, 2, 5, 7, 8, highest - 1, highest}

var operators = []token.Token{token.EQL, token.NEQ, token.LSS, token.LEQ, token.GTR, token.GEQ}

func holds(x int64, op token.Token, y int64) bool {
	switch op {
	case token.EQL:
		return x == y
	case token.NEQ:
		return x != y
	case token.LSS:
		return x < y
	case token.LEQ:
		return x <= y
	case token.GTR:
		return x > y
	case token.GEQ:
		return x >= y
	}
	panic(op)
}

// A model says for each point whether it is in the set.
type model map[int64]bool

func modelOf(in func(int64) bool) model {
	m := make(model)
	for _, p := range points {
		m[p] = in(p)
	}
	return m
}

// check reports a set that breaks its own rules or doesn't agree with its model.
func check(t *testing.T, s Set, m model, how string) {
	t.Helper()
	for i, iv := range s.ivs {
		if iv.lo > iv.hi || i > 0 && (s.ivs[i-1].hi == highest || s.ivs[i-1].hi+1 >= iv.lo) {
			t.Fatalf("%s: intervals %v", how, s.ivs)
		}
	}
	for _, p := range points {
		if s.Contains(p) != m[p] {
			t.Fatalf("%s = %v: contains %d: %t", how, s.ivs, p, !m[p])
		}
	}
}

func TestCompare(t *testing.T) {
	for _, op := range operators {
		for _, c := range constants {
			m := modelOf(func(x int64) bool { return holds(x, op, c) })
			check(t, Compare(op, c), m, fmt.Sprint("x ", op, c))
			check(t, Compare(Flip(op), c), modelOf(func(x int64) bool { return holds(c, op, x) }), fmt.Sprint(c, op, " x"))
			if Flip(Flip(op)) != op {
				t.Errorf("flipping %v twice", op)
			}
		}
	}
	if got := Compare(token.AND, 1); !got.Equal(All()) {
		t.Errorf("another operator tells %v", got)
	}
}

func TestOf(t *testing.T) {
	check(t, Of(), modelOf(func(int64) bool { return false }), "Of()")
	values := []int64{3, 1, 2, highest, 1, lowest, highest - 1, lowest + 1, 7}
	check(t, Of(values...), modelOf(func(x int64) bool { return slices.Contains(values, x) }), "Of")
	if values[0] != 3 {
		t.Error("Of sorts its arguments")
	}
	check(t, Range(2, 1), modelOf(func(int64) bool { return false }), "Range(2, 1)")
	check(t, Range(-2, 3), modelOf(func(x int64) bool { return -2 <= x && x <= 3 }), "Range(-2, 3)")
	check(t, Set{}, modelOf(func(int64) bool { return false }), "Set{}")
}

// pair is a set with its model.
type pair struct {
	s Set
	m model
}

// step applies an operation, chosen by op, to sets of the pool, and adds the result.
func step(t *testing.T, pool []pair, op, i, j, k byte) []pair {
	a, b := pool[int(i)%len(pool)], pool[int(j)%len(pool)]
	c, d := constants[int(i)%len(constants)], constants[int(j)%len(constants)]
	cmp := operators[int(k)%len(operators)]
	var r pair
	var how string
	switch op % 7 {
	case 0:
		how = fmt.Sprintf("%v union %v", a.s.ivs, b.s.ivs)
		r = pair{a.s.Union(b.s), modelOf(func(x int64) bool { return a.m[x] || b.m[x] })}
	case 1:
		how = fmt.Sprintf("%v intersect %v", a.s.ivs, b.s.ivs)
		r = pair{a.s.Intersect(b.s), modelOf(func(x int64) bool { return a.m[x] && b.m[x] })}
		if a.s.Intersects(b.s) == r.s.IsEmpty() {
			t.Fatalf("%v meets %v: %t", a.s.ivs, b.s.ivs, a.s.Intersects(b.s))
		}
		if !r.s.IsEmpty() && (!r.s.Contains(r.s.Min()) || r.s.Intersects(Compare(token.LSS, r.s.Min()))) {
			t.Fatalf("%v has the least member %d", r.s.ivs, r.s.Min())
		}
	case 2:
		how = fmt.Sprintf("%v minus %v", a.s.ivs, b.s.ivs)
		r = pair{a.s.Minus(b.s), modelOf(func(x int64) bool { return a.m[x] && !b.m[x] })}
	case 3:
		how = fmt.Sprintf("not %v", a.s.ivs)
		r = pair{a.s.Complement(), modelOf(func(x int64) bool { return !a.m[x] })}
	case 4:
		how = fmt.Sprintf("x %v %d", cmp, c)
		r = pair{Compare(cmp, c), modelOf(func(x int64) bool { return holds(x, cmp, c) })}
	case 5:
		how = fmt.Sprintf("%d to %d", c, d)
		r = pair{Range(c, d), modelOf(func(x int64) bool { return c <= x && x <= d })}
	case 6:
		how = fmt.Sprintf("%d, %d", c, d)
		r = pair{Of(c, d), modelOf(func(x int64) bool { return x == c || x == d })}
	}
	check(t, r.s, r.m, how)
	laws(t, a.s, b.s, r.s)
	return append(pool, r)
}

// laws checks what must hold for any three sets.
func laws(t *testing.T, a, b, c Set) {
	t.Helper()
	equal := func(law string, x, y Set) {
		t.Helper()
		if !x.Equal(y) {
			t.Fatalf("%s: %v and %v, for %v, %v, %v", law, x.ivs, y.ivs, a.ivs, b.ivs, c.ivs)
		}
	}
	equal("commutative", a.Union(b), b.Union(a))
	equal("commutative", a.Intersect(b), b.Intersect(a))
	equal("associative", a.Union(b).Union(c), a.Union(b.Union(c)))
	equal("associative", a.Intersect(b).Intersect(c), a.Intersect(b.Intersect(c)))
	equal("distributive", a.Intersect(b.Union(c)), a.Intersect(b).Union(a.Intersect(c)))
	equal("absorbing", a.Union(a.Intersect(b)), a)
	equal("De Morgan", a.Union(b).Complement(), a.Complement().Intersect(b.Complement()))
	equal("involutive", a.Complement().Complement(), a)
	equal("minus", a.Minus(b).Union(a.Intersect(b)), a)
	equal("bottom", a.Intersect(Empty()), Empty())
	equal("top", a.Union(All()), All())
	equal("excluded middle", a.Union(a.Complement()), All())
	if a.SubsetOf(b) != a.Minus(b).IsEmpty() {
		t.Fatalf("%v subset of %v: %t", a.ivs, b.ivs, a.SubsetOf(b))
	}
	if w := a.Widen(b); !a.Union(b).SubsetOf(w) {
		t.Fatalf("%v widened by %v is %v", a.ivs, b.ivs, w.ivs)
	}
	if members, ok := a.Finite(100); ok {
		equal("members", Of(members...), a)
		if !a.NamedBy(members) || !slices.IsSorted(members) {
			t.Fatalf("%v is not named by its members %v", a.ivs, members)
		}
	} else if members != nil {
		t.Fatalf("%v has members %v", a.ivs, members)
	}
	if a.String() == "" {
		t.Fatalf("no description of %v", a.ivs)
	}
}

func TestRandom(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		pool := []pair{{Empty(), modelOf(func(int64) bool { return false })}, {All(), modelOf(func(int64) bool { return true })}}
		for range 40 {
			n := r.Uint32()
			pool = step(t, pool, byte(n), byte(n>>8), byte(n>>16), byte(n>>24))
		}
	}
}

func FuzzSet(f *testing.F) {
	f.Add([]byte{4, 6, 0, 1, 6, 2, 9, 0, 0, 2, 3, 0, 3, 4, 0, 0})
	f.Add([]byte{5, 0, 13, 0, 5, 13, 13, 0, 2, 2, 3, 0})
	f.Fuzz(func(t *testing.T, ops []byte) {
		pool := []pair{{Empty(), modelOf(func(int64) bool { return false })}, {All(), modelOf(func(int64) bool { return true })}}
		for len(ops) >= 4 && len(pool) < 100 {
			n := binary.LittleEndian.Uint32(ops)
			pool = step(t, pool, byte(n), byte(n>>8), byte(n>>16), byte(n>>24))
			ops = ops[4:]
		}
	})
}

func TestFinite(t *testing.T) {
	for _, test := range []struct {
		s     Set
		limit int
		want  []int64
		ok    bool
	}{
		{Empty(), 0, nil, true},
		{Of(1), 0, nil, false},
		{Of(5, 1), 2, []int64{1, 5}, true},
		{Of(5, 1, 3), 2, nil, false},
		{Range(0, 2), 3, []int64{0, 1, 2}, true},
		{Range(0, 3), 3, nil, false},
		{Of(-5).Union(Range(0, 3)), 4, nil, false},
		{Of(highest, lowest), 2, []int64{lowest, highest}, true},
		{All(), math.MaxInt, nil, false},
	} {
		if got, ok := test.s.Finite(test.limit); ok != test.ok || !slices.Equal(got, test.want) {
			t.Errorf("at most %d of %v: got %v, %t", test.limit, test.s, got, ok)
		}
	}
}

func TestNamedBy(t *testing.T) {
	for _, test := range []struct {
		s     Set
		names []int64
		want  bool
	}{
		{Empty(), nil, true},
		{Of(0), nil, false},
		{Of(0, 7001), []int64{7001, 0, 7001}, true},
		{Of(0, 7001), []int64{0}, false},
		{Range(0, 2), []int64{2, 1, 0}, true},
		{Compare(token.LEQ, 0), []int64{0}, false},
	} {
		if got := test.s.NamedBy(test.names); got != test.want {
			t.Errorf("%v named by %v: %t", test.s, test.names, got)
		}
	}
}

func TestWiden(t *testing.T) {
	for _, test := range []struct{ s, next, want Set }{
		{Empty(), Of(5), Of(5)},
		{Of(5), Empty(), Of(5)},
		{Of(0, 5), Of(5), Of(0, 5)},
		{Of(0), Of(0, 1), Compare(token.GEQ, 0)},
		{Of(0), Of(-1), Compare(token.LEQ, 0)},
		{Of(0, 5), Of(2), Range(0, 5)},
		{Of(0, 5, 9), Of(2), Range(0, 5).Union(Of(9))},
		{Of(0, 5), Of(2, 7), Compare(token.GEQ, 0)},
		{Compare(token.NEQ, 0), Of(0), All()},
	} {
		if got := test.s.Widen(test.next); !got.Equal(test.want) {
			t.Errorf("%v widened by %v: got %v, want %v", test.s, test.next, got, test.want)
		}
	}
}

// A widened chain ends soon, however many values it has and in whatever order they come.
func TestWidenEnds(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	start := Of(0)
	for i := range int64(1000) {
		start = start.Union(Of(2 * i))
	}
	for _, s := range []Set{Empty(), Of(0), Of(0, 10, 20, 30), start} {
		changes := 0
		for range 10_000 {
			next := s.Widen(s.Union(Of(r.Int64N(4000) - 1000)))
			if !next.Equal(s) {
				changes++
			}
			s = next
		}
		if changes > maxGaps+3 {
			t.Errorf("%d changes", changes)
		}
	}
}

func TestString(t *testing.T) {
	many := Empty()
	for i := range int64(100) {
		many = many.Union(Of(10 * i))
	}
	for _, test := range []struct {
		s    Set
		want string
	}{
		{Empty(), "no value"},
		{All(), "any value"},
		{Of(0), "{0}"},
		{Of(5400, 5100), "{5100, 5400}"},
		{Of(0, 1, 2), "{0, 1, 2}"},
		{Of(lowest, highest), "{-9223372036854775808, 9223372036854775807}"},
		{Compare(token.NEQ, 0), "not 0"},
		{Of(0, 5400).Complement(), "not 0 or 5400"},
		{Of(0, 5100, 5400).Complement(), "not 0, 5100 or 5400"},
		{Compare(token.NEQ, lowest), "not -9223372036854775808"},
		{Compare(token.LSS, 0), "less than 0"},
		{Compare(token.LEQ, 0), "less than 1"},
		{Compare(token.GTR, 0), "greater than 0"},
		{Compare(token.GEQ, 0), "0 or more"},
		{Range(0, 99), "0 to 99"},
		{Range(0, 99).Complement(), "less than 0 or greater than 99"},
		{Compare(token.LSS, 0).Union(Of(7, 100)).Union(Range(200, 299)), "less than 0, 7, 100 or 200 to 299"},
		{many, "0, 10, 20, 30, 40, 50, 60, 70 or one of 92 more ranges"},
	} {
		if got := test.s.String(); got != test.want {
			t.Errorf("got %q, want %q", got, test.want)
		}
	}
}

func TestWords(t *testing.T) {
	for _, test := range []struct {
		s    Set
		want string
	}{
		{Empty(), "no value"},
		{All(), "any value"},
		{Of(0), "0"},
		{Of(5400, 5100), "5100 or 5400"},
		{Of(0, 1, 2), "0, 1 or 2"},
		{Of(1, 2, 3, 4, 5), "1 to 5"},
		{Of(0, 10, 20, 30), "0, 10, 20 or 30"},
		{Of(0, 10, 20, 30, 40), "0, 10, 20 or others"},
		{Of(0, 5100, 5400).Complement(), "anything but 0, 5100 or 5400"},
		{Of(0, 10, 20, 30, 40).Complement(), "less than 0, 1 to 9, 11 to 19 or others"},
		{Compare(token.LEQ, 0), "less than 1"},
		{Range(0, 99).Complement(), "less than 0 or greater than 99"},
	} {
		if got := test.s.Words(); got != test.want {
			t.Errorf("got %q, want %q", got, test.want)
		}
	}
}

// A function with a thousand constants narrows and joins sets of a thousand intervals.
func BenchmarkThousandConstants(b *testing.B) {
	for b.Loop() {
		rest, named := All(), Empty()
		for k := range int64(1000) {
			named = named.Union(rest.Intersect(Compare(token.EQL, 2*k)))
			rest = rest.Intersect(Compare(token.NEQ, 2*k))
		}
		if !rest.Union(named).Equal(All()) {
			b.Fatal(rest)
		}
	}
}
