// Package lex finds words in source bytes without parsing them: names, keywords, and the words that directives begin
// with. Like everything that package vetinit imports, it links little.
package lex

import (
	"bytes"
	"unicode/utf8"
)

// Directive is the beginning of each directive, and of what looks like one.
const Directive = "asynccheck:"

// Classes of bytes, by what can begin with them. A byte without a class stands for itself.
const (
	Letter  = 1 << iota // a word
	Digit               // a number; part of a word
	Longer              // a literal, a comment or a division
	Bracing             // a block, or its end
)

var classes = func() (table [256]uint8) {
	for c := range table {
		switch c := byte(c); {
		case IsLetter(c):
			table[c] = Letter
		case IsDigit(c):
			table[c] = Digit
		}
	}
	for _, c := range "/\"'`" {
		table[c] = Longer
	}
	table['{'], table['}'] = Bracing, Bracing
	return table
}()

// Class returns the class of a byte, 0 if it has none.
func Class(c byte) uint8 { return classes[c] }

// IsLetter reports whether a word may begin with the byte.
func IsLetter(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_' || c >= utf8.RuneSelf
}

// IsDigit reports whether the byte is a decimal digit.
func IsDigit(c byte) bool { return '0' <= c && c <= '9' }

// End returns where the word at i ends. It returns i if there is none.
func End(src []byte, i int) int {
	for i < len(src) && classes[src[i]]&(Letter|Digit) != 0 {
		i++
	}
	return i
}

// Start returns the beginning of the word that ends at i. It returns i if there is none.
func Start(src []byte, i int) int {
	for i > 0 && classes[src[i-1]]&(Letter|Digit) != 0 {
		i--
	}
	return i
}

// Until returns the number of bytes before the end, or all if the end is missing.
func Until(src []byte, end string) int {
	if n := bytes.Index(src, []byte(end)); n >= 0 {
		return n
	}
	return len(src)
}

// A Lookout separates the words that are looked for from nearly all others. For each first byte it has a bit for each
// length that such a word may have.
type Lookout [256]uint64

// Has reports whether a word that begins with c and has n bytes may be one that is looked for.
func (l *Lookout) Has(c byte, n int) bool { return l[c]>>min(n, 63)&1 != 0 }

// Next returns the beginning and the end of the next word from i on that may be one that is looked for. It begins at
// the end of src if there is none. Next knows nothing about comments and literals.
func (l *Lookout) Next(src []byte, i int) (start, end int) {
	for i < len(src) {
		if classes[src[i]] != Letter {
			i++
			continue
		}
		start = i
		i = End(src, i+1)
		if l.Has(src[start], i-start) {
			return start, i
		}
	}
	return i, i
}

// Add adds a word.
func (l *Lookout) Add(word string) {
	if word != "" {
		l[word[0]] |= 1 << min(len(word), 63)
	}
}

// AddLonger adds all words that begin with c and have at least n bytes.
func (l *Lookout) AddLonger(c byte, n int) { l[c] |= ^uint64(0) << n }

// AddFolded adds all spellings of a word that differ in case only. A letter outside of ASCII can equal an ASCII letter
// and be longer, so only the first byte and the least length are checked.
func (l *Lookout) AddFolded(word string) {
	l.AddLonger(word[0]|0x20, len(word))
	l.AddLonger(word[0]&^0x20, len(word))
}
