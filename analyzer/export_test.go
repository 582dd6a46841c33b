package analyzer

import (
	"golang.org/x/tools/go/analysis"

	"github.com/asynccheck/asynccheck/internal/relevance"
)

// SetPartSize has packages divided into parts of n functions, and returns how to undo it.
func SetPartSize(n int) (undo func()) { return set(&partSize, n) }

// SetLeaveOut says whether functions are left out that are not concerned with responses, and
// returns how to undo it.
func SetLeaveOut(on bool) (undo func()) { return set(&leaveOut, on) }

// SetEndEarly says whether the analysis ends where nothing matters, and returns how to undo it.
func SetEndEarly(on bool) (undo func()) { return set(&endEarly, on) }

// Reasons returns those for which a package matters, by its syntax and types.
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

// Shortened names an expression in a message that would be too long.
var Shortened = shortened
