package recognize

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/asynccheck/asynccheck/internal/gotype"
	"github.com/asynccheck/asynccheck/internal/library"
)

// usage is how a package uses a struct type.
type usage struct {
	decoded bool // a decoder fills it, in any file
	read    bool // it is decoded or received, outside of tests
	built   bool // its code is set here, outside of tests: fake servers build the client's types
}

// usages says how a package uses types, its own and imported ones. All instances of a generic type count as one type.
type usages map[any]*usage

func (u usages) of(t types.Type) *usage {
	key := typeKey(t)
	if u[key] == nil {
		u[key] = new(usage)
	}
	return u[key]
}

// writes reports whether the package builds values of r's type and never gets one from elsewhere. Such values are
// answers that it writes itself: it need not check them.
func (p *recognizer) writes(r *jsonStruct) bool {
	u := p.usages[typeKey(r.typ)]
	return u != nil && u.built && !u.read
}

// A tracker finds out how a package uses its types.
type tracker struct {
	*recognizer
	usages  usages
	funcs   map[*types.Func]*ast.FuncDecl // see declarationOf
	inbound map[*types.Var]bool           // variables with (a reader of) an inbound request's body
	sinks   map[*types.Var]bool           // parameters: whether a decoder gets what they point to
	asked   map[*types.Var]bool           // parameters for which the answer is being computed
	calls   []pointerCall                 // calls that may decode: finish looks at them, when inbound is complete

	functions functions
	values    []valueCall // what function values may be must be known
	channels  channels

	received map[types.Type]bool // types already noted as received
	filled   map[types.Type]bool // types already noted as decoded, outside of tests
	tested   map[types.Type]bool // and in tests
	test     bool                // this file or declaration is a test's
	generic  bool                // something whose type has a type parameter is decoded
}

// A pointerCall is a call whose i-th argument is a pointer. It is not yet known whether the call decodes.
type pointerCall struct {
	call *ast.CallExpr
	i    int
	elem types.Type
	test bool
}

func (p *recognizer) newTracker() *tracker {
	return &tracker{
		recognizer: p,
		usages:     make(usages),
		inbound:    make(map[*types.Var]bool),
		sinks:      make(map[*types.Var]bool),
		asked:      make(map[*types.Var]bool),

		functions: make(functions),
		channels:  channels{made: make(map[*types.Var]bool), uses: make(map[*types.Var]int)},

		received: make(map[types.Type]bool),
		filled:   make(map[types.Type]bool),
		tested:   make(map[types.Type]bool),
	}
}

// finish returns the usages in the visited code.
func (t *tracker) finish() usages {
	t.test = false
	for _, c := range t.values {
		if !t.isOwn(c.fun) {
			t.receive(c.typ)
		}
	}
	for typ := range t.fromElsewhere() {
		t.receive(typ)
	}
	for _, c := range t.calls {
		t.test = c.test
		if !t.seen()[c.elem] && t.decodes(c.call, t.callee(c.call), c.i) && !t.isAnswer(c.call.Args[c.i]) {
			t.fill(c.elem)
		}
	}
	if t.generic {
		// A type parameter gets its meaning where it gets its argument.
		t.test = false
		for _, inst := range t.in.Info.Instances {
			for arg := range inst.TypeArgs.Types() {
				t.fill(arg)
			}
		}
	}
	return t.usages
}

func (t *tracker) visit(n ast.Node) {
	info := t.in.Info
	switch n := n.(type) {
	case *ast.FuncDecl:
		// A type that decodes itself: decoders call this method.
		if n.Recv != nil && slices.Contains(library.DecodesItself[:], n.Name.Name) {
			if fn, ok := info.Defs[n.Name].(*types.Func); ok {
				t.fill(fn.Signature().Recv().Type())
			}
		}
	case *ast.CompositeLit:
		t.literal(n)
	case *ast.AssignStmt:
		for i, lhs := range n.Lhs {
			t.keepIn(lhs, n.Rhs[min(i, len(n.Rhs)-1)])
			t.makeChannel(lhs, n.Rhs[min(i, len(n.Rhs)-1)])
			if id, ok := lhs.(*ast.Ident); ok {
				t.assign(id, n.Rhs[min(i, len(n.Rhs)-1)])
			} else {
				t.store(lhs)
			}
		}
	case *ast.ValueSpec:
		for i, id := range n.Names {
			if len(n.Values) > 0 {
				t.keepIn(id, n.Values[min(i, len(n.Values)-1)])
				t.makeChannel(id, n.Values[min(i, len(n.Values)-1)])
				t.assign(id, n.Values[min(i, len(n.Values)-1)])
			}
		}
	case *ast.UnaryExpr:
		if n.Op == token.ARROW {
			t.receiveFrom(n.X, info.TypeOf(n))
		}
	case *ast.SendStmt:
		t.useChannel(n.Chan)
	case *ast.RangeStmt:
		if n.Value != nil {
			t.keepIn(n.Value, n.X)
			break // of a channel there is but one
		}
		if x := info.TypeOf(n.X); x != nil {
			if ch, ok := x.Underlying().(*types.Chan); ok {
				t.receiveFrom(n.X, ch.Elem())
			}
		}
	case *ast.TypeAssertExpr:
		if n.Type != nil {
			t.receiveAsserted(info.TypeOf(n.Type))
		}
	case *ast.TypeSwitchStmt:
		for _, clause := range n.Body.List {
			for _, typ := range clause.(*ast.CaseClause).List {
				t.receiveAsserted(info.TypeOf(typ))
			}
		}
	}
}

