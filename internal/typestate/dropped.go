package typestate

import (
	"golang.org/x/tools/go/ssa"
)

// dropsResult reports whether nobody gets the i'th result of the function, a literal: it is only given to functions of
// the package that call it and throw this result away. So what the literal returns there is not handed on.
//
//	func Try[T any](f func() (T, error)) error { _, err := f(); return err }
//
//	return Try(func() (*sqs.SendMessageBatchOutput, error) { return client.SendMessageBatch(ctx, in) })
func dropsResult(fn *ssa.Function, i int) bool {
	if fn.Parent() == nil {
		return false
	}
	given := false
	for _, ref := range referrers(fn) {
		uses := []ssa.Instruction{ref}
		lit := ssa.Value(fn)
		if c, ok := ref.(*ssa.MakeClosure); ok {
			lit, uses = c, referrers(c)
		}
		for _, use := range uses {
			call, ok := use.(*ssa.Call)
			if !ok || call.Call.StaticCallee() == nil || call.Call.Value == lit {
				return false
			}
			for k, a := range call.Call.Args {
				if a == lit && !throwsAway(call.Call.StaticCallee(), k, i) {
					return false
				}
			}
			given = true
		}
	}
	return given
}

// throwsAway reports whether the function only calls its parameter, and uses the i'th result of no call.
func throwsAway(fn *ssa.Function, param, i int) bool {
	if fn.Origin() != nil {
		fn = fn.Origin()
	}
	if param >= len(fn.Params) || len(fn.Blocks) == 0 {
		return false
	}
	p := fn.Params[param]
	for _, ref := range referrers(p) {
		call, ok := ref.(*ssa.Call)
		if !ok || call.Call.Value != ssa.Value(p) || used(resultAt(call, i)) {
			return false
		}
	}
	return len(referrers(p)) > 0
}
