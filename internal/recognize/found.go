package recognize

import (
	"fmt"
	"go/types"
	"slices"

	"github.com/asynccheck/asynccheck/internal/contract"
	"github.com/asynccheck/asynccheck/internal/gotype"
	"github.com/asynccheck/asynccheck/internal/importpath"
)

// An Index has the contracts that are found by type and function, by the names in them. It is safe for concurrent use.
type Index struct {
	byType map[declared][]*contract.Contract // contracts whose responses have a type of their own
	byCall map[declared][]*contract.Contract // and the others, by the names of their functions
	paths  map[string]bool                   // of the packages that the contracts are about, without major versions
}

// A finder knows which types and functions follow these contracts in one package. What a package gives by a contract is
// no response in the package itself.
type finder struct {
	*Index
	pkg      string // import path without major versions
	imported []*types.Package

	responses map[*types.TypeName][]answer // of a generic type, one for each instance
	calls     map[called]*Call
}

// An answer is the response that values of a type are. It is nil if they are none.
type answer struct {
	typ  types.Type
	resp *Response
}

// A called is a function, as it is called: the signature is that of the instance.
type called struct {
	fn  *types.Func
	sig *types.Signature
}

// A declared is a name in a package. The path has no major versions.
type declared struct{ path, name string }

// A Call is a function that gives a response by a contract.
type Call struct {
	Response *Response
	Result   int // index of the result
}

// NewIndex returns the index of the contracts.
func NewIndex(contracts []*contract.Contract) *Index {
	f := &Index{make(map[declared][]*contract.Contract), make(map[declared][]*contract.Contract), make(map[string]bool)}
	for _, c := range contracts {
		if c.Find == nil {
			continue
		}
		for _, path := range c.Find.Paths {
			f.paths[path] = true
			if c.Find.Type != "" {
				at := declared{path, c.Find.Type}
				f.byType[at] = append(f.byType[at], c)
				continue
			}
			for _, name := range c.Find.Calls {
				at := declared{path, contract.MethodName(name)}
				f.byCall[at] = append(f.byCall[at], c)
			}
		}
	}
	return f
}

func newFinder(index *Index, pkg *types.Package) *finder {
	return &finder{
		Index: index, pkg: importpath.Unversioned(pkg.Path()), imported: pkg.Imports(),
		responses: make(map[*types.TypeName][]answer), calls: make(map[called]*Call),
	}
}

// Response returns the response that values of the type are, or nil. t may be a pointer to the type. Identical types have
// the same result. An instance of a generic type may be a response where another is none.
func (f *finder) Response(t types.Type) *Response {
	n, ok := types.Unalias(gotype.Deref(types.Unalias(t))).(*types.Named)
	if !ok || n.Obj().Pkg() == nil {
		return nil
	}
	obj := n.Origin().Obj()
	for _, a := range f.responses[obj] {
		if types.Identical(a.typ, n) {
			return a.resp
		}
	}
	var resp *Response
	for _, c := range f.byType[declared{importpath.Unversioned(obj.Pkg().Path()), obj.Name()}] {
		if f.own(c) || !c.Find.In(obj.Pkg().Path()) {
			continue
		}
		if resp = responseBy(c, n); resp != nil {
			break
		}
	}
	f.responses[obj] = append(f.responses[obj], answer{n, resp})
	return resp
}

// own reports whether the contract is about the package itself.
func (f *finder) own(c *contract.Contract) bool { return slices.Contains(c.Find.Paths, f.pkg) }

// about reports whether a contract is about the package.
func (f *finder) about(pkg *types.Package) bool { return f.paths[importpath.Unversioned(pkg.Path())] }

// Called returns what a call of the function gives by a contract, or nil. The function is one of an SDK, or a method of
// an interface that stands for the SDK's: programs declare such interfaces for what they call. The signature is that of
// the call: it has no type parameters.
func (f *finder) Called(fn *types.Func, sig *types.Signature) *Call {
	as := called{fn.Origin(), sig}
	call, ok := f.calls[as]
	if !ok {
		call = f.called(as.fn, sig)
		f.calls[as] = call
	}
	return call
}

func (f *finder) called(fn *types.Func, sig *types.Signature) *Call {
	results := sig.Results()
	if fn.Pkg() == nil || results.Len() == 0 {
		return nil
	}
	for i := range results.Len() {
		resp := f.Response(results.At(i).Type())
		if resp == nil || !mayCall(resp.Contract, fn.Name()) {
			continue
		}
		pkg := gotype.Deref(results.At(i).Type()).(*types.Named).Obj().Pkg()
		if gives(resp.Contract, fn) || f.stands(pkg, resp.Contract, fn) {
			return &Call{resp, i}
		}
	}
	for _, c := range f.byCall[declared{importpath.Unversioned(fn.Pkg().Path()), fn.Name()}] {
		if i := c.Find.Result; gives(c, fn) && !f.own(c) && i < results.Len() {
			if resp := responseBy(c, results.At(i).Type()); resp != nil {
				return &Call{resp, i}
			}
		}
	}
	return nil
}

