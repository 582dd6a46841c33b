package typestate

import (
	"cmp"
	"go/token"
	"go/types"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/asynccheck/asynccheck/internal/codeset"
	"github.com/asynccheck/asynccheck/internal/contract"
	"github.com/asynccheck/asynccheck/internal/gotype"
	"github.com/asynccheck/asynccheck/internal/library"
	"github.com/asynccheck/asynccheck/internal/recognize"
)

// summaryOf gives the summary of the function that is called, nil if it is
// unknown which one that is or what it does.
func (e *Engine) summaryOf(c *ssa.CallCommon) *Summary {
	sum, _ := e.summaryAt(c)
	return sum
}

// summaryAt gives the summary. If an interface hides that the method is one of an embedded struct, it also gives the
// path to that struct. Any other call names the struct.
func (e *Engine) summaryAt(c *ssa.CallCommon) (sum *Summary, path string) {
	if c.IsInvoke() {
		if t := dynamicTypeOf(c.Value); t != nil {
			return e.methodSummary(t, c.Method)
		}
	}
	fn := e.callee(c)
	if fn == nil {
		return nil, ""
	}
	return e.summaryOfFunc(fn), ""
}

// dynamicTypeOf gives the dynamic type of an interface if the instruction that makes it shows the type, nil otherwise.
func dynamicTypeOf(v ssa.Value) types.Type {
	switch v := v.(type) {
	case *ssa.MakeInterface:
		return v.X.Type()
	case *ssa.ChangeInterface:
		return dynamicTypeOf(v.X)
	case *ssa.Phi:
		var t types.Type
		for _, edge := range v.Edges {
			if _, null := edge.(*ssa.Const); null {
				continue // a call would panic
			}
			m, ok := edge.(*ssa.MakeInterface)
			if !ok || t != nil && !types.Identical(t, m.X.Type()) {
				return nil
			}
			t = m.X.Type()
		}
		return t
	}
	return nil
}

// callee gives the function that is called, nil if it is unknown which one that is.
func (e *Engine) callee(c *ssa.CallCommon) *ssa.Function {
	fn := c.StaticCallee()
	if c.IsInvoke() && e.cfg.Implementation != nil {
		fn = e.cfg.Implementation(c.Method)
	}
	return generic(fn)
}

// generic gives the generic function that fn is an instance of, or else fn.
func generic(fn *ssa.Function) *ssa.Function {
	if fn != nil && fn.Origin() != nil {
		return fn.Origin()
	}
	return fn
}

func (e *Engine) summaryOfFunc(fn *ssa.Function) *Summary {
	fn = generic(fn)
	if len(fn.Blocks) > 0 {
		return e.body(fn).sum
	}
	if obj, ok := fn.Object().(*types.Func); ok {
		return e.importedSummary(obj)
	}
	return nil
}

// summarize makes the summary of fn from what its runs found out.
func (e *Engine) summarize(fn *ssa.Function, runs []*run) *Summary {
	s := new(Summary)
	for _, r := range runs {
		if r.org.param() != nil && r.org.param().Parent() == fn {
			if p, ok := outcomes(r); ok && (p.Role != Bytes || p.does(Judges)) {
				s.Params = append(s.Params, p)
			}
		}
	}
	for i, p := range fn.Params {
		if t, ok := e.target(i, p, runs); ok {
			s.Params = append(s.Params, t)
		}
		if (gotype.IsAny(p.Type()) || e.cfg.Helper && takesAny(p.Type())) && e.destinationOfParam(fn, i) == toPrinters {
			s.Params = append(s.Params, Param{Index: i, Role: Printed, Callback: -1})
		}
	}
	for i := range fn.Signature.Results().Len() {
		if res, ok := e.result(fn, i, runs); ok {
			s.Results = append(s.Results, res)
		}
	}
	if len(s.Params)+len(s.Results) == 0 {
		return nil
	}
	slices.SortFunc(s.Params, func(a, b Param) int {
		return cmp.Or(cmp.Compare(a.Index, b.Index), cmp.Compare(a.Role, b.Role))
	})
	return s
}

