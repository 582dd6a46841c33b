// Package source decides from a package's source bytes, without parsing them, whether the package can matter, for any
// of the reasons in the table of package relevance.
//
// The analyzer asks the same of a package's syntax and types, and finds less: that a word stands in a struct is not yet
// that it is a member's name. So what doesn't matter here, doesn't there.
package source

import (
	"bytes"
	"iter"
	"os"
	"unicode"
	"unicode/utf8"

	"github.com/asynccheck/asynccheck/internal/relevance"
)

// A Question is what a package's bytes are asked.
type Question struct {
	Hints   relevance.Hints // of the package's imports
	imports relevance.Imports
}

// Ask returns the question for a package that imports the packages of the given paths,
// of whose facts it has to be told the hints.
func Ask(imports []string) *Question { return &Question{imports: relevance.Import(imports)} }

// OfFiles reports whether the package can matter that has the files of the given names, and whose
// imports have the given paths and facts. The configuration gives hints as well; it may be nil.
func OfFiles[Fact any](names, imports []string, config relevance.Hinter, facts iter.Seq[Fact]) (bool, error) {
	q := Ask(imports)
	if config != nil {
		config.Hint(&q.Hints)
	}
	for f := range facts {
		if h, ok := any(f).(relevance.Hinter); ok {
			h.Hint(&q.Hints)
		}
	}
	return q.OfFiles(names)
}

// OfFiles reports whether the package can matter that has the files of the given names.
func (q *Question) OfFiles(names []string) (bool, error) {
	files := make([][]byte, len(names))
	for i, name := range names {
		src, err := os.ReadFile(name)
		if err != nil {
			return false, err
		}
		files[i] = src
	}
	return q.Matters(files), nil
}

// Matters reports whether the package with the given files can matter.
func (q *Question) Matters(files [][]byte) bool {
	found := make([]sight, len(files))
	sought := q.sought()
	var all relevance.Set
	for i, src := range files {
		if bytes.Contains(src, []byte(relevance.Table[relevance.Directive].Word)) {
			return true
		}
		if found[i] = q.glance(src, sought); found[i].tag {
			return true
		}
		all |= found[i].words
	}
	// A function of one file may end in a call of another's that never returns.
	whole := all.Has(relevance.Exits)
	ends := make(map[string][]string) // the package's own functions that end in a call, by the name called
	for i, src := range files {
		if (whole || found[i].possible() != 0) && q.scan(src, ends) {
			return true
		}
	}
	return whole && sought.exitsExported(ends) || q.Helps(files)
}

// scan reports whether the file matters. It adds the functions that end in a call.
func (q *Question) scan(src []byte, ends map[string][]string) bool {
	s := &scanner{question: q, src: src, exits: ends}
	s.scan()
	return s.matters
}

// exitsExported reports whether an exported function never returns, which is one that ends in a
// call of one that doesn't.
func (l *lookout) exitsExported(exits map[string][]string) bool {
	seen := make(map[string]bool)
	var ends func(name string) bool
	ends = func(name string) bool {
		for _, caller := range exits[name] {
			if isExported(caller) {
				return true
			}
			if !seen[caller] {
				seen[caller] = true
				if ends(caller) {
					return true
				}
			}
		}
		return false
	}
	for name := range exits {
		if l.words[name].words.Has(relevance.Exits) && ends(name) {
			return true
		}
	}
	return false
}

// isExported reports whether a name begins with an upper-case letter.
func isExported(name string) bool {
	r, _ := utf8.DecodeRuneInString(name)
	return unicode.IsUpper(r)
}
