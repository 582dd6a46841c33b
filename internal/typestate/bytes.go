package typestate

import (
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/asynccheck/asynccheck/internal/contract"
	"github.com/asynccheck/asynccheck/internal/decoders"
)

// A source says where bytes come from.
type source struct {
	root    ssa.Value // the value they come from
	raw     bool      // nobody has looked into them
	inbound bool      // they are a request that the program serves
	given   bool      // they are a parameter's, or may be: the caller may have looked into them
}

// provenance follows bytes, or a reader or decoder of them, back to where they
// come from, through conversions and functions that hand them through.
// Bytes are raw when they come from a parameter, a reader, or a function
// known not to look into them, and no unknown callee with an error result saw
// them.
func (e *Engine) provenance(v ssa.Value) source {
	s := e.trace(v)
	if s.raw && s.root != nil && e.seen(s.root) {
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
		s = e.traceFrom(v, make(map[ssa.Value]bool))
		f.sources[v] = s
	}
	return s
}

// traceFrom visits each value once, so that a loop which moves bytes about costs
// no more than its size. Of several values that somebody chooses from, none may have been seen; who
// sees what was chosen, [Engine.provenance] asks.
func (e *Engine) traceFrom(v ssa.Value, visited map[ssa.Value]bool) source {
	if visited[v] {
		return source{root: v, raw: true} // what the other ways to it give
	}
	visited[v] = true
	next := func(x ssa.Value) source { return e.traceFrom(x, visited) }
	switch x := v.(type) {
	case *ssa.Parameter:
		return source{root: x, raw: true, inbound: isRequest(x.Type()), given: true}
	case *ssa.Convert:
		return next(x.X)
	case *ssa.ChangeType:
		return next(x.X)
	case *ssa.ChangeInterface:
		return next(x.X)
	case *ssa.MakeInterface:
		return next(x.X)
	case *ssa.Slice:
		return next(x.X)
	case *ssa.TypeAssert:
		return next(x.X)
	case *ssa.Extract:
		if call, ok := x.Tuple.(*ssa.Call); ok {
			if res := e.summaryOf(call.Common()).result(x.Index); res != nil && res.Raw {
				return source{root: x, raw: true}
			}
		}
		if x.Index == 0 {
			return next(x.Tuple)
		}
	case *ssa.Phi:
		s := source{root: x, raw: true}
		for _, edge := range x.Edges {
			if edge == ssa.Value(x) {
				continue
			}
			t := next(edge)
			s.raw = s.raw && t.raw && (t.root == nil || !e.seen(t.root))
			s.inbound = s.inbound || t.inbound
			s.given = s.given || t.given
		}
		return s
	case *ssa.UnOp:
		return traceLoad(x, next)
	case *ssa.Alloc: // the address of a buffer
		return source{root: x}
	case *ssa.Call:
		if res := e.summaryOf(x.Common()).result(0); res != nil && res.Raw {
			return source{root: x, raw: true}
		}
		return traceCall(x, next)
	}
	return source{root: v}
}

func traceLoad(x *ssa.UnOp, next func(ssa.Value) source) source {
	if x.Op != token.MUL {
		return source{root: x}
	}
	switch addr := x.X.(type) {
	case *ssa.FieldAddr:
		if isRequest(addr.X.Type()) {
			return source{root: addr.X, inbound: true}
		}
		if isReader(x.Type()) {
			s := next(addr.X) // the body of an answer
			if s.inbound {
				return s
			}
			return source{root: s.root, raw: s.raw, given: s.given}
		}
	case *ssa.Alloc: // a variable that is assigned once
		if v := onlyStore(addr); v != nil {
			return next(v)
		}
	}
	return source{root: x}
}

func traceCall(call *ssa.Call, next func(ssa.Value) source) source {
	c := call.Common()
	callee := calleeOf(c)
	if callee == nil || callee.Pkg() == nil {
		return source{root: call}
	}
	path, name := callee.Pkg().Path(), callee.Name()
	switch {
	case decoders.Known(path) && name == "NewDecoder":
		return next(c.Args[0])
	case handsThrough[path]:
		if name == "MaxBytesReader" {
			return next(c.Args[1])
		}
		if fetches[path] {
			return source{root: call, raw: true}
		}
		for _, a := range c.Args {
			if isReader(a.Type()) || isBytes(a.Type()) {
				return next(a)
			}
		}
		if c.IsInvoke() {
			return next(c.Value)
		}
	}
	return source{root: call}
}

