package typestate

import (
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// Only these comments of go/ssa tell some forms apart. They are no part of its API, and whoever links the analyzer
// chooses the version. So a test builds each form, and fails if a comment has another text. Without the comment, the
// engine takes the form for code of the source, and says less.
const (
	yieldForm  = "range-over-func yield" // Function.Synthetic: the body of a range over a function
	boundForm  = "bound method wrapper"  // Function.Synthetic begins so: a method value
	jumpForm   = "jump$"                 // Alloc.Comment begins so: how an iteration of a range over a function ended
	varargForm = "varargs"               // Alloc.Comment: the list of variadic arguments
	countForm  = "rangeint.iter"         // Phi.Comment: the counter of a range over a number
)

var (
	countingForms  = []string{"rangeindex.loop", "for.loop"}            // BasicBlock.Comment: the head of a loop that counts
	conditionForms = []string{"switch.next", "cond.true", "cond.false"} // BasicBlock.Comment: one more condition of a switch, of && or ||
)

func isYield(fn *ssa.Function) bool { return fn.Synthetic == yieldForm }

func isBound(fn *ssa.Function) bool { return strings.HasPrefix(fn.Synthetic, boundForm) }

// isJump reports whether the variable says how an iteration ended.
func isJump(v ssa.Value) bool {
	a, ok := v.(*ssa.Alloc)
	return ok && strings.HasPrefix(a.Comment, jumpForm)
}

// isArguments reports whether the variable is the list of variadic arguments.
func isArguments(a *ssa.Alloc) bool { return a.Comment == varargForm }

// isCounter reports whether the phi is the counter of a range over a number.
func isCounter(phi *ssa.Phi) bool { return phi.Comment == countForm }

// loopsOver reports whether the block is the head of a loop that counts.
func loopsOver(b *ssa.BasicBlock) bool { return slices.Contains(countingForms, b.Comment) }

// isCondition reports whether the block evaluates one more condition.
func isCondition(b *ssa.BasicBlock) bool { return slices.Contains(conditionForms, b.Comment) }
