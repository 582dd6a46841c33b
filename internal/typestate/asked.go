package typestate

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// What the engine asks again and again of functions that are called, of which there are few.
type answers struct {
	reputes  map[*types.Func]repute
	imported map[*types.Func]*Summary
	nils     memo[resultOf, bool]       // see returnsNil
	builds   memo[*ssa.Function, bool]  // see Engine.builds
	wraps    memo[*ssa.Function, int]   // see Engine.wraps
	fates    memo[*ssa.Parameter, fate] // see fateOfParam
	notes    memo[*ssa.Function, bool]  // see notesElsewhere

	predicates map[*ssa.Function]*predicate   // see predicateOf
	noted      map[*ssa.Function]map[any]bool // see noted
}

func newAnswers() answers {
	return answers{
		reputes:  make(map[*types.Func]repute),
		imported: make(map[*types.Func]*Summary),
		nils:     newMemo[resultOf, bool](),
		builds:   newMemo[*ssa.Function, bool](),
		wraps:    newMemo[*ssa.Function, int](),
		fates:    newMemo[*ssa.Parameter, fate](),
		notes:    newMemo[*ssa.Function, bool](),

		predicates: make(map[*ssa.Function]*predicate),
		noted:      make(map[*ssa.Function]map[any]bool),
	}
}

// forgetGuesses forgets the answers that may come from a summary, while summaries are guesses.
func (a *answers) forgetGuesses() {
	a.nils.forget()
	a.builds.forget()
	a.wraps.forget()
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
