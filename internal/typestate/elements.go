package typestate

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/asynccheck/asynccheck/internal/recognize"
)

// findAssert finds a response that a type assertion gives.
func (f *finder) findAssert(instr *ssa.TypeAssert) {
	if IsError(instr.X.Type()) || dynamicTypeOf(instr.X) != nil {
		return
	}
	f.findComponent(instr, instr.CommaOk, 1, Asserted, false)
}

// findComponent finds a response in a register that is the value or, with
// commaOk, a tuple of the value and a flag.
func (f *finder) findComponent(v ssa.Value, commaOk bool, at int, kind OriginKind, lookup bool) *site {
	instr := v.(ssa.Instruction)
	if !commaOk {
		if resp := f.received(v.Type()); resp != nil {
			return f.add(site{at: &registerOrigin{instr: instr, lookup: lookup}, kind: kind, resp: resp, pos: v.Pos()})
		}
		return nil
	}
	for _, ref := range *v.Referrers() {
		if e, ok := ref.(*ssa.Extract); ok && e.Index == 0 {
			if resp := f.received(e.Type()); resp != nil {
				return f.add(site{at: &registerOrigin{instr: e, lookup: lookup}, kind: kind, resp: resp, pos: v.Pos(), flag: flag{v, at}})
			}
		}
	}
	return nil
}

// findElement finds an element of a slice or array of responses, or of a
// batch's entries. Reads of one element through one index are one value.
func (f *finder) findElement(instr ssa.Instruction, x, index ssa.Value, t types.Type) {
	kind, resp := Element, f.received(t)
	if p, ok := t.Underlying().(*types.Pointer); ok && resp == nil {
		resp = f.received(p.Elem()) // address of a pointer
	}
	if e := f.entryType(x); e != nil {
		kind, resp = EntryOf, e
	}
	if resp != nil {
		f.element(instr, kind, resp, x, index, false)
	}
}

func (f *finder) findLookup(instr *ssa.Lookup) {
	kind := Element
	var at ssa.Instruction = instr
	elem := instr.Type()
	if instr.CommaOk {
		at = nil
		elem = instr.Type().(*types.Tuple).At(0).Type()
		for _, ref := range *instr.Referrers() {
			if e, ok := ref.(*ssa.Extract); ok && e.Index == 0 {
				at = e
			}
		}
	}
	resp := f.received(elem)
	if e := f.entryType(instr.X); e != nil {
		kind, resp = EntryOf, e
	}
	if resp == nil || at == nil {
		return
	}
	absent := !f.present(instr) // it may be
	if s := f.element(at, kind, resp, instr.X, instr.Index, absent); s != nil && instr.CommaOk {
		s.flag = flag{instr, 1}
	}
}

// present reports whether the key that is looked up is known to be in the map:
// it is one of its keys, or a comma-ok read of the same element came first.
func (f *finder) present(instr *ssa.Lookup) bool {
	if keyOf(instr.Index, instr.X) {
		return true
	}
	for _, index := range loads(instr.Index) {
		for _, ref := range referrers(index) {
			other, ok := ref.(*ssa.Lookup)
			if ok && other != instr && other.CommaOk && (placeOf(other.X) == placeOf(instr.X) || reread(other.X, instr.X)) &&
				other.Block() != instr.Block() && other.Block().Dominates(instr.Block()) {
				return true
			}
		}
	}
	return false
}

// findNext finds the value that a range over a map gives.
func (f *finder) findNext(e *ssa.Extract) {
	switch t := e.Tuple.(type) {
	case *ssa.Next:
		if e.Index != 2 || t.IsString {
			return
		}
		x := t.Iter.(*ssa.Range).X
		kind, resp := Element, f.received(e.Type())
		if entry := f.entryType(x); entry != nil {
			kind, resp = EntryOf, entry
		}
		if resp != nil {
			f.element(e, kind, resp, x, t, false)
		}
	case *ssa.Select:
		if e.Index >= 2 {
			if resp := f.received(e.Type()); resp != nil {
				f.add(site{at: &registerOrigin{instr: e}, kind: Element, resp: resp, pos: t.Pos()})
			}
		}
	}
}

