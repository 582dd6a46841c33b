package typestate

import (
	"go/token"
	"math/bits"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// reusableSize bounds the memory that goes to the next function: what is known of a function with more blocks or
// registers is left to the garbage collector. Few functions exceed it.
const reusableSize = 256

// flows keeps what is known of the functions that are being analysed. It is the same
// for every value, and is found out once, when it is asked for.
type flows struct {
	funcs map[*ssa.Function]*flow
	open  []*flow // those of funcs, as they came
	idle  []*flow
}

type flow struct {
	fn      *ssa.Function
	order   []*ssa.BasicBlock // reverse postorder
	rank    []int             // position of a block in order, by its index
	loops   []*loop
	calls   []*ssa.Call
	called  bool                 // calls is known
	lives   map[ssa.Value]bitset // the blocks at whose entries a register is live
	sources map[ssa.Value]source // where bytes come from
	seen    map[ssa.Value]bool   // whether somebody may have judged what comes from a value
	words   arena[uint64]        // of the bitsets

	collections map[ssa.Value]*collection // those whose elements are read

	work []*ssa.BasicBlock // blocks still to be looked at
}

// A loop is a natural loop: the blocks from which header can be reached again
// without passing through it.
type loop struct {
	header      *ssa.BasicBlock
	blocks      bitset
	after       bitset // blocks that follow the loop where its condition ends it
	panicsAfter Bool   // every path after the loop panics: see [run.panicsAfter]
}

// has reports whether the block is in the loop. No block is nil.
func (l *loop) has(b *ssa.BasicBlock) bool {
	return b != nil && b.Parent() == l.header.Parent() && l.blocks.has(b.Index)
}

// reaches reports whether the block is one that is wanted, or some path goes on to one.
func reaches(from *ssa.BasicBlock, wanted func(*ssa.BasicBlock) bool) bool {
	seen := make(map[*ssa.BasicBlock]bool)
	var visit func(b *ssa.BasicBlock) bool
	visit = func(b *ssa.BasicBlock) bool {
		seen[b] = true
		return wanted(b) || slices.ContainsFunc(b.Succs, func(s *ssa.BasicBlock) bool { return !seen[s] && visit(s) })
	}
	return visit(from)
}

// Apart reports whether no path comes by both blocks.
func Apart(a, b *ssa.BasicBlock) bool {
	leads := func(a, b *ssa.BasicBlock) bool {
		return reaches(a, func(to *ssa.BasicBlock) bool { return to == b })
	}
	return a.Parent() == b.Parent() && !leads(a, b) && !leads(b, a)
}

// endsIteration reports whether the edge ends an iteration of the loop. An edge to a block of the body that only leads
// to a return does not: the path ends there.
func (l *loop) endsIteration(from, to *ssa.BasicBlock) bool {
	return l.has(from) && (to == l.header || !l.blocks.has(to.Index) && l.after.has(to.Index))
}

// endsIteration reports whether the edge leads back to the header of a loop.
func (fs *flows) endsIteration(from, to *ssa.BasicBlock) bool {
	return slices.ContainsFunc(fs.arranged(to.Parent()).loops, func(l *loop) bool { return l.header == to && l.has(from) })
}

func newFlows() *flows { return &flows{funcs: make(map[*ssa.Function]*flow)} }

func (fs *flows) of(fn *ssa.Function) *flow {
	f := fs.funcs[fn]
	if f == nil {
		if n := len(fs.idle); n > 0 {
			f, fs.idle = fs.idle[n-1], fs.idle[:n-1]
		} else {
			f = &flow{lives: make(map[ssa.Value]bitset), sources: make(map[ssa.Value]source), seen: make(map[ssa.Value]bool), words: newArena[uint64](reusableSize), collections: make(map[ssa.Value]*collection)}
		}
		f.fn = fn
		fs.funcs[fn] = f
		fs.open = append(fs.open, f)
	}
	return f
}

// close forgets the functions that came after the first n.
func (fs *flows) close(n int) {
	for _, f := range fs.open[n:] {
		delete(fs.funcs, f.fn)
		if max(len(f.fn.Blocks), len(f.calls), len(f.lives), len(f.sources), len(f.seen), len(f.collections)) <= reusableSize {
			f.forget()
			fs.idle = append(fs.idle, f)
		}
	}
	clear(fs.open[n:])
	fs.open = fs.open[:n]
}

// forgetSources forgets where bytes come from and what became of them: both are found out again.
func (fs *flows) forgetSources() {
	for _, f := range fs.open {
		clear(f.sources)
		clear(f.seen)
	}
}

func (f *flow) forget() {
	f.order, f.rank, f.loops, f.calls, f.called = f.order[:0], f.rank[:0], f.loops[:0], f.calls[:0], false
	clear(f.lives)
	clear(f.sources)
	clear(f.seen)
	clear(f.collections)
	f.words.used = 0
}

// arranged gives the function with its blocks in order, and its loops.
func (fs *flows) arranged(fn *ssa.Function) *flow {
	f := fs.of(fn)
	if len(f.order) == 0 {
		f.arrange()
	}
	return f
}

// loopOf returns the innermost loop that contains b, nil if there is none.
func (fs *flows) loopOf(b *ssa.BasicBlock) *loop {
	var inner *loop
	for _, l := range fs.arranged(b.Parent()).loops {
		if l.has(b) && (inner == nil || l.blocks.size() < inner.blocks.size()) {
			inner = l
		}
	}
	return inner
}

// callsOf returns the calls of the function that are neither deferred nor started.
func (fs *flows) callsOf(fn *ssa.Function) []*ssa.Call {
	f := fs.of(fn)
	if !f.called {
		f.called = true
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				if call, ok := instr.(*ssa.Call); ok {
					f.calls = append(f.calls, call)
				}
			}
		}
	}
	return f.calls
}