// mayCall reports whether the contract names a function or method of this name. If it names none, each counts.
func mayCall(c *contract.Contract, name string) bool {
	calls := c.Find.Calls
	return len(calls) == 0 || slices.ContainsFunc(calls, func(call string) bool { return contract.MethodName(call) == name })
}

// gives reports whether the contract names the function, which is declared in one of its packages.
func gives(c *contract.Contract, fn *types.Func) bool {
	if !c.Find.In(fn.Pkg().Path()) {
		return false
	}
	if len(c.Find.Calls) == 0 {
		return true
	}
	recv := ""
	if r := fn.Signature().Recv(); r != nil {
		if n, ok := types.Unalias(gotype.Deref(r.Type())).(*types.Named); ok {
			recv = n.Obj().Name() + "."
		}
	}
	return slices.Contains(c.Find.Calls, fn.Name()) || recv != "" && slices.Contains(c.Find.Calls, recv+fn.Name())
}

// stands reports whether fn is a method of an interface that stands for a method of the package: the contract names that
// method, and fn has its name and takes and gives the same. Not all that a package declares is known where it isn't
// imported: there, it has to take an input of the package's and to give an error beside the response.
func (f *finder) stands(pkg *types.Package, c *contract.Contract, fn *types.Func) bool {
	if r := fn.Signature().Recv(); r == nil || !types.IsInterface(r.Type()) {
		return false
	}
	if !slices.Contains(f.imported, pkg) {
		return takesOf(pkg, fn.Signature())
	}
	for _, name := range pkg.Scope().Names() {
		obj, ok := pkg.Scope().Lookup(name).(*types.TypeName)
		if !ok || obj.IsAlias() {
			continue
		}
		m, _, _ := types.LookupFieldOrMethod(types.NewPointer(obj.Type()), false, pkg, fn.Name())
		method, ok := m.(*types.Func)
		if ok && gives(c, method) && alike(fn.Signature(), method.Signature()) {
			return true
		}
	}
	return false
}

// alike reports whether a signature has the inputs and the results of an SDK's method. It need not have the method's
// context and options, or may have options of another type.
func alike(own, sdk *types.Signature) bool {
	if !types.Identical(own.Results(), sdk.Results()) {
		return false
	}
	got, more := inputs(own)
	want, options := inputs(sdk)
	if n := len(want); options && !more && len(got) == n+1 { // a list of options
		got = got[:n]
	}
	return slices.EqualFunc(got, want, types.Identical)
}

// takesOf reports whether a signature has an input of a type of the package, and two results, an error being the last.
func takesOf(pkg *types.Package, sig *types.Signature) bool {
	in, _ := inputs(sig)
	if len(in) == 0 || sig.Results().Len() != 2 || !types.Identical(sig.Results().At(1).Type(), types.Universe.Lookup("error").Type()) {
		return false
	}
	n, ok := types.Unalias(gotype.Deref(types.Unalias(in[0]))).(*types.Named)
	return ok && n.Obj().Pkg() == pkg
}

// inputs returns the types of a signature's parameters without a context, and without those of options: a variadic
// parameter beside others.
func inputs(sig *types.Signature) (all []types.Type, options bool) {
	for v := range sig.Params().Variables() {
		if !gotype.IsContext(v.Type()) {
			all = append(all, v.Type())
		}
	}
	if n := len(all); sig.Variadic() && n > 1 {
		return all[:n-1], true
	}
	return all, false
}

// responseBy returns the response that a value of type t is by the contract. It is nil if the type has none of the
// signals: another version of the SDK has them.
func responseBy(c *contract.Contract, t types.Type) *Response {
	var all []*Response
	for _, d := range c.Duties {
		if resp := responseByDuty(c, d, t); resp != nil {
			all = append(all, resp)
		}
	}
	if len(all) == 0 {
		return nil
	}
	for i, resp := range all {
		for k, other := range all {
			if k != i && !other.Code.many() {
				resp.Elsewhere = append(resp.Elsewhere, Signal{other.Code, *other.Contract.Code()})
			}
		}
	}
	all[0].Others = all[1:]
	return all[0]
}

// responseByDuty does the same for one duty. The first signal that is one number for the whole response is the code.
func responseByDuty(c *contract.Contract, d contract.Duty, t types.Type) *Response {
	own := *c
	resp := &Response{Kind: Single, Contract: &own, Type: gotype.Deref(types.Unalias(t))}
	var signals []contract.Signal
	for _, s := range d.Signals {
		m, err := resp.resolve(s.Path)
		if err != nil || !Fits(s.Reading, m.Type) {
			continue
		}
		if resp.Code == nil && !m.many() {
			resp.Code = m
			signals = append([]contract.Signal{s}, signals...)
			continue
		}
		resp.Signals = append(resp.Signals, m)
		signals = append(signals, s)
	}
	if len(signals) == 0 {
		return nil
	}
	for _, path := range c.Complement {
		if m, err := resp.resolve(path); err == nil {
			resp.Complement = append(resp.Complement, m)
		}
	}
	if resp.Code == nil { // each item has a number of its own
		resp.Code, resp.Signals = resp.Signals[0], resp.Signals[1:]
	}
	own.Duties = []contract.Duty{{Signals: signals}}
	return resp
}

