package typestate

import (
	"cmp"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/asynccheck/asynccheck/internal/codeset"
	"github.com/asynccheck/asynccheck/internal/gotype"
	"github.com/asynccheck/asynccheck/internal/recognize"
)

// A site is a response value of a function: where it has its origin, and what is known of it there.
type site struct {
	at    origin
	kind  OriginKind
	resp  *recognize.Response
	pos   token.Pos
	codes codeset.Set // every value that the code's type has
	quiet bool        // it is of use for summaries alone: nothing is reported of it

	unchecked bool // it is known to come unchecked
	raw       bool // it is decoded from raw bytes, and nothing else that is decoded from them is judged

	flag       flag
	calleeSays calleeSays
	decode     decodeOf
	iface      iface
}

// A flag is the comma-ok flag beside a value: a component of a tuple, or all that a call gives.
type flag struct {
	tuple ssa.Value // nil if there is no flag
	index int
}

// What the callee that gives a value says of it.
type calleeSays struct {
	delivered Delivered // on the paths without an error
	rejects   Place     // see Param.Rejects
	callee    *types.Func
}

// What is known of the bytes from which a value is decoded.
type decodeOf struct {
	data      source
	sameBytes []share // other decodes of the same bytes
	member    string  // names in JSON of what is known to be the code, if the response's type doesn't tell
	detailed  bool    // one of these decodes has the detail, too
}

// What is in an interface that a call gives: one of the two, or nothing known.
type iface struct {
	dynamic types.Type // which has a name here
	hidden  *Hidden    // of a type that has none
}

// A share is a decode of the same bytes, with the path of the code in what it fills.
type share struct {
	call *ssa.CallCommon
	path string
}

// shared gives the path of the code in what the call fills, if it decodes the same bytes.
func (s *site) shared(call *ssa.CallCommon) (path string, ok bool) {
	for _, sh := range s.decode.sameBytes {
		if sh.call == call {
			return sh.path, true
		}
	}
	return "", false
}

// json gives the names in JSON of the response's code, "" if they are not known.
func (s *site) json() string { return cmp.Or(s.resp.Code.JSON, s.decode.member) }

// agrees reports whether the member with these names in JSON, of which a callee's summary tells, is this response's
// code. "" stands for any member. The first match fixes the names.
func (s *site) agrees(json string) bool {
	if json == "" || json == s.json() {
		return true
	}
	if s.json() != "" {
		return false
	}
	s.decode.member = json
	return true
}

// unread reports whether the response lies in a struct from which the function never selects it: nothing is
// reported of it then.
func (e *Engine) unread(s *site) bool {
	switch o := s.at.(type) {
	case *resultOrigin:
		v := resultAt(o.call, o.result)
		return o.within != "" && (v == nil || !e.reads(v, o.within, make(map[ssa.Value]bool)))
	case *filledOrigin:
		alloc, ok := o.ptr.(*ssa.Alloc)
		return ok && o.path != "" && !e.reads(alloc, o.path, make(map[ssa.Value]bool))
	}
	return false
}

// getsPartial reports whether the callee that gives the value lets a partial failure through. The response's own
// contract says which codes these are.
func (s *site) getsPartial() bool {
	return toSet(s.calleeSays.delivered.Codes).Intersects(s.resp.Contract.Code().Partial)
}

// passesPartial reports whether the callee that gives the value has told a partial
// failure apart, and passes it on with a few other codes.
func (s *site) passesPartial() bool {
	g := toSet(s.calleeSays.delivered.Codes)
	_, few := g.Finite(16)
	return s.calleeSays.delivered.Known && !s.calleeSays.delivered.Unchecked && few && g.Intersects(s.resp.Contract.Code().Partial)
}

// A finder collects the sites of one function.
type finder struct {
	engine *Engine
	cfg    *Config
	fn     *ssa.Function
	flow   *flows
	sites  []*site

	elements map[element][]*site // sites of elements; the block of each one dominates the block of the next
}

func findSites(e *Engine, fn *ssa.Function) []*site {
	f := &finder{engine: e, cfg: e.cfg, fn: fn, flow: e.flow}
	for _, p := range fn.Params {
		f.findParam(p)
	}
	f.scan(fn)
	return f.sites
}

// scan finds the sites in the body of a function, those of a block before those of the
// blocks that it dominates.
func (f *finder) scan(fn *ssa.Function) {
	if len(fn.Blocks) == 0 {
		return
	}
	f.scanFrom(fn.Blocks[0])
	if fn.Recover != nil {
		f.scanFrom(fn.Recover)
	}
}

