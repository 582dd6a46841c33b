package rewrite

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
)

// An Excuse is a site where docs/rules asks for another verdict after a rewrite.
type Excuse struct {
	Kind     string `json:"kind"`
	Package  string `json:"package"`
	Func     string `json:"func"`
	Sentence string `json:"sentence"` // what makes the difference
}

//go:embed excused.json
var excused []byte

// Excuses gives the list of the sites where docs/rules changes the verdict.
func Excuses() ([]Excuse, error) { return parseExcuses(excused) }

func parseExcuses(data []byte) ([]Excuse, error) {
	var all []Excuse
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&all); err != nil {
		return nil, fmt.Errorf("excused.json: %w", err)
	}
	seen := make(map[Excuse]bool)
	for _, e := range all {
		if e.Sentence == "" {
			return nil, fmt.Errorf("excused.json: %s has no sentence", e)
		}
		site := e
		site.Sentence = ""
		if seen[site] {
			return nil, fmt.Errorf("excused.json: %s is there twice", e)
		}
		seen[site] = true
	}
	return all, nil
}

func (e Excuse) String() string { return e.Kind + ": " + e.Package + "." + e.Func }

// excuse moves violations on the list to the excused ones. It gives the entries that excuse nothing, if their kind was
// applied and their package is there.
func excuse(results []*Result, list []Excuse, trees []*Tree) (idle []Excuse) {
	of := make(map[string]*Result)
	for _, r := range results {
		of[r.Kind.Name] = r
	}
	packages := make(map[string]bool)
	for _, t := range trees {
		for _, p := range t.Packages {
			packages[p.Path] = true
		}
	}
	for _, e := range list {
		r := of[e.Kind]
		if r == nil || !packages[e.Package] {
			continue
		}
		used := false
		kept := r.Violations[:0]
		for _, v := range r.Violations {
			if v.Func == (Func{e.Package, e.Func}) {
				used = true
				r.Excused++
			} else {
				kept = append(kept, v)
			}
		}
		r.Violations = kept
		if !used {
			idle = append(idle, e)
		}
	}
	return idle
}
