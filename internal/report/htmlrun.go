package report

import "strings"

// A pageRun is how a run took place, in the page.
type pageRun struct{ *Run }

// Day returns the date for people.
func (r *pageRun) Day() string { return r.Date.UTC().Format("2006-01-02 15:04 UTC") }

// ISO returns the date for programs.
func (r *pageRun) ISO() string { return r.Date.UTC().Format("2006-01-02T15:04:05Z") }

// Commit returns the commit's hash, "" if there is none.
func (r *pageRun) Commit() string {
	if r.Checkout == nil {
		return ""
	}
	return r.Checkout.Commit
}

// Short returns the beginning of the commit's hash.
func (r *pageRun) Short() string { return r.Commit()[:min(len(r.Commit()), 10)] }

// Changed reports whether there were changes that were not committed.
func (r *pageRun) Changed() bool { return r.Checkout != nil && r.Checkout.Changed() }

// Paths returns the paths of the analyzed packages, each in segments after which a line may break.
func (r *pageRun) Paths() [][]string { return segmented(r.Packages, "/") }

// Reached returns the IDs of the contracts in reach, in the same way.
func (r *pageRun) Reached() [][]string { return segmented(r.InReach, ".") }

func segmented(names []string, separator string) (out [][]string) {
	for _, name := range names {
		out = append(out, strings.SplitAfter(name, separator))
	}
	return out
}