// seen reports whether a function that may judge the bytes got them: one
// that is not known and has a result.
func (e *Engine) seen(root ssa.Value) bool {
	fn := root.Parent()
	if fn == nil {
		return false // a constant, or a variable of a package: their uses are not known
	}
	f := e.flow.of(fn)
	s, ok := f.seen[root]
	if !ok {
		s = e.shown(root)
		f.seen[root] = s
	}
	return s
}

// shown follows the bytes from where they come from.
func (e *Engine) shown(root ssa.Value) bool {
	visited := make(map[ssa.Value]bool)
	var look func(v ssa.Value) bool
	look = func(v ssa.Value) bool {
		if visited[v] || v.Referrers() == nil {
			return false
		}
		visited[v] = true
		for _, ref := range *v.Referrers() {
			switch ref := ref.(type) {
			case *ssa.Convert, *ssa.ChangeType, *ssa.ChangeInterface, *ssa.MakeInterface, *ssa.Slice, *ssa.Phi, *ssa.FieldAddr, *ssa.UnOp:
				if look(ref.(ssa.Value)) {
					return true
				}
			case *ssa.Extract:
				if ref.Index == 0 && look(ref) {
					return true
				}
			case *ssa.Store:
				if a, ok := ref.Addr.(*ssa.Alloc); ok && ref.Val == v && look(a) {
					return true
				}
			case ssa.CallInstruction:
				if _, told := v.(*ssa.Call); !told && isScalar(v.Type()) {
					continue // a member such as the response's status, and nothing that is told of the bytes
				}
				if e.mayJudge(ref.Common(), v) {
					return true
				}
				if call, ok := ref.(*ssa.Call); ok && look(call) {
					return true
				}
			}
		}
		return false
	}
	return look(root)
}

// mayJudge reports whether the callee can say what it found in the bytes v: it
// is unknown and has a result.
func (e *Engine) mayJudge(c *ssa.CallCommon, v ssa.Value) bool {
	if _, ok := c.Value.(*ssa.Builtin); ok {
		return false
	}
	results := c.Signature().Results()
	if callee := calleeOf(c); callee != nil && callee.Pkg() != nil {
		path := callee.Pkg().Path()
		switch {
		case e.known(callee) == prints:
			return false
		case decoders.Known(path) || loggers[path] || path == "fmt" || path == "errors" || strings.HasPrefix(path, "crypto/"):
			return false
		case handsThrough[path]: // such as strings.Contains
			return results.Len() == 1 && IsBool(results.At(0).Type())
		}
	}
	if sum := e.summaryOf(c); sum != nil {
		first := firstArg(c)
		for i, a := range c.Args {
			if a == v && (sum.param(first+i, Bytes) != nil || slices.ContainsFunc(sum.Results, func(res Result) bool { return res.From == first+i+1 })) {
				return false // what it says is followed path by path
			}
		}
	}
	return results.Len() > 0
}

// looksInto reports whether the function decodes the bytes, or lets somebody
// do so.
func (e *Engine) looksInto(fn *ssa.Function, p source) bool {
	if len(e.decodesOf(fn, p)) > 0 {
		return true
	}
	for _, call := range e.flow.callsOf(fn) {
		if e.known(calleeOf(call.Common())) != nothing {
			continue
		}
		first := firstArg(call.Common())
		for i, a := range call.Call.Args {
			if (isBytes(a.Type()) || isReader(a.Type()) || isResponse(a.Type())) && e.trace(a).root == p.root &&
				e.summaryOf(call.Common()).param(first+i, Bytes) != nil {
				return true
			}
		}
	}
	return false
}

