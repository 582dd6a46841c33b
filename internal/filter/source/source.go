// Package source decides from a package's source bytes, without parsing them, whether the package can matter, for any
// of the reasons in the table of package relevance.
//
// The analyzer asks the same of syntax and types, and says yes less often: a word in a struct need not be a member's
// name. A package that doesn't matter here doesn't matter there.
package source

import (
	"bytes"
	"iter"
	"os"
	"unicode"
	"unicode/utf8"

	"github.com/asynccheck/asynccheck/internal/filter/lex"
	"github.com/asynccheck/asynccheck/internal/relevance"
)

// A Question is what we ask a package's bytes.
type Question struct {
	Hints   relevance.Hints // of the package's imports
	imports relevance.Imports
}

// Ask returns the question for a package with imports of the given paths. The caller must add the hints of the imports'
// facts.
func Ask(imports []string) *Question { return &Question{imports: relevance.Import(imports)} }

// AskWith returns the question for a package whose imports have the given paths and facts. The configuration gives hints
// as well; it may be nil.
func AskWith[Fact any](imports []string, config relevance.Hinter, facts iter.Seq[Fact]) *Question {
	q := Ask(imports)
	if config != nil {
		config.Hint(&q.Hints)
	}
	for f := range facts {
		if h, ok := any(f).(relevance.Hinter); ok {
			h.Hint(&q.Hints)
		}
	}
	return q
}

// SDKs returns what the package gives its importers if it doesn't matter: the SDKs that it imports, and those that its
// imports give.
func (q *Question) SDKs() relevance.SDKs {
	q.imports.Add(&q.Hints)
	return q.imports.SDKs()
}

// OfFiles reports whether the package with the files of the given names can matter.
func (q *Question) OfFiles(names []string) (bool, error) {
	files, err := Read(names)
	return err == nil && q.Matters(files), err
}

// Read reads files.
func Read(names []string) (files [][]byte, err error) {
	files = make([][]byte, len(names))
	for i, name := range names {
		if files[i], err = os.ReadFile(name); err != nil {
			return nil, err
		}
	}
	return files, nil
}

// UsesSDK reports whether the package with the files of the given names may use something that contracts know in its
// imports. It is true if a file can't be read.
func (q *Question) UsesSDK(names []string) bool {
	var l lex.Lookout
	any := false
	q.imports.Add(&q.Hints)
	if q.imports.SDKNames(func(name string) {
		l.Add(name)
		any = true
	}) {
		return true
	}
	if !any {
		return false
	}
	for _, name := range names {
		src, err := os.ReadFile(name)
		if err != nil {
			return true
		}
		for start, end := l.Next(src, 0); start < len(src); start, end = l.Next(src, end) {
			if q.imports.OfSDK(src[start:end]) {
				return true
			}
		}
	}
	return false
}

// Matters reports whether the package with the given files can matter.
func (q *Question) Matters(files [][]byte) bool {
	found := make([]sight, len(files))
	sought := q.sought()
	if sought.all {
		return true
	}
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
	// A function in one file may end with a call of a function in another, which never returns.
	whole := all.Has(relevance.Exits)
	ends := make(map[string][]string) // the package's functions that end with a call, by the name of the callee
	for i, src := range files {
		if (whole || found[i].possible() != 0) && q.scan(src, ends) {
			return true
		}
	}
	return whole && sought.exitsExported(ends) || q.Helps(files)
}

// scan reports whether the file matters. It adds the functions that end with a call.
func (q *Question) scan(src []byte, ends map[string][]string) bool {
	s := &scanner{question: q, src: src, exits: ends}
	s.scan()
	return s.matters
}

// exitsExported reports whether an exported function never returns: it ends with a call of a function that never
// returns.
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
