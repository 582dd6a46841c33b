package report

import (
	"io"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rivo/uniseg"
)

// printedFull prints a finding in the format full, as if the files had these texts.
func printedFull(t *testing.T, f Finding, context int, files map[string]string) string {
	t.Helper()
	r := &Report{Dir: "/src", Findings: []Finding{f}, Context: context, Analyzed: make(map[string][]byte)}
	for name, text := range files {
		r.Analyzed[name] = []byte(text)
	}
	return printed(t, "full", r)
}

func step(message, file string, line, column, end int) Related {
	return Related{Message: message, Pos: Position{file, line, column}, End: Position{file, line, end}}
}

// Steps stand under their lines, those of other files too.
func TestFull(t *testing.T) {
	const file, other, missing = "/src/a.go", "/src/b/b.go", "/src/c.go"
	files := map[string]string{
		file:  "package a\n\nfunc f() {\n\tr := get()\n\t// 1\n\t// 2\n\t// 3\n\tif r.Code > 0 {\n\t\treturn\n\t}\n\n\treturn nil\n}\n",
		other: "package b\n\nfunc get() {\n\treject()\n}\n",
	}
	f := finding(file, 8, 5, "result-unchecked")
	f.End.Column = 15
	f.Contract, f.Message, f.URL = "aws.sqs.SendMessageBatch", "a failure is lost", "https://example.com/rule.md"
	f.Related = []Related{
		step("r comes from here", file, 4, 7, 12),
		step("r.Code is checked here", file, 8, 5, 15),
		step("the path ends here", file, 12, 2, 12),
		step("it is rejected here", other, 4, 2, 10),
		step("nobody knows", missing, 3, 1, 1),
	}
	want := `
a.go:8:5: a failure is lost (result-unchecked, aws.sqs.SendMessageBatch)
   |
 4 |     r := get()
   |          ----- r comes from here
...
 8 |     if r.Code > 0 {
   |        ^^^^^^^^^^ r.Code is checked here
...
12 |     return nil
   |     ---------- the path ends here
   ::: b/b.go:4:2
   |
 4 |     reject()
   |     -------- it is rejected here
   |
   = c.go:3:1: nobody knows
   = more: asynccheck -explain aws.sqs.SendMessageBatch, https://example.com/rule.md

`
	if got := printedFull(t, f, -1, files); got != want[1:] {
		t.Errorf("got\n%s\nwant%s", got, want)
	}
	if got := printedFull(t, f, 1, files); !strings.Contains(got, "\n 9 |         return\n10 |     }\n11 |\n12 |     return nil\n") || strings.Contains(got, "\n10 |     }\n...") {
		t.Errorf("with a line of context:\n%s", got)
	}

	// Without source, places are there all the same.
	want = `
a.go:8:5: a failure is lost (result-unchecked)
  = a.go:4:7: r comes from here
  = a.go:8:5: r.Code is checked here
  = more: https://example.com/rule.md

`
	f.Contract, f.Related = "tencent.cloudapi2", f.Related[:2]
	if got := printedFull(t, f, -1, map[string]string{file: ""}); got != want[1:] {
		t.Errorf("without source: got\n%s\nwant%s", got, want)
	}
}

// What is underlined stands above the marks, whatever stands before it.
func TestFullMarks(t *testing.T) {
	for name, test := range map[string]struct{ before, span, want string }{
		"tabs":      {"\t\tx\t", "r.Code", "        x    "},
		"wide":      {`s := "東京"; `, `"大阪"`, `s := "東京"; `},
		"combining": {"e\u0301 := ", "e\u0301", "e\u0301 := "},
		"emoji":     {"/* 👩‍👩‍👧 */ ", "r", "/* 👩‍👩‍👧 */ "},
		"control":   {"/* \x1b[2J\u202e */ ", "r", "/* \uFFFD[2J\uFFFD */ "},
		"invalid":   {"/* \xff */ ", "r", "/* \uFFFD */ "},
	} {
		f := finding("/src/a.go", 1, len(test.before)+1, "rule")
		f.End.Column = f.Pos.Column + len(test.span)
		lines := strings.Split(printedFull(t, f, -1, map[string]string{"/src/a.go": test.before + test.span + " // rest"}), "\n")
		source, marks := lines[2], lines[3]
		if want := "1 | " + test.want + test.span + " // rest"; source != want {
			t.Errorf("%s: got %q, want %q", name, source, want)
		}
		if got, want := strings.IndexByte(marks, '^'), uniseg.StringWidth("1 | "+test.want); got != want {
			t.Errorf("%s: the mark is in column %d, want %d", name, got, want)
		}
		if got, want := strings.Count(marks, "^"), uniseg.StringWidth(test.span); got != want {
			t.Errorf("%s: %d marks, want %d", name, got, want)
		}
	}
}