// bytesLeave reports whether the bytes go anywhere but to decoders, printers
// and functions known not to keep them: then the detail is in somebody's reach.
func (e *Engine) bytesLeave(root ssa.Value) bool {
	if root == nil {
		return false // nobody knows of any bytes
	}
	everywhere := func(ssa.Instruction) bool { return true }
	if leaves(root, everywhere, e.mayKeep) {
		return true
	}
	fn := root.Parent()
	if fn == nil {
		return false
	}
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if x, ok := instr.(*ssa.Extract); ok && isBytes(x.Type()) && e.trace(x).root == root && leaves(x, everywhere, e.mayKeep) {
				return true
			}
		}
	}
	return false
}

// leaves reports whether v is stored, sent or returned by an instruction of
// the wanted ones, becomes part of an error's text, or goes to a callee that keeps it.
func leaves(v ssa.Value, wanted func(ssa.Instruction) bool, keeps func(*ssa.CallCommon, ssa.Value) bool) bool {
	visited := make(map[ssa.Value]bool)
	var leave func(v ssa.Value) bool
	leave = func(v ssa.Value) bool {
		if visited[v] {
			return false
		}
		visited[v] = true
		for _, ref := range referrers(v) {
			switch ref := ref.(type) {
			case *ssa.Return, *ssa.MapUpdate, *ssa.Send:
				if wanted(ref) {
					return true
				}
			case *ssa.Convert, *ssa.ChangeType, *ssa.Slice, *ssa.Phi, *ssa.MakeInterface:
				if leave(ref.(ssa.Value)) {
					return true
				}
			case *ssa.Store:
				if ref.Val != v {
					continue
				}
				switch at := ref.Addr.(type) {
				case *ssa.FieldAddr, *ssa.Global, *ssa.FreeVar:
					if wanted(ref) {
						return true
					}
				case *ssa.IndexAddr:
					if leave(at.X) {
						return true
					}
				}
			case *ssa.Call:
				if b, ok := ref.Call.Value.(*ssa.Builtin); ok && b.Name() == "append" && leave(ref) {
					return true
				}
				if keeps != nil && wanted(ref) && keeps(ref.Common(), v) {
					return true
				}
				if f := calleeOf(ref.Common()); f != nil && f.Pkg() != nil && copies[f.Pkg().Path()] && leave(ref) {
					return true
				}
				if knownFunc(calleeOf(ref.Common())) == formatsError && wanted(ref) {
					return true
				}
			}
		}
		return false
	}
	return leave(v)
}

// keptBefore reports whether the bytes that the call decodes have been stored
// or sent by then: whoever has them has all that is in them.
func keptBefore(root ssa.Value, call *ssa.Call) bool {
	return root != nil && call != nil && leaves(root, func(instr ssa.Instruction) bool { return precedes(instr, call) }, nil)
}

// precedes reports whether every path to b passes a first.
func precedes(a, b ssa.Instruction) bool {
	if a.Parent() != b.Parent() {
		return false // of the body of a loop, perhaps
	}
	if a.Block() == b.Block() {
		instrs := b.Block().Instrs
		return slices.Index(instrs, a) < slices.Index(instrs, b)
	}
	return a.Block().Dominates(b.Block())
}

// decodesOf gives the calls in fn that decode the bytes.
func (e *Engine) decodesOf(fn *ssa.Function, p source) []*ssa.Call {
	var calls []*ssa.Call
	if p.root == nil {
		return nil
	}
	for _, call := range e.flow.callsOf(fn) {
		if data, _, ok := e.decoderArgs(call.Common()); ok && e.trace(data).root == p.root {
			calls = append(calls, call)
		}
	}
	return calls
}

// sharing gives the decodes of the same bytes into other responses than call
// does, and says whether one of them fills a detail. They share the member with the given names
// in JSON. Where these are not known, they share the code of the first of them, whose names it gives.
func (f *finder) sharing(call *ssa.Call, fn *ssa.Function, p source, json string) (shares []share, detailed bool, member string) {
	for _, other := range f.engine.decodesOf(fn, p) {
		data, target, _ := f.engine.decoderArgs(other.Common())
		if alloc, ok := stripInterface(target).(*ssa.Alloc); ok && other != call && (call == nil || isBytes(data.Type())) {
			if m := f.engine.codeAt(alloc.Type(), json); m != nil {
				json = m.JSON
				shares = append(shares, share{other.Common(), pathOf(m.Path)})
				detailed = detailed || f.cfg.Detailed(alloc.Type())
			}
		}
	}
	return shares, detailed, json
}

