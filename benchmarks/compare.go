package main

import (
	"fmt"
	"io"
	"os"
	"os/exec"
)

// A row is a tool that was measured in one way, in several rounds.
type row struct {
	tool  tool
	costs []cost
}

// Rows are measured in turn on a tree. In each table, the first is asynccheck's and the second is the no-op's, by which
// the others are divided. Under go vet the third is the floor's.
type rows struct{ cold, warm, alone []*row }

// compare measures asynccheck and its competitors on a tree.
func compare(t *tree, bin string, rounds int, all bool) (*rows, error) {
	if err := t.prepare(bin); err != nil {
		return nil, err
	}
	tools := []tool{asynccheck, noopVet, floor}
	if all {
		tools = append(tools, competitors...)
	}
	var r rows
	for _, tool := range tools {
		r.cold = append(r.cold, &row{tool: tool})
		r.warm = append(r.warm, &row{tool: tool})
	}
	r.alone = []*row{{tool: asynccheck}, {tool: noop}}
	for round := range rounds {
		fmt.Fprintf(os.Stderr, "tree %s: round %d of %d\n", t.name, round+1, rounds)
		for i, cold := range r.cold {
			program, err := stranger(cold.tool.program(bin), bin)
			if err != nil {
				return nil, err
			}
			args := append([]string{"vet", "-vettool=" + program}, t.packages...)
			if err := cold.add(run(t.dir, nil, "go", args...)); err != nil {
				return nil, err
			}
			if err := r.warm[i].add(run(t.dir, nil, "go", args...)); err != nil {
				return nil, err
			}
			if err := os.Remove(program); err != nil {
				return nil, err
			}
		}
		for _, alone := range r.alone {
			if err := alone.add(run(t.dir, nil, alone.tool.program(bin), t.packages...)); err != nil {
				return nil, err
			}
		}
	}
	return &r, nil
}

// prepare compiles two things once, which are not measured: what go vet compiles before it analyzes, and the packages
// themselves, which go vet doesn't compile.
func (t *tree) prepare(bin string) error {
	if _, err := run(t.dir, nil, "go", append([]string{"list", "-export", "-f="}, t.packages...)...); err != nil {
		return err
	}
	_, err := run(t.dir, nil, "go", append([]string{"vet", "-vettool=" + floor.program(bin)}, t.packages...)...)
	return err
}

func (r *row) add(c cost, err error) error {
	r.costs = append(r.costs, c)
	return err
}

// fastestSSA returns the row of the fastest linter that builds SSA, or nil.
func fastestSSA(rows []*row) *row {
	var fastest *row
	for _, r := range rows[1:] {
		if r.tool.ssa && (fastest == nil || spreadOf(of(r.costs, wall)).median < spreadOf(of(fastest.costs, wall)).median) {
			fastest = r
		}
	}
	return fastest
}

// print prints the tables of a tree.
func (r *rows) print(w io.Writer, t *tree) {
	fmt.Fprintf(w, "\n## Tree %s: %s\n", t.name, t.about)
	printRows(w, "go vet, cold", r.cold, t.bounds.cold, 0)
	printRows(w, "go vet, warm", r.warm, t.bounds.warm, 0)
	printRows(w, "stand-alone", r.alone, 0, t.bounds.alone)
	fmt.Fprintln(w)
	fmt.Fprintf(w, "- go vet, cold, above the floor, × no-op: %s of the wall time, %s of the CPU time%s\n",
		above(r.cold, wall), above(r.cold, cpu), bound(t.bounds.above))
	if ssa := fastestSSA(r.cold); ssa != nil {
		fmt.Fprintf(w, "- go vet, cold, × %s, the fastest linter that builds SSA: %s%s\n", ssa.tool.name,
			ratios(of(r.cold[0].costs, wall), of(ssa.costs, wall)), bound(t.bounds.ssa))
	}
	fmt.Fprintf(w, "- stand-alone, peak memory: %.0f MB%s\n", spreadOf(of(r.alone[0].costs, peak)).median, bound(t.bounds.peak))
}

// above divides by the no-op's figure what asynccheck takes above the floor's.
func above(rows []*row, figure func(cost) float64) spread {
	own := of(rows[0].costs, figure)
	for round, least := range of(rows[2].costs, figure) {
		own[round] -= least
	}
	return ratios(own, of(rows[1].costs, figure))
}

// printRows prints a table. Limits of the ratios may be 0, for none.
func printRows(w io.Writer, how string, rows []*row, maxWall, maxCPU float64) {
	fmt.Fprintf(w, "\n| %s | wall s | CPU s | peak MB | × no-op, wall | × no-op, CPU |\n|---|---|---|---|---|---|\n", how)
	by := rows[1].costs
	for i, r := range rows {
		var ofWall, ofCPU string
		if i == 0 {
			ofWall, ofCPU = bound(maxWall), bound(maxCPU)
		}
		fmt.Fprintf(w, "| %s | %s | %s | %.0f | %s%s | %s%s |\n", r.tool.name,
			spreadOf(of(r.costs, wall)), spreadOf(of(r.costs, cpu)), spreadOf(of(r.costs, peak)).max,
			ratios(of(r.costs, wall), of(by, wall)), ofWall, ratios(of(r.costs, cpu), of(by, cpu)), ofCPU)
	}
}

// String shows the median, and the least and the greatest figure.
func (s spread) String() string { return fmt.Sprintf("%.2f (%.2f–%.2f)", s.median, s.min, s.max) }

func bound(limit float64) string {
	if limit == 0 {
		return ""
	}
	return fmt.Sprintf("; bound %g", limit)
}

// findings returns asynccheck's findings under go vet, sorted.
func findings(t *tree, program string, flags ...string) ([]string, error) {
	cmd := exec.Command("go", append(append([]string{"vet", "-vettool=" + program}, flags...), t.packages...)...)
	cmd.Dir = t.dir
	out, err := cmd.CombinedOutput()
	if cmd.ProcessState == nil || err != nil && len(out) == 0 {
		return nil, fmt.Errorf("%s: %v", cmd, err)
	}
	return lines(out)
}
