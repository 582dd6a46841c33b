// Package partition divides a package into parts that can be analyzed one after the other: no function of one part
// mentions a function or a variable of another. What only one part needs, such as its SSA form, can be freed before
// the next.
//
// Without parts, a package of 10,000 handlers takes 1.27 × the memory, and a handler more than the 25 kB that
// docs/performance.md allows:
//
//	go -C benchmarks run . -without parts -trees e
//
// Two declarations belong together if one mentions the other, or if an interface call in one may run the other. An
// exported function that returns an interface of this package belongs to the methods that implement it. Types and
// constants belong to all parts, and are in none.
package partition

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"sort"
)

// A Part is a part of a package that is analyzed as if it were a package.
type Part struct {
	// Files are those that declare functions or variables of the part: shallow
	// copies without other declarations.
	Files []*ast.File

	// Info is the package's, except for the order in which variables are initialized: that has only the part's
	// variables.
	Info *types.Info
}

// Split divides a package. A part has more than size functions and variables only if these belong together. A
// declaration that doesn't belong together with a wanted one is in no part. If nothing is left out, and the package
// has no more declarations than a part, it is one part with the given files and info.
func Split(pkg *types.Package, files []*ast.File, info *types.Info, size int, wanted func(decl ast.Node) bool) []*Part {
	s := &splitter{pkg: pkg, index: make(map[types.Object]int), methods: make(map[string][]int)}
	files = slices.SortedFunc(slices.Values(files), func(a, b *ast.File) int { return int(a.FileStart - b.FileStart) })
	for _, file := range files {
		s.declare(file, info)
	}
	all := true
	for i := range s.decls {
		d := &s.decls[i]
		d.wanted = wanted(d.node)
		all = all && d.wanted
	}
	if all && len(s.decls) <= size {
		return []*Part{{files, info}}
	}
	for id, obj := range info.Uses {
		s.mention(id.Pos(), obj)
	}
	for i := range s.decls {
		if fn, ok := s.decls[i].node.(*ast.FuncDecl); ok && fn.Name.IsExported() && fn.Type.Results != nil {
			s.give(i, info.Defs[fn.Name])
		}
	}
	return s.pack(info, size)
}

// A splitter finds out which declarations belong together, by union-find.
type splitter struct {
	pkg     *types.Package
	decls   []decl // in the order of their positions
	index   map[types.Object]int
	methods map[string][]int // by name; one of them where all have been joined
}

// A decl declares a function, or some variables.
type decl struct {
	file   *ast.File
	node   ast.Node     // a FuncDecl or a ValueSpec
	block  *ast.GenDecl // that the latter stands in
	parent int          // of the same set; its own index, if it stands for the set
	wanted bool         // if it stands for the set, some of it is
}

func (s *splitter) declare(file *ast.File, info *types.Info) {
	add := func(node ast.Node, block *ast.GenDecl, names ...*ast.Ident) {
		for _, name := range names {
			s.index[info.Defs[name]] = len(s.decls)
		}
		s.decls = append(s.decls, decl{file: file, node: node, block: block, parent: len(s.decls)})
	}
	for _, d := range file.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if d.Recv != nil {
				s.methods[d.Name.Name] = append(s.methods[d.Name.Name], len(s.decls))
			}
			add(d, nil, d.Name)
		case *ast.GenDecl:
			if d.Tok == token.VAR {
				for _, spec := range d.Specs {
					add(spec, d, spec.(*ast.ValueSpec).Names...)
				}
			}
		}
	}
}

// mention notes an object that is mentioned at pos.
func (s *splitter) mention(pos token.Pos, obj types.Object) {
	switch o := obj.(type) {
	case *types.Var:
		if o.Parent() != s.pkg.Scope() {
			return
		}
	case *types.Func:
		if recv := o.Signature().Recv(); o.Pkg() != s.pkg && (recv == nil || !types.IsInterface(recv.Type())) {
			return
		}
		obj = o.Origin()
	default:
		return
	}
	by := sort.Search(len(s.decls), func(i int) bool { return s.decls[i].node.Pos() > pos }) - 1
	if by < 0 || pos >= s.decls[by].node.End() {
		return // in the declaration of a type or a constant
	}
	if i, ok := s.index[obj]; ok {
		s.join(by, i)
		return
	}
	s.run(by, obj.Name()) // an interface's method, of this package or another
}

// run joins a declaration with what may run by the name of an interface's method: any method that has it.
func (s *splitter) run(by int, name string) {
	same := s.methods[name]
	for _, i := range same {
		s.join(by, i)
	}
	s.methods[name] = same[:min(len(same), 1)]
}

// give notes the methods of what a function, the i-th declaration, gives in an interface.
func (s *splitter) give(i int, fn types.Object) {
	f, ok := fn.(*types.Func)
	if !ok {
		return
	}
	for v := range f.Signature().Results().Variables() {
		named, ok := types.Unalias(v.Type()).(*types.Named)
		if !ok || named.Obj().Pkg() != s.pkg {
			continue
		}
		if iface, ok := named.Underlying().(*types.Interface); ok {
			for m := range iface.Methods() {
				s.run(i, m.Name())
			}
		}
	}
}

func (s *splitter) find(i int) int {
	for s.decls[i].parent != i {
		s.decls[i].parent = s.decls[s.decls[i].parent].parent
		i = s.decls[i].parent
	}
	return i
}

func (s *splitter) join(a, b int) {
	a, b = s.find(a), s.find(b)
	a, b = min(a, b), max(a, b)
	s.decls[b].parent = a
	s.decls[a].wanted = s.decls[a].wanted || s.decls[b].wanted
}

// pack makes parts of the wanted sets. It puts as many sets into a part as there is room for.
func (s *splitter) pack(info *types.Info, size int) []*Part {
	counts := make([]int, len(s.decls)) // of a set, at the index of the one that stands for it
	for i := range s.decls {
		counts[s.find(i)]++
	}
	var parts []*Part
	partOf := make(map[int]*Part) // a set's
	room := 0
	for i, d := range s.decls {
		set := s.find(i)
		if !s.decls[set].wanted {
			continue
		}
		if set == i { // the first of it
			if len(parts) == 0 || counts[set] > room {
				parts = append(parts, newPart(info))
				room = size
			}
			room -= counts[set]
			partOf[set] = parts[len(parts)-1]
		}
		partOf[set].add(d, info)
	}
	for _, init := range info.InitOrder {
		if p := partOf[s.find(s.index[init.Lhs[0]])]; p != nil {
			p.Info.InitOrder = append(p.Info.InitOrder, init)
		}
	}
	return parts
}

func newPart(info *types.Info) *Part {
	own := *info
	own.InitOrder = nil
	own.FileVersions = make(map[*ast.File]string)
	return &Part{Info: &own}
}

func (p *Part) add(d decl, info *types.Info) {
	if len(p.Files) == 0 || p.Files[len(p.Files)-1].FileStart != d.file.FileStart {
		file := *d.file
		file.Decls = nil
		p.Files = append(p.Files, &file)
		p.Info.FileVersions[&file] = info.FileVersions[d.file]
	}
	file := p.Files[len(p.Files)-1]
	switch node := d.node.(type) {
	case *ast.FuncDecl:
		file.Decls = append(file.Decls, node)
	case *ast.ValueSpec:
		file.Decls = append(file.Decls, &ast.GenDecl{
			Doc: d.block.Doc, TokPos: d.block.TokPos, Tok: token.VAR, Specs: []ast.Spec{node},
		})
	}
}
