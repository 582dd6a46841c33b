package report

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"html/template"
	"slices"
	"sort"
	"strings"

	"github.com/rogpeppe/go-internal/diff"
)

// maxFormatted is the size of source up to which it is formatted as -fix does. A page has many fixes, and each formats
// what is around it: without a limit, the time would grow with the square of a function's findings.
const maxFormatted = 16 << 10

// A pageFix is a fix in the page.
type pageFix struct {
	Message string
	Made    bool // by asynccheck -fix, which makes the first fix if that changes one file
	Files   []fileDiff
}

// A fileDiff is what a fix changes in a file.
type fileDiff struct {
	File string
	Rows []diffRow
}

// A diffRow is a line of a diff, or a gap between lines.
type diffRow struct {
	Kind   string // "same", "removed", "added" or "gap"
	Number int    // of the line, as it is before the fix; 0 if it is added
	Left   int    // number of lines left out in a gap
	Pieces []piece
}

// Text returns the line as the page has it.
func (r diffRow) Text() template.HTML { return written(r.Pieces) }

// Sign is what people know from diffs.
func (r diffRow) Sign() string {
	return map[string]string{"added": "+", "removed": "-"}[r.Kind]
}

// Changes returns what the finding's fixes change.
func (f pageFinding) Changes() []pageFix {
	var out []pageFix
	for i, fix := range f.Fixes {
		p := pageFix{Message: fix.Message}
		var files []string
		for _, e := range fix.Edits {
			if !slices.Contains(files, e.File) {
				files = append(files, e.File)
			}
		}
		for _, file := range files {
			edits := slices.DeleteFunc(slices.Clone(fix.Edits), func(e Edit) bool { return e.File != file })
			if rows := f.Page.src.diff(file, edits); len(rows) > 0 {
				p.Files = append(p.Files, fileDiff{Shorten(f.Page.report.Dir, file), rows})
			}
		}
		p.Made = i == 0 && len(files) == 1
		out = append(out, p)
	}
	return out
}

// diff returns the lines of a file that edits change, and those around. There are none if the file is not the one that
// the edits are for.
func (s sources) diff(file string, edits []Edit) []diffRow {
	f := s.file(file)
	edits, ok := f.ordered(edits)
	if !ok {
		return nil
	}
	var rows []diffRow
	for _, sec := range f.sections(edits) {
		rows = append(rows, s.sectionDiff(file, sec)...)
	}
	return withGaps(rows)
}

// A section is a part of a file that edits change: whole declarations, or lines.
type section struct {
	first, last int // indexes of lines
	edits       []Edit
}

// sections returns the parts of the file that edits change. They don't meet, also with some lines around them.
func (f *sourceFile) sections(edits []Edit) []section {
	var out []section
	for _, e := range edits {
		first, last := f.line(e.Start), f.line(e.End)
		decls := f.declarations()
		i := sort.Search(len(decls), func(i int) bool { return first <= decls[i][1] })
		for ; i < len(decls) && decls[i][0] <= last; i++ {
			if d := decls[i]; f.offset(d[1]+1)-f.offset(d[0]) <= maxFormatted {
				first, last = min(first, d[0]), max(last, d[1])
			}
		}
		if n := len(out); n > 0 && first <= out[n-1].last+2*contextLines {
			out[n-1].last = max(out[n-1].last, last)
			out[n-1].edits = append(out[n-1].edits, e)
		} else {
			out = append(out, section{first, last, []Edit{e}})
		}
	}
	return out
}

// line returns the index of the line that an offset is in.
func (f *sourceFile) line(offset int) int {
	i := sort.Search(len(f.starts), func(i int) bool { return offset < f.starts[i] }) - 1
	return max(min(i, len(f.lines)-1), 0)
}

// offset returns the start of a line, or the end of the file behind the last one.
func (f *sourceFile) offset(line int) int {
	if line < len(f.starts) {
		return f.starts[line]
	}
	return len(f.text)
}

