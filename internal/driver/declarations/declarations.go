// Package declarations says what a file declares: its syntax without the bodies of functions. Nothing in a body, be it
// wrong, changes the types that other packages see. Initializers of variables and constants do.
//
// It parses nothing. What it leaves out of the hash, it also leaves out of the text: as long as the hash stays, so do the
// types that come from the text, and other packages need not be analyzed again.
package declarations

import (
	"bytes"
	"go/token"
	"hash"
	"slices"

	"github.com/asynccheck/asynccheck/internal/filter/lex"
)

// Hash adds what a file declares to h. White space, comments and positions don't count, but for the question whether
// there is a line break. Two files of the same hash have the same tokens outside of functions' bodies; one file may
// have several hashes, depending on its format. A wrong file has some hash.
func Hash(h hash.Hash, src []byte) {
	s := &skimmer{src: src, out: make([]byte, 0, 4096)}
	s.file()
	h.Write(s.out)
}

// Only blanks the bodies of functions out of a file. The rest keeps its positions, and so do //line directives in
// bodies, which change the positions of what follows.
func Only(src []byte) []byte {
	s := &skimmer{src: src, out: make([]byte, 0, 4096), text: slices.Clone(src)}
	s.file()
	return s.text
}

// A skimmer goes through a file.
type skimmer struct {
	src []byte
	pos int
	out []byte // the tokens, each followed by a 0

	text []byte // if not nil, the file, in which bodies become blank

	last  []byte // token
	line  bool   // a line break follows it
	depth int    // of parentheses, brackets and braces
}

// file goes through the whole file.
func (s *skimmer) file() {
	for s.next() {
		if s.depth == 0 && s.starts() && s.word("func") {
			s.emit()
			s.function()
			continue
		}
		s.emit()
	}
}

// starts reports whether a declaration may start after the last token.
func (s *skimmer) starts() bool {
	if len(s.last) == 0 {
		return true
	}
	switch c := s.last[len(s.last)-1]; {
	case c == ';':
		return true
	case !s.line:
		return false
	case isWord(c):
		return !token.IsKeyword(string(s.last))
	default: // as the compiler adds semicolons
		return c == ')' || c == ']' || c == '}' || c == '"' || c == '`' || c == '\''
	}
}

// function goes from a function's name to the end of its signature, and leaves out the body. The first brace outside
// of parentheses and brackets begins the body, unless it belongs to a type.
func (s *skimmer) function() {
	outside := s.depth
	for s.next() {
		if s.depth == outside && s.src[s.pos] == '{' && string(s.last) != "struct" && string(s.last) != "interface" {
			s.body()
			return
		}
		if s.depth == outside && s.starts() { // there is no body
			return
		}
		s.emit()
	}
}

// body leaves out a body, and emits that there is one. If it has no end, all that follows is part of it.
func (s *skimmer) body() {
	s.pos++
	from := s.pos // of what is not blank yet
	for depth := 1; s.pos < len(s.src); s.pos++ {
		switch c := s.src[s.pos]; {
		case lex.Class(c) == lex.Longer:
			end := s.longer()
			if isLine(s.src[s.pos:end]) {
				s.blank(from, s.pos)
				from = end
			}
			s.pos = end - 1
		case c == '{':
			depth++
		case c == '}':
			if depth--; depth == 0 {
				s.blank(from, s.pos)
				s.pos++
				s.token([]byte("{}"))
				return
			}
		}
	}
	s.blank(from, s.pos)
	s.token([]byte("{"))
}

// blank makes a part of the text blank.
func (s *skimmer) blank(from, to int) {
	if s.text == nil {
		return
	}
	for i, c := range s.text[from:to] {
		if c != '\n' {
			s.text[from+i] = ' '
		}
	}
}

// isLine reports whether a literal or a comment is a directive that says where the code comes from.
func isLine(text []byte) bool {
	return bytes.HasPrefix(text, []byte("//line ")) || bytes.HasPrefix(text, []byte("/*line "))
}

// word reports whether the next token is a word.
func (s *skimmer) word(w string) bool {
	end := s.pos + len(w)
	return bytes.HasPrefix(s.src[s.pos:], []byte(w)) && (end == len(s.src) || !isWord(s.src[end]))
}

// next goes to the next token, and reports whether there is one.
func (s *skimmer) next() bool {
	for s.pos < len(s.src) {
		switch c := s.src[s.pos]; {
		case c == '\n':
			s.line = true
			s.pos++
		case c == ' ' || c == '\t' || c == '\r':
			s.pos++
		case c == '/' && s.comment() > 0:
			text := s.src[s.pos:s.comment()]
			if bytes.HasPrefix(text, []byte("//go:")) { // it may say which version of the language the file is in
				s.out = append(append(s.out, text...), 0)
			}
			s.line = s.line || bytes.IndexByte(text, '\n') >= 0
			s.pos += len(text)
		default:
			return true
		}
	}
	return false
}

// comment returns the end of the comment at the position, 0 if there is none.
func (s *skimmer) comment() int {
	rest := s.src[s.pos:]
	switch {
	case bytes.HasPrefix(rest, []byte("//")):
		if n := bytes.IndexByte(rest, '\n'); n >= 0 {
			return s.pos + n
		}
		return len(s.src)
	case bytes.HasPrefix(rest, []byte("/*")):
		if n := bytes.Index(rest[2:], []byte("*/")); n >= 0 {
			return s.pos + n + 4
		}
		return len(s.src)
	}
	return 0
}

// longer returns the end of the literal, the comment or the division at the position.
func (s *skimmer) longer() int {
	switch quote := s.src[s.pos]; quote {
	case '/':
		return max(s.comment(), s.pos+1)
	case '`':
		if n := bytes.IndexByte(s.src[s.pos+1:], quote); n >= 0 {
			return s.pos + n + 2
		}
	default:
		for i := s.pos + 1; i < len(s.src); i++ {
			switch s.src[i] {
			case '\\':
				i++
			case quote:
				return i + 1
			case '\n': // the file is wrong
				return i
			}
		}
	}
	return len(s.src)
}

// emit adds the next token to the output, and goes behind it.
func (s *skimmer) emit() {
	start := s.pos
	switch c := s.src[s.pos]; {
	case isWord(c):
		s.pos = lex.End(s.src, s.pos)
	case c != '/' && lex.Class(c) == lex.Longer:
		s.pos = s.longer()
	case c == '(' || c == '[' || c == '{':
		s.depth++
		s.pos++
	case c == ')' || c == ']' || c == '}':
		s.depth--
		s.pos++
	default: // operators that touch each other count as one, such as "<-"
		for s.pos++; s.pos < len(s.src) && isOperator(s.src[s.pos]) && s.comment() == 0; s.pos++ {
		}
	}
	s.token(s.src[start:s.pos])
}

// token adds a token to the output, after a line break if there was one.
func (s *skimmer) token(text []byte) {
	if s.line && len(s.last) > 0 {
		s.out = append(s.out, '\n', 0)
	}
	s.out = append(append(s.out, text...), 0)
	s.last, s.line = text, false
}

// isWord reports whether the byte is part of a name or a number.
func isWord(c byte) bool { return lex.Class(c)&(lex.Letter|lex.Digit) != 0 }

// isOperator reports whether the byte is part of an operator, and of nothing else.
func isOperator(c byte) bool { return bytes.IndexByte([]byte("+-*/%&|^<>=!~:.,;"), c) >= 0 }
