// Benchmarks compares asynccheck with a linter that does nothing, and with others that
// do something: all are built, and run in turn on the same source trees.
//
//	go -C benchmarks run . [-quick] [-trees a,b,c,d,e] [-runs 5] [-o file]
//
// Tables in Markdown are printed. The exit status is 1 if asynccheck finds something else
// with its filter than without it, or if something went wrong. See docs/performance.md.
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
	"strings"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("benchmarks: ")
	trees := flag.String("trees", "a,b,c,d,e", "measure on these `trees`")
	runs := flag.Int("runs", 5, "run everything `N` times")
	quick := flag.Bool("quick", false, "measure no competitors but the no-op ones, and packages of 10,000 handlers at most")
	output := flag.String("o", "", "write the tables to a `file`, too")
	flag.Parse()
	if flag.NArg() > 0 || *runs < 1 {
		flag.Usage()
		os.Exit(2)
	}
	same, err := benchmarks(strings.Split(*trees, ","), *runs, *quick, *output)
	if err != nil {
		log.Fatal(err)
	}
	if !same {
		log.Fatal("the findings are not the same with the filter and without it")
	}
}

func benchmarks(trees []string, runs int, quick bool, output string) (same bool, err error) {
	dir, err := os.MkdirTemp("", "asynccheck-benchmarks")
	if err != nil {
		return false, err
	}
	defer os.RemoveAll(dir)
	bin := filepath.Join(dir, "bin")
	for _, t := range append([]tool{asynccheck, noopVet, noop, bare, bareSSA, floor}, competitors...) {
		if err := t.build(bin); err != nil {
			return false, err
		}
	}
	var tables bytes.Buffer
	w := io.MultiWriter(os.Stdout, &tables)
	version, err := exec.Command("go", "version").Output()
	if err != nil {
		return false, err
	}
	fmt.Fprintf(w, "`go -C benchmarks run . %s`: %s, %d CPUs; medians of %d rounds (least–greatest)\n",
		strings.Join(os.Args[1:], " "), bytes.TrimSpace(version), runtime.NumCPU(), runs)
	same = true
	for _, name := range trees {
		if name == "e" {
			most := sizes[len(sizes)-1]
			if quick {
				most = 10_000
			}
			if err := perHandler(w, filepath.Join(dir, name), bin, runs, most); err != nil {
				return false, err
			}
			continue
		}
		t, err := makeTree(name, dir)
		if err != nil {
			return false, err
		}
		rows, err := compare(t, bin, runs, !quick)
		if err != nil {
			return false, err
		}
		rows.print(w, t)
		ok, err := checkFilter(w, t, asynccheck.program(bin))
		if err != nil {
			return false, err
		}
		same = same && ok
	}
	if output != "" {
		return same, os.WriteFile(output, tables.Bytes(), 0o666)
	}
	return same, nil
}