// end returns the position of the last instruction of b that has one.
func (fs *flows) end(b *ssa.BasicBlock) token.Pos {
	for _, instr := range slices.Backward(b.Instrs) {
		if pos := instr.Pos(); pos.IsValid() {
			return pos
		}
	}
	if len(b.Preds) > 0 && b.Preds[0].Index < b.Index {
		return fs.end(b.Preds[0])
	}
	return b.Parent().Pos()
}

func (f *flow) arrange() {
	const seen = 1
	f.rank = append(f.rank, make([]int, len(f.fn.Blocks))...)
	var visit func(b *ssa.BasicBlock)
	visit = func(b *ssa.BasicBlock) {
		f.rank[b.Index] = seen
		for _, s := range slices.Backward(b.Succs) {
			if f.rank[s.Index] != seen {
				visit(s)
			}
		}
		f.order = append(f.order, b)
	}
	visit(f.fn.Blocks[0])
	slices.Reverse(f.order)
	for i, b := range f.order {
		f.rank[b.Index] = i
	}
	f.findLoops()
}

// findLoops finds the natural loops by their back edges: edges to a dominator.
func (f *flow) findLoops() {
	for _, header := range f.order {
		var l *loop
		for _, tail := range header.Preds {
			if !header.Dominates(tail) {
				continue
			}
			if l == nil {
				l = &loop{header: header, blocks: f.blockSet(), after: f.blockSet()}
				l.blocks.add(header.Index)
				f.loops = append(f.loops, l)
			}
			f.walk(func(b *ssa.BasicBlock) []*ssa.BasicBlock {
				if l.blocks.has(b.Index) {
					return nil
				}
				l.blocks.add(b.Index)
				return b.Preds
			}, tail)
		}
		if l == nil {
			continue
		}
		f.walk(func(b *ssa.BasicBlock) []*ssa.BasicBlock {
			if l.blocks.has(b.Index) || l.after.has(b.Index) {
				return nil
			}
			l.after.add(b.Index)
			return b.Succs
		}, header.Succs...)
	}
}

// walk visits the blocks, and those to which a visit leads.
func (f *flow) walk(visit func(*ssa.BasicBlock) []*ssa.BasicBlock, from ...*ssa.BasicBlock) {
	f.work = append(f.work[:0], from...)
	for n := len(f.work); n > 0; n = len(f.work) {
		b := f.work[n-1]
		f.work = append(f.work[:n-1], visit(b)...)
	}
}

// live reports whether the register is live at the entry of the block. A register of another function always is.
func (f *flow) live(v ssa.Value, b *ssa.BasicBlock) bool {
	s, ok := f.lives[v]
	if !ok {
		if v.Parent() != f.fn {
			return true
		}
		s = f.findLive(v)
		f.lives[v] = s
	}
	return s.has(b.Index)
}

// findLive computes where a register is live by walking from each use back to the
// definition (Boissinot et al.: "Fast liveness checking for SSA-form
// programs", CGO 2008, section on path exploration).
func (f *flow) findLive(v ssa.Value) bitset {
	live, def := f.blockSet(), defBlock(v)
	reach := func(use *ssa.BasicBlock) {
		f.walk(func(b *ssa.BasicBlock) []*ssa.BasicBlock {
			if b == def || live.has(b.Index) {
				return nil
			}
			live.add(b.Index)
			return b.Preds
		}, use)
	}
	for _, ref := range referrers(v) {
		switch ref := ref.(type) {
		case *ssa.Phi:
			for k, edge := range ref.Edges {
				if edge == v { // used at the end of the predecessor
					reach(ref.Block().Preds[k])
				}
			}
		case *ssa.Defer: // used where the function returns
			for _, b := range ref.Parent().Blocks {
				if returnOf(b) != nil {
					reach(b)
				}
			}
		default:
			reach(ref.Block())
		}
	}
	if phi, ok := v.(*ssa.Phi); ok { // evaluated on the edge: live where its block begins
		live.add(phi.Block().Index)
	}
	return live
}

// defBlock returns the block that defines v, nil for parameters and the like,
// which are live from the entry on.
func defBlock(v ssa.Value) *ssa.BasicBlock {
	if instr, ok := v.(ssa.Instruction); ok {
		return instr.Block()
	}
	return nil
}

// A bitset is a set of small integers.
type bitset []uint64

// blockSet returns an empty set for blocks of the function.
func (f *flow) blockSet() bitset {
	n := (len(f.fn.Blocks) + 63) / 64
	s := f.words.take(n)[:n]
	clear(s)
	return s
}

func (s bitset) has(i int) bool { return s[i/64]&(1<<(i%64)) != 0 }
func (s bitset) add(i int)      { s[i/64] |= 1 << (i % 64) }

func (s bitset) size() int {
	n := 0
	for _, w := range s {
		n += bits.OnesCount64(w)
	}
	return n
}
