package rewrite

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"slices"
)

// A Kind is a way to rewrite code that keeps what the code does.
type Kind struct {
	Name          string
	Before, After string // what it makes of Before
	// Opaque tells that the analyzer doesn't model the result: a finding may disappear.
	Opaque bool

	apply func(r *rewriting)
}

// A rewriting is one kind at work on a tree.
type rewriting struct {
	tree    *Tree
	edits   map[*File]*edits
	applied map[Func]bool
	owners  map[Func]Func                              // of functions that the rewrite makes: where their code was before
	added   []*Package                                 // packages that the rewrite makes
	layout  func(p *Package, f *File) ([]*File, error) // if not nil: makes several files of a file
	names   map[*Package]map[string]bool
}

// A Rewritten tree is one to which a kind was applied.
type Rewritten struct {
	Tree    *Tree
	Applied map[Func]bool // the functions that were rewritten
	Owners  map[Func]Func // of new functions: the functions that had their code before
	Changed map[string]bool
}

// Apply applies a kind to a tree wherever it applies, and checks that the result
// compiles.
func (k *Kind) Apply(t *Tree) (*Rewritten, error) {
	r := &rewriting{
		tree:    t,
		edits:   make(map[*File]*edits),
		applied: make(map[Func]bool),
		owners:  make(map[Func]Func),
		names:   make(map[*Package]map[string]bool),
	}
	for _, p := range t.Packages {
		for _, f := range p.Files {
			r.edits[f] = newEdits(f)
		}
	}
	k.apply(r)
	w := &Rewritten{Applied: r.applied, Owners: r.owners, Changed: make(map[string]bool)}
	var err error
	if w.Tree, err = r.result(w.Changed); err == nil {
		err = w.Tree.Check()
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %s: %w", t.Dir, k.Name, err)
	}
	return w, nil
}

// result gives the tree with all edits. A package stays the same one if it has no edits and imports no package that
// changed.
func (r *rewriting) result(changed map[string]bool) (*Tree, error) {
	t := &Tree{Dir: r.tree.Dir, Packages: slices.Clone(r.added), Outside: r.tree.Outside}
	for _, p := range r.added {
		changed[p.Path] = true
	}
	for _, p := range r.tree.Packages {
		for _, f := range p.Files {
			changed[p.Path] = changed[p.Path] || r.edits[f].changed() || r.layout != nil && !p.Left
		}
		for _, q := range p.Imports {
			changed[p.Path] = changed[p.Path] || changed[q.Path]
		}
		if !changed[p.Path] {
			t.Packages = append(t.Packages, p)
			continue
		}
		q := &Package{Path: p.Path, Module: p.Module, Left: p.Left}
		for _, f := range p.Files {
			e := r.edits[f]
			if r.layout != nil && !p.Left {
				files, err := r.layout(p, f)
				if err != nil {
					return nil, err
				}
				q.Files = append(q.Files, files...)
				continue
			}
			text := f.Text
			if e.changed() {
				var err error
				if text, err = e.result(); err != nil {
					return nil, err
				}
				if text, err = withoutUnusedImports(p, f, text); err != nil {
					return nil, err
				}
			}
			q.Files = append(q.Files, &File{Name: f.Name, Text: text})
		}
		t.Packages = append(t.Packages, q)
	}
	return t, nil
}

// each applies a rewrite to every function with a body, except in packages that are left as they are.
func each(apply func(f *function)) func(r *rewriting) {
	return func(r *rewriting) {
		for f := range r.functions {
			apply(f)
		}
	}
}

// functions yields the functions that may be rewritten.
func (r *rewriting) functions(yield func(*function) bool) {
	for _, p := range r.tree.Packages {
		if p.Left {
			continue
		}
		for _, file := range p.Files {
			for _, decl := range file.Syntax.Decls {
				if decl, ok := decl.(*ast.FuncDecl); ok && decl.Body != nil {
					f := &function{rewriting: r, edits: r.edits[file], pkg: p, file: file, decl: decl}
					if !f.odd() && !yield(f) {
						return
					}
				}
			}
		}
	}
}

// A function is a function that a rewrite is applied to.
type function struct {
	*rewriting
	*edits
	pkg  *Package
	file *File
	decl *ast.FuncDecl

	idents map[string]bool // the names in it
	vars   map[any][]*ast.Ident
}

// odd tells whether a function is hard to rewrite. It gives another meaning to a predeclared name that rewrites write
// (nil, new, error), or it has a goto, which may not jump over the declarations that rewrites add.
func (f *function) odd() bool {
	found := false
	ast.Inspect(f.decl, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Ident:
			obj := f.pkg.Info.Defs[n]
			v, isVar := obj.(*types.Var)
			found = found || obj != nil && predeclared(n.Name) && !(isVar && v.IsField())
		case *ast.BranchStmt:
			found = found || n.Tok == token.GOTO
		}
		return !found
	})
	return found
}

func (f *function) key() Func { return Func{f.pkg.Path, name(f.decl)} }

// done notes that the rewrite applied to the function.
func (f *function) done() { f.applied[f.key()] = true }

// fresh gives a name that is new in the function.
func (f *function) fresh(name string) string {
	if f.idents == nil {
		f.idents = identifiers(f.decl)
	}
	for i, s := 1, name; ; i++ {
		if !f.idents[s] && !token.IsKeyword(s) && !predeclared(s) {
			f.idents[s] = true
			return s
		}
		s = fmt.Sprint(name, i+1)
	}
}

// declare gives a new name for a declaration of the package.
func (r *rewriting) declare(p *Package, name string) string {
	names := r.names[p]
	if names == nil {
		names = make(map[string]bool)
		for _, f := range p.Files {
			maps.Copy(names, identifiers(f.Syntax))
		}
		r.names[p] = names
	}
	for i, s := 1, name; ; i++ {
		if !names[s] && !token.IsKeyword(s) && !predeclared(s) {
			names[s] = true
			return s
		}
		s = fmt.Sprint(name, i+1)
	}
}

// helper adds a function that has code of f.
func (f *function) helper(key, text string) {
	f.edits.extra = append(f.edits.extra, text)
	f.owners[Func{f.pkg.Path, key}] = f.key()
}
