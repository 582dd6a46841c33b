package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// sizes are the numbers of handlers in packages. The first, one handler of each kind, tells what
// a run takes anyway: to start, to list packages, to load what they import.
var sizes = []int{len(handlers), 1_000, 10_000, 100_000}

// perHandler measures how much of time and memory a handler takes in packages
// of different sizes, by itself.
func perHandler(w io.Writer, dir, bin string, rounds, most int) error {
	var n []int
	for _, size := range sizes {
		if size <= most {
			n = append(n, size)
			if err := writeHandlers(filepath.Join(dir, fmt.Sprint(size)), size); err != nil {
				return err
			}
		}
	}
	many, one := make([][]cost, len(n)), make([][]cost, len(n))
	for round := range rounds + 1 { // the first is not measured: the standard library may have to be compiled
		fmt.Fprintf(os.Stderr, "tree e: round %d of %d\n", round, rounds)
		for i, size := range n {
			tree := filepath.Join(dir, fmt.Sprint(size))
			if round == 0 && i > 0 {
				break
			}
			a, err := run(tree, nil, asynccheck.program(bin), ".")
			if err != nil {
				return err
			}
			b, err := run(tree, []string{"GOMAXPROCS=1"}, asynccheck.program(bin), ".")
			if err != nil {
				return err
			}
			if round > 0 {
				many[i], one[i] = append(many[i], a), append(one[i], b)
			}
		}
	}
	fmt.Fprint(w, "\n## Tree e: one package with handlers, stand-alone\n\n"+
		"| handlers | wall s | CPU s | peak MB | µs/handler | × first | kB/handler | × first | one core: µs/handler | handlers/s |\n|---|---|---|---|---|---|---|---|---|---|\n")
	for i, size := range n {
		fmt.Fprintf(w, "| %d | %s | %s | %.0f ", size, spreadOf(of(many[i], wall)), spreadOf(of(many[i], cpu)), spreadOf(of(many[i], peak)).median)
		if i == 0 {
			fmt.Fprintln(w, "| | | | | | |")
			continue
		}
		µs := func(c [][]cost, k int) float64 { return each(c, k, n[k]-n[0], wall) * 1e6 }
		kB := func(k int) float64 { return each(many, k, n[k]-n[0], peak) * 1e3 }
		fmt.Fprintf(w, "| %.1f | %.2f | %.1f | %.2f | %.1f | %.0f |\n", µs(many, i), µs(many, i)/µs(many, 1),
			kB(i), kB(i)/kB(1), µs(one, i), 1e6/µs(one, i))
	}
	fmt.Fprint(w, "\n- a handler's share is what a package takes above the first, which tells what a run takes anyway\n"+
		"- bounds: × first within 20 %; at least 20000 handlers/s on one core; less than 25 kB/handler\n")
	return nil
}

// each returns a handler's share of a figure in the k-th package, which has n more than the first.
func each(costs [][]cost, k, n int, figure func(cost) float64) float64 {
	share := of(costs[k], figure)
	for round, base := range of(costs[0], figure) {
		share[round] = (share[round] - base) / float64(n)
	}
	return spreadOf(share).median
}
