package sdks

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"go/constant"
	"go/format"
	"go/types"
	"maps"
	"path"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// How stubs are printed.

// A printer prints the stub of one package.
type printer struct {
	*stubber
	pkg     *types.Package
	imports map[string]string // names by path
	taken   map[string]bool   // names of imports and of declarations
	bodies  bool              // there are functions
	errs    []error
	bytes.Buffer
}

func (g *stubber) print(path string) ([]byte, error) {
	pkg, err := g.source.Package(path)
	if err != nil {
		return nil, err
	}
	p := &printer{stubber: g, pkg: pkg, imports: make(map[string]string), taken: map[string]bool{"stub": true, "opaque": true}}
	var objects []types.Object
	methods := make(map[*types.TypeName][]*types.Func)
	for obj := range g.needed {
		if obj.Pkg() != pkg {
			continue
		}
		if obj.Parent() == pkg.Scope() {
			if p.taken[obj.Name()] {
				return nil, fmt.Errorf("a stub needs the name %s for itself", obj.Name())
			}
			objects = append(objects, obj)
		} else if fn, ok := obj.(*types.Func); ok {
			if recv := fn.Signature().Recv(); recv != nil && !types.IsInterface(recv.Type()) {
				methods[declaredBy(recv.Type())] = append(methods[declaredBy(recv.Type())], fn)
			}
		}
	}
	for _, obj := range objects {
		p.taken[obj.Name()] = true
	}
	kind := func(obj types.Object) int {
		return slices.Index([]string{"*types.Const", "*types.Var", "*types.TypeName", "*types.Func"}, reflect.TypeOf(obj).String())
	}
	slices.SortFunc(objects, func(a, b types.Object) int {
		return cmp.Or(cmp.Compare(kind(a), kind(b)), strings.Compare(a.Name(), b.Name()))
	})
	for _, obj := range objects {
		p.declaration(obj)
		if name, ok := obj.(*types.TypeName); ok {
			of := methods[name]
			slices.SortFunc(of, func(a, b *types.Func) int { return strings.Compare(a.Name(), b.Name()) })
			for _, m := range of {
				p.function(m)
			}
		}
	}
	if len(p.errs) > 0 {
		return nil, errors.Join(p.errs...)
	}
	if p.bodies {
		p.WriteString("\n// stub stands for a body that nobody knows.\n" +
			"func stub[T any](args ...any) T { return opaque(args...).(T) }\n\nvar opaque func(args ...any) any\n")
	}

	var head bytes.Buffer
	fmt.Fprintf(&head, "%s%s; DO NOT EDIT.\n\npackage %s\n\n", generated, g.source.Module(path), pkg.Name())
	p.printImports(&head)
	text := slices.Concat(head.Bytes(), p.Bytes())
	formatted, err := format.Source(text)
	if err != nil {
		return nil, fmt.Errorf("%w\n%s", err, text)
	}
	return formatted, nil
}

func (p *printer) printImports(w *bytes.Buffer) {
	var groups [2][]string // the standard library, and the rest
	for _, imported := range slices.Sorted(maps.Keys(p.imports)) {
		spec := strconv.Quote(imported)
		if name := p.imports[imported]; name != p.source.name(imported) || name != path.Base(imported) {
			spec = name + " " + spec
		}
		if p.source.Standard(imported) {
			groups[0] = append(groups[0], spec)
		} else {
			groups[1] = append(groups[1], spec)
		}
	}
	switch len(p.imports) {
	case 0:
	case 1:
		fmt.Fprintf(w, "import %s\n\n", slices.Concat(groups[0], groups[1])[0])
	default:
		fmt.Fprintf(w, "import (\n%s\n\n%s\n)\n\n", strings.Join(groups[0], "\n"), strings.Join(groups[1], "\n"))
	}
}

// qualify returns the name by which the stub mentions a package. It is a [types.Qualifier].
func (p *printer) qualify(other *types.Package) string {
	if other == p.pkg {
		return ""
	}
	name, ok := p.imports[other.Path()]
	if !ok {
		name = other.Name()
		for i := 2; p.taken[name]; i++ {
			name = other.Name() + strconv.Itoa(i)
		}
		p.taken[name] = true
		p.imports[other.Path()] = name
	}
	return name
}

