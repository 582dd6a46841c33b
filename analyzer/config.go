package analyzer

import (
	"flag"
	"go/types"
	"log"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// A Config says what an analyzer reports, and what it can't find out by itself.
// The zero value reports the rules that are on by default. The keys of its JSON
// form are those of the configuration file.
type Config struct {
	// Rules selects the rules to report, as [SelectRules] reads them; empty
	// means the defaults.
	Rules []string `json:"rules,omitempty"`

	// Strict adds the opt-in rules, and treats a response that comes from an
	// unknown function as one that nobody has checked.
	Strict bool `json:"strict,omitempty"`

	// Generated extends reports to generated files.
	Generated bool `json:"generated,omitempty"`

	// Types says what response types are, where that can't be told from their
	// members, or where it is told wrongly. A directive on the type wins over it.
	Types []Type `json:"types,omitempty"`

	// Checked names packages whose calls check outcome codes themselves: nothing
	// is owed for a response that such a call gives. An element is an import path,
	// or ends in "/..." for all packages below a path as well.
	Checked []string `json:"checked,omitempty"`

	// Printers names functions and methods that format or log their arguments, as
	// "example.com/log.Event" and "(*example.com/log.Logger).Event": they neither
	// inspect a response nor take over what is owed for it.
	Printers []string `json:"printers,omitempty"`

	// Decoders names functions and methods, in the same way, that decode into their last
	// argument, as json.Unmarshal does. They read the one before it, or what their receiver has.
	Decoders []string `json:"decoders,omitempty"`

	// Exits names functions and methods, in the same way, that never return. Nothing is owed
	// on a path that ends in one.
	Exits []string `json:"exits,omitempty"`

	// Nolint honours golangci-lint's //nolint comments. That tool does so itself, and
	// has to get the findings in order to tell which comments are of use.
	Nolint bool `json:"-"`

	// Silenced, if not nil, is told of each finding of a package that a comment
	// silences, with the reason that it gives, "" for none. It may be called from
	// several goroutines at once.
	Silenced func(pkg *types.Package, d analysis.Diagnostic, reason string) `json:"-"`

	// File, if not nil, gives the name of a package's file, with its directory. Facts
	// leave that out, and export data knows but few files: a driver that has seen all
	// can show places further away. It returns "" for a file that it doesn't know.
	File func(pkgPath, base string) string `json:"-"`

	// SayRule ends messages with the rule in parentheses, for drivers that print
	// the message alone: those don't show a diagnostic's category.
	SayRule bool `json:"-"`

	// Why, if not nil, is told what becomes of the responses at a line.
	Why *Why `json:"-"`

	// Debug, if not nil, is told which functions were skipped, and why. It
	// may be called from several goroutines at once.
	Debug func(format string, args ...any) `json:"-"`
}

// RegisterFlags declares -rules, -strict, -generated and -debug in fs, as flags
// that set c. A -rules that selects no rule is an error of fs.Parse.
func (c *Config) RegisterFlags(fs *flag.FlagSet) {
	fs.Var((*patterns)(&c.Rules), "rules", "report the rules that match this comma-separated list of `patterns`; a leading '-' leaves rules out")
	fs.BoolVar(&c.Strict, "strict", c.Strict, "report more: the opt-in rules too, and responses that come from functions that asynccheck can't see")
	fs.BoolVar(&c.Generated, "generated", c.Generated, "report findings in generated files too")
	fs.BoolFunc("debug", "list the functions that were not analyzed, and why (on standard error)", c.setDebug)
}

func (c *Config) setDebug(value string) error {
	on, err := strconv.ParseBool(value)
	if err != nil {
		return err
	}
	c.Debug = nil
	if on {
		c.Debug = log.Printf
	}
	return nil
}

// patterns is the value of the -rules flag.
type patterns []string

func (p *patterns) String() string { return strings.Join(*p, ",") }

// Words returns what may stand in the list, for the completion of command lines.
func (p *patterns) Words() []string { return ruleNames() }

// Set replaces the patterns by those of a comma-separated list.
func (p *patterns) Set(list string) error {
	*p = nil
	for pattern := range strings.SplitSeq(list, ",") {
		if pattern = strings.TrimSpace(pattern); pattern != "" {
			*p = append(*p, pattern)
		}
	}
	_, err := SelectRules(*p, false)
	return err
}
