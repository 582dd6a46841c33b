package main

import (
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/asynccheck/asynccheck/internal/spelling"
)

// Groups of flags, as -help shows them.
const (
	toAnalyze = "What to analyze"
	toReport  = "What to report"
	others    = "Other"
	hidden    = "" // not shown: tests of asynccheck, and old names
)

// flagGroups are the groups that -help shows, in their order.
var flagGroups = []string{toAnalyze, toReport, others}

// A commandLine is a set of flags, each in a group. A flag's usage names its value, and the value
// may list its words. From these come -help, the completion of command lines, and
// the flags that go vet may pass on.
type commandLine struct {
	*flag.FlagSet
	groups map[string][]string // names of flags by group
}

// newCommandLine returns a command line without flags. The caller prints the error about a wrong flag.
func newCommandLine() *commandLine {
	fs := flag.NewFlagSet("asynccheck", flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	return &commandLine{fs, make(map[string][]string)}
}

// group adds the flags that declare declares to a group.
func (c *commandLine) group(name string, declare func(*flag.FlagSet)) {
	had := make(map[string]bool)
	c.VisitAll(func(f *flag.Flag) { had[f.Name] = true })
	declare(c.FlagSet)
	c.VisitAll(func(f *flag.Flag) {
		if !had[f.Name] {
			c.groups[name] = append(c.groups[name], f.Name)
		}
	})
}

// in returns the flags of a group, sorted by name.
func (c *commandLine) in(group string) *flag.FlagSet {
	fs := flag.NewFlagSet(group, flag.ContinueOnError)
	for _, name := range c.groups[group] {
		f := c.Lookup(name)
		fs.Var(f.Value, f.Name, f.Usage)
	}
	return fs
}

// shown reports whether -help shows the flag.
func (c *commandLine) shown(name string) bool { return !slices.Contains(c.groups[hidden], name) }

// given reports whether the command line that was parsed has the flag.
func (c *commandLine) given(name string) bool {
	found := false
	c.Visit(func(f *flag.Flag) { found = found || f.Name == name })
	return found
}

// suggest adds the flags that are spelled alike to an error about an unknown flag.
func (c *commandLine) suggest(err error) error {
	unknown, ok := strings.CutPrefix(err.Error(), "flag provided but not defined: -")
	if !ok {
		return err
	}
	var known []string
	c.VisitAll(func(f *flag.Flag) {
		if c.shown(f.Name) {
			known = append(known, f.Name)
		}
	})
	var meant []string
	for _, name := range spelling.Alike(unknown, known) {
		meant = append(meant, "-"+name)
	}
	if len(meant) == 0 {
		return err
	}
	return fmt.Errorf("%w: did you mean %s?", err, spelling.Or(meant))
}

// strayBool returns an error if the first argument is true or false, and the flag before it takes such a value only
// after "=". args is the command line that was parsed.
func (c *commandLine) strayBool(args []string) error {
	i := len(args) - c.NArg()
	if value := c.Arg(0); i > 0 && (value == "true" || value == "false") {
		if name := strings.TrimLeft(args[i-1], "-"); c.Lookup(name) != nil && isBool(c.Lookup(name)) {
			return fmt.Errorf("write -%s=%s: a flag that is on or off takes its value after \"=\"", name, value)
		}
	}
	return nil
}

// isBool reports whether the flag takes a value only after "=".
func isBool(f *flag.Flag) bool {
	b, ok := f.Value.(interface{ IsBoolFlag() bool })
	return ok && b.IsBoolFlag()
}

// A choice is the value of a flag that takes one of several words.
type choice struct {
	words []string
	set   func(string) error
}

func (c *choice) String() string         { return "" }
func (c *choice) Set(value string) error { return c.set(value) }
func (c *choice) Words() []string        { return c.words }

// wordsOf returns the possible values of a flag, nil if there is no list.
func wordsOf(f *flag.Flag) []string {
	if v, ok := f.Value.(interface{ Words() []string }); ok {
		return v.Words()
	}
	return nil
}
