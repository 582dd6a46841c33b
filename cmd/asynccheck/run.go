package main

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/asynccheck/asynccheck/internal/checkout"
	"github.com/asynccheck/asynccheck/internal/report"
)

// epochVariable gives reports a date that is the same in each run: see https://reproducible-builds.org.
const epochVariable = "SOURCE_DATE_EPOCH"

// linkVariable is the environment's -link.
const linkVariable = "ASYNCCHECK_LINK"

// describe says how the run took place.
func (o *outcome) describe() (*report.Run, error) {
	run := &report.Run{
		Command:  commandText(o.args),
		Checkout: checkout.Of(o.dir),
		Packages: o.result.Packages,
	}
	var err error
	if run.Date, err = date(); err != nil {
		return nil, err
	}
	if run.Link, err = o.outputs.parseLink(run.Checkout); err != nil {
		return nil, err
	}
	configs, err := o.configsOf(o.result.Requested, o.dir)
	if err != nil {
		return nil, err
	}
	run.Rules = rulesOn(configs)
	on := slices.DeleteFunc(knownContracts(configs), func(c knownContract) bool { return c.state == off })
	run.Contracts = len(on)
	for _, c := range inReach(on, o.result.Reached()) {
		run.InReach = append(run.InReach, c.ID)
	}
	slices.Sort(run.InReach)
	return run, nil
}

// rulesOn returns the names of the rules that are on by some configuration.
func rulesOn(configs []placedConfig) []string {
	on := make(map[string]bool)
	for _, c := range configs {
		maps.Copy(on, rulesOf(c.Config))
	}
	return slices.DeleteFunc(ruleNames(), func(name string) bool { return !on[name] })
}

// date returns the date of reports.
func date() (time.Time, error) {
	text := os.Getenv(epochVariable)
	if text == "" {
		return time.Now().UTC(), nil
	}
	seconds, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return time.Time{}, fmt.Errorf("%s=%s: want seconds since 1970", epochVariable, text)
	}
	return time.Unix(seconds, 0).UTC(), nil
}

// commandText returns a command line as a shell reads it.
func commandText(args []string) string {
	var out strings.Builder
	out.WriteString("asynccheck")
	for _, arg := range args {
		special := func(r rune) bool {
			return !('0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || strings.ContainsRune("-_=./,:@%+", r))
		}
		if arg == "" || strings.ContainsFunc(arg, special) {
			arg = "'" + strings.ReplaceAll(arg, "'", `'\''`) + "'"
		}
		out.WriteString(" " + arg)
	}
	return out.String()
}
