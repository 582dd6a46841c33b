// Package source decides from a package's source bytes, without parsing
// them, whether the package can have anything to do with responses.
//
// A package matters if one of these is so:
//
//   - it declares a struct that has, or whose tags name, a member that every
//     response has besides its code: a detail, a task ID, a symbolic name; or a tag names the code;
//   - it declares something generic, and a struct whose data may be of any type: with a task ID in it, it is a response's;
//   - it has a directive, right or wrong;
//   - it decodes for others: a function hands its parameter, unless that points to a type with a name, to a decoder, or
//     to one that does so, or is generic and decodes;
//   - it fetches for others: a function gives the bytes of an HTTP response;
//   - it mentions a name of an import that leads to a response, or of a function that does something to one;
//   - an exported function of it never returns;
//   - it is a helper: see [Question.Helps].
//
// The analyzer asks the same of a package's syntax and types, and finds less: that
// a word stands in a struct is not yet that it is a member's name. So what
// doesn't matter here, doesn't there. What a package that doesn't matter declares
// leads to no response: it would have to mention a name that does so.
package source

import (
	"bytes"
	"iter"
	"os"
	"slices"

	"github.com/asynccheck/asynccheck/internal/filter/lex"
	"github.com/asynccheck/asynccheck/internal/library"
)

// A Question is what a package's bytes are asked.
type Question struct {
	Hints Hints // of the package's imports

	decoders []string // what the package imports that has known decoders
	http     bool     // the package imports net/http
	plain    bool     // it imports nothing that helpers don't
}

// Ask returns the question for a package that imports the packages of the given paths,
// of whose facts it has to be told the hints.
func Ask(imports []string) *Question {
	q := &Question{plain: true}
	for _, path := range imports {
		if library.HasDecoder(path) {
			q.decoders = append(q.decoders, path)
		}
		q.http = q.http || path == "net/http"
		q.plain = q.plain && plain[path]
	}
	return q
}

// Decodes reports whether the package imports a decoder.
func (q *Question) Decodes() bool { return len(q.decoders) > 0 }

// Fetches reports whether the package imports net/http.
func (q *Question) Fetches() bool { return q.http }

// OfFiles reports whether the package can matter that has the files of the given names, and whose
// imports have the given paths and facts. The configuration gives hints as well; it may be nil.
func OfFiles[Fact any](names, imports []string, config Hinter, facts iter.Seq[Fact]) (bool, error) {
	q := Ask(imports)
	if config != nil {
		config.Hint(&q.Hints)
	}
	for f := range facts {
		if h, ok := any(f).(Hinter); ok {
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
	found := make([]signs, len(files))
	sought := q.lookout()
	var all signs
	for i, src := range files {
		if bytes.Contains(src, []byte(lex.Directive)) {
			return true
		}
		found[i] = q.glance(src, sought)
		all |= found[i]
	}
	if all&matters != 0 {
		return true
	}
	// A function of one file may end in a call of another's that never returns.
	whole := all&exits != 0
	ends := make(map[string][]string) // the package's own functions that end in a call, by the name called
	for i, src := range files {
		if (whole || found[i].scan()) && q.scan(src, ends) {
			return true
		}
	}
	return whole && q.exitsExported(ends) || q.Helps(files)
}

// scan reports whether the file matters. It adds the functions that end in a call.
func (q *Question) scan(src []byte, ends map[string][]string) bool {
	s := &scanner{question: q, src: src, exits: ends}
	return s.scan()
}

// exitsExported reports whether an exported function never returns, which is one that ends in a
// call of one that doesn't.
func (q *Question) exitsExported(exits map[string][]string) bool {
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
		if (exitNames[name] || q.Hints.Exits[name]) && ends(name) {
			return true
		}
	}
	return false
}

// isMember reports whether the word is a member's name, as encoding/json compares them.
func (q *Question) isMember(word []byte) bool {
	for _, m := range memberNames {
		if len(word) >= len(m) && bytes.EqualFold(word, []byte(m)) {
			return true
		}
	}
	return false
}

// isNest reports whether the word is the name of a struct in which a response may have its task ID.
func isNest(word []byte) bool {
	for _, m := range nestNames {
		if bytes.EqualFold(word, []byte(m)) {
			return true
		}
	}
	return false
}

// Fills reports whether a function of this name may be a decoder's, and which argument it fills: the first
// that may be, and the last.
func Fills(name string) (first, last int, ok bool) {
	for i := range decodings {
		d := &decodings[i]
		if len(name) >= len(d.begin) && name[:len(d.begin)] == d.begin && (!d.exact || len(name) == len(d.begin)) {
			return d.first, d.last, true
		}
	}
	return 0, 0, false
}

// Method reports whether a function of this name may be a method of a decoder that the package imports.
func (q *Question) Method(name string) bool {
	return slices.ContainsFunc(q.decoders, func(path string) bool {
		return library.Find(library.Decodes, path, library.AnyType, name) != nil
	})
}

// fetching are the names of functions that give an HTTP response or the bytes of one, and raw
// those that such results' types end in.
var (
	fetching = []string{"Do", "Get", "Head", "Post", "PostForm", "ReadAll"}
	raw      = []string{"byte", "uint8", "Buffer", "RawMessage", "Response", "Reader", "ReadCloser"}
)

// Fetches reports whether a function of this name may give an HTTP response or the bytes of one.
func Fetches(name string) bool { return slices.Contains(fetching, name) }

// Raw reports whether a result's type that ends in this name may be an HTTP response, its
// bytes or a reader of them.
func Raw(name string) bool { return slices.Contains(raw, name) }

// Reads reports whether a function of this name may give the bytes of a response, of which a
// string can be made.
func Reads(name string) bool { return name == "ReadAll" }

// Text reports whether a result's type of this name may be such a string. Many functions have
// one: fewer read.
func Text(name string) bool { return name == "string" }
