package yaml

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// People write patterns, types and texts without quotes, and YAML takes some of their characters for something else. Then
// the parser reports what it met later, or gives a value of another kind. So this file looks for such values in the
// text: it knows as much of YAML as it takes to find where values begin and end.

// An unquoted is a value that needs quotes.
type unquoted struct {
	Position
	text string // the value, as it is written
	why  string
}

// String says what is wrong, and how to write the value. Backquotes are no quotes.
func (u *unquoted) String() string {
	text := u.text
	if len(text) > 1 && text[0] == '`' && text[len(text)-1] == '`' {
		text = text[1 : len(text)-1]
	}
	return fmt.Sprintf("a value %s needs quotes in YAML: write %s", u.why, quote(text))
}

// quote writes a text as a string of YAML.
func quote(text string) string {
	if strings.ContainsAny(text, `"\`) {
		return "'" + strings.ReplaceAll(text, "'", "''") + "'"
	}
	return `"` + text + `"`
}

func beginsWith(what string) string { return "that begins with " + what }
func has(what string) string        { return "with " + what + " in it" }

// needQuotes returns the values in a document that need quotes, in their order.
func needQuotes(src string) []unquoted {
	s := &values{src: src, line: 1, column: 1}
	for s.at < len(s.src) {
		s.block()
	}
	return s.found
}

// pair returns the value that YAML takes for a key and its value, at a place in a document.
func pair(src string, at Position) unquoted {
	line := strings.Split(src, "\n")[at.Line-1]
	runes := []rune(strings.TrimSuffix(line, "\r"))
	before, text := string(runes[:at.Column-1]), string(runes[at.Column-1:])
	if strings.Trim(before, " -") == "" {
		text = plain(text)
	} else {
		text, _ = entry(text, true) // in brackets
	}
	return unquoted{at, text, has(`": "`)}
}

// values goes through the values of a document.
type values struct {
	src          string
	at           int // what is read
	line, column int // of at, in characters
	found        []unquoted
}

func (s *values) rest() string { return s.src[s.at:] }

// next reads n bytes.
func (s *values) next(n int) {
	for _, c := range []byte(s.src[s.at : s.at+n]) {
		switch {
		case c == '\n':
			s.line++
			s.column = 1
		case utf8.RuneStart(c):
			s.column++
		}
	}
	s.at += n
}

// skip reads all characters of a set.
func (s *values) skip(set string) { s.next(len(s.rest()) - len(strings.TrimLeft(s.rest(), set))) }

func (s *values) skipLine() { s.next(len(s.lineRest())) }

// lineRest returns what is left of the line, without its end.
func (s *values) lineRest() string {
	line, _, _ := strings.Cut(s.rest(), "\n")
	return strings.TrimSuffix(line, "\r")
}

// wrong notes a value that begins where s is.
func (s *values) wrong(text, why string) {
	s.found = append(s.found, unquoted{Position{s.line, s.column}, strings.TrimRight(text, " \t"), why})
}

// block reads a line outside brackets, and what its value has in further lines.
func (s *values) block() {
	s.skip(" \t\r\n")
	indent := s.column
	for strings.HasPrefix(s.rest(), "- ") {
		s.next(1)
		s.skip(" \t")
	}
	if n := keyLen(s.lineRest()); n > 0 {
		s.next(n)
		s.skip(" \t")
	}
	line := s.lineRest()
	switch {
	case line == "" || line[0] == '#' || line == "-" || strings.HasPrefix(line, "---") || s.column == 1 && line[0] == '%':
		s.skipLine()
	case line[0] == '"' || line[0] == '\'':
		s.quoted()
		s.skipLine()
	case line[0] == '[' || line[0] == '{':
		start := *s
		s.flow()
		if after := s.lineRest(); after != "" && !strings.HasPrefix(strings.TrimLeft(after, " \t"), "#") && strings.TrimSpace(after) != "" {
			text := plain(start.lineRest())
			start.wrong(text, beginsWith(text[:1]))
			s.found = start.found
			s.skipLine()
		}
	case isBlockScalar(line):
		s.skipLine()
		s.skipDeeper(indent)
	default:
		text := plain(line)
		if why := reserved(text); why != "" {
			s.wrong(text, why)
		} else if strings.Contains(text, ": ") || strings.HasSuffix(text, ":") {
			s.wrong(text, has(`": "`))
		}
		s.skipLine()
	}
}

// keyLen returns the length of a key and its colon at the beginning of a line, 0 if there is none.
func keyLen(line string) int {
	n := strings.IndexByte(line, ':')
	if n < 1 || n+1 < len(line) && line[n+1] != ' ' && line[n+1] != '\t' || strings.ContainsAny(line[:n], " \t[]{}*&!%@`#") {
		return 0
	}
	return n + 1
}

