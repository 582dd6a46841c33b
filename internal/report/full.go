package report

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"unicode"

	"github.com/rivo/uniseg"
	"golang.org/x/term"
)

// Full is the format for a terminal: each finding with its source.
//
//	lb/lb.go:20:5: a failed request is treated as done: … (result-nonzero-success)
//	   |
//	17 |     if err := json.Unmarshal(answer, &r); err != nil {
//	   |               -------------------------- r comes from here
//	...
//	20 |     if r.Code > 0 {
//	   |        ^^^^^^^^^^ r.Code is checked here: on this path it may be less than 1
//	   |
//	   = more: https://…/docs/rules/result-nonzero-success.md
//
// Other compilers' users know it, and the first line is that of the format text.
var Full = &Format{"full", nil, func(w io.Writer, r *Report) error {
	p := fullPrinter{
		textPrinter: textPrinter{Text{Dir: r.Dir, Context: max(r.Context, 0)}, terminal(w), newSources(r.Analyzed)},
		columns:     columns(w),
	}
	for _, f := range r.Unsuppressed() {
		p.show(f)
	}
	_, err := w.Write(p.buf.Bytes())
	return err
}}

const (
	fullGap  = 2                       // lines between two notes that are shown although nothing is said about them
	tab      = "    "                  // how a tab is shown
	minWidth = 40                      // in a narrower terminal no line is cut
	ellipsis = "…"                     // for what was cut off
	hidden   = unicode.ReplacementChar // for what would change how the terminal shows the rest
)

type fullPrinter struct {
	textPrinter
	columns int // of the terminal; 0 if there is none
	buf     bytes.Buffer
	margin  int // width of the line numbers
}

// A note is a part of a line, and what is to say about it.
type note struct {
	Related
	finding bool // it is the finding itself, not a step
}

// notes returns what is shown of a finding: itself, and the steps that lead to it.
func (f Finding) notes() []note {
	notes := []note{{Related{Pos: f.Pos, End: f.End}, true}}
	for _, step := range f.Related {
		if step.Pos == f.Pos && notes[0].Message == "" {
			notes[0].Message = step.Message
		} else {
			notes = append(notes, note{step, false})
		}
	}
	return notes
}

// show prints a finding: its line, the source of each file that the path goes through, and what else is to say.
func (p *fullPrinter) show(f Finding) {
	p.headline(&p.buf, f)
	notes := f.notes()
	var files []string
	last := 0
	for _, n := range notes {
		if len(p.shown(notes, n.Pos.File)) > 0 && !slices.Contains(files, n.Pos.File) {
			files = append(files, n.Pos.File)
		}
	}
	for _, file := range files {
		shown := p.shown(notes, file)
		last = max(last, shown[len(shown)-1])
	}
	p.margin = len(fmt.Sprint(last))
	for _, file := range files {
		p.file(f, notes, file)
	}
	if len(files) > 0 {
		p.row("|", "")
	}
	for _, step := range f.Related {
		if step.Message != "" && !p.has(step.Pos) {
			p.row("=", p.position(step.Pos).String()+": "+step.Message)
		}
	}
	p.row("=", "more: "+p.more(f))
	p.buf.WriteByte('\n')
}

// more says where to read more.
func (p *fullPrinter) more(f Finding) string {
	more := p.link(f.URL, p.out.String(f.URL)).String()
	if f.label() != f.Rule {
		more = "asynccheck -explain " + f.Contract + ", " + more
	}
	return more
}

// has reports whether the source of a position is at hand.
func (p *fullPrinter) has(pos Position) bool {
	return 0 < pos.Line && pos.Line <= len(p.src.lines(pos.File))
}

// shown returns the lines of a file that are shown.
func (p *fullPrinter) shown(notes []note, file string) []int {
	var stops []int
	for _, n := range notes {
		if n.Pos.File == file {
			stops = append(stops, n.Pos.Line)
		}
	}
	return surrounded(stops, p.Context, fullGap+1, len(p.src.lines(file)))
}

// file prints lines of a file, and notes under them.
func (p *fullPrinter) file(f Finding, notes []note, file string) {
	if file != f.Pos.File {
		i := slices.IndexFunc(notes, func(n note) bool { return n.Pos.File == file && p.has(n.Pos) })
		p.row(":::", p.position(notes[i].Pos).String())
	}
	p.row("|", "")
	lines := p.src.lines(file)
	previous := 0
	for _, n := range p.shown(notes, file) {
		if previous > 0 && n > previous+1 {
			p.buf.WriteString(p.quiet("...") + "\n")
		}
		previous = n
		p.line(n, lines[n-1], slices.DeleteFunc(slices.Clone(notes), func(m note) bool { return m.Pos.File != file || m.Pos.Line != n }))
	}
}

