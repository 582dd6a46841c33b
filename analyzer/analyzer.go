package analyzer

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"runtime/debug"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/asynccheck/asynccheck/internal/contract"
	"github.com/asynccheck/asynccheck/internal/relevance"
	"github.com/asynccheck/asynccheck/internal/typestate"
)

// Analyzer reports the default rules; its flags say otherwise. It is for other
// people's drivers, such as Bazel's nogo: its messages end with the rule.
var Analyzer = func() *analysis.Analyzer {
	cfg := &Config{SayRule: true}
	a := newAnalyzer(cfg)
	cfg.RegisterFlags(&a.Flags)
	return a
}()

// New returns an analyzer that reports what cfg says, and has no flags.
// It is an error if cfg says what can't be: see [Config.Problems].
func New(cfg Config) (*analysis.Analyzer, error) {
	if problems := cfg.Problems(); len(problems) > 0 {
		return nil, problems[0]
	}
	return newAnalyzer(&cfg), nil
}

func newAnalyzer(cfg *Config) *analysis.Analyzer {
	return &analysis.Analyzer{
		Name:      "asynccheck",
		Doc:       doc,
		URL:       "https://github.com/asynccheck/asynccheck",
		FactTypes: []analysis.Fact{new(response), new(summary), new(noReturn), new(leads)},
		Run: func(pass *analysis.Pass) (any, error) {
			rules, err := SelectRules(cfg.Rules, cfg.Strict)
			if err != nil {
				return nil, err
			}
			c := &checker{pass: pass, cfg: cfg, rules: rules, names: cfg.names()}
			c.run()
			return nil, nil
		},
	}
}

// A response is the fact that a struct type's package says something about
// it that importers need to recognise responses: a directive, or evidence.
type response struct{ contract.Verdict }

func (*response) AFact()           {}
func (r *response) String() string { return r.Verdict.String() }

// A summary is the fact of what a call of a function does to responses.
type summary struct {
	typestate.Summary
	Name string // of the function
}

func (*summary) AFact()           {}
func (s *summary) String() string { return s.Summary.String() }

// A noReturn is the fact that a function never returns, and how it ends.
type noReturn struct {
	How  typestate.Exiting
	Name string // of the function
}

func (*noReturn) AFact()         {}
func (*noReturn) String() string { return "never returns" }

// A checker is one run of the analyzer over one package.
type checker struct {
	pass  *analysis.Pass
	cfg   *Config
	rules map[string]bool // selected
	names *names          // of the configuration

	types *contract.Package
	exits *typestate.Exits
	prog  *ssa.Program
	fns   []*ssa.Function
	impls map[*types.Func]*ssa.Function        // what calls of interface methods run
	taken map[*ssa.Function]bool               // functions whose address is taken
	calls map[*ssa.Function][]*ssa.Function    // callers of a function
	vals  map[*ssa.Function][]*typestate.Value // response values by function

	compared map[token.Pos][]comparedEnd // see comparedAt
	opened   map[string]*token.File      // by [Config.File], nil if there is no such file

	skipped bool // something was: there may be findings that nobody knows of
}

func (c *checker) run() {
	if c.pass.Module == nil && relevance.Standard(c.pass.Pkg.Path()) {
		return
	}
	c.types = contract.Scan(contract.Input{
		Contract: contract.CloudAPI2,
		Fset:     c.pass.Fset,
		Files:    c.pass.Files,
		Pkg:      c.pass.Pkg,
		Info:     c.pass.TypesInfo,
		Imported: c.imported,
		Settings: c.names.types,
		Module:   c.module(),
	})
	for _, v := range c.types.Export() {
		c.pass.ExportObjectFact(v.Name, &response{v.Verdict})
	}
	c.exits = typestate.NewExits(c.pass.Files, c.pass.TypesInfo, func(fn *types.Func) typestate.Exiting {
		var n noReturn
		c.pass.ImportObjectFact(fn, &n)
		return n.How
	})
	c.exits.Own(func(fn *types.Func, how typestate.Exiting) {
		c.pass.ExportObjectFact(fn, &noReturn{how, fn.Name()})
	})
	c.exportLeads()
	var found []finding
	for _, p := range c.types.Problems() {
		found = append(found, finding{rule: "directive", pos: p.Pos, end: p.End, message: p.Message})
	}
	found = append(found, c.missingPrinters()...)
	// Most packages have nothing to do with responses: end before SSA is built.
	if c.matters() && c.build() {
		found = append(found, c.check()...)
	}
	c.report(found)
}

// module returns the path of the package's module, "" if it is unknown.
func (c *checker) module() string {
	if c.pass.Module == nil {
		return ""
	}
	return c.pass.Module.Path
}

// checked reports whether calls of fn check outcome codes themselves. A package
// takes nobody's word for its own functions.
func (c *checker) checked(fn *types.Func) bool {
	return fn.Pkg() != nil && fn.Pkg() != c.pass.Pkg && c.names.checked(fn.Pkg())
}

func (c *checker) summary(fn *types.Func) *typestate.Summary {
	if c.checked(fn) {
		return nil // the configuration says what is to be known
	}
	var s summary
	if !c.pass.ImportObjectFact(fn, &s) {
		return nil
	}
	return &s.Summary
}

// implementation returns the method that a call of an interface method runs,
// if a single type of the package has it.
func (c *checker) implementation(m *types.Func) *ssa.Function {
	fn, ok := c.impls[m]
	if !ok {
		fn = c.findImplementation(m)
		if c.impls == nil {
			c.impls = make(map[*types.Func]*ssa.Function)
		}
		c.impls[m] = fn
	}
	return fn
}

