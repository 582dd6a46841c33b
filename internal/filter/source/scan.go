package source

import (
	"bytes"
	"unicode"

	"github.com/asynccheck/asynccheck/internal/filter/lex"
)

// A scanner reads the tokens of one file, as far as they matter.
type scanner struct {
	question *Question
	src      []byte
	exits    map[string][]string

	last, before token   // the token before this one, and the one before that
	fresh        bool    // this token begins a statement
	braces       []brace // that are open
	parens       int     // parentheses and brackets that are open within the innermost brace
	calls        []call  // of decoders, that are open
	dotted       bool    // something may be imported with a dot
	imports      imports

	decl decl // the top-level declaration
}

// A token is a word, or a character that stands for itself.
type token struct {
	kind     byte   // 'w' for a word, 's' for a literal, else the character
	text     []byte // of a word, or of one that a parenthesis ends with
	selected bool   // a word after a dot
	of       []byte // the word before the dot, if none stands before that
}

func (t token) is(word string) bool { return t.kind == 'w' && string(t.text) == word }

// A brace is one that is open.
type brace struct {
	kind   byte // 's' for a struct, 'l' for a function literal, 0 for others
	parens int  // that were open outside of it
}

// A level says within how many braces and parentheses something stands.
type level struct{ braces, parens int }

// A call is one of a decoder.
type call struct {
	level
	read int // arguments to come that say what is read, not what is filled

	method bool // a decoder's: with more than one argument it is taken for something else
	args   int  // that have ended
	filled bool // the last of these may be what the function got from its caller
}

// A decl is what is known of a top-level declaration.
type decl struct {
	function bool
	types    bool
	imports  bool
	name     []byte // of a function, nil until it is known

	// Between "func" and the body, here or in a literal.
	header  bool
	opened  level          // where it stands
	results bool           // the parameters are over
	params  map[string]int // how often a word of headers may be a parameter that is filled, if there are such calls

	generic bool // a function, or one of the types
	decodes bool
	fetches bool
	raw     bool // a result's type is one for raw bytes
	reads   bool
	text    bool // a result's type is one for their text

	returns  bool   // there is a return, not counting those of literals
	literals int    // function literals that are open
	callee   []byte // name of the function that the statement calls
	ending   []byte // that of the last statement, if it ends in a call
}

// scan reports whether the file shows that its package matters.
func (s *scanner) scan() bool {
	src := s.src
	s.fresh = true
	for i := 0; i < len(src); {
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
				if s.literal(src[i : i+n]) {
					return true
				}
			case '/':
				s.next(token{kind: c})
			}
		case lex.IsLetter(c):
			n = lex.End(src, i+1) - i
			if s.word(src[i:i+n], i+n) {
				return true
			}
		case lex.IsDigit(c):
			for i+n < len(src) && (lex.IsLetter(src[i+n]) || lex.IsDigit(src[i+n]) || src[i+n] == '.') {
				n++
			}
			s.next(token{kind: 's'})
		default:
			if s.character(c, src[i+1:]) {
				return true
			}
		}
		i += n
	}
	return s.end()
}

// opening returns the kind and the length of what begins with a slash or a quote: 's' a
// literal, '*' a comment that may have lines, '-' one that ends before the line does, '/' a division.
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

func (s *scanner) next(t token) {
	s.before, s.last, s.fresh = s.last, t, false
}

// newline ends the statement if the line's last token is one that can end it.
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

// literal looks at a string, and reports whether it is a tag that matters.
func (s *scanner) literal(text []byte) bool {
	s.dotted = s.dotted || s.last.kind == '.' && len(s.braces) == 0 // an import, as far as we know
	if s.decl.imports {
		s.imports.add(s.last, text)
	}
	s.next(token{kind: 's'})
	return s.question.isTag(text) || s.decl.generic && tags(text, isNest)
}