// A stretch is a part of a line, in columns of the terminal.
type stretch struct{ from, to int }

// line prints a line and its notes.
func (p *fullPrinter) line(number int, text string, notes []note) {
	var spans []stretch
	for _, n := range notes {
		start, end := part(text, n.Pos, n.End)
		from := uniseg.StringWidth(plain(text[:start]))
		spans = append(spans, stretch{from, from + max(uniseg.StringWidth(plain(text[start:end])), 1)})
	}
	room := p.columns - p.margin - len(" | ")
	whole := clip(spans, room)
	visible, shift := cut(plain(text), whole.from, whole.to, room)
	p.numbered(fmt.Sprint(number), "|", strings.TrimRight(visible, " "))
	for i, n := range notes {
		p.note(n, stretch{spans[i].from - shift, spans[i].to - shift}, room)
	}
}

// note prints a note under its part of a line. If there is no room for its text behind the marks, that is in the next rows.
func (p *fullPrinter) note(n note, at stretch, room int) {
	under, color := "-", "4"
	if n.finding {
		under, color = "^", "1"
	}
	print := func(indent int, text string) {
		p.row("|", strings.Repeat(" ", indent)+p.out.String(text).Foreground(p.out.Color(color)).String())
	}
	under = strings.Repeat(under, at.to-at.from)
	width := uniseg.StringWidth(n.Message)
	if room < minWidth || at.to+len(" ")+width <= room || width == 0 {
		print(at.from, strings.TrimRight(under+" "+n.Message, " "))
		return
	}
	print(at.from, under)
	indent := min(at.from, max(room-width, room/4))
	for _, text := range wrapped(n.Message, room-indent) {
		print(indent, text)
	}
}

// wrapped breaks a text between words into rows of at most width columns, unless a word has more.
func wrapped(text string, width int) (rows []string) {
	for _, word := range strings.Fields(text) {
		if last := len(rows) - 1; last >= 0 && uniseg.StringWidth(rows[last]+" "+word) <= width {
			rows[last] += " " + word
		} else {
			rows = append(rows, word)
		}
	}
	return rows
}

// clip returns the stretch of all spans. If that is wider than the room, it ends where the room does, and so do they: but
// least columns of it are left.
func clip(spans []stretch, room int) (whole stretch) {
	const least = 30
	for i, s := range spans {
		if whole.to = max(whole.to, s.to); i == 0 || s.from < whole.from {
			whole.from = s.from
		}
	}
	if room < minWidth || whole.to-whole.from <= room-2 {
		return whole
	}
	whole.to = max(room-1, whole.from+least)
	for i, s := range spans {
		spans[i] = stretch{min(s.from, whole.to-1), min(s.to, whole.to)}
	}
	return whole
}

// row prints a text without a line number.
func (p *fullPrinter) row(sign, text string) { p.numbered("", sign, text) }

func (p *fullPrinter) numbered(number, sign, text string) {
	if text != "" {
		text = " " + text
	}
	fmt.Fprintf(&p.buf, "%s%s\n", p.quiet(fmt.Sprintf("%*s %s", p.margin, number, sign)), text)
}

// quiet returns a text in the look of what is not source.
func (p *fullPrinter) quiet(text string) string {
	return p.out.String(text).Foreground(p.out.Color("4")).String()
}

// columns returns the width of a terminal, 0 if w is none.
func columns(w io.Writer) int {
	if f, ok := w.(*os.File); ok {
		if width, _, err := term.GetSize(int(f.Fd())); err == nil {
			return width
		}
	}
	return 0
}

// plain returns a line of source as a terminal shows it: with spaces for tabs, and without what would move the cursor
// or turn the direction of the text.
func plain(line string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			return hidden
		}
		return r
	}, strings.ReplaceAll(line, "\t", tab))
}

// cut cuts off both ends of a line that has more than width columns, but nothing of the columns from and to. shift is
// by how many columns that moves the rest to the left.
func cut(line string, from, to, width int) (visible string, shift int) {
	if width < minWidth || uniseg.StringWidth(line) <= width || to-from > width-2 {
		return line, 0
	}
	left, room := 0, width-1 // what stays, beside the ellipses
	if to > room {
		room--
		left = (from + to - room) / 2
	}
	var out strings.Builder
	at, state := 0, -1
	for line != "" {
		var cluster string
		var w int
		cluster, line, w, state = uniseg.FirstGraphemeClusterInString(line, state)
		switch {
		case at+w > left+room:
			return out.String() + ellipsis, shift
		case at >= left:
			if left > 0 && out.Len() == 0 {
				out.WriteString(ellipsis)
				shift = at - 1
			}
			out.WriteString(cluster)
		}
		at += w
	}
	return out.String(), shift
}
