// Package report defines findings outside of the analyzer, and prints them for people and for programs.
package report

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/asynccheck/asynccheck/analyzer"
)

// A Finding is a diagnostic whose positions are resolved. It is also the
// schema of the JSON output.
type Finding struct {
	Rule     string    `json:"rule"`
	Contract string    `json:"contract,omitempty"` // its ID; a finding about a directive has none
	Message  string    `json:"message"`
	Package  string    `json:"package"`            // its path
	Function string    `json:"function,omitempty"` // or another declaration that it stands in
	Pos      Position  `json:"position"`
	End      Position  `json:"end"`
	Related  []Related `json:"related,omitempty"` // in the order of the path
	URL      string    `json:"url"`
	Fixes    []Fix     `json:"fixes,omitempty"`

	// Fingerprint identifies the finding, on whatever line it stands; see [AddFingerprints].
	Fingerprint string `json:"fingerprint"`

	// Suppressed, if not nil, says why nobody has to act on the finding.
	Suppressed *Suppression `json:"suppressed,omitempty"`
}

// A Suppression says who suppressed a finding, and why.
type Suppression struct {
	Kind          string `json:"kind"` // InSource or External
	Justification string `json:"justification,omitempty"`
}

// Kinds of suppressions, as SARIF has them.
const (
	InSource = "inSource" // by a comment
	External = "external" // by a baseline, or since it was there before
)

// A Position is a place in a file. Line and Column count from 1, Column in
// bytes. Column is 0 if it is unknown, as after some //line directives.
type Position struct {
	File   string `json:"file"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
}

// Related is a secondary position that explains a finding.
type Related struct {
	Message string   `json:"message"`
	Pos     Position `json:"position"`
	End     Position `json:"end"`
}

// A Fix is a change that resolves a finding. It must be made as a whole or not at all.
type Fix struct {
	Message string `json:"message"`
	Edits   []Edit `json:"edits"`
}

// An Edit replaces the bytes from offset Start up to End of a file.
type Edit struct {
	File  string `json:"file"`
	Start int    `json:"start"`
	End   int    `json:"end"`
	New   string `json:"new"`
}

func (p Position) String() string {
	if p.Column == 0 {
		return fmt.Sprintf("%s:%d", p.File, p.Line)
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
}

func (p Position) compare(q Position) int {
	return cmp.Or(
		cmp.Compare(p.File, q.File),
		cmp.Compare(p.Line, q.Line),
		cmp.Compare(p.Column, q.Column),
	)
}

// path returns the steps that lead to the finding. The finding itself comes first if none of the related positions is
// on its line, as for a call whose callee is to blame.
func (f Finding) path() []Related {
	if len(f.Related) == 0 {
		return nil
	}
	for _, r := range f.Related {
		if r.Pos.File == f.Pos.File && r.Pos.Line <= f.Pos.Line && f.Pos.Line <= max(r.Pos.Line, r.End.Line) {
			return f.Related
		}
	}
	return append([]Related{{Message: "reported here", Pos: f.Pos, End: f.End}}, f.Related...)
}

// Sort orders findings by position and rule, and drops repetitions, which arise if a file belongs to several packages.
// Packages are analyzed at the same time, so findings come in any order. Of two equal findings the unsuppressed one
// stays, then the one whose package comes first.
func Sort(findings []Finding) []Finding {
	compare := func(a, b Finding) int {
		return cmp.Or(
			a.Pos.compare(b.Pos),
			cmp.Compare(a.Rule, b.Rule),
			cmp.Compare(a.Message, b.Message),
		)
	}
	slices.SortStableFunc(findings, func(a, b Finding) int {
		return cmp.Or(
			compare(a, b),
			cmp.Compare(a.kindSuppressed(), b.kindSuppressed()),
			cmp.Compare(a.Package, b.Package),
		)
	})
	return slices.CompactFunc(findings, func(a, b Finding) bool { return compare(a, b) == 0 })
}

// label names the finding where people read it.
func (f Finding) label() string { return analyzer.Label(f.Rule, f.Contract) }

// messageByContract returns the message, with what the label adds to the rule: it is for formats in which the rule stands
// by itself.
func (f Finding) messageByContract() string {
	if f.label() == f.Rule {
		return f.Message
	}
	return f.Message + " (" + f.Contract + ")"
}

// kindSuppressed returns who suppressed the finding, "" if nobody did.
func (f Finding) kindSuppressed() string {
	if f.Suppressed == nil {
		return ""
	}
	return f.Suppressed.Kind
}
