package analyzer

import (
	"golang.org/x/tools/go/analysis"

	"github.com/asynccheck/asynccheck/internal/relevance"
)

// SetPartSize divides packages into parts of n functions. It returns a function that undoes that.
func SetPartSize(n int) (undo func()) { return set(&partSize, n) }

// SetLeaveOut says whether functions that are not concerned with responses are left out. It
// returns a function that undoes that.
func SetLeaveOut(on bool) (undo func()) { return set(&leaveOut, on) }

// SetEndEarly says whether the analysis of a package that can't matter ends early. It returns a function that undoes that.
func SetEndEarly(on bool) (undo func()) { return set(&endEarly, on) }

// Reasons returns the reasons why a package matters, by its syntax and types.
func Reasons(pass *analysis.Pass, cfg *Config) (reasons relevance.Set) {
	c := &checker{pass: pass, cfg: cfg, index: cfg.index()}
	c.scan()
	t := c.tier()
	for r := range relevance.Reasons {
		if relevance.Table[r].Seen(t) {
			reasons |= relevance.Of(r)
		}
	}
	return reasons
}

func set[T any](variable *T, to T) (undo func()) {
	old := *variable
	*variable = to
	return func() { *variable = old }
}

// Shortened returns the name of an expression in a message that would be too long.
var Shortened = shortened
