package source

import (
	"bytes"
	"slices"
)

// Hints are what the facts of a package's imports, and the configuration, tell of names that matter.
type Hints struct {
	Names map[string]bool // mentioned after a dot: of functions that do something to responses, and what leads to one
	Parts map[string]bool // likewise, in a struct or as what a type is declared: of struct types with members of a response
	Fills map[string]bool // of functions that decode into what they are given
	Gives map[string]bool // of functions that give the bytes of an HTTP response
	Exits map[string]bool // of functions that never return, beside those that are always known
}

// A Hinter is a fact that gives hints, or the configuration.
type Hinter interface{ Hint(*Hints) }

// Name adds a name to one of the sets of hints.
func Name(set *map[string]bool, name string) {
	if *set == nil {
		*set = make(map[string]bool)
	}
	(*set)[name] = true
}

// sets gives the sets, each with the letter that stands for it in a text.
func (h *Hints) sets() []hintSet {
	return []hintSet{{'n', &h.Names}, {'p', &h.Parts}, {'f', &h.Fills}, {'g', &h.Gives}, {'e', &h.Exits}}
}

type hintSet struct {
	letter byte
	names  *map[string]bool
}

// HintsOf returns a text with the hints that a fact gives, which is empty if it gives none.
func HintsOf(fact any) []byte {
	hinter, ok := fact.(Hinter)
	if !ok {
		return nil
	}
	var h Hints
	hinter.Hint(&h)
	var words [][]byte
	for _, set := range h.sets() {
		for name := range *set.names {
			words = append(words, append([]byte{set.letter}, name...))
		}
	}
	slices.SortFunc(words, bytes.Compare)
	return bytes.Join(words, []byte(" "))
}

// Read adds the hints of a text.
func (h *Hints) Read(text []byte) {
	for word := range bytes.FieldsSeq(text) {
		for _, set := range h.sets() {
			if set.letter == word[0] {
				Name(set.names, string(word[1:]))
			}
		}
	}
}

// OfMember reports whether a fact about an object, which is named by its path as package
// objectpath writes it, is about a member of something. Who imports a package hands on its
// facts of members, since a value can get further than its package's name.
func OfMember(object string) bool { return bytes.IndexByte([]byte(object), '.') >= 0 }