// declarations returns the first and the last line, from 0, of each declaration with its comment. It is empty if the
// file is not Go.
func (f *sourceFile) declarations() [][2]int {
	if f.decls == nil {
		f.decls = [][2]int{}
		fset := token.NewFileSet()
		syntax, err := parser.ParseFile(fset, "", f.text, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return f.decls
		}
		line := func(pos token.Pos) int { return fset.PositionFor(pos, false).Line - 1 }
		for _, d := range syntax.Decls {
			f.decls = append(f.decls, [2]int{line(start(d)), line(d.End())})
		}
	}
	return f.decls
}

// start returns where a declaration, or its comment, begins.
func start(d ast.Decl) token.Pos {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Doc != nil {
			return d.Doc.Pos()
		}
	case *ast.GenDecl:
		if d.Doc != nil {
			return d.Doc.Pos()
		}
	}
	return d.Pos()
}

// sectionDiff returns the diff of a section.
func (s sources) sectionDiff(file string, sec section) []diffRow {
	f := s.file(file)
	from, to := f.offset(sec.first), f.offset(sec.last+1)
	was := unixEnds(f.text[from:to])
	var changed strings.Builder
	at := from
	for _, e := range sec.edits {
		changed.WriteString(f.text[at:e.Start] + e.New)
		at = e.End
	}
	changed.WriteString(f.text[at:to])
	is := unixEnds(changed.String())
	if formatted(was) == was {
		is = formatted(is)
	}
	above := max(sec.first-contextLines, 0)
	below := min(sec.last+1+contextLines, len(f.lines))
	before := unixEnds(f.text[f.offset(above):from])
	after := unixEnds(f.text[to:f.offset(below)])
	was, is = before+was+after, before+is+after
	return diffRows(diff.Diff("", []byte(was), "", []byte(is)), above, s.looks(file), pieces(strings.Split(is, "\n")))
}

// diffRows reads a diff in the unified format. Its first line is a line of the file, looks are those of the file, and
// others are those of the text after the change.
func diffRows(unified []byte, first int, looks, others [][]piece) []diffRow {
	var rows []diffRow
	x, y := 0, 0 // of the next line in both texts, from 0
	for line := range bytes.Lines(unified[bytes.Index(unified, []byte("\n@@"))+1:]) {
		var r diffRow
		switch {
		case bytes.HasPrefix(line, []byte("@@")):
			var n int
			if _, err := fmt.Sscanf(string(line), "@@ -%d,%d +%d,", &x, &n, &y); err != nil {
				return nil
			}
			x, y = max(x-1, 0), max(y-1, 0)
			continue
		case line[0] == '+':
			r.Kind, r.Pieces = "added", others[y]
			y++
		case line[0] == '-' || line[0] == ' ':
			r.Kind, r.Number, r.Pieces = "same", first+x+1, looks[first+x]
			if x++; line[0] == '-' {
				r.Kind = "removed"
			} else {
				y++
			}
		default: // the file's last line has no end
			continue
		}
		rows = append(rows, r)
	}
	return rows
}

// withGaps says where lines are left out.
func withGaps(rows []diffRow) []diffRow {
	var out []diffRow
	last := 0
	for _, r := range rows {
		if r.Number > 0 {
			if last > 0 && r.Number > last+1 {
				out = append(out, diffRow{Kind: "gap", Left: r.Number - last - 1})
			}
			last = r.Number
		}
		out = append(out, r)
	}
	return out
}

// formatted returns declarations as gofmt has them, or as they are if they are not right.
func formatted(decls string) string {
	const head = "package p\n\n"
	text, err := format.Source([]byte(head + decls))
	if err != nil {
		return decls
	}
	return strings.TrimPrefix(string(text), head)
}

// unixEnds returns a text whose lines all end alike.
func unixEnds(text string) string {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	if text != "" && !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	return text
}
