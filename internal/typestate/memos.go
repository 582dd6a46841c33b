package typestate

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// The memos keep what the engine asks about callees. There are few callees, and it asks about each again and again.
type memos struct {
	libraryFacts       map[*types.Func]libraryFacts
	imported           map[*types.Func]*Summary
	nils               memo[resultOf, bool]              // see returnsNil
	builds             memo[*ssa.Function, bool]         // see Engine.builds
	wraps              memo[*ssa.Function, int]          // see Engine.wraps
	destinations       memo[*ssa.Parameter, destination] // see destinationOfParam
	lengths            memo[*ssa.Parameter, bool]        // see asksForLength
	writesCallerMemory memo[*ssa.Function, bool]         // see Engine.writesCallerMemory

	predicates    map[*ssa.Function]*predicate   // see predicateOf
	writtenPlaces map[*ssa.Function]map[any]bool // see Engine.writtenPlaces
}

func newMemos() memos {
	return memos{
		libraryFacts:       make(map[*types.Func]libraryFacts),
		imported:           make(map[*types.Func]*Summary),
		nils:               newMemo[resultOf, bool](),
		builds:             newMemo[*ssa.Function, bool](),
		wraps:              newMemo[*ssa.Function, int](),
		destinations:       newMemo[*ssa.Parameter, destination](),
		lengths:            newMemo[*ssa.Parameter, bool](),
		writesCallerMemory: newMemo[*ssa.Function, bool](),

		predicates:    make(map[*ssa.Function]*predicate),
		writtenPlaces: make(map[*ssa.Function]map[any]bool),
	}
}

// forgetGuesses forgets the answers that may depend on a summary, as long as summaries are guesses.
func (a *memos) forgetGuesses() {
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
	sum, ok := e.memos.imported[f]
	if !ok {
		sum = e.cfg.Imported(f)
		e.memos.imported[f] = sum
	}
	return sum
}
