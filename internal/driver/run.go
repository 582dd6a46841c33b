package driver

import (
	"context"
	"go/ast"
	"slices"
	"sync"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/packages"

	"github.com/asynccheck/asynccheck/internal/driver/fromsource"
	"github.com/asynccheck/asynccheck/internal/driver/onepkg"
	"github.com/asynccheck/asynccheck/internal/filter/program"
	"github.com/asynccheck/asynccheck/internal/filter/source"
	"github.com/asynccheck/asynccheck/internal/relevance"
)

// A run analyzes packages, each as soon as its imports are done.
type run struct {
	Config
	ctx       context.Context
	analyzer  *analysis.Analyzer
	requested []*packages.Package // that were asked for, with their tests beside them
	nodes     map[*packages.Package]*node
	order     []*node // imports before those that import them

	universe  *fromsource.Universe
	exporting sync.Mutex // guards what is known of compiled packages

	mu     sync.Mutex // guards what follows
	done   int
	result *Result
}

// A node is a package that has to be dealt with.
type node struct {
	pkg       *packages.Package
	root      bool // findings are wanted, not facts alone
	imports   []*node
	importers []*node

	files     []string // the files that the compiler gets, if cgo's are generated
	generated bool
	shapes    program.Shapes
	sdks      relevance.SDKs // that it imports, directly or not
	usesSDK   bool           // it mentions a name that contracts know in them
	needed    bool           // it has responses in reach, or is imported by one that has
	matters   bool           // it matters, whatever the facts of its imports are
	mayMatter bool           // it matters, or depends on one that does: otherwise there is no fact that could make it matter

	facts  []onepkg.Fact
	err    error   // of a file that can't be read
	errors []Error // what is wrong with the package
	failed bool    // it was not analyzed: it has an error, or an import has one
}

// plan makes nodes of the packages to analyze and their dependencies. Those of the standard library
// have no facts.
func (r *run) plan(analyzed []*packages.Package) {
	r.nodes = make(map[*packages.Package]*node)
	packages.Visit(analyzed, nil, func(p *packages.Package) {
		if !r.always(p) && p.Module == nil && source.Standard(p.PkgPath) && len(p.Errors) == 0 {
			return
		}
		n := &node{pkg: p, files: p.GoFiles}
		r.nodes[p] = n
		r.order = append(r.order, n)
		for _, imp := range p.Imports {
			if m := r.nodes[imp]; m != nil {
				n.imports = append(n.imports, m)
				m.importers = append(m.importers, n)
			}
		}
	})
	for _, p := range analyzed {
		if n := r.nodes[p]; n != nil {
			n.root = true
		} else {
			r.result.Packages = append(r.result.Packages, p.PkgPath)
		}
	}
}

// noteBrokenTests notes packages with broken tests, and reports whether some are new.
func (r *run) noteBrokenTests(broken map[*packages.Package]bool) (found bool) {
	for _, n := range r.order {
		if n.root && n.pkg.ForTest == n.pkg.PkgPath && n.failed && len(n.errors) > 0 && !broken[n.pkg] {
			broken[n.pkg] = true
			found = true
		}
	}
	return found
}

// analyze visits all nodes. It first finds those that matter by themselves: if there are none, nothing else has to be
// known. Packages that don't matter are neither parsed nor compiled, and nothing is said about errors in them.
func (r *run) analyze() error {
	r.enter(Searching)
	if err := r.reach(); err != nil {
		return err
	}
	parallel(r.order, func(n *node) {
		if n.needed {
			n.matters, n.err = r.matters(n, r.ask(n, nil))
		}
	})
	some, tests := false, false
	for _, n := range r.order {
		n.mayMatter = n.matters || n.usesSDK || n.needed && slices.ContainsFunc(n.imports, func(m *node) bool { return m.mayMatter })
		some = some || n.mayMatter
		tests = tests || n.mayMatter && n.pkg.ForTest != ""
	}
	if some {
		r.enter(Typing)
		var err error
		if r.universe.Sizes, err = r.loadSizes(r.ctx); err != nil {
			return err
		}
		if err := r.generateCgo(); err != nil {
			return err
		}
		if r.Files != nil {
			r.Files.store(r.requested)
		}
		r.findExports(tests)
	}
	r.progress(Progress{Analyzing, 0, len(r.order)})
	importsFirst(r.order, func(n *node) {
		r.visit(n)
		r.finishNode(n)
	})
	return nil
}