// codeAt gives the member of t with the given names in JSON, or its code where there are none.
func (e *Engine) codeAt(t types.Type, json string) *contract.Member {
	if json == "" {
		return e.cfg.Code(t)
	}
	return e.cfg.Same(t, json)
}

// judgedElsewhere reports whether the bytes are also decoded into something
// of which a member decides a branch.
func (e *Engine) judgedElsewhere(call *ssa.Call, p source) bool {
	for _, other := range e.decodesOf(call.Parent(), p) {
		data, target, _ := e.decoderArgs(other.Common())
		if alloc, ok := stripInterface(target).(*ssa.Alloc); ok && other != call && isBytes(data.Type()) && e.compared(alloc, 0) {
			return true
		}
	}
	return false
}

// compared reports whether a value read from v is compared or decides a branch.
func (e *Engine) compared(v ssa.Value, depth int) bool {
	if depth > 8 || v.Referrers() == nil {
		return false
	}
	for _, ref := range *v.Referrers() {
		switch ref := ref.(type) {
		case *ssa.BinOp, *ssa.If:
			return true
		case *ssa.FieldAddr, *ssa.UnOp, *ssa.Field, *ssa.Convert, *ssa.ChangeType, *ssa.Lookup, *ssa.IndexAddr, *ssa.Extract, *ssa.TypeAssert:
			if e.compared(ref.(ssa.Value), depth+1) {
				return true
			}
		case ssa.CallInstruction:
			if e.mayJudge(ref.Common(), v) && depth > 0 {
				return true
			}
		}
	}
	return false
}

func isRequest(t types.Type) bool { return isHTTP(t, "Request") }

func isResponse(t types.Type) bool { return isHTTP(t, "Response") }

func isHTTP(t types.Type, name string) bool {
	p, ok := t.(*types.Pointer)
	if !ok {
		return false
	}
	n, ok := types.Unalias(p.Elem()).(*types.Named)
	return ok && n.Obj().Pkg() != nil && n.Obj().Pkg().Path() == "net/http" && n.Obj().Name() == name
}

// bindsRequest reports whether the name is one of the methods by which web
// frameworks decode the request they serve.
func bindsRequest(name string) bool {
	return strings.HasPrefix(name, "Bind") || strings.HasPrefix(name, "ShouldBind") || strings.HasPrefix(name, "MustBind")
}

func isReader(t types.Type) bool {
	obj, _, _ := types.LookupFieldOrMethod(t, true, nil, "Read")
	f, ok := obj.(*types.Func)
	return ok && f.Signature().Params().Len() == 1
}

// isScalar reports whether t is a number's type or a bool's.
func isScalar(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&(types.IsNumeric|types.IsBoolean) != 0
}

func isBytes(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Slice:
		b, ok := u.Elem().Underlying().(*types.Basic)
		return ok && b.Kind() == types.Byte
	case *types.Basic:
		return u.Info()&types.IsString != 0
	}
	return false
}

// copies are packages whose functions give their argument's bytes again.
var copies = map[string]bool{"bytes": true, "strings": true, "slices": true}

// mayKeep reports whether the callee may keep the bytes: it is unknown, and not
// one whose summary says what it does with them.
func (e *Engine) mayKeep(c *ssa.CallCommon, v ssa.Value) bool {
	if _, ok := c.Value.(*ssa.Builtin); ok {
		return false
	}
	if callee := calleeOf(c); callee != nil && callee.Pkg() != nil {
		path := callee.Pkg().Path()
		switch {
		case e.known(callee) != nothing:
			return false
		case decoders.Known(path) || loggers[path] || path == "fmt" || path == "errors" || strings.HasPrefix(path, "crypto/") || handsThrough[path] && !c.IsInvoke():
			return false
		}
	}
	if sum := e.summaryOf(c); sum != nil {
		first := firstArg(c)
		for i, a := range c.Args {
			if a == v && (sum.param(first+i, Bytes) != nil || slices.ContainsFunc(sum.Results, func(res Result) bool { return res.From == first+i+1 })) {
				return false
			}
		}
	}
	return true
}
