package main

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/asynccheck/asynccheck/internal/report"
)

// handlersEach is the number of handlers in a package. The packages are as small as those of most programs: then the
// time to analyze a finding's package does not depend on the number of all findings.
const handlersEach = 200

// perFinding measures the time and memory that a finding takes in each format. Half of the handlers have one. What a
// program takes above the first, which has four, is the share of its findings, with their analysis.
func perFinding(w io.Writer, dir, bin string, rounds int) error {
	n := []int{len(handlers) / 2, 1_000, 10_000}
	for _, findings := range n {
		tree := filepath.Join(dir, fmt.Sprint(findings))
		if err := writeHandlerPackages(tree, 2*findings, handlersEach); err != nil {
			return err
		}
		// The packages are compiled once, and that is not measured.
		if _, err := run(tree, nil, "go", "list", "-export", "-f=", "./..."); err != nil {
			return err
		}
	}
	var flags [][]string
	for _, f := range report.Formats {
		flags = append(flags, []string{"-format=" + f.Name})
	}
	flags = append(flags, []string{"-format=text", "-context=3"}, []string{"-write-baseline=known.json"}, []string{"-baseline=known.json"}, []string{"-fix", "-diff"})
	var ways []*way
	for _, args := range flags {
		ways = append(ways, &way{name: "`" + strings.Join(args, " ") + "`", program: asynccheck.program(bin), args: args})
	}
	if err := runWays(ways, dir, n, rounds); err != nil {
		return err
	}
	fmt.Fprint(w, "\n## Tree h: findings 1,000 and 10,000 in each format\n")
	printFindings(w, n, ways)
	fmt.Fprint(w, "\n- a finding's share is that of two handlers and their analysis: what a program takes above one with four findings\n"+
		"- above the first format: of the CPU time for 10,000 findings\n- bound: × first at most 1.5\n")
	return nil
}

// printFindings prints the cost of a finding, by format and number.
func printFindings(w io.Writer, n []int, ways []*way) {
	fmt.Fprint(w, "\n| flags | findings | wall s | CPU s | above the first format, s | peak MB | CPU µs/finding | × first |\n|---|---|---|---|---|---|---|---|\n")
	for _, by := range ways {
		for k := 1; k < len(n); k++ {
			c := by.costs[k]
			µs := by.share(n, k, cpu) * 1e6
			fmt.Fprintf(w, "| %s | %d | %s | %s | %.2f | %.0f | %.0f | %.2f |\n", by.name, n[k], spreadOf(of(c, wall)), spreadOf(of(c, cpu)),
				spreadOf(of(c, cpu)).median-spreadOf(of(ways[0].costs[k], cpu)).median, spreadOf(of(c, peak)).median,
				µs, µs/(by.share(n, 1, cpu)*1e6))
		}
	}
}