// isTag reports whether a literal is a tag that names a member or the code.
func (q *Question) isTag(text []byte) bool {
	return tags(text, func(word []byte) bool { return q.isMember(word) || bytes.EqualFold(word, []byte(codeName)) })
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

// isOpen reports whether a struct's member whose name ends here may have a type parameter's type, or
// that of a pointer to one: a name without a package's.
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

// word looks at a word that ends at the given place, and reports whether it shows that the package matters.
func (s *scanner) word(text []byte, end int) bool {
	hints := &s.question.Hints
	inStruct := len(s.braces) > 0 && s.braces[len(s.braces)-1].kind == 's'
	d := &s.decl
	if inStruct && (s.question.isMember(text) || d.generic && isNest(text) && isOpen(s.src, end)) {
		return true
	}
	if s.last.kind == '.' || s.dotted {
		named := d.types && len(s.braces) == 0 // a struct may have it by another name
		if hints.Names[string(text)] || (inStruct || named) && hints.Parts[string(text)] {
			return true
		}
	}
	top := s.fresh && len(s.braces) == 0 && s.parens == 0
	switch string(text) {
	case "func":
		if top {
			if s.end() {
				return true
			}
			s.decl = decl{function: true}
		}
		if !d.header {
			d.header, d.results, d.opened = true, false, s.level()
		}
	case "var", "type", "const", "import":
		if top {
			if s.end() {
				return true
			}
			s.decl = decl{types: string(text) == "type", imports: string(text) == "import"}
		}
	case "return":
		d.returns = d.returns || d.literals == 0
	default:
		if d.header {
			if s.question.Decodes() || len(hints.Fills) > 0 {
				s.param(text, end)
			}
			d.raw = d.raw || d.results && Raw(string(text))
			d.text = d.text || d.results && Text(string(text))
			if d.function && d.name == nil && s.level() == d.opened {
				d.name = text
				break
			}
		}
		gives := hints.Gives[string(text)]
		d.fetches = d.fetches || gives || s.question.http && s.fetches(text, end)
		d.reads = d.reads || gives || s.question.http && Reads(string(text))
	}
	t := token{kind: 'w', text: text, selected: s.last.kind == '.'}
	if t.selected && s.before.kind == 'w' && !s.before.selected {
		t.of = s.before.text
	}
	s.next(t)
	return false
}

// param counts a word of a header. A receiver is nobody else's variable, and neither is that
// which a parameter points to whose type is a pointer to a type with a name: whoever decodes
// into such a type knows it. An instance's name is not all of its type.
func (s *scanner) param(text []byte, end int) {
	d := &s.decl
	if d.function && d.name == nil && len(s.braces) == 0 {
		return
	}
	if d.params == nil {
		d.params = make(map[string]int)
	}
	if s.last.kind == '*' && s.before.kind == 'w' && string(text) != "any" && !isKeyword(string(text)) && !isInstance(s.src[end:]) {
		d.params[string(s.before.text)]--
	}
	d.params[string(text)]++
}

// isInstance reports whether type arguments, or a comment, follow a name that may qualify another.
func isInstance(after []byte) bool {
	after = bytes.TrimLeft(after, " \t\r\n")
	if name, ok := bytes.CutPrefix(after, []byte(".")); ok {
		name = bytes.TrimLeft(name, " \t\r\n")
		after = bytes.TrimLeft(name[lex.End(name, 0):], " \t\r\n")
	}
	return len(after) > 0 && (after[0] == '[' || after[0] == '/')
}

// decoder reports whether a function with a decoder's name, as it is called here, may be a decoder's.
func (s *scanner) decoder(name token) bool {
	switch {
	case !name.selected:
		return s.dotted // else the package's own
	case !s.question.Method(string(name.text)): // nor is there a decoder that isn't the standard library's
		return s.imports[string(name.of)]
	}
	return !s.imports.foreign(name.of, s.src)
}

// fetches reports whether the word, which ends at the given place, may be a function that fetches. By the same
// name, a pool's has no arguments, and a header's or a query's gives a string.
func (s *scanner) fetches(text []byte, end int) bool {
	if !Fetches(string(text)) || bytes.HasPrefix(s.src[end:], []byte("()")) {
		return false
	}
	if string(text) != "Get" || s.last.kind != '.' {
		return true
	}
	before, ok := bytes.CutSuffix(s.src[:end], []byte("Query().Get"))
	query := ok && lex.Start(s.src, len(before)) == len(before)
	return !query && !s.before.is("Header")
}

// character looks at a character that stands for itself, and reports whether a call
// is now complete that shows that the package matters.
func (s *scanner) character(c byte, rest []byte) bool {
	d := &s.decl
	switch c {
	case '(', '[':
		var name []byte
		if s.last.kind == 'w' || s.last.kind == ')' && c == '(' { // a name, perhaps in parentheses
			name = s.last.text
		}
		if s.parens == 0 && len(s.braces) == 1 {
			switch {
			case name != nil || s.last.kind == '}':
				d.callee = name
			case s.last.kind == ')' && s.before.kind == ']': // an instance in parentheses, whose name is gone
				d.callee = []byte("panic")
			}
		}
		first, last, decodes := Fills(string(name))
		decodes = decodes && s.question.Decodes() && s.decoder(s.last)
		fills := s.question.Hints.Fills[string(name)]
		if c == '[' && (decodes || fills) && !d.header { // an instance, which is called afterwards
			return true
		}
		if c == '(' && (decodes || fills) {
			d.decodes = true
			call := call{level: s.level()} // nobody knows, or the decoder does, what is read
			if decodes && !fills {
				call.read, call.method = first, last == 0
			}
			s.calls = append(s.calls, call)
		}
		if header := len(s.braces) == 0 && (d.header || d.types); c == '[' && header && name != nil && string(name) != "map" && !bytes.HasPrefix(bytes.TrimSpace(rest[:min(len(rest), 8)]), []byte("]")) {
			d.generic = true
		}
		s.parens++
	case ')', ']':
		s.parens--
		if n := len(s.calls); n > 0 && s.calls[n-1].level == s.level() {
			call := s.calls[n-1]
			s.calls = s.calls[:n-1]
			if s.last.kind != ',' && s.argument(&call) || call.method && call.args == 1 && call.filled {
				return true
			}
		}
		if d.header && c == ')' {
			switch at := s.level(); {
			case at == d.opened: // a receiver has no name before it
				d.results = d.results || d.name != nil || !d.function || len(s.braces) > 0
			case at.braces == d.opened.braces && at.parens < d.opened.parens:
				d.header = false // of a function type
			}
		}
		if c == ')' && (s.last.kind == 'w' || s.last.kind == ')') {
			t := s.last // by which what is in parentheses is called
			t.kind = c
			s.next(t)
			return false
		}
	case '{':
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
		s.next(token{kind: c})
		s.fresh = true
		return false
	case '}':
		s.semicolon()
		if n := len(s.braces); n > 0 {
			if s.braces[n-1].kind == 'l' {
				d.literals--
			}
			s.parens = s.braces[n-1].parens
			s.braces = s.braces[:n-1]
		}
	case ',':
		if n := len(s.calls); n > 0 && s.calls[n-1].braces == len(s.braces) && s.calls[n-1].parens == s.parens-1 {
			if s.argument(&s.calls[n-1]) {
				return true
			}
		}
	case ':', '=':
		if d.header && s.level() == d.opened {
			d.header = false // of a function type
		}
	case ';':
		s.semicolon()
		s.before, s.last = s.last, token{kind: c}
		return false
	}
	s.next(token{kind: c})
	return false
}

// argument ends an argument of a decoder's call, and reports whether it may be what the
// function got from its caller, unless it depends on whether there are more.
func (s *scanner) argument(c *call) bool {
	c.filled = c.read <= 0 && s.fills()
	c.read--
	c.args++
	return c.filled && !c.method
}

// fills reports whether the argument of a decoder's call that ends here may be what the
// function got from its caller, to be filled: a parameter or a conversion of one.
func (s *scanner) fills() bool {
	switch s.last.kind {
	case ')', '.': // opts...
		return true
	case 'w':
		switch s.before.kind {
		case ',', '(', '&', '*':
			return s.decl.params[string(s.last.text)] > 0
		}
	}
	return false
}

// end ends a declaration, and reports whether it shows that its package matters.
func (s *scanner) end() bool {
	d := &s.decl
	if d.function && d.ending != nil && !d.returns && d.name != nil {
		s.exits[string(d.ending)] = append(s.exits[string(d.ending)], string(d.name))
	}
	return d.decodes && d.generic && !d.types || d.fetches && d.raw || d.reads && d.text
}
