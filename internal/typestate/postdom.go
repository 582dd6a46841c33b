package typestate

import (
	"slices"

	"golang.org/x/tools/go/ssa"
)

// postdoms are the immediate post-dominators of a function's blocks, by index; -1 where the
// paths from the block meet nowhere but outside of the function.
type postdoms struct {
	blocks []*ssa.BasicBlock
	next   []int
}

// of gives the first block that all paths from b pass through, nil if there is none.
func (p *postdoms) of(b *ssa.BasicBlock) *ssa.BasicBlock {
	if i := p.next[b.Index]; i >= 0 {
		return p.blocks[i]
	}
	return nil
}

// postDominators computes them as Cooper, Harvey and Kennedy do ("A simple, fast dominance
// algorithm", 2001), on the edges reversed. A path ends where it enters stop, if that
// isn't nil, and so does one that goes round forever.
func postDominators(fn *ssa.Function, stop *ssa.BasicBlock) *postdoms {
	const end, unknown = -1, -2
	order := backwards(fn, stop)
	p := &postdoms{fn.Blocks, slices.Repeat([]int{unknown}, len(fn.Blocks))}
	meet := func(a, b int) int {
		for a != b {
			switch {
			case a == end || b == end:
				return end
			case order.rank[a] < order.rank[b]:
				a = p.next[a]
			default:
				b = p.next[b]
			}
		}
		return a
	}
	for changed := true; changed; {
		changed = false
		for _, b := range slices.Backward(order.blocks) {
			to := unknown
			if order.last[b.Index] {
				to = end
			}
			for _, s := range b.Succs {
				switch {
				case s == stop, p.next[s.Index] == unknown:
				case to == unknown:
					to = s.Index
				default:
					to = meet(to, s.Index)
				}
			}
			if p.next[b.Index] != to {
				p.next[b.Index], changed = to, true
			}
		}
	}
	return p
}

// A backward order is a postorder of a function's blocks on the edges reversed.
type backward struct {
	blocks []*ssa.BasicBlock
	rank   []int  // of a block in it, by the block's index
	last   []bool // a path may end after the block, by its index
}

// backwards gives the order. A path ends where it enters stop, and where it goes round forever.
func backwards(fn *ssa.Function, stop *ssa.BasicBlock) *backward {
	const unknown = -1
	o := &backward{rank: slices.Repeat([]int{unknown}, len(fn.Blocks)), last: make([]bool, len(fn.Blocks))}
	var visit func(b *ssa.BasicBlock)
	visit = func(b *ssa.BasicBlock) {
		o.rank[b.Index] = 0
		if b != stop {
			for _, q := range b.Preds {
				if o.rank[q.Index] == unknown {
					visit(q)
				}
			}
		}
		o.rank[b.Index] = len(o.blocks)
		o.blocks = append(o.blocks, b)
	}
	for _, b := range fn.Blocks {
		o.last[b.Index] = len(b.Succs) == 0 || stop != nil && slices.Contains(b.Succs, stop)
		if o.last[b.Index] && o.rank[b.Index] == unknown {
			visit(b)
		}
	}
	for _, b := range fn.Blocks {
		if o.rank[b.Index] == unknown { // it goes round forever
			o.last[b.Index] = true
			visit(b)
		}
	}
	return o
}
