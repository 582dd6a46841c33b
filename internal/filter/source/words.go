package source

import (
	"bytes"

	"github.com/asynccheck/asynccheck/internal/filter/lex"
	"github.com/asynccheck/asynccheck/internal/relevance"
)

// word looks at a word that ends at the given place.
func (s *scanner) word(text []byte, end int) {
	d := &s.decl
	s.matters = s.matters || s.member(text, end) || s.named(text)
	top := s.fresh && len(s.braces) == 0 && s.parens == 0
	switch string(text) {
	case "func":
		if top {
			s.end()
			s.decl = decl{function: true}
		}
		if !d.header {
			d.header, d.results, d.opened = true, false, s.level()
		}
	case "var", "type", "const", "import":
		if top {
			s.end()
			s.decl = decl{types: string(text) == "type", imports: string(text) == "import"}
		}
	case "return":
		d.returns = d.returns || d.literals == 0
	default:
		s.name(text, end)
	}
	t := token{kind: 'w', text: text, selected: s.last.kind == '.'}
	if t.selected && s.before.kind == 'w' && !s.before.selected {
		t.of = s.before.text
	}
	s.next(t)
}

func (s *scanner) inStruct() bool { return len(s.braces) > 0 && s.braces[len(s.braces)-1].kind == 's' }

// member reports whether a word may name a struct's member that responses have.
func (s *scanner) member(text []byte, end int) bool {
	return s.inStruct() && (s.question.Hints.IsMember(text) || s.decl.generic && s.question.Hints.IsData(text) && isOpen(s.src, end))
}

// named reports whether a hint makes a word matter.
func (s *scanner) named(text []byte) bool {
	if s.last.kind != '.' && !s.dotted {
		return false
	}
	hints := &s.question.Hints
	if s.question.imports.OfSDK(text) {
		return true
	}
	part := s.inStruct() || s.decl.types && len(s.braces) == 0 // a struct may have it by another name
	return hints.Names[relevance.Named][string(text)] || part && hints.Names[relevance.Part][string(text)]
}

// name looks at a name in a function's header or elsewhere.
func (s *scanner) name(text []byte, end int) {
	d := &s.decl
	q := s.question
	if d.header {
		if q.imports.Allow(relevance.Decodes) || len(q.Hints.Names[relevance.Decodes]) > 0 {
			s.param(text, end)
		}
		for _, r := range giving {
			if d.results && r.Gives(string(text)) {
				d.given |= relevance.Of(r)
			}
		}
		if d.function && d.name == nil && s.level() == d.opened {
			d.name = text
			return
		}
	}
	for _, r := range giving {
		if q.Hints.Names[r][string(text)] || q.imports.Allow(r) && r.Calls(string(text)) && !(relevance.Table[r].Alike && s.another(text, end)) {
			d.called |= relevance.Of(r)
		}
	}
}

// giving are the reasons that show by a function's results.
var giving = []relevance.Reason{relevance.Fetches, relevance.Reads}

// another reports whether the word, which ends at the given place, is used in a way that no fetching function is: see
// [relevance.Row.Alike].
func (s *scanner) another(text []byte, end int) bool {
	if bytes.HasPrefix(s.src[end:], []byte("()")) {
		return true
	}
	if string(text) != "Get" || s.last.kind != '.' {
		return false
	}
	before, ok := bytes.CutSuffix(s.src[:end], []byte("Query().Get"))
	query := ok && lex.Start(s.src, len(before)) == len(before)
	return query || s.before.is("Header")
}

// literal looks at a string, which may be a tag.
func (s *scanner) literal(text []byte) {
	s.dotted = s.dotted || s.last.kind == '.' && len(s.braces) == 0 // it may be an import
	if s.decl.imports {
		s.imports.add(s.last, text)
	}
	s.next(token{kind: 's'})
	s.matters = s.matters || s.question.isTag(text) || s.decl.generic && tags(text, s.question.Hints.IsData)
}
