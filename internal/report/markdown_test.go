package report

import (
	"strings"
	"testing"
)

func TestMarkdown(t *testing.T) {
	r, _ := repo(t)
	r.Packages = Counts{Analyzed: 3, Failed: 1}
	r.Errors = append(r.Errors, "# example/p\np.go:1:2: undefined: x")
	r.Findings[0].URL = "https://example.com/rule.md"
	r.Findings[0].Contract = "acme.push"
	want := `### asynccheck: 1 finding in 1 package (1 rule), 1 with a fix (-fix), 1 known; 3 packages analyzed, 1 not analyzed because of errors

Not all was analyzed:

- no such package
- \# example/p p.go:1:2: undefined: x

| where | finding | rule |
|---|---|---|
| sub dir/a,b.go:3:23 | 100% r.Code: more, \& \<more\> | [result-unchecked, acme.push](https://example.com/rule.md) |
`
	if got := printed(t, "markdown", r); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	// No message ends its cell, or is read as anything but text.
	r.Findings[0].Message = "len(*a[_i]) | `b` is $1 ~ <br> \\"
	if got, want := printed(t, "markdown", r), "| len(\\*a\\[\\_i\\]) \\| \\`b\\` is \\$1 \\~ \\<br\\> \\\\ | ["; !strings.Contains(got, want) {
		t.Errorf("got\n%s\nwant %s", got, want)
	}
	r.Findings, r.Errors, r.Packages = nil, nil, Counts{Analyzed: 1, Skipped: 2}
	if got, want := printed(t, "markdown", r), "### asynccheck: no findings; 1 package analyzed, 2 skipped\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
