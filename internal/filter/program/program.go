// Package program finds the packages that declare a struct that may be a response. It looks at the structs' members in
// the files, and type-checks nothing.
package program

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"maps"
	"os"
	"path"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/asynccheck/asynccheck/internal/cgo"
	"github.com/asynccheck/asynccheck/internal/filter/source"
	"github.com/asynccheck/asynccheck/internal/relevance"
)

// Shapes are what a package's files show about its structs.
type Shapes struct {
	// Response says that a struct may be a response: it has a code, and another member that responses have. It is also
	// set if there is a directive, or if something is wrong with the files.
	Response bool

	// Codes are exported types that have a code, and are no responses by what this package shows. A struct of another
	// package that embeds one may be a response.
	Codes []string

	// Cgo says that a file is not what the compiler gets: it imports "C". What is declared in C counts as what a response
	// may have.
	Cgo bool
}

// Of returns the shapes of the package with these files. Sources are their contents, nil if nobody has read them. Codes
// are the imports' types with a code, and own the shapes of the configuration's contracts. Each response has a struct type
// that is written in some package, whose shapes show a response. So a package matters only if it imports such a package,
// directly or not.
//
// Types are known by name only. Of a type of another package only one thing is known: whether it has a code. A struct
// that embeds a type beside a code may be a response.
func Of(files []string, sources [][]byte, codes map[string]bool, own []relevance.Shape) Shapes {
	s := &finder{
		own:    own,
		given:  codes,
		rest:   make([]file, len(files)),
		decls:  make(map[string][]typeExpr),
		params: make(map[string]bool),
		absent: make(map[string]bool),
	}
	for i, name := range files {
		s.rest[i].name = name
		if sources != nil {
			s.rest[i].src = sources[i]
		}
	}
	first, imports, candidate := newSearch(codes, own), false, false
	if !s.parse(func(src []byte) bool {
		found := first.find(src)
		candidate = candidate || found&(coded|texted) != 0
		s.response = s.response || found&directed != 0
		imports = imports || found&native != 0 && importsC(src)
		return found&coded != 0 && !s.response
	}) {
		s.response = true
	}
	if candidate && !s.response && s.shadowed() {
		s.response = true
	}
	types := make(map[string]bool) // of the package, with a code
	for !s.response {
		parsed := len(s.rest)
		more := s.codes(types)
		if s.response || !more && len(s.rest) == parsed {
			break
		}
		next := newSearch(types, own)
		if !s.parse(func(src []byte) bool { return next.find(src)&coded != 0 }) {
			s.response = true
		}
	}
	if s.response {
		return Shapes{Response: true, Cgo: imports}
	}
	return Shapes{Cgo: imports, Codes: slices.DeleteFunc(slices.Sorted(maps.Keys(types)), func(name string) bool { return !ast.IsExported(name) })}
}

// A finder finds structs that may be responses.
type finder struct {
	own   []relevance.Shape
	given map[string]bool // types of imports that have a code
	rest  []file          // files that are not parsed

	structs  []typeExpr
	decls    map[string][]typeExpr // what types are declared as, by their names, in any scope
	params   map[string]bool       // names of type parameters
	absent   map[string]bool       // types that no file declares
	response bool
}

// A file has a name. Its content is nil if nobody has read it.
type file struct {
	name string
	src  []byte
}

// A typeExpr is a type as it is written in a file.
type typeExpr struct {
	ast.Expr
	file *ast.File
}

func (t typeExpr) of(e ast.Expr) typeExpr { return typeExpr{e, t.file} }

// Roles are the roles that a struct's members can play.
type roles uint8

const (
	code   roles = 1 << iota
	beside       // what responses have beside their code
)

// parse parses the files that are wanted, and reports whether it succeeded.
func (s *finder) parse(wanted func(src []byte) bool) (ok bool) {
	buffer := buffers.Get().(*[]byte)
	defer buffers.Put(buffer)
	ok = true
	s.rest = slices.DeleteFunc(s.rest, func(f file) bool {
		if !ok {
			return false
		}
		src := f.src
		if src == nil {
			var err error
			if src, err = read(f.name, *buffer); err != nil {
				ok = false
			}
			*buffer = src
		}
		if !ok || !wanted(src) {
			return false
		}
		file, err := parser.ParseFile(token.NewFileSet(), f.name, src, parser.SkipObjectResolution)
		if err != nil {
			ok = false
			return false
		}
		s.collect(file)
		return true
	})
	return ok
}

