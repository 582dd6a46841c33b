package source

import (
	"bytes"
	"strconv"

	"github.com/asynccheck/asynccheck/internal/filter/lex"
	"github.com/asynccheck/asynccheck/internal/library"
)

// imports are the names by which a file knows packages, as far as the file tells: whether
// what has the name is a decoder. Those of the standard library's decoders are all there.
type imports map[string]bool

// add adds an import declaration: a path in quotes, and the token before it.
func (m *imports) add(before token, quoted []byte) {
	path, err := strconv.Unquote(string(quoted))
	if err != nil || before.kind == '.' {
		return
	}
	decoder := library.HasDecoder(path)
	elems := bytes.Split([]byte(path), []byte("/"))
	name := elems[len(elems)-1]
	version := len(name) == 2 && name[0] == 'v' && lex.IsDigit(name[1])
	switch {
	case before.kind == 'w' && !before.is("import"):
		name = before.text
	case decoder && version && Standard(path):
		name = elems[len(elems)-2]
	case !Standard(path) || version || len(name) == 0:
		return // it may be called otherwise than by its path
	}
	if *m == nil {
		*m = make(imports)
	}
	(*m)[string(name)] = (*m)[string(name)] || decoder
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
	for end := 0; ; {
		n := bytes.Index(src[end:], name)
		if n < 0 {
			return false
		}
		start := end + n
		end = start + len(name)
		if lex.Start(src, start) < start || lex.End(src, end) > end {
			continue // a part of another word
		}
		after := bytes.TrimLeft(src[end:], " \t\r\n")
		if start > 0 && src[start-1] == '.' || len(after) > 0 && bytes.IndexByte([]byte(".`\""), after[0]) >= 0 {
			continue
		}
		return true
	}
}
