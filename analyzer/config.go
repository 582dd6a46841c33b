package analyzer

import (
	"flag"
	"go/types"
	"log"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// A Config says what an analyzer reports, and what it can't see in the code.
// The zero value reports the rules that are on by default. Its keys in JSON
// are those of the configuration file.
type Config struct {
	// Rules selects the rules to report, by patterns as in [SelectRules]. Empty
	// means the defaults.
	Rules []string `json:"rules,omitempty"`

	// Strict adds the opt-in rules and the contracts that are off by default. It reports failures that
	// are only logged, and treats a response that comes from an unknown function as unchecked.
	Strict bool `json:"strict,omitempty"`

	// Generated reports findings in generated files too.
	Generated bool `json:"generated,omitempty"`

	// Contracts turns contracts on, by their IDs or patterns as [path.Match] knows them. A
	// leading '-' turns them off. They apply in order, after the defaults.
	Contracts []string `json:"contracts,omitempty"`

	// APIs are contracts of the user's own.
	APIs []API `json:"apis,omitempty"`

	// Types describes response types that are not recognized by their members, or
	// recognized wrongly. A directive on the type overrides it.
	Types []Type `json:"types,omitempty"`

	// Checked names packages whose functions check outcome codes themselves: callers need not
	// check a response that these return or fill. An element is an import path. With
	// "/..." at its end, it also names all packages below the path.
	Checked []string `json:"checked,omitempty"`

	// Printers names functions and methods that format or log their arguments, such as
	// "example.com/log.Event" and "(*example.com/log.Logger).Event". A call of one
	// neither inspects a response nor hands it on.
	Printers []string `json:"printers,omitempty"`

	// Decoders names functions and methods, in the same way, that decode into their last
	// argument, like json.Unmarshal. They read the argument before it, or their receiver.
	Decoders []string `json:"decoders,omitempty"`

	// Exits names functions and methods, in the same way, that never return. Nothing is owed
	// on a path that ends in one.
	Exits []string `json:"exits,omitempty"`

	// Nolint obeys golangci-lint's //nolint comments. It is not for golangci-lint, which
	// obeys them itself, and needs all findings to see which comments silence something.
	Nolint bool `json:"-"`

	// Silenced, if not nil, is called for each finding that a comment silences, with
	// the comment's reason, "" if it has none. Several goroutines may call it at once.
	Silenced func(pkg *types.Package, d analysis.Diagnostic, reason string) `json:"-"`

	// File, if not nil, returns the full name of a package's file, "" if it is unknown.
	// Facts have base names only. With full names, findings can show positions in
	// packages that are not imported directly.
	File func(pkgPath, base string) string `json:"-"`

	// SayRule ends messages with the rule in parentheses, and the contract: see [Label].
	// It is for drivers that don't show a diagnostic's category.
	SayRule bool `json:"-"`

	// Why, if not nil, gets an explanation of the findings, or of their absence, at a line.
	Why *Why `json:"-"`

	// Debug, if not nil, is called for each function that is skipped, and says why.
	// Several goroutines may call it at once.
	Debug func(format string, args ...any) `json:"-"`

	// Inert, if not nil, is called once for each contract that is ignored for an SDK that is
	// imported, and says why: it is another version. Several goroutines may call it at once.
	Inert func(format string, args ...any) `json:"-"`

	notes     func(pkg *types.Package, text string) // see Notes
	afterPart func()                                // see AfterPart
}

// Notes has f called for all that [Config.Debug] and [Config.Inert] are for, with the package, even if these are nil:
// for each package again. Several goroutines may call it at once.
func (c *Config) Notes(f func(pkg *types.Package, text string)) { c.notes = f }

// AfterPart has f called when a part of a package has been analyzed: what the part needed is garbage by then. A large
// package has many parts. Several goroutines may call it at once.
func (c *Config) AfterPart(f func()) { c.afterPart = f }

// RegisterFlags declares the flags -rules, -strict, -generated and -debug, which set
// fields of c. If a pattern of -rules matches no rule, fs.Parse fails.
func (c *Config) RegisterFlags(fs *flag.FlagSet) {
	fs.Var((*patterns)(&c.Rules), "rules", "report the rules that match this comma-separated list of `patterns`; a leading '-' leaves rules out")
	fs.BoolVar(&c.Strict, "strict", c.Strict, "report more: the opt-in rules, the contracts that are off by default, failures that are only logged, and responses of functions that asynccheck can't see")
	fs.BoolVar(&c.Generated, "generated", c.Generated, "report findings in generated files too")
	fs.BoolFunc("debug", "list the functions that were not analyzed, and the contracts that are ignored for the imported SDKs, and why (on standard error)", c.setDebug)
}

func (c *Config) setDebug(value string) error {
	on, err := strconv.ParseBool(value)
	if err != nil {
		return err
	}
	c.Debug, c.Inert = nil, nil
	if on {
		c.Debug, c.Inert = log.Printf, log.Printf
	}
	return nil
}

// patterns is the value of the -rules flag.
type patterns []string

func (p *patterns) String() string { return strings.Join(*p, ",") }

// Words returns the names that the list can have, for the completion of command lines.
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
