package main

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/asynccheck/asynccheck/analyzer"
	"github.com/asynccheck/asynccheck/docs"
	"github.com/asynccheck/asynccheck/internal/contract"
	"github.com/asynccheck/asynccheck/internal/contract/catalog"
	"github.com/asynccheck/asynccheck/internal/driver"
	"github.com/asynccheck/asynccheck/internal/importpath"
)

// contractIDs returns the IDs of the built-in contracts.
func contractIDs() []string {
	var ids []string
	for _, c := range catalog.Contracts() {
		ids = append(ids, c.ID)
	}
	return ids
}

// listContracts prints the contracts, one per line: all of them, or those in reach of the packages that the command line
// has. A contract that is found by members is always in reach: any package may declare such a struct.
func (o *options) listContracts(w io.Writer) error {
	dir, err := os.Getwd()
	if err != nil {
		return err
	}
	if len(o.packages) == 0 {
		configs, err := o.configsHere(dir)
		if err != nil {
			return err
		}
		return printContracts(w, knownContracts(configs))
	}
	pkgs, reached, err := driver.Reached(driver.Config{Dir: dir, Patterns: o.packages, Tests: o.tests, Tags: o.tags})
	if err != nil {
		return err
	}
	configs, err := o.configsOf(pkgs, dir)
	if err != nil {
		return err
	}
	return printContracts(w, inReach(knownContracts(configs), reached))
}

// inReach returns the contracts whose responses the packages with these import paths may see.
func inReach(all []knownContract, packages []string) []knownContract {
	paths := make(map[string]bool)
	for _, path := range packages {
		paths[importpath.Unversioned(path)] = true
	}
	return slices.DeleteFunc(slices.Clone(all), func(c knownContract) bool {
		return !c.ByMembers() && !slices.ContainsFunc(c.Find.Paths, func(path string) bool { return paths[path] })
	})
}

// A knownContract is a contract that some configuration knows.
type knownContract struct {
	*contract.Contract
	state string // whether it is on, and where
}

// off is the state of a contract that is on nowhere.
const off = "off"

// knownContracts returns the contracts that configurations know.
func knownContracts(configs []placedConfig) (all []knownContract) {
	on := make(map[string][]string) // where
	for _, c := range configs {
		known, isOn := c.KnownContracts()
		for _, k := range known {
			if !slices.ContainsFunc(all, func(other knownContract) bool { return other.ID == k.ID }) {
				all = append(all, knownContract{Contract: k})
			}
			if isOn[k.ID] {
				on[k.ID] = append(on[k.ID], c.place)
			}
		}
	}
	for i := range all {
		switch places := on[all[i].ID]; len(places) {
		case 0:
			all[i].state = off
		case len(configs):
			all[i].state = "on"
		default:
			all[i].state = "on in " + strings.Join(places, ", ")
		}
	}
	return all
}

func printContracts(w io.Writer, all []knownContract) error {
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, c := range all {
		fmt.Fprintf(tw, "%s\t%s\t%s\t%s\n", c.ID, c.state, c.Name, lost(c.Contract))
	}
	return tw.Flush()
}

// lost says what becomes of items that failed if nobody looks.
func lost(c *contract.Contract) string {
	if c.Words.Loss == "" {
		return c.Words.Items + " that failed pass for done"
	}
	return c.Words.Loss
}

// explain prints the page of a rule or of a contract, after the contract's facts. A contract of the user's own has no
// page. It is an error if neither a rule nor a contract has the name.
func (o *options) explain(w io.Writer) error {
	if page, ok := docs.Rule(o.explained); ok {
		_, err := io.WriteString(w, page)
		return err
	}
	dir, err := os.Getwd()
	if err != nil {
		return err
	}
	configs, err := o.configsHere(dir)
	if err != nil {
		return err
	}
	all := knownContracts(configs)
	i := slices.IndexFunc(all, func(c knownContract) bool { return c.ID == o.explained })
	if i < 0 {
		known := append(ruleNames(), "silence")
		for _, c := range all {
			known = append(known, c.ID)
		}
		return unknownName(o.explained, known)
	}
	if err := explainContract(w, all[i].Contract); err != nil {
		return err
	}
	if page, ok := docs.Contract(o.explained); ok {
		_, err := io.WriteString(w, "\n"+page)
		return err
	}
	return nil
}

// explainsOwn reports whether -explain may name a contract of the user's own: then the configuration has to be read.
func (o *options) explainsOwn() bool {
	return o.explained != "" && !slices.Contains(contractIDs(), o.explained) &&
		!slices.ContainsFunc(analyzer.Rules(), func(r analyzer.Rule) bool { return r.Name == o.explained })
}

// explainContract prints a contract's facts.
func explainContract(w io.Writer, c *contract.Contract) error {
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fact := func(key, text string) {
		if text != "" {
			fmt.Fprintf(tw, "%s\t%s\n", key, text)
		}
	}
	fact("contract", c.ID)
	fact("name", c.Name)
	if c.ByMembers() {
		found := "the JSON members " + c.Code().Path + " and "
		if len(c.Members.Required) > 0 {
			found += strings.Join(c.Members.Required, " and ")
		} else {
			found += strings.Join(c.Companions(), " or ")
		}
		fact("found by", found)
		fact("entries", c.Members.Detail)
	} else {
		fact("packages", strings.Join(c.Find.Paths, ", "))
		fact("type", c.Find.Type)
		fact("calls", strings.Join(c.Find.Calls, ", "))
		fact("again", strings.Join(c.Find.Again, ", "))
	}
	for _, d := range c.Duties {
		var signals []string
		for i := range d.Signals {
			signals = append(signals, signalText(&d.Signals[i]))
		}
		fact("signals", strings.Join(signals, ", or "))
	}
	fact("complement", strings.Join(c.Complement, ", "))
	for _, e := range c.Exempt {
		fact("exempt", e.Field+" = "+strings.Join(e.Values, " or "))
	}
	fact("lost", lost(c))
	fact("default", map[bool]string{true: "off", false: "on"}[c.Off])
	fact("see", c.URL)
	return tw.Flush()
}

// signalText says how a signal is read, and what its numbers mean.
func signalText(s *contract.Signal) string {
	path := s.Path
	if path == "" {
		path = "the response"
	}
	values := map[contract.Reading][]string{contract.Text: s.Texts, contract.Truth: {"false", "true"}, contract.Nil: {"nil", "not nil"}}
	if of, ok := values[s.Reading]; ok {
		var clean []string
		for i, value := range of {
			if s.Clean.Contains(int64(i)) {
				clean = append(clean, value)
			}
		}
		return fmt.Sprintf("%s (%s; success: %s)", path, s.Reading, strings.Join(clean, " or "))
	}
	text := fmt.Sprintf("%s (%s; success: %s", path, s.Reading, s.Clean.Words())
	if !s.Partial.IsEmpty() {
		text += "; partial failure: " + s.Partial.Words()
	}
	if !s.Total.IsEmpty() {
		text += "; total failure: " + s.Total.Words()
	}
	return text + ")"
}
