package analyzer

import (
	"flag"
	"log"
	"strconv"
	"strings"
)

// A Config says what an analyzer reports. The zero value reports the rules
// that are on by default.
type Config struct {
	// Rules selects the rules to report, as [SelectRules] reads them; empty
	// means the defaults.
	Rules []string

	// Strict adds the opt-in rules, and treats a response that comes from an
	// unknown function as one that nobody has checked.
	Strict bool

	// Generated extends reports to generated files.
	Generated bool

	// Debug, if not nil, is told which functions were skipped, and why. It
	// may be called from several goroutines at once.
	Debug func(format string, args ...any)
}

// RegisterFlags declares -rules, -strict, -generated and -debug in fs, as flags
// that set c. A -rules that selects no rule is an error of fs.Parse.
func (c *Config) RegisterFlags(fs *flag.FlagSet) {
	fs.Var((*patterns)(&c.Rules), "rules", "report the rules that match this comma-separated list of `patterns`; a leading '-' leaves rules out")
	fs.BoolVar(&c.Strict, "strict", c.Strict, "report opt-in rules too, and distrust responses that come from unknown functions")
	fs.BoolVar(&c.Generated, "generated", c.Generated, "report findings in generated files too")
	fs.BoolFunc("debug", "say on standard error which functions were skipped, and why", c.setDebug)
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
