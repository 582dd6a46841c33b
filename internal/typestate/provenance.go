package typestate

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynccheck/asynccheck/internal/library"
	"github.com/asynccheck/asynccheck/internal/library/byname"
	"github.com/asynccheck/asynccheck/internal/recognize"
)

// A source says where bytes come from.
type source struct {
	root       ssa.Value   // the value they come from: bytes of one root are the same
	from       []ssa.Value // the values that root is made of, if it is made of others
	raw        bool        // nobody has looked into them
	inbound    bool        // they are a request that the program serves
	fromCaller bool        // they are a parameter's, or may be: the caller may have looked into them
	piece      bool        // they are a part of what they are made of
}

// roots gives all that the bytes may come from.
func (s *source) roots() []ssa.Value { return append(slices.Clip(s.from), s.root) }

// overlaps reports whether some of the bytes may be the same.
func (s *source) overlaps(t source) bool {
	return s.root != nil && t.root != nil && slices.ContainsFunc(s.roots(), func(v ssa.Value) bool { return slices.Contains(t.roots(), v) })
}

// provenance follows bytes, or a reader or decoder of them, back to where they
// come from, through conversions and functions that hand them through.
// Bytes are raw when they come from a parameter, a reader, or a function
// known not to look into them, and no unknown callee with an error result saw
// them.
func (e *Engine) provenance(v ssa.Value) source {
	s := e.trace(v)
	if s.raw && s.root != nil && e.seen(&s) {
		s.raw = false
	}
	return s
}

func (e *Engine) trace(v ssa.Value) source {
	fn := v.Parent()
	if fn == nil {
		return source{root: v} // a constant, or a variable of a package
	}
	f := e.flow.of(fn)
	s, ok := f.sources[v]
	if !ok {
		t := tracer{engine: e, visited: make(map[ssa.Value]bool)}
		s = t.trace(v)
		s.from = t.from
		f.sources[v] = s
	}
	return s
}

// A tracer visits each value once, so that a loop which moves bytes about costs
// no more than its size.
type tracer struct {
	engine  *Engine
	visited map[ssa.Value]bool
	from    []ssa.Value
}

func (t *tracer) trace(v ssa.Value) source {
	if t.visited[v] {
		return source{root: v, raw: true} // the other ways to it tell what it is
	}
	t.visited[v] = true
	switch x := v.(type) {
	case *ssa.Parameter:
		if a := t.engine.argument(x); a != nil {
			return t.trace(a)
		}
		return source{root: x, raw: true, inbound: isRequest(x.Type()), fromCaller: true}
	case *ssa.Convert:
		return t.trace(x.X)
	case *ssa.ChangeType:
		return t.trace(x.X)
	case *ssa.ChangeInterface:
		return t.trace(x.X)
	case *ssa.MakeInterface:
		return t.trace(x.X)
	case *ssa.Slice:
		return t.trace(x.X)
	case *ssa.TypeAssert:
		return t.trace(x.X)
	case *ssa.Extract:
		return t.component(x)
	case *ssa.Lookup: // of a map of answers
		return t.piece(x, x.X)
	case *ssa.Index:
		return t.piece(x, x.X)
	case *ssa.Phi:
		edges := slices.DeleteFunc(slices.Clone(x.Edges), func(edge ssa.Value) bool { return edge == ssa.Value(x) })
		return t.join(x, edges)
	case *ssa.UnOp:
		return t.load(x)
	case *ssa.Alloc, *ssa.MakeSlice: // a buffer
		if from, ok := t.engine.filledFrom(x); ok && len(from) > 0 {
			return t.join(x, from)
		}
	case *ssa.Call:
		if fn := t.engine.tail(x.Common()); fn != nil {
			return t.returned(x, fn, 0)
		}
		if res := t.engine.summaryOf(x.Common()).result(0); res != nil && res.Raw {
			return source{root: x, raw: true}
		}
		return t.call(x)
	}
	return source{root: v}
}

// join gives the source of v, which is one of the values, or is made of them.
func (t *tracer) join(v ssa.Value, of []ssa.Value) source {
	s := source{root: v, raw: true}
	for _, x := range of {
		o := t.trace(x)
		s.raw = s.raw && o.raw
		s.inbound = s.inbound || o.inbound
		s.fromCaller = s.fromCaller || o.fromCaller
		if o.root != nil && o.root.Parent() != nil {
			t.from = append(t.from, o.root)
		}
	}
	return s
}

// returned gives the source of v, the i'th result of a tail.
func (t *tracer) returned(v ssa.Value, fn *ssa.Function, i int) source {
	var values []ssa.Value
	for _, ret := range t.engine.returns(fn) {
		if x := returned(ret, i); !isNothing(x) { // beside an error, perhaps
			values = append(values, x)
		}
	}
	if len(values) == 1 {
		return t.trace(values[0])
	}
	return t.join(v, values)
}

