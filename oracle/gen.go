package oracle

import "math/rand/v2"

// Generate gives program index of the run with the given seed. The program depends on these two numbers alone.
func Generate(seed uint64, index int) *Program {
	g := &generator{Rand: rand.New(rand.NewPCG(seed, uint64(index)))}
	g.p = &Program{Seed: seed, Index: index, Shape: genShape(g.Rand), Anchor: true}
	g.p.Style = genStyle(rand.New(rand.NewPCG(seed, ^uint64(index))))
	idiom := g.chance(50)
	for {
		if idiom {
			g.idiom()
		} else {
			g.program()
		}
		g.p.prune()
		g.p.dropUncalled()
		if (len(g.p.Body) > 0 || g.chance(10)) && !g.p.suspect() && (idiom || !g.p.odd()) {
			return g.p
		}
		g.p.Retry, g.p.Helpers, g.p.Body = Once, nil, nil
	}
}

// A generator writes a program. It draws every choice from its source of random numbers.
type generator struct {
	*rand.Rand
	p *Program
}

// A scope says what a statement can refer to.
type scope struct {
	depth    int
	resp     bool // r
	entry    bool // e
	code     bool // a helper's parameter code
	loops    int
	turn     bool // directly in the body of a loop over entries
	switched bool // in a switch, where break means something else
	copied   bool // the variable code
	ret      retKind
	empty    bool  // the detail is nil or empty
	codes    []int // the outer codes that are possible here; nil means any
	closure  bool  // in a function literal that gives an error
	final    bool  // after the loop: nothing of the response is in scope
}

type retKind int

const (
	retHandler retKind = iota
	retBool
	retErr
)

// chance is true in n of 100 cases.
func (g *generator) chance(n int) bool { return g.IntN(100) < n }

// weighted draws an index by weight.
func (g *generator) weighted(ws ...int) int {
	sum := 0
	for _, w := range ws {
		sum += w
	}
	n := g.IntN(sum)
	for i, w := range ws {
		if n < w {
			return i
		}
		n -= w
	}
	panic("unreachable")
}

func (g *generator) program() {
	p := g.p
	p.Sig = Sig(g.weighted(30, 8, 6, 6, 6, 8, 4, 8, 8, 4))
	p.Origin = Origin(g.weighted(40, 8, 12, 8, 14, 10, 4))
	p.Probe = g.probe()
	if p.Origin == Given && (p.Sig == SigBool || p.Sig == SigList || p.Sig == SigIntErr || p.Sig == SigStrErr) {
		p.Sig = SigErr
	}
	if p.Origin == Fetched && g.chance(30) {
		p.Retry = pick(g.Rand, Forever, Bounded)
	}
	p.Flag = g.chance(10)
	for n := g.weighted(55, 30, 15); len(g.p.Helpers) < n; {
		if h := g.helper(); !h.constant() {
			g.p.Helpers = append(g.p.Helpers, h)
		}
	}
	sc := scope{resp: true, copied: p.Retry == Once && g.chance(15), ret: retHandler}
	p.Body = g.block(sc, 1+g.weighted(30, 40, 20, 10))
	final := sc
	if p.Retry != Once {
		final = scope{ret: retHandler, final: true}
	}
	p.Final = g.ret(final, g.chance(75))
}

func (g *generator) probe() Probe { return Probe{g.chance(50), g.chance(40)} }

// lookup gives a question about the entry of one resource.
func (g *generator) lookup(body []*Stmt) *Stmt {
	c := &Cond{Op: Cmp, Ref: Entry, Rel: "!="}
	unasked := 20
	if s := g.p.Shape; s.ptr() || s.CodeType == "*int" {
		unasked = 0 // it would panic
	}
	switch g.weighted(40, 40, unasked) {
	case 0: // right: a missing entry is no success
		c = &Cond{Op: Or, L: &Cond{Op: Not, L: &Cond{Op: Found}}, R: c}
	case 1:
		c = &Cond{Op: And, L: &Cond{Op: Found}, R: c}
	}
	return &Stmt{Op: If, Key: true, Cond: c, Body: body}
}

func (g *generator) helper() *Helper {
	kinds := []HelperKind{CodeBool, CodeErr, RespBool, RespErr, MethodBool, MethodErr}
	if g.p.Shape.Batch {
		kinds = append(kinds, EntryBool, EntryErr)
	}
	h := &Helper{Kind: pick(g.Rand, kinds...)}
	sc := scope{depth: 2, ret: retErr}
	if h.Kind.bool() {
		sc.ret = retBool
	}
	switch h.Kind {
	case CodeBool, CodeErr:
		sc.code = true
	case EntryBool, EntryErr:
		sc.entry = true
	default:
		sc.resp = true
		sc.depth = 1
	}
	switch {
	case h.Kind.bool() && g.chance(60):
		h.Final = &Stmt{Op: Return, Val: &Val{Op: Holds, Cond: g.cond(sc, 2, true)}}
	default:
		h.Body = []*Stmt{{Op: If, Cond: g.cond(sc, 2, true), Body: []*Stmt{g.ret(sc, g.chance(30))}}}
		if sc.resp && g.p.Shape.Batch && g.chance(30) {
			h.Body = append(h.Body, g.loop(sc))
		}
		h.Final = g.ret(sc, true)
	}
	return h
}

