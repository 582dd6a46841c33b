package relevance

import (
	"bytes"
	"slices"
)

// Hints are what makes a package matter besides the table. They come from the facts of a package's imports, and from the
// configuration.
type Hints struct {
	Names [Reasons]map[string]bool // by the reasons for which they matter

	SDKs []string // that importers of these imports may get responses of: see [SDKs]

	// Of the contracts in the configuration.
	Shapes   []Shape
	Packages []Package
}

// ofSDK is the hint of a path, where the others are those of names.
const ofSDK = 's'

// A Hinter gives hints: a fact, or the configuration.
type Hinter interface{ Hint(*Hints) }

// Add adds a name for all reasons that have the same hint as this one.
func (h *Hints) Add(r Reason, name string) { h.add(Table[r].Hint, name) }

func (h *Hints) add(hint byte, name string) {
	for r := range Table {
		if Table[r].Hint == hint {
			if h.Names[r] == nil {
				h.Names[r] = make(map[string]bool)
			}
			h.Names[r][name] = true
		}
	}
}

// HintsOf returns the names and paths that a fact gives as a text, which is empty if the fact gives none.
func HintsOf(fact any) []byte {
	hinter, ok := fact.(Hinter)
	if !ok {
		return nil
	}
	var h Hints
	hinter.Hint(&h)
	var words [][]byte
	for r, names := range h.Names {
		for name := range names {
			words = append(words, append([]byte{Table[r].Hint}, name...))
		}
	}
	for _, path := range h.SDKs {
		words = append(words, append([]byte{ofSDK}, path...))
	}
	slices.SortFunc(words, bytes.Compare)
	return bytes.Join(slices.CompactFunc(words, bytes.Equal), []byte(" "))
}

// Read adds the hints in a text.
func (h *Hints) Read(text []byte) {
	for word := range bytes.FieldsSeq(text) {
		if word[0] == ofSDK {
			h.SDKs = append(h.SDKs, string(word[1:]))
		} else {
			h.add(word[0], string(word[1:]))
		}
	}
}

// OfMember reports whether a fact is about a member of something. The fact is about an object, which is named by its
// path as package objectpath writes it. An importer hands on its facts of members, since a value can get further than
// its package's name.
func OfMember(object string) bool { return bytes.IndexByte([]byte(object), '.') >= 0 }

// A TypeFact is a kind of fact that is about types alone. Importers hand it on, like facts of members: a value gets further
// than its package's name, and so does its type.
type TypeFact interface{ AboutType() }