func (f *finder) scanFrom(b *ssa.BasicBlock) {
	for _, instr := range b.Instrs {
		switch instr := instr.(type) {
		case *ssa.Call:
			if yield, _ := yieldOf(instr); yield != nil {
				f.findYield(instr, yield)
			} else {
				f.findCall(instr)
			}
		case *ssa.Defer, *ssa.Go:
			f.findThrownAway(instr.(ssa.CallInstruction))
		case *ssa.TypeAssert:
			f.findAssert(instr)
		case *ssa.UnOp:
			if instr.Op == token.ARROW && !f.engine.collection(instr.X).own() {
				f.findComponent(instr, instr.CommaOk, 1, Element, false)
			}
		case *ssa.IndexAddr:
			f.findElement(instr, instr.X, instr.Index, instr.Type())
		case *ssa.Index:
			f.findElement(instr, instr.X, instr.Index, instr.Type())
		case *ssa.Lookup:
			f.findLookup(instr)
		case *ssa.Extract:
			f.findNext(instr)
		}
	}
	for _, d := range b.Dominees() {
		f.scanFrom(d)
	}
}

func (f *finder) add(s site) *site {
	s.codes = codesOf(s.resp.Code.Type)
	if c := s.resp.Contract; !c.ByMembers() {
		s.codes = c.Code().Reading.Domain()
	}
	at := f.engine.sites.one()
	*at = s
	f.sites = append(f.sites, at)
	return at
}

// codesOf gives the values that a code of type t can have.
func codesOf(t types.Type) codeset.Set {
	if isUnsigned(gotype.Deref(t)) {
		return codeset.Compare(token.GEQ, 0)
	}
	return codeset.All()
}

// received describes the response type of a value that the function gets
// ready-made.
func (f *finder) received(t types.Type) *recognize.Response {
	resp := f.cfg.Response(t)
	if resp == nil || len(resp.Others) > 0 { // a summary tells of one duty
		return nil
	}
	if p, ok := t.Underlying().(*types.Pointer); ok {
		if _, ok := p.Elem().Underlying().(*types.Pointer); ok {
			return nil // pointer to pointer
		}
	}
	return resp
}

// byMembers describes t if it is a response by its members. Others are never decoded.
func (f *finder) byMembers(t types.Type) *recognize.Response {
	if resp := f.cfg.Response(t); resp != nil && resp.Contract.ByMembers() {
		return resp
	}
	return nil
}

// fill adds the responses that lie in the memory which a call fills: all of it, or structs within it.
func (f *finder) fill(call *ssa.Call, ptr ssa.Value, kind OriginKind, errAt int) []*site {
	to, ok := ptr.Type().Underlying().(*types.Pointer)
	if !ok {
		return nil
	}
	var found []*site
	f.within(to.Elem(), func(resp *recognize.Response, path string) {
		at := &filledOrigin{call: call, ptr: ptr, path: path, err: errAt}
		found = append(found, f.add(site{at: at, kind: kind, resp: resp, pos: call.Pos(), quiet: isTypeParam(resp.Type)}))
	})
	return found
}

// within finds the responses in what has type t: all of it, or structs within it.
func (f *finder) within(t types.Type, found func(resp *recognize.Response, path string)) {
	var search func(t types.Type, path string, depth int)
	search = func(t types.Type, path string, depth int) {
		resp := f.byMembers(t)
		if resp == nil && isTypeParam(t) {
			resp = anyResponse(f.cfg.Contracts[0], t, unreachable)
		}
		if resp != nil {
			found(resp, path)
			return
		}
		if st, ok := gotype.Deref(t).Underlying().(*types.Struct); ok && depth < maxStructDepth {
			for i := range st.NumFields() {
				search(st.Field(i).Type(), appendField(path, i), depth+1)
			}
		}
	}
	search(t, "", 0)
}

// reads reports whether the member at path of the variable is ever selected: a function that never selects it has no
// interest in it.
func (e *Engine) reads(v ssa.Value, path string, visited map[ssa.Value]bool) bool {
	if path == "" {
		return true
	}
	if visited[v] {
		return false
	}
	visited[v] = true
	for _, ref := range referrers(v) {
		switch ref := ref.(type) {
		case *ssa.FieldAddr:
			if rest, ok := strings.CutPrefix(path, string(rune(ref.Field))); ok && e.reads(ref, rest, visited) {
				return true
			}
		case *ssa.UnOp: // the pointer to an embedded struct, or a copy of the envelope
			if e.reads(ref, path, visited) {
				return true
			}
		case *ssa.Field:
			if rest, ok := strings.CutPrefix(path, string(rune(ref.Field))); ok && e.reads(ref, rest, visited) {
				return true
			}
		case *ssa.Store:
			if a, ok := ref.Addr.(*ssa.Alloc); ok && ref.Val == v && a != v && e.reads(a, path, visited) {
				return true
			}
		case *ssa.Call:
			if params, ok := e.tailParams(ref.Common(), v); ok && slices.ContainsFunc(params, func(p ssa.Value) bool { return e.reads(p, path, visited) }) {
				return true
			}
		}
	}
	return false
}

