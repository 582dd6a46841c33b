package main

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
)

// A contender is a command that a fresh CI job could run: its build cache is empty, its module cache is full.
type contender struct {
	tool
	args []string // before the packages
}

var (
	staticcheckAlone = tool{"staticcheck", ".", "honnef.co/go/tools/cmd/staticcheck", true}
	golangci         = tool{"golangci-lint, errcheck alone", filepath.Join("..", "e2e", "golangci"), "github.com/asynccheck/asynccheck/e2e/golangci", false}
	compiler         = tool{"go build", "", "go", false}
)

// contenders are measured with an empty build cache. In their table, asynccheck is the first and staticcheck the second.
var contenders = []contender{
	{tool: asynccheck},
	{tool: staticcheckAlone},
	{tool: golangci, args: []string{"run", "--default=none", "--enable=errcheck", "--issues-exit-code=1"}},
	{tool: compiler, args: []string{"build"}},
}

// emptied are the trees that are also measured with an empty build cache.
var emptied = []string{"b", "c", "d", "f"}

// mostEmpty is the greatest number of such rounds: each compiles the tree several times.
const mostEmpty = 3

// compareEmpty measures asynccheck on a tree where nothing is compiled yet. If all is set, it measures others too.
func compareEmpty(w io.Writer, t *tree, bin string, rounds int, all bool) error {
	if !slices.Contains(emptied, t.name) {
		return nil
	}
	var rows []*row
	for _, c := range contenders {
		if all || c.tool == asynccheck {
			rows = append(rows, &row{tool: c.tool})
		}
	}
	for round := range min(rounds, mostEmpty) {
		fmt.Fprintf(os.Stderr, "tree %s, empty: round %d\n", t.name, round+1)
		for i, r := range rows {
			if err := r.add(runEmpty(t, contenders[i], bin)); err != nil {
				return err
			}
		}
	}
	by := "staticcheck"
	if len(rows) == 1 {
		by = "itself"
	}
	fmt.Fprintf(w, "\n| stand-alone, empty build cache | wall s | CPU s | peak MB | CPU, × %s |\n|---|---|---|---|---|\n", by)
	second := rows[min(1, len(rows)-1)]
	for i, r := range rows {
		limit := ""
		if i == 0 {
			limit = bound(t.bounds.empty)
		}
		fmt.Fprintf(w, "| %s | %s | %s%s | %.0f | %.3f |\n", r.tool.name, spreadOf(of(r.costs, wall)), spreadOf(of(r.costs, cpu)),
			limit, spreadOf(of(r.costs, peak)).max, ratios(of(r.costs, cpu), of(second.costs, cpu)).median)
	}
	return nil
}

// runEmpty runs a contender with caches of its own, which are removed at the end.
func runEmpty(t *tree, c contender, bin string) (cost, error) {
	cache, err := os.MkdirTemp(bin, "cache")
	if err != nil {
		return cost{}, err
	}
	defer os.RemoveAll(cache)
	var env []string
	for _, name := range []string{"GOCACHE", "STATICCHECK_CACHE", "GOLANGCI_LINT_CACHE", "ASYNCCHECK_CACHE"} {
		env = append(env, name+"="+filepath.Join(cache, name))
	}
	program := c.program(bin)
	if c.tool == compiler {
		if program, err = exec.LookPath("go"); err != nil {
			return cost{}, err
		}
	}
	return run(t.dir, env, program, append(slices.Clone(c.args), t.packages...)...)
}