// piece gives the source of v, a piece of whole, such as an element or a line. The other pieces are other bytes.
func (t *tracer) piece(v, whole ssa.Value) source {
	s := t.join(v, []ssa.Value{whole})
	s.piece = true
	return s
}

func (t *tracer) component(x *ssa.Extract) source {
	switch tuple := x.Tuple.(type) {
	case *ssa.Call:
		if fn := t.engine.tail(tuple.Common()); fn != nil {
			return t.returned(x, fn, x.Index)
		}
		if res := t.engine.summaryOf(tuple.Common()).result(x.Index); res != nil && res.Raw {
			return source{root: x, raw: true}
		}
		if t.engine.is(library.Splits, calleeOf(tuple.Common())) {
			return t.piece(x, tuple)
		}
	case *ssa.Next:
		if r, ok := tuple.Iter.(*ssa.Range); ok && x.Index == 2 {
			return t.piece(x, r.X)
		}
	case *ssa.Lookup:
		if x.Index == 0 {
			return t.piece(x, tuple.X)
		}
	}
	if x.Index == 0 {
		return t.trace(x.Tuple)
	}
	return source{root: x}
}

func (t *tracer) load(x *ssa.UnOp) source {
	if x.Op != token.MUL {
		return source{root: x}
	}
	switch addr := x.X.(type) {
	case *ssa.FieldAddr:
		if isRequest(addr.X.Type()) {
			return source{root: addr.X, inbound: true}
		}
		if isReader(x.Type()) {
			s := t.trace(addr.X) // the body of an answer
			if s.inbound {
				return s
			}
			return source{root: s.root, raw: s.raw, fromCaller: s.fromCaller}
		}
	case *ssa.IndexAddr:
		return t.piece(x, addr.X)
	case *ssa.Alloc, *ssa.FreeVar:
		switch values := valuesOf(addr); len(values) {
		case 0:
		case 1:
			return t.trace(values[0])
		default:
			return t.join(x, values)
		}
	}
	return source{root: x}
}

func (t *tracer) call(call *ssa.Call) source {
	c := call.Common()
	if b, ok := c.Value.(*ssa.Builtin); ok && b.Name() == "append" {
		if head, ok := c.Args[0].(*ssa.Const); ok && head.Value == nil {
			return t.trace(c.Args[1]) // a copy
		}
		return t.join(call, c.Args)
	}
	callee := calleeOf(c)
	switch kinds := t.engine.packageKinds(callee); {
	case t.engine.is(library.MakesDecoder, callee):
		return t.trace(c.Args[0])
	case kinds&library.Moves != 0:
		if row := byname.Find(library.Limits, callee); row != nil {
			return t.trace(c.Args[row.Arg])
		}
		if kinds&library.Fetches != 0 {
			return source{root: call, raw: true, inbound: t.served(c)}
		}
		of := handedThrough(c)
		if of == nil {
			break
		}
		if t.engine.is(library.Splits, callee) {
			return t.piece(call, of)
		}
		return t.trace(of)
	}
	return source{root: call}
}

// served reports whether the method is one of a request that the program serves, or of a part of it, such
// as r.FormValue and r.Header.Get.
func (t *tracer) served(c *ssa.CallCommon) bool {
	return c.Signature().Recv() != nil && len(c.Args) > 0 && t.trace(c.Args[0]).inbound
}

// handedThrough gives the bytes, or the reader of them, that the call hands through, nil if it has none.
func handedThrough(c *ssa.CallCommon) ssa.Value {
	if c.IsInvoke() {
		return c.Value
	}
	for _, a := range c.Args {
		if isReader(a.Type()) || isBytes(a.Type()) || isScanner(a.Type()) || isBuilder(a.Type()) {
			return a
		}
	}
	return nil
}

// seen reports whether a function that may judge the bytes got them: an unknown function with a result.
func (e *Engine) seen(p *source) bool {
	fn := p.root.Parent()
	if fn == nil {
		return false // a constant, or a variable of a package: their uses are not known
	}
	f := e.flow.of(fn)
	s, ok := f.seen[p.root]
	if !ok {
		s = e.spread(func(use ssa.Instruction, v ssa.Value) bool { return e.judges(use, v, p.root) }, p.roots()...)
		f.seen[p.root] = s
	}
	return s
}

// judges reports whether a use of the bytes v, which come from root, may look at their content.
func (e *Engine) judges(use ssa.Instruction, v, root ssa.Value) bool {
	switch use := use.(type) {
	case *ssa.Return:
		return false // the path hands them on
	case ssa.CallInstruction:
		return e.mayJudge(use.Common(), v) && !e.followed(use.Common(), v, root)
	}
	return true
}

// blind are the packages whose functions neither judge nor keep bytes, with few exceptions.
const blind = library.Prints | library.Codec | library.BuildsText | library.Digests

