package program

import (
	"bytes"
	"slices"
	"strings"

	"github.com/asynccheck/asynccheck/internal/filter/lex"
	"github.com/asynccheck/asynccheck/internal/relevance"
)

// A search looks for files that may declare a struct with a code. It judges a word by the characters around it, and
// knows nothing about comments and literals. Nearly every file of a program's dependencies needs only this.
type search struct {
	codes  []string        // JSON names of the codes
	texts  []string        // JSON names of texts: one of them stands beside a code
	types  map[string]bool // names of types that have a code
	sought lex.Lookout
}

func newSearch(types map[string]bool, own []relevance.Shape) *search {
	s := &search{types: types}
	relevance.EachShape(own, func(shape *relevance.Shape) {
		name, _ := shape.Sought()
		s.sought.AddFolded(name)
		if name == shape.Code {
			s.codes = append(s.codes, name)
		} else {
			s.texts = append(s.texts, name)
		}
	})
	s.sought.Add(tool)
	s.sought.Add("C")
	for name := range types {
		s.sought.Add(name)
	}
	return s
}

// tool is the word that directives begin with.
var tool = strings.TrimSuffix(relevance.Table[relevance.Directive].Word, ":")

// A clue is what a search finds in a file.
type clue uint8

const (
	coded    clue = 1 << iota // a struct may have a code: as a field, by its tag, or by a type that it embeds
	texted                    // likewise, but the code's type has the name of a predeclared type that holds no number
	directed                  // a directive
	native                    // an import of "C", or a literal that looks like that
)

// find returns what a file has. A type that may be declared as one with a code counts as a struct with a code.
func (s *search) find(src []byte) (found clue) {
	for start, end := s.sought.Next(src, 0); start < len(src); start, end = s.sought.Next(src, end) {
		found |= s.clue(src, start, end)
	}
	return found
}

// clue returns what a word shows.
func (s *search) clue(src []byte, start, end int) clue {
	word := src[start:end]
	is := func(name string) bool { return len(word) == len(name) && strings.EqualFold(string(word), name) }
	if slices.ContainsFunc(s.texts, is) && (field(src, start, end)|tag(src, start)) != 0 {
		return coded
	}
	if slices.ContainsFunc(s.codes, is) {
		if found := field(src, start, end) | tag(src, start); found != 0 {
			return found
		}
	}
	switch {
	case s.types[string(word)] && (isEmbedded(src, start, end) || isDeclaration(src, start, end)):
		return coded
	case string(word) == tool && bytes.HasPrefix(src[end:], []byte(":")):
		return directed
	case string(word) == "C" && start > 0 && src[start-1] == '"' && bytes.HasPrefix(src[end:], []byte(`"`)):
		return native
	}
	return 0
}

// tag returns what the word shows as a name in a field's tag, if it may be one.
func tag(src []byte, start int) clue {
	if !bytes.Contains(src[max(0, start-12):start], []byte("json:")) {
		return 0
	}
	line := src[bytes.LastIndexByte(src[:start], '\n')+1 : start]
	if quote := bytes.LastIndexByte(line, '`'); quote >= 0 && endsText(line[:quote]) {
		return texted
	}
	return coded
}

// endsText reports whether a type that holds no number ends here.
func endsText(src []byte) bool {
	end := before(src, len(src))
	start := lex.Start(src, end)
	return isText(string(src[start:end])) && start > 0 && src[start-1] != '.'
}

// isText reports whether a name is that of a predeclared type that holds no number.
func isText(name string) bool { return name == "string" || name == "bool" || name == "error" }

// field returns what the word shows as the name of a field, alone or in a list, or of an embedded type, if it may be
// one.
func field(src []byte, start, end int) clue {
	next := after(src, end)
	found := coded
	switch {
	case next == len(src):
		return 0
	case lex.IsLetter(src[next]) || src[next] == '*' || src[next] == '(' && next > end:
		for next < len(src) && (src[next] == '*' || isBlank(src[next])) {
			next++
		}
		if isText(string(src[next:lex.End(src, next)])) {
			found = texted
		}
	case src[next] == ',':
		line := src[next:]
		line = line[:lex.Until(line, "\n")]
		if i := bytes.IndexAny(line, "=`\""); i >= 0 && line[i] == '=' {
			return 0 // code, err := f()
		}
	default:
		if isEmbedded(src, start, end) {
			return coded
		}
		return 0
	}
	for {
		start = before(src, start)
		if beginsField(src, start) {
			return found
		}
		if start == 0 || src[start-1] != ',' {
			return 0
		}
		start = before(src, start-1)
		if name := lex.Start(src, start); name < start {
			start = name
		} else if !beginsField(src, start) {
			return 0
		}
	}
}

// isEmbedded reports whether the word may be the name of a type that a struct embeds.
func isEmbedded(src []byte, start, end int) bool {
	return endsField(src, end) && beginsField(src, beforeType(src, start))
}

// isDeclaration reports whether the word may be the type in the declaration of another: "type T U", or "T = U" within
// parentheses.
func isDeclaration(src []byte, start, end int) bool {
	if next := after(src, end); next < len(src) {
		switch src[next] {
		case '\n', ';', '/', ')':
		case '[': // type arguments
			if next > end {
				return false
			}
		default:
			return false
		}
	}
	start = beforeType(src, start)
	if start > 0 && src[start-1] == '=' {
		start = before(src, start-1)
	}
	if start > 0 && src[start-1] == ']' { // type parameters
		return true
	}
	name := lex.Start(src, start)
	return name < start && beginsDeclaration(src, before(src, name))
}

// beginsDeclaration reports whether a type's declaration may begin, or go on with the name, after the blanks that begin
// at start.
func beginsDeclaration(src []byte, start int) bool {
	if start == 0 {
		return false
	}
	if src[start-1] == '(' {
		start = before(src, start-1)
	}
	return beginsField(src, start) || bytes.HasSuffix(src[:start], []byte("type"))
}

// beforeType returns the beginning of the blanks before a type's name. A package's name and an asterisk may stand
// before the name, too.
func beforeType(src []byte, start int) int {
	if start > 0 && src[start-1] == '.' {
		start = lex.Start(src, start-1)
	}
	start = before(src, start)
	for start > 0 && src[start-1] == '*' {
		start = before(src, start-1)
	}
	return start
}

// endsField reports whether a field may end after its type's name.
func endsField(src []byte, end int) bool {
	next := after(src, end)
	if next == len(src) {
		return true
	}
	switch src[next] {
	case '\n', ';', '}', '`', '"', '/':
		return true
	case '[': // type arguments
		return next == end
	}
	return false
}

// beginsField reports whether a struct's field may begin after the blanks that begin at start.
func beginsField(src []byte, start int) bool {
	if start == 0 {
		return false
	}
	switch src[start-1] {
	case '\n', ';':
		return true
	case '/': // a comment's end
		return start > 1 && src[start-2] == '*'
	case '{':
		rest := src[:before(src, start-1)]
		return bytes.HasSuffix(rest, []byte("struct")) || bytes.HasSuffix(rest, []byte("*/"))
	}
	return false
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\r' }

// before returns the beginning of the blanks that end at i.
func before(src []byte, i int) int {
	for i > 0 && isBlank(src[i-1]) {
		i--
	}
	return i
}

// after returns the end of the blanks that begin at i.
func after(src []byte, i int) int {
	for i < len(src) && isBlank(src[i]) {
		i++
	}
	return i
}
