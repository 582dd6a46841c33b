package rewrite

import (
	"errors"
	"fmt"
	"io"
	"runtime"

	"golang.org/x/sync/errgroup"
)

const (
	kept  = 0.95 // the least share of reported functions that stay reported, for each kind whose result is modelled
	least = 50   // the least number of functions that each kind applies to
)

// A Report is the result of kinds for trees.
type Report struct {
	Results     []*Result
	Idle        []Excuse // entries of the list that excuse nothing
	Executed    int      // functions that were run
	Differences []Difference
}

// Run applies kinds to trees, each kind by itself, and compares the findings. It executes the packages with these
// paths.
func Run(trees []*Tree, kinds []*Kind, excuses []Excuse, paths ...string) (*Report, error) {
	before := make([]Findings, len(trees))
	for i, t := range trees {
		var skipped []string
		var err error
		if before[i], skipped, err = t.Analyze(func(string) bool { return true }); err == nil && len(skipped) > 0 {
			err = errors.New(skipped[0])
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", t.Dir, err)
		}
	}
	r := &Report{Results: make([]*Result, len(kinds))}
	errs := make([]error, len(kinds))
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i, k := range kinds {
		g.Go(func() error {
			r.Results[i] = &Result{Kind: k}
			for j, t := range trees {
				result, err := k.Compare(t, before[j])
				if err != nil {
					errs[i] = err
					break
				}
				r.Results[i].add(result)
			}
			return nil
		})
	}
	g.Wait()
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	r.Idle = excuse(r.Results, excuses, trees)
	for _, path := range paths {
		x, err := newExecution(trees, kinds, path)
		if err != nil {
			return nil, err
		}
		n, differences, err := x.run()
		if err != nil {
			return nil, err
		}
		r.Executed += n
		r.Differences = append(r.Differences, differences...)
	}
	return r, nil
}

// Kept is the share of reported functions that stay reported.
func (r *Result) Kept() float64 {
	if r.Reported == 0 {
		return 1
	}
	return 1 - float64(len(r.Lost))/float64(r.Reported)
}

// Faults says what breaks the law, with a line for each kind and each entry of the list.
func (r *Report) Faults() (faults []string) {
	add := func(format string, args ...any) { faults = append(faults, fmt.Sprintf(format, args...)) }
	for _, s := range r.Results {
		if n := len(s.Violations); n > 0 {
			add("%s: %d functions were silent, and are not", s.Kind.Name, n)
		}
		for _, what := range s.Skipped {
			add("%s: %s", s.Kind.Name, what)
		}
		if !s.Kind.Opaque && s.Kept() < kept {
			add("%s: %.1f %% of what was reported still is, want %.0f %%", s.Kind.Name, 100*s.Kept(), 100*kept)
		}
		if s.Functions < least {
			add("%s: it applies to %d functions, want %d", s.Kind.Name, s.Functions, least)
		}
	}
	for _, e := range r.Idle {
		add("excused.json: %s is silent, and needs no excuse", e)
	}
	if n := len(r.Differences); n > 0 {
		add("%d times a rewritten function does something else", n)
	}
	return faults
}

// Print writes the table.
func (r *Report) Print(w io.Writer) {
	const row = "%-26s %9v %9v %9v %10v %9v %6v %7v\n"
	fmt.Fprintf(w, row, "kind", "functions", "silent", "by rules", "violations", "reported", "lost", "kept")
	for _, s := range r.Results {
		share := fmt.Sprintf("%.1f %%", 100*s.Kept())
		if s.Kind.Opaque {
			share = "any"
		}
		fmt.Fprintf(w, row, s.Kind.Name, s.Functions, s.Silent, s.Excused, len(s.Violations), s.Reported, len(s.Lost), share)
	}
	if r.Executed > 0 {
		fmt.Fprintf(w, "\n%d functions were run before and after each rewrite, with %d differences\n", r.Executed, len(r.Differences))
	}
}
