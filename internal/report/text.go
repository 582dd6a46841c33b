package report

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// Text prints findings as "file:line:column: message (rule)".
type Text struct {
	// Dir is the directory relative to which files are named, where that is
	// shorter.
	Dir string

	// Context, if not negative, adds the line of each finding, a mark below
	// it, that many lines on either side, and the related positions.
	Context int
}

// Print prints the findings, one after the other.
func (t Text) Print(w io.Writer, findings []Finding) error {
	var buf bytes.Buffer
	for _, f := range findings {
		fmt.Fprintf(&buf, "%s: %s (%s)\n", t.position(f.Pos), f.Message, f.Rule)
		if t.Context < 0 {
			continue
		}
		t.source(&buf, f)
		for _, rel := range f.Related {
			fmt.Fprintf(&buf, "\t%s: %s\n", t.position(rel.Pos), rel.Message)
		}
	}
	_, err := w.Write(buf.Bytes())
	return err
}

func (t Text) position(p Position) Position {
	p.File = Shorten(t.Dir, p.File)
	return p
}

// source prints the line of the finding with its surroundings. A file that
// can't be read has none: the finding was printed, which is what matters.
func (t Text) source(w io.Writer, f Finding) {
	data, err := os.ReadFile(f.Pos.File)
	if err != nil {
		return
	}
	lines := strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
	if f.Pos.Line < 1 || f.Pos.Line > len(lines) {
		return
	}
	first := max(f.Pos.Line-t.Context, 1)
	last := min(f.Pos.Line+t.Context, len(lines))
	width := len(fmt.Sprint(last))
	for n := first; n <= last; n++ {
		line := strings.TrimSuffix(lines[n-1], "\r")
		fmt.Fprintf(w, "\t%*d | %s\n", width, n, line)
		if n == f.Pos.Line {
			fmt.Fprintf(w, "\t%*s | %s\n", width, "", mark(line, f))
		}
	}
}

// mark returns a line of carets under the part of line that f is about. Tabs
// stay tabs, so that the carets stand right at any tab width.
func mark(line string, f Finding) string {
	start := min(max(f.Pos.Column-1, 0), len(line))
	end := len(line) // of a finding that goes on in the next line
	if f.End.Line <= f.Pos.Line {
		end = min(max(f.End.Column-1, start), len(line))
	}
	indent := strings.Map(func(r rune) rune {
		if r == '\t' {
			return '\t'
		}
		return ' '
	}, line[:start])
	return indent + strings.Repeat("^", max(len([]rune(line[start:end])), 1))
}

// Shorten returns the name of the file relative to dir if that is shorter,
// and otherwise the name as it is.
func Shorten(dir, file string) string {
	if rel, err := filepath.Rel(dir, file); err == nil && len(rel) < len(file) {
		return rel
	}
	return file
}
