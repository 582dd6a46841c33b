package driver

import (
	"cmp"
	"context"
	"go/ast"
	"slices"
	"sync"
	"sync/atomic"

	"golang.org/x/tools/go/packages"

	"github.com/asynccheck/asynccheck/internal/driver/fromsource"
	"github.com/asynccheck/asynccheck/internal/driver/onepkg"
	"github.com/asynccheck/asynccheck/internal/filter/program"
	"github.com/asynccheck/asynccheck/internal/relevance"
	"github.com/asynccheck/asynccheck/internal/report"
)

// A run analyzes packages, each as soon as its imports are done.
type run struct {
	Config
	ctx       context.Context
	requested []*packages.Package // that were asked for, with their tests beside them
	roots     []*packages.Package // of these, those to analyze: see [roots]
	nodes     map[*packages.Package]*node
	order     []*node // imports before those that import them

	goEnv      *goEnv
	kept       *kept
	known      *Files // of all packages
	universe   *fromsource.Universe
	tests      bool                          // some packages that may matter are variants for tests
	typing     sync.Once                     // asks for the sizes of types
	fatal      error                         // of typing; nothing can be analyzed
	finding    sync.Once                     // finds what is compiled
	findingAll sync.Once                     // likewise, in the whole program
	made       sync.Map                      // what packages would export that are not compiled, as [*redeclared]
	importers  importers                     // of what was exported
	exporting  sync.Mutex                    // guards what is known of compiled packages, and wrong
	making     map[*packages.Package]bool    // exports, from source and from the exports of imports
	maxMade    int                           // of these; if these are not enough, the whole program's exports are looked for
	compiled   map[*packages.Package]bool    // or tried to be
	wrong      map[*packages.Package][]Error // that importers have found
	held       atomic.Int64                  // bytes of nodes' sources

	mu     sync.Mutex // guards what follows
	done   int
	result *Result
}

// A node is a package that has to be dealt with.
type node struct {
	*Analysis
	pkg       *packages.Package
	root      bool // findings are wanted, not facts alone
	imports   []*node
	importers []*node

	files     []string // the files that the compiler gets, if cgo's are generated
	generated bool
	cgo       bool // it uses cgo
	shapes    program.Shapes
	sdks      relevance.SDKs // that it imports, directly or not
	usesSDK   bool           // it mentions a name that contracts know in them
	needed    bool           // it has responses in reach, or is imported by one that has
	matters   bool           // it matters, whatever the facts of its imports are
	mayMatter bool           // it matters, or depends on one that does: otherwise there is no fact that could make it matter

	skipped bool     // it turned out not to matter
	asked   bool     // whether it matters
	sources [][]byte // of the files, if they are needed again

	facts  []onepkg.Fact
	err    error   // of a file that can't be read
	errors []Error // what is wrong with the package
	failed bool    // it was not analyzed: it has an error, or an import has one
}

