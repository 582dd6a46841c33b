package main

import (
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"hash"
	"io"
	"log"
	"maps"
	"os"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/unitchecker"

	"github.com/asynccheck/asynccheck/analyzer"
	"github.com/asynccheck/asynccheck/internal/config"
	"github.com/asynccheck/asynccheck/internal/driver/govet"
	"github.com/asynccheck/asynccheck/internal/driver/onepkg"
	"github.com/asynccheck/asynccheck/internal/filter/vetinit"
	"github.com/asynccheck/asynccheck/internal/filter/vetunit"
	"github.com/asynccheck/asynccheck/internal/panics"
)

// calledByGo reports whether "go vet" runs the command: it asks for the version or the flags, or it
// names a unit to analyze. A unit is the only argument that is neither a flag nor the value of a
// flag. A value may look like a unit, so the flags have to be parsed.
func calledByGo(args []string) bool {
	if len(args) == 1 && (args[0] == "-V=full" || args[0] == "-flags") {
		return true
	}
	if len(args) == 0 || !strings.HasSuffix(args[len(args)-1], ".cfg") {
		return false
	}
	fs := newCommandLine().FlagSet
	anything := func(string) error { return nil }
	new(options).commandLine().VisitAll(func(f *flag.Flag) {
		if isBool(f) {
			fs.BoolFunc(f.Name, f.Usage, anything)
		} else {
			fs.Func(f.Name, f.Usage, anything)
		}
	})
	return fs.Parse(args) == nil && fs.NArg() == 1
}

// vet is the command as a tool of "go vet". If it returns, it returns the exit
// status.
func vet(args []string) int {
	var opts options
	switch args[0] {
	case "-flags":
		cl := newCommandLine()
		opts.vetFlags(cl)
		return printFlags(cl.FlagSet)
	case "-V=full":
		return printVersion()
	}
	onepkg.TuneForOnePackage()
	cl := newCommandLine()
	opts.unitFlags(cl)
	status, err := opts.analyzeUnit(cl.FlagSet, args)
	if err != nil {
		printError(err)
		return exitFailure
	}
	return status
}

// analyzeUnit analyzes the unit at the end of the arguments, and returns the exit status. Package vetinit has
// already answered for most units, unless there are flags or a configuration.
func (o *options) analyzeUnit(flags *flag.FlagSet, args []string) (int, error) {
	// If the file is wrong, unitchecker reads it again and prints the error.
	u, wrong := govet.Read(args[len(args)-1])
	if err := o.parseUnit(flags, args, &u.Unit); err != nil {
		return exitFailure, err
	}
	// The go command prints no categories. It doesn't tell whether it prints the messages
	// or passes them on as JSON.
	o.config.SayRule = true
	o.config.AfterPart(onepkg.CollectBetweenParts)
	a, err := analyzer.New(o.config)
	if err != nil {
		return exitFailure, err
	}
	o.config.Hint(&u.Hints)
	// With -fix, only unitchecker will do: the go command expects an archive of fixes, even without findings. A unit that
	// is analyzed for its facts has none.
	if wrong == nil && !o.nofilter && (!o.fix || u.VetxOnly) && u.Complete() {
		if !vetinit.Relevant && !o.concerns(&u.Unit) && u.SkipIfIrrelevant() {
			return exitClean, u.ReportNothing(o.json)
		}
		res, err := u.Analyze(a)
		if res != nil {
			return o.reportUnit(u, a, res, err)
		}
		if tooNew, ok := errors.AsType[*onepkg.TooNew](err); ok {
			return exitFailure, tooNew
		}
	}
	file := u.File
	if wrong == nil {
		if file, err = u.ForUnitchecker(a); err != nil {
			return exitFailure, err
		}
	}
	os.Args = append(os.Args[:1],
		fmt.Sprintf("-json=%t", o.json),
		fmt.Sprintf("-fix=%t", o.fix),
		fmt.Sprintf("-diff=%t", o.diff),
		fmt.Sprintf("-c=%d", o.context),
		file)
	unitchecker.Main(govet.Failing(a, func(res *onepkg.Result, err error) {
		status, err := o.reportUnit(u, a, res, err)
		if err != nil {
			printError(err)
		}
		os.Exit(status)
	}))
	panic("unreachable")
}

// concerns reports whether the configuration demands that the unit is analyzed.
func (o *options) concerns(u *vetunit.Unit) bool {
	imports := maps.Values(u.ImportMap)
	return o.config.Concerns(u.ImportPath, withinUnit(u), imports) || o.beyondFacts != nil && o.beyondFacts(imports)
}

// reportUnit prints the findings in a unit, unless it is analyzed only for its facts, and returns the exit
// status. If the analysis was incomplete, the unit has to fail: the go command caches the result of
// a unit that succeeds. If a unit fails, the go command doesn't read JSON, but shows what it prints.
func (o *options) reportUnit(u *govet.Unit, a *analysis.Analyzer, res *onepkg.Result, incomplete error) (int, error) {
	failed, err := u.Report(a, res, o.json && incomplete == nil, o.context)
	switch {
	case err != nil || incomplete != nil:
		return exitFailure, cmp.Or(incomplete, err)
	case failed:
		return exitFindings, nil
	}
	return exitClean, nil
}

// printVersion prints the line that the go command uses as a cache key: it changes with the
// program and the configuration. If the configuration is wrong, printVersion fails. So the
// error is printed once, before any package is analyzed.
func printVersion() int {
	name, err := os.Executable()
	if err != nil {
		log.Print(err)
		return exitFailure
	}
	h := sha256.New()
	if err := cmp.Or(hashFile(h, name), hashConfigs(h)); err != nil {
		printError(err)
		return exitFailure
	}
	// This is not the program's name, which may have spaces: the second word has to be "version".
	fmt.Printf("asynccheck version devel comments-go-here buildID=%02x\n", h.Sum(nil))
	return exitClean
}

func hashFile(h hash.Hash, name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close() // nothing was written
	_, err = io.Copy(h, f)
	return err
}

// printError prints an error. Errors of a configuration, and panics, begin with a position: they
// get no prefix.
func printError(err error) {
	_, wrong := errors.AsType[config.Errors](err)
	_, lost := errors.AsType[panics.Errors](err)
	if wrong || lost {
		fmt.Fprintln(os.Stderr, err)
		return
	}
	log.Print(err)
}

// printFlags describes to the go command the flags that it may pass on.
func printFlags(flags *flag.FlagSet) int {
	type description struct {
		Name  string
		Bool  bool
		Usage string
	}
	var list []description
	flags.VisitAll(func(f *flag.Flag) { list = append(list, description{f.Name, isBool(f), f.Usage}) })
	if err := json.NewEncoder(os.Stdout).Encode(list); err != nil {
		log.Print(err)
		return exitFailure
	}
	return exitClean
}

// parseUnit parses a unit's command line.
func (o *options) parseUnit(flags *flag.FlagSet, args []string, u *vetunit.Unit) error {
	if err := flags.Parse(args); err != nil {
		// Every import of the user's packages, down to the standard library, is a
		// unit that only gives facts. These units ignore wrong flags: the error is
		// printed for the packages that are reported on, not a hundred times.
		if u.VetxOnly {
			*o = options{}
			return nil
		}
		return err
	}
	if flags.NArg() != 1 {
		return fmt.Errorf("want one unit to analyze, got %q", flags.Args())
	}
	if err := o.validate(); err != nil {
		return err
	}
	return o.configureUnit(flags, u)
}
