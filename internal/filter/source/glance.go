package source

import (
	"bytes"

	"github.com/asynccheck/asynccheck/internal/filter/lex"
	"github.com/asynccheck/asynccheck/internal/library"
	"github.com/asynccheck/asynccheck/internal/relevance"
)

// Most files have no word that could matter at any place. A glance finds that out, several times faster than a scan: a
// scan also finds out what a word is part of.

// A sight is what a glance finds in a file, or what a word may show.
type sight struct {
	words  relevance.Set // reasons with a word that may stand in the right place
	beside relevance.Set // reasons whose additional condition holds
	tag    bool          // a tag that makes the file matter by itself
}

// paired are the reasons that have an additional condition: see [relevance.Row.Gives].
var paired = func() relevance.Set {
	s := relevance.Of(relevance.Data) // something generic
	for r := range relevance.Reasons {
		if row := &relevance.Table[r]; row.Gives != nil && !row.Often {
			s |= relevance.Of(r)
		}
	}
	return s
}()

// possible returns the reasons for which the file has to be scanned. It has to be scanned for these whatever other
// files have.
func (s sight) possible() relevance.Set {
	return s.words&^(paired|relevance.Of(relevance.Exits)) | s.words&s.beside
}

// glance looks at the literals of a file, and at the words of the lookout.
func (q *Question) glance(src []byte, sought *lookout) (found sight) {
	var braces []bool // that are open: whether they may be a struct's
	for i := 0; i < len(src); {
		c := src[i]
		switch class := lex.Class(c); class {
		case lex.Letter, lex.Digit: // what follows a number's point counts as a word: it does no harm
			start := i
			i = lex.End(src, i+1)
			if class == lex.Letter && sought.Has(c, i-start) {
				found.words |= q.word(src, start, i, braces)
				seen := sought.words[string(src[start:i])]
				if len(braces) != 1 {
					seen.words &^= relevance.Of(relevance.Exits)
				}
				found.words |= seen.words
				found.beside |= seen.beside
			}
		case lex.Longer:
			kind, n := opening(src[i:])
			if kind == 's' {
				tag := src[i : i+n]
				if q.isTag(tag) {
					found.tag = true
					return found
				}
				if tags(tag, q.Hints.IsData) {
					found.words |= relevance.Of(relevance.Data)
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
				found.beside |= relevance.Of(relevance.Data)
			}
			i++
		}
	}
	return found
}

func inStruct(braces []bool) bool { return len(braces) > 0 && braces[len(braces)-1] }

// ofStruct reports whether a brace after src may be a struct's: before it stands the keyword, or perhaps a comment.
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

// word returns the reasons that a word shows by its place, within these braces, or by its beginning.
func (q *Question) word(src []byte, start, end int, braces []bool) (found relevance.Set) {
	word := src[start:end]
	if inStruct(braces) && q.Hints.IsMember(word) {
		found |= relevance.Of(relevance.Member)
	}
	if inStruct(braces) && q.Hints.IsData(word) && isOpen(src, end) {
		found |= relevance.Of(relevance.Data)
	}
	if q.imports.Allow(relevance.Decodes) {
		if _, _, ok := relevance.Fills(string(word)); ok {
			found |= relevance.Of(relevance.Decodes)
		}
	}
	return found
}

// A lookout has all words that are looked for.
type lookout struct {
	lex.Lookout
	words map[string]sight // the words that are compared letter by letter
	all   bool             // any word does
}

// sought returns the words that are looked for.
func (q *Question) sought() *lookout {
	l := &lookout{words: make(map[string]sight)}
	relevance.EachShape(q.Hints.Shapes, func(shape *relevance.Shape) {
		for _, names := range [][]string{shape.Companions, shape.TaskEnvelopes} {
			for _, name := range names {
				l.AddFolded(name)
			}
		}
	})
	// The first letter may also be another letter that equals it if case does not matter.
	for c := 0x80; c <= 0xff; c++ {
		l.AddLonger(byte(c), 0)
	}
	q.imports.Add(&q.Hints)
	l.all = q.imports.SDKNames(func(name string) { l.add(name, sight{words: relevance.Of(relevance.SDK)}) })
	for r := range relevance.Reasons {
		row, set := &relevance.Table[r], relevance.Of(r)
		for name := range q.Hints.Names[r] {
			l.add(name, sight{words: set})
		}
		if q.imports.Allow(r) {
			r.EachCall(func(name library.Name) {
				if begin, exact := name.Prefix(); exact {
					l.add(begin, sight{words: set})
				} else {
					l.AddLonger(begin[0], len(begin))
				}
			})
		}
		if !row.Often && (q.imports.Allow(r) || len(q.Hints.Names[r]) > 0) {
			for _, name := range row.Gives {
				l.add(name, sight{beside: set})
			}
		}
	}
	return l
}

func (l *lookout) add(name string, s sight) {
	l.Add(name)
	seen := l.words[name]
	l.words[name] = sight{words: seen.words | s.words, beside: seen.beside | s.beside}
}
