package report

import "fmt"

// Counts says what became of the packages that were asked for. A package and its tests are one.
type Counts struct {
	Analyzed int
	Skipped  int // nothing in them can matter
	Failed   int // they, or some of their functions, were not analyzed
}

// String is for people: "2 packages analyzed, 1 skipped".
func (c Counts) String() string {
	return Counted(c.Analyzed, "package") + " analyzed" +
		others(c.Skipped, "skipped") + others(c.Failed, "not analyzed because of errors")
}

// Summary says in one line what was found and what was analyzed.
func (r *Report) Summary() string {
	line, open, fixable := "no findings", r.Unsuppressed(), 0
	packages, rules := make(map[string]bool), make(map[string]bool)
	for _, f := range open {
		packages[f.Package], rules[f.Rule] = true, true
		if len(f.Fixes) > 0 {
			fixable++
		}
	}
	if len(open) > 0 {
		line = fmt.Sprintf("%s in %s (%s)", Counted(len(open), "finding"), Counted(len(packages), "package"), Counted(len(rules), "rule"))
	}
	line += others(fixable, "with a fix (-fix)") + others(r.Suppressed(External), "known") + others(r.Suppressed(InSource), "silenced")
	return line + "; " + r.Packages.String()
}

// others goes on with a number of others, if there are some.
func others(n int, what string) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(", %d %s", n, what)
}

// Counted counts things: "1 finding", "2 findings".
func Counted(n int, thing string) string {
	if n != 1 {
		thing += "s"
	}
	return fmt.Sprintf("%d %s", n, thing)
}
