package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// sizes are the numbers of handlers in the packages. The first has one handler of each kind: it measures what any run
// takes to start, to list packages, and to load their imports.
var sizes = []int{len(handlers), 1_000, 10_000, 100_000}

// A way is a way to analyze the packages of handlers.
type way struct {
	name    string
	program string
	args    []string
	env     []string
	costs   [][]cost // by size and round
}

// perHandler measures the time and memory that a handler takes stand-alone, in packages of different sizes. If the name
// of another build of asynccheck is not empty, that is measured too.
func perHandler(w io.Writer, dir, bin string, rounds, most int, against string) error {
	n, err := writeSizes(dir, most)
	if err != nil {
		return err
	}
	one := []string{"GOMAXPROCS=1"}
	ways := []*way{
		{name: "asynccheck", program: asynccheck.program(bin)},
		{name: "asynccheck", program: asynccheck.program(bin), env: one},
		{name: bare.name, program: bare.program(bin), env: one},
		{name: bareSSA.name, program: bareSSA.program(bin), env: one},
	}
	if against != "" {
		ways = append(ways, &way{name: "the other", program: against, env: one})
	}
	if err := runWays(ways, dir, n, rounds); err != nil {
		return err
	}
	fmt.Fprint(w, "\n## Tree e: one package with handlers, stand-alone\n")
	printSizes(w, n, ways[0])
	printOneCore(w, n, ways[1:])
	printAdded(w, n, ways[3], append([]*way{ways[1]}, ways[4:]...))
	fmt.Fprint(w, "\n- a handler's share is what a package takes above the first, which tells what a run takes anyway\n"+
		"- bounds: what asynccheck adds grows by at most 20 %, and to no more than another build adds; less than 25 kB/handler\n")
	return nil
}

// runWays runs all ways in turn on packages of the given sizes, in subdirectories of dir.
func runWays(ways []*way, dir string, n []int, rounds int) error {
	for _, by := range ways {
		by.costs = make([][]cost, len(n))
	}
	for round := range rounds {
		fmt.Fprintf(os.Stderr, "tree %s: round %d of %d\n", filepath.Base(dir), round+1, rounds)
		for i, size := range n {
			for _, by := range ways {
				c, err := run(filepath.Join(dir, fmt.Sprint(size)), by.env, by.program, append(by.args, "./...")...)
				if err != nil {
					return err
				}
				by.costs[i] = append(by.costs[i], c)
			}
		}
	}
	return nil
}

// writeSizes writes the packages of handlers, and has them compiled: that is not measured.
func writeSizes(dir string, most int) (n []int, err error) {
	for _, size := range sizes {
		if size > most {
			continue
		}
		n = append(n, size)
		tree := filepath.Join(dir, fmt.Sprint(size))
		if err := writeHandlers(tree, size); err != nil {
			return nil, err
		}
		if _, err := run(tree, nil, "go", "list", "-export", "-f=", "."); err != nil {
			return nil, err
		}
	}
	return n, nil
}

// printSizes prints the cost of a handler on all cores, by size.
func printSizes(w io.Writer, n []int, by *way) {
	fmt.Fprintf(w, "\n| handlers, all cores | wall s | CPU s | peak MB | µs/handler | × first | kB/handler | × first |\n|---|---|---|---|---|---|---|---|\n")
	for i, size := range n {
		c := by.costs[i]
		fmt.Fprintf(w, "| %d | %s | %s | %.0f ", size, spreadOf(of(c, wall)), spreadOf(of(c, cpu)), spreadOf(of(c, peak)).median)
		if i == 0 {
			fmt.Fprintln(w, "| | | | |")
			continue
		}
		fmt.Fprintf(w, "| %.1f | %.2f | %.1f | %.2f |\n", by.micros(n, i), by.micros(n, i)/by.micros(n, 1),
			by.kilobytes(n, i), by.kilobytes(n, i)/by.kilobytes(n, 1))
	}
}

// printOneCore prints the cost of a handler on one core, by size. No analyzer can take less than one that does nothing.
func printOneCore(w io.Writer, n []int, ways []*way) {
	fmt.Fprint(w, "\n| one core | handlers | µs/handler | × no-op | handlers/s | kB/handler |\n|---|---|---|---|---|---|\n")
	noop := ways[1]
	for _, by := range ways {
		for i := 1; i < len(n); i++ {
			µs := by.micros(n, i)
			fmt.Fprintf(w, "| %s | %d | %.1f | %.2f | %.0f | %.1f |\n", by.name, n[i], µs, µs/noop.micros(n, i), 1e6/µs, by.kilobytes(n, i))
		}
	}
}

// printAdded prints what some ways add to another one, by the handler, and how that grows with the package.
func printAdded(w io.Writer, n []int, to *way, ways []*way) {
	fmt.Fprintf(w, "\n| added to %s, one core | handlers | µs/handler | × first |\n|---|---|---|---|\n", to.name)
	for _, by := range ways {
		added := func(i int) float64 { return by.micros(n, i) - to.micros(n, i) }
		for i := 1; i < len(n); i++ {
			fmt.Fprintf(w, "| %s | %d | %.1f | %.2f |\n", by.name, n[i], added(i), added(i)/added(1))
		}
	}
}

// micros returns a handler's share of the time in the k-th package.
func (b *way) micros(n []int, k int) float64 { return b.share(n, k, wall) * 1e6 }

// kilobytes returns a handler's share of the peak in the k-th package.
func (b *way) kilobytes(n []int, k int) float64 { return b.share(n, k, peak) * 1e3 }

// share returns a handler's share of a figure in the k-th package, after the first package's figure is subtracted.
func (b *way) share(n []int, k int, figure func(cost) float64) float64 {
	share := of(b.costs[k], figure)
	for round, base := range of(b.costs[0], figure) {
		share[round] = (share[round] - base) / float64(n[k]-n[0])
	}
	return spreadOf(share).median
}
