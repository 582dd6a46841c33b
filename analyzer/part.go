package analyzer

import (
	"go/ast"
	"go/types"
	"runtime/debug"

	"golang.org/x/tools/go/ssa"

	"github.com/asynccheck/asynccheck/internal/contract"
	"github.com/asynccheck/asynccheck/internal/parts"
	"github.com/asynccheck/asynccheck/internal/typestate"
)

// partSize is the number of functions and variables whose SSA form is in memory at a
// time, unless more belong together. To make known to a part what the package imports takes
// about as long as a handful of functions.
var partSize = 500 // a variable for tests

// leaveOut tells whether no SSA form is built of what isn't concerned with responses.
var leaveOut = true // likewise

// A part is what is known of a part of the package, whose functions have nothing to do with
// the others. It is dropped once it has been judged.
type part struct {
	*checker
	config typestate.Config // the engine's
	prog   *ssa.Program
	fns    []*ssa.Function
	impls  map[*types.Func]*ssa.Function        // what calls of interface methods run
	taken  map[*ssa.Function]bool               // functions whose address is taken
	calls  map[*ssa.Function][]*ssa.Function    // callers of a function
	vals   map[*ssa.Function][]*typestate.Value // response values by function
	oneKey map[ast.Node]bool                    // see namesOne
}

// check follows the response values of all functions and judges them.
func (c *checker) check() (found []finding) {
	cfg := typestate.Config{
		Fset:     c.pass.Fset,
		Contract: contract.CloudAPI2,
		Response: c.types.Response,
		Code:     c.types.Code,
		Entries:  c.types.Entries,
		Entry:    c.types.Entry,
		Detailed: c.types.Detailed,
		Mentions: c.types.MentionsIn,
		Exits:    c.exits,
		Imported: c.summary,
		Printer:  c.names.printer,
		Checked:  c.checked,
		Strict:   c.cfg.Strict,
		Debug:    c.debugf,
	}
	concerns := func(decl ast.Node) bool {
		return !leaveOut || cfg.Concerns(decl, c.pass.TypesInfo)
	}
	for _, source := range parts.Split(c.pass.Pkg, c.pass.Files, c.pass.TypesInfo, partSize, concerns) {
		p := &part{checker: c, config: cfg}
		if p.build(source) {
			found = append(found, p.check()...)
		}
	}
	return found
}

// build builds the part's SSA form. That is not left to buildssa: it
// requires ctrlflow, whose facts would make every package of the import
// closure be analysed, and it would build packages without a response too.
func (p *part) build(source *parts.Part) (ok bool) {
	defer func() {
		if v := recover(); v != nil {
			p.debugf("%s: no SSA form, skipped: %v\n%s", p.pass.Pkg.Path(), v, debug.Stack())
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
	p.config.Implementation, p.config.Function, p.config.NamesOne = p.implementation, p.prog.FuncValue, p.namesOne
	engine := typestate.New(&p.config)
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

// judge gives the findings of one function. A panic loses the function, not the run.
func (p *part) judge(fn *ssa.Function) (found []finding) {
	defer func() {
		if v := recover(); v != nil {
			p.debugf("%s: %s: skipped after a panic: %v\n%s", p.pass.Fset.Position(fn.Pos()), fn, v, debug.Stack())
			found = nil
		}
	}()
	f := p.newFunction(fn)
	for _, v := range p.vals[fn] {
		found = append(found, f.judge(v)...)
	}
	return found
}

// values follows the response values of fn, and exports what it does to those
// of others.
func (p *part) values(engine *typestate.Engine, fn *ssa.Function) {
	if vs := engine.Values(fn); len(vs) > 0 {
		p.vals[fn] = vs
	}
	if s := engine.Summary(fn).Export(); s != nil {
		if obj, ok := fn.Object().(*types.Func); ok && fn.Parent() == nil && obj.Origin() == obj {
			p.pass.ExportObjectFact(obj, &summary{*s, obj.Name()})
		}
	}
}

// implementation returns the method that a call of an interface method runs,
// if a single type of the package has it.
func (p *part) implementation(m *types.Func) *ssa.Function {
	fn, ok := p.impls[m]
	if !ok {
		fn = p.findImplementation(m)
		if p.impls == nil {
			p.impls = make(map[*types.Func]*ssa.Function)
		}
		p.impls[m] = fn
	}
	return fn
}

func (p *part) findImplementation(m *types.Func) *ssa.Function {
	if m.Pkg() != p.pass.Pkg {
		return nil
	}
	iface, ok := m.Signature().Recv().Type().Underlying().(*types.Interface)
	if !ok {
		return nil
	}
	var found *ssa.Function
	for _, obj := range p.pass.TypesInfo.Defs {
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
		fn := p.prog.FuncValue(f)
		if fn == nil || found != nil && found != fn {
			return nil
		}
		found = fn
	}
	return found
}
