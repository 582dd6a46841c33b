package driver

import (
	"cmp"
	"errors"
	"fmt"
	"go/scanner"
	"go/types"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"

	"golang.org/x/tools/go/packages"

	"github.com/asynccheck/asynccheck/internal/driver/onepkg"
	"github.com/asynccheck/asynccheck/internal/panics"
)

// An Error says why a package was not analyzed, or not all of it.
type Error struct {
	Kind ErrorKind
	Pos  string // "file:line:column" or less; empty if unknown
	Msg  string
}

// An ErrorKind says where to look for the mistake.
type ErrorKind int

// The kinds of errors.
const (
	Wrong   ErrorKind = iota // it is in the package
	Blocked                  // it is in what the package imports, and another error says what it is
)

// errBlocked is the error of a package that can't be analyzed because of what it imports. What is wrong there is noted.
var errBlocked = errors.New("an import is wrong")

// errors returns the errors of the packages and their dependencies, each once: a test variant repeats those of its
// package. After them comes what could not be analyzed because of them.
func (r *run) errors() []Error {
	var errs []Error
	seen := make(map[Error]bool)
	add := func(list ...Error) {
		for _, e := range list {
			if e.Pos != "" && !filepath.IsAbs(e.Pos) {
				e.Pos = filepath.Join(r.Dir, e.Pos)
			}
			if !seen[e] {
				seen[e] = true
				errs = append(errs, e)
			}
		}
	}
	packages.Visit(r.requested, nil, func(p *packages.Package) { add(r.errorsOf(p)...) })
	for _, p := range r.roots {
		add(r.blocked(p)...)
	}
	return errs
}

// errorsOf returns the errors in a package. If the go command has some, those of the type checker may follow from them. A
// compiler's errors are said in our own words if we have checked the package.
func (r *run) errorsOf(p *packages.Package) []Error {
	var own []Error
	failed := false
	if n := r.nodes[p]; n != nil {
		own, failed = n.errors, n.failed
	}
	var listed, compiled []Error
	for _, e := range p.Errors {
		if e.Kind == packages.ListError && strings.HasPrefix(e.Msg, "# ") {
			compiled = append(compiled, compilerErrors(e.Msg)...)
		} else {
			said := listError(p, e)
			if absent(p) && slices.Contains(r.Patterns, p.PkgPath) {
				said.Msg += r.meant(p.PkgPath)
			}
			listed = append(listed, said)
		}
	}
	compiled = append(compiled, r.wrong[p]...)
	checked := slices.DeleteFunc(slices.Clone(own), func(e Error) bool { return strings.HasPrefix(e.Msg, notImported) })
	switch {
	case len(listed) > 0 && failed:
		return listed
	case len(checked) < len(own) && len(compiled) > 0, len(own) == 0:
		return append(listed, compiled...)
	case len(checked) == 0:
		return append(listed, own...)
	}
	return append(listed, checked...)
}

// notImported begins the type checker's errors about imports. If something is wrong there, it is said.
const notImported = "could not import "

// These are compiled on demand: "go vet" starts the command for every package, and never needs them.
var (
	importCycle = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^(import cycle not allowed(?: in test)?): import stack: \[(.*)\]$`)
	})
	compilerError = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(.+?:\d+(?::\d+)?): (.*)$`) })
)

// listError returns an error of the go command. It says what it is about.
func listError(p *packages.Package, e packages.Error) Error {
	pos, msg := e.Pos, e.Msg
	if pos == "-" { // an unknown position, as packages spells it
		pos = ""
	}
	if m := importCycle().FindStringSubmatch(msg); m != nil {
		return Error{Pos: pos, Msg: m[1] + ": " + strings.ReplaceAll(m[2], " ", " imports ")}
	}
	if pos == "" && !strings.Contains(msg, p.PkgPath) && (p.Dir == "" || !strings.Contains(msg, p.Dir)) {
		msg = p.PkgPath + ": " + msg
	}
	return Error{Pos: pos, Msg: msg}
}

// compilerErrors returns what the go command prints about a package that doesn't compile: "# example.com/p", and lines
// of the compiler.
func compilerErrors(text string) []Error {
	title, rest, _ := strings.Cut(strings.TrimSpace(text), "\n")
	var errs []Error
	for line := range strings.SplitSeq(rest, "\n") {
		m := compilerError().FindStringSubmatch(line)
		switch {
		case m != nil && !strings.HasPrefix(line, "\t"):
			errs = append(errs, Error{Pos: m[1], Msg: m[2]})
		case len(errs) > 0:
			errs[len(errs)-1].Msg += "\n\t" + strings.TrimSpace(line)
		default:
			errs = append(errs, Error{Msg: strings.TrimPrefix(title, "# ") + ": " + line})
		}
	}
	return errs
}