// receiveAsserted notes that an interface gives a value of type typ. This does not count for the package's own types:
// either the package built the value, or it got the value in a way that shows elsewhere:
//
//	func write(w http.ResponseWriter, v any) {
//		if r, ok := v.(*Response); ok && r.Code != 0 {
func (t *tracker) receiveAsserted(typ types.Type) {
	if typ != nil && packageOf(gotype.Deref(typ)) != t.in.Pkg {
		t.receive(typ)
	}
}

// literal notes that a composite literal sets a code.
func (t *tracker) literal(lit *ast.CompositeLit) {
	typ := t.in.Info.TypeOf(lit)
	if t.test || typ == nil || len(lit.Elts) == 0 {
		return
	}
	if st := structOf(gotype.Deref(typ)); st != nil {
		t.keepFields(lit, st)
	}
	code := t.Code(typ)
	if code == nil {
		return
	}
	typ = gotype.Deref(typ)
	first := structOf(typ).Field(code.Path[0]).Name()
	for i, elt := range lit.Elts {
		// A promoted code is set along with the embedded struct that has it.
		if kv, ok := elt.(*ast.KeyValueExpr); ok {
			if id, ok := kv.Key.(*ast.Ident); !ok || id.Name != first {
				continue
			}
			elt = kv.Value
		} else if i != code.Path[0] {
			continue
		}
		if len(code.Path) == 1 || t.setsCode(elt) {
			t.usages.of(typ).built = true
		}
	}
}

// setsCode reports whether an embedded struct's value comes with a code: all do but empty literals.
func (t *tracker) setsCode(e ast.Expr) bool {
	e = ast.Unparen(e)
	if u, ok := e.(*ast.UnaryExpr); ok && u.Op == token.AND {
		e = u.X
	}
	lit, ok := e.(*ast.CompositeLit)
	return !ok || len(lit.Elts) > 0
}

// store notes that an assignment to lhs sets a code. It counts for the struct that the selector starts from, and for
// the embedded struct that has the field.
func (t *tracker) store(lhs ast.Expr) {
	lhs = ast.Unparen(lhs)
	if star, ok := lhs.(*ast.StarExpr); ok {
		lhs = ast.Unparen(star.X)
	}
	e, ok := lhs.(*ast.SelectorExpr)
	if !ok || t.test {
		return
	}
	sel := t.in.Info.Selections[e]
	if sel == nil || sel.Kind() != types.FieldVal || !t.isCode(sel) {
		return
	}
	typ := sel.Recv()
	for _, index := range sel.Index() {
		typ = gotype.Deref(typ)
		t.usages.of(typ).built = true
		typ = structOf(typ).Field(index).Type()
	}
}

// call notes what a call of fn decodes, and what it returns from elsewhere. fn is nil if the call goes through a value.
func (t *tracker) call(call *ast.CallExpr, fn *types.Func) {
	info := t.in.Info
	switch {
	case fn == nil:
		if fun := info.Types[call.Fun]; fun.IsType() || fun.IsBuiltin() {
			if fun.IsBuiltin() && len(call.Args) == 1 { // close, len, cap
				t.useChannel(call.Args[0])
			}
			return
		}
		if !t.test {
			t.values = append(t.values, valueCall{call.Fun, info.TypeOf(call)})
		}
	case fn.Pkg() != t.in.Pkg || isInterfaceMethod(fn):
		if sig := fn.Signature(); sig.TypeParams().Len() == 0 && sig.RecvTypeParams().Len() == 0 {
			t.receive(sig.Results())
		} else {
			t.receive(info.TypeOf(call))
		}
	}
	t.keepArgs(call, fn)
	if t.takesOnly(fn) {
		return
	}
	for i, arg := range call.Args {
		if fn != nil && !mayPoint(fn.Signature(), i, len(call.Args)) {
			continue
		}
		if ptr, ok := types.Unalias(info.TypeOf(arg)).(*types.Pointer); ok && !t.seen()[ptr.Elem()] {
			t.calls = append(t.calls, pointerCall{call, i, ptr.Elem(), t.test})
		}
	}
}

