package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// listing are the arguments of the go command's list that a run makes by itself.
var listing = []string{"list", "-e", "-deps", "-test", "-pgo=off", "-buildvcs=false",
	"-json=Name,ImportPath,Error,Dir,GoFiles,IgnoredGoFiles,IgnoredOtherFiles,CFiles,CgoFiles,CXXFiles,MFiles,HFiles,FFiles,SFiles," +
		"SwigFiles,SwigCXXFiles,SysoFiles,TestGoFiles,XTestGoFiles,DepOnly,Imports,ImportMap,TestImports,XTestImports,ForTest,Module", "./..."}

// An edit is a change of the file with the client of tree d's first service.
type edit struct {
	name     string
	old, new string
	maxRatio float64 // of the time of the go command's list; 0 means that there is no bound
}

// edits are made one after the other, each to the original file.
var edits = []edit{
	{"nothing has changed", "", "", 1.5},
	{"the body of a function has changed", `"terminate: %s"`, `"not terminated: %s"`, 1.5},
	{"there is a new function, and 16 packages import it", "// Terminate only", "// New is new.\nfunc New() {}\n\n// Terminate only", 0},
}

// compareLater measures runs on tree d after an earlier one.
func (p *plan) compareLater(w io.Writer, dir, bin string) error {
	t, err := makeTree("d", dir)
	if err != nil {
		return err
	}
	file := filepath.Join(t.dir, "service0", "client", "client.go")
	src, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	names := []string{"the go command's list", "-cache=off", "the cache is empty"}
	for _, e := range edits {
		names = append(names, e.name)
	}
	costs := make([][]cost, len(names))
	program := asynccheck.program(bin)
	for round := range p.runs {
		fmt.Fprintf(os.Stderr, "tree d, later runs: round %d\n", round+1)
		cache := []string{"ASYNCCHECK_CACHE=" + filepath.Join(dir, fmt.Sprint("cache", round))}
		add := func(i int, program string, args ...string) error {
			c, err := run(t.dir, cache, program, args...)
			costs[i] = append(costs[i], c)
			return err
		}
		err := errors.Join(add(0, "go", listing...), add(1, program, "-cache=off", "./..."), add(2, program, "./..."))
		for i, e := range edits {
			edited := bytes.Replace(src, []byte(e.old), []byte(e.new), 1)
			err = errors.Join(err, os.WriteFile(file, edited, 0o666), add(3+i, program, "./..."))
		}
		if err := errors.Join(err, os.WriteFile(file, src, 0o666)); err != nil {
			return err
		}
	}
	fmt.Fprint(w, "\n## Tree d: later runs\n\n| run | wall s | CPU s | × list, wall | × list, CPU | × -cache=off, CPU |\n|---|---|---|---|---|---|\n")
	for i, name := range names {
		bound := ""
		if i >= 3 && edits[i-3].maxRatio > 0 {
			bound = fmt.Sprintf("; bound %g", edits[i-3].maxRatio)
		}
		fmt.Fprintf(w, "| %s | %s | %s | %s%s | %s%[5]s | %[7]s |\n", name, spreadOf(of(costs[i], wall)), spreadOf(of(costs[i], cpu)),
			ratios(of(costs[i], wall), of(costs[0], wall)), bound, ratios(of(costs[i], cpu), of(costs[0], cpu)), ratios(of(costs[i], cpu), of(costs[1], cpu)))
	}
	return nil
}