// buffers are for files: most files are needed only for a short search for a few words.
var buffers = sync.Pool{New: func() any { return new([]byte) }}

// read returns a file's content. It uses the buffer if that is large enough.
func read(name string, buffer []byte) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return buffer, err
	}
	defer f.Close() // nothing was written
	info, err := f.Stat()
	if err != nil {
		return buffer, err
	}
	buffer = slices.Grow(buffer[:0], int(info.Size())+1) // one more byte, to see the end
	for {
		n, err := f.Read(buffer[len(buffer):cap(buffer)])
		buffer = buffer[:len(buffer)+n]
		if err == io.EOF {
			return buffer, nil
		}
		if err != nil {
			return buffer, err
		}
		if len(buffer) == cap(buffer) {
			buffer = slices.Grow(buffer, 1)
		}
	}
}

// collect adds the types of a file.
func (s *finder) collect(file *ast.File) {
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.StructType:
			s.structs = append(s.structs, typeExpr{n, file})
		case *ast.TypeSpec:
			s.decls[n.Name.Name] = append(s.decls[n.Name.Name], typeExpr{n.Type, file})
			s.generic(n.TypeParams)
		case *ast.FuncType:
			s.generic(n.TypeParams)
		}
		return true
	})
}

// shadowed reports whether the package may declare a type with the name of a predeclared one, anywhere. Then no type is
// what it looks like. Real code doesn't do that, so this answer is enough.
func (s *finder) shadowed() bool {
	if !s.parse(shadows) {
		return true
	}
	for name := range predeclared {
		if s.decls[name] != nil || s.params[name] {
			return true
		}
	}
	return false
}

// generic adds type parameters.
func (s *finder) generic(params *ast.FieldList) {
	if params == nil {
		return
	}
	for _, p := range params.List {
		for _, id := range p.Names {
			s.params[id.Name] = true
		}
	}
}

// codes adds the types that have a code, and reports whether there are new ones. It also notes whether a struct may be
// a response.
func (s *finder) codes(own map[string]bool) (more bool) {
	for i := 0; i < len(s.structs); i++ { // files parsed in the loop add to them
		if s.roles(s.structs[i], nil) == code|beside {
			s.response = true
			return false
		}
	}
	for name, decls := range maps.Clone(s.decls) {
		// type T C.struct_t
		if slices.ContainsFunc(decls, func(t typeExpr) bool { return cgo.In(ast.Unparen(t.Expr)) }) {
			s.response = true
			return false
		}
		if !own[name] && s.named(name, nil)&code != 0 {
			own[name] = true
			more = true
		}
	}
	return more
}

// roles returns the roles that the members of a type can play if it is embedded. Seen has the names of the types around
// it.
func (s *finder) roles(t typeExpr, seen []string) (r roles) {
	switch e := t.Expr.(type) {
	case *ast.StarExpr:
		return s.roles(t.of(e.X), seen)
	case *ast.ParenExpr:
		return s.roles(t.of(e.X), seen)
	case *ast.IndexExpr:
		return s.roles(t.of(e.X), seen)
	case *ast.IndexListExpr:
		return s.roles(t.of(e.X), seen)
	case *ast.Ident:
		return s.named(e.Name, seen)
	case *ast.SelectorExpr:
		if cgo.In(e) {
			return code | beside
		}
		standard := t.standard(e.X)
		switch {
		case s.given[e.Sel.Name]:
			return code | beside
		case !standard, len(s.own) > 0: // what the standard library has is known for the built-in shapes
			return beside
		}
	case *ast.StructType:
		return s.members(t, e, seen)
	}
	return 0
}

// named returns the roles of the members of a type that the package declares.
func (s *finder) named(name string, seen []string) (r roles) {
	if slices.Contains(seen, name) {
		return 0
	}
	seen = append(seen[:len(seen):len(seen)], name)
	if !s.declared(name) {
		switch {
		case s.given[name]: // imported with a dot
			return code | beside
		case basic[name] || name == "any" || name == "error":
			return 0
		}
		return beside
	}
	for _, t := range s.decls[name] {
		r |= s.roles(t, seen)
	}
	return r
}