// outcomes groups the ends of a parameter by what the caller can see. It is
// not ok if some ends are unknown.
func outcomes(r *run) (Param, bool) {
	p := Param{Index: slices.Index(r.fn.Params, r.org.param()), Role: r.org.role(), Callback: -1, Member: r.org.decode.member}
	if r.blurred || r.failed {
		return p, false
	}
	var all Does
	for _, e := range r.ends {
		all |= e.does
	}
	if !r.inspectsHere && !r.calleeInspects && r.callbackParam != nil {
		p.Callback = slices.Index(r.fn.Params, r.callbackParam)
	}
	recursive := r.engine.active[len(r.engine.active)-1].cyclic
	var few [8]Outcome
	outs := few[:0]
	sets := make([]codeset.Set, 0, len(few))
	for _, e := range r.ends {
		if e.Kind != Return {
			continue
		}
		does := e.does
		if (r.org.role().hasCode() || r.org.role() == Code) && !consistent(r, e) {
			does = e.Object.does() // what is returned on some paths only is kept
		}
		if r.org.role().hasCode() && does&Judges != 0 && r.engine.writesCallerMemory(r.fn) {
			does |= KeepsCode | KeepsDetail // whoever reads the note may know all of it
		}
		if recursive {
			does |= all & (Inspects | KeepsCode | KeepsDetail) // as a loop does, however often it runs
		}
		out := Outcome{Signal: e.Signal, Bools: e.Bools, Consts: e.consts, Sizes: e.sizes, Does: does}
		i := slices.IndexFunc(outs, out.like)
		if i < 0 {
			outs = append(outs, out)
			sets = append(sets, codeset.Empty())
			i = len(sets) - 1
		}
		sets[i] = sets[i].Union(e.Codes)
	}
	for i := range sets {
		outs[i].Codes = sets[i].Bounds()
	}
	outs = slices.DeleteFunc(outs, func(o Outcome) bool {
		return o.Does&HasEntry != 0 && slices.ContainsFunc(outs, func(all Outcome) bool { return o.subsumedBy(all) })
	})
	if r.killed { // on some paths nothing is known any more
		outs = append(outs, Outcome{Signal: anySignal(r.fn), Bools: anyBools(r.fn), Codes: codeset.All().Bounds(), Does: KeepsCode | KeepsDetail})
	}
	if len(outs) > 0 {
		p.Outcomes = slices.Clone(outs)
	}
	return p, true
}

// does reports whether some outcome has one of the properties.
func (p *Param) does(any Does) bool {
	return slices.ContainsFunc(p.Outcomes, func(o Outcome) bool { return o.Does&any != 0 })
}

// consistent reports whether every return gives the same members as e does.
func consistent(r *run, e end) bool {
	for _, o := range r.ends {
		if o.Kind == Return && !slices.Equal(o.members, e.members) {
			return false
		}
	}
	return true
}

func anySignal(fn *ssa.Function) Signal {
	for v := range fn.Signature.Results().Variables() {
		if IsError(v.Type()) {
			return Maybe
		}
	}
	return NoSignal
}

func anyBools(fn *ssa.Function) []Bool {
	var bools []Bool
	for v := range fn.Signature.Results().Variables() {
		if IsBool(v.Type()) {
			bools = append(bools, Unknown)
		}
	}
	return bools
}

// target says what the function decodes into its i'th parameter.
func (e *Engine) target(i int, p *ssa.Parameter, runs []*run) (Param, bool) {
	t := Param{Index: i, Role: Target, Callback: -1}
	if stored(p) {
		return t, false // whoever has it may judge it later
	}
	var codes codeset.Set
	var partial codeset.Set
	found := false
	for _, r := range runs {
		if r.org.target().caller != p {
			continue
		}
		if r.failed || r.blurred {
			return t, false
		}
		from := r.bytesOf()
		if found && from != t.From {
			return t, false // of bytes that differ
		}
		t.From, t.Fill.Plain = from, (t.Fill.Plain || !found) && r.plain()
		found = true
		if t.Member != "" && r.org.decode.member != "" && t.Member != r.org.decode.member {
			return t, false
		}
		t.Member = cmp.Or(t.Member, r.org.decode.member)
		partial = r.code().Partial
		for _, e := range r.ends {
			if e.Kind == Return && e.Signal != Failure {
				if e.does&KeepsCode != 0 {
					t.Fill.Known, t.Fill.SharedWithOthers = true, true // whoever has it may have judged it
				}
				codes = codes.Union(e.Codes)
				t.Fill.Unchecked = t.Fill.Unchecked || r.org.unchecked && e.Judged == NotJudged && !e.JudgedByProducer
				t.Fill.Known = t.Fill.Known || r.org.unchecked || r.org.calleeSays.delivered.Known || e.hasVerdict()
			}
		}
		t.Rejects = cmp.Or(t.Rejects, r.rejectsAt())
	}
	if t.Fill.Unchecked && !saysFilled(runs, p) {
		t.Fill.Unchecked, t.Fill.Plain = false, false
	}
	if t.Fill.SharedWithOthers {
		t.Rejects, t.Fill.Unchecked, codes = Place{}, false, codeset.All()
	}
	t.Fill.Codes = codes.Bounds()
	if codes.Intersects(partial) {
		t.Rejects = Place{} // some get through
	}
	return t, found && t.Fill.Known
}

