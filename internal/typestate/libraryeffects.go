package typestate

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/asynccheck/asynccheck/internal/library"
	"github.com/asynccheck/asynccheck/internal/library/byname"
)

// nothing is the effect of a function whose name tells nothing.
const nothing library.Kind = 0

// The libraryFacts are what is known of a function by its name.
type libraryFacts struct {
	byTable, effective library.Kind // its effect: by the table, and with the configuration, which has the last word
	kinds              library.Kind // what else it is
	packageKinds       library.Kind // the kinds that all functions of its package have
	filled             int          // the argument that a decoder fills
	copied             int          // the argument that bytes are moved to or from
}

func (e *Engine) libraryFacts(f *types.Func) libraryFacts {
	k, ok := e.memos.libraryFacts[f]
	if !ok {
		k = e.cfg.libraryFactsOf(f)
		e.memos.libraryFacts[f] = k
	}
	return k
}

func (c *Config) libraryFactsOf(f *types.Func) (k libraryFacts) {
	if row := byname.Find(library.Effects, f); row != nil {
		k.byTable, k.filled = row.Kinds, row.Arg
	}
	if row := byname.Find(library.CopiesTo|library.CopiesFrom, f); row != nil {
		k.copied = row.Arg
	}
	k.effective, k.kinds, k.packageKinds = k.byTable, byname.Kinds(f), byname.Package(f)
	switch said := c.configuredKinds(f); {
	case said&library.Prints != 0:
		k.effective = library.Prints
	case said&library.Decodes != 0:
		k.effective, k.filled = library.Decodes, byname.LastArg(f)
	}
	return k
}

// effect says what is known of a function by its name in the table or in the configuration.
func (e *Engine) effect(f *types.Func) library.Kind { return e.libraryFacts(f).effective }

// is reports whether the function has one of the kinds. They aren't effects.
func (e *Engine) is(kinds library.Kind, f *types.Func) bool {
	return e.libraryFacts(f).kinds&kinds != 0
}

// packageKinds gives the kinds that all functions of f's package have.
func (e *Engine) packageKinds(f *types.Func) library.Kind { return e.libraryFacts(f).packageKinds }

// configuredKinds says what the configuration says of a function.
func (c *Config) configuredKinds(f *types.Func) library.Kind {
	if f == nil || c.ConfiguredKinds == nil {
		return nothing
	}
	return c.ConfiguredKinds(f)
}

// checks reports whether the call checks the code of the response that it gives.
func (cfg *Config) checks(c *ssa.CallCommon) bool {
	f := calleeOf(c)
	return f != nil && cfg.Checked != nil && cfg.Checked(f)
}

// printerWrapper reports whether f has the name and signature of a logging
// function or method, as wrappers of printers have.
func (e *Engine) printerWrapper(f *types.Func) bool {
	sig := f.Signature()
	return sig.Results().Len() == 0 && variadicAny(sig) && e.is(library.Logs, f)
}

func variadicAny(sig *types.Signature) bool {
	if !sig.Variadic() {
		return false
	}
	last, ok := sig.Params().At(sig.Params().Len() - 1).Type().(*types.Slice)
	if !ok {
		return false
	}
	i, ok := last.Elem().Underlying().(*types.Interface)
	return ok && i.Empty()
}

// calleeOf returns the function or interface method that is called, nil for
// a function value.
func calleeOf(c *ssa.CallCommon) *types.Func {
	if c.IsInvoke() {
		return c.Method
	}
	if fn := c.StaticCallee(); fn != nil {
		if fn.Origin() != nil {
			fn = fn.Origin()
		}
		f, _ := fn.Object().(*types.Func)
		return f
	}
	return nil
}

// decoderArgs gives the operands of a call of a known decoder, or of a function that does nothing but
// decode: the bytes or the reader they come from, and the pointer that is decoded into.
func (e *Engine) decoderArgs(c *ssa.CallCommon) (data, target ssa.Value, ok bool) {
	callee := calleeOf(c)
	k := e.libraryFacts(callee)
	if k.effective != library.Decodes {
		p, _ := e.plainly(c).decoder()
		if p == nil {
			return nil, nil, false
		}
		data, target = argument(c, p.From-1), argument(c, p.Index)
		return data, target, data != nil && target != nil
	}
	args, i := operands(c), k.filled
	if callee.Signature().Recv() != nil {
		i++
	}
	if i < 1 || i >= len(args) {
		return nil, nil, false
	}
	return args[i-1], args[i], true // if the target is the first argument, the receiver is the reader
}

// firstArg gives the index that the first of c.Args has among the parameters of
// a summary, where a receiver counts as one.
func firstArg(c *ssa.CallCommon) int {
	if c.IsInvoke() {
		return 1
	}
	return 0
}

// operands gives all that the callee gets: the receiver of an interface's method, and the arguments. [firstArg] counts
// them in the same way.
func operands(c *ssa.CallCommon) []ssa.Value {
	if c.IsInvoke() {
		return append([]ssa.Value{c.Value}, c.Args...)
	}
	return c.Args
}

// operandOf gives the first operand of what computes v: what is loaded, converted, sliced, indexed, or selected from.
func operandOf(v ssa.Value) ssa.Value { return *v.(ssa.Instruction).Operands(nil)[0] }

func stripInterface(v ssa.Value) ssa.Value {
	for {
		switch x := v.(type) {
		case *ssa.MakeInterface:
			v = x.X
		case *ssa.ChangeInterface:
			v = x.X
		case *ssa.ChangeType:
			v = x.X
		case *ssa.TypeAssert: // of what was put into the interface here
			if x.CommaOk || dynamicTypeOf(x.X) == nil {
				return v
			}
			v = x.X
		default:
			return v
		}
	}
}

// writesOut reports whether the call writes to stdout or stderr.
func (e *Engine) writesOut(c *ssa.CallCommon) bool {
	return len(c.Args) > 0 && isStdStream(c.Args[0]) && e.is(library.WritesTo, calleeOf(c))
}

// printsForOthers reports whether the call prints, and not to stdout or stderr: such as to the client that is served.
func (e *Engine) printsForOthers(c *ssa.CallCommon) bool {
	callee := calleeOf(c)
	return e.effect(callee) == library.Prints && strings.HasPrefix(callee.Name(), "Fprint") && !isStdStream(operands(c)[0])
}

func isStdStream(v ssa.Value) bool {
	load, ok := stripInterface(v).(*ssa.UnOp)
	if !ok {
		return false
	}
	g, ok := load.X.(*ssa.Global)
	return ok && g.Pkg != nil && library.IsShown(g.Pkg.Pkg.Path(), g.Name())
}

// printsTo reports whether the encoder v writes to stdout or stderr.
func printsTo(v ssa.Value) bool {
	call, ok := v.(*ssa.Call)
	return ok && len(call.Call.Args) > 0 && isStdStream(call.Call.Args[0])
}
