package typestate

import (
	"go/constant"
	"go/token"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/asynccheck/asynccheck/internal/codeset"
	"github.com/asynccheck/asynccheck/internal/library"
	"github.com/asynccheck/asynccheck/internal/library/byname"
)

// Constant sets. A set of codes that is written down, and that nobody can change, is a comparison
// with each of its members:
//
//	var fine = map[Code]bool{0: true, 7001: true} // unexported, never written, never passed on
//
//	if !fine[r.Code] { return errFailed }
//	if slices.Contains([]int{0, 7001}, r.Code) { return nil }
//
// Any other set is opaque.

// A listed is a constant set, with what it says of its members.
type listed struct {
	members codeset.Set
	true    codeset.Set // those whose value is true
}

// listedIn gives what is written down in a map or a slice, nil if it isn't constant.
func (e *Engine) listedIn(v ssa.Value) *listed {
	l, ok := e.listed[v]
	if !ok {
		l = e.findListed(v)
		e.listed[v] = l
	}
	return l
}

func (e *Engine) findListed(v ssa.Value) *listed {
	switch v := v.(type) {
	case *ssa.ChangeType:
		return e.listedIn(v.X)
	case *ssa.UnOp:
		if g, ok := v.X.(*ssa.Global); ok && v.Op == token.MUL {
			return e.inVariable(g)
		}
	}
	return written(v, nil)
}

// written gives what the literal of a map or a slice says, nil if v is none. It may be stored once.
func written(v ssa.Value, stored *ssa.Store) *listed {
	switch v := v.(type) {
	case *ssa.MakeMap:
		return mapped(v, stored)
	case *ssa.Slice:
		return sequence(v, stored)
	}
	return nil
}

// inVariable gives the constant set that a package variable holds.
func (e *Engine) inVariable(g *ssa.Global) *listed {
	if token.IsExported(g.Name()) || e.cfg.Functions == nil {
		return nil
	}
	var init *ssa.Store
	for _, ref := range e.usesOf(g) {
		switch ref := ref.(type) {
		case *ssa.Store:
			if init != nil || ref.Addr != g || ref.Parent() != g.Pkg.Func("init") {
				return nil
			}
			init = ref
		case *ssa.UnOp:
			if !onlyRead(ref, nil, 0) {
				return nil
			}
		case *ssa.DebugRef:
		default:
			return nil
		}
	}
	if init == nil {
		return nil
	}
	return written(init.Val, init)
}

// usesOf gives the instructions that mention the package variable.
func (e *Engine) usesOf(g *ssa.Global) []ssa.Instruction {
	if e.globals == nil {
		e.globals = make(map[*ssa.Global][]ssa.Instruction)
		add := func(fn *ssa.Function) {
			for _, b := range fn.Blocks {
				for _, instr := range b.Instrs {
					var few [4]*ssa.Value
					for _, op := range instr.Operands(few[:0]) {
						if g, ok := (*op).(*ssa.Global); ok {
							e.globals[g] = append(e.globals[g], instr)
						}
					}
				}
			}
		}
		for _, fn := range e.cfg.Functions() {
			add(fn)
		}
		add(g.Pkg.Func("init"))
	}
	return e.globals[g]
}

// isSentinel reports whether the package variable, which has an error type, is a sentinel error. By convention that is
// never nil, unless a function assigns to it.
//
//	var errFailed = errors.New("failed")
func (e *Engine) isSentinel(g *ssa.Global) bool {
	if e.cfg.Functions == nil || g.Pkg.Func("init") == nil {
		return true // as far as is known
	}
	return !slices.ContainsFunc(e.usesOf(g), func(use ssa.Instruction) bool {
		s, ok := use.(*ssa.Store)
		return ok && s.Addr == ssa.Value(g) && !strings.HasPrefix(s.Parent().Name(), "init#") && s.Parent() != g.Pkg.Func("init")
	})
}

func mapped(m *ssa.MakeMap, stored *ssa.Store) *listed {
	if !onlyRead(m, stored, 0) {
		return nil
	}
	l := new(listed)
	var keys, yes []int64
	for _, ref := range *m.Referrers() {
		set, ok := ref.(*ssa.MapUpdate)
		if !ok {
			continue
		}
		key, ok := integer(set.Key)
		if !ok || set.Block() != m.Block() {
			return nil
		}
		keys = append(keys, key)
		if isBool(set.Value, true) {
			yes = append(yes, key)
		} else if IsBool(set.Value.Type()) && !isBool(set.Value, false) {
			return nil
		}
	}
	l.members, l.true = codeset.Of(keys...), codeset.Of(yes...)
	return l
}