// saysFilled reports whether a function that fills p says so, by a nil error or by true. A function with
// neither result always fills it.
//
//	func decode(b []byte, into any) bool { return json.Unmarshal(b, into) == nil }
func saysFilled(runs []*run, p *ssa.Parameter) bool {
	for _, r := range runs {
		if r.org.target().caller != p {
			continue
		}
		for _, e := range r.ends {
			if e.Kind == Return && e.Signal == NoSignal && slices.ContainsFunc(e.Bools, func(b Bool) bool { return b != True }) {
				return false
			}
		}
	}
	return true
}

// stored reports whether the parameter is kept in memory of somebody else.
func stored(v ssa.Value) bool {
	for _, ref := range referrers(v) {
		switch ref := ref.(type) {
		case *ssa.MakeInterface, *ssa.ChangeInterface, *ssa.ChangeType:
			if stored(ref.(ssa.Value)) {
				return true
			}
		case *ssa.Store:
			if _, local := ref.Addr.(*ssa.Alloc); ref.Val == v && !local {
				if _, element := ref.Addr.(*ssa.IndexAddr); !element { // of variadic arguments
					return true
				}
			}
		}
	}
	return false
}

// rejectsAt gives the return by which a partial failure becomes an error and nobody gets the detail: here, or in the
// callee that gives the value. There is none if the requests name one resource, since the detail tells nothing new
// then.
func (r *run) rejectsAt() Place {
	p := r.rejecting()
	if one := r.engine.cfg.RequestsOne; p.Line > 0 && one != nil && one(r.fn) {
		return Place{}
	}
	return p
}

func (r *run) rejecting() Place {
	if r.org.calleeSays.rejects.Line > 0 || r.org.decode.detailed || r.engine.bytesLeave(r.org.decode.data.roots()...) {
		return r.org.calleeSays.rejects
	}
	if r.rejects != nil {
		return r.place(r.rejects)
	}
	return r.place(r.rejection())
}

// rejection gives the return by which the function rejects each partial failure
// that it has decoded, and keeps the detail for itself, nil if there is none.
func (r *run) rejection() *ssa.Return {
	if r.org.resp.Kind != recognize.Batch || r.org.target().caller != nil {
		return nil
	}
	var ret *ssa.Return
	for _, e := range r.ends {
		if e.Kind != Return || !e.class.partial {
			continue
		}
		if e.Signal != Failure || e.does&Judges == 0 || e.does&(Inspects|KeepsDetail) != 0 ||
			slices.ContainsFunc(e.members, func(g returnedMember) bool { return holds(g.path, r.roles.detail) }) {
			return nil
		}
		ret = e.ret
	}
	return ret
}

func (r *run) place(ret *ssa.Return) Place {
	if ret == nil || r.fn.Pkg == nil {
		return Place{}
	}
	p := r.cfg.Fset.PositionFor(ret.Pos(), false)
	return Place{r.fn.Pkg.Pkg.Path(), filepath.Base(p.Filename), p.Line}
}

// gaveAt reports whether some end of the run at the return gives the i'th result.
func gaveAt(r *run, ret *ssa.Return, i int) bool {
	return slices.ContainsFunc(r.ends, func(e end) bool { return e.ret == ret && e.givesAt(i) })
}

