package report

import (
	"os"
	"strings"
	"unicode/utf8"
)

// sources are the files that findings stand in, each read once.
type sources struct {
	analyzed map[string][]byte // see [Report.Analyzed]
	split    map[string][]string
	words    map[string][][]piece // see looks
}

func newSources(analyzed map[string][]byte) sources {
	return sources{analyzed, make(map[string][]string), make(map[string][][]piece)}
}

// text returns a file as it was analyzed. A file that can't be read is empty: its findings are reported all the same.
func (s sources) text(file string) []byte {
	text, ok := s.analyzed[file]
	if !ok {
		text, _ = os.ReadFile(file)
	}
	return text
}

// lines returns the lines of a file.
func (s sources) lines(file string) []string {
	lines, ok := s.split[file]
	if !ok {
		if text := s.text(file); len(text) > 0 {
			lines = strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
			for i := range lines {
				lines[i] = strings.TrimSuffix(lines[i], "\r")
			}
		}
		s.split[file] = lines
	}
	return lines
}

// looks returns the pieces of each line of a file. It finds them once for each file, and not once for each finding: else
// the time for the page of a file with many findings would grow with the square of their number.
func (s sources) looks(file string) [][]piece {
	looks, ok := s.words[file]
	if !ok {
		looks = pieces(s.lines(file))
		s.words[file] = looks
	}
	return looks
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
