package source

import (
	"bytes"
	"strconv"

	"github.com/asynccheck/asynccheck/internal/filter/lex"
	"github.com/asynccheck/asynccheck/internal/library"
)

// imports are the names of packages in a file, as far as the file tells, and whether each is a decoder. The standard
// library's decoders are all there.
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
		return // its name may differ from its path
	}
	if *m == nil {
		*m = make(imports)
	}
	(*m)[string(name)] = (*m)[string(name)] || decoder
}

// foreign reports whether a name always means, in this file, a package that is no decoder.
func (m imports) foreign(name, src []byte) bool {
	decoder, ok := m[string(name)]
	return ok && !decoder && !declares(src, name)
}

// declares reports whether a file may declare a name that is also an import's: the name stands where it is no import,
// qualifies nothing and is not qualified.
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
