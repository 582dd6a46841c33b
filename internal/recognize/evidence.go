package recognize

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"strconv"
	"strings"

	"github.com/asynccheck/asynccheck/internal/codeset"
	"github.com/asynccheck/asynccheck/internal/contract"
	"github.com/asynccheck/asynccheck/internal/gotype"
	"github.com/asynccheck/asynccheck/internal/testcode"
)

// evidence is what a package's source says about the codes of response types.
//
// The key is the code's field. So a comparison through one struct counts for all structs that embed the one with the
// code.
type evidence struct {
	host  bool // a string constant names one of the contract's hosts
	codes map[*types.Var]*comparisons
}

// comparisons sums up the comparisons of one code with constants.
type comparisons struct {
	failure bool // with the contract's partial or total value
	status  bool // with an HTTP status, a sign of another convention
	zero    bool // with the contract's success value
}

// A scanner gathers a package's evidence.
type scanner struct {
	*recognizer
	evidence evidence
	getters  map[*types.Func]*types.Var  // accessor methods of this package, and the codes that they return
	flows    map[*types.Var][]*types.Var // variables and parameters, and the ones that they are copies of
	found    []comparison                // of variables and parameters: evaluated when all flows are known
	dotted   bool                        // this file has a dot import of another package
	imports  map[string]bool             // names by which some file has another package
}

// A comparison of a code, or a copy of it, with a constant.
type comparison struct {
	code   *types.Var // field, variable or parameter
	value  int64
	status bool // the constant is one of net/http's
}

func (p *recognizer) newScanner() *scanner {
	s := &scanner{
		recognizer: p,
		evidence:   evidence{codes: make(map[*types.Var]*comparisons)},
		getters:    make(map[*types.Func]*types.Var),
		flows:      make(map[*types.Var][]*types.Var),
		imports:    make(map[string]bool),
	}
	for _, pkg := range p.in.Pkg.Imports() {
		s.imports[pkg.Name()] = true
	}
	for _, file := range p.in.Files {
		for _, decl := range file.Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok {
				s.getter(fn)
			}
		}
	}
	return s
}

// open prepares for the nodes of a file.
func (s *scanner) open(file *ast.File) {
	s.dotted = false
	for _, spec := range file.Imports {
		if spec.Name != nil {
			s.imports[spec.Name.Name] = true
			s.dotted = s.dotted || spec.Name.Name == "."
		}
	}
}

// finish returns the evidence of what was visited.
func (s *scanner) finish() evidence {
	for _, c := range s.found {
		for field := range s.fields(c.code) {
			s.evidence.add(s.contract.Code(), field, c)
		}
	}
	return s.evidence
}

func (p *recognizer) namesHost(s string) bool {
	for _, host := range p.contract.Members.Hosts {
		if strings.Contains(s, host) {
			return true
		}
	}
	return false
}

// statusOK is net/http's StatusOK. We don't link net/http for one number: its initialization would take longer than
// most units under go vet.
const statusOK = 200

func (e *evidence) add(code *contract.Signal, field *types.Var, c comparison) {
	sum := e.codes[field]
	if sum == nil {
		sum = new(comparisons)
		e.codes[field] = sum
	}
	switch {
	case code.Clean.Contains(c.value):
		sum.zero = true
	case code.Values().Contains(c.value):
		sum.failure = true
	case c.status || c.value == statusOK:
		sum.status = true
	}
}

// getter notes fn if it is a method that only returns a code.
func (s *scanner) getter(fn *ast.FuncDecl) {
	if fn.Recv == nil || fn.Body == nil || len(fn.Body.List) != 1 || fn.Type.Params.NumFields() > 0 {
		return
	}
	if ret, ok := fn.Body.List[0].(*ast.ReturnStmt); ok && len(ret.Results) == 1 {
		if v := s.code(ret.Results[0]); v != nil && v.IsField() {
			if obj, ok := s.in.Info.Defs[fn.Name].(*types.Func); ok {
				s.getters[obj] = v
			}
		}
	}
}

// visit finds the comparisons of codes, the flow of codes into variables and into
// parameters of the package's functions, and the hosts.
func (s *scanner) visit(n ast.Node) {
	switch n := n.(type) {
	case *ast.BinaryExpr:
		if n.Op == token.ADD {
			s.host(n)
		} else if codeset.Comparison(n.Op) && !s.isNil(n.Y) {
			x, y := s.sides(n)
			s.compare(x, y)
		}
	case *ast.SwitchStmt:
		if n.Tag == nil {
			break
		}
		for _, clause := range n.Body.List {
			for _, value := range clause.(*ast.CaseClause).List {
				s.compare(n.Tag, value)
			}
		}
	case *ast.AssignStmt:
		for i, e := range n.Rhs { // code, ok := r.Code.(float64): the first is the value
			if id, ok := n.Lhs[i].(*ast.Ident); ok {
				s.flow(id, e)
			}
		}
	case *ast.ValueSpec:
		for i, e := range n.Values {
			s.flow(n.Names[i], e)
		}
	case *ast.SelectorExpr:
		if id, ok := n.X.(*ast.Ident); ok && s.imports[id.Name] {
			s.use(n.Sel)
		}
	}
}

