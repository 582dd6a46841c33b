package typestate

import (
	"go/types"

	"github.com/asynccheck/asynccheck/internal/contract"
)

// What the engine asks of the package again and again. The answers are kept by what
// there are few of: declared types, and functions that are called.
type answers struct {
	members  map[*types.Named]members
	reputes  map[*types.Func]repute
	imported map[*types.Func]*Summary
}

func newAnswers() answers {
	return answers{
		members:  make(map[*types.Named]members),
		reputes:  make(map[*types.Func]repute),
		imported: make(map[*types.Func]*Summary),
	}
}

// members are what a type has in common with responses.
type members struct {
	code     *contract.Member
	detailed bool
}

// members looks at t, or what it points to. Each variable has a pointer type of its own.
func (e *Engine) members(t types.Type) members {
	elem := t
	if p, ok := t.Underlying().(*types.Pointer); ok {
		elem = p.Elem()
	}
	named, ok := types.Unalias(elem).(*types.Named)
	if !ok || isPointer(named) {
		return e.findMembers(t)
	}
	m, ok := e.asked.members[named]
	if !ok {
		m = e.findMembers(named)
		e.asked.members[named] = m
	}
	return m
}

func (e *Engine) findMembers(t types.Type) members {
	m := members{code: e.cfg.Code(t)}
	m.detailed = m.code != nil && e.cfg.Detailed(t)
	return m
}

// response describes the response type of t or of what it points to, nil if it is none.
func (e *Engine) response(t types.Type) *contract.Response {
	for {
		p, ok := types.Unalias(t).(*types.Pointer)
		if !ok {
			return e.cfg.Response(t)
		}
		t = p.Elem()
	}
}

// importedSummary gives what is known of a function of another package.
func (e *Engine) importedSummary(f *types.Func) *Summary {
	if e.cfg.Imported == nil {
		return nil
	}
	f = f.Origin()
	sum, ok := e.asked.imported[f]
	if !ok {
		sum = e.cfg.Imported(f)
		e.asked.imported[f] = sum
	}
	return sum
}

// A repute is what is known of a function by its name: here, and by the configuration,
// which has the last word.
type repute struct{ here, last effect }

func (e *Engine) repute(f *types.Func) repute {
	k, ok := e.asked.reputes[f]
	if !ok {
		k.here = knownFunc(f)
		if k.last = k.here; f != nil && e.cfg.Printer != nil && e.cfg.Printer(f) {
			k.last = prints
		}
		e.asked.reputes[f] = k
	}
	return k
}

// known says what is known of a function by its name, here or by the configuration.
func (e *Engine) known(f *types.Func) effect { return e.repute(f).last }