func (p *printer) declaration(obj types.Object) {
	switch obj := obj.(type) {
	case *types.Const:
		typ := ""
		if b, ok := obj.Type().(*types.Basic); !ok || b.Info()&types.IsUntyped == 0 {
			typ = " " + p.typeString(obj.Type())
		}
		value := literal(obj.Val())
		if obj.Val().Kind() == constant.Unknown {
			var err error
			if value, err = p.source.cValue(obj); err != nil {
				p.errs = append(p.errs, err)
			}
		}
		fmt.Fprintf(p, "const %s%s = %s\n\n", obj.Name(), typ, value)
	case *types.Var:
		fmt.Fprintf(p, "var %s %s\n\n", obj.Name(), p.typeString(obj.Type()))
	case *types.Func:
		p.function(obj)
	case *types.TypeName:
		if a, ok := obj.Type().(*types.Alias); ok {
			fmt.Fprintf(p, "type %s%s = %s\n\n", obj.Name(), p.typeParams(a.TypeParams()), p.typeString(a.Rhs()))
			return
		}
		named := obj.Type().(*types.Named)
		fmt.Fprintf(p, "type %s%s ", obj.Name(), p.typeParams(named.TypeParams()))
		switch u := named.Underlying().(type) {
		case *types.Struct:
			p.structure(u)
		case *types.Interface:
			p.methodSet(u)
		default:
			p.WriteString(p.typeString(u))
		}
		p.WriteString("\n\n")
	}
}

func (p *printer) typeString(t types.Type) string { return types.TypeString(t, p.qualify) }

// literal returns a constant's value as it stands in source.
func literal(v constant.Value) string {
	if v.Kind() == constant.Float {
		return v.String()
	}
	return v.ExactString()
}

func (p *printer) typeParams(list *types.TypeParamList) string {
	if list.Len() == 0 {
		return ""
	}
	var params []string
	for t := range list.TypeParams() {
		params = append(params, t.Obj().Name()+" "+p.typeString(t.Constraint()))
	}
	return "[" + strings.Join(params, ", ") + "]"
}

func (p *printer) structure(s *types.Struct) {
	p.WriteString("struct {\n")
	kept := p.fields(s)
	for i := range s.NumFields() {
		f := s.Field(i)
		if !slices.Contains(kept, f) {
			continue
		}
		if !f.Embedded() {
			p.WriteString(f.Name() + " ")
		}
		p.WriteString(p.typeString(f.Type()))
		if json, ok := reflect.StructTag(s.Tag(i)).Lookup("json"); ok {
			fmt.Fprintf(p, " `json:%q`", json)
		}
		p.WriteString("\n")
	}
	p.WriteString("}")
}

func (p *printer) methodSet(i *types.Interface) {
	if !i.IsMethodSet() {
		p.WriteString(p.typeString(i))
		return
	}
	p.WriteString("interface {\n")
	for _, m := range p.interfaceMethods(i) {
		p.WriteString(m.Name())
		types.WriteSignature(&p.Buffer, m.Signature(), p.qualify)
		p.WriteString("\n")
	}
	p.WriteString("}")
}

// function prints a function. Its body gives the arguments to an unknown function, from which the results come. So the
// analyzer knows nothing about it, as with the real one, whose body it doesn't see.
func (p *printer) function(fn *types.Func) {
	p.bodies = true
	sig := fn.Signature()
	args := make(map[string]bool)
	name := func(v *types.Var, otherwise string) string {
		name := v.Name()
		if name == "" || name == "_" || args[name] || p.taken[name] || types.Universe.Lookup(name) != nil {
			name = otherwise
		}
		args[name] = true
		return name
	}
	var given []string
	// The names of packages are taken from here on.
	for _, vars := range []*types.Tuple{sig.Params(), sig.Results()} {
		for v := range vars.Variables() {
			p.typeString(v.Type())
		}
	}
	p.WriteString("\nfunc ")
	if recv := sig.Recv(); recv != nil {
		given = append(given, name(recv, "recv"))
		fmt.Fprintf(p, "(%s %s) ", given[0], p.typeString(recv.Type()))
	}
	p.WriteString(fn.Name() + p.typeParams(sig.TypeParams()))
	var params []*types.Var
	for v := range sig.Params().Variables() {
		named := name(v, "p"+strconv.Itoa(len(params)))
		given = append(given, named)
		params = append(params, types.NewParam(v.Pos(), v.Pkg(), named, v.Type()))
	}
	var results []*types.Var
	var values []string
	for v := range sig.Results().Variables() {
		results = append(results, types.NewParam(v.Pos(), v.Pkg(), "", v.Type()))
		list := ""
		if len(values) == 0 {
			list = strings.Join(given, ", ")
		}
		values = append(values, fmt.Sprintf("stub[%s](%s)", p.typeString(v.Type()), list))
	}
	types.WriteSignature(&p.Buffer, types.NewSignatureType(nil, nil, nil, types.NewTuple(params...), types.NewTuple(results...), sig.Variadic()), p.qualify)
	if len(values) > 0 {
		fmt.Fprintf(p, " {\nreturn %s\n}\n", strings.Join(values, ", "))
	} else {
		fmt.Fprintf(p, " {\nopaque(%s)\n}\n", strings.Join(given, ", "))
	}
}
