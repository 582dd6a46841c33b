package contract

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
	"unicode"
	"unicode/utf8"
)

// usage is how a package uses a struct type.
type usage struct {
	decoded bool // a decoder fills it, in any file
	read    bool // it is decoded or received, outside of tests
	built   bool // its code is set here, outside of tests: fake servers build the client's types
}

// usages says how a package uses its types, its own and imported ones. Instances of a generic type are as one.
type usages map[any]*usage

func (u usages) of(t types.Type) *usage {
	key := typeKey(t)
	if u[key] == nil {
		u[key] = new(usage)
	}
	return u[key]
}

// writes reports whether the package builds values of r's type and never gets one
// from elsewhere: then they are answers that it writes, and nobody here owes them a look.
func (p *Package) writes(r *record) bool {
	u := p.usages[typeKey(r.typ)]
	return u != nil && u.built && !u.read
}

// A tracker finds out how a package uses its types.
type tracker struct {
	*Package
	usages  usages
	funcs   map[*types.Func]*ast.FuncDecl
	inbound map[*types.Var]bool // variables with (a reader of) an inbound request's body
	sinks   map[*types.Var]bool // parameters: whether a decoder gets what they point to
	asked   map[*types.Var]bool // parameters for which that is being found out

	received map[types.Type]bool // types already noted as received
	filled   map[types.Type]bool // types already noted as decoded, in this file
	test     bool                // this file is a test
	generic  bool                // something of a type parameter's type is decoded
}

func (p *Package) gatherUsages() usages {
	t := &tracker{
		Package: p,
		usages:  make(usages),
		funcs:   make(map[*types.Func]*ast.FuncDecl),
		inbound: make(map[*types.Var]bool),
		sinks:   make(map[*types.Var]bool),
		asked:   make(map[*types.Var]bool),

		received: make(map[types.Type]bool),
	}
	for _, file := range p.in.Files {
		for _, decl := range file.Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok {
				if obj, ok := p.in.Info.Defs[fn.Name].(*types.Func); ok {
					t.funcs[obj] = fn
				}
			}
		}
	}
	for _, file := range p.in.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.AssignStmt:
				for i, lhs := range n.Lhs {
					if id, ok := lhs.(*ast.Ident); ok {
						t.assign(id, n.Rhs[min(i, len(n.Rhs)-1)])
					}
				}
			case *ast.ValueSpec:
				for i, id := range n.Names {
					if len(n.Values) > 0 {
						t.assign(id, n.Values[min(i, len(n.Values)-1)])
					}
				}
			}
			return true
		})
	}
	for _, file := range p.in.Files {
		t.test = p.isTest(file)
		t.filled = make(map[types.Type]bool)
		ast.Inspect(file, func(n ast.Node) bool {
			t.visit(n)
			return true
		})
	}
	if t.generic {
		// What a type parameter stands for is known where it gets its argument.
		t.test = false
		t.filled = make(map[types.Type]bool)
		for _, inst := range p.in.Info.Instances {
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
		// A type that decodes itself: decoders call the method.
		if fn, ok := info.Defs[n.Name].(*types.Func); ok && n.Recv != nil && fn.Name() == "UnmarshalJSON" {
			t.fill(fn.Signature().Recv().Type())
		}
	case *ast.CompositeLit:
		t.literal(n)
	case *ast.AssignStmt:
		for _, lhs := range n.Lhs {
			t.store(lhs)
		}
	case *ast.CallExpr:
		t.call(n)
	case *ast.UnaryExpr:
		if n.Op == token.ARROW {
			t.receive(info.TypeOf(n))
		}
	case *ast.RangeStmt:
		if x := info.TypeOf(n.X); x != nil {
			if ch, ok := x.Underlying().(*types.Chan); ok {
				t.receive(ch.Elem())
			}
		}
	case *ast.TypeAssertExpr:
		if n.Type != nil {
			t.receive(info.TypeOf(n.Type))
		}
	case *ast.TypeSwitchStmt:
		for _, clause := range n.Body.List {
			for _, typ := range clause.(*ast.CaseClause).List {
				t.receive(info.TypeOf(typ))
			}
		}
	}
}

// literal notes that a composite literal sets a code.
func (t *tracker) literal(lit *ast.CompositeLit) {
	typ := t.in.Info.TypeOf(lit)
	if t.test || typ == nil || len(lit.Elts) == 0 {
		return
	}
	r := newRecord(typ)
	if r == nil {
		return
	}
	code := r.member(isNumberOrAny, t.in.Contract.Code)
	if code == nil {
		return
	}
	first := r.st.Field(code.Path[0]).Name()
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
			t.usages.of(r.typ).built = true
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

// store notes that an assignment to lhs sets a code: that of the struct which the
// selector starts from, and of the embedded one that has the field.
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
		typ = deref(typ)
		t.usages.of(typ).built = true
		typ = structOf(typ).Field(index).Type()
	}
}

// call notes what a call decodes and what it returns from elsewhere.
func (t *tracker) call(call *ast.CallExpr) {
	info := t.in.Info
	if info.Types[call.Fun].IsType() || info.Types[call.Fun].IsBuiltin() {
		return
	}
	fn := t.callee(call)
	if fn == nil || fn.Pkg() != t.in.Pkg || isInterfaceMethod(fn) {
		t.receive(info.TypeOf(call))
	}
	for i, arg := range call.Args {
		if t.decodes(call, fn, i) {
			if ptr, ok := types.Unalias(info.TypeOf(arg)).(*types.Pointer); ok && !t.isAnswer(arg) {
				t.fill(ptr.Elem())
			}
		}
	}
}

