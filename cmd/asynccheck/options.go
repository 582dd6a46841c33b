package main

import (
	"cmp"
	"errors"
	"flag"
	"fmt"
	"io"
	"iter"
	"os"
	"strconv"
	"strings"

	"github.com/asynccheck/asynccheck/analyzer"
	"github.com/asynccheck/asynccheck/internal/report"
)

// options is a command line, parsed.
type options struct {
	args       []string        // as they were given
	config     analyzer.Config // of the command line, and of a file that holds for all packages
	modules    []moduleConfig  // of the main modules, which hold for their packages
	given      map[string]bool // the flags on the command line
	dir        string          // where to run; "" means here
	file       string          // with the configuration; "" means search for it, "off" means none
	tests      bool
	tags       string
	context    int  // lines; negative for none
	json       bool // for go vet; see outputs
	nofilter   bool // also analyze what can't matter
	fix        bool
	diff       bool
	cache      bool // keep results for later runs
	exitPolicy exitPolicy
	outputs    outputs
	packages   []string

	// page, if not nil, prints something instead of an analysis.
	page      func(io.Writer) error
	contracts bool   // the page is a list of contracts
	explained string // the rule or contract that the page is about

	why question

	// beyondFacts is that of the configuration of a unit of go vet: see [analyzer.Config.BeyondFacts].
	beyondFacts func(imports iter.Seq[string]) bool

	warnings []string // of old flags; exitPolicy and outputs have their own
}

// parse parses a command line. Flags that contradict each other are an error too.
func parse(args []string) (*options, error) {
	opts := &options{args: args}
	cl := opts.commandLine()
	usage := func(w io.Writer) error { return usage(w, cl) }
	if err := cl.Parse(args); errors.Is(err, flag.ErrHelp) {
		opts.page = usage
		return opts, nil
	} else if err != nil {
		return nil, cl.suggest(err)
	}
	if err := cl.strayBool(args); err != nil {
		return nil, err
	}
	if cl.Arg(0) == "help" { // "go vet" tells people to run it
		opts.page = usage
		return opts, nil
	}
	if opts.page == nil {
		opts.packages = cl.Args()
		if len(opts.packages) == 0 {
			opts.packages = []string{opts.defaultPackage()}
		}
	} else if opts.contracts {
		opts.packages = cl.Args()
	} else if cl.NArg() > 0 {
		return nil, fmt.Errorf("unexpected argument %q", cl.Arg(0))
	}
	for _, arg := range opts.packages {
		if strings.HasPrefix(arg, "-") {
			return nil, fmt.Errorf("flag %s must stand before the packages", arg)
		}
	}
	if err := opts.validate(); err != nil || opts.page != nil && !opts.contracts && !opts.explainsOwn() {
		return opts, err
	}
	if opts.why.file != "" {
		if err := opts.why.excludes(cl.given); err != nil {
			return nil, err
		}
	}
	if opts.dir != "" { // all other paths are relative to it
		if err := os.Chdir(opts.dir); err != nil {
			return opts, err
		}
	}
	return opts, opts.configure(cl.FlagSet)
}

func (o *options) validate() error {
	switch {
	case o.diff && !o.fix:
		return errors.New("-diff needs -fix")
	case o.diff && o.outputs.statistics:
		return errors.New("-diff and -statistics exclude each other: both use standard output")
	case o.outputs.statistics && o.outputs.format != nil:
		return fmt.Errorf("-statistics and -format=%s exclude each other: both use standard output", o.outputs.format.Name)
	case o.diff && o.outputs.format != nil && o.outputs.format != report.Formats[0] && o.outputs.format != report.Full:
		return fmt.Errorf("-diff and -format=%s exclude each other: both use standard output", o.outputs.format.Name)
	}
	return cmp.Or(o.exitPolicy.validate(), o.outputs.validate(), o.outputs.overwrite(&o.exitPolicy))
}

