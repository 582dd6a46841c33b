// Package document has contracts in the form in which people write them: in the catalog's YAML files, in configurations,
// and in JSON. It links no parser of YAML, since the analyzer links this package.
package document

import (
	"fmt"
	"slices"

	"github.com/asynccheck/asynccheck/internal/codeset"
	"github.com/asynccheck/asynccheck/internal/contract"
	"github.com/asynccheck/asynccheck/internal/spelling"
)

// A Contract is a contract as it is written. docs/contracts.md says what the keys mean.
type Contract struct {
	ID         string      `json:"id"`
	Name       string      `json:"name,omitempty"`
	URL        string      `json:"url,omitempty"`
	Tier       int         `json:"tier,omitempty"`
	Default    string      `json:"default,omitempty"`
	Members    *Members    `json:"members,omitempty"`
	Find       *Find       `json:"find,omitempty"`
	Duties     []Duty      `json:"duties,omitempty"`
	Complement []string    `json:"complement,omitempty"`
	Exempt     []Exemption `json:"exempt,omitempty"`
	Words      Words       `json:"words,omitzero"`
}

// Members say how a struct is recognized by its JSON members.
type Members struct {
	Detail          string   `json:"detail,omitempty"`
	Message         []string `json:"message,omitempty"`
	Task            []string `json:"task,omitempty"`
	TaskEnvelopes   []string `json:"taskEnvelopes,omitempty"`
	Required        []string `json:"required,omitempty"`
	Embeddable      bool     `json:"embeddable,omitempty"`
	NumericEvidence []string `json:"numericEvidence,omitempty"`
	Hosts           []string `json:"hosts,omitempty"`
}

// A Find says which Go types and functions follow the contract.
type Find struct {
	Paths  []string `json:"paths,omitempty"`
	Majors []int    `json:"majors,omitempty"`
	Type   string   `json:"type,omitempty"`
	Calls  []string `json:"calls,omitempty"`
	Again  []string `json:"again,omitempty"`
	Result int      `json:"result,omitempty"`
}

// A Duty is what a program owes.
type Duty struct {
	Signals []Signal `json:"signals,omitempty"`
	Entries bool     `json:"entries,omitempty"`
}

// A Signal tells whether items failed.
type Signal struct {
	Path    string   `json:"path,omitempty"`
	Reading string   `json:"reading,omitempty"`
	Texts   []string `json:"texts,omitempty"`
	Clean   []int64  `json:"clean,omitempty"`
	Partial []int64  `json:"partial,omitempty"`
	Total   []int64  `json:"total,omitempty"`
}

// An Exemption is a field of the request and the values for which nothing is owed.
type Exemption struct {
	Field  string   `json:"field,omitempty"`
	Values []string `json:"values,omitempty"`
}

// Words are for messages.
type Words struct {
	Item  string `json:"item,omitempty"`
	Items string `json:"items,omitempty"`
	Loss  string `json:"loss,omitempty"`
}

// Contracts returns the built-in contracts that are written in the documents, or all that is wrong with them.
func Contracts(docs []Contract) (all []*contract.Contract, problems []contract.Problem) {
	seen := make(map[string]bool)
	for i := range docs {
		c := of(&docs[i])
		wrong := append(unread(&docs[i]), c.Problems()...)
		if c.URL == "" {
			wrong = append(wrong, contract.Problem{Key: "url", Msg: "it is missing"})
		}
		if seen[c.ID] {
			wrong = append(wrong, contract.Problem{Key: "id", Msg: "another contract has it, want a different one"})
		}
		seen[c.ID] = true
		for _, p := range wrong {
			problems = append(problems, contract.Problem{Key: fmt.Sprintf("[%d].%s", i, p.Key), Msg: c.ID + ": " + p.Key + ": " + p.Msg})
		}
		all = append(all, c)
	}
	return all, problems
}

// Own returns the contract of a user's own, or what is wrong with it. A user may leave out the words, the name and the
// tier.
func Own(d *Contract) (*contract.Contract, []contract.Problem) {
	own := *d
	or := func(s *string, instead string) {
		if *s == "" {
			*s = instead
		}
	}
	or(&own.Name, own.ID)
	or(&own.Words.Item, "item")
	or(&own.Words.Items, own.Words.Item+"s")
	if own.Find != nil {
		or(&own.Words.Loss, own.Words.Items+" that failed pass for done")
		if own.Tier == 0 {
			own.Tier = int(contract.Loss)
		}
	}
	c := of(&own)
	return c, append(unread(&own), c.Problems()...)
}

// unread returns the words that have no meaning.
func unread(d *Contract) (problems []contract.Problem) {
	if !slices.Contains([]string{"", "on", "off"}, d.Default) {
		problems = append(problems, contract.Problem{Key: "default", Msg: fmt.Sprintf("%q is not a default, want on or off", d.Default)})
	}
	for i, duty := range d.Duties {
		for k, s := range duty.Signals {
			if _, ok := readingOf(s.Reading); !ok {
				known := contract.Readings[:]
				meant := spelling.Meant(s.Reading, known, ", want "+spelling.Or(known))
				problems = append(problems, contract.Problem{
					Key: fmt.Sprintf("duties[%d].signals[%d].reading", i, k), Msg: fmt.Sprintf("%q is not a reading%s", s.Reading, meant),
				})
			}
		}
	}
	return problems
}

func readingOf(name string) (contract.Reading, bool) {
	if name == "" {
		return contract.Number, true
	}
	i := slices.Index(contract.Readings[:], name)
	return contract.Reading(max(i, 0)), i >= 0
}

// of returns the contract that is written. It may be wrong.
func of(d *Contract) *contract.Contract {
	c := &contract.Contract{
		ID: d.ID, Name: d.Name, URL: d.URL, Tier: contract.Tier(d.Tier), Off: d.Default == "off",
		Members: (*contract.Members)(d.Members), Find: (*contract.Find)(d.Find), Complement: d.Complement, Words: contract.Words(d.Words),
	}
	for _, e := range d.Exempt {
		c.Exempt = append(c.Exempt, contract.Exemption(e))
	}
	for _, duty := range d.Duties {
		of := contract.Duty{Entries: duty.Entries}
		for _, s := range duty.Signals {
			reading, _ := readingOf(s.Reading)
			of.Signals = append(of.Signals, contract.Signal{
				Path: s.Path, Reading: reading, Texts: s.Texts,
				Clean: cleanOf(&s, c.Find != nil), Partial: codeset.Of(s.Partial...), Total: codeset.Of(s.Total...),
			})
		}
		c.Duties = append(c.Duties, of)
	}
	return c
}

// cleanOf returns the numbers that mean success. Of a signal that is found by type or function, 0 does if nothing else
// is said: no item failed, false, nil, or the first text.
func cleanOf(s *Signal, zero bool) codeset.Set {
	if zero && len(s.Clean) == 0 {
		return codeset.Of(0)
	}
	return codeset.Of(s.Clean...)
}
