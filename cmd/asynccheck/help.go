package main

import (
	"cmp"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"text/tabwriter"

	"github.com/asynccheck/asynccheck/analyzer"
)

// list prints the rules, one per line.
func list(w io.Writer) error {
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, r := range analyzer.Rules() {
		state := "on"
		if r.OptIn {
			state = "opt-in"
		}
		fmt.Fprintf(tw, "%s\t%s\t%s\n", r.Name, state, r.Summary)
	}
	return tw.Flush()
}

// ruleNames returns the names of all rules.
func ruleNames() []string {
	var names []string
	for _, r := range analyzer.Rules() {
		names = append(names, r.Name)
	}
	return names
}

// version prints the version of the module and of Go.
func version(w io.Writer) error {
	_, err := fmt.Fprintf(w, "asynccheck %s (%s)\n", moduleVersion(), runtime.Version())
	return err
}

func moduleVersion() string {
	v := "(unknown)"
	if info, ok := debug.ReadBuildInfo(); ok {
		v = cmp.Or(info.Main.Version, v)
	}
	return v
}

func usage(w io.Writer, cl *commandLine) error {
	_, err := io.WriteString(w, `Asynccheck finds calls that succeeded in part, where the failed part is lost:
calls of SDKs, and of cloud API 2.0.

Usage:

	asynccheck [flags] [packages]
	go vet -vettool=$(which asynccheck) [flags] [packages]
	asynccheck -contracts [packages]

Without packages it analyzes ./..., those in the current directory and below. It
prints findings on standard output: on a terminal with their source, elsewhere as
"file:line:column: message (rule)", or in the format of -format. It also writes
them to a file for each -o. A project's settings belong in .asynccheck.yml (or
.yaml) beside its go.mod.

The exit status is 0 if there are no new findings, and 1 if there are. It is 2 if
the command line, the configuration, the baseline, the revision or an output file
is wrong, or if a package or function could not be loaded or analyzed. It is 130 if
the run was interrupted.
`)
	if err != nil {
		return err
	}
	for _, group := range flagGroups {
		if _, err := fmt.Fprintf(w, "\n%s:\n\n", group); err != nil {
			return err
		}
		fs := cl.in(group)
		fs.SetOutput(w)
		fs.PrintDefaults()
	}
	return nil
}