// commandLine declares all flags of the command.
func (o *options) commandLine() *commandLine {
	cl := newCommandLine()
	o.unitFlags(cl)
	cl.group(toAnalyze, func(fs *flag.FlagSet) {
		fs.StringVar(&o.dir, "C", "", "change to this `directory` before anything else")
		fs.StringVar(&o.tags, "tags", "", "comma-separated `list` of build tags, as for go build")
	})
	cl.group(toReport, o.exitPolicy.register)
	cl.group(toReport, o.outputs.register)
	cl.group(hidden, o.exitPolicy.registerOld)
	cl.group(hidden, func(fs *flag.FlagSet) {
		fs.BoolFunc("list", "same as -list-rules", func(string) error {
			o.page = list
			o.warnings = append(o.warnings, "-list is -list-rules; the next release has no -list")
			return nil
		})
	})
	cl.group(others, o.cacheFlag)
	cl.group(others, func(fs *flag.FlagSet) { o.pageFlags(fs, cl) })
	return cl
}

// pageFlags declares the flags that print something instead of findings.
func (o *options) pageFlags(fs *flag.FlagSet, cl *commandLine) {
	show := func(page func(io.Writer) error) { o.page = page }
	onOff := func(name, usage string, show func()) {
		fs.BoolFunc(name, usage, func(value string) error {
			on, err := strconv.ParseBool(value)
			if err != nil {
				return errors.New("want true or false")
			}
			if on {
				show()
			}
			return nil
		})
	}
	fs.Var(&choice{shells(), func(shell string) error {
		script, err := completion(shell, cl)
		show(func(w io.Writer) error { return script(w) })
		return err
	}}, "completion", "print a script that completes command lines in this `shell`: "+strings.Join(shells(), ", "))
	onOff("contracts", "list the contracts and exit; with packages, only those of SDKs that they import", func() {
		o.contracts = true
		show(o.listContracts)
	})
	onOff("list-rules", "list the rules and exit", func() { show(list) })
	onOff("version", "print the version", func() { show(version) })
	fs.Var(&choice{append(ruleNames(), contractIDs()...), func(name string) error {
		o.explained = name
		show(o.explain)
		return nil
	}}, "explain", "print the page of this `rule`, or of a contract, by its ID, after the contract's facts")
	fs.Func("why", "explain what each rule says about the responses at this `file:line`, and report nothing else", o.setWhy)
}

// vetFlags declares the flags that go vet may pass on.
func (o *options) vetFlags(cl *commandLine) {
	cl.group(toReport, o.config.RegisterFlags)
	cl.group(toReport, func(fs *flag.FlagSet) {
		fs.BoolFunc("json", "print findings as JSON, same as -format=json", func(value string) (err error) {
			if o.json, err = strconv.ParseBool(value); err == nil && o.json {
				err = o.outputs.setFormat("json")
			}
			return err
		})
	})
	cl.group(hidden, func(fs *flag.FlagSet) {
		fs.BoolVar(&o.nofilter, "nofilter", false, "for testing asynccheck: analyze all packages, even those that can have no finding (slow)")
	})
}

// unitFlags declares the flags of an analysis, stand-alone or of a unit. Some are flags of go vet itself, so vetFlags
// does not have them.
func (o *options) unitFlags(cl *commandLine) {
	o.vetFlags(cl)
	o.config.Nolint = true
	cl.group(toAnalyze, func(fs *flag.FlagSet) {
		fs.StringVar(&o.file, "config", "", "read this configuration `file`, for all packages, instead of each module's .asynccheck.yml; \"off\": use none")
		fs.BoolVar(&o.tests, "test", true, "analyze test files too")
	})
	cl.group(toReport, func(fs *flag.FlagSet) {
		fs.BoolVar(&o.fix, "fix", false, "apply the first suggested fix of each finding: changes files")
		fs.BoolVar(&o.diff, "diff", false, "with -fix, show the changes as a diff and make none")
		o.context = -1
		setContext := func(value string) (err error) {
			if o.context, err = strconv.Atoi(value); err != nil {
				return errors.New("want a number of lines")
			}
			return nil
		}
		fs.Func("context", "print `n` lines of source around each finding, and the steps that lead to it (default: none, or 0 in the format full)", setContext)
		fs.Func("c", "short for -context `n`", setContext)
	})
}
