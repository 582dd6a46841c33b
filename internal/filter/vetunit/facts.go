package vetunit

import (
	"bytes"
	"errors"
	"os"
	"slices"
	"strconv"

	"github.com/asynccheck/asynccheck/internal/relevance"
)

// A Line is one fact in a fact file. Its parts are the path of a package, an object of it, the fact's kind, the hints
// that it gives to package source, and the fact itself as JSON. No part has a tab in it. Code that does not use the
// fact can hand it on unchanged.
type Line []byte

// NewLine returns the line with these fields.
func NewLine(pkg, object, kind string, hints, data []byte) Line {
	return bytes.Join([][]byte{[]byte(pkg), []byte(object), []byte(kind), hints, data}, []byte("\t"))
}

// Fields returns the line's fields.
func (l Line) Fields() (pkg, object, kind string, hints, data []byte) {
	fields := bytes.SplitN(l, []byte("\t"), 5)
	for len(fields) < 5 {
		fields = append(fields, nil)
	}
	return string(fields[0]), string(fields[1]), string(fields[2]), fields[3], fields[4]
}

// inherit returns the facts that a unit has for its importers if the unit isn't analyzed and its imports have these
// facts.
func inherit(facts []Line) (members []Line) {
	for _, f := range facts {
		if _, object, _, _, _ := f.Fields(); relevance.OfMember(object) {
			members = append(members, f)
		}
	}
	return members
}

// leads is the analyzer's kind of fact that gives SDKs.
const leads = "leads"

// sdks returns the fact that gives SDKs, if there are any.
func (u *Unit) sdks(paths relevance.SDKs) []Line {
	if len(paths) == 0 {
		return nil
	}
	data := []byte(`{"SDKs":[`)
	for i, path := range paths {
		if i > 0 {
			data = append(data, ',')
		}
		data = strconv.AppendQuote(data, path)
	}
	return []Line{NewLine(u.ImportPath, "", leads, relevance.HintsOf(paths), append(data, "]}"...))}
}

// A fact file has the format of unitchecker in x/tools v0.50 and later: a magic word, the lengths of the package's
// types and facts, then types and facts. Ours has no types and facts; lines follow.
const (
	Magic  = "vetx"
	Header = len(Magic) + 4 + 4
	ours   = Magic + "\x00\x00\x00\x00\x00\x00\x00\x00"
)

// ErrForeign says that another program has written the facts.
var ErrForeign = errors.New("another program has written the fact file")

// Facts returns the facts in a fact file's content. A file of another program is accepted if it has no facts.
func Facts(data []byte) (facts []Line, err error) {
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
func (u *Unit) WriteFacts(facts []Line) error {
	data := []byte(ours)
	for _, f := range facts {
		data = append(append(data, f...), '\n')
	}
	return os.WriteFile(u.VetxOutput, data, 0o666)
}

// ImportedFacts returns the facts of all imports, in their order, without repetitions.
func (u *Unit) ImportedFacts() ([]Line, error) {
	var all []Line
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
	slices.SortFunc(all, func(a, b Line) int { return bytes.Compare(a, b) })
	return slices.CompactFunc(all, func(a, b Line) bool { return bytes.Equal(a, b) }), nil
}
