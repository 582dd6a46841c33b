// The sweep command runs asynccheck over other people's modules, and fails if the analysis fails: see docs/sweep.md.
//
//	go run ./internal/sweep/cmd/sweep DIR DIR=PATTERN,PATTERN ...
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/asynccheck/asynccheck/analyzer"
	"github.com/asynccheck/asynccheck/internal/sweep"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("sweep: ")
	tool := flag.String("tool", "", "the asynccheck `program`; empty builds it from the source in this directory")
	strict := flag.Bool("strict", false, "report more: the opt-in rules, the contracts that are off by default, failures that are only logged, and responses of functions that asynccheck can't see")
	nofilter := flag.Bool("nofilter", false, "analyze packages too that can't matter")
	missing := flag.Bool("allow-missing", false, "go on, and don't fail, where packages can't be loaded")
	patience := flag.Duration("shrink", time.Minute, "how long to look for a smaller function that still panics")
	flag.Usage = func() {
		fmt.Fprintf(flag.CommandLine.Output(), "usage: sweep [flags] directory[=pattern,pattern]...\n\n")
		flag.PrintDefaults()
	}
	flag.Parse()
	var modules []sweep.Module
	for _, arg := range flag.Args() {
		m, err := sweep.Parse(arg)
		if err != nil {
			log.Print(err)
			os.Exit(2)
		}
		modules = append(modules, m)
	}
	if len(modules) == 0 {
		flag.Usage()
		os.Exit(2)
	}
	s := &sweep.Sweep{Tool: *tool}
	if *strict {
		s.Flags = append(s.Flags, "-strict")
	}
	if *nofilter {
		s.Flags = append(s.Flags, "-nofilter")
	}
	failed, err := run(s, modules, *missing, func(m sweep.Module, p sweep.Panic) (string, error) {
		a, err := analyzer.New(analyzer.Config{Strict: *strict})
		if err != nil {
			return "", err
		}
		return sweep.Shrink(a, m, p, *patience)
	})
	switch {
	case err != nil:
		log.Print(err)
		os.Exit(2)
	case failed:
		os.Exit(1)
	}
}

// run sweeps the modules, and prints the result of each. It reports whether anything is wrong.
func run(s *sweep.Sweep, modules []sweep.Module, missing bool, shrink func(sweep.Module, sweep.Panic) (string, error)) (failed bool, err error) {
	if s.Tool == "" {
		dir, err := os.MkdirTemp("", "sweep")
		if err != nil {
			return false, err
		}
		defer os.RemoveAll(dir)
		s.Tool = filepath.Join(dir, "asynccheck")
		if out, err := exec.Command("go", "build", "-o", s.Tool, "github.com/asynccheck/asynccheck/cmd/asynccheck").CombinedOutput(); err != nil {
			return false, fmt.Errorf("building asynccheck: %w\n%s", err, out)
		}
	} else if s.Tool, err = filepath.Abs(s.Tool); err != nil {
		return false, err
	}
	var total sweep.Total
	for _, m := range modules {
		fmt.Printf("== %s\n", m)
		r, err := s.Run(m)
		if err != nil {
			return failed, err
		}
		r.Print(os.Stdout)
		for _, p := range r.Panics {
			text, err := shrink(m, p)
			if err != nil {
				text = "not made smaller: " + err.Error()
			}
			fmt.Printf("\n// %s\n%s\n\n", p, strings.TrimSpace(text))
		}
		total.Add(r)
	}
	fmt.Println(total)
	return total.Failed(missing), nil
}