// declared reports whether the package declares a type of the name.
func (s *finder) declared(name string) bool {
	if s.decls[name] == nil && !s.absent[name] && !basic[name] {
		if !s.parse(func(src []byte) bool { return declares(src, name) }) {
			s.response = true
		}
		s.absent[name] = s.decls[name] == nil
	}
	return s.decls[name] != nil
}

// members returns the roles of a struct's members.
func (s *finder) members(t typeExpr, st *ast.StructType, seen []string) (r roles) {
	for _, f := range st.Fields.List {
		ft := t.of(f.Type)
		var names []string
		for _, id := range f.Names {
			names = append(names, id.Name)
		}
		if len(names) == 0 {
			names = append(names, embeddedName(f.Type))
			r |= s.roles(ft, seen)
		}
		if f.Tag != nil {
			tag, _ := strconv.Unquote(f.Tag.Value)
			name, _, _ := strings.Cut(reflect.StructTag(tag).Get("json"), ",")
			names = append(names, name)
		}
		for _, name := range names {
			r |= s.role(name, ft, seen)
		}
	}
	return r
}

// role returns the role that a member of the JSON name and the type can play.
func (s *finder) role(name string, t typeExpr, seen []string) roles {
	is := func(m string) bool { return strings.EqualFold(name, m) }
	var r roles
	relevance.EachShape(s.own, func(shape *relevance.Shape) {
		sought, others := shape.Sought()
		switch {
		case is(sought):
			if sought != shape.Code || s.isNumberOrAny(t.Expr, nil) {
				r |= code
			}
		case slices.ContainsFunc(others, is):
			r |= beside
		case slices.ContainsFunc(shape.TaskEnvelopes, is):
			r |= s.roles(t, seen) & beside
		}
	})
	return r
}

// isNumberOrAny reports whether a type may be a number or any, as a code is. Seen has the names of types that are
// declared as it.
func (s *finder) isNumberOrAny(t ast.Expr, seen []string) bool {
	switch t := t.(type) {
	case *ast.StarExpr:
		return s.isNumberOrAny(t.X, seen)
	case *ast.ParenExpr:
		return s.isNumberOrAny(t.X, seen)
	case *ast.Ident:
		if isText(t.Name) {
			return false
		}
		// The type Number is a text by itself, but that of a package like encoding/json holds a number.
		if t.Name == "Number" || s.params[t.Name] || slices.Contains(seen, t.Name) || !s.declared(t.Name) {
			return true
		}
		seen = append(seen[:len(seen):len(seen)], t.Name)
		return slices.ContainsFunc(s.decls[t.Name], func(d typeExpr) bool { return s.isNumberOrAny(d.Expr, seen) })
	case *ast.ArrayType, *ast.MapType, *ast.ChanType, *ast.FuncType, *ast.StructType:
		return false
	}
	return true
}

// embeddedName returns the name of an embedded field.
func embeddedName(t ast.Expr) string {
	switch t := t.(type) {
	case *ast.StarExpr:
		return embeddedName(t.X)
	case *ast.ParenExpr:
		return embeddedName(t.X)
	case *ast.IndexExpr:
		return embeddedName(t.X)
	case *ast.IndexListExpr:
		return embeddedName(t.X)
	case *ast.SelectorExpr:
		return t.Sel.Name
	case *ast.Ident:
		return t.Name
	}
	return ""
}

// standard reports whether a name in a file can only mean this package of the standard library.
func (t typeExpr) standard(name ast.Expr) bool {
	id, ok := name.(*ast.Ident)
	if !ok {
		return false
	}
	found := false
	for _, imp := range t.file.Imports {
		importPath, _ := strconv.Unquote(imp.Path.Value)
		if imp.Name != nil && imp.Name.Name == id.Name || imp.Name == nil && path.Base(importPath) == id.Name {
			if !source.Standard(importPath) {
				return false
			}
			found = true
		}
	}
	return found
}

// importsC reports whether a file uses cgo.
func importsC(src []byte) bool {
	file, _ := parser.ParseFile(token.NewFileSet(), "", src, parser.ImportsOnly)
	return file != nil && cgo.Imported(file)
}