// block gives n statements.
func (g *generator) block(sc scope, n int) []*Stmt {
	var b []*Stmt
	for range n {
		s := g.stmt(sc)
		if sc.turn && (s.Op == Return || s.Op == Break || s.Op == Panic) {
			continue // a loop with one iteration is no loop
		}
		b = append(b, s)
		if s.Op == If && len(s.Else) == 0 && leaves(s.Body) {
			sc = sc.where(s.Cond, false)
		}
		if s.Op == Return || s.Op == Break || s.Op == Continue || s.Op == Panic {
			break
		}
	}
	return b
}

func (g *generator) stmt(sc scope) *Stmt {
	sc.turn = false
	deep := sc.depth > 3
	batch := g.p.Shape.Batch
	sc.depth++
	for {
		switch g.weighted(34, 10, 16, 9, 8, 5, 4, 6, 5, 4, 3, 5, 3, 2, 1, 2) {
		case 0:
			if deep {
				continue
			}
			if batch && sc.resp && !sc.entry && g.p.Shape.keyed() && g.chance(6) {
				return g.lookup(g.block(sc, 1))
			}
			s := &Stmt{Op: If, Cond: g.cond(sc, 2, g.chance(85))}
			in := sc.where(s.Cond, true)
			in.empty = sc.empty || s.Cond.Op == IsNil || s.Cond.Op == Len && s.Cond.Rel == "=="
			s.Body = g.block(in, 1+g.weighted(70, 25, 5))
			if g.chance(20) {
				s.Else = g.block(sc.where(s.Cond, false), 1+g.weighted(70, 30))
			}
			return s
		case 1:
			if deep {
				continue
			}
			return g.choice(sc)
		case 2:
			if deep || !batch || !sc.resp || sc.loops > 0 || sc.empty {
				continue
			}
			return g.loop(sc)
		case 3:
			if sc.depth == 1 {
				continue
			}
			return g.ret(sc, g.chance(40))
		case 4:
			return &Stmt{Op: Print, Args: g.args(sc)}
		case 5:
			if sc.ret != retHandler || sc.final {
				continue
			}
			return &Stmt{Op: pick(g.Rand, Keep, Keep, Keep, Store, Send, Go), What: g.what(sc)}
		case 6:
			if batch || !sc.resp || sc.ret != retHandler || g.p.Sig == SigBool || g.p.Sig == SigBoolErr {
				continue
			}
			return &Stmt{Op: Poll}
		case 7:
			return &Stmt{Op: SetBool, Var: pick(g.Rand, "ok", "bad"), Cond: g.cond(sc, 2, true)}
		case 8:
			if sc.ret == retBool || sc.closure {
				continue
			}
			return &Stmt{Op: SetErr, Var: g.errVar(sc), Err: g.err(sc)}
		case 9:
			return &Stmt{Op: Inc}
		case 10:
			return &Stmt{Op: Sleep}
		case 11:
			if sc.loops == 0 {
				continue
			}
			op := pick(g.Rand, Continue, Continue, Break)
			return &Stmt{Op: op, Label: sc.switched && (op == Break || g.chance(30))}
		case 12:
			if !sc.entry || sc.loops == 0 {
				continue
			}
			return &Stmt{Op: Append}
		case 13:
			if sc.ret != retHandler || !g.p.Sig.HasErr() || deep || sc.loops > 0 {
				continue
			}
			in := sc
			in.ret, in.closure = retErr, true
			in.depth++
			s := &Stmt{Op: If, Cond: g.cond(in, 1, true), Body: g.block(in, 1)}
			return &Stmt{Op: Closure, Var: g.errVar(sc), Body: []*Stmt{s}, Err: g.ret(in, g.chance(60)).Err}
		case 14:
			if sc.depth == 1 || sc.ret != retHandler {
				continue
			}
			return &Stmt{Op: Panic}
		case 15:
			if sc.loops > 0 || sc.ret != retHandler || g.p.Retry != Once {
				continue // people hardly ever defer in a loop
			}
			return &Stmt{Op: Defer, Lit: g.chance(50), Args: g.args(sc)}
		}
	}
}

// loop gives a loop over the entries.
func (g *generator) loop(sc scope) *Stmt {
	in := sc
	in.entry, in.loops, in.depth, in.switched = true, sc.loops+1, sc.depth+1, false
	s := &Stmt{Op: Range, Form: Form(g.weighted(54, 18, 12, 10, 6))}
	if s.Form == Keys && !g.p.Shape.keyed() {
		s.Form = KeyValue
	}
	if s.Form == Keys {
		in.entry = sc.entry
		s.Body = []*Stmt{pick(g.Rand, &Stmt{Op: Print, Args: []Arg{ArgID}}, &Stmt{Op: Inc}, &Stmt{Op: Append})}
		return s
	}
	if g.chance(75) {
		c := g.compare(in, Entry)
		s.Body = []*Stmt{{Op: If, Cond: c, Body: g.reaction(in)}}
		if g.chance(25) {
			s.Body = append(s.Body, g.stmt(in))
		}
		return s
	}
	in.turn = true
	s.Body = g.block(in, 1+g.weighted(60, 40))
	return s
}

// reaction gives what people usually do about a failed entry.
func (g *generator) reaction(sc scope) []*Stmt {
	switch g.weighted(30, 25, 15, 10, 20) {
	case 0:
		return []*Stmt{g.ret(sc, false)}
	case 1:
		return []*Stmt{{Op: Append}}
	case 2:
		return []*Stmt{{Op: Inc}}
	case 3:
		if sc.ret == retHandler {
			return []*Stmt{{Op: Keep, What: pick(g.Rand, WhatEntry, WhatID, WhatECode)}}
		}
		return []*Stmt{{Op: SetBool, Var: "bad", Cond: g.compare(sc, Entry)}}
	}
	return g.block(sc, 1+g.IntN(2))
}
