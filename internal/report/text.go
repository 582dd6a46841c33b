package report

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/muesli/termenv"
	"github.com/rivo/uniseg"
)

// Text prints findings as "file:line:column: message (rule, contract)". On a terminal it
// does so in colour, with links to files and to the rules' pages.
type Text struct {
	// Dir is the directory relative to which files are named, if that is shorter.
	Dir string

	// Context, if not negative, adds the line of each finding, a mark below
	// it, that many lines on either side, and the related positions.
	Context int

	Analyzed map[string][]byte // as in [Report]
}

// Print prints the findings, one after the other.
func (t Text) Print(w io.Writer, findings []Finding) error {
	p := textPrinter{t, terminal(w), newSources(t.Analyzed)}
	var buf bytes.Buffer
	for _, f := range findings {
		p.finding(&buf, f)
	}
	_, err := w.Write(buf.Bytes())
	return err
}

// terminal tells what w can show: only text, unless it is a terminal and colour is wanted, as https://no-color.org
// asks.
func terminal(w io.Writer) *termenv.Output {
	out := termenv.NewOutput(w)
	profile := out.ColorProfile()
	if out.EnvNoColor() || os.Getenv("TERM") == "dumb" {
		profile = termenv.Ascii
	}
	return termenv.NewOutput(w, termenv.WithProfile(profile))
}

type textPrinter struct {
	Text
	out *termenv.Output
	src sources
}

// headline prints the one line that says all.
func (p textPrinter) headline(w io.Writer, f Finding) {
	fmt.Fprintf(w, "%s: %s (%s)\n", p.position(f.Pos).Bold(), f.Message, p.link(f.URL, p.out.String(f.label()).Foreground(p.out.Color("6"))))
}

func (p textPrinter) finding(w io.Writer, f Finding) {
	p.headline(w, f)
	if p.Context < 0 {
		return
	}
	p.source(w, f)
	for _, rel := range f.Related {
		fmt.Fprintf(w, "\t%s: %s\n", p.position(rel.Pos), rel.Message)
	}
}

// position names a position, with a link to it.
func (p textPrinter) position(pos Position) termenv.Style {
	file := pos.File
	pos.File = Shorten(p.Dir, file)
	if !filepath.IsAbs(file) {
		return p.out.String(pos.String())
	}
	return p.link(fmt.Sprintf("%s#%d", fileURI(file), pos.Line), p.out.String(pos.String()))
}

// link makes a link of a text where links can be shown.
func (p textPrinter) link(url string, text termenv.Style) termenv.Style {
	if p.out.Profile == termenv.Ascii || url == "" {
		return text
	}
	return p.out.String(p.out.Hyperlink(url, text.String()))
}

// source prints the line of the finding with its surroundings, if it is there.
func (p textPrinter) source(w io.Writer, f Finding) {
	lines := p.src.lines(f.Pos.File)
	if f.Pos.Line < 1 || f.Pos.Line > len(lines) {
		return
	}
	first := max(f.Pos.Line-p.Context, 1)
	last := min(f.Pos.Line+p.Context, len(lines))
	width := len(fmt.Sprint(last))
	for n := first; n <= last; n++ {
		line := lines[n-1]
		fmt.Fprintf(w, "\t%*d | %s\n", width, n, line)
		if n == f.Pos.Line {
			fmt.Fprintf(w, "\t%*s | %s\n", width, "", p.out.String(mark(line, f)).Foreground(p.out.Color("1")))
		}
	}
}

// mark returns a line of carets under the part of line that f is about. Tabs
// stay tabs, so that the carets stand right at any tab width.
func mark(line string, f Finding) string {
	start, end := part(line, f.Pos, f.End)
	indent := strings.Split(line[:start], "\t")
	for i, words := range indent {
		indent[i] = strings.Repeat(" ", uniseg.StringWidth(words))
	}
	return strings.Join(indent, "\t") + strings.Repeat("^", max(uniseg.StringWidth(line[start:end]), 1))
}

// part returns where a line has what goes from pos to end: its bytes from start to end. It begins in this line.
func part(line string, pos, to Position) (start, end int) {
	start = min(max(pos.Column-1, 0), len(line))
	end = len(line) // if it goes on in the next line
	if to.Line <= pos.Line {
		end = min(max(to.Column-1, start), len(line))
	}
	return start, end
}

// Shorten returns the name of the file relative to dir if that is shorter,
// and otherwise the name as it is.
func Shorten(dir, file string) string {
	if rel, err := filepath.Rel(dir, file); err == nil && len(rel) < len(file) {
		return rel
	}
	return file
}
