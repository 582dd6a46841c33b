// The oracle command generates Go handlers, runs them against every kind of answer, and compares their behaviour with
// asynccheck's findings.
//
//	go -C oracle run ./cmd/oracle -seed 1 -n 1000
package main

import (
	"flag"
	"fmt"
	"log"
	"math/rand/v2"
	"os"

	"github.com/asynccheck/asynccheck/oracle"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("oracle: ")
	seed := flag.Uint64("seed", 0, "generate the programs of this `seed`; 0 draws one and prints it")
	n := flag.Int("n", 1000, "the number of programs")
	show := flag.Int("show", 5, "shrink and print at most this many disagreements")
	verbose := flag.Bool("v", false, "shrink and print every disagreement")
	keep := flag.String("keep", "", "write disagreements to this `directory`")
	mutate := flag.Bool("mutate", false, "take correct handlers, make n mutants of them, and say how many of the buggy ones are found")
	fixtures := flag.String("fixtures", "", "with -mutate: make mutants of the silent fixtures in this `directory`")
	missed := flag.Int("missed", 0, "accept at most this many false negatives")
	flag.Parse()
	if flag.NArg() > 0 || *n < 1 {
		flag.Usage()
		os.Exit(2)
	}
	if *seed == 0 {
		*seed = rand.Uint64N(1_000_000_000) + 1
	}
	fmt.Printf("seed %d\n", *seed)
	dir, err := os.MkdirTemp("", "oracle")
	if err != nil {
		log.Fatal(err)
	}
	if *verbose || *keep != "" {
		*show = *n
	}
	do := run
	switch {
	case *mutate && *fixtures != "":
		do = func(dir string, o options) (int, error) { return fixtureMutants(dir, *fixtures, o) }
	case *mutate:
		do = mutants
	}
	code, err := do(dir, options{*seed, *n, *show, *missed, *keep})
	os.RemoveAll(dir)
	if err != nil {
		log.Print(err)
		code = 2
	}
	os.Exit(code)
}

// options are what the flags say about a run.
type options struct {
	seed            uint64
	n, show, missed int
	keep            string
}

func run(dir string, o options) (code int, err error) {
	c, err := oracle.NewChecker(dir)
	if err != nil {
		return 0, err
	}
	tally := oracle.NewTally()
	if err := c.CheckSeed(o.seed, o.n, tally.Add); err != nil {
		return 0, err
	}
	shrunk, err := c.Shrink(tally.Disagreements[:min(o.show, len(tally.Disagreements))])
	if err != nil {
		return 0, err
	}
	if err := describe(shrunk, o.keep); err != nil {
		return 0, err
	}
	tally.Print(os.Stdout)
	if len(tally.Disagreements) > 0 {
		positives := tally.FalsePositives()
		fmt.Printf("\n%d disagreements\n", len(tally.Disagreements))
		if positives > 0 || len(tally.Disagreements) > o.missed {
			return 1, nil
		}
	}
	return 0, nil
}

// describe prints outcomes, and writes them to files of a directory if one is given.
func describe(outcomes []*oracle.Outcome, keep string) error {
	for _, o := range outcomes {
		if keep != "" {
			if err := o.Keep(keep); err != nil {
				return err
			}
		}
		fmt.Println(o.Describe())
	}
	return nil
}

// wanted is the least share of buggy mutants that must be found.
const wanted = 0.98

func mutants(dir string, o options) (code int, err error) {
	c, err := oracle.NewChecker(dir)
	if err != nil {
		return 0, err
	}
	tally, err := c.Mutate(o.seed, o.n)
	if err != nil {
		return 0, err
	}
	missed, err := c.Shrink(tally.Missed[:min(o.show, len(tally.Missed))])
	if err != nil {
		return 0, err
	}
	if err := describe(missed, o.keep); err != nil {
		return 0, err
	}
	tally.Print(os.Stdout)
	if tally.Share() < wanted {
		return 1, nil
	}
	return 0, nil
}

func fixtureMutants(dir, root string, o options) (code int, err error) {
	c, err := oracle.NewChecker(dir)
	if err != nil {
		return 0, err
	}
	tally, err := c.MutateFixtures(root)
	if err != nil {
		return 0, err
	}
	for _, m := range tally.MissedFixtures[:min(o.show, len(tally.MissedFixtures))] {
		fmt.Println(m)
	}
	tally.Print(os.Stdout)
	if tally.Share() < wanted {
		return 1, nil
	}
	return 0, nil
}
