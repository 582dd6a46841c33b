package source

import (
	"bytes"
	"unicode"

	"github.com/asynccheck/asynccheck/internal/filter/lex"
)

// opening returns the kind and the length of what begins with a slash or a quote: 's' is a literal, '*' a comment that
// may have several lines, '-' one that ends with its line, '/' a division.
func opening(src []byte) (kind byte, n int) {
	switch c := src[0]; {
	case c == '`':
		return 's', min(1+lex.Until(src[1:], "`")+1, len(src))
	case c != '/':
		return 's', quoted(src, c)
	case len(src) > 1 && src[1] == '/':
		return '-', lex.Until(src, "\n")
	case len(src) > 1 && src[1] == '*':
		return '*', min(2+lex.Until(src[2:], "*/")+2, len(src))
	}
	return '/', 1
}

// quoted returns the length of a literal in quotes.
func quoted(src []byte, quote byte) int {
	for i := 1; i < len(src); i++ {
		switch src[i] {
		case '\\':
			i++
		case quote, '\n':
			return i + 1
		}
	}
	return len(src)
}

// isTag reports whether a literal is a tag that names a member or the code.
func (q *Question) isTag(text []byte) bool {
	return tags(text, func(word []byte) bool { return q.Hints.IsMember(word) || q.Hints.IsCode(word) })
}

// tags reports whether a literal is a tag with a name that is looked for.
func tags(text []byte, sought func(word []byte) bool) bool {
	_, tag, ok := bytes.Cut(text, []byte("json:"))
	if !ok {
		return false
	}
	for word := range bytes.FieldsFuncSeq(tag, func(r rune) bool {
		return r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}) {
		if sought(word) {
			return true
		}
	}
	return false
}

// isOpen reports whether a struct's member, whose name ends here, may have a type parameter as its type, or a pointer
// to one: the type is a name without a package.
func isOpen(src []byte, end int) bool {
	skip := func(i int, what string) int {
		for i < len(src) && bytes.IndexByte([]byte(what), src[i]) >= 0 {
			i++
		}
		return i
	}
	i := skip(end, " \t\r")
	for i < len(src) && src[i] == ',' { // more names
		i = skip(lex.End(src, skip(i+1, " \t\r\n")), " \t\r")
	}
	i = skip(i, " \t\r*(")
	if i == len(src) || src[i] == '/' { // a comment
		return i < len(src)
	}
	after := lex.End(src, i)
	return lex.Class(src[i]) == lex.Letter && !bytes.HasPrefix(src[after:], []byte("."))
}