func (f *finder) response(alloc *ssa.Alloc) bool {
	return f.cfg.Response(alloc.Type()) != nil
}

// writesAnswer reports whether a store to addr sets the whole response or its
// code, as code does that builds an answer.
func (f *finder) writesAnswer(addr ssa.Value) bool {
	path := ""
	for {
		fa, ok := addr.(*ssa.FieldAddr)
		if !ok {
			break
		}
		path = string(rune(fa.Field)) + path
		addr = fa.X
	}
	resp := f.cfg.Response(addr.Type())
	return resp != nil && holds(path, rolesOf(resp).code)
}

// isZero reports whether v is nil, or the zero value of a struct or an array.
func isZero(v ssa.Value) bool {
	c, ok := v.(*ssa.Const)
	return ok && c.Value == nil
}

func referrers(v ssa.Value) []ssa.Instruction {
	if refs := v.Referrers(); refs != nil {
		return *refs
	}
	return nil
}

// errorAt returns the index of the error result, the last one if there are several, and -1 if there is none.
func (c *Config) errorAt(results *types.Tuple) int {
	for i := results.Len() - 1; i >= 0; i-- {
		if c.ErrorResult(results, i) {
			return i
		}
	}
	return -1
}

// ErrorResult reports whether the i'th of a function's results is its error result. A response that
// implements error is one like any other beside an error:
//
//	func (c *Client) Stop(ids []string) (*Batch, error)
//
// If it is the only result, it is the error result itself: whoever has one knows that the request failed.
func (c *Config) ErrorResult(results *types.Tuple, i int) bool {
	t := results.At(i).Type()
	if !IsError(t) {
		return false
	}
	if results.Len() == 1 || c.Response(t) == nil {
		return true
	}
	for k := range results.Len() {
		if other := results.At(k).Type(); k != i && IsError(other) && c.Response(other) == nil {
			return false
		}
	}
	return true
}

// Fails reports whether a value of a response's type is an error as well.
func Fails(resp *recognize.Response) bool {
	return resp.Type != nil && (IsError(resp.Type) || IsError(types.NewPointer(resp.Type)))
}

// IsError reports whether t is an error type. Nearly all types that it is asked about
// are the predeclared one, or of a kind that has no methods.
func IsError(t types.Type) bool {
	switch t.(type) {
	case *types.Basic, *types.Array, *types.Slice, *types.Map, *types.Chan, *types.Signature, *types.Tuple:
		return false
	}
	return t == errorType || types.Implements(t, errorType.Underlying().(*types.Interface))
}

var errorType = types.Universe.Lookup("error").Type()

// IsBool reports whether t is a boolean type.
func IsBool(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsBoolean != 0
}

// returned gives the value of a return's i'th result. A function that defers
// keeps its results in variables, which are loaded last.
func returned(ret *ssa.Return, i int) ssa.Value {
	load, ok := ret.Results[i].(*ssa.UnOp)
	if !ok || load.Op != token.MUL {
		return ret.Results[i]
	}
	for _, instr := range slices.Backward(ret.Block().Instrs) {
		if s, ok := instr.(*ssa.Store); ok && s.Addr == load.X {
			return s.Val
		}
	}
	return load
}

// IsResult reports whether the variable holds a result of its function.
func IsResult(v ssa.Value) bool {
	alloc, ok := v.(*ssa.Alloc)
	if !ok {
		return false
	}
	results := alloc.Parent().Signature.Results()
	for i := range results.Len() {
		if p := results.At(i).Pos(); p.IsValid() && p == alloc.Pos() {
			return true
		}
	}
	for _, ref := range *alloc.Referrers() { // an unnamed one
		if load, ok := ref.(*ssa.UnOp); ok && !alloc.Pos().IsValid() {
			for _, use := range *load.Referrers() {
				if _, ok := use.(*ssa.Return); ok {
					return true
				}
			}
		}
	}
	return false
}