// plan makes nodes of the packages to analyze and their dependencies. Those of the standard library
// have no facts.
func (r *run) plan(analyzed []*packages.Package) (err error) {
	r.roots = analyzed
	r.nodes = make(map[*packages.Package]*node)
	packages.Visit(analyzed, nil, func(p *packages.Package) {
		a, wrong := r.Analysis(p)
		if wrong != nil {
			err = wrong
			return
		}
		if !a.always(p) && standard(p) && len(p.Errors) == 0 {
			return
		}
		n := &node{Analysis: a, pkg: p, files: p.GoFiles}
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
	return err
}

// noteBrokenTests notes packages with broken tests, and reports whether some are new.
func (r *run) noteBrokenTests(broken map[*packages.Package]bool) (found bool) {
	for _, n := range r.order {
		if n.root && n.pkg.ForTest == n.pkg.PkgPath && n.failed && !broken[n.pkg] && (len(n.errors) > 0 || r.blockedByTests(n)) {
			broken[n.pkg] = true
			found = true
		}
	}
	return found
}

// blockedByTests reports whether something is wrong with an import of a package with its tests that the package alone
// does not import.
func (r *run) blockedByTests(n *node) bool {
	i := slices.IndexFunc(r.requested, func(p *packages.Package) bool { return p.PkgPath == n.pkg.PkgPath && p.ForTest == "" })
	return i >= 0 && !slices.ContainsFunc(n.imports, func(m *node) bool { return m.failed && r.requested[i].Imports[m.pkg.PkgPath] != nil })
}

// analyze visits all nodes. It first finds those that matter by themselves: if there are none, nothing else has to be
// known. Packages that don't matter are neither parsed nor compiled, and nothing is said about errors in them.
func (r *run) analyze() error {
	r.enter(Searching)
	if err := r.reach(); err != nil {
		return err
	}
	parallel(r.order, func(n *node) {
		if n.needed && r.ctx.Err() == nil {
			n.matters, n.err = r.matters(n, r.ask(n, nil))
		}
	})
	some := false
	for _, n := range r.order {
		n.mayMatter = n.matters || n.usesSDK || n.needed && slices.ContainsFunc(n.imports, func(m *node) bool { return m.mayMatter })
		n.cgo = n.generated || n.shapes.Cgo
		some = some || n.mayMatter
		r.tests = r.tests || n.mayMatter && n.pkg.ForTest != ""
	}
	if r.known = r.Files; r.known == nil {
		r.known = new(Files)
	}
	if some {
		r.goEnv.start()
		if err := r.generateCgo(); err != nil {
			return err
		}
		r.known.store(r.requested)
		if r.kept == nil { // else nothing may have to be analyzed
			r.enter(Typing)
			if err := r.findSizes(); err != nil {
				return err
			}
			r.finding.Do(r.findExports)
		}
	}
	r.progress(Progress{Analyzing, 0, len(r.order)})
	importsFirst(r.order, func(n *node) {
		if r.ctx.Err() == nil {
			r.visit(n)
			r.finishNode(n)
		}
	})
	return cmp.Or(r.ctx.Err(), r.fatal)
}

// finishNode counts a node as done.
func (r *run) finishNode(n *node) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.done++
	r.progress(Progress{Analyzing, r.done, len(r.order)})
	switch {
	case !n.root:
	case !n.failed && len(n.errors) == 0:
		r.result.Packages = append(r.result.Packages, n.pkg.PkgPath)
	case len(n.pkg.GoFiles) > 0:
		r.result.Failed = append(r.result.Failed, n.pkg.PkgPath)
	}
}

// visit analyzes a package if it matters, and if its imports could be.
func (r *run) visit(n *node) {
	imported := n.importedFacts()
	defer r.release(n)
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
	if n.skipped = !matters && len(n.pkg.Errors) == 0; n.skipped {
		n.facts = onepkg.Inherit(imported)
		if len(n.sdks) > 0 {
			n.facts = onepkg.Give(n.Analyzer, n.pkg.PkgPath, r.ask(n, imported).SDKs(), n.facts)
		}
		return
	}
	key, keyed := r.key(n, imported)
	if keyed {
		if f := r.restore(n, key); f != nil {
			r.Notes.print(n.pkg.ID + ": from the cache")
			n.facts = f.facts
			r.collect(n, f)
			return
		}
	}
	if r.kept != nil {
		r.Notes.print(n.pkg.ID + ": analyzed")
	}
	res, f, err := r.analyzeNode(n, imported)
	switch {
	case res == nil:
		n.fail(err)
		return
	case len(n.pkg.Errors) > 0:
		n.failed = true // the errors say why
		r.collect(n, f)
		return
	case err != nil:
		n.errors = packageErrors(n.pkg.PkgPath, err)
	case keyed:
		r.keep(n, key, f, res.Sources)
	}
	n.facts = f.facts
	r.collect(n, f)
}

// count counts the packages that were asked for.
func (r *run) count() (c report.Counts) {
	const skipped, analyzed, failed = 1, 2, 3
	became := make(map[string]int) // the worst of a package and its tests
	for _, p := range r.roots {
		is := skipped
		if n := r.nodes[p]; n != nil && (n.failed || len(n.errors) > 0) {
			is = failed
		} else if n != nil && !n.skipped {
			is = analyzed
		}
		path := cmp.Or(p.ForTest, p.PkgPath)
		became[path] = max(became[path], is)
	}
	for _, is := range became {
		switch is {
		case skipped:
			c.Skipped++
		case analyzed:
			c.Analyzed++
		case failed:
			c.Failed++
		}
	}
	return c
}

// collect adds what was found in a package, if that is wanted, to the result.
func (r *run) collect(n *node, f *found) {
	r.Notes.print(f.notes...)
	if !n.root {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.result.Findings = append(r.result.Findings, f.findings...)
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
	if err != errBlocked {
		n.errors = packageErrors(n.pkg.PkgPath, err)
	}
}

// analyzeNode analyzes a package. What is wrong with its imports is noted.
func (r *run) analyzeNode(n *node, facts []onepkg.Fact) (*onepkg.Result, *found, error) {
	if err := r.findSizes(); err != nil {
		return nil, nil, err
	}
	if importer := r.remembered(n); importer != nil {
		// What is wrong, and positions in other packages, may have changed since these were compiled.
		if res, f, err := r.analyzeWith(n, facts, importer); err == nil && !f.elsewhere {
			return res, f, nil
		}
	}
	importer, err := r.importer(n)
	if err != nil {
		return nil, nil, err
	}
	res, f, err := r.analyzeWith(n, facts, importer)
	if shared, ok := importer.(*onepkg.Importer); ok && err == nil {
		r.importers.giveBack(n.pkg, shared)
	}
	return res, f, err
}

// findSizes finds the sizes of types.
func (r *run) findSizes() error {
	r.typing.Do(func() {
		if r.universe.Sizes = r.goEnv.sizes(); r.universe.Sizes == nil {
			r.universe.Sizes, r.fatal = r.loadSizes(r.ctx)
		}
	})
	return r.fatal
}

// analyzeWith analyzes a package with the types that an importer gives.
func (r *run) analyzeWith(n *node, facts []onepkg.Fact, importer importer) (*onepkg.Result, *found, error) {
	p := &onepkg.Package{
		Path:         n.pkg.PkgPath,
		GoFiles:      n.files,
		OtherFiles:   n.pkg.OtherFiles,
		IgnoredFiles: n.pkg.IgnoredFiles,
		Sizes:        r.universe.Sizes,
		Fset:         importer.Fset(),
		Importer:     importer,
		Facts:        facts,
	}
	p.Module, p.GoVersion = onepkg.ModuleOf(n.pkg.Module)
	res, err := onepkg.Analyze(n.Analyzer, p)
	if res == nil {
		return nil, nil, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	src := &analyzed{Package: n.pkg, Result: res, generated: make(map[*ast.File]bool)}
	f := &found{facts: res.Facts, notes: r.Notes.take(res.Types)}
	for _, d := range res.Diagnostics {
		f.findings = append(f.findings, r.result.finding(src, d))
	}
	f.findings = append(f.findings, r.Silenced.take(r.result, src)...)
	f.elsewhere = src.elsewhere
	return res, f, err
}
