package report

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// shown writes rows of a diff as text.
func shown(rows []diffRow) string {
	var out strings.Builder
	for _, r := range rows {
		if r.Kind == "gap" {
			fmt.Fprintf(&out, "... %d\n", r.Left)
			continue
		}
		text := ""
		for _, p := range r.Pieces {
			text += p.Text
		}
		sign := r.Sign()
		if sign == "" {
			sign = " "
		}
		fmt.Fprintf(&out, "%s%2d|%s\n", sign, r.Number, text)
	}
	return out.String()
}

// replaced makes an edit of the only place where a text is in a file.
func replaced(t *testing.T, source, file, was, is string) Edit {
	t.Helper()
	if strings.Count(source, was) != 1 {
		t.Fatalf("%q is not once in the source", was)
	}
	at := strings.Index(source, was)
	return Edit{File: file, Start: at, End: at + len(was), New: is}
}

func TestDiff(t *testing.T) {
	const source = `package p

import (
	"fmt"
)

// a comment
// of two lines

// F has two statements.
func F(code int) error {
	if code > 0 {
		return fmt.Errorf("%d", code)
	}
	return nil
}

// A comment between.

// G follows.
func G() {
	_ = 1
	_ = 2
	_ = 3
	_ = 4
	_ = 5
	_ = 6
	_ = 7
	_ = 8
	_ = 9
}
`
	windows := strings.ReplaceAll(source, "\n", "\r\n")
	file := filepath.Join(t.TempDir(), "p.go")
	edit := func(was, is string) Edit { return replaced(t, source, file, was, is) }
	for _, test := range []struct {
		name   string
		source string
		edits  []Edit
		want   string
	}{
		{"one word", source, []Edit{edit("code > 0", "code != 0")}, `  9|
 10|// F has two statements.
 11|func F(code int) error {
-12|	if code > 0 {
+ 0|	if code != 0 {
 13|		return fmt.Errorf("%d", code)
 14|	}
 15|	return nil
`},
		{"an import, any order, formatted", source, []Edit{edit("code > 0", "code!=0"), edit("\t\"fmt\"\n", "\"fmt\"\n\"errors\"\n")}, `  1|package p
  2|
  3|import (
+ 0|	"errors"
  4|	"fmt"
  5|)
  6|
... 2
  9|
 10|// F has two statements.
 11|func F(code int) error {
-12|	if code > 0 {
+ 0|	if code != 0 {
 13|		return fmt.Errorf("%d", code)
 14|	}
 15|	return nil
`},
		{"far apart in one declaration", source, []Edit{edit("_ = 1", "_ = 0"), edit("\t_ = 9\n", "")}, ` 19|
 20|// G follows.
 21|func G() {
-22|	_ = 1
+ 0|	_ = 0
 23|	_ = 2
 24|	_ = 3
 25|	_ = 4
... 1
 27|	_ = 6
 28|	_ = 7
 29|	_ = 8
-30|	_ = 9
 31|}
`},
		{"other line ends", windows, []Edit{replaced(t, windows, file, "code > 0", "code != 0")}, `  9|
 10|// F has two statements.
 11|func F(code int) error {
-12|	if code > 0 {
+ 0|	if code != 0 {
 13|		return fmt.Errorf("%d", code)
 14|	}
 15|	return nil
`},
		{"not formatted, so it stays", "package p\n\nvar  x = 1\n", []Edit{{file, 16, 17, "y"}}, "  1|package p\n  2|\n- 3|var  x = 1\n+ 0|var  y = 1\n"},
		{"no Go", "a\nb\nc", []Edit{{file, 4, 5, "d"}}, "  1|a\n  2|b\n- 3|c\n+ 0|d\n"},
		{"at the end", "a\nb\n", []Edit{{file, 4, 4, "c\n"}}, "  1|a\n  2|b\n+ 0|c\n"},
		{"an empty file", "", []Edit{{file, 0, 0, "c\n"}}, "+ 0|c\n"},
		{"another file", "a\n", []Edit{{file, 4, 5, "c\n"}}, ""},
		{"edits that overlap", "abc\n", []Edit{{file, 0, 2, "x"}, {file, 1, 3, "y"}}, ""},
		{"nothing", "abc\n", []Edit{{file, 0, 1, "a"}}, ""},
	} {
		if err := os.WriteFile(file, []byte(test.source), 0o666); err != nil {
			t.Fatal(err)
		}
		if got := shown(newSources(nil).diff(file, test.edits)); got != test.want {
			t.Errorf("%s: got\n%s\nwant\n%s", test.name, got, test.want)
		}
	}
}

// A fix of several files has a diff of each, and -fix doesn't make it.
func TestChanges(t *testing.T) {
	dir := t.TempDir()
	a, b := filepath.Join(dir, "a.go"), filepath.Join(dir, "b.go")
	for _, file := range []string{a, b} {
		if err := os.WriteFile(file, []byte("package p\n\nvar x = 1\n"), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	one := Fix{"one file", []Edit{{a, 15, 16, "y"}, {a, 19, 20, "2"}}}
	both := Fix{"two files", []Edit{{a, 19, 20, "2"}, {b, 19, 20, "3"}}}
	for _, test := range []struct {
		fixes []Fix
		want  string
	}{
		{[]Fix{one, both}, "made one file (a.go) two files (a.go b.go)"},
		{[]Fix{both, one}, "two files (a.go b.go) one file (a.go)"},
	} {
		p := &page{report: &Report{Dir: dir}, src: newSources(nil)}
		var got []string
		for _, c := range (pageFinding{Finding{Fixes: test.fixes}, p}).Changes() {
			var files []string
			for _, f := range c.Files {
				files = append(files, f.File)
			}
			text := fmt.Sprintf("%s (%s)", c.Message, strings.Join(files, " "))
			if c.Made {
				text = "made " + text
			}
			got = append(got, text)
		}
		if got := strings.Join(got, " "); got != test.want {
			t.Errorf("got %s, want %s", got, test.want)
		}
	}
}
