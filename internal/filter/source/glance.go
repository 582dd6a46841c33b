package source

import (
	"bytes"

	"github.com/asynccheck/asynccheck/internal/filter/lex"
)

// Most files have no word that could matter wherever it stood. A glance finds that out, several times
// faster than a scan, which follows what the words are part of.

// signs are what a glance at a file finds.
type signs uint8

const (
	matters  signs = 1 << iota // whatever else there is
	mentions                   // a word that matters if it stands in the right place
	fetches                    // likewise, beside a result that givesRaw
	givesRaw
	reads // beside a string, which few files have none of
	exits // a function may end in a call of one that never returns
	nests // a struct may have data of any type, beside something generic
	generic
)

// scan reports whether a file with these signs has to be scanned, whatever is in others.
func (s signs) scan() bool {
	return s&(mentions|reads) != 0 || s&(fetches|givesRaw) == fetches|givesRaw || s&(nests|generic) == nests|generic
}

// glance looks at the literals of a file, and at the words that are looked out for.
func (q *Question) glance(src []byte, sought *lex.Lookout) signs {
	var found signs
	var braces []bool // that are open: whether they may be a struct's
	for i := 0; i < len(src); {
		c := src[i]
		switch class := lex.Class(c); class {
		case lex.Letter, lex.Digit: // what follows a number's point is taken for a word: it does no harm
			start := i
			i = lex.End(src, i+1)
			if class == lex.Letter && sought.Has(c, i-start) {
				found |= q.signs(src[start:i], braces)
				if inStruct(braces) && isNest(src[start:i]) && isOpen(src, i) {
					found |= nests
				}
			}
		case lex.Longer:
			kind, n := opening(src[i:])
			if kind == 's' {
				tag := src[i : i+n]
				if q.isTag(tag) {
					return matters
				}
				if tags(tag, isNest) {
					found |= nests
				}
			}
			i += n
		case lex.Bracing:
			if c == '{' {
				braces = append(braces, ofStruct(src[:i]))
			} else if n := len(braces); n > 0 {
				braces = braces[:n-1]
			}
			i++
		default:
			if c == '[' && len(braces) == 0 && mayBeGeneric(src, i) {
				found |= generic
			}
			i++
		}
	}
	return found
}

func inStruct(braces []bool) bool { return len(braces) > 0 && braces[len(braces)-1] }

// ofStruct reports whether a brace after src may be a struct's: the keyword stands before it, or perhaps a comment.
func ofStruct(src []byte) bool {
	src = bytes.TrimRight(src, " \t\r")
	if n := len(src); n > 0 && (src[n-1] == '/' || src[n-1] == '\n') {
		return true
	}
	return bytes.HasSuffix(src, []byte("struct"))
}

// mayBeGeneric reports whether the bracket at i, outside of all braces, may begin type parameters or arguments. Those of
// slices and maps don't.
func mayBeGeneric(src []byte, i int) bool {
	if bytes.HasPrefix(src[i+1:], []byte("]")) {
		return false
	}
	return !bytes.HasSuffix(src[:i], []byte("map")) || lex.Start(src, i) < i-len("map")
}

// signs returns what a word within these braces is a sign of.
func (q *Question) signs(word []byte, braces []bool) (s signs) {
	hints := &q.Hints
	name := string(word)
	if inStruct(braces) && q.isMember(word) || hints.Names[name] || hints.Parts[name] || hints.Fills[name] || q.mayFill(name) {
		s |= mentions
	}
	if hints.Gives[name] || q.http && Reads(name) {
		s |= reads
	}
	if hints.Gives[name] || q.http && Fetches(name) {
		s |= fetches
	}
	if Raw(name) {
		s |= givesRaw
	}
	if len(braces) == 1 && (exitNames[name] || hints.Exits[name]) {
		s |= exits
	}
	return s
}

// mayFill reports whether a function of the name may be one of an imported decoder.
func (q *Question) mayFill(name string) bool {
	if !q.Decodes() {
		return false
	}
	_, _, ok := Fills(name)
	return ok
}

// lookout returns a lookout for all words that are signs.
func (q *Question) lookout() *lex.Lookout {
	l := new(lex.Lookout)
	for _, names := range [][]string{memberNames, nestNames} {
		for _, name := range names {
			l.AddFolded(name)
		}
	}
	// The first letter may be another one, too, that is equal but for its case.
	for c := 0x80; c <= 0xff; c++ {
		l.AddLonger(byte(c), 0)
	}
	if q.Decodes() {
		for _, d := range decodings {
			if d.exact {
				l.Add(d.begin)
			} else {
				l.AddLonger(d.begin[0], len(d.begin))
			}
		}
	}
	if q.http || len(q.Hints.Gives) > 0 {
		for _, names := range [][]string{fetching, raw} {
			for _, name := range names {
				l.Add(name)
			}
		}
	}
	hints := &q.Hints
	for _, names := range []map[string]bool{exitNames, hints.Names, hints.Fills, hints.Gives, hints.Parts, hints.Exits} {
		for name := range names {
			l.Add(name)
		}
	}
	return l
}
