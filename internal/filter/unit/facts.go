package unit

import (
	"bytes"
	"errors"
	"os"
	"slices"

	"github.com/asynccheck/asynccheck/internal/relevance"
)

// A Fact is a line of a fact file: the path of a package, an object of it, the fact's
// kind, the hints that it gives to package source, and the fact itself, as JSON. None has a tab
// in it. Who has nothing to do with the fact can hand it on as it is.
type Fact []byte

// NewFact returns the fact with the given parts.
func NewFact(pkg, object, kind string, hints, data []byte) Fact {
	return bytes.Join([][]byte{[]byte(pkg), []byte(object), []byte(kind), hints, data}, []byte("\t"))
}

// Parts returns the fact's parts.
func (f Fact) Parts() (pkg, object, kind string, hints, data []byte) {
	parts := bytes.SplitN(f, []byte("\t"), 5)
	for len(parts) < 5 {
		parts = append(parts, nil)
	}
	return string(parts[0]), string(parts[1]), string(parts[2]), parts[3], parts[4]
}

// handOn returns what a unit that isn't analyzed, with these facts of its imports, has for
// those that import it.
func handOn(facts []Fact) (members []Fact) {
	for _, f := range facts {
		if _, object, _, _, _ := f.Parts(); relevance.OfMember(object) {
			members = append(members, f)
		}
	}
	return members
}

// A fact file is one of unitchecker's, of x/tools v0.50 and later: a magic word, the lengths
// of the package's types and facts, and these. Ours are empty, and followed by lines.
const (
	Magic  = "vetx"
	Header = len(Magic) + 4 + 4
	ours   = Magic + "\x00\x00\x00\x00\x00\x00\x00\x00"
)

// ErrForeign says that facts were not written by this package.
var ErrForeign = errors.New("another program has written the fact file")

// Facts returns the facts of a fact file's content. Others' files are as good as ours, as long as
// there are no facts in them.
func Facts(data []byte) (facts []Fact, err error) {
	if !bytes.HasPrefix(data, []byte(Magic)) || len(data) < Header || !bytes.Equal(data[Header-4:Header], make([]byte, 4)) {
		return nil, ErrForeign
	}
	lines, ok := bytes.CutPrefix(data, []byte(ours))
	if !ok {
		return nil, nil
	}
	for line := range bytes.Lines(lines) {
		facts = append(facts, bytes.TrimSuffix(line, []byte("\n")))
	}
	return facts, nil
}

// WriteFacts writes the unit's fact file.
func (u *Unit) WriteFacts(facts []Fact) error {
	data := []byte(ours)
	for _, f := range facts {
		data = append(append(data, f...), '\n')
	}
	return os.WriteFile(u.VetxOutput, data, 0o666)
}

// ImportedFacts returns the facts of all imports, each once, in their order.
func (u *Unit) ImportedFacts() ([]Fact, error) {
	var all []Fact
	seen := make(map[string]bool) // most imports have the same facts to hand on
	for _, file := range u.PackageVetx {
		data, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		if seen[string(data)] {
			continue
		}
		seen[string(data)] = true
		facts, err := Facts(data)
		if err != nil {
			return nil, err
		}
		all = append(all, facts...)
	}
	slices.SortFunc(all, func(a, b Fact) int { return bytes.Compare(a, b) })
	return slices.CompactFunc(all, func(a, b Fact) bool { return bytes.Equal(a, b) }), nil
}
