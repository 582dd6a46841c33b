package relevance

import (
	"bytes"
	"iter"

	"github.com/asynccheck/asynccheck/internal/decoders"
	"github.com/asynccheck/asynccheck/internal/words"
)

// imports are the names by which a file knows packages, as far as the file tells: whether
// what has the name is a decoder.
type imports map[string]bool

// add adds an import declaration: a path in quotes, and the token before it.
func (m *imports) add(before token, quoted []byte) {
	path := bytes.Trim(quoted, "`\"")
	if before.kind == '.' {
		return
	}
	decoder := decoders.Known(string(path))
	name := path[bytes.LastIndexByte(path, '/')+1:]
	version := len(name) == 2 && name[0] == 'v' && words.IsDigit(name[1])
	switch {
	case before.kind == 'w' && !before.is("import"):
		name = before.text
	case decoder && version && Standard(string(path)):
		path = path[:len(path)-len("/v2")]
		name = path[bytes.LastIndexByte(path, '/')+1:]
	case !Standard(string(path)) || version:
		return // it may be called otherwise than by its path
	}
	if *m == nil {
		*m = make(imports)
	}
	(*m)[string(name)] = decoder
}

// foreign reports whether a name is that of a package that is no decoder wherever it stands
// in the file.
func (m imports) foreign(name, src []byte) bool {
	decoder, ok := m[string(name)]
	return ok && !decoder && !declares(src, name)
}

// declares reports whether a file may declare a name by which it imports a package: the name stands
// where it neither is an import's, nor qualifies another, nor is qualified.
func declares(src, name []byte) bool {
	for start, end := range all(src, name) {
		after := bytes.TrimLeft(src[end:], " \t\r\n")
		if (start == 0 || src[start-1] != '.') && (len(after) == 0 || bytes.IndexByte([]byte(".`\""), after[0]) < 0) {
			return true
		}
	}
	return false
}

// contains reports whether a word stands somewhere.
func contains(src, word []byte) bool {
	for range all(src, word) {
		return true
	}
	return false
}

// all gives where a word stands, and ends.
func all(src, word []byte) iter.Seq2[int, int] {
	return func(yield func(start, end int) bool) {
		for end := 0; ; {
			n := bytes.Index(src[end:], word)
			if n < 0 {
				return
			}
			start := end + n
			end = start + len(word)
			if words.Start(src, start) < start || words.End(src, end) > end {
				continue // a part of another word
			}
			if !yield(start, end) {
				return
			}
		}
	}
}