// dynamicType gives the one type that the i'th result, an interface, has
// wherever it isn't nil, nil if there are several.
func (e *Engine) dynamicType(fn *ssa.Function, i int) types.Type {
	var dynamic types.Type
	for _, ret := range e.returns(fn) {
		switch v := returned(ret, i).(type) {
		case *ssa.Const:
		case *ssa.MakeInterface:
			if dynamic != nil && !types.Identical(dynamic, v.X.Type()) {
				return nil
			}
			dynamic = v.X.Type()
		default:
			return nil
		}
	}
	return dynamic
}

// typeNamed finds a type, or a pointer to one, by what [types.TypeString] writes, nil if fn's package doesn't know it.
// Some drivers know unexported types of other packages, and others don't, so that these are never found.
func (e *Engine) typeNamed(fn *ssa.Function, name string) types.Type {
	elem, ptr := strings.CutPrefix(name, "*")
	i := strings.LastIndexByte(elem, '.')
	if fn.Pkg == nil || i < 0 {
		return nil
	}
	for _, p := range append(slices.Clip(fn.Pkg.Pkg.Imports()), fn.Pkg.Pkg) {
		if p.Path() != elem[:i] || p != fn.Pkg.Pkg && !token.IsExported(elem[i+1:]) {
			continue
		}
		if obj, ok := p.Scope().Lookup(elem[i+1:]).(*types.TypeName); ok {
			if ptr {
				return types.NewPointer(obj.Type())
			}
			return obj.Type()
		}
	}
	return nil
}

// methodSummary gives the summary of t's method with the name of m, and the path to the embedded struct that has the
// method.
func (e *Engine) methodSummary(t types.Type, m *types.Func) (sum *Summary, path string) {
	obj, index, _ := types.LookupFieldOrMethod(t, true, m.Pkg(), m.Name())
	f, ok := obj.(*types.Func)
	if !ok {
		return nil, ""
	}
	path = pathOf(index[:len(index)-1])
	if e.cfg.Function != nil {
		if fn := e.cfg.Function(f.Origin()); fn != nil && len(fn.Blocks) > 0 {
			return e.body(fn).sum, path
		}
	}
	return e.importedSummary(f), path
}

// givesNothing reports whether the return's i'th result is nil, or comes with
// an error that is not.
func (e *Engine) givesNothing(ret *ssa.Return, i int) bool {
	if isZero(returned(ret, i)) {
		return true
	}
	results := ret.Parent().Signature.Results()
	for k := range ret.Results {
		if e.cfg.ErrorResult(results, k) {
			return !isZero(returned(ret, k))
		}
	}
	return false
}

// returnOf gives the return that ends the block, nil if none does or if it is
// where a recovered panic leads.
func returnOf(b *ssa.BasicBlock) *ssa.Return {
	if b == b.Parent().Recover {
		return nil
	}
	ret, _ := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
	return ret
}

// fails reports whether the i'th result, an error, is never nil.
func (e *Engine) fails(fn *ssa.Function, i int) bool {
	all := e.returns(fn)
	for _, ret := range all {
		if !e.neverNil(returned(ret, i)) {
			return false
		}
	}
	return len(all) > 0
}

// neverNil reports whether the value is an error that is not nil by construction.
func (e *Engine) neverNil(v ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.MakeInterface, *ssa.Alloc:
		return true
	case *ssa.ChangeInterface:
		return e.neverNil(v.X)
	case *ssa.Call:
		if e.libraryFacts(calleeOf(v.Common())).byTable == library.MakesError {
			return true
		}
		res := e.summaryOf(v.Common()).result(0)
		return res != nil && res.NonNil
	}
	return false
}

// returnsRaw reports whether the i'th result is bytes that nobody looked into.
func (e *Engine) returnsRaw(fn *ssa.Function, i int) bool {
	raw := false
	for _, ret := range e.returns(fn) {
		v := returned(ret, i)
		if _, ok := v.(*ssa.Const); ok {
			continue // nothing, beside an error
		}
		s := e.provenance(v)
		if !s.raw || s.inbound || s.fromCaller || e.looksInto(fn, s) {
			return false
		}
		raw = true
	}
	return raw
}

// anyResponse stands for a response whose type the function does not know. Only the code, at path, can be reached.
func anyResponse(c *contract.Contract, t types.Type, path ...int) *recognize.Response {
	return &recognize.Response{
		Kind:     recognize.Single,
		Contract: c,
		Type:     t,
		Code:     &recognize.Member{Path: path, Selector: "code", Type: types.Typ[types.Int]},
	}
}