// mayPoint reports whether the i-th of n arguments may be a pointer, judged by the signature alone.
func mayPoint(sig *types.Signature, i, n int) bool {
	params := sig.Params()
	if sig.Variadic() || n != params.Len() {
		return true // a method expression has the receiver before the others
	}
	switch params.At(i).Type().Underlying().(type) {
	case *types.Interface, *types.Pointer:
		return true
	}
	return false
}

// isAnswer reports whether arg is &T{…} with a code: a value for a writer, not for a decoder.
func (t *tracker) isAnswer(arg ast.Expr) bool {
	u, ok := ast.Unparen(arg).(*ast.UnaryExpr)
	if !ok {
		return false
	}
	lit, ok := u.X.(*ast.CompositeLit)
	if !ok || len(lit.Elts) == 0 {
		return false
	}
	return t.Code(t.in.Info.TypeOf(lit)) != nil
}

// receive notes that a value of type typ, which may be a tuple, comes from elsewhere.
func (t *tracker) receive(typ types.Type) {
	if t.test || typ == nil {
		return
	}
	if tuple, ok := typ.(*types.Tuple); ok {
		for v := range tuple.Variables() {
			t.receive(v.Type())
		}
		return
	}
	t.reach(typ, t.received, func(u *usage) {
		if u != nil {
			u.read = true
		}
	})
}

// fill notes that a decoder fills a value of type typ.
func (t *tracker) fill(typ types.Type) {
	t.reach(typ, t.seen(), func(u *usage) {
		if u == nil {
			t.generic = t.generic || !t.test
			return
		}
		u.decoded = true
		u.read = u.read || !t.test
	})
}

// seen returns the types already noted as decoded, in files of this kind: tests or others.
func (t *tracker) seen() map[types.Type]bool {
	if t.test {
		return t.tested
	}
	return t.filled
}

// reach calls mark for the usage of typ and of each struct type within it that a decoder reaches. For type parameters
// it calls mark with nil. It skips types that were seen.
func (t *tracker) reach(typ types.Type, seen map[types.Type]bool, mark func(*usage)) {
	typ = types.Unalias(typ)
	if seen[typ] {
		return
	}
	seen[typ] = true
	if _, ok := typ.(*types.TypeParam); ok {
		mark(nil)
		return
	}
	switch u := typ.Underlying().(type) {
	case *types.Pointer:
		t.reach(u.Elem(), seen, mark)
	case *types.Slice:
		t.reach(u.Elem(), seen, mark)
	case *types.Array:
		t.reach(u.Elem(), seen, mark)
	case *types.Map:
		t.reach(u.Elem(), seen, mark)
	case *types.Struct:
		mark(t.usages.of(typ))
		for v := range u.Fields() {
			if v.Exported() || v.Embedded() {
				t.reach(v.Type(), seen, mark)
			}
		}
	}
}

// assign notes that a variable has an inbound request's body.
func (t *tracker) assign(id *ast.Ident, e ast.Expr) {
	if t.isInbound(e) {
		if v, ok := t.in.Info.ObjectOf(id).(*types.Var); ok {
			t.inbound[v] = true
		}
	}
}

// isInboundCall reports whether a call reads an inbound request's body, by an
// argument or by its receiver: json.NewDecoder(r.Body).Decode(&v).
func (t *tracker) isInboundCall(call *ast.CallExpr) bool {
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok && t.isInbound(sel.X) {
		return true
	}
	for _, arg := range call.Args {
		if t.isInbound(arg) {
			return true
		}
	}
	return false
}

// isInbound reports whether e is made from the body of an http.Request.
func (t *tracker) isInbound(e ast.Expr) bool {
	info := t.in.Info
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		if len(t.inbound) == 0 { // as in most packages
			return false
		}
		v, ok := info.Uses[e].(*types.Var)
		return ok && t.inbound[v]
	case *ast.SelectorExpr:
		if e.Sel.Name != "Body" {
			return false
		}
		n, ok := gotype.Deref(typeOf(info, e.X)).(*types.Named)
		return ok && n.Obj().Name() == "Request" && n.Obj().Pkg().Path() == "net/http"
	case *ast.CallExpr:
		return t.isInboundCall(e)
	}
	return false
}

// typeOf is info.TypeOf, but returns an invalid type where that returns nil: for a package's name.
func typeOf(info *types.Info, e ast.Expr) types.Type {
	if t := info.TypeOf(e); t != nil {
		return t
	}
	return types.Typ[types.Invalid]
}
