package relevance

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

// Classes of bytes by what they begin. All others stand for themselves.
const (
	letter  = 1 << iota // a word
	digit               // a number; part of a word
	longer              // a literal, a comment or a division
	bracing             // a block, or its end
)

var classes = func() (table [256]uint8) {
	for c := range table {
		switch c := byte(c); {
		case isLetter(c):
			table[c] = letter
		case isDigit(c):
			table[c] = digit
		}
	}
	for _, c := range "/\"'`" {
		table[c] = longer
	}
	table['{'], table['}'] = bracing, bracing
	return table
}()

// glance looks at the literals of a file, and at the words that are looked out for.
func (q *Question) glance(src []byte, words *lookout) signs {
	var found signs
	braces := 0 // that are open, as a scanner counts them
	for i := 0; i < len(src); {
		c := src[i]
		switch class := classes[c]; class {
		case letter, digit: // what follows a number's point is taken for a word: it does no harm
			start := i
			for i++; i < len(src) && classes[src[i]]&(letter|digit) != 0; i++ {
			}
			if class == letter && words.has(c, i-start) {
				found |= q.signs(src[start:i], braces)
			}
		case longer:
			kind, n := opening(src[i:])
			if kind == 's' && q.isTag(src[i:i+n]) {
				return matters
			}
			i += n
		case bracing:
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

// A lookout tells words that may be signs from nearly all others: by the first byte,
// it has a bit for each length that such a word may have.
type lookout [256]uint64

// has reports whether a word that begins with c and is n bytes long may be a sign.
func (l *lookout) has(c byte, n int) bool { return l[c]>>min(n, 63)&1 != 0 }

// add adds a word.
func (l *lookout) add(word string) {
	if word != "" {
		l[word[0]] |= 1 << min(len(word), 63)
	}
}

// addLonger adds words that begin with c and are at least n bytes long.
func (l *lookout) addLonger(c byte, n int) { l[c] |= ^uint64(0) << n }

// lookout returns a lookout for all words that are signs.
func (q *Question) lookout() *lookout {
	l := new(lookout)
	// Letters that are equal but for their case may differ in length: all but the first byte is left
	// open, and that too where it isn't ASCII.
	for _, m := range memberNames {
		l.addLonger(m[0]|0x20, len(m))
		l.addLonger(m[0]&^0x20, len(m))
	}
	for c := 0x80; c <= 0xff; c++ {
		l.addLonger(byte(c), 0)
	}
	if q.decoders {
		l.add("Decode")
		l.addLonger('U', len("Unmarshal"))
	}
	if q.http || len(q.Hints.Gives) > 0 {
		for _, names := range [][]string{fetching, raw} {
			for _, name := range names {
				l.add(name)
			}
		}
	}
	hints := &q.Hints
	for _, names := range []map[string]bool{exitNames, hints.Names, hints.Fills, hints.Gives, hints.Parts, hints.Exits} {
		for name := range names {
			l.add(name)
		}
	}
	return l
}
