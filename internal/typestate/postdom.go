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
	n := len(fn.Blocks)
	p := &postdoms{fn.Blocks, slices.Repeat([]int{unknown}, n)}
	rank := slices.Repeat([]int{unknown}, n) // in a postorder of the reversed edges
	var order []*ssa.BasicBlock
	last := make([]bool, n) // the path may end after the block
	var visit func(b *ssa.BasicBlock)
	visit = func(b *ssa.BasicBlock) {
		rank[b.Index] = 0
		if b != stop {
			for _, q := range b.Preds {
				if rank[q.Index] == unknown {
					visit(q)
				}
			}
		}
		rank[b.Index] = len(order)
		order = append(order, b)
	}
	for _, b := range fn.Blocks {
		last[b.Index] = len(b.Succs) == 0 || stop != nil && slices.Contains(b.Succs, stop)
		if last[b.Index] && rank[b.Index] == unknown {
			visit(b)
		}
	}
	for _, b := range fn.Blocks {
		if rank[b.Index] == unknown { // it goes round forever
			last[b.Index] = true
			visit(b)
		}
	}
	meet := func(a, b int) int {
		for a != b {
			switch {
			case a == end || b == end:
				return end
			case rank[a] < rank[b]:
				a = p.next[a]
			default:
				b = p.next[b]
			}
		}
		return a
	}
	for changed := true; changed; {
		changed = false
		for _, b := range slices.Backward(order) {
			to := unknown
			if last[b.Index] {
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
