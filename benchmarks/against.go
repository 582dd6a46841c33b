package main

import (
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
)

// starts are the ways to start a program on a tree in which builds are compared.
var starts = []struct {
	name string
	run  func(t *tree, program, bin string) (cost, error)
}{
	{"go vet, cold", vetCold},
	{"stand-alone", func(t *tree, program, _ string) (cost, error) { return run(t.dir, nil, program, t.packages...) }},
}

// compareBuilds compares asynccheck with another build of it, by their CPU time. On tree e, it compares what a handler takes.
func (p *plan) compareBuilds(w io.Writer, dir, bin string) error {
	header := "\n| tree | how | CPU s | the other's | × the other | quartiles | least–greatest |\n|---|---|---|---|---|---|---|\n"
	for _, name := range p.trees {
		if name == "e" {
			if err := perHandler(w, filepath.Join(dir, name), bin, p.runs, sizes[len(sizes)-1], p.against); err != nil {
				return err
			}
			continue
		}
		fmt.Fprint(w, header)
		header = ""
		t, err := makeTree(name, dir)
		if err != nil {
			return err
		}
		if err := t.prepare(bin); err != nil {
			return err
		}
		for _, s := range starts {
			own, other, err := inTurn(p.runs, asynccheck.program(bin), p.against, func(program string) (cost, error) {
				return s.run(t, program, bin)
			})
			if err != nil {
				return err
			}
			r := ratios(own, other)
			q1, q3 := quartiles(own, other)
			fmt.Fprintf(w, "| %s | %s | %s | %s | %.3f | %.3f–%.3f | %.3f–%.3f |\n", name, s.name,
				spreadOf(own), spreadOf(other), r.median, q1, q3, r.min, r.max)
		}
	}
	return nil
}

// inTurn returns the CPU times of two programs, which run in turn: other work of the machine slows down both.
func inTurn(rounds int, a, b string, measure func(program string) (cost, error)) (ofA, ofB []float64, err error) {
	var costs [2][]cost
	for round := range rounds {
		fmt.Fprintf(os.Stderr, "round %d of %d\n", round+1, rounds)
		for i := range costs {
			k := (i + round) % len(costs)
			c, err := measure([]string{a, b}[k])
			if err != nil {
				return nil, nil, err
			}
			costs[k] = append(costs[k], c)
		}
	}
	return of(costs[0], cpu), of(costs[1], cpu), nil
}

// quartiles returns the first and the third quartile of the ratios of figures.
func quartiles(figures, by []float64) (first, third float64) {
	var r []float64
	for i := range figures {
		r = append(r, figures[i]/by[i])
	}
	slices.Sort(r)
	at := func(q float64) float64 {
		k := q * float64(len(r)-1)
		low, high := r[int(math.Floor(k))], r[int(math.Ceil(k))]
		return low + (high-low)*(k-math.Floor(k))
	}
	return at(0.25), at(0.75)
}

// vetCold runs a program as a tool of go vet that has no results in the build cache.
func vetCold(t *tree, program, bin string) (cost, error) {
	program, err := stranger(program, bin)
	if err != nil {
		return cost{}, err
	}
	defer os.Remove(program)
	return run(t.dir, nil, "go", append([]string{"vet", "-vettool=" + program}, t.packages...)...)
}
