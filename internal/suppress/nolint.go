package suppress

import (
	"go/ast"
	"go/token"
	"strings"
)

// linter is the name by which golangci-lint's comments call this linter.
const linter = "asynccheck"

// nolint reports whether the comment is a //nolint that names this linter, or all linters, by golangci-lint's rules. It
// also returns the text after it.
func nolint(comment string) (reason string, ok bool) {
	text := strings.TrimLeft(comment, "/ ")
	if rest, ok := strings.CutPrefix(text, "nolint"); !ok || rest != "" && rest[0] != ' ' && rest[0] != ':' {
		return "", false
	}
	text, reason, _ = strings.Cut(text, "//")
	list, some := strings.CutPrefix(text, "nolint:")
	if !some || strings.HasPrefix(list, "all") {
		return strings.TrimSpace(reason), true
	}
	for name := range strings.SplitSeq(list, ",") {
		if name = strings.ToLower(strings.TrimSpace(name)); name == linter || name == "all" {
			return strings.TrimSpace(reason), true
		}
	}
	return "", false
}

// nolint returns the ranges that the comment covers by golangci-lint's rules: the lines of its group, and each node
// that begins on the next line in the group's column. So a function's comment covers its body, and a comment on the
// package clause covers the file.
func (l *layout) nolint(c *Comment, group *ast.CommentGroup) []*Comment {
	last := l.line(group.End())
	start := l.lines.PositionFor(group.Pos(), false)
	own := *c
	own.from, own.to = l.lines.LineStart(start.Line), group.End()
	ranges := []*Comment{&own}
	l.read(last + 1)
	for _, n := range l.nodes {
		if p := l.lines.PositionFor(n.Pos(), false); p.Line == last+1 && p.Column == start.Column {
			r := *c
			r.from, r.to = n.Pos(), l.lineEnd(n.End())
			ranges = append(ranges, &r)
		}
	}
	return ranges
}

// lineEnd returns the end of the line of pos.
func (l *layout) lineEnd(pos token.Pos) token.Pos {
	if line := l.line(pos); line < l.lines.LineCount() {
		return l.lines.LineStart(line + 1)
	}
	return token.Pos(l.lines.Base() + l.lines.Size() + 1)
}