// mayJudge reports whether the callee can say what it found in the bytes v: it
// is unknown and has a result.
func (e *Engine) mayJudge(c *ssa.CallCommon, v ssa.Value) bool {
	if _, ok := c.Value.(*ssa.Builtin); ok {
		return false
	}
	if e.effectOf(c) == library.Decodes {
		return false
	}
	results := c.Signature().Results()
	if callee := calleeOf(c); callee != nil && callee.Pkg() != nil {
		kinds := e.packageKinds(callee)
		switch {
		case e.effect(callee) == library.Prints:
			return false
		case e.is(library.JudgesBytes, callee):
			return true
		case kinds&blind != 0:
			return false
		case e.is(library.Measures, callee): // strings.Index, bytes.CutPrefix
			return slices.ContainsFunc(slices.Collect(results.Variables()), func(v *types.Var) bool { return isScalar(v.Type()) })
		case kinds&library.Moves != 0: // such as a reader's method that gives a bool, but not a scanner's Scan
			return !e.is(library.Advances, callee) && results.Len() == 1 && IsBool(results.At(0).Type())
		}
	}
	return results.Len() > 0
}

// followed reports whether the engine follows path by path what the callee finds in the bytes v: the callee has a
// summary for them, and they come from root.
func (e *Engine) followed(c *ssa.CallCommon, v, root ssa.Value) bool {
	sum := e.summaryOf(c)
	if sum == nil || e.trace(v).root != root {
		return false
	}
	first := firstArg(c)
	for i, a := range c.Args {
		if a == v && (sum.param(first+i, Bytes) != nil || sum.decodesFrom(first+i)) {
			return true
		}
	}
	return false
}

// looksInto reports whether the function decodes the bytes, or lets somebody
// do so.
func (e *Engine) looksInto(fn *ssa.Function, p source) bool {
	for _, call := range e.callsOf(fn) {
		c := call.Common()
		if d, ok := e.decodingOf(call); ok && p.overlaps(e.trace(d.data)) {
			return true
		}
		if e.effect(calleeOf(c)) != nothing {
			continue
		}
		first := firstArg(c)
		for i, a := range c.Args {
			if (isBytes(a.Type()) || isReader(a.Type()) || isResponse(a.Type())) && p.overlaps(e.trace(a)) &&
				e.summaryOf(c).param(first+i, Bytes) != nil {
				return true
			}
		}
	}
	return false
}

// decodes reports whether the response is decoded from these bytes, or may be. A piece holds nothing of the other
// pieces.
func (s *site) decodes(p source) bool {
	if p.piece {
		p.from = nil
	}
	return s.decode.data.overlaps(p)
}

// precedes reports whether every path to b passes a first.
func (e *Engine) precedes(a, b ssa.Instruction) bool {
	b = e.within(b, a.Parent())
	if a.Parent() != b.Parent() {
		return false // of the body of a loop, perhaps
	}
	if a.Block() == b.Block() {
		instrs := b.Block().Instrs
		return slices.Index(instrs, a) < slices.Index(instrs, b)
	}
	return a.Block().Dominates(b.Block())
}

// decodesOf gives the decodes of the bytes in fn.
func (e *Engine) decodesOf(fn *ssa.Function, p source) []decoding {
	var all []decoding
	if p.root == nil {
		return nil
	}
	for _, call := range e.callsOf(e.Owner(fn)) {
		if d, ok := e.decodingOf(call); ok && e.trace(d.data).root == p.root {
			all = append(all, d)
		}
	}
	return all
}

// sharing gives the other decodes of the bytes that call decodes, and says whether one of them fills a detail. The
// decodes share the member with the given names in JSON. If no names are given, they share the code of the first
// decode, and sharing gives its names.
func (f *finder) sharing(call *ssa.Call, fn *ssa.Function, p source, json string) decodeOf {
	d := decodeOf{data: p, member: json}
	for _, other := range f.engine.decodesOf(fn, p) {
		_, local := other.into.(*ssa.Alloc)
		if !local && !(other.give && other.into != nil) || other.call == call || call != nil && !isBytes(other.data.Type()) {
			continue
		}
		t := other.into.Type()
		m := f.engine.codeAt(t, d.member)
		if m == nil {
			continue
		}
		d.member = m.JSON
		d.detailed = d.detailed || f.cfg.HasDetailMember(t)
		if local {
			d.sameBytes = append(d.sameBytes, share{other.call.Common(), pathOf(m.Path)})
		}
	}
	return d
}

// codeAt gives the member of t with the given names in JSON, or its code where there are none.
func (e *Engine) codeAt(t types.Type, json string) *recognize.Member {
	if json == "" {
		return e.cfg.Code(t)
	}
	return e.cfg.MemberByJSON(t, json)
}
