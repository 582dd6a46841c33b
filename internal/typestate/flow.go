package typestate

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// flows keeps what is known of the control flow of functions: it is the same
// for every value, and computed once.
type flows struct {
	funcs map[*ssa.Function]*flow
}

type flow struct {
	order []*ssa.BasicBlock // reverse postorder
	rank  []int             // position of a block in order, by its index
	loops []*loop
	live  []bitset          // registers live at the entry of a block, by its index
	index map[ssa.Value]int // bit of a register
}

// A loop is a natural loop: the blocks from which header can be reached again
// without passing through it.
type loop struct {
	header *ssa.BasicBlock
	blocks map[*ssa.BasicBlock]bool
	after  map[*ssa.BasicBlock]bool // blocks that follow the loop where its condition ends it
}

// endsTurn reports whether the edge ends a turn of the loop. One to a block of
// the body from which there is only a return does not: the path ends there.
func (l *loop) endsTurn(from, to *ssa.BasicBlock) bool {
	return l.blocks[from] && (to == l.header || !l.blocks[to] && l.after[to])
}

func newFlows() *flows { return &flows{funcs: make(map[*ssa.Function]*flow)} }

func (fs *flows) of(fn *ssa.Function) *flow {
	f := fs.funcs[fn]
	if f == nil {
		f = newFlow(fn)
		fs.funcs[fn] = f
	}
	return f
}

func (fs *flows) order(fn *ssa.Function) []*ssa.BasicBlock { return fs.of(fn).order }
func (fs *flows) rank(b *ssa.BasicBlock) int               { return fs.of(b.Parent()).rank[b.Index] }
func (fs *flows) loops(fn *ssa.Function) []*loop           { return fs.of(fn).loops }

// loopOf returns the innermost loop that contains b, nil if there is none.
func (fs *flows) loopOf(b *ssa.BasicBlock) *loop {
	var inner *loop
	for _, l := range fs.loops(b.Parent()) {
		if l.blocks[b] && (inner == nil || len(l.blocks) < len(inner.blocks)) {
			inner = l
		}
	}
	return inner
}

// live is the set of registers that are live at the entry of a block.
type live struct {
	f *flow
	s bitset
}

func (fs *flows) liveIn(b *ssa.BasicBlock) live {
	f := fs.of(b.Parent())
	return live{f, f.live[b.Index]}
}

func (l live) has(v ssa.Value) bool {
	i, ok := l.f.index[v]
	return ok && l.s.has(i)
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

func newFlow(fn *ssa.Function) *flow {
	f := &flow{rank: make([]int, len(fn.Blocks)), index: make(map[ssa.Value]int)}
	seen := make([]bool, len(fn.Blocks))
	var visit func(b *ssa.BasicBlock)
	visit = func(b *ssa.BasicBlock) {
		seen[b.Index] = true
		for _, s := range slices.Backward(b.Succs) {
			if !seen[s.Index] {
				visit(s)
			}
		}
		f.order = append(f.order, b)
	}
	visit(fn.Blocks[0])
	slices.Reverse(f.order)
	for i, b := range f.order {
		f.rank[b.Index] = i
	}
	f.findLoops()
	f.findLive(fn)
	return f
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
				l = &loop{header, map[*ssa.BasicBlock]bool{header: true}, make(map[*ssa.BasicBlock]bool)}
				f.loops = append(f.loops, l)
			}
			for work := []*ssa.BasicBlock{tail}; len(work) > 0; {
				b := work[len(work)-1]
				work = work[:len(work)-1]
				if !l.blocks[b] {
					l.blocks[b] = true
					work = append(work, b.Preds...)
				}
			}
		}
		if l == nil {
			continue
		}
		for work := slices.Clone(header.Succs); len(work) > 0; {
			b := work[len(work)-1]
			work = work[:len(work)-1]
			if !l.blocks[b] && !l.after[b] {
				l.after[b] = true
				work = append(work, b.Succs...)
			}
		}
	}
}

// findLive computes live registers by walking from each use back to the
// definition (Boissinot et al.: "Fast liveness checking for SSA-form
// programs", CGO 2008, section on path exploration).
func (f *flow) findLive(fn *ssa.Function) {
	for _, p := range fn.Params {
		f.index[p] = len(f.index)
	}
	for _, v := range fn.FreeVars {
		f.index[v] = len(f.index)
	}
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if v, ok := instr.(ssa.Value); ok {
				f.index[v] = len(f.index)
			}
		}
	}
	f.live = make([]bitset, len(fn.Blocks))
	for i := range f.live {
		f.live[i] = newBitset(len(f.index))
	}
	var reach func(b *ssa.BasicBlock, i int, def *ssa.BasicBlock)
	reach = func(b *ssa.BasicBlock, i int, def *ssa.BasicBlock) {
		for work := []*ssa.BasicBlock{b}; len(work) > 0; {
			b := work[len(work)-1]
			work = work[:len(work)-1]
			if b != def && !f.live[b.Index].has(i) {
				f.live[b.Index].add(i)
				work = append(work, b.Preds...)
			}
		}
	}
	var operands []*ssa.Value
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			operands = instr.Operands(operands[:0])
			for k, op := range operands {
				i, ok := f.index[*op]
				if !ok {
					continue
				}
				use := b
				if phi, ok := instr.(*ssa.Phi); ok { // used at the end of the predecessor
					use = phi.Block().Preds[k]
				}
				def := defBlock(*op)
				if phi, ok := (*op).(*ssa.Phi); ok && use == phi.Block() {
					continue
				}
				reach(use, i, def)
			}
		}
	}
	// A phi is evaluated on the edge: it is live where its block begins.
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			phi, ok := instr.(*ssa.Phi)
			if !ok {
				break
			}
			f.live[b.Index].add(f.index[phi])
		}
	}
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

func newBitset(n int) bitset    { return make(bitset, (n+63)/64) }
func (s bitset) has(i int) bool { return s[i/64]&(1<<(i%64)) != 0 }
func (s bitset) add(i int)      { s[i/64] |= 1 << (i % 64) }