// The same holds for text, which leaves tabs to the terminal.
func TestMarkWide(t *testing.T) {
	line := "\t\"東京\"\tr.大"
	f := finding("a.go", 1, 1+strings.Index(line, "r."), "rule")
	f.End.Column = len(line) + 1
	if got, want := mark(line, f), "\t      \t^^^^"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// A line is cut so that the span is seen.
func TestCut(t *testing.T) {
	line := strings.Repeat("0123456789", 12)
	wide := strings.Repeat("東", 60)
	for _, test := range []struct {
		line            string
		from, to, width int
		want            string
		shift           int
	}{
		{line, 0, 5, 120, line, 0},
		{line, 0, 5, 0, line, 0},                                    // no terminal
		{line, 0, 5, minWidth - 1, line, 0},                         // a narrow one
		{line, 10, 109, 100, line, 0},                               // the span has no room
		{line, 0, 5, 50, line[:49] + "…", 0},                        // the end is cut off
		{line, 44, 49, 50, line[:49] + "…", 0},                      // just so
		{line, 110, 120, 50, "…" + line[91:], 90},                   // the beginning
		{line, 45, 50, 50, "…" + line[23:71] + "…", 22},             // both
		{wide, 80, 82, 50, "…" + strings.Repeat("東", 23) + "…", 57}, // no half characters
	} {
		got, shift := cut(test.line, test.from, test.to, test.width)
		if got != test.want || shift != test.shift {
			t.Errorf("%d to %d in %d: got %q, %d, want %q, %d", test.from, test.to, test.width, got, shift, test.want, test.shift)
		}
		if test.width >= minWidth && test.to-test.from <= test.width-2 && uniseg.StringWidth(got) > test.width {
			t.Errorf("%d to %d: %d columns", test.from, test.to, uniseg.StringWidth(got))
		}
	}
}

// What is underlined but wider than the terminal is cut at its edge, and the marks too.
func TestClip(t *testing.T) {
	for _, test := range []struct {
		spans []stretch
		room  int
		whole stretch
		want  []stretch
	}{
		{[]stretch{{10, 40}, {4, 20}}, 50, stretch{4, 40}, []stretch{{10, 40}, {4, 20}}},
		{[]stretch{{10, 100}}, 50, stretch{10, 49}, []stretch{{10, 49}}},
		{[]stretch{{10, 100}}, -4, stretch{10, 100}, []stretch{{10, 100}}},                // no terminal
		{[]stretch{{40, 100}}, 50, stretch{40, 70}, []stretch{{40, 70}}},                  // it begins near the edge
		{[]stretch{{0, 10}, {80, 100}}, 50, stretch{0, 49}, []stretch{{0, 10}, {48, 49}}}, // out of sight
	} {
		spans := slices.Clone(test.spans)
		if whole := clip(spans, test.room); whole != test.whole || !slices.Equal(spans, test.want) {
			t.Errorf("%v in %d: got %v, %v, want %v, %v", test.spans, test.room, whole, spans, test.whole, test.want)
		}
	}
}

// If there is no room behind the marks, the text is in the next row.
func TestNoteRow(t *testing.T) {
	for _, test := range []struct {
		at   stretch
		room int
		want string
	}{
		{stretch{4, 10}, 50, "  |     ------ r comes from here\n"},
		{stretch{4, 40}, 50, "  |     ------------------------------------\n  |     r comes from here\n"},
		{stretch{40, 46}, 50, "  |                                         ------\n  |                                  r comes from here\n"},
		{stretch{4, 10}, 16, "  |     ------ r comes from here\n"}, // too narrow a terminal
		{stretch{4, 40}, -4, "  |     ------------------------------------ r comes from here\n"},
	} {
		p := &fullPrinter{textPrinter: textPrinter{out: terminal(io.Discard)}, margin: 1}
		p.note(note{Related: Related{Message: "r comes from here"}}, test.at, test.room)
		if got := p.buf.String(); got != test.want {
			t.Errorf("%v in %d: got\n%swant\n%s", test.at, test.room, got, test.want)
		}
	}
}

// A text that is wider than the terminal is broken between words.
func TestWrapped(t *testing.T) {
	got := wrapped("r.Code is 東京 here: anythingbutthis", 12)
	if want := []string{"r.Code is", "東京 here:", "anythingbutthis"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestStatistics(t *testing.T) {
	var findings []Finding
	for i := range 12 {
		f := finding(filepath.Join("/src", "a.go"), i+1, 1, "result-unchecked")
		f.Package, f.Contract = "example/b", "aws.sqs.SendMessageBatch"
		if i < 2 {
			f.Rule, f.Package, f.Contract = "directive", "example/a", ""
		}
		findings = append(findings, f)
	}
	findings[11].Suppressed = &Suppression{Kind: External}
	var got strings.Builder
	if err := Statistics.Print(&got, &Report{Findings: findings}); err != nil {
		t.Fatal(err)
	}
	want := `
   rule
9  result-unchecked
2  directive

   contract
9  aws.sqs.SendMessageBatch

   package
9  example/b
2  example/a
`
	if got.String() != want[1:] {
		t.Errorf("got\n%s\nwant%s", got.String(), want)
	}
	got.Reset()
	if err := Statistics.Print(&got, &Report{Findings: findings[11:]}); err != nil || got.Len() > 0 {
		t.Errorf("got %q, %v of no findings", got.String(), err)
	}
}