// finishNode counts a node as done.
func (r *run) finishNode(n *node) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.done++
	r.progress(Progress{Analyzing, r.done, len(r.order)})
	if n.root && !n.failed && len(n.errors) == 0 {
		r.result.Packages = append(r.result.Packages, n.pkg.PkgPath)
	}
}

// visit analyzes a package if it matters, and if its imports could be.
func (r *run) visit(n *node) {
	imported := n.importedFacts()
	if n.failed {
		return
	}
	matters, err := n.matters, n.err
	if n.mayMatter && !n.matters && len(imported) > 0 && err == nil {
		matters, err = r.matters(n, r.ask(n, imported))
	}
	if err != nil {
		n.fail(err)
		return
	}
	if !matters && len(n.pkg.Errors) == 0 {
		n.facts = onepkg.Inherit(imported)
		if len(n.sdks) > 0 {
			n.facts = onepkg.Give(r.analyzer, n.pkg.PkgPath, r.ask(n, imported).SDKs(), n.facts)
		}
		return
	}
	res, err := r.analyzeNode(n, imported)
	switch {
	case res == nil:
		n.fail(err)
		return
	case len(n.pkg.Errors) > 0:
		n.failed = true // the errors say why
		r.collect(n, res)
		return
	case err != nil:
		n.errors = packageErrors(n.pkg.PkgPath, err)
	}
	n.facts = res.Facts
	r.collect(n, res)
}

// collect adds what was found in a package, if that is wanted, to the result.
func (r *run) collect(n *node, res *onepkg.Result) {
	r.mu.Lock()
	defer r.mu.Unlock()
	src := &analyzed{n.pkg, res, make(map[*ast.File]bool)}
	silenced := r.Silenced.take(r.result, src)
	if !n.root {
		return
	}
	for _, d := range res.Diagnostics {
		r.result.Findings = append(r.result.Findings, r.result.finding(src, d))
	}
	r.result.Findings = append(r.result.Findings, silenced...)
}

// importedFacts returns the facts of a package's imports. If an import was not analyzed, the package can't be analyzed.
func (n *node) importedFacts() []onepkg.Fact {
	var facts []onepkg.Fact
	for _, m := range n.imports {
		n.failed = n.failed || m.failed
		facts = append(facts, m.facts...)
	}
	return onepkg.Merge(facts)
}

func (n *node) fail(err error) {
	n.failed = true
	n.errors = packageErrors(n.pkg.PkgPath, err)
}

// ask returns the question whether a package matters whose imports have these facts.
func (r *run) ask(n *node, facts []onepkg.Fact) *source.Question {
	return source.AskWith(slices.Collect(importPaths(n.pkg)), r.Hints, onepkg.Values(facts))
}

// matters reports whether the package can matter. A package with an error does: the analysis shows the error.
func (r *run) matters(n *node, q *source.Question) (bool, error) {
	if r.always(n.pkg) || len(n.pkg.Errors) > 0 {
		return true, nil
	}
	return q.OfFiles(n.files)
}

// analyzeNode analyzes a package. What is wrong with its imports is among their errors.
func (r *run) analyzeNode(n *node, facts []onepkg.Fact) (*onepkg.Result, error) {
	fset, importer, err := r.importer(n)
	if err != nil {
		return nil, err
	}
	p := &onepkg.Package{
		Path:         n.pkg.PkgPath,
		GoFiles:      n.files,
		OtherFiles:   n.pkg.OtherFiles,
		IgnoredFiles: n.pkg.IgnoredFiles,
		Sizes:        r.universe.Sizes,
		Fset:         fset,
		Importer:     importer,
		Facts:        facts,
	}
	p.Module, p.GoVersion = onepkg.ModuleOf(n.pkg.Module)
	return onepkg.Analyze(r.analyzer, p)
}
