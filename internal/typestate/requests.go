package typestate

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynccheck/asynccheck/internal/gotype"
)

// requestChanges reports whether the call stands in a loop, and what it asks for differs from one iteration to the
// next. Who asks the same again is polling:
//
//	for { out, err := client.DescribeTasks(ctx, in); … }             // the same
//	for _, chunk := range chunks { client.PutRecords(ctx, &kinesis.PutRecordsInput{Records: chunk}) }
//
// What isn't known to differ doesn't.
func (e *Engine) requestChanges(call ssa.CallInstruction) bool {
	l := e.flow.loopOf(call.Block())
	if l == nil {
		return false
	}
	c := changes{l, make(map[ssa.Value]bool)}
	args := call.Common().Args
	if call.Common().Signature().Recv() != nil && !call.Common().IsInvoke() {
		args = args[1:]
	}
	if len(args) == 0 || len(args) == 1 && gotype.IsContext(args[0].Type()) {
		return true // it takes the next ones from a queue
	}
	return slices.ContainsFunc(args, c.differs)
}

// What changes from one iteration of a loop to the next.
type changes struct {
	loop    *loop
	changed map[ssa.Value]bool // false while it is being found out
}

// differs reports whether the value, or what it points to, differs from one iteration to the next.
func (c *changes) differs(v ssa.Value) bool {
	changed, known := c.changed[v]
	if !known {
		c.changed[v] = false
		changed = c.find(v)
		c.changed[v] = changed
	}
	return changed
}

func (c *changes) find(v ssa.Value) bool {
	if c.filled(v) {
		return true
	}
	instr, ok := v.(ssa.Instruction)
	if !ok || !c.loop.has(instr.Block()) {
		return false
	}
	switch v := v.(type) {
	case *ssa.Next, *ssa.Range:
		return true
	case *ssa.Phi:
		return v.Block() == c.loop.header || slices.ContainsFunc(v.Edges, c.differs)
	case *ssa.Alloc, *ssa.MakeMap, *ssa.MakeSlice: // known by what is put in
		return false
	case *ssa.Call:
		return slices.ContainsFunc(v.Call.Args, c.differs)
	case *ssa.UnOp:
		if v.Op == token.ARROW {
			return true
		}
	}
	return slices.ContainsFunc(instr.Operands(nil), func(op *ssa.Value) bool { return *op != nil && c.differs(*op) })
}

// filled reports whether the loop puts something that differs into the memory that v points to.
func (c *changes) filled(v ssa.Value) bool {
	switch v.Type().Underlying().(type) {
	case *types.Pointer, *types.Map, *types.Slice:
	default:
		return false
	}
	for _, ref := range referrers(v) {
		if !c.loop.has(ref.Block()) {
			continue
		}
		switch ref := ref.(type) {
		case *ssa.Store:
			if ref.Addr == v && c.differs(ref.Val) {
				return true
			}
		case *ssa.MapUpdate:
			if ref.Map == v && (c.differs(ref.Key) || c.differs(ref.Value)) {
				return true
			}
		case *ssa.FieldAddr:
			if ref.X == v && c.filled(ref) {
				return true
			}
		case *ssa.IndexAddr:
			if ref.X == v && (c.filled(ref) || c.differs(ref.Index) && assignedTo(ref)) {
				return true
			}
		}
	}
	return false
}

// assignedTo reports whether something is stored at the address.
func assignedTo(addr ssa.Value) bool {
	return slices.ContainsFunc(referrers(addr), func(ref ssa.Instruction) bool {
		s, ok := ref.(*ssa.Store)
		return ok && s.Addr == addr
	})
}
