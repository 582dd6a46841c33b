package relevance

import (
	"bytes"
	"slices"

	"github.com/asynccheck/asynccheck/internal/library"
)

// A Set is a set of reasons.
type Set uint16

// Of returns the set of some reasons.
func Of(reasons ...Reason) (s Set) {
	for _, r := range reasons {
		s |= 1 << r
	}
	return s
}

// Has reports whether a reason is in the set.
func (s Set) Has(r Reason) bool { return s>>r&1 != 0 }

// Calls reports whether a call of a function with this name shows the reason. It leaves out the functions that the
// library knows.
func (r Reason) Calls(name string) bool { return slices.Contains(Table[r].Calls, name) }

// EachCall visits the names of all functions whose calls show the reason, or patterns of names.
func (r Reason) EachCall(yield func(library.Name)) {
	for _, name := range Table[r].Calls {
		yield(library.Name(name))
	}
	if does := Table[r].Does; does != 0 {
		library.Each(does, func(name library.Name, _ *library.Row) { yield(name) })
	}
}

// Gives reports whether a result shows the reason if the last word of its type is this name.
func (r Reason) Gives(name string) bool { return slices.Contains(Table[r].Gives, name) }

// IsMember reports whether the word is the JSON name of a member that responses have beside their code.
func (h *Hints) IsMember(word []byte) bool {
	return h.anyShape(func(s *Shape) bool { return isOne(s.Companions, word) })
}

// IsData reports whether the word is the JSON name of a struct in which a response may have its task ID.
func (h *Hints) IsData(word []byte) bool {
	return h.anyShape(func(s *Shape) bool { return isOne(s.TaskEnvelopes, word) })
}

// IsCode reports whether the word is the JSON name of a code that responses of other packages may embed.
func (h *Hints) IsCode(word []byte) bool {
	return h.anyShape(func(s *Shape) bool { return s.Embeddable && isOne([]string{s.Code}, word) })
}

func (h *Hints) anyShape(is func(*Shape) bool) bool {
	return anyOf(Shapes, is) || anyOf(h.Shapes, is)
}

func anyOf(shapes []Shape, is func(*Shape) bool) bool {
	for i := range shapes {
		if is(&shapes[i]) {
			return true
		}
	}
	return false
}

// EachShape visits the shapes of all contracts: the built-in ones and those of the configuration.
func EachShape(own []Shape, visit func(*Shape)) {
	for _, shapes := range [][]Shape{Shapes, own} {
		for i := range shapes {
			visit(&shapes[i])
		}
	}
}

func isOne(names []string, word []byte) bool {
	for _, name := range names {
		if len(word) >= len(name) && bytes.EqualFold(word, []byte(name)) {
			return true
		}
	}
	return false
}

// decoders are the names of functions that decode, or patterns of them. Each has the arguments that may be filled:
// which one is filled depends on the function.
var decoders = func() (all []decoder) {
	library.Each(library.Decodes, func(name library.Name, row *library.Row) {
		if i := slices.IndexFunc(all, func(d decoder) bool { return d.name == name }); i >= 0 {
			all[i].first, all[i].last = min(all[i].first, row.Arg), max(all[i].last, row.Arg)
		} else {
			all = append(all, decoder{name, row.Arg, row.Arg})
		}
	})
	return all
}()

type decoder struct {
	name        library.Name
	first, last int
}

// Fills reports whether a function with this name may be a decoder, and which arguments it may fill: the first and the
// last of them.
func Fills(name string) (first, last int, ok bool) {
	for _, d := range decoders {
		if d.name.Match(name) {
			return d.first, d.last, true
		}
	}
	return 0, 0, false
}

// Imports are what a package's import paths tell.
type Imports struct {
	open     Set      // reasons that importers of such packages may have
	decoders []string // the imports that have known decoders
	paths    []string
	sdks     imported // by built-in contracts
	own      imported // by those of the configuration
}

// Import returns what the paths tell.
func Import(paths []string) (m Imports) {
	m.paths, m.sdks = paths, importedOf(sdks, paths)
	for r := range Reasons {
		row := &Table[r]
		switch {
		case row.Imports != nil && !slices.ContainsFunc(paths, row.Imports):
		case row.Only != nil && slices.ContainsFunc(paths, func(path string) bool { return !slices.Contains(row.Only, path) }):
		default:
			m.open |= Of(r)
		}
	}
	for _, path := range paths {
		if library.HasDecoder(path) {
			m.decoders = append(m.decoders, path)
		}
	}
	return m
}

// Allow reports whether a package with these imports may have the reason.
func (m *Imports) Allow(r Reason) bool { return m.open.Has(r) }

// Method reports whether a function of this name may be a method of an imported decoder.
func (m *Imports) Method(name string) bool {
	return slices.ContainsFunc(m.decoders, func(path string) bool {
		return library.Find(library.Decodes, path, library.AnyType, name) != nil
	})
}
