package relevance

import "github.com/asynccheck/asynccheck/internal/words"

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
)

// scan reports whether a file with these signs has to be scanned, whatever is in others.
func (s signs) scan() bool {
	return s&(mentions|reads) != 0 || s&(fetches|givesRaw) == fetches|givesRaw
}

// glance looks at the literals of a file, and at the words that are looked out for.
func (q *Question) glance(src []byte, sought *words.Lookout) signs {
	var found signs
	braces := 0 // that are open, as a scanner counts them
	for i := 0; i < len(src); {
		c := src[i]
		switch class := words.Class(c); class {
		case words.Letter, words.Digit: // what follows a number's point is taken for a word: it does no harm
			start := i
			i = words.End(src, i+1)
			if class == words.Letter && sought.Has(c, i-start) {
				found |= q.signs(src[start:i], braces)
				if braces > 0 && isNest(src[start:i]) && isOpen(src, i) {
					found |= mentions
				}
			}
		case words.Longer:
			kind, n := opening(src[i:])
			if kind == 's' {
				tag := src[i : i+n]
				if q.isTag(tag) {
					return matters
				}
				if tags(tag, isNest) {
					found |= mentions
				}
			}
			i += n
		case words.Bracing:
			if c == '{' {
				braces++
			} else if braces > 0 {
				braces--
			}
			i++
		default:
			i++
		}
	}
	return found
}

// signs returns what a word within so many braces is a sign of.
func (q *Question) signs(word []byte, braces int) (s signs) {
	hints := &q.Hints
	name := string(word)
	if braces > 0 && q.isMember(word) || hints.Names[name] || hints.Parts[name] ||
		hints.Fills[name] || q.decoders && Decodes(name) {
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
	if braces == 1 && (exitNames[name] || hints.Exits[name]) {
		s |= exits
	}
	return s
}

// lookout returns a lookout for all words that are signs.
func (q *Question) lookout() *words.Lookout {
	l := new(words.Lookout)
	for _, names := range [][]string{memberNames, nestNames} {
		for _, name := range names {
			l.AddFolded(name)
		}
	}
	// The first letter may be another one, too, that is equal but for its case.
	for c := 0x80; c <= 0xff; c++ {
		l.AddLonger(byte(c), 0)
	}
	if q.decoders {
		l.Add("Decode")
		l.AddLonger('U', len("Unmarshal"))
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
