package typestate

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// What the engine asks again and again of functions that are called, of which there are few.
type answers struct {
	reputes  map[*types.Func]repute
	imported map[*types.Func]*Summary
	nils     map[resultOf]bool       // see returnsNil
	builds   map[*ssa.Function]bool  // see Engine.builds
	wraps    map[*ssa.Function]int   // see Engine.wraps
	fates    map[*ssa.Parameter]fate // see fateOfParam

	predicates map[*ssa.Function]*predicate   // see predicateOf
	noted      map[*ssa.Function]map[any]bool // see noted
	notes      map[*ssa.Function]bool         // see notesElsewhere
}

func newAnswers() answers {
	return answers{
		reputes:  make(map[*types.Func]repute),
		imported: make(map[*types.Func]*Summary),
		nils:     make(map[resultOf]bool),
		builds:   make(map[*ssa.Function]bool),
		wraps:    make(map[*ssa.Function]int),
		fates:    make(map[*ssa.Parameter]fate),

		predicates: make(map[*ssa.Function]*predicate),
		noted:      make(map[*ssa.Function]map[any]bool),
		notes:      make(map[*ssa.Function]bool),
	}
}

// once gives what has been found out of the key, and finds it out if nothing has. If that asks for the same key,
// because a function calls itself, the answer is meanwhile.
func once[K comparable, V any](found map[K]V, key K, meanwhile V, find func() V) V {
	v, ok := found[key]
	if !ok {
		found[key] = meanwhile
		v = find()
		found[key] = v
	}
	return v
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
