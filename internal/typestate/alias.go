package typestate

import (
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// One response may have several names: registers, variables, closures' cells, elements
// of local containers. Within a function the state knows them all, since a pointer to
// a variable is a value like any other, wherever it is kept:
//
//	t := &Task{}               // the cell t holds pointer(Task)
//	defer func() { use(t) }()  // the closure holds the cell
//	json.Unmarshal(b, t)       // fills what that leads to, for all of them
//
// The state hands on what it doesn't know: a load from memory where the response may lie, an element at an unknown
// index.

// targeted gives the memory that the origin fills, as the state knows it: a pointer to the response, or the pointer's
// own value if nobody knows where it leads.
func (r *run) targeted(st *state) value {
	t := r.org.target()
	if t.ptr == nil {
		return nil
	}
	at, ok := r.eval(st, t.ptr).(pointer)
	if !ok {
		return r.eval(st, t.ptr)
	}
	if r.org.kind == Decoded {
		at = st.follow(at)
	}
	at.path += t.path
	return at
}

// follow gives the memory that a decoder fills: it follows pointers that are there.
func (st *state) follow(at pointer) pointer {
	for range maxStructDepth {
		next, ok := st.load(at.block, at.path).(pointer)
		if !ok {
			break
		}
		at = next
	}
	return at
}

// fill lets the memory that the origin fills hold the response.
func (r *run) fill(st *state, call *ssa.Call, at value, shared bool) {
	t := r.org.target()
	if t.ptr == nil {
		return
	}
	if to, ok := at.(pointer); ok && !strings.Contains(to.path, nowhere) {
		if is[pointer](st.load(to.block, to.path)) {
			r.handOn(st, member{}, call.Pos()) // by the pointer that was there
		}
		st.store(to.block, to.path, member{})
		if shared {
			r.handOn(st, member{}, call.Pos())
		} else {
			st.mem.set(cell{to.block, escape}, nil) // the callee fills the variable, and doesn't keep it
		}
		if _, local := to.block.(*ssa.Alloc); !local && to.block != ssa.Value(r.org.target().caller) && !r.engine.makes(to.block) {
			st.obj.JudgedByProducer = true // the function that made the memory may look at it
		}
	} else {
		// Other pointers may lead there: one in a map, or one that somebody has kept.
		if t.path == "" {
			st.set(t.ptr, member{})
		}
		r.handOn(st, member{}, call.Pos())
		st.obj.JudgedByProducer = true
	}
}

// linked reports whether one gets from a member of the memory back to the memory. What the engine takes for a member
// of the response then, somebody may take for the response:
//
//	j := &Job{}
//	j.log = &Journal{job: j}
//	json.NewDecoder(body).Decode(j)
//	return j.log.verdict() // looks at j.log.job.Code
func (st *state) linked(to pointer) bool {
	return slices.ContainsFunc(st.below(to), func(x value) bool { return st.leads(x, to.block) })
}

// carryInto hands on what one answer passes to the call for the next one: out, err = send(out.Detail). The memory that
// the call fills is not handed on.
func (r *run) carryInto(st *state, call *ssa.Call, at value) {
	if r.org.here() || !st.obj.live() {
		return
	}
	filled, _ := at.(pointer)
	for _, a := range operands(call.Common()) {
		x := r.eval(st, a)
		if p, ok := x.(pointer); a != r.org.target().ptr && !(ok && p.block == filled.block) {
			r.handOn(st, x, call.Pos())
		}
	}
}

// makes reports whether v is a call of a constructor that keeps nothing of what it
// gives:
//
//	func newTask(name string) *Task { t := new(Task); t.Name = name; return t }
func (e *Engine) makes(v ssa.Value) bool {
	call, ok := v.(*ssa.Call)
	if !ok {
		return false
	}
	fn := call.Call.StaticCallee()
	if fn == nil || len(fn.Blocks) == 0 {
		return false
	}
	for _, ret := range e.returns(fn) {
		if alloc, ok := ret.Results[0].(*ssa.Alloc); !ok || !onlyInitialised(alloc) {
			return false
		}
	}
	return true
}

// onlyInitialised reports whether a new variable's members are set, its address returned, and nothing else.
func onlyInitialised(v ssa.Value) bool {
	for _, ref := range referrers(v) {
		switch ref := ref.(type) {
		case *ssa.Return, *ssa.DebugRef:
		case *ssa.FieldAddr:
			if !onlyInitialised(ref) {
				return false
			}
		case *ssa.Store:
			if ref.Addr != v {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// pointed gives the value of a result that points to new memory, as far as the origin
// may fill it: t := newTask(); json.Unmarshal(b, t).
func (r *run) pointed(reg ssa.Value) value {
	if t := r.org.target(); t.ptr != nil && types.Identical(reg.Type(), t.ptr.Type()) {
		return pointer{reg, ""}
	}
	return nil
}

// bind keeps what a closure captures: the registers may be dead where it is called. A
// variable is known by itself.
func (r *run) bind(st *state, c *ssa.MakeClosure) {
	st.forget(c, "")
	for i, b := range c.Bindings {
		if _, variable := b.(*ssa.Alloc); !variable {
			if x := r.eval(st, b); x != nil {
				st.mem.set(cell{c, appendField("", i)}, x)
			}
		}
	}
}

// bound gives what a closure has captured.
func (st *state) bound(c *ssa.MakeClosure, i int) value {
	if b, variable := c.Bindings[i].(*ssa.Alloc); variable {
		return pointer{b, ""}
	}
	return st.mem.get(cell{c, appendField("", i)})
}

// owns reports whether a pointer leads to a variable of the function. It looks through members, and through pointers
// that are assigned once.
func owns(ptr ssa.Value) bool {
	for seen := make(map[ssa.Value]bool); ptr != nil && !seen[ptr]; { // a = b; b = a
		seen[ptr] = true
		switch v := ptr.(type) {
		case *ssa.Alloc:
			return true
		case *ssa.FieldAddr:
			ptr = v.X
		case *ssa.UnOp:
			if cell, ok := v.X.(*ssa.Alloc); ok {
				ptr = onlyStore(cell)
			}
		}
	}
	return false
}

// paramCell gives the value of a parameter that a literal captures. go/ssa keeps such a parameter in a variable.
func (st *state) paramCell(p *ssa.Parameter) value {
	for _, ref := range referrers(p) {
		if s, ok := ref.(*ssa.Store); ok && s.Val == ssa.Value(p) {
			if cell, ok := s.Addr.(*ssa.Alloc); ok && onlyStore(cell) == ssa.Value(p) {
				return st.load(cell, "")
			}
		}
	}
	return nil
}

// leads reports whether x gives access to the variable block: x is a pointer into it, holds such a pointer, or is a
// closure that has captured one.
func (st *state) leads(x value, block ssa.Value) bool {
	seen := make(map[ssa.Value]bool)
	var leads func(x value) bool
	leads = func(x value) bool {
		if f, ok := x.(function); ok {
			if c, ok := f.of.(*ssa.MakeClosure); ok {
				for i := range c.Bindings {
					if leads(st.bound(c, i)) {
						return true
					}
				}
			}
			return false
		}
		c, ok := cellOf(x)
		switch {
		case !ok:
			return false
		case is[pointer](x) && c.block == block:
			return true
		case seen[c.block]:
			return false
		}
		seen[c.block] = true
		return slices.ContainsFunc(st.below(x), leads)
	}
	return leads(x)
}

// load reads what a pointer leads to. An element at an unknown index may be any of them, so that all are handed on.
func (r *run) load(st *state, x pointer, pos token.Pos) value {
	if i := strings.Index(x.path, nowhere); i >= 0 {
		r.handOnBelow(st, pointer{x.block, x.path[:i]}, pos)
		return nil
	}
	return st.load(x.block, x.path)
}

// sliced gives the value of a slice expression. A slice of all of an array stands for the array.
func (r *run) sliced(st *state, s *ssa.Slice) value {
	x := r.eval(st, s.X)
	switch {
	case hasSome(x) && (s.Low != nil || s.High != nil):
		return nil // there may be nothing left
	case is[pointer](x) && (s.Low != nil || s.High != nil):
		r.handOn(st, x, s.Pos())
		return nil
	}
	return x
}

// elements gives the length of an array. x points to the array, or is a slice of all of it.
func elements(x value) (int64, bool) {
	to, ok := x.(pointer)
	if !ok || to.path != "" {
		return 0, false
	}
	p, ok := to.block.Type().Underlying().(*types.Pointer)
	if !ok {
		return 0, false
	}
	a, ok := p.Elem().Underlying().(*types.Array)
	if !ok {
		return 0, false
	}
	return a.Len(), true
}

// handOnOperands hands on the operands of an instruction that no case models.
func (r *run) handOnOperands(st *state, instr ssa.Instruction) {
	if !st.obj.live() {
		return
	}
	var few [4]*ssa.Value
	for _, op := range instr.Operands(few[:0]) {
		if *op != nil {
			r.handOn(st, r.eval(st, *op), instr.Pos())
		}
	}
}

// onlyStore gives the one value that is assigned to the variable, here or in literals that capture it, nil if there
// are several. A function that gets the variable's address may still write to it.
func onlyStore(alloc *ssa.Alloc) ssa.Value {
	var v ssa.Value
	var once func(addr ssa.Value) bool
	once = func(addr ssa.Value) bool {
		for _, ref := range referrers(addr) {
			switch ref := ref.(type) {
			case *ssa.Store:
				if ref.Addr == addr && !empties(addr, ref.Val) {
					if v != nil || addr != ssa.Value(alloc) {
						return false
					}
					v = ref.Val
				}
			case *ssa.MakeClosure:
				for i, b := range ref.Bindings {
					if b == addr && !once(ref.Fn.(*ssa.Function).FreeVars[i]) {
						return false
					}
				}
			}
		}
		return true
	}
	if !once(alloc) {
		return nil
	}
	return v
}
