package analyzer_test

import (
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/tools/go/analysis/analysistest"
)

// fixtures lists the packages below src, without the stubs of other people's packages, which are below the names of
// hosts.
func fixtures(t *testing.T, src string) []string {
	t.Helper()
	var dirs []string
	err := filepath.WalkDir(src, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() && filepath.Dir(path) == src && strings.Contains(d.Name(), ".") && filepath.Ext(d.Name()) != ".example" {
			return fs.SkipDir
		}
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") {
			return err
		}
		rel, err := filepath.Rel(src, filepath.Dir(path))
		if err != nil {
			return err
		}
		if !slices.Contains(dirs, filepath.ToSlash(rel)) {
			dirs = append(dirs, filepath.ToSlash(rel))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return dirs
}

// Limits of a message, in characters. With its position and its rule, a message of 120 characters is easy to read
// in a log, and has two lines in a terminal or in a review's comment. A few may be a bit longer, because codes aren't
// shortened. A message with a long identifier may be much longer.
const (
	wideMessage    = 120
	widestMessage  = 140
	longIdentifier = 30
)

// checkMessages checks the form of the messages of all fixtures.
func checkMessages(t *testing.T, results []*analysistest.Result) {
	t.Helper()
	all, wide := 0, 0
	for _, res := range results {
		for _, d := range res.Diagnostics {
			m := strings.TrimPrefix(d.Message, d.Category+": ")
			all++
			n := utf8.RuneCountInString(m)
			if n > wideMessage {
				wide++
			}
			if n > widestMessage && longest(m) <= longIdentifier {
				t.Errorf("%s: a message of %d characters, want %d at most: %s", res.Pass.Fset.Position(d.Pos), n, widestMessage, m)
			}
			if strings.HasSuffix(m, ".") {
				t.Errorf("%s: a message ends in a period: %s", res.Pass.Fset.Position(d.Pos), m)
			}
		}
	}
	if wide*20 > all {
		t.Errorf("%d of %d messages have more than %d characters, want one in twenty at most", wide, all, wideMessage)
	}
}

// longest returns the length of the longest identifier in a text.
func longest(text string) int {
	n := 0
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		n = max(n, utf8.RuneCountInString(word))
	}
	return n
}
