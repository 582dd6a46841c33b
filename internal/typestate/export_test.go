package typestate

import "golang.org/x/tools/go/ssa"

// OfCode gives what the function does to a code in its i'th parameter.
func (e *Engine) OfCode(fn *ssa.Function, i int) *Summary { return e.bodyOf(subject{fn, i}).sum }

// Forms are the comments of go/ssa that the engine knows forms by.
var Forms = append(append([]string{yieldForm, boundForm, jumpForm, varargForm, countForm}, countingForms...), conditionForms...)