func sequence(s *ssa.Slice, stored *ssa.Store) *listed {
	array, ok := s.X.(*ssa.Alloc)
	if !ok || s.Low != nil || s.High != nil || !onlyRead(s, stored, 0) {
		return nil
	}
	var members []int64
	for _, ref := range *array.Referrers() {
		switch ref := ref.(type) {
		case *ssa.IndexAddr:
			for _, use := range *ref.Referrers() {
				store, ok := use.(*ssa.Store)
				if !ok || store.Addr != ref || store.Block() != array.Block() {
					return nil
				}
				n, ok := integer(store.Val)
				if !ok {
					return nil
				}
				members = append(members, n)
			}
		case *ssa.Slice:
			if ref != s {
				return nil
			}
		default:
			return nil
		}
	}
	if n, ok := elements(pointer{array, ""}); !ok || int(n) != len(members) {
		return nil // the others are 0
	}
	return &listed{members: codeset.Of(members...)}
}

// onlyRead reports whether only the literal writes to a map or a slice, and nobody gets it who could write to it. The
// uses of the variable that it is stored in are checked elsewhere.
func onlyRead(v ssa.Value, stored *ssa.Store, depth int) bool {
	for _, ref := range referrers(v) {
		switch ref := ref.(type) {
		case *ssa.Lookup, *ssa.Range, *ssa.DebugRef:
		case *ssa.MapUpdate:
			if _, literal := v.(*ssa.MakeMap); !literal {
				return false
			}
		case *ssa.Store:
			if ref != stored {
				return false
			}
		case *ssa.IndexAddr:
			for _, use := range *ref.Referrers() {
				if load, ok := use.(*ssa.UnOp); !ok || load.Op != token.MUL {
					return false
				}
			}
		case *ssa.Slice, *ssa.ChangeType:
			if !onlyRead(ref.(ssa.Value), nil, depth) {
				return false
			}
		case *ssa.Call:
			if !readsArg(ref.Common(), v, depth) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// readsArg reports whether the callee only reads the map or the slice.
func readsArg(c *ssa.CallCommon, v ssa.Value, depth int) bool {
	if b, ok := c.Value.(*ssa.Builtin); ok {
		return b.Name() == "len" || b.Name() == "cap"
	}
	if byname.Is(library.Searches, calleeOf(c)) {
		return true
	}
	fn := c.StaticCallee()
	if fn == nil || len(fn.Blocks) == 0 || depth >= maxInline {
		return false
	}
	for i, a := range c.Args {
		if a == v && !onlyRead(fn.Params[i], nil, depth+1) {
			return false
		}
	}
	return true
}

func isBool(v ssa.Value, truth bool) bool {
	c, ok := v.(*ssa.Const)
	return ok && c.Value != nil && c.Value.Kind() == constant.Bool && constant.BoolVal(c.Value) == truth
}

// contains simulates slices.Contains of a constant set and the code.
func (r *run) contains(st *state, call *ssa.Call) (value, bool) {
	if !st.obj.live() || !r.engine.is(library.Contains, calleeOf(call.Common())) || len(call.Call.Args) != 2 {
		return nil, false
	}
	x := r.eval(st, call.Call.Args[1])
	if !r.isOuterCode(x) {
		return nil, false
	}
	l := r.engine.listedIn(call.Call.Args[0])
	if l == nil {
		return nil, false
	}
	return r.in(l, l.members, call, call.Call.Args[1]), true
}

// listedAt gives the value of a lookup of the code in a constant set: whether its value is true, or with
// a comma-ok whether it is there.
func (r *run) listedAt(st *state, at *ssa.Lookup) (value, bool) {
	x := r.eval(st, at.Index)
	if !st.obj.live() || !r.isOuterCode(x) {
		return nil, false
	}
	l := r.engine.listedIn(at.X)
	switch {
	case l == nil:
		return nil, false
	case at.CommaOk:
		return r.in(l, l.members, at, at.Index), true
	case IsBool(at.Type()):
		return r.in(l, l.true, at, at.Index), true
	}
	return nil, false
}

// in gives the value of a boolean that is true if the code is in the set.
func (r *run) in(l *listed, set codeset.Set, at, read ssa.Value) value {
	r.name(l.members)
	return r.listed(at, set, set.Complement(), read, at.Pos())
}

// listed gives the value of the boolean register at, which is true for the codes in holds and false for those in
// fails.
func (r *run) listed(at ssa.Value, holds, fails codeset.Set, read ssa.Value, pos token.Pos) value {
	i, ok := r.lists[at]
	if !ok {
		i = int32(len(r.sets))
		if r.lists == nil {
			r.lists = make(map[ssa.Value]int32)
		}
		r.lists[at] = i
		r.sets = append(r.sets, split{holds, fails})
	}
	return inSet{set: i, reading: reading{read, pos}}
}

// listedValue gives the value of the member that a lookup with a comma-ok finds in a constant set.
func (r *run) listedValue(found *ssa.Extract) value {
	at := found.Tuple.(*ssa.Lookup)
	l := r.engine.listedIn(at.X)
	if IsBool(found.Type()) {
		return r.in(l, l.true, found, at.Index)
	}
	return opaque // it depends on the code
}
