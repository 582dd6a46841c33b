package source

import (
	"bytes"

	"github.com/asynccheck/asynccheck/internal/filter/lex"
	"github.com/asynccheck/asynccheck/internal/relevance"
)

// We read tokens by hand. go/scanner would need fewer lines, but it links fmt, reflect and others. Each process of go
// vet initializes these before package vetinit can answer, even if nothing is scanned. That takes a fifth of a unit's
// time: with go/scanner the tool took 5.0 s of CPU time instead of 4.1 s for the units of "go vet std", and the whole
// go vet took 8 % longer:
//
//	go vet -work -vettool=PROGRAM std    # then PROGRAM $WORK/b001/vet.cfg, and so on, each program in turn

// A scanner reads the tokens of one file, as far as they matter.
type scanner struct {
	question *Question
	src      []byte
	exits    map[string][]string
	matters  bool // the file has shown that its package matters

	last, before token   // the last two tokens
	fresh        bool    // this token begins a statement
	braces       []brace // the open ones
	parens       int     // parentheses and brackets open within the innermost brace
	calls        []call  // open calls of decoders
	dotted       bool    // there may be a dot import
	imports      imports

	decl decl // the top-level declaration
}

// A token is a word, or a character that stands for itself.
type token struct {
	kind     byte   // 'w' is a word, 's' a literal; others are the character
	text     []byte // of a word, or of the one that is the last in parentheses
	selected bool   // a word after a dot
	of       []byte // the word before the dot, if none stands before that
}

func (t token) is(word string) bool { return t.kind == 'w' && string(t.text) == word }

// A brace is an open brace.
type brace struct {
	kind   byte // 's' is a struct, 'l' a function literal, 0 anything else
	parens int  // open outside of it
}

// A level says within how many braces and parentheses something stands.
type level struct{ braces, parens int }

// A decl is what is known about a top-level declaration.
type decl struct {
	function bool
	types    bool
	imports  bool
	name     []byte // of a function, nil until it is known

	// These count between "func" and the body, of the declaration or of a literal.
	header  bool
	opened  level          // where it stands
	results bool           // the parameters are over
	params  map[string]int // by a word of the headers: how often it may be a parameter that is filled, if there are such calls

	generic bool // a function, or one of the types
	decodes bool
	called  relevance.Set // reasons that a call shows
	given   relevance.Set // reasons that a result's type shows

	returns  bool   // there is a return, outside of literals
	literals int    // open function literals
	callee   []byte // name of the function that the statement calls
	ending   []byte // the function that the last statement calls, if it ends in a call
}

// scan reads the file until it shows that its package matters.
func (s *scanner) scan() {
	src := s.src
	s.fresh = true
	for i := 0; i < len(src) && !s.matters; {
		c := src[i]
		n := 1 // bytes of the token
		switch {
		case c == '\n':
			s.newline()
		case c == ' ' || c == '\t' || c == '\r':
		case lex.Class(c) == lex.Longer:
			var kind byte
			kind, n = opening(src[i:])
			switch kind {
			case '*':
				if bytes.IndexByte(src[i:i+n], '\n') >= 0 {
					s.newline()
				}
			case 's':
				s.literal(src[i : i+n])
			case '/':
				s.next(token{kind: c})
			}
		case lex.IsLetter(c):
			n = lex.End(src, i+1) - i
			s.word(src[i:i+n], i+n)
		case lex.IsDigit(c):
			for i+n < len(src) && (lex.IsLetter(src[i+n]) || lex.IsDigit(src[i+n]) || src[i+n] == '.') {
				n++
			}
			s.next(token{kind: 's'})
		default:
			s.character(c, src[i+1:])
		}
		i += n
	}
	s.end()
}

func (s *scanner) next(t token) {
	s.before, s.last, s.fresh = s.last, t, false
}

// newline ends the statement if the line's last token can end one.
func (s *scanner) newline() {
	switch s.last.kind {
	case 's', ')', ']', '}':
		s.semicolon()
	case '+', '-': // x++
		if s.before.kind == s.last.kind {
			s.semicolon()
		}
	case 'w':
		switch word := string(s.last.text); word {
		case "break", "continue", "fallthrough", "return":
			s.semicolon()
		default:
			if !isKeyword(word) {
				s.semicolon()
			}
		}
	}
}

