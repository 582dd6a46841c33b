package rewrite

import (
	"fmt"
	"go/ast"
	"go/build/constraint"
	"go/format"
	"go/token"
	"slices"
	"strings"
)

// These kinds put declarations elsewhere.
var layouts = []*Kind{
	{
		Name: "declarations-reversed", Before: "func a() ...; func b() ...", After: "func b() ...; func a() ...",
		apply: func(r *rewriting) {
			r.layout = reversed
			each((*function).done)(r)
		},
	},
	{
		Name: "file-per-function", Before: "func a() ...; func b() ... in one file", After: "each in a file of its own",
		apply: func(r *rewriting) {
			r.layout = split
			each((*function).done)(r)
		},
	}}

// A chunk is a declaration with the comments before it, and those after it on its last line.
type chunk struct {
	decl ast.Decl
	text string
}

// chunks splits a file into chunks. The head ends with the package clause's line. There are no chunks if the file says
// something about itself as a whole.
func chunks(f *File) (head string, all []chunk) {
	if ast.IsGenerated(f.Syntax) || constrained(f.Syntax) {
		return "", nil
	}
	end := func(pos token.Pos) int { // the end of the line
		at := f.offset(pos)
		if i := strings.IndexByte(f.Text[at:], '\n'); i >= 0 {
			return at + i + 1
		}
		return len(f.Text)
	}
	from := end(f.Syntax.Name.End())
	head = f.Text[:from]
	for i, d := range f.Syntax.Decls {
		to := end(d.End())
		if i == len(f.Syntax.Decls)-1 {
			to = len(f.Text)
		}
		if to < from {
			return "", nil // two on a line
		}
		all = append(all, chunk{d, f.Text[from:to]})
		from = to
	}
	return head, all
}

func constrained(f *ast.File) bool {
	for _, group := range f.Comments {
		for _, c := range group.List {
			if c.Pos() < f.Package && constraint.IsGoBuild(c.Text) {
				return true
			}
		}
	}
	return false
}

// reversed gives the declarations in reverse order. Variables and init functions keep their order, since they are
// initialised and run in it.
func reversed(_ *Package, f *File) ([]*File, error) {
	head, all := chunks(f)
	if all == nil {
		return []*File{{Name: f.Name, Text: f.Text}}, nil
	}
	var imports, ordered, free []chunk
	for _, c := range all {
		switch d := c.decl.(type) {
		case *ast.GenDecl:
			switch d.Tok {
			case token.IMPORT:
				imports = append(imports, c)
				continue
			case token.VAR:
				ordered = append(ordered, c)
				continue
			}
		case *ast.FuncDecl:
			if d.Name.Name == "init" && d.Recv == nil {
				ordered = append(ordered, c)
				continue
			}
		}
		free = append(free, c)
	}
	slices.Reverse(free)
	var b strings.Builder
	b.WriteString(head)
	for _, c := range slices.Concat(imports, free, ordered) {
		b.WriteString("\n" + c.text)
	}
	return formatted(f.Name, b.String())
}

func formatted(name, text string) ([]*File, error) {
	out, err := format.Source([]byte(text))
	if err != nil {
		return nil, fmt.Errorf("%s: %w\n%s", name, err, excerpt(text, err.Error()))
	}
	return []*File{{Name: name, Text: string(out)}}, nil
}

// split gives each function a file, with the imports that it needs.
func split(p *Package, f *File) ([]*File, error) {
	head, all := chunks(f)
	for _, spec := range f.Syntax.Imports {
		if spec.Name != nil && spec.Name.Name == "." {
			all = nil // it is unclear which names are the import's
		}
	}
	if all == nil {
		return []*File{{Name: f.Name, Text: f.Text}}, nil
	}
	var files []*File
	rest := head
	for _, c := range all {
		decl, ok := c.decl.(*ast.FuncDecl)
		if !ok || decl.Name.Name == "init" && decl.Recv == nil { // those run in their order
			rest += "\n" + c.text
			continue
		}
		text := "package " + f.Syntax.Name.Name + "\n"
		for _, spec := range f.Syntax.Imports {
			if mentions(decl, importName(p, spec)) {
				text += "import " + f.source(spec) + "\n"
			}
		}
		made, err := formatted(fmt.Sprintf("%d_%s", len(files), f.Name), text+"\n"+c.text)
		if err != nil {
			return nil, err
		}
		files = append(files, made...)
	}
	out, err := formatted(f.Name, rest)
	if err != nil {
		return nil, err
	}
	if out[0].Text, err = withoutUnusedImports(p, f, out[0].Text); err != nil {
		return nil, err
	}
	return append(out, files...), nil
}
