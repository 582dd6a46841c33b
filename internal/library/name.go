package library

import (
	"unicode"
	"unicode/utf8"
)

// A Name is a function's name, or a pattern:
//
//	Decode     this name
//	Marshal*   names that begin so: Marshal, MarshalIndent, Marshaler
//	Print+     a verb: Print, Printf, Println, Printw and PrintAll, but not Printer
//	~print     a logger's word, in any case: print, Println, PrintContext
type Name string

// Match reports whether the pattern matches the name of a function.
func (n Name) Match(name string) bool {
	prefix, exact := n.Prefix()
	switch {
	case exact:
		return name == prefix
	case len(name) < len(prefix):
		return false
	}
	start, rest := name[:len(prefix)], name[len(prefix):]
	if n[0] == '~' {
		return equalFold(start, prefix) && isLogging(rest)
	}
	return start == prefix && (n[len(n)-1] == '*' || endsVerb(rest))
}

// Prefix returns what matching names begin with, and whether that is the whole name. For a logger's word, case does not
// matter.
func (n Name) Prefix() (prefix string, exact bool) {
	switch last := len(n) - 1; {
	case n[last] == '*', n[last] == '+':
		return string(n[:last]), false
	case n[0] == '~':
		return string(n[1:]), false
	}
	return string(n), true
}

// endsVerb reports whether the verb in a name ends here: what follows is not the rest of a longer word.
func endsVerb(rest string) bool {
	switch rest {
	case "", "f", "ln", "w":
		return true
	}
	c, _ := utf8.DecodeRuneInString(rest)
	return !unicode.IsLower(c)
}

// isLogging reports whether a logger's word can be followed by this.
func isLogging(rest string) bool {
	for _, suffix := range [...]string{"", "f", "ln", "w", "context", "ctx"} {
		if equalFold(rest, suffix) {
			return true
		}
	}
	return false
}

// equalFold reports whether a name equals a lower-case word if case does not matter.
func equalFold(name, word string) bool {
	if len(name) != len(word) {
		return false
	}
	for i := range len(word) {
		c := name[i]
		if 'A' <= c && c <= 'Z' {
			c |= 0x20
		}
		if c != word[i] {
			return false
		}
	}
	return true
}