// literal notes a host in a literal.
func (s *scanner) literal(lit *ast.BasicLit) {
	if lit.Kind == token.STRING && (s.namesHost(lit.Value) || strings.Contains(lit.Value, `\`)) {
		s.host(lit)
	}
}

// use notes a host in a constant of another package.
func (s *scanner) use(id *ast.Ident) {
	if s.evidence.host {
		return
	}
	if c, ok := s.in.Info.Uses[id].(*types.Const); ok && c.Pkg() != s.in.Pkg {
		s.evidence.host = s.isHost(c.Val())
	}
}

// host notes a host in a constant expression. It looks at literals, at concatenations and at constants of other
// packages: the package's own constants are made of these.
func (s *scanner) host(e ast.Expr) {
	s.evidence.host = s.evidence.host || s.isHost(s.in.Info.Types[e].Value)
}

func (p *recognizer) isHost(v constant.Value) bool {
	return v != nil && v.Kind() == constant.String && p.namesHost(constant.StringVal(v))
}

func (p *recognizer) isTest(file *ast.File) bool {
	return testcode.File(p.in.Fset.PositionFor(file.FileStart, false).Filename)
}

// isTestHelper reports whether a declaration is a helper of tests, in any file.
func (p *recognizer) isTestHelper(decl ast.Decl) bool {
	fn, ok := decl.(*ast.FuncDecl)
	if !ok {
		return false
	}
	obj, ok := p.in.Info.Defs[fn.Name].(*types.Func)
	return ok && testcode.Function(obj.Signature())
}

// compare notes a comparison of x with y if x is a code and y a constant.
func (s *scanner) compare(x, y ast.Expr) {
	value, ok := intValue(s.in.Info.Types[y].Value)
	if !ok {
		return
	}
	code := s.code(x)
	if code == nil {
		return
	}
	c := comparison{code, value, s.isStatus(y)}
	if code.IsField() {
		s.evidence.add(s.contract.Code(), code, c)
	} else {
		s.found = append(s.found, c)
	}
}

// sides returns the operands of a comparison, a constant last.
func (s *scanner) sides(b *ast.BinaryExpr) (x, y ast.Expr) {
	if _, ok := b.Y.(*ast.BasicLit); !ok && s.in.Info.Types[b.X].Value != nil {
		return b.Y, b.X
	}
	return b.X, b.Y
}

// isNil reports whether e is nil. Most comparisons are with nil.
func (s *scanner) isNil(e ast.Expr) bool {
	id, ok := e.(*ast.Ident)
	return ok && id.Name == "nil" && s.in.Info.Uses[id] == types.Universe.Lookup("nil")
}

// intValue returns the value of an integer constant. The constant may be written as a float or, for a json.Number, as a
// string.
func intValue(v constant.Value) (int64, bool) {
	if v == nil {
		return 0, false
	}
	if v.Kind() == constant.String {
		i, err := strconv.ParseInt(constant.StringVal(v), 10, 64)
		return i, err == nil
	}
	return constant.Int64Val(constant.ToInt(v))
}

// isStatus reports whether e is one of net/http's Status constants.
func (s *scanner) isStatus(e ast.Expr) bool {
	var id *ast.Ident
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident: // dot import
		id = e
	case *ast.SelectorExpr:
		id = e.Sel
	default:
		return false
	}
	c, ok := s.in.Info.Uses[id].(*types.Const)
	return ok && c.Pkg() != nil && c.Pkg().Path() == "net/http" && strings.HasPrefix(c.Name(), "Status")
}

// code returns the field with a code that e reads, or the variable or parameter that may hold a copy of a code, or nil.
// It sees through conversions, addresses, dereferences, type assertions, accessor methods and json.Number's methods.
func (s *scanner) code(e ast.Expr) *types.Var {
	info := s.in.Info
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		if v, ok := info.Uses[e].(*types.Var); ok && !v.IsField() {
			return v
		}
	case *ast.SelectorExpr:
		if sel := info.Selections[e]; sel != nil && sel.Kind() == types.FieldVal && s.isCode(sel) {
			return sel.Obj().(*types.Var).Origin()
		}
	case *ast.StarExpr:
		return s.code(e.X)
	case *ast.UnaryExpr:
		if e.Op == token.AND {
			return s.code(e.X)
		}
	case *ast.TypeAssertExpr:
		return s.code(e.X)
	case *ast.CallExpr:
		if len(e.Args) == 1 && info.Types[e.Fun].IsType() {
			return s.code(e.Args[0])
		}
		sel, ok := ast.Unparen(e.Fun).(*ast.SelectorExpr)
		if !ok || len(e.Args) > 0 {
			return nil
		}
		selection := info.Selections[sel]
		if selection == nil {
			return nil
		}
		recv := gotype.Deref(selection.Recv())
		if gotype.IsJSONNumber(recv) {
			return s.code(sel.X)
		}
		if fn, ok := selection.Obj().(*types.Func); ok {
			return s.accessed(fn, recv)
		}
	}
	return nil
}

// accessed returns the code that a method without parameters returns, or nil. A method of another package is known by
// its name: its body is not at hand.
func (s *scanner) accessed(fn *types.Func, recv types.Type) *types.Var {
	if fn.Pkg() == s.in.Pkg {
		return s.getters[fn.Origin()]
	}
	if name := s.contract.Code().Path; strings.EqualFold(fn.Name(), name) || strings.EqualFold(fn.Name(), "Get"+name) {
		if m := s.Code(recv); m != nil {
			return fieldAt(recv, m.Path)
		}
	}
	return nil
}

// isCode reports whether a selected field has the code's JSON name and a type that suits a code.
func (p *recognizer) isCode(sel *types.Selection) bool {
	v := sel.Obj().(*types.Var)
	if !isNumberOrAny(v.Type()) {
		return false
	}
	is, ok := p.isCodeField[v]
	if !ok {
		is = p.hasCodeName(sel)
		p.isCodeField[v] = is
	}
	return is
}

func (p *recognizer) hasCodeName(sel *types.Selection) bool {
	// Walk to the struct with the field: only that has the tag.
	t := sel.Recv()
	path := sel.Index()
	for _, index := range path[:len(path)-1] {
		t = structOf(gotype.Deref(t)).Field(index).Type()
	}
	last := path[len(path)-1]
	st := structOf(gotype.Deref(t))
	name, ok := new(jsonStruct).jsonName(st.Field(last), st.Tag(last))
	if !ok && !st.Field(last).Exported() {
		name = "" // perhaps reached through an accessor: its name counts
	}
	if name == "" {
		name = st.Field(last).Name()
	}
	return strings.EqualFold(name, p.contract.Code().Path)
}

// flow notes that a variable gets the value of a code.
func (s *scanner) flow(id *ast.Ident, e ast.Expr) {
	if src := s.code(e); src != nil && mayCarry(src.Type()) {
		if v, ok := s.in.Info.ObjectOf(id).(*types.Var); ok {
			s.copies(v, src)
		}
	}
}

// flowIntoCall notes that parameters of a function of this package, or its receiver, get the
// values of codes.
func (s *scanner) flowIntoCall(call *ast.CallExpr, fn *types.Func) {
	if fn == nil || fn.Pkg() != s.in.Pkg {
		return
	}
	pass := func(v *types.Var, arg ast.Expr) {
		if !mayCarry(v.Type()) {
			return
		}
		if src := s.code(arg); src != nil && mayCarry(src.Type()) {
			s.copies(v, src)
		}
	}
	sig := fn.Origin().Signature()
	args := call.Args
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok && sig.Recv() != nil {
		switch recv := s.in.Info.Selections[sel]; {
		case recv == nil:
			return
		case recv.Kind() != types.MethodExpr:
			pass(sig.Recv(), sel.X)
		case len(args) > 0:
			pass(sig.Recv(), args[0])
			args = args[1:]
		}
	}
	for i, arg := range args[:min(len(args), sig.Params().Len())] {
		pass(sig.Params().At(i), arg)
	}
}

func (s *scanner) copies(v, src *types.Var) {
	if src != v {
		s.flows[v] = append(s.flows[v], src)
	}
}

// mayCarry reports whether a variable of type t may have the value of a code. Most variables hold structs or pointers
// to structs: they may contain a code, but are no copy of one.
func mayCarry(t types.Type) bool {
	switch gotype.Deref(t).Underlying().(type) {
	case *types.Struct, *types.Map, *types.Chan, *types.Signature:
		return false
	}
	return true
}

// callee returns the function or method that call invokes, or nil if the call goes through a value.
func (p *recognizer) callee(call *ast.CallExpr) *types.Func {
	fun := ast.Unparen(call.Fun)
	switch f := fun.(type) { // explicit instantiation
	case *ast.IndexExpr:
		fun = f.X
	case *ast.IndexListExpr:
		fun = f.X
	}
	var id *ast.Ident
	switch f := fun.(type) {
	case *ast.Ident:
		id = f
	case *ast.SelectorExpr:
		id = f.Sel
	default:
		return nil
	}
	fn, _ := p.in.Info.Uses[id].(*types.Func)
	return fn
}

// fields returns the codes that v may be a copy of. v is no code itself.
func (s *scanner) fields(v *types.Var) map[*types.Var]bool {
	if s.flows[v] == nil { // as of most variables that are compared
		return nil
	}
	found := make(map[*types.Var]bool)
	seen := make(map[*types.Var]bool)
	var visit func(v *types.Var)
	visit = func(v *types.Var) {
		if seen[v] {
			return
		}
		seen[v] = true
		if v.IsField() {
			found[v] = true
		}
		for _, src := range s.flows[v] {
			visit(src)
		}
	}
	visit(v)
	return found
}
