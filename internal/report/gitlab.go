package report

import (
	"io"

	"github.com/asynccheck/asynccheck/internal/checkout"
)

// gitlab prints a Code Quality report, with the members that GitLab reads: no more of what Code Climate specifies. GitLab
// takes two findings with one fingerprint for one, and a fingerprint that the target branch has for an old finding. Ours
// stay the same where lines shift.
func gitlab(w io.Writer, r *Report) error {
	type lines struct {
		Begin int `json:"begin"`
	}
	type location struct {
		Path  string `json:"path"`
		Lines lines  `json:"lines"`
	}
	type issue struct {
		Description string   `json:"description"`
		CheckName   string   `json:"check_name"`
		Fingerprint string   `json:"fingerprint"`
		Severity    string   `json:"severity"`
		Location    location `json:"location"`
	}
	root := checkout.Root(r.Dir)
	return jsonArray(w, "", r.Unsuppressed(), func(f Finding) any {
		return issue{f.messageByContract(), f.Rule, f.Fingerprint, "major", location{relSlash(root, f.Pos.File), lines{f.Pos.Line}}}
	})
}
