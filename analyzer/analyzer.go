package analyzer

import (
	"fmt"
	"go/token"
	"go/types"
	"strings"
	"sync"

	"golang.org/x/tools/go/analysis"

	"github.com/asynccheck/asynccheck/internal/filter/source"
	"github.com/asynccheck/asynccheck/internal/panics"
	"github.com/asynccheck/asynccheck/internal/project"
	"github.com/asynccheck/asynccheck/internal/recognize"
	"github.com/asynccheck/asynccheck/internal/typestate"
)

// Analyzer reports the default rules; flags change that. It is for drivers
// of other projects, such as Bazel's nogo: messages end with the rule, and a panic in
// the analysis of a function is a finding without a rule.
var Analyzer = func() *analysis.Analyzer {
	cfg := &Config{SayRule: true}
	a := newAnalyzer(cfg)
	cfg.RegisterFlags(&a.Flags)
	a.Flags.Func("settings", "the `configuration` in JSON, with the keys of .asynccheck.yml", cfg.setSettings)
	return panics.AsDiagnostics(a)
}()

// New returns an analyzer that reports what cfg selects. It has no flags. An error means
// that cfg is wrong: see [Config.Problems]. If the analysis of a function panics, the
// analyzer reports the findings in the other functions, and then fails.
func New(cfg Config) (*analysis.Analyzer, error) {
	if problems := cfg.Problems(); len(problems) > 0 {
		return nil, problems[0]
	}
	return newAnalyzer(&cfg), nil
}

func newAnalyzer(cfg *Config) *analysis.Analyzer {
	index := sync.OnceValue(cfg.index) // once the flags are set
	said := new(sync.Map)
	return &analysis.Analyzer{
		Name:      "asynccheck",
		Doc:       doc,
		URL:       project.Home,
		FactTypes: []analysis.Fact{new(response), new(summary), new(noReturn), new(leads)},
		Run: func(pass *analysis.Pass) (any, error) {
			rules, err := SelectRules(cfg.Rules, cfg.Strict)
			if err != nil {
				return nil, err
			}
			c := &checker{pass: pass, cfg: cfg, rules: rules, index: index(), said: said}
			return nil, c.guarded()
		},
	}
}

// A response is a fact of a struct type: directives and evidence in its package.
// Importers need them to recognize responses.
type response struct{ Verdicts []recognize.Verdict }

func (*response) AFact()     {}
func (*response) AboutType() {} // a [relevance.TypeFact]
func (r *response) String() string {
	var texts []string
	for _, v := range r.Verdicts {
		texts = append(texts, v.String())
	}
	return strings.Join(texts, ", ")
}

// A summary is a fact of a function: what a call does to responses.
type summary struct {
	typestate.Summary
	Name string // of the function
}

func (*summary) AFact()           {}
func (s *summary) String() string { return s.Summary.String() }

// A noReturn is a fact of a function that never returns: how it ends.
type noReturn struct {
	How  typestate.NoReturnKind
	Name string // of the function
}

func (*noReturn) AFact()         {}
func (*noReturn) String() string { return "never returns" }

// An exported is a summary that becomes a fact.
type exported struct {
	of   *types.Func
	fact *summary
}

// A checker is one run of the analyzer over one package.
type checker struct {
	pass  *analysis.Pass
	cfg   *Config
	rules map[string]bool // selected
	index *configIndex    // of the configuration
	said  *sync.Map       // what is printed once, by text

	types   *recognize.Package
	exits   *typestate.NoReturns
	exposed map[*types.Named]bool  // see isExposed
	opened  map[string]*token.File // by [Config.File], nil if there is no such file

	helper      bool // the package may be a helper: see helps
	helperKnown bool // helper has been found out

	summaries []exported // of the package's functions
	again     bool       // the functions are followed for the second time, and have been explained

	skipped bool          // something was skipped: there may be more findings
	lost    panics.Errors // what is skipped because of a panic
}