// plain returns the value at the beginning of a line, without the comment behind it.
func plain(line string) string {
	if i := strings.Index(line, " #"); i >= 0 {
		line = line[:i]
	}
	return strings.TrimRight(line, " \t")
}

// reserved says why a value that begins like this needs quotes.
func reserved(text string) string {
	switch text[0] {
	case '*', '&', '!', '%', '@', '`', '|', '>':
		return beginsWith(text[:1])
	}
	return ""
}

// isBlockScalar reports whether the value is the text in the lines below.
func isBlockScalar(line string) bool {
	return (line[0] == '|' || line[0] == '>') && strings.Trim(plain(line)[1:], "+-123456789") == ""
}

// skipDeeper skips the lines that are indented more than a column says.
func (s *values) skipDeeper(column int) {
	for s.at < len(s.src) {
		before := *s
		s.skip(" \r\n")
		if s.column <= column {
			*s = before
			s.skip("\r\n")
			return
		}
		s.skipLine()
	}
}

// quoted reads a value in quotes.
func (s *values) quoted() {
	mark := s.rest()[0]
	s.next(1)
	for s.at < len(s.src) {
		rest := s.rest()
		switch {
		case mark == '"' && rest[0] == '\\' && len(rest) > 1, mark == '\'' && strings.HasPrefix(rest, "''"):
			s.next(2)
		case rest[0] == mark:
			s.next(1)
			return
		default:
			s.next(1)
		}
	}
}

// flow reads a list or a mapping in brackets.
func (s *values) flow() {
	s.next(1)
	keyed := false // the key of this entry was read
	for s.at < len(s.src) {
		s.skip(" \t\r\n")
		rest := s.rest()
		switch {
		case rest == "":
			return
		case rest[0] == '#':
			s.skipLine()
		case rest[0] == ']' || rest[0] == '}':
			s.next(1)
			return
		case rest[0] == ',' || rest[0] == ':':
			keyed = keyed && rest[0] != ','
			s.next(1)
		case rest[0] == '"' || rest[0] == '\'':
			s.quoted()
		case rest[0] == '[' || rest[0] == '{':
			start := *s
			s.flow()
			if after := s.rest(); after != "" && !strings.ContainsRune(",]}: \t\r\n", rune(after[0])) {
				text, _ := entry(start.rest(), true)
				start.wrong(text, beginsWith(text[:1]))
				s.found = start.found
				more, _ := entry(after, true)
				s.next(len(more))
			}
		default:
			text, key := entry(rest, keyed)
			keyed = keyed || key
			if why := unquotedEntry(text, key); why != "" {
				s.wrong(text, why)
			}
			s.next(len(text))
		}
	}
}

// entry returns a value, or a key, at the beginning of what is left of a list or a mapping in brackets. Brackets in it
// belong to it as long as they come in pairs. A colon ends it, unless it is in the value of a key.
func entry(rest string, keyed bool) (text string, key bool) {
	depth := 0
	for i := range len(rest) {
		switch rest[i] {
		case '[', '{':
			depth++
		case ']', '}':
			if depth == 0 {
				return strings.TrimRight(rest[:i], " \t"), false
			}
			depth--
		case ',':
			if depth == 0 {
				return strings.TrimRight(rest[:i], " \t"), false
			}
		case ':':
			if !keyed && depth == 0 && (i+1 == len(rest) || strings.IndexByte(" \t\r\n", rest[i+1]) >= 0) && i > 0 {
				return rest[:i], true
			}
		case '\r', '\n':
			return strings.TrimRight(rest[:i], " \t"), false
		}
	}
	return rest, false
}

// unquotedEntry says why a value in brackets, or a key there, needs quotes.
func unquotedEntry(text string, key bool) string {
	if why := reserved(text); why != "" {
		return why
	}
	if i := strings.IndexAny(text, "[]{}"); i >= 0 {
		return has(text[i : i+1])
	}
	if strings.HasPrefix(text, "- ") {
		return beginsWith(`"- "`)
	}
	if !key && strings.Contains(text, ": ") {
		return has(`": "`)
	}
	return ""
}
