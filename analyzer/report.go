package analyzer

import (
	"cmp"
	"go/ast"
	"go/token"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/asynccheck/asynccheck/internal/suppress"
)

// report reports the findings that are wanted and that no comment silences, in
// the order of their positions.
func (c *checker) report(found []finding) {
	comments := suppress.Scan(c.pass.Fset, c.pass.Files, suppress.Names{Rules: ruleNames(), IsContract: c.isContract}, c.cfg.Nolint)
	found, suppressed := split(c.wanted(found), comments)
	if c.cfg.Silenced != nil {
		for _, s := range suppressed {
			c.cfg.Silenced(c.pass.Pkg, s.diagnostic(), s.comment.Reason)
		}
	}
	selected := c.rules
	if c.skipped {
		selected = nil // a comment may silence something that was skipped
	}
	var wrong []finding
	for _, p := range comments.Problems(selected) {
		wrong = append(wrong, finding{rule: "directive", pos: p.Pos, end: p.End, message: p.Message})
	}
	found = append(found, c.wanted(wrong)...)
	slices.SortStableFunc(found, byPosition)
	for _, f := range found {
		if c.cfg.SayRule {
			f.message += " (" + Label(f.rule, f.contract) + ")"
		}
		c.pass.Report(f.diagnostic())
	}
}

func (f *finding) diagnostic() analysis.Diagnostic {
	url := URL(f.rule)
	if f.contract != "" {
		url += "#" + f.contract
	}
	return analysis.Diagnostic{
		Pos:            f.pos,
		End:            f.end,
		Category:       f.rule,
		URL:            url,
		Message:        f.message,
		Related:        f.related,
		SuggestedFixes: f.fixes,
	}
}

// A silenced is a finding that a comment silences.
type silenced struct {
	finding
	comment *suppress.Comment
}

// split separates the findings that are reported from those that comments silence.
func split(found []finding, comments *suppress.Comments) (reported []finding, suppressed []silenced) {
	reported = found[:0]
	for _, f := range found {
		if by := comments.Silences(f.rule, f.pos); by != nil {
			suppressed = append(suppressed, silenced{f, by})
		} else {
			reported = append(reported, f)
		}
	}
	return reported, suppressed
}

func byPosition(a, b finding) int {
	return cmp.Or(cmp.Compare(a.pos, b.pos), cmp.Compare(a.rule, b.rule))
}

// wanted returns the findings of selected rules, each once, without those in generated files
// unless the configuration wants these.
func (c *checker) wanted(found []finding) []finding {
	generated := make(map[*token.File]bool)
	if !c.cfg.Generated {
		for _, f := range c.pass.Files {
			if isGenerated(c.pass.Fset, f) {
				generated[c.pass.Fset.File(f.FileStart)] = true
			}
		}
	}
	slices.SortStableFunc(found, byPosition)
	wanted := found[:0]
	for _, f := range found {
		if !c.rules[f.rule] || len(generated) > 0 && generated[c.pass.Fset.File(f.pos)] {
			continue
		}
		if n := len(wanted); n > 0 && f.rule != "directive" && wanted[n-1].pos == f.pos && wanted[n-1].rule == f.rule {
			continue // findings about directives all differ
		}
		wanted = append(wanted, f)
	}
	clear(found[len(wanted):])
	return wanted
}

// isGenerated reports whether a program wrote the file. A file that cgo made counts as
// the file that it was made from.
func isGenerated(fset *token.FileSet, f *ast.File) bool {
	name := fset.File(f.FileStart).Name()
	if fset.Position(f.Package).Filename == name {
		return ast.IsGenerated(f)
	}
	g := *f // cgo's own mark stands before its //line directive
	g.Comments = slices.DeleteFunc(slices.Clone(f.Comments), func(c *ast.CommentGroup) bool {
		return fset.Position(c.Pos()).Filename == name
	})
	return ast.IsGenerated(&g)
}
