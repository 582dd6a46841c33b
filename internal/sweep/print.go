package sweep

import (
	"fmt"
	"io"
)

// Print prints the findings and what is wrong, for people to read.
func (r *Result) Print(w io.Writer) {
	section := func(title string, n int, line func(i int) any) {
		if n == 0 {
			return
		}
		fmt.Fprintf(w, "%s: %d\n", title, n)
		for i := range n {
			fmt.Fprintf(w, "\t%s\n", line(i))
		}
	}
	section("findings", len(r.Findings), func(i int) any { return r.Findings[i] })
	section("found only stand-alone", len(r.StandaloneOnly), func(i int) any { return r.StandaloneOnly[i] })
	section("found only by go vet", len(r.VetOnly), func(i int) any { return r.VetOnly[i] })
	section("skipped", len(r.Skipped), func(i int) any { return r.Skipped[i] })
	section("panics", len(r.Panics), func(i int) any { return r.Panics[i] })
	section("not swept", len(r.Errors), func(i int) any { return r.Errors[i] })
}

// A Total adds up the results of all modules.
type Total struct {
	Modules, Packages, WithoutTests, Findings, Panics, Skipped, Differences, Errors int
}

// Add counts a module.
func (t *Total) Add(r *Result) {
	t.Modules++
	t.Packages += r.Packages
	t.WithoutTests += r.WithoutTests
	t.Findings += len(r.Findings)
	t.Panics += len(r.Panics)
	t.Skipped += len(r.Skipped)
	t.Differences += len(r.StandaloneOnly) + len(r.VetOnly)
	t.Errors += len(r.Errors)
}

func (t Total) String() string {
	return fmt.Sprintf("%d modules, %d packages (%d without their tests, and not by go vet), %d findings; "+
		"%d panics, %d skipped, %d differences, %d not swept",
		t.Modules, t.Packages, t.WithoutTests, t.Findings, t.Panics, t.Skipped, t.Differences, t.Errors)
}

// Failed reports whether anything is wrong. A package that can't be loaded was not swept: if that was expected, it is
// no failure.
func (t Total) Failed(missing bool) bool {
	return t.Panics+t.Skipped+t.Differences > 0 || t.Errors > 0 && !missing
}
