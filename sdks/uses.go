package sdks

import (
	"bytes"
	"errors"
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// A Corpus is the code of this project that imports SDKs: the examples of pages, and fixtures.
type Corpus struct {
	Packages []*Example // those that import an SDK

	src    string // testdata/src
	byPath map[string]*Example
}

// An Example is a package of the corpus.
type Example struct {
	Path    string // import path; of a page's example the page and a number
	Files   []*ast.File
	imports []string
	types   *types.Package
}

// block matches a complete file in a page: "```go bad" or "```go good".
var block = regexp.MustCompile("(?ms)^```go (\\w+)\n(.*?)^```$")

// ReadCorpus reads the pages and the fixtures of the project with this root.
func ReadCorpus(root string, fset *token.FileSet) (*Corpus, error) {
	c := &Corpus{src: filepath.Join(root, "testdata", "src"), byPath: make(map[string]*Example)}
	pages, err := filepath.Glob(filepath.Join(root, "docs", "*", "*.md"))
	if err != nil {
		return nil, err
	}
	var all []*Example
	for _, page := range pages {
		text, err := os.ReadFile(page)
		if err != nil {
			return nil, err
		}
		for i, m := range block.FindAllSubmatch(text, -1) {
			name := fmt.Sprintf("%s, example %d", filepath.Base(page), i+1)
			f, err := parser.ParseFile(fset, name, m[2], parser.SkipObjectResolution)
			if err != nil {
				return nil, err
			}
			all = append(all, newExample(name, f))
		}
	}
	err = filepath.WalkDir(c.src, func(dir string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		examples, err := c.read(dir, fset)
		all = append(all, examples...)
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, e := range all {
		if slices.ContainsFunc(e.imports, func(path string) bool { return c.importsSDK(path, nil) }) {
			c.Packages = append(c.Packages, e)
		}
	}
	return c, nil
}

// read reads the fixtures in a directory: a package, and perhaps a package of tests.
func (c *Corpus) read(dir string, fset *token.FileSet) (all []*Example, err error) {
	p, err := build.Default.ImportDir(dir, build.IgnoreVendor)
	if _, ok := errors.AsType[*build.NoGoError](err); ok {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	rel, err := filepath.Rel(c.src, dir)
	if err != nil {
		return nil, err
	}
	path := filepath.ToSlash(rel)
	for i, names := range [][]string{slices.Concat(p.GoFiles, p.TestGoFiles), p.XTestGoFiles} {
		var files []*ast.File
		for _, name := range names {
			text, err := os.ReadFile(filepath.Join(dir, name))
			if err != nil {
				return nil, err
			}
			if bytes.HasPrefix(text, []byte(generated)) {
				return nil, nil
			}
			f, err := parser.ParseFile(fset, filepath.Join(path, name), text, parser.SkipObjectResolution)
			if err != nil {
				return nil, err
			}
			files = append(files, f)
		}
		if len(files) == 0 {
			continue
		}
		e := newExample(path, files...)
		if i == 0 {
			c.byPath[path] = e
		} else {
			e.Path += "_test"
		}
		all = append(all, e)
	}
	return all, nil
}

func newExample(path string, files ...*ast.File) *Example {
	e := &Example{Path: path, Files: files}
	for _, f := range files {
		for _, spec := range f.Imports {
			imported := strings.Trim(spec.Path.Value, "`\"")
			if !slices.Contains(e.imports, imported) {
				e.imports = append(e.imports, imported)
			}
		}
	}
	return e
}

// importsSDK reports whether a package is one of an SDK, or a fixture that imports one.
func (c *Corpus) importsSDK(path string, importers []string) bool {
	e := c.byPath[path]
	if e == nil {
		return isRemote(path)
	}
	return !slices.Contains(importers, path) && slices.ContainsFunc(e.imports, func(imported string) bool {
		return c.importsSDK(imported, append(importers, path))
	})
}

// isRemote reports whether a package is neither of the standard library nor a fixture with a simple name.
func isRemote(path string) bool {
	host, _, _ := strings.Cut(path, "/")
	return strings.Contains(host, ".")
}

// Own reports whether a package of the corpus has the path: a fixture, or a stub that somebody wrote by hand.
func (c *Corpus) Own(path string) bool { return c.byPath[path] != nil }

// Imports returns what the packages import: of SDKs, and of the standard library.
func (c *Corpus) Imports() (remote, standard []string) {
	seen := make(map[string]bool)
	var visit func(path string)
	visit = func(path string) {
		if seen[path] {
			return
		}
		seen[path] = true
		if e := c.byPath[path]; e != nil {
			for _, imported := range e.imports {
				visit(imported)
			}
		} else if isRemote(path) {
			remote = append(remote, path)
		} else {
			standard = append(standard, path)
		}
	}
	for _, e := range c.Packages {
		for _, imported := range e.imports {
			visit(imported)
		}
	}
	slices.Sort(remote)
	slices.Sort(standard)
	return remote, standard
}

// check type-checks all packages of the corpus. imported gives the packages that aren't of the corpus. seen gets what
// was found out about each package.
func (c *Corpus) check(fset *token.FileSet, imported func(path string) (*types.Package, error), seen func(*Example, *types.Info)) error {
	for _, e := range c.byPath {
		e.types = nil
	}
	var errs []error
	var load func(e *Example) *types.Package
	load = func(e *Example) *types.Package {
		if e.types != nil {
			return e.types
		}
		info := &types.Info{
			Types: make(map[ast.Expr]types.TypeAndValue), Defs: make(map[*ast.Ident]types.Object),
			Uses: make(map[*ast.Ident]types.Object), Selections: make(map[*ast.SelectorExpr]*types.Selection),
		}
		config := types.Config{
			Importer: importer(func(path string) (*types.Package, error) {
				if own := c.byPath[path]; own != nil {
					return load(own), nil
				}
				return imported(path)
			}),
			Error: func(err error) { errs = append(errs, err) },
		}
		e.types, _ = config.Check(e.Path, fset, e.Files, info)
		if seen != nil {
			seen(e, info)
		}
		return e.types
	}
	for _, e := range c.Packages {
		e.types = nil
		load(e)
	}
	return errors.Join(errs...)
}
