package report

import (
	"os"
	"strings"
	"unicode/utf8"
)

// sources are the files that findings stand in, each read once.
type sources map[string][]string

// lines returns the lines of a file. One that can't be read has none: what
// was found is more than its source.
func (s sources) lines(file string) []string {
	lines, ok := s[file]
	if !ok {
		if data, err := os.ReadFile(file); err == nil {
			lines = strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
			for i := range lines {
				lines[i] = strings.TrimSuffix(lines[i], "\r")
			}
		}
		s[file] = lines
	}
	return lines
}

// character returns the column of p in characters, which programs count in,
// instead of bytes. It is 0 if it is unknown.
func (s sources) character(p Position) int {
	lines := s.lines(p.File)
	if p.Line < 1 || p.Line > len(lines) || p.Column < 1 {
		return p.Column
	}
	line := lines[p.Line-1]
	return utf8.RuneCountInString(line[:min(p.Column-1, len(line))]) + 1
}
