package source

import (
	"bytes"

	"github.com/asynccheck/asynccheck/internal/filter/lex"
	"github.com/asynccheck/asynccheck/internal/relevance"
)

// A call is a call of a decoder.
type call struct {
	level
	read int // arguments still to come that are read, not filled

	method bool // a decoder's method: with more than one argument it counts as something else
	args   int  // arguments that have ended
	filled bool // the last of them may be what the function got from its caller
}

// param counts a word of a header. Receivers don't count: callers have other variables. A parameter that points to a
// type with a name doesn't count either: a decode into it shows the type by itself. The name of an instance is not its
// whole type, so it counts.
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

// openCall begins a call, if a function with this name may be a decoder.
func (s *scanner) openCall(c byte, name []byte) {
	q := s.question
	decodes := false
	var first, last int
	if q.imports.Allow(relevance.Decodes) {
		first, last, decodes = relevance.Fills(string(name))
		decodes = decodes && s.decoder(s.last)
	}
	fills := q.Hints.Names[relevance.Decodes][string(name)]
	switch {
	case !decodes && !fills:
	case c == '(':
		s.decl.decodes = true
		call := call{level: s.level()} // what is read is unknown, or the decoder has it
		if decodes && !fills {
			call.read, call.method = first, last == 0
		}
		s.calls = append(s.calls, call)
	case !s.decl.header: // an instance, which is called afterwards
		s.matters = true
	}
}

// decoder reports whether this function, which has a decoder's name, may be a decoder by the way it is called here.
func (s *scanner) decoder(name token) bool {
	switch {
	case !name.selected:
		return s.dotted // else the package's own
	case !s.question.imports.Method(string(name.text)): // nor is there a decoder that isn't the standard library's
		return s.imports[string(name.of)]
	}
	return !s.imports.foreign(name.of, s.src)
}

// argument ends an argument of a decoder's call. If the argument may be what the function got from its caller, the
// package matters. In some calls that depends on whether more arguments follow.
func (s *scanner) argument(c *call) {
	c.filled = c.read <= 0 && s.fills()
	c.read--
	c.args++
	s.matters = s.matters || c.filled && !c.method
}

// fills reports whether the argument of a decoder's call that ends here may be filled for the function's caller: it is
// a parameter or a conversion of one.
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

// endCall ends the innermost call, if its parenthesis has closed.
func (s *scanner) endCall() {
	n := len(s.calls)
	if n == 0 || s.calls[n-1].level != s.level() {
		return
	}
	call := s.calls[n-1]
	s.calls = s.calls[:n-1]
	if s.last.kind != ',' {
		s.argument(&call)
	}
	s.matters = s.matters || call.method && call.args == 1 && call.filled
}
