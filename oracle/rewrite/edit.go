package rewrite

import (
	"fmt"
	"go/ast"
	"go/format"
	"go/token"
	"slices"
	"strings"
)

// edits are what a rewrite does to a file: nodes get another text, or more text before or after them. The text of a
// node has the edits of the nodes inside it, so a rewrite may apply at a statement and at statements inside it.
type edits struct {
	file    *File
	order   map[ast.Node]int // of all nodes: the outer one first
	at      map[ast.Node]*edit
	sorted  []ast.Node // those with an edit, by order
	imports []string   // import declarations to be added
	extra   []string   // declarations to be added
}

type edit struct {
	before, after string
	instead       func() string
}

func newEdits(f *File) *edits {
	e := &edits{file: f, order: make(map[ast.Node]int), at: make(map[ast.Node]*edit)}
	ast.Inspect(f.Syntax, func(n ast.Node) bool {
		if n != nil {
			e.order[n] = len(e.order)
		}
		return true
	})
	return e
}

func (e *edits) of(n ast.Node) *edit {
	at := e.at[n]
	if at == nil {
		at = new(edit)
		e.at[n] = at
		e.sorted = nil
	}
	return at
}

// before puts text before a node, after earlier text that was put there.
func (e *edits) before(n ast.Node, text string) { e.of(n).before += text }

// after puts text after a node, and after earlier text that was put there.
func (e *edits) after(n ast.Node, text string) { e.of(n).after += text }

// instead replaces a node by text. The text is computed once all edits are known.
func (e *edits) instead(n ast.Node, text func() string) {
	if e.of(n).instead != nil {
		panic(fmt.Sprintf("%s has two texts: %s", e.file.Name, e.file.source(n)))
	}
	e.of(n).instead = text
}

// set replaces a node by text.
func (e *edits) set(n ast.Node, text string) { e.instead(n, func() string { return text }) }

func (e *edits) taken(n ast.Node) bool { return e.at[n] != nil && e.at[n].instead != nil }

// text gives a node as it is after the rewrite.
func (e *edits) text(n ast.Node) string {
	at := e.at[n]
	if at == nil {
		return e.inside(n)
	}
	if at.instead != nil {
		return at.before + at.instead() + at.after
	}
	return at.before + e.inside(n) + at.after
}

// inside gives a node with the edits inside it, and without its own.
func (e *edits) inside(n ast.Node) string { return e.span(n.Pos(), n.End(), e.order[n]+1) }

// statements gives statements, one after the other, with the edits inside them, and without their own.
func (e *edits) statements(list []ast.Stmt) string {
	var b strings.Builder
	for i, s := range list {
		if i > 0 {
			b.WriteString(e.file.Text[e.file.offset(list[i-1].End()):e.file.offset(s.Pos())])
		}
		b.WriteString(e.inside(s))
	}
	return b.String()
}

// span gives the text between two places, with the edits of the nodes from a certain node on.
func (e *edits) span(from, to token.Pos, order int) string {
	if e.sorted == nil {
		for n := range e.at {
			e.sorted = append(e.sorted, n)
		}
		slices.SortFunc(e.sorted, func(a, b ast.Node) int { return e.order[a] - e.order[b] })
	}
	var b strings.Builder
	start, _ := slices.BinarySearchFunc(e.sorted, order, func(n ast.Node, o int) int { return e.order[n] - o })
	for _, n := range e.sorted[start:] {
		if n.Pos() < from {
			continue // inside a node that is done
		}
		if n.End() > to {
			break
		}
		b.WriteString(e.file.Text[e.file.offset(from):e.file.offset(n.Pos())])
		b.WriteString(e.text(n))
		from = n.End()
	}
	b.WriteString(e.file.Text[e.file.offset(from):e.file.offset(to)])
	return b.String()
}

func (e *edits) changed() bool { return len(e.at)+len(e.imports)+len(e.extra) > 0 }

// result gives the file's new text.
func (e *edits) result() (string, error) {
	f := e.file.Syntax
	var b strings.Builder
	head := f.Name.End()
	b.WriteString(e.span(f.FileStart, head, 0))
	for _, path := range e.imports {
		b.WriteString("\n\nimport " + path)
	}
	b.WriteString(e.span(head, f.FileEnd, 0))
	for _, decl := range e.extra {
		b.WriteString("\n\n" + decl + "\n")
	}
	text, err := format.Source([]byte(b.String()))
	if err != nil {
		return "", fmt.Errorf("%s: %w\n%s", e.file.Name, err, excerpt(b.String(), err.Error()))
	}
	return string(text), nil
}
