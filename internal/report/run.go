package report

import (
	"time"

	"github.com/asynccheck/asynccheck/internal/checkout"
)

// A Run says how a report came about.
type Run struct {
	Date     time.Time
	Command  string             // line, as a shell reads it
	Checkout *checkout.Checkout // nil if the source is not in one
	Link     Link               // to positions
	Packages []string           // paths of those that were analyzed, or skipped
	Rules    []string           // names of those that were on

	Contracts int      // number of those that were on
	InReach   []string // IDs of those whose responses the packages may see
}
