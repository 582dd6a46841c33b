// Package suppress reads the comments by which people silence findings.
//
//	//asynccheck:ignore RULE[,RULE...] reason
//
// silences findings of the rules. At the end of a line it covers that line. Alone on its line, it covers what begins on
// the line after its comment group: a statement or a declaration with all its lines, or an element of a list. A wrong
// directive silences nothing and is a [Problem]. So is one that has nothing to silence.
//
// On request it also reads golangci-lint's //nolint, if that names this linter or all of them. Such a comment covers
// what golangci-lint says.
package suppress

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/token"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/asynccheck/asynccheck/internal/spelling"
)

const ignore = "asynccheck:ignore"

// spaced matches a directive that a space has made an ordinary comment. Prose that
// begins with the word has no rule after it.
var spaced = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^//[ \t]+` + ignore + `[ \t]+([a-z-]+)`)
})

// A Problem is something wrong with a directive.
type Problem struct {
	Pos, End token.Pos
	Message  string // without a period at its end
}

// A Comment silences findings.
type Comment struct {
	Pos, End token.Pos
	Reason   string // may be empty for //nolint

	index    int      // among the package's
	rules    []string // nil means all
	from, to token.Pos
	nolint   bool
	used     map[string]bool // rules with a finding that it has silenced
}

// Comments are those of a package.
type Comments struct {
	list     []*Comment
	problems []Problem

	// Silences reads the comments in order, as the positions ascend.
	sorted []*Comment // by where they begin to cover something
	ahead  []*Comment // those that begin behind the last position
	open   []*Comment // those that began before, and may cover what comes
	last   token.Pos
}

// Names tell what the words of a directive mean.
type Names struct {
	Rules      []string               // names of all rules
	IsContract func(word string) bool // a pattern of IDs counts, too
}

// Scan reads the comments of a package's files. withNolint says whether //nolint counts.
func Scan(fset *token.FileSet, files []*ast.File, names Names, withNolint bool) *Comments {
	s := new(Comments)
	for _, file := range files {
		var l *layout // of the file, made when the first comment needs it
		for _, group := range file.Comments {
			for _, c := range group.List {
				found := s.parse(c, names)
				if found == nil || found.nolint && !withNolint {
					continue
				}
				if l == nil {
					l = layoutOf(fset, file)
				}
				if found.nolint {
					s.list = append(s.list, l.nolint(found, group)...)
				} else {
					found.from, found.to = l.covers(c, group)
					s.list = append(s.list, found)
				}
			}
		}
	}
	for i, c := range s.list {
		c.index = i
	}
	s.sorted = slices.SortedStableFunc(slices.Values(s.list), func(a, b *Comment) int { return cmp.Compare(a.from, b.from) })
	s.ahead = s.sorted
	return s
}

// parse returns what the comment silences, nil if nothing.
func (s *Comments) parse(c *ast.Comment, known Names) *Comment {
	if !strings.HasPrefix(c.Text, "//") {
		return nil
	}
	if reason, ok := nolint(c.Text); ok {
		return &Comment{Pos: c.Pos(), End: c.End(), Reason: reason, nolint: true}
	}
	text := c.Text
	if !strings.Contains(text, ignore) { // like most comments
		return nil
	}
	if i := strings.Index(text, " //"); i >= 0 { // a comment on the directive
		text = strings.TrimSpace(text[:i])
	}
	end := c.Pos() + token.Pos(len(text))
	fail := func(format string, args ...any) *Comment {
		s.problems = append(s.problems, Problem{c.Pos(), end, ignore + ": " + fmt.Sprintf(format, args...)})
		return nil
	}
	if m := spaced().FindStringSubmatch(text); m != nil && slices.Contains(known.Rules, m[1]) {
		return fail("remove the space before it: with the space it is an ordinary comment")
	}
	words := strings.Fields(text)
	if words[0] != "//"+ignore {
		return nil
	}
	if len(words) == 1 {
		return fail("the rule is missing, want //%s RULE reason; asynccheck -list-rules shows the rules", ignore)
	}
	names := strings.Split(words[1], ",")
	for i, name := range names {
		switch {
		case name == "":
			return fail("%q is not a list of rules, want RULE,RULE without spaces", words[1])
		case isPattern(name, known.Rules):
			return fail("%s is a pattern: name the rules, as RULE,RULE", name)
		case !slices.Contains(known.Rules, name) && known.IsContract(name):
			return fail("%s is a contract: name the rule, or turn it off with contracts: in .asynccheck.yml", name)
		case !slices.Contains(known.Rules, name):
			return fail("unknown rule %q%s", name, spelling.Meant(name, known.Rules, "; asynccheck -list-rules shows the rules"))
		case slices.Contains(names[:i], name):
			return fail("rule %s is named twice", name)
		}
	}
	if len(words) == 2 {
		return fail("the reason is missing, write it after the rule")
	}
	return &Comment{
		Pos: c.Pos(), End: end, Reason: strings.Join(words[2:], " "),
		rules: names, used: make(map[string]bool),
	}
}

// isPattern reports whether a word is a pattern that matches rules.
func isPattern(word string, rules []string) bool {
	return strings.ContainsAny(word, "*?[") && slices.ContainsFunc(rules, func(rule string) bool {
		matched, err := path.Match(word, rule)
		return matched && err == nil
	})
}

// Silences returns the first comment that silences a finding of the rule at pos, or nil. All comments that do so count
// as used. It is fast if positions ascend.
func (s *Comments) Silences(rule string, pos token.Pos) *Comment {
	if pos < s.last {
		s.ahead, s.open = s.sorted, nil
	}
	s.last = pos
	for len(s.ahead) > 0 && s.ahead[0].from <= pos {
		s.open = append(s.open, s.ahead[0])
		s.ahead = s.ahead[1:]
	}
	s.open = slices.DeleteFunc(s.open, func(c *Comment) bool { return c.to <= pos })
	var first *Comment
	for _, c := range s.open {
		if c.rules != nil && !slices.Contains(c.rules, rule) {
			continue
		}
		if first == nil || c.index < first.index {
			first = c
		}
		if !c.nolint {
			c.used[rule] = true
		}
	}
	return first
}

// Problems returns what is wrong with the directives. Call it after the last finding. A directive that has silenced
// nothing is a problem for each selected rule that it names. Rules that aren't selected might have had something to
// silence.
func (s *Comments) Problems(selected map[string]bool) []Problem {
	problems := slices.Clone(s.problems)
	for _, c := range s.list {
		for _, rule := range c.rules {
			if selected[rule] && !c.used[rule] {
				problems = append(problems, Problem{c.Pos, c.End, fmt.Sprintf("%s: no finding of %s is silenced here, remove it", ignore, rule)})
			}
		}
	}
	return problems
}