func (c *checker) run() {
	if c.pass.Module == nil && source.Standard(c.pass.Pkg.Path()) {
		c.pass = withoutFacts(c.pass)
	}
	c.scan()
	c.exits = typestate.NewNoReturns(c.pass.Files, c.pass.TypesInfo, c.index.kind, func(fn *types.Func) typestate.NoReturnKind {
		var n noReturn
		c.pass.ImportObjectFact(fn, &n)
		return n.How
	})
	c.exits.Own(func(fn *types.Func, how typestate.NoReturnKind) {
		if c.callable(fn) {
			c.pass.ExportObjectFact(fn, &noReturn{how, fn.Name()})
		}
	})
	found := c.follow()
	if c.again = c.types.DropForeign(); c.again {
		found = c.follow() // without the types that turned out to be no responses
	}
	for _, v := range c.types.Export() {
		c.pass.ExportObjectFact(v.Name, &response{v.Verdicts})
	}
	for _, s := range c.summaries {
		c.pass.ExportObjectFact(s.of, s.fact)
	}
	c.exportLeads()
	for _, p := range c.types.Problems() {
		found = append(found, finding{rule: "directive", pos: p.Pos, end: p.End, message: p.Message})
	}
	c.sayInert()
	found = append(found, c.missingFunctions()...)
	c.report(append(found, c.wrongContracts()...))
}

// scan collects what recognition needs.
func (c *checker) scan() {
	c.types = recognize.Scan(recognize.Input{
		Contracts:       c.index.contracts,
		Index:           c.index.found,
		Fset:            c.pass.Fset,
		Files:           c.pass.Files,
		Pkg:             c.pass.Pkg,
		Info:            c.pass.TypesInfo,
		Imported:        c.imported,
		Settings:        c.index.types,
		ConfiguredKinds: c.index.kind,
		Module:          c.module(),
	})
}

// endEarly ends the analysis of a package that can't matter before SSA is built.
var endEarly = true // a variable for tests

// withoutFacts returns a pass that exports no facts: the standard library has none. Its packages can still have
// findings, since they are known by their paths only: for a driver without modules, such as nogo, cmd/api may
// be the user's own.
func withoutFacts(pass *analysis.Pass) *analysis.Pass {
	own := *pass
	own.ExportObjectFact = func(types.Object, analysis.Fact) {}
	own.ExportPackageFact = func(analysis.Fact) {}
	return &own
}

// follow returns the findings in the package's functions, and notes their summaries.
func (c *checker) follow() []finding {
	c.summaries = nil
	// Most packages have nothing to do with responses: end before SSA is built.
	if endEarly && !c.matters() {
		return nil
	}
	return c.check()
}

// module returns the path of the package's module, "" if it is unknown.
func (c *checker) module() string {
	if c.pass.Module == nil {
		return ""
	}
	return c.pass.Module.Path
}

// checked reports whether the configuration says that fn checks outcome codes itself. In
// its own package, fn is analyzed all the same.
func (c *checker) checked(fn *types.Func) bool {
	return fn.Pkg() != nil && fn.Pkg() != c.pass.Pkg && c.index.checked(fn.Pkg())
}

func (c *checker) summary(fn *types.Func) *typestate.Summary {
	if c.checked(fn) {
		return nil // the configuration overrides the fact
	}
	var s summary
	if !c.pass.ImportObjectFact(fn, &s) {
		return nil
	}
	return &s.Summary
}

func (c *checker) imported(name *types.TypeName) []recognize.Verdict {
	var r response
	if !c.pass.ImportObjectFact(name, &r) {
		return nil
	}
	return r.Verdicts
}

// debugf notes that something was skipped, and prints why.
func (c *checker) debugf(format string, args ...any) {
	c.skipped = true
	if c.again {
		return
	}
	if c.cfg.Debug != nil {
		c.cfg.Debug(format, args...)
	}
	if c.cfg.notes != nil {
		c.cfg.notes(c.pass.Pkg, fmt.Sprintf(format, args...))
	}
}

// A finding becomes a diagnostic, unless its rule is off or a comment silences it.
type finding struct {
	rule     string
	contract string // the ID of the response's contract, "" if the finding is about no response
	pos, end token.Pos
	message  string
	related  []analysis.RelatedInformation
	fixes    []analysis.SuggestedFix
}

// line returns the line of pos for a message.
func (c *checker) line(pos token.Pos) string {
	return fmt.Sprintf("line %d", c.pass.Fset.Position(pos).Line)
}
