// Package document reads contracts in YAML. The analyzer doesn't link it, or a YAML parser: the built-in contracts are
// compiled from their documents.
package document

import (
	"fmt"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"github.com/asynccheck/asynccheck/internal/codeset"
	"github.com/asynccheck/asynccheck/internal/contract"
)

type document struct {
	ID         string      `yaml:"id"`
	Name       string      `yaml:"name"`
	URL        string      `yaml:"url"`
	Tier       int         `yaml:"tier"`
	Default    onOff       `yaml:"default"`
	Members    *members    `yaml:"members"`
	Find       *find       `yaml:"find"`
	Duties     []duty      `yaml:"duties"`
	Complement []string    `yaml:"complement"`
	Exempt     []exemption `yaml:"exempt"`
	Words      words       `yaml:"words"`
}

type find struct {
	Paths  []string `yaml:"paths"`
	Type   string   `yaml:"type"`
	Calls  []string `yaml:"calls"`
	Result int      `yaml:"result"`
}

type exemption struct {
	Field  string   `yaml:"field"`
	Values []string `yaml:"values"`
}

// onOff is true for off.
type onOff bool

func (o *onOff) UnmarshalYAML(data []byte) error {
	switch word := strings.Trim(strings.TrimSpace(string(data)), `"'`); word {
	case "on":
	case "off":
		*o = true
	default:
		return fmt.Errorf("%q is not a default, want on or off", word)
	}
	return nil
}

type members struct {
	Detail          string   `yaml:"detail"`
	Message         []string `yaml:"message"`
	Task            []string `yaml:"task"`
	TaskEnvelopes   []string `yaml:"taskEnvelopes"`
	Required        []string `yaml:"required"`
	Embeddable      bool     `yaml:"embeddable"`
	NumericEvidence []string `yaml:"numericEvidence"`
	Hosts           []string `yaml:"hosts"`
}

type duty struct {
	Signals []signal `yaml:"signals"`
	Entries bool     `yaml:"entries"`
}

type signal struct {
	Path    string   `yaml:"path"`
	Reading reading  `yaml:"reading"`
	Texts   []string `yaml:"texts"`
	Clean   []int64  `yaml:"clean"`
	Partial []int64  `yaml:"partial"`
	Total   []int64  `yaml:"total"`
}

type words struct {
	Item  string `yaml:"item"`
	Items string `yaml:"items"`
	Loss  string `yaml:"loss"`
}

type reading contract.Reading

func (r *reading) UnmarshalYAML(data []byte) error {
	name := strings.TrimSpace(string(data))
	i := slices.Index(contract.Readings[:], name)
	if i < 0 {
		last := len(contract.Readings) - 1
		want := strings.Join(contract.Readings[:last], ", ") + " or " + contract.Readings[last]
		return fmt.Errorf("%q is not a reading, want %s", name, want)
	}
	*r = reading(i)
	return nil
}

// Read reads a list of contracts, and validates each. Errors name the line, or the contract and its key.
func Read(data []byte) ([]*contract.Contract, error) {
	var docs []document
	if err := yaml.UnmarshalWithOptions(data, &docs, yaml.Strict()); err != nil {
		return nil, err
	}
	var contracts []*contract.Contract
	seen := make(map[string]bool)
	for _, d := range docs {
		c := d.contract()
		if err := c.Validate(); err != nil {
			return nil, err
		}
		if seen[c.ID] {
			return nil, fmt.Errorf("%s: id: another contract has it, want a different one", c.ID)
		}
		seen[c.ID] = true
		contracts = append(contracts, c)
	}
	return contracts, nil
}

func (d *document) contract() *contract.Contract {
	c := &contract.Contract{
		ID: d.ID, Name: d.Name, URL: d.URL, Tier: contract.Tier(d.Tier), Off: bool(d.Default),
		Members: (*contract.Members)(d.Members), Find: (*contract.Find)(d.Find), Complement: d.Complement, Words: contract.Words(d.Words),
	}
	for _, e := range d.Exempt {
		c.Exempt = append(c.Exempt, contract.Exemption(e))
	}
	for _, duty := range d.Duties {
		of := contract.Duty{Entries: duty.Entries}
		for _, s := range duty.Signals {
			of.Signals = append(of.Signals, contract.Signal{
				Path: s.Path, Reading: contract.Reading(s.Reading), Texts: s.Texts,
				Clean: cleanOf(&s, c.Find != nil), Partial: codeset.Of(s.Partial...), Total: codeset.Of(s.Total...),
			})
		}
		c.Duties = append(c.Duties, of)
	}
	return c
}

// cleanOf returns the numbers that mean success. Of a signal that is found by type or function, 0 does if nothing else
// is said: no item failed, false, nil, or the first text.
func cleanOf(s *signal, zero bool) codeset.Set {
	if zero && len(s.Clean) == 0 {
		return codeset.Of(0)
	}
	return codeset.Of(s.Clean...)
}