// packageErrors says what kept a package, or a function of it, from being analyzed.
func packageErrors(path string, err error) []Error {
	if lost, ok := errors.AsType[panics.Errors](err); ok {
		var errs []Error
		for _, e := range lost {
			errs = append(errs, Error{Pos: e.Position.String(), Msg: e.Message()})
		}
		return errs
	}
	if wrong, ok := err.(*onepkg.Errors); ok {
		return sourceErrors(path, wrong.List)
	}
	return sourceErrors(path, []error{err})
}

// sourceErrors returns errors of the parser and the type checker, and others about a package.
func sourceErrors(path string, list []error) []Error {
	var errs []Error
	for _, err := range list {
		switch err := err.(type) {
		case scanner.ErrorList:
			for _, e := range err {
				errs = append(errs, Error{Pos: e.Pos.String(), Msg: e.Msg})
			}
		case types.Error:
			errs = append(errs, Error{Pos: err.Fset.Position(err.Pos).String(), Msg: err.Msg})
		default:
			errs = append(errs, Error{Msg: fmt.Sprintf("%s: %v", path, err)})
		}
	}
	return errs
}

// blocked returns the error of a package that was not analyzed because of what it imports, if it is so. Of a package and
// its tests, one says it.
func (r *run) blocked(p *packages.Package) []Error {
	n := r.nodes[p]
	if n == nil || !n.failed || r.isWrong(p) {
		return nil
	}
	i := slices.IndexFunc(r.roots, func(q *packages.Package) bool { return q.PkgPath == p.ForTest && q.ForTest == "" })
	if i >= 0 && r.nodes[r.roots[i]] != nil && r.nodes[r.roots[i]].failed {
		return nil
	}
	by, direct := r.blocks(p)
	if by == nil || by.PkgPath == p.ForTest {
		return nil
	}
	what, how, why := p.PkgPath+": not analyzed: it", "imports", "has errors"
	if p.ForTest != "" {
		what = p.ForTest + ": tests not analyzed: they"
		how = "import"
	}
	if !direct {
		how = "depends on"
		if p.ForTest != "" {
			how = "depend on"
		}
	}
	if absent(by) {
		why = "can't be loaded"
	}
	return []Error{{Kind: Blocked, Msg: fmt.Sprintf("%s %s %s, which %s", what, how, by.PkgPath, why)}}
}

// blocks returns the nearest of the packages that a package imports, directly or not, in which something is wrong.
func (r *run) blocks(p *packages.Package) (by *packages.Package, direct bool) {
	seen := make(map[*packages.Package]bool)
	direct = true
	for level := []*packages.Package{p}; len(level) > 0; {
		var next []*packages.Package
		for _, q := range level {
			for _, path := range slices.Sorted(maps.Keys(q.Imports)) {
				if imp := q.Imports[path]; !seen[imp] {
					seen[imp] = true
					next = append(next, imp)
				}
			}
		}
		for _, q := range next {
			if r.isWrong(q) {
				return q, direct
			}
		}
		level, direct = next, false
	}
	return nil, false
}

// isWrong reports whether there is an error in a package, not only in what it imports.
func (r *run) isWrong(p *packages.Package) bool {
	if n := r.nodes[p]; n != nil && n.failed && len(n.errors) > 0 {
		return true
	}
	return len(p.Errors)+len(r.wrong[p]) > 0 || importsAbsent(p)
}

// importsAbsent reports whether a package is said to import something that isn't there.
func importsAbsent(p *packages.Package) bool {
	for _, imp := range p.Imports {
		if absent(imp) && slices.ContainsFunc(imp.Errors, func(e packages.Error) bool {
			file, _, _ := strings.Cut(e.Pos, ".go:")
			return filepath.Base(filepath.Dir(cmp.Or(file, "."))) == filepath.Base(p.Dir)
		}) {
			return true
		}
	}
	return false
}

// absent reports whether nothing of a package could be loaded.
func absent(p *packages.Package) bool {
	return len(p.Errors) > 0 && len(p.GoFiles)+len(p.OtherFiles) == 0
}
