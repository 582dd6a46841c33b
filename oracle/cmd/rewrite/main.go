// The rewrite command rewrites hand-written Go code in ways that keep what it does, and compares asynccheck's findings
// before and after.
//
//	go -C oracle run ./cmd/rewrite -execute=executed ../testdata ../docs/rules ../docs/contracts ../examples/ops ../examples/shop
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
	"slices"
	"strings"

	"github.com/asynccheck/asynccheck/oracle/rewrite"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("rewrite: ")
	only := flag.String("kinds", "", "apply only these `kinds`, separated by commas")
	list := flag.Bool("list", false, "list the kinds, and exit")
	execute := flag.String("execute", "", "run the functions of the packages with these import `paths`, separated by commas, before and after")
	verbose := flag.Bool("v", false, "print the functions whose findings were lost, too")
	flag.Parse()
	kinds, err := selected(*only)
	if err != nil {
		log.Print(err)
		os.Exit(2)
	}
	if *list {
		for _, k := range kinds {
			fmt.Printf("%s\n    %s\n    => %s\n", k.Name, k.Before, k.After)
		}
		return
	}
	if flag.NArg() == 0 {
		flag.Usage()
		os.Exit(2)
	}
	report, err := run(flag.Args(), kinds, *execute)
	if err != nil {
		log.Print(err)
		os.Exit(2)
	}
	for _, r := range report.Results {
		for _, v := range r.Violations {
			fmt.Println("violation:", v)
		}
		if *verbose {
			for _, l := range r.Lost {
				fmt.Println("lost:", l)
			}
		}
	}
	for _, d := range report.Differences {
		fmt.Println(d)
	}
	report.Print(os.Stdout)
	faults := report.Faults()
	for _, f := range faults {
		fmt.Println(f)
	}
	if len(faults) > 0 {
		os.Exit(1)
	}
}

func run(dirs []string, kinds []*rewrite.Kind, execute string) (*rewrite.Report, error) {
	excuses, err := rewrite.Excuses()
	if err != nil {
		return nil, err
	}
	var trees []*rewrite.Tree
	for _, dir := range dirs {
		t, err := rewrite.Load(dir)
		if err != nil {
			return nil, err
		}
		trees = append(trees, t)
	}
	var paths []string
	if execute != "" {
		paths = strings.Split(execute, ",")
	}
	return rewrite.Run(trees, kinds, excuses, paths...)
}

// selected gives the kinds with these names, or all for "".
func selected(names string) ([]*rewrite.Kind, error) {
	if names == "" {
		return rewrite.Kinds, nil
	}
	var kinds []*rewrite.Kind
	for name := range strings.SplitSeq(names, ",") {
		i := slices.IndexFunc(rewrite.Kinds, func(k *rewrite.Kind) bool { return k.Name == name })
		if i < 0 {
			return nil, fmt.Errorf("there is no kind %q", name)
		}
		kinds = append(kinds, rewrite.Kinds[i])
	}
	return kinds, nil
}
