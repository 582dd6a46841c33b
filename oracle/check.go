package oracle

import (
	"fmt"
	"os"
	"path/filepath"
	"sync"
)

const perPackage = 400 // programs that are compiled together

// A Checker runs programs and compares their behaviour with the findings.
type Checker struct {
	Analysis *Analysis
	dir      string
}

// NewChecker prepares a checker that builds in the directory.
func NewChecker(dir string) (*Checker, error) {
	x, err := NewAnalysis()
	if err != nil {
		return nil, err
	}
	return &Checker{x, dir}, nil
}

// Check gives the outcomes of programs that are compiled together.
func (c *Checker) Check(ps []*Program) ([]*Outcome, error) {
	dir, err := os.MkdirTemp(c.dir, "gen")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	var units [][]*Unit
	var findings [][]Finding
	var runErr, findErr error
	var wg sync.WaitGroup
	wg.Go(func() { units, runErr = Run(dir, ps) })
	wg.Go(func() { findings, findErr = c.Analysis.Programs(ps) })
	wg.Wait()
	if runErr != nil {
		return nil, runErr
	}
	if findErr != nil {
		return nil, findErr
	}
	var os []*Outcome
	for i, us := range units {
		os = append(os, &Outcome{ps[i], Judge(us), findings[i]})
	}
	return os, nil
}

// CheckSeed generates n programs of a seed and gives their outcomes one after another.
func (c *Checker) CheckSeed(seed uint64, n int, each func(*Outcome)) error {
	for from := 0; from < n; from += perPackage {
		var ps []*Program
		for i := from; i < min(n, from+perPackage); i++ {
			ps = append(ps, Generate(seed, i))
		}
		outcomes, err := c.Check(ps)
		if err != nil {
			return fmt.Errorf("seed %d, programs %d to %d: %w", seed, from, from+len(ps)-1, err)
		}
		for _, o := range outcomes {
			each(o)
		}
	}
	return nil
}

// Keep writes a disagreement to a file of the directory.
func (o *Outcome) Keep(dir string) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	name := fmt.Sprintf("seed%d-%d.txt", o.Program.Seed, o.Program.Index)
	return os.WriteFile(filepath.Join(dir, name), []byte(o.Describe()), 0o666)
}
