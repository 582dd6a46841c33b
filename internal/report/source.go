package report

import (
	"cmp"
	"os"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"
)

// sources are the files that findings stand in, each read once.
type sources struct {
	analyzed map[string][]byte // see [Report.Analyzed]
	files    map[string]*sourceFile
}

// A sourceFile is split, and its words are looked at, once for each file: else the time for a report of a file with many
// findings would grow with the square of their number.
type sourceFile struct {
	text   string
	lines  []string
	starts []int     // offsets of the lines, and of the end if that is on a line of its own
	words  [][]piece // of each line; see looks
	decls  [][2]int  // see declarations
}

func newSources(analyzed map[string][]byte) sources {
	return sources{analyzed, make(map[string]*sourceFile)}
}

// file returns a file as it was analyzed. A file that can't be read is empty: its findings are reported all the same.
func (s sources) file(name string) *sourceFile {
	f := s.files[name]
	if f == nil {
		text, ok := s.analyzed[name]
		if !ok {
			text, _ = os.ReadFile(name)
		}
		f = &sourceFile{text: string(text)}
		at := 0
		for line := range strings.Lines(f.text) {
			f.lines = append(f.lines, strings.TrimSuffix(strings.TrimSuffix(line, "\n"), "\r"))
			f.starts = append(f.starts, at)
			at += len(line)
		}
		if at == 0 || f.text[at-1] == '\n' {
			f.starts = append(f.starts, at)
		}
		s.files[name] = f
	}
	return f
}

// ordered returns edits in their order in the file. ok is false if they overlap, or don't fit the file: it is not the one
// that they are for.
func (f *sourceFile) ordered(edits []Edit) (sorted []Edit, ok bool) {
	sorted = slices.SortedStableFunc(slices.Values(edits), func(a, b Edit) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
	})
	for i, e := range sorted {
		if e.Start < 0 || e.End < e.Start || e.End > len(f.text) || i > 0 && e.Start < sorted[i-1].End {
			return nil, false
		}
	}
	return sorted, true
}

// lines returns the lines of a file.
func (s sources) lines(file string) []string { return s.file(file).lines }

// looks returns the pieces of each line of a file.
func (s sources) looks(file string) [][]piece {
	f := s.file(file)
	if f.words == nil {
		f.words = pieces(f.lines)
	}
	return f.words
}

// position returns the position of an offset in a file, or of the file's end if the offset is beyond it.
func (s sources) position(file string, offset int) Position {
	f := s.file(file)
	offset = min(offset, len(f.text))
	line := sort.Search(len(f.starts), func(i int) bool { return offset < f.starts[i] })
	return Position{File: file, Line: line, Column: offset - f.starts[line-1] + 1}
}

// character returns the column of p in characters instead of bytes, as programs count. It is 0 if it is unknown.
func (s sources) character(p Position) int {
	lines := s.lines(p.File)
	if p.Line < 1 || p.Line > len(lines) || p.Column < 1 {
		return p.Column
	}
	line := lines[p.Line-1]
	return utf8.RuneCountInString(line[:min(p.Column-1, len(line))]) + 1
}