// Steps of a [Member]'s path that select no field. No struct has fields with these indexes.
const (
	ElementStep = 0x10FFF0 // to the elements of a list or a map
	MethodStep  = 0x10F000 // calls a method: the first of [Response.Methods], and so on
)

// many reports whether each item has such a member.
func (m *Member) many() bool { return slices.Contains(m.Path, ElementStep) }

// PerItem reports whether the code is one of each item, and there is no number for the whole response.
func (r *Response) PerItem() bool { return r.Contract.Find != nil && r.Code.many() }

// HasItems reports whether some signal is one of each item.
func (r *Response) HasItems() bool {
	return r.PerItem() || r.Contract.Find != nil && slices.ContainsFunc(r.Signals, (*Member).many)
}

// resolve finds the member at a contract's path. It adds the methods on the way.
func (r *Response) resolve(path string) (*Member, error) {
	m, methods, err := Resolve(r.Type, path)
	if err != nil {
		return nil, err
	}
	for i, step := range m.Path {
		if step >= MethodStep && step < ElementStep {
			name := methods[step-MethodStep]
			k := slices.Index(r.Methods, name)
			if k < 0 {
				k = len(r.Methods)
				r.Methods = append(r.Methods, name)
			}
			m.Path[i] = MethodStep + k
		}
	}
	return m, nil
}

// Resolve finds what a contract's path leads to from a type: see [contract.ParsePath]. Its selector is the path. It
// returns the names of the methods on the way, and an error that says which step does not exist.
func Resolve(t types.Type, path string) (m *Member, methods []string, err error) {
	steps, err := contract.ParsePath(path)
	if err != nil {
		return nil, nil, err
	}
	m = &Member{Selector: path}
	for _, s := range steps {
		t = types.Unalias(t)
		if s.Kind == contract.Elements {
			elem := elementOf(t)
			if elem == nil {
				return nil, nil, fmt.Errorf("%s: %s has no elements", path, typeName(t))
			}
			m.Path, t = append(m.Path, ElementStep), elem
			continue
		}
		obj, index, _ := types.LookupFieldOrMethod(t, true, nil, s.Name)
		switch obj := obj.(type) {
		case *types.Var:
			if s.Kind == contract.Field {
				m.Path, t = append(m.Path, index...), obj.Type()
				continue
			}
		case *types.Func:
			if sig := obj.Signature(); s.Kind == contract.Method && sig.Params().Len() == 0 && sig.Results().Len() == 1 {
				m.Path = append(m.Path, index[:len(index)-1]...)
				m.Path, t = append(m.Path, MethodStep+len(methods)), sig.Results().At(0).Type()
				methods = append(methods, s.Name)
				continue
			}
		}
		return nil, nil, fmt.Errorf("%s: %s has no %s", path, typeName(t), stepName(s))
	}
	m.Type = t
	return m, methods, nil
}

func stepName(s contract.Step) string {
	if s.Kind == contract.Method {
		return "method " + s.Name + " without parameters and with one result"
	}
	return "field " + s.Name
}

// elementOf returns the type of the elements of a list, a map, a channel or an iterator, nil if t is none of them.
func elementOf(t types.Type) types.Type {
	switch u := gotype.Deref(t).Underlying().(type) {
	case *types.Slice:
		return u.Elem()
	case *types.Array:
		return u.Elem()
	case *types.Map:
		return u.Elem()
	case *types.Chan:
		return u.Elem()
	case *types.Signature: // func(yield func(V) bool)
		if u.Params().Len() == 1 {
			if yield, ok := u.Params().At(0).Type().Underlying().(*types.Signature); ok && yield.Params().Len() > 0 {
				return yield.Params().At(yield.Params().Len() - 1).Type()
			}
		}
	}
	return nil
}

// Fits reports whether a signal with the reading may have the type.
func Fits(r contract.Reading, t types.Type) bool {
	u := gotype.Deref(t).Underlying()
	switch r {
	case contract.Number, contract.Count:
		return gotype.IsNumber(gotype.Deref(t))
	case contract.Truth:
		b, ok := u.(*types.Basic)
		return ok && b.Info()&types.IsBoolean != 0
	case contract.Text:
		b, ok := u.(*types.Basic)
		return ok && b.Info()&types.IsString != 0
	case contract.Length:
		switch u := u.(type) {
		case *types.Slice, *types.Map, *types.Chan:
			return true
		case *types.Basic:
			return u.Info()&types.IsString != 0
		}
		return false
	}
	switch t.Underlying().(type) { // nil
	case *types.Pointer, *types.Interface, *types.Slice, *types.Map, *types.Signature, *types.Chan:
		return true
	}
	return false
}