// isAnswer reports whether arg is &T{…} with a code: handed to a writer, not a decoder.
func (t *tracker) isAnswer(arg ast.Expr) bool {
	u, ok := ast.Unparen(arg).(*ast.UnaryExpr)
	if !ok {
		return false
	}
	lit, ok := u.X.(*ast.CompositeLit)
	if !ok || len(lit.Elts) == 0 {
		return false
	}
	r := newRecord(t.in.Info.TypeOf(lit))
	return r != nil && r.member(isNumberOrAny, t.in.Contract.Code) != nil
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
	t.reach(typ, t.filled, func(u *usage) {
		if u == nil {
			t.generic = t.generic || !t.test
			return
		}
		u.decoded = true
		u.read = u.read || !t.test
	})
}

// reach calls mark for the usage of typ and of each struct type within that a decoder
// reaches, and with nil for type parameters. It skips types that were seen.
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

// decodes reports whether a call may decode something into what its i-th argument
// points to. That is assumed of functions whose source isn't at hand, unless
// their names say that they write, or that they read an inbound request.
func (t *tracker) decodes(call *ast.CallExpr, fn *types.Func, i int) bool {
	if t.isInboundCall(call) {
		return false
	}
	if fn == nil {
		return true
	}
	if isWriter(fn.Name()) || isBinder(fn.Name()) {
		return false
	}
	decl := t.funcs[fn.Origin()]
	if decl == nil || decl.Body == nil {
		return true
	}
	params := fn.Origin().Signature().Params()
	if params.Len() == 0 {
		return false // a method expression's receiver
	}
	return t.sink(params.At(min(i, params.Len()-1)), decl)
}

// sink reports whether the body of a function of this package lets a decoder have
// what a parameter points to. For a parameter of a concrete type the decoder's
// call shows that by itself, so that only interfaces, behind which the type is lost, matter.
func (t *tracker) sink(param *types.Var, decl *ast.FuncDecl) bool {
	if !types.IsInterface(param.Type()) {
		return false
	}
	if known, ok := t.sinks[param]; ok {
		return known
	}
	if t.asked[param] {
		return false // a recursive call adds nothing
	}
	first := len(t.asked) == 0
	t.asked[param] = true
	found := false
	info := t.in.Info
	uses := func(e ast.Expr) bool {
		id, ok := ast.Unparen(e).(*ast.Ident)
		return ok && info.Uses[id] == param
	}
	ast.Inspect(decl.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			fn := t.callee(n)
			for i, arg := range n.Args {
				if u, ok := arg.(*ast.UnaryExpr); ok { // json.Unmarshal(b, &out)
					arg = u.X
				}
				found = found || uses(arg) && t.decodes(n, fn, i)
			}
		case *ast.AssignStmt: // kept: somebody may decode into it later
			for _, rhs := range n.Rhs {
				found = found || uses(rhs)
			}
		case *ast.CompositeLit:
			for _, elt := range n.Elts {
				if kv, ok := elt.(*ast.KeyValueExpr); ok {
					elt = kv.Value
				}
				found = found || uses(elt)
			}
		}
		return !found
	})
	if found {
		t.sinks[param] = true
	}
	if first {
		// Without a decoder anywhere, all is said: even a no to a recursive call is final.
		for v := range t.asked {
			if !found {
				t.sinks[v] = false
			}
		}
		clear(t.asked)
	}
	return found
}

func isInterfaceMethod(fn *types.Func) bool {
	recv := fn.Signature().Recv()
	return recv != nil && types.IsInterface(recv.Type())
}

// isWriter reports whether a function of this name encodes, prints or sends its
// arguments: Marshal, MarshalIndent, Printf, Println and Infow do, Login doesn't.
func isWriter(name string) bool {
	for _, verb := range []string{
		"Marshal", "Encode", "Write", "Render", "Respond", "Reply", "Print", "Fprint", "Sprint", "Append",
		"Log", "Debug", "Info", "Warn", "Error", "Fatal", "Panic",
	} {
		if rest, ok := strings.CutPrefix(name, verb); ok {
			switch c, _ := utf8.DecodeRuneInString(rest); {
			case rest == "", rest == "f", rest == "ln", rest == "w", !unicode.IsLower(c):
				return true
			}
		}
	}
	switch name {
	case "JSON", "IndentedJSON", "PureJSON", "SecureJSON", "AsciiJSON", "XML":
		return true
	}
	return false
}

// isBinder reports whether a function of this name decodes an inbound request, as web frameworks call it.
func isBinder(name string) bool {
	return strings.HasPrefix(name, "Bind") || strings.HasPrefix(name, "ShouldBind") || strings.HasPrefix(name, "MustBind")
}

// assign notes that a variable has an inbound request's body.
func (t *tracker) assign(id *ast.Ident, e ast.Expr) {
	if v, ok := t.in.Info.ObjectOf(id).(*types.Var); ok && t.isInbound(e) {
		t.inbound[v] = true
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
		v, ok := info.Uses[e].(*types.Var)
		return ok && t.inbound[v]
	case *ast.SelectorExpr:
		n, ok := deref(typeOf(info, e.X)).(*types.Named)
		return ok && e.Sel.Name == "Body" && n.Obj().Name() == "Request" && n.Obj().Pkg().Path() == "net/http"
	case *ast.CallExpr:
		return t.isInboundCall(e)
	}
	return false
}

// typeOf is info.TypeOf, and an invalid type where that has none: for a package's name.
func typeOf(info *types.Info, e ast.Expr) types.Type {
	if t := info.TypeOf(e); t != nil {
		return t
	}
	return types.Typ[types.Invalid]
}
