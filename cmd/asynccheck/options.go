package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"

	"github.com/asynccheck/asynccheck/analyzer"
)

// options is a command line, parsed.
type options struct {
	config   analyzer.Config
	file     string // with the configuration; "" to look for it, "off" for none
	tests    bool
	context  int // lines; negative for none
	json     bool
	fix      bool
	diff     bool
	packages []string

	// page, if not nil, prints what was asked for instead of an analysis.
	page func(io.Writer) error
}

// parse parses a command line. What it asks for may make no sense: that is an
// error too.
func parse(args []string) (*options, error) {
	opts := new(options)
	fs := opts.flags()
	show := func(page func(io.Writer) error) { opts.page = page }
	fs.BoolFunc("list", "list the rules", func(string) error { show(list); return nil })
	fs.BoolFunc("version", "print the version", func(string) error { show(version); return nil })
	fs.Func("explain", "print the page of this `rule`", func(rule string) error {
		show(func(w io.Writer) error { return explain(w, rule) })
		return nil
	})
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
			opts.packages = []string{"."}
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
	return opts, opts.configure(fs)
}

func (o *options) validate() error {
	switch {
	case o.diff && !o.fix:
		return errors.New("-diff needs -fix")
	case o.diff && o.json:
		return errors.New("-diff and -json exclude each other")
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
	fs.BoolVar(&o.json, "json", false, "print findings as JSON")
	fs.BoolVar(&o.fix, "fix", false, "apply the first suggested fix of each finding")
	fs.BoolVar(&o.diff, "diff", false, "with -fix, show the changes as a diff and make none")
	const context = "show the source line of each finding, with `n` lines around it, and related positions"
	fs.IntVar(&o.context, "context", -1, context)
	fs.IntVar(&o.context, "c", -1, "same as -context `n`")
	return fs
}