// element adds a site for an element, unless an earlier one that is always
// passed first reads the same element.
func (f *finder) element(instr ssa.Instruction, kind OriginKind, resp *recognize.Response, x, index ssa.Value, lookup bool) *site {
	if kind == Element && f.engine.collection(x).own() {
		return nil
	}
	reads := element{placeOf(x), placeOf(index), instr.Parent()}
	if s := f.readBefore(reads, instr.Block()); s != nil {
		at := s.at.(*registerOrigin)
		if at.alias == nil {
			at.alias = make(map[ssa.Instruction]bool)
		}
		at.alias[instr] = true
		return nil
	}
	at := &registerOrigin{instr: instr, collection: x, lookup: lookup}
	if kind == EntryOf {
		at.loop = f.flow.loopOf(instr.Block())
	}
	s := f.add(site{at: at, kind: kind, resp: resp, pos: instr.(ssa.Value).Pos()})
	if f.elements == nil {
		f.elements = make(map[element][]*site)
	}
	f.elements[reads] = append(f.elements[reads], s)
	if !s.pos.IsValid() {
		s.pos = f.rangePos(instr)
	}
	return s
}

// readBefore gives the site of the element in a block that is always passed before b. Blocks are scanned in the order
// of the dominator tree: a block that doesn't dominate b dominates no later one.
func (f *finder) readBefore(reads element, b *ssa.BasicBlock) *site {
	sites := f.elements[reads]
	for n := len(sites); n > 0; n-- {
		if s := sites[n-1]; s.block().Dominates(b) {
			f.elements[reads] = sites[:n]
			return s
		}
	}
	delete(f.elements, reads)
	return nil
}

func (f *finder) rangePos(instr ssa.Instruction) token.Pos {
	if e, ok := instr.(*ssa.Extract); ok {
		if n, ok := e.Tuple.(*ssa.Next); ok {
			return n.Iter.Pos()
		}
		return e.Tuple.Pos()
	}
	return f.flow.end(instr.Block())
}

// entryType describes the entries of x if it is the detail of a batch.
func (f *finder) entryType(x ssa.Value) *recognize.Response {
	for range 8 {
		switch v := x.(type) {
		case *ssa.UnOp:
			x = v.X
		case *ssa.ChangeType:
			x = v.X
		case *ssa.Slice:
			x = v.X
		case *ssa.FieldAddr:
			if e := f.entryField(v.X.Type(), v.Field); e != nil {
				return e
			}
			x = v.X
		case *ssa.Field:
			if e := f.entryField(v.X.Type(), v.Field); e != nil {
				return e
			}
			x = v.X
		case *ssa.Phi:
			x = v.Edges[0]
		case *ssa.Call:
			return f.entryOfCall(v)
		default:
			return nil
		}
	}
	return nil
}

// entryOfCall describes the entries of the detail that an accessor gives.
func (f *finder) entryOfCall(call *ssa.Call) *recognize.Response {
	res := f.engine.summaryOf(call.Common()).result(0)
	if res == nil || res.Param < 0 {
		return nil
	}
	args := call.Call.Args
	i := res.Param - firstArg(call.Common())
	if i < 0 || i >= len(args) {
		return nil
	}
	resp := f.cfg.Response(args[i].Type())
	if resp == nil || resp.Kind != recognize.Batch || rolesOf(resp).detail != res.Path {
		return nil
	}
	return resp.Detail.Entry
}

// entryField describes the entries of the field if it has the detail role.
func (f *finder) entryField(t types.Type, field int) *recognize.Response {
	resp := f.cfg.Response(t)
	if resp == nil || resp.Kind != recognize.Batch || resp.Detail.Entry == nil {
		return nil
	}
	if p := resp.Detail.Path; len(p) == 1 && p[0] == field {
		return resp.Detail.Entry
	}
	return nil
}

// A place is what a value is read from: two reads of one place are of equal places.
type place struct {
	root  ssa.Value
	name  string // of a constant, which has no root
	loads int    // on the way from the root
	path  string
}

// An element is an element of a collection that a function reads. The body of a range over a function is a function of
// its own.
type element struct {
	x, index place
	fn       *ssa.Function
}

func placeOf(v ssa.Value) place {
	var p place
	for depth := 0; depth <= 8; depth++ {
		switch x := v.(type) {
		case *ssa.Const:
			p.name = x.String()
			return p
		case *ssa.UnOp:
			if x.Op != token.MUL {
				p.root = v
				return p
			}
			p.loads++
			v = x.X
		case *ssa.FieldAddr:
			p.path = appendField(p.path, x.Field)
			v = x.X
		case *ssa.Field:
			p.path = appendField(p.path, x.Field)
			v = x.X
		case *ssa.ChangeType:
			v = x.X
		case *ssa.IndexAddr: // of a list: all[0]
			c, ok := x.Index.(*ssa.Const)
			if !ok {
				p.root = v
				return p
			}
			p.path += "[" + c.String() + "]"
			v = x.X
		case *ssa.Slice: // all of an array
			if x.Low != nil || x.High != nil {
				p.root = v
				return p
			}
			v = x.X
		default:
			p.root = v
			return p
		}
	}
	p.root = v
	return p
}