// isKeyword reports whether a word is one of the language's.
func isKeyword(word string) bool {
	switch word {
	case "break", "case", "chan", "const", "continue", "default", "defer", "else", "fallthrough", "for", "func", "go", "goto",
		"if", "import", "interface", "map", "package", "range", "return", "select", "struct", "switch", "type", "var":
		return true
	}
	return false
}

// semicolon ends the statement.
func (s *scanner) semicolon() {
	d := &s.decl
	if d.header && s.level() == d.opened {
		d.header = false // of a function type, or a function without a body
	}
	if s.parens == 0 && !s.fresh {
		if len(s.braces) == 1 && !d.header {
			d.ending = nil
			if s.last.kind == ')' {
				d.ending = d.callee
			}
			d.callee = nil
		}
		s.fresh = true
	}
}

func (s *scanner) level() level { return level{len(s.braces), s.parens} }

// character looks at a character that stands for itself.
func (s *scanner) character(c byte, rest []byte) {
	d := &s.decl
	switch c {
	case '(', '[':
		s.open(c, rest)
	case ')', ']':
		s.parens--
		s.endCall()
		if d.header && c == ')' {
			s.endHeader()
		}
		if c == ')' && (s.last.kind == 'w' || s.last.kind == ')') {
			t := s.last // the name before the parentheses
			t.kind = c
			s.next(t)
			return
		}
	case '{':
		s.openBrace()
		s.next(token{kind: c})
		s.fresh = true
		return
	case '}':
		s.semicolon()
		s.closeBrace()
	case ',':
		if n := len(s.calls); n > 0 && s.calls[n-1].braces == len(s.braces) && s.calls[n-1].parens == s.parens-1 {
			s.argument(&s.calls[n-1])
		}
	case ':', '=':
		if d.header && s.level() == d.opened {
			d.header = false // of a function type
		}
	case ';':
		s.semicolon()
		s.before, s.last = s.last, token{kind: c}
		return
	}
	s.next(token{kind: c})
}

// open looks at an opening parenthesis or bracket: of a call, a list of parameters, or an instance.
func (s *scanner) open(c byte, rest []byte) {
	d := &s.decl
	var name []byte
	if s.last.kind == 'w' || s.last.kind == ')' && c == '(' { // a name, perhaps in parentheses
		name = s.last.text
	}
	if s.parens == 0 && len(s.braces) == 1 {
		switch {
		case name != nil || s.last.kind == '}':
			d.callee = name
		case s.last.kind == ')' && s.before.kind == ']': // an instance in parentheses, its name is no longer known
			d.callee = []byte("panic")
		}
	}
	s.openCall(c, name)
	header := len(s.braces) == 0 && (d.header || d.types)
	if c == '[' && header && name != nil && string(name) != "map" && !bytes.HasPrefix(bytes.TrimSpace(rest[:min(len(rest), 8)]), []byte("]")) {
		d.generic = true
	}
	s.parens++
}

// endHeader ends the parameters of a header, or the header, at a closing parenthesis.
func (s *scanner) endHeader() {
	d := &s.decl
	switch at := s.level(); {
	case at == d.opened: // a receiver has no name before it
		d.results = d.results || d.name != nil || !d.function || len(s.braces) > 0
	case at.braces == d.opened.braces && at.parens < d.opened.parens:
		d.header = false // of a function type
	}
}

func (s *scanner) openBrace() {
	d := &s.decl
	kind := byte(0)
	switch {
	case s.last.is("struct"):
		kind = 's'
	case s.last.is("interface"):
	case d.header && s.level() == d.opened:
		d.header = false
		if len(s.braces) > 0 || !d.function {
			kind = 'l'
			d.literals++
		}
	}
	s.braces = append(s.braces, brace{kind, s.parens})
	s.parens = 0
}

func (s *scanner) closeBrace() {
	if n := len(s.braces); n > 0 {
		if s.braces[n-1].kind == 'l' {
			s.decl.literals--
		}
		s.parens = s.braces[n-1].parens
		s.braces = s.braces[:n-1]
	}
}

// end ends a declaration.
func (s *scanner) end() {
	d := &s.decl
	if d.function && d.ending != nil && !d.returns && d.name != nil {
		s.exits[string(d.ending)] = append(s.exits[string(d.ending)], string(d.name))
	}
	s.matters = s.matters || d.decodes && d.generic && !d.types || d.called&d.given != 0
}