func (c *checker) findImplementation(m *types.Func) *ssa.Function {
	if m.Pkg() != c.pass.Pkg {
		return nil
	}
	iface, ok := m.Signature().Recv().Type().Underlying().(*types.Interface)
	if !ok {
		return nil
	}
	var found *ssa.Function
	for _, obj := range c.pass.TypesInfo.Defs {
		name, ok := obj.(*types.TypeName)
		if !ok || name.IsAlias() || types.IsInterface(name.Type()) {
			continue
		}
		named, ok := name.Type().(*types.Named)
		if !ok {
			continue
		}
		method, _, _ := types.LookupFieldOrMethod(named, true, m.Pkg(), m.Name())
		f, ok := method.(*types.Func)
		if !ok {
			continue
		}
		if named.TypeParams().Len() > 0 {
			return nil // an instance may have it
		}
		if !types.Implements(named, iface) && !types.Implements(types.NewPointer(named), iface) {
			continue
		}
		fn := c.prog.FuncValue(f)
		if fn == nil || found != nil && found != fn {
			return nil
		}
		found = fn
	}
	return found
}

func (c *checker) imported(name *types.TypeName) *contract.Verdict {
	var r response
	if !c.pass.ImportObjectFact(name, &r) {
		return nil
	}
	return &r.Verdict
}

// build builds the package's SSA form. That is not left to buildssa: it
// requires ctrlflow, whose facts would make every package of the import
// closure be analysed, and it would build packages without a response too.
func (c *checker) build() (ok bool) {
	defer func() {
		if v := recover(); v != nil {
			c.debugf("%s: no SSA form, skipped: %v\n%s", c.pass.Pkg.Path(), v, debug.Stack())
			ok = false
		}
	}()
	prog := ssa.NewProgram(c.pass.Fset, 0)
	c.prog = prog
	prog.SetNoReturn(c.exits.NoReturn)
	for _, p := range c.pass.Pkg.Imports() {
		prog.CreatePackage(p, nil, nil, true)
	}
	pkg := prog.CreatePackage(c.pass.Pkg, c.pass.Files, c.pass.TypesInfo, false)
	pkg.Build()

	var add func(fn *ssa.Function)
	add = func(fn *ssa.Function) {
		c.fns = append(c.fns, fn)
		for _, f := range fn.AnonFuncs {
			add(f)
		}
	}
	for _, file := range c.pass.Files {
		for _, decl := range file.Decls {
			if decl, ok := decl.(*ast.FuncDecl); ok {
				if obj, ok := c.pass.TypesInfo.Defs[decl.Name].(*types.Func); ok {
					if fn := prog.FuncValue(obj); fn != nil {
						add(fn)
					}
				}
			}
		}
	}
	if init := pkg.Func("init"); init != nil { // literals in package-level variables
		for _, f := range init.AnonFuncs {
			add(f)
		}
	}
	return true
}

// check follows the response values of all functions and judges them.
func (c *checker) check() []finding {
	engine := typestate.New(&typestate.Config{
		Fset:           c.pass.Fset,
		Contract:       contract.CloudAPI2,
		Response:       c.types.Response,
		Code:           c.types.Code,
		Entries:        c.types.Entries,
		Entry:          c.types.Entry,
		Detailed:       c.types.Detailed,
		Exits:          c.exits,
		Imported:       c.summary,
		Implementation: c.implementation,
		Function:       c.prog.FuncValue,
		Printer:        c.names.printer,
		Checked:        c.checked,
		Strict:         c.cfg.Strict,
		Debug:          c.debugf,
	})
	c.vals = make(map[*ssa.Function][]*typestate.Value)
	for _, fn := range c.fns {
		c.values(engine, fn)
	}
	var found []finding
	for _, fn := range c.fns {
		if len(c.vals[fn]) > 0 {
			found = append(found, c.judge(fn)...)
		}
	}
	return found
}

// judge gives the findings of one function. A panic loses the function, not the run.
func (c *checker) judge(fn *ssa.Function) (found []finding) {
	defer func() {
		if v := recover(); v != nil {
			c.debugf("%s: %s: skipped after a panic: %v\n%s", c.pass.Fset.Position(fn.Pos()), fn, v, debug.Stack())
			found = nil
		}
	}()
	f := c.newFunction(fn)
	for _, v := range c.vals[fn] {
		found = append(found, f.judge(v)...)
	}
	return found
}

// values follows the response values of fn, and exports what it does to those
// of others.
func (c *checker) values(engine *typestate.Engine, fn *ssa.Function) {
	if vs := engine.Values(fn); len(vs) > 0 {
		c.vals[fn] = vs
	}
	if s := engine.Summary(fn).Export(); s != nil {
		if obj, ok := fn.Object().(*types.Func); ok && fn.Parent() == nil && obj.Origin() == obj {
			c.pass.ExportObjectFact(obj, &summary{*s, obj.Name()})
		}
	}
}

// debugf says that something was skipped, and why.
func (c *checker) debugf(format string, args ...any) {
	c.skipped = true
	if c.cfg.Debug != nil {
		c.cfg.Debug(format, args...)
	}
}

// A finding is a diagnostic in the making.
type finding struct {
	rule     string
	pos, end token.Pos
	message  string
	related  []analysis.RelatedInformation
	fixes    []analysis.SuggestedFix
}

// line returns the line of pos for a message.
func (c *checker) line(pos token.Pos) string {
	return fmt.Sprintf("line %d", c.pass.Fset.Position(pos).Line)
}
