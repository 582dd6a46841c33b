// Benchmarks compares asynccheck with a linter that does nothing, and with other linters. It builds all of them, and
// runs them in turn on the same source trees.
//
//	go -C benchmarks run . [-quick] [-trees a,b,c,d,e,f,g,h] [-runs 5] [-o file]
//	go -C benchmarks run . -without vetinit,gogc [-trees b] [-runs 10]
//	go -C benchmarks run . -against program [-trees a,b,c,d,e,f,g] [-runs 10]
//	go -C benchmarks run . -later [-runs 5]
//	go -C benchmarks run . -empty [-quick] [-trees b,c,d,f] [-runs 3]
//
// With -without it measures what a device gains that only makes asynccheck faster or smaller: see devices.go. With
// -against it compares asynccheck with another build of it. With -later it measures runs that find results of an earlier
// one. With -empty it measures runs that find nothing compiled. It prints tables in Markdown. The exit status is 1 if the
// filter changes asynccheck's findings, or if something went wrong. See docs/performance.md.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

// A plan is a parsed command line.
type plan struct {
	trees   []string
	without []string // devices
	runs    int
	quick   bool
	empty   bool
	against string // another build of asynccheck
	later   bool   // measure runs after an earlier one
}

func main() {
	log.SetFlags(0)
	log.SetPrefix("benchmarks: ")
	var p plan
	trees := flag.String("trees", "a,b,c,d,e,f,g,h", "measure on these `trees`")
	without := flag.String("without", "", "compare asynccheck with itself without these `devices`, each in turn: "+strings.Join(deviceNames(), ", ")+", or all")
	flag.IntVar(&p.runs, "runs", 5, "run everything `N` times")
	flag.BoolVar(&p.empty, "empty", false, "measure only stand-alone runs with an empty build cache")
	flag.BoolVar(&p.quick, "quick", false, "measure no competitors but the no-op ones, and packages of 10,000 handlers at most")
	flag.StringVar(&p.against, "against", "", "compare asynccheck with another build of it: a `program`")
	flag.BoolVar(&p.later, "later", false, "measure runs on tree d that find results of an earlier run")
	output := flag.String("o", "", "write the tables to a `file`, too")
	flag.Parse()
	if flag.NArg() > 0 || p.runs < 1 {
		flag.Usage()
		os.Exit(2)
	}
	if p.against != "" {
		var err error
		if p.against, err = filepath.Abs(p.against); err != nil {
			log.Fatal(err)
		}
	}
	p.trees = strings.Split(*trees, ",")
	if *without == "all" {
		p.without = deviceNames()
	} else if *without != "" {
		p.without = strings.Split(*without, ",")
	}
	var tables bytes.Buffer
	same, err := p.measure(io.MultiWriter(os.Stdout, &tables))
	if err == nil && *output != "" {
		err = os.WriteFile(*output, tables.Bytes(), 0o666)
	}
	if err != nil {
		log.Fatal(err)
	}
	if !same {
		log.Fatal("the findings are not the same with the filter and without it")
	}
}

// measure prints the tables. It reports whether asynccheck has found the same with and without its filter.
func (p *plan) measure(w io.Writer) (same bool, err error) {
	dir, err := os.MkdirTemp("", "asynccheck-benchmarks")
	if err != nil {
		return false, err
	}
	defer os.RemoveAll(dir)
	bin := filepath.Join(dir, "bin")
	for _, t := range p.tools() {
		if err := t.build(t.program(bin)); err != nil {
			return false, err
		}
	}
	version, err := exec.Command("go", "version").Output()
	if err != nil {
		return false, err
	}
	fmt.Fprintf(w, "`go -C benchmarks run . %s`: %s, %d CPUs; medians of %d rounds (least–greatest)\n",
		strings.Join(os.Args[1:], " "), bytes.TrimSpace(version), runtime.NumCPU(), p.runs)
	if p.without != nil {
		return true, p.compareDevices(w, dir, bin)
	}
	if p.against != "" {
		return true, p.compareBuilds(w, dir, bin)
	}
	if p.later {
		return true, p.compareLater(w, dir, bin)
	}
	same = true
	for _, name := range p.trees {
		ok, err := p.onTree(w, name, dir, bin)
		if err != nil {
			return false, err
		}
		same = same && ok
	}
	return same, nil
}

// tools returns the tools that are needed.
func (p *plan) tools() []tool {
	switch {
	case p.later, p.empty && p.quick:
		return []tool{asynccheck}
	case p.empty:
		return []tool{asynccheck, staticcheckAlone, golangci}
	case p.without != nil, p.against != "" && !slices.Contains(p.trees, "e"):
		return []tool{asynccheck, floor}
	case p.against != "":
		return []tool{asynccheck, floor, bare, bareSSA}
	case p.quick:
		return []tool{asynccheck, noopVet, noop, bare, bareSSA, floor}
	}
	return append([]tool{asynccheck, noopVet, noop, bare, bareSSA, floor, staticcheckAlone, golangci}, competitors...)
}

// onTree compares the tools on a tree, and asynccheck with and without its filter.
func (p *plan) onTree(w io.Writer, name, dir, bin string) (same bool, err error) {
	if name == "e" {
		most := sizes[len(sizes)-1]
		if p.quick {
			most = 10_000
		}
		return true, perHandler(w, filepath.Join(dir, name), bin, p.runs, most, "")
	}
	if name == "h" {
		return true, perFinding(w, filepath.Join(dir, name), bin, p.runs)
	}
	t, err := makeTree(name, dir)
	if err != nil {
		return false, err
	}
	if p.empty {
		fmt.Fprintf(w, "\n## Tree %s: %s\n", t.name, t.about)
		return true, compareEmpty(w, t, bin, p.runs, !p.quick)
	}
	rows, err := compare(t, bin, p.runs, !p.quick)
	if err != nil {
		return false, err
	}
	rows.print(w, t)
	if err := compareEmpty(w, t, bin, p.runs, !p.quick); err != nil {
		return false, err
	}
	return checkFilter(w, t, asynccheck.program(bin))
}
