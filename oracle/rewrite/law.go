package rewrite

import (
	"fmt"
	"go/ast"
	"maps"
	"slices"
	"strings"
)

// A Result is the result of a kind for one tree, or for several.
type Result struct {
	Kind       *Kind
	Functions  int // that were rewritten
	Silent     int // of these: those without a finding before
	Reported   int // those with one
	Excused    int // violations that docs/rules causes
	Violations []Change
	Lost       []Change
	Skipped    []string // what the analyzer has skipped in rewritten code
}

// A Change is a function that has gained or lost findings.
type Change struct {
	Kind          *Kind
	Func          Func
	File          string // of the original
	Line          int
	Found         []Finding // gained or lost
	Before, After string    // source
}

// Compare applies a kind to a tree, and compares the findings in every function with those before.
func (k *Kind) Compare(t *Tree, before Findings) (*Result, error) {
	w, err := k.Apply(t)
	if err != nil {
		return nil, err
	}
	found, skipped, err := w.Tree.Analyze(func(path string) bool { return w.Changed[path] })
	if err != nil {
		return nil, fmt.Errorf("%s: %s: %w", t.Dir, k.Name, err)
	}
	after := make(Findings)
	for f, fs := range found {
		if owner, ok := w.Owners[f]; ok {
			f = owner
		}
		after[f] = append(after[f], fs...)
	}
	r := &Result{Kind: k, Skipped: skipped}
	known := make(map[Func]bool)
	for f := range t.functions() {
		known[f] = true
	}
	for f, is := range after {
		if !known[f] && !t.left(f.Package) {
			r.Violations = append(r.Violations, k.change(t, w, f, is)) // of a function that did not exist before
		}
	}
	for f := range t.functions() {
		if !w.Changed[f.Package] {
			continue
		}
		was, is := before[f], after[f]
		if w.Applied[f] {
			r.Functions++
			if len(was) == 0 {
				r.Silent++
			} else {
				r.Reported++
			}
		}
		switch {
		case !Defaults(was) && Defaults(is), len(was) == 0 && len(is) > 0:
			r.Violations = append(r.Violations, k.change(t, w, f, is))
		case Defaults(was) && !Defaults(is), len(was) > 0 && len(is) == 0:
			if !w.Applied[f] { // it calls a function that was
				r.Reported++
			}
			r.Lost = append(r.Lost, k.change(t, w, f, was))
		}
	}
	return r, nil
}

// functions yields the functions that may be rewritten, each name once. For each package it also yields a function
// without a name, which stands for the code outside of functions.
func (t *Tree) functions() func(yield func(Func) bool) {
	all := make(map[Func]bool)
	for _, p := range t.Packages {
		if p.Left {
			continue
		}
		all[Func{p.Path, ""}] = true
		for _, file := range p.Files {
			for _, decl := range file.Syntax.Decls {
				if decl, ok := decl.(*ast.FuncDecl); ok {
					all[Func{p.Path, name(decl)}] = true
				}
			}
		}
	}
	sorted := slices.SortedFunc(maps.Keys(all), func(a, b Func) int { return strings.Compare(a.String(), b.String()) })
	return slices.Values(sorted)
}

func (t *Tree) left(path string) bool {
	return slices.ContainsFunc(t.Packages, func(p *Package) bool { return p.Left && p.Path == path })
}

func (k *Kind) change(t *Tree, w *Rewritten, f Func, found []Finding) Change {
	c := Change{Kind: k, Func: f, Found: found}
	c.Before, c.File, c.Line = t.source(func(g Func) bool { return g == f })
	c.After, _, _ = w.Tree.source(func(g Func) bool { return g == f || w.Owners[g] == f })
	return c
}

// source gives the text of functions, and the place of the first.
func (t *Tree) source(which func(Func) bool) (text, file string, line int) {
	var all []string
	for _, p := range t.Packages {
		for _, f := range p.Files {
			for _, decl := range f.Syntax.Decls {
				decl, ok := decl.(*ast.FuncDecl)
				if !ok || !which(Func{p.Path, name(decl)}) {
					continue
				}
				if all == nil {
					file, line = f.Name, p.Fset.Position(decl.Pos()).Line
				}
				all = append(all, f.source(decl))
			}
		}
	}
	return strings.Join(all, "\n\n"), file, line
}

// add adds the result for another tree.
func (r *Result) add(s *Result) {
	r.Functions += s.Functions
	r.Silent += s.Silent
	r.Reported += s.Reported
	r.Violations = append(r.Violations, s.Violations...)
	r.Lost = append(r.Lost, s.Lost...)
	r.Skipped = append(r.Skipped, s.Skipped...)
}

// String describes a change so that a person can act.
func (c Change) String() string {
	var b strings.Builder
	for _, f := range c.Found {
		fmt.Fprintf(&b, "    %s:%d: %s (%s)\n", f.File, f.Line, f.Message, f.Rule)
	}
	return fmt.Sprintf("%s: %s/%s:%d: %s\n%s  before:\n%s\n  after:\n%s\n", c.Kind.Name, c.Func.Package, c.File, c.Line, c.Func.Name, b.String(), indent(c.Before), indent(c.After))
}

func indent(s string) string { return "    " + strings.ReplaceAll(s, "\n", "\n    ") }
