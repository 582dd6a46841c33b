package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/asynccheck/asynccheck/analyzer"
)

// options is a command line, parsed.
type options struct {
	config   analyzer.Config
	dir      string // where to run; empty means here
	file     string // with the configuration; "" to look for it, "off" for none
	tests    bool
	tags     string
	context  int  // lines; negative for none
	json     bool // for go vet; see outputs
	nofilter bool // analyze what can't matter, too
	fix      bool
	diff     bool
	gate     gate
	outputs  outputs
	packages []string

	// page, if not nil, prints what was asked for instead of an analysis.
	page func(io.Writer) error

	why string // FILE:LINE, a line to explain; "" for none
}

// parse parses a command line. What it asks for may make no sense: that is an
// error too.
func parse(args []string) (*options, error) {
	opts := new(options)
	fs := opts.flags()
	show := func(page func(io.Writer) error) { opts.page = page }
	opts.gate.register(fs)
	opts.outputs.register(fs)
	fs.StringVar(&opts.dir, "C", "", "change to this `directory` before anything else")
	fs.StringVar(&opts.tags, "tags", "", "comma-separated `list` of build tags, as for go build")
	fs.Func("completion", "print a script that completes command lines in this `shell`: "+strings.Join(shells(), ", "), func(shell string) error {
		script, err := completion(shell, fs)
		show(func(w io.Writer) error { return script(w) })
		return err
	})
	fs.BoolFunc("list", "list the rules", func(string) error { show(list); return nil })
	fs.BoolFunc("version", "print the version", func(string) error { show(version); return nil })
	fs.Func("explain", "print the page of this `rule`", func(rule string) error {
		show(func(w io.Writer) error { return explain(w, rule) })
		return nil
	})
	fs.StringVar(&opts.why, "why", "", "say what becomes of the responses at this `file:line`, and why there is a finding or none")
	usage := func(w io.Writer) error { return usage(w, fs) }

	if err := fs.Parse(args); errors.Is(err, flag.ErrHelp) {
		opts.page = usage
		return opts, nil
	} else if err != nil {
		return nil, err
	}
	if fs.Arg(0) == "help" { // where "go vet" sends people
		opts.page = usage
		return opts, nil
	}
	if opts.page == nil {
		opts.packages = fs.Args()
		if len(opts.packages) == 0 {
			opts.packages = []string{opts.whyPackage()}
		}
	} else if fs.NArg() > 0 {
		return nil, fmt.Errorf("unexpected argument %q", fs.Arg(0))
	}
	for _, arg := range opts.packages {
		if strings.HasPrefix(arg, "-") {
			return nil, fmt.Errorf("flag %s must stand before the packages", arg)
		}
	}
	if err := opts.validate(); err != nil || opts.page != nil {
		return opts, err
	}
	if opts.dir != "" { // what follows is relative to it
		if err := os.Chdir(opts.dir); err != nil {
			return opts, err
		}
	}
	return opts, opts.configure(fs)
}

func (o *options) validate() error {
	switch {
	case o.diff && !o.fix:
		return errors.New("-diff needs -fix")
	case o.diff && o.outputs.stdout().Name != "text":
		return fmt.Errorf("-diff and -format=%s on standard output exclude each other", o.outputs.stdout().Name)
	}
	return nil
}

// flags declares the flags that an analysis has, whoever asks for it. The
// error of a wrong flag is left to the caller to print.
func (o *options) flags() *flag.FlagSet {
	fs := flag.NewFlagSet("asynccheck", flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	o.config.RegisterFlags(fs)
	o.config.Nolint = true
	fs.StringVar(&o.file, "config", "", "read the configuration from this `file`, not from the .asynccheck.yml found upwards; off reads none")
	fs.BoolVar(&o.tests, "test", true, "analyze test files too")
	fs.BoolFunc("json", "print findings as JSON, same as -format=json", func(value string) (err error) {
		if o.json, err = strconv.ParseBool(value); err == nil && o.json {
			err = o.outputs.setFormat("json")
		}
		return err
	})
	fs.BoolVar(&o.nofilter, "nofilter", false, "analyze packages too that can't matter: the findings are the same, and come later")
	fs.BoolVar(&o.fix, "fix", false, "apply the first suggested fix of each finding")
	fs.BoolVar(&o.diff, "diff", false, "with -fix, show the changes as a diff and make none")
	const context = "show the source line of each finding, with `n` lines around it, and related positions"
	fs.IntVar(&o.context, "context", -1, context)
	fs.IntVar(&o.context, "c", -1, "same as -context `n`")
	return fs
}
