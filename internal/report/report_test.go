package report

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
)

func finding(file string, line, column int, rule string) Finding {
	pos := Position{File: file, Line: line, Column: column}
	end := pos
	end.Column += 3
	return Finding{Rule: rule, Message: "message", Pos: pos, End: end, URL: "https://example.com/"}
}

func TestSort(t *testing.T) {
	a, b, c, d, e := finding("a", 1, 2, "x"), finding("a", 1, 2, "y"), finding("a", 1, 10, "x"), finding("a", 2, 1, "x"), finding("b", 1, 1, "x")
	got := Sort([]Finding{e, c, a, d, b, a, c})
	if want := []Finding{a, b, c, d, e}; !reflect.DeepEqual(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

// Of equal findings the same one stays, in any order.
func TestSortEqual(t *testing.T) {
	p, q, known := finding("a", 1, 2, "x"), finding("a", 1, 2, "x"), finding("a", 1, 2, "x")
	p.Package, q.Package, known.Package = "p", "q", "a"
	known.Suppressed = &Suppression{Kind: External}
	for _, list := range [][]Finding{{p, q, known}, {known, q, p}, {q, known, p}} {
		if got := Sort(list); len(got) != 1 || got[0].Package != "p" || got[0].Suppressed != nil {
			t.Errorf("got %+v, want that of package p", got)
		}
	}
}

func TestPosition(t *testing.T) {
	for _, test := range []struct {
		pos  Position
		want string
	}{
		{Position{"a.go", 1, 2}, "a.go:1:2"},
		{Position{"a.y", 1, 0}, "a.y:1"},
	} {
		if got := test.pos.String(); got != test.want {
			t.Errorf("got %q, want %q", got, test.want)
		}
	}
}

func TestText(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "pkg", "a.go")
	if err := os.Mkdir(filepath.Dir(file), 0o777); err != nil {
		t.Fatal(err)
	}
	source := "one\n\tåx == y\r\nthree\nfour"
	if err := os.WriteFile(file, []byte(source), 0o666); err != nil {
		t.Fatal(err)
	}

	f := finding(file, 2, 4, "rule")
	f.Related = []Related{{Message: "why", Pos: Position{File: file, Line: 1, Column: 1}}}
	multiline := finding(file, 3, 1, "rule")
	multiline.End.Line = 4
	last := finding(file, 4, 9, "rule") // past the end of the line
	beyond := finding(file, 9, 1, "rule")
	missing := finding(filepath.Join(dir, "missing.go"), 1, 1, "rule")

	for _, test := range []struct {
		name    string
		context int
		f       Finding
		want    string
	}{
		{"plain", -1, f, `
pkg/a.go:2:4: message (rule)
`},
		{"line", 0, f, `
pkg/a.go:2:4: message (rule)
	2 | 	åx == y
	  | 	 ^^^
	pkg/a.go:1:1: why
`},
		{"context", 9, f, `
pkg/a.go:2:4: message (rule)
	1 | one
	2 | 	åx == y
	  | 	 ^^^
	3 | three
	4 | four
	pkg/a.go:1:1: why
`},
		{"multiline", 0, multiline, `
pkg/a.go:3:1: message (rule)
	3 | three
	  | ^^^^^
`},
		{"past the end", 0, last, `
pkg/a.go:4:9: message (rule)
	4 | four
	  |     ^
`},
		{"no such line", 0, beyond, `
pkg/a.go:9:1: message (rule)
`},
		{"no such file", 0, missing, `
missing.go:1:1: message (rule)
`},
	} {
		var got strings.Builder
		if err := (Text{Dir: dir, Context: test.context}).Print(&got, []Finding{test.f}); err != nil {
			t.Errorf("%s: %v", test.name, err)
		}
		if want := strings.TrimPrefix(test.want, "\n"); got.String() != want {
			t.Errorf("%s: got\n%s\nwant\n%s", test.name, got.String(), want)
		}
	}
}

func TestShorten(t *testing.T) {
	for _, test := range []struct{ dir, file, want string }{
		{"/a/b", "/a/b/c.go", "c.go"},
		{"/a/b", "/a/c.go", "/a/c.go"}, // ../c.go is no shorter
		{"/home/a", "/home/c.go", "../c.go"},
		{"/a/b", "/a/b/c.go:1:2", "c.go:1:2"},
		{"/a", "b.go", "b.go"},
	} {
		if got := Shorten(test.dir, test.file); got != test.want {
			t.Errorf("Shorten(%q, %q) = %q, want %q", test.dir, test.file, got, test.want)
		}
	}
}

func TestJSON(t *testing.T) {
	var buf bytes.Buffer
	if err := JSON(&buf, nil); err != nil {
		t.Fatal(err)
	}
	if got := buf.String(); got != "[]\n" {
		t.Errorf("no findings print %q, want an empty array", got)
	}

	buf.Reset()
	f := finding("a.go", 1, 2, "rule")
	f.Message = "r.Code > 0 && ok"
	f.Fixes = []Fix{{Message: "fix", Edits: []Edit{{File: "a.go", Start: 1, End: 2, New: "<"}}}}
	if err := JSON(&buf, []Finding{f}); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(buf.String(), f.Message) {
		t.Errorf("message is escaped:\n%s", buf.String())
	}
	var got []Finding
	if err := json.Unmarshal(buf.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, []Finding{f}) {
		t.Errorf("got %+v, want %+v", got, f)
	}
}

func TestSourcePosition(t *testing.T) {
	for _, test := range []struct {
		text         string
		offset       int
		line, column int
	}{
		{"", 0, 1, 1},
		{"one\ntwo", 0, 1, 1},
		{"one\ntwo", 3, 1, 4},
		{"one\ntwo", 4, 2, 1},
		{"one\ntwo", 7, 2, 4},
		{"one\ntwo", 99, 2, 4}, // the file has become shorter
		{"one\r\ntwo\n", 4, 1, 5},
		{"one\r\ntwo\n", 9, 3, 1},
		{"\n", 0, 1, 1},
	} {
		src := newSources(map[string][]byte{"a.go": []byte(test.text)})
		if got, want := src.position("a.go", test.offset), (Position{"a.go", test.line, test.column}); got != want {
			t.Errorf("%q, offset %d: %s, want %s", test.text, test.offset, got, want)
		}
	}
}

// The text is that of the array, though the findings are encoded one by one.
func TestJSONArray(t *testing.T) {
	f := finding("a.go", 1, 2, "rule")
	f.Related = []Related{{Message: "a < b"}}
	for n := range 3 {
		findings := slices.Repeat([]Finding{f}, n)
		var got, want bytes.Buffer
		if err := JSON(&got, findings); err != nil {
			t.Fatal(err)
		}
		enc := json.NewEncoder(&want)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "\t")
		if err := enc.Encode(findings); err != nil {
			t.Fatal(err)
		}
		if got.String() != want.String() {
			t.Errorf("got %s\nwant %s", got.String(), want.String())
		}
	}
}

// Each line is a finding as JSON has it.
func TestNDJSON(t *testing.T) {
	r, _ := repo(t)
	second := r.Findings[0]
	second.Message = "line\u2028separator \xff"
	r.Findings = append(r.Findings, second)
	lines := strings.SplitAfter(printed(t, "ndjson", r), "\n")
	if len(lines) != 3 || lines[2] != "" {
		t.Fatalf("got %q, want two lines", lines)
	}
	for i, want := range r.Unsuppressed() {
		var got Finding
		if err := json.Unmarshal([]byte(lines[i]), &got); err != nil {
			t.Fatal(err)
		}
		want.Message = strings.ToValidUTF8(want.Message, "\ufffd")
		if !reflect.DeepEqual(got, want) {
			t.Errorf("got %+v, want %+v", got, want)
		}
	}
	if got := printed(t, "ndjson", &Report{}); got != "" {
		t.Errorf("no findings print %q", got)
	}
}
