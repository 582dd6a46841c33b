package main

import (
	"flag"
	"fmt"
	"log"
	"os"
	"strings"
	"time"

	"github.com/asynccheck/asynccheck/internal/oracle/rewrite"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("rewrite: ")
	only := flag.String("kinds", "", "apply only these `kinds`, separated by commas")
	execute := flag.String("execute", "executed", "run the functions of the package of this `path`, before and after each rewrite")
	verbose := flag.Bool("v", false, "print what was lost, too")
	flag.Parse()
	start := time.Now()
	var trees []*rewrite.Tree
	for _, dir := range flag.Args() {
		t, err := rewrite.Load(dir)
		if err != nil {
			log.Fatal(err)
		}
		trees = append(trees, t)
	}
	fmt.Println("loaded", time.Since(start))
	kinds := rewrite.Kinds
	if *only != "" {
		kinds = nil
		for name := range strings.SplitSeq(*only, ",") {
			for _, k := range rewrite.Kinds {
				if k.Name == name {
					kinds = append(kinds, k)
				}
			}
		}
	}
	results, err := rewrite.Run(trees, kinds)
	if err != nil {
		log.Print(err)
	}
	for _, r := range results {
		for _, v := range r.Violations {
			fmt.Println("VIOLATION", v)
		}
		for _, v := range r.Lost {
			if *verbose {
				fmt.Println("LOST", v)
			}
		}
	}
	for _, t := range trees {
		xs, err := rewrite.Executions(t, kinds, *execute)
		if err != nil {
			log.Fatal(err)
		}
		for _, x := range xs {
			n, found, err := x.Run()
			if err != nil {
				log.Fatal(err)
			}
			for _, d := range found {
				fmt.Println("DIFFERENCE", d)
			}
			fmt.Println(n, "functions run")
		}
	}
	rewrite.Print(os.Stdout, results)
	fmt.Println(time.Since(start))
}
