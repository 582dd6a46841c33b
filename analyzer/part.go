package analyzer

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/asynccheck/asynccheck/internal/partition"
	"github.com/asynccheck/asynccheck/internal/typestate"
)

// partSize is the number of functions and variables whose SSA form is in memory at the same
// time, unless more belong together. Preparing the imports of a part takes about as long as a
// few functions.
var partSize = 500 // a variable for tests

// leaveOut builds no SSA form of functions that aren't concerned with responses.
var leaveOut = true // a variable for tests

// A part is a part of the package that is analyzed without the others: its functions don't
// use theirs. It is dropped when it has been judged.
type part struct {
	*checker
	config      typestate.Config // the engine's
	prog        *ssa.Program
	engine      *typestate.Engine
	fns         []*ssa.Function
	impls       map[*types.Func]*ssa.Function        // the methods that calls of interface methods run
	taken       map[*ssa.Function]bool               // functions whose address is taken
	calls       map[*ssa.Function][]*ssa.Function    // callers of a function
	vals        map[*ssa.Function][]*typestate.Value // response values by function
	oneResource map[*ssa.Function]bool               // see namesOneResource
}

// check follows the response values of all functions and judges them.
func (c *checker) check() (found []finding) {
	cfg := typestate.Config{
		Fset:            c.pass.Fset,
		Contracts:       c.index.contracts,
		Response:        c.types.Response,
		Called:          c.types.Called,
		Code:            c.types.Code,
		MemberByJSON:    c.types.MemberByJSON,
		Base:            c.types.Base,
		Entries:         c.types.Entries,
		Entry:           c.types.Entry,
		HasDetailMember: c.types.HasDetailMember,
		Mentions:        c.types.MentionsIn,
		NoReturns:       c.exits,
		Imported:        c.summary,
		ConfiguredKinds: c.index.kind,
		Checked:         c.checked,
		Helper:          c.helps(),
		Strict:          c.cfg.Strict,
		Debug:           c.debugf,
		Panicked:        c.panicked,
	}
	concerns := func(decl ast.Node) bool {
		return !leaveOut || cfg.Concerns(decl, c.pass.TypesInfo)
	}
	for _, source := range partition.Split(c.pass.Pkg, c.pass.Files, c.pass.TypesInfo, partSize, concerns) {
		p := &part{checker: c, config: cfg}
		if p.build(source) {
			found = append(found, p.check()...)
		}
		if c.cfg.afterPart != nil {
			c.cfg.afterPart()
		}
	}
	return found
}

// build builds the part's SSA form. It doesn't use buildssa, which requires
// ctrlflow: because of its facts, every package of the import closure would be
// analyzed. And buildssa would build packages without a response too.
func (p *part) build(source *partition.Part) (ok bool) {
	defer func() {
		if v := recover(); v != nil {
			p.unbuilt(v)
			ok = false
		}
	}()
	prog := ssa.NewProgram(p.pass.Fset, 0)
	p.prog = prog
	prog.SetNoReturn(p.exits.NoReturn)
	for _, imported := range p.pass.Pkg.Imports() {
		prog.CreatePackage(imported, nil, nil, true)
	}
	pkg := prog.CreatePackage(p.pass.Pkg, source.Files, source.Info, false)
	pkg.Build()

	var add func(fn *ssa.Function)
	add = func(fn *ssa.Function) {
		p.fns = append(p.fns, fn)
		for _, f := range fn.AnonFuncs {
			add(f)
		}
	}
	for _, file := range source.Files {
		for _, decl := range file.Decls {
			if decl, ok := decl.(*ast.FuncDecl); ok {
				if obj, ok := p.pass.TypesInfo.Defs[decl.Name].(*types.Func); ok {
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
func (p *part) check() []finding {
	p.config.Implementation, p.config.Function, p.config.RequestsOne = p.implementation, p.prog.FuncValue, p.namesOneResource
	p.config.Functions = func() []*ssa.Function { return p.fns }
	engine := typestate.New(&p.config)
	p.engine = engine
	p.vals = make(map[*ssa.Function][]*typestate.Value)
	for _, fn := range p.fns {
		p.values(engine, fn)
	}
	var found []finding
	for _, fn := range p.fns {
		if len(p.vals[fn]) > 0 {
			found = append(found, p.judge(fn)...)
		}
	}
	return found
}

// judge returns the findings in one function. A panic loses the function, not the run.
func (p *part) judge(fn *ssa.Function) (found []finding) {
	defer func() {
		if v := recover(); v != nil {
			p.panicked(fn, v)
			found = nil
		}
	}()
	f := p.newFunction(fn)
	f.noteSuccessCodes()
	for _, v := range p.vals[fn] {
		found = append(found, f.judge(v)...)
	}
	f.explain()
	return found
}

// values follows the response values of fn, and notes its summary.
func (p *part) values(engine *typestate.Engine, fn *ssa.Function) {
	if vs := engine.Values(fn); len(vs) > 0 {
		p.vals[fn] = vs
	}
	p.noteBaseCodes(fn, engine.Summary(fn))
	if s := engine.Exported(fn); s != nil {
		if obj, ok := fn.Object().(*types.Func); ok && fn.Parent() == nil && obj.Origin() == obj && (!s.IrrelevantToResponses() || obj.Exported() && (p.helps() || len(s.Params) > 0)) {
			p.summaries = append(p.summaries, exported{obj, &summary{*s, obj.Name()}})
		}
	}
}
