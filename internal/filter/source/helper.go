package source

import (
	"bytes"

	"github.com/asynccheck/asynccheck/internal/filter/lex"
	"github.com/asynccheck/asynccheck/internal/relevance"
)

// A helper is a package that mentions no response, and whose functions are of use to those that do:
//
//	func Check(code int, text string) error       // says what a code means
//	func (c Code) OK() bool                       // likewise
//	func New(text string) error                   // never gives nil
//	func Infof(format string, args ...any)        // prints
//
// What these do is known by their bodies alone, so they have to be read. That costs little, since
// helpers are small, and import little: of several hundred packages that SDKs consist of, a handful are like that.
// The analyzer asks the same of the same bytes, so that there is but one answer.

var helper = &relevance.Table[relevance.Helper]

// Helps reports whether the package with the given files may be a helper.
func (q *Question) Helps(files [][]byte) bool {
	size := 0
	for _, src := range files {
		size += len(src)
	}
	return q.imports.Allow(relevance.Helper) && size <= helper.Size && declaresHelper(files)
}

// HelpsBy reports the same of a package with the files of the given names, and of the given size.
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

// declaresHelper reports whether some function may be a helper's.
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

// helps reports whether the line, which begins the declaration of a function, is a helper's.
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

// variadic reports whether the last parameter takes arguments of any type.
func variadic(params []byte) bool {
	return bytes.HasSuffix(params, []byte("...any")) || bytes.HasSuffix(params, []byte("...interface{}"))
}

// hasWord reports whether one of the words is there.
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
