package rewrite

import (
	"errors"
	"fmt"
	"io"
	"runtime"

	"golang.org/x/sync/errgroup"
)

// Run applies kinds to trees, each kind by itself, and compares the findings.
func Run(trees []*Tree, kinds []*Kind) ([]*Result, error) {
	before := make([]Findings, len(trees))
	for i, t := range trees {
		var err error
		if before[i], err = t.Analyze(func(string) bool { return true }); err != nil {
			return nil, fmt.Errorf("%s: %w", t.Dir, err)
		}
	}
	results := make([]*Result, len(kinds))
	errs := make([]error, len(kinds))
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i, k := range kinds {
		g.Go(func() error {
			results[i] = &Result{Kind: k}
			for j, t := range trees {
				r, err := k.Compare(t, before[j])
				if err != nil {
					errs[i] = err
					return nil
				}
				results[i].add(r)
			}
			return nil
		})
	}
	g.Wait()
	return results, errors.Join(errs...)
}

// Print writes the results as a table.
func Print(w io.Writer, results []*Result) {
	fmt.Fprintf(w, "%-26s %9s %9s %9s %9s %9s %9s %8s\n", "kind", "functions", "silent", "by SPEC", "violation", "reported", "lost", "kept")
	for _, r := range results {
		kept := 100.0
		if r.Reported > 0 {
			kept = 100 * float64(r.Reported-len(r.Lost)) / float64(r.Reported)
		}
		opaque := ""
		if r.Kind.Opaque {
			opaque = " not modelled"
		}
		fmt.Fprintf(w, "%-26s %9d %9d %9d %9d %9d %9d %7.1f%%%s\n", r.Kind.Name, r.Functions, r.Silent, r.Excused, len(r.Violations), r.Reported, len(r.Lost), kept, opaque)
	}
}
