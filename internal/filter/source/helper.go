package source

import (
	"bytes"

	"github.com/asynccheck/asynccheck/internal/filter/lex"
	"github.com/asynccheck/asynccheck/internal/relevance"
)

// A helper is a package that mentions no response itself, but whose functions are of use to packages that do:
//
//	func Check(code int, text string) error       // says what a code means
//	func (c Code) OK() bool                       // likewise
//	func New(text string) error                   // never gives nil
//	func Infof(format string, args ...any)        // prints
//
// Only the bodies of these functions tell what they do, so they have to be read. That costs little: helpers are small
// and import little, and of several hundred packages of an SDK only a handful are helpers. The analyzer asks the same
// bytes the same question, so there is only one answer.

var helper = &relevance.Table[relevance.Helper]

// Helps reports whether the package with the given files may be a helper.
func (q *Question) Helps(files [][]byte) bool {
	size := 0
	for _, src := range files {
		size += len(src)
	}
	return q.imports.Allow(relevance.Helper) && size <= helper.Size && declaresHelper(files)
}

// HelpsBy reports the same for a package with the files of the given names, which have this size together.
func (q *Question) HelpsBy(names []string, size int, read func(name string) ([]byte, error)) bool {
	if !q.imports.Allow(relevance.Helper) || size > helper.Size {
		return false
	}
	files := make([][]byte, len(names))
	for i, name := range names {
		src, err := read(name)
		if err != nil {
			return false
		}
		files[i] = src
	}
	return q.Helps(files)
}

// declaresHelper reports whether some function looks like a helper's.
func declaresHelper(files [][]byte) bool {
	numbers := map[string]bool{"int": true, "int32": true, "int64": true}
	for _, src := range files {
		for line := range bytes.Lines(src) {
			if f := bytes.Fields(line); len(f) == 3 && string(f[0]) == "type" && numbers[string(f[2])] {
				numbers[string(f[1])] = true
			}
		}
	}
	for _, src := range files {
		for line := range bytes.Lines(src) {
			if header, ok := bytes.CutPrefix(line, []byte("func ")); ok && helps(header, numbers) {
				return true
			}
		}
	}
	return false
}

// helps reports whether the line, which begins a function's declaration, looks like a helper's.
func helps(header []byte, numbers map[string]bool) bool {
	header, _, ok := bytes.Cut(header, []byte("{\n"))
	if !ok {
		if header, _, ok = bytes.Cut(header, []byte("{ ")); !ok {
			return false
		}
	}
	header, method := bytes.CutPrefix(header, []byte("("))
	name := header
	if method {
		_, name, _ = bytes.Cut(header, []byte(") "))
	}
	if !isExported(string(name[:lex.End(name, 0)])) {
		return false
	}
	end := bytes.LastIndexByte(header, ')')
	params, result := header[:max(end, 0)], string(bytes.TrimSpace(header[end+1:]))
	switch {
	case result == "" && variadic(params):
		return true
	case result == "error" && (!method || variadic(params)):
		return true
	case result == "error" || result == "bool":
		return hasWord(params, numbers)
	}
	return false
}

// variadic reports whether the last parameter takes any number of arguments of any type.
func variadic(params []byte) bool {
	return bytes.HasSuffix(params, []byte("...any")) || bytes.HasSuffix(params, []byte("...interface{}"))
}

// hasWord reports whether one of the words is in the text.
func hasWord(text []byte, sought map[string]bool) bool {
	for i := 0; i < len(text); i++ {
		if lex.IsLetter(text[i]) {
			end := lex.End(text, i)
			if sought[string(text[i:end])] {
				return true
			}
			i = end
		}
	}
	return false
}
