package report

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestHTML(t *testing.T) {
	r, file := repo(t)
	f := &r.Findings[0]
	f.Message = "</script><script>alert(1)</script>"
	source := "package p\n\nfunc f() { r.Code } // </td><b>bold</b>\n" + strings.Repeat("\n", 30) + "// end\n"
	if err := os.WriteFile(file, []byte(source), 0o666); err != nil {
		t.Fatal(err)
	}
	f.Pos.Column, f.End.Column = 12, 18
	f.Related[1].Pos, f.Related[1].End = f.Pos, f.End
	f.Related[2].Pos.Line = 34
	out := printed(t, "html", r)
	for _, want := range []string{
		"<title>asynccheck: 1 finding</title>",
		"1 finding in 1 package (1 rule), 1 with a fix (-fix), 1 known; 0 packages analyzed",
		"no such package",
		"&lt;/script&gt;&lt;script&gt;alert(1)",
		"&lt;b&gt;bold",
		`<mark>r.Code</mark>`,
		`<span class="keyword">func</span>`,
		`24 lines`,
		`<code>f</code>`,
		"fix it",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("the page has no %s", want)
		}
	}
	if strings.Contains(out, "ZgotmplZ") || strings.Contains(out, "<script>alert") || strings.Contains(out, "<b>") {
		t.Errorf("the page is not safe:\n%s", out)
	}
	// Its links are for people to follow: the page loads nothing.
	if loads := regexp.MustCompile(`(?i)\ssrc=|@import|url\(|<link[^>]*stylesheet`).FindString(out); loads != "" {
		t.Errorf("the page loads something: %s", loads)
	}
	for i, message := range []string{"origin", "judged", "end"} {
		if !strings.Contains(out, `<span class="bubble">`+message+`</span>`) {
			t.Errorf("step %d is not drawn", i+1)
		}
	}

	// Without the source, the page has all the rest.
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	if out := printed(t, "html", r); strings.Contains(out, `class="scroll"`) || !strings.Contains(out, "judged") {
		t.Error("a page without source says too much or too little")
	}
	r.Findings = nil
	if out := printed(t, "html", r); !strings.Contains(out, "No findings.") {
		t.Error("a page of nothing doesn't say so")
	}
}

// What the page says about the run is text, and its links lead to places.
func TestHTMLRun(t *testing.T) {
	r, file := repo(t)
	link, err := ParseLink("vscode", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Run = func() (*Run, error) {
		return &Run{
			Date:     time.Unix(0, 0),
			Command:  `asynccheck '-link=<script>"&{file}' ./...`,
			Link:     link,
			Packages: []string{`example.com/<script>`},
			Rules:    []string{"directive"},
		}, nil
	}
	out := printed(t, "html", r)
	for _, want := range []string{
		`<time datetime="1970-01-01T00:00:00Z">1970-01-01 00:00 UTC</time>`,
		`<code>asynccheck &#39;-link=&lt;script&gt;&#34;&amp;{file}&#39; ./...</code>`,
		`example.com/<wbr>&lt;script&gt;`,
		`href="vscode://file` + filepath.ToSlash(filepath.Dir(filepath.Dir(file))) + `/sub%20dir/a%2Cb.go:`,
		"1 on: <code>directive</code>",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("the page has no %s", want)
		}
	}
	if strings.Contains(out, "ZgotmplZ") || strings.Contains(out, `href="javascript`) || strings.Count(out, "<script>") != 1 {
		t.Error("the page is not safe")
	}

	// What is wrong with the run is an error, and no page.
	r.Run = func() (*Run, error) { return nil, errors.New("no date") }
	if err := html(io.Discard, r); err == nil || err.Error() != "no date" {
		t.Errorf("got error %v", err)
	}
}

// A page of many findings says the same, but a browser doesn't make elements of all of it.
func TestHTMLOfManyFindings(t *testing.T) {
	r, _ := repo(t)
	few := printed(t, "html", r)
	for len(r.Findings) <= maxReady {
		r.Findings = append(r.Findings, r.Findings[0])
	}
	if n := strings.Count(printed(t, "html", r), "<noscript>"); n != 0 {
		t.Errorf("%d findings of %d are deferred", n, maxReady)
	}
	r.Findings = append(r.Findings, r.Findings[0])
	many := printed(t, "html", r)
	if n := strings.Count(many, "<noscript>"); n != maxReady+1 || strings.Count(many, "</noscript>") != n {
		t.Errorf("%d findings of %d are deferred", n, maxReady+1)
	}
	details := func(page string) string {
		from, to := strings.Index(page, `<p class="about">`), strings.Index(page, "</figure>")
		return page[from:to]
	}
	if few, many := details(few), details(many); few != many {
		t.Errorf("got %s\nwant %s", many, few)
	}
}

// A line has the words of the source, with any looks.
func TestParts(t *testing.T) {
	for _, source := range []string{
		"",
		"package p\n\nvar s = `raw\nstring` /* a\ncomment */ + \"x\" + 'y' // z\nconst n = 1.5i",
		"not Go: \"unclosed\n`raw",
		"\ufeffpackage p // ünïcode\n\tx := \"日本\"",
	} {
		lines := strings.Split(source, "\n")
		got := pieces(lines)
		if len(got) != len(lines) {
			t.Errorf("%q: %d lines, want %d", source, len(got), len(lines))
			continue
		}
		for i, line := range lines {
			var text strings.Builder
			for _, p := range got[i] {
				text.WriteString(p.Text)
			}
			if text.String() != line {
				t.Errorf("line %q, want %q", text.String(), line)
			}
		}
	}
	got := pieces([]string{`if x == "y" { return 1 } // z`})[0]
	want := []piece{{"if", "keyword", false}, {" x == ", "", false}, {`"y"`, "string", false}, {" { ", "", false}, {"return", "keyword", false}, {" ", "", false}, {"1", "literal", false}, {" } ", "", false}, {"// z", "comment", false}}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestMarked(t *testing.T) {
	line := []piece{{Text: "if", Class: "keyword"}, {Text: " r.Code > "}, {Text: "10", Class: "literal"}}
	got := marked(line, [][2]int{{3, 9}, {3, 14}})
	want := []piece{{"if", "keyword", false}, {" ", "", false}, {"r.Code", "", true}, {" > ", "", true}, {"10", "literal", true}}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got := marked(line, nil); !slices.Equal(got, line) {
		t.Errorf("got %v, want nothing marked", got)
	}
}

func TestWindows(t *testing.T) {
	file := filepath.Join("a", "b.go")
	steps := func(lines ...int) (path []Related) {
		for _, n := range lines {
			path = append(path, Related{Pos: Position{File: file, Line: n, Column: 1}})
		}
		return append(path, Related{Pos: Position{File: "other.go", Line: 90}})
	}
	for _, test := range []struct {
		path  []Related
		count int
		want  string
	}{
		{steps(1), 10, "1-4"},
		{steps(9), 10, "6-10"},
		{steps(20, 5), 100, "2-8 17-23"},
		{steps(19, 5), 100, "2-22"},
		{steps(5, 5, 6), 100, "2-9"},
		{steps(5), 3, ""}, // the file has become shorter
		{steps(0), 3, ""},
	} {
		if got := ranged(windows(test.path, file, test.count)); got != test.want {
			t.Errorf("%v: lines %s, want %s", test.path, got, test.want)
		}
	}
}

// ranged writes lines as ranges.
func ranged(lines []int) string {
	var out []string
	for i := 0; i < len(lines); {
		j := i
		for j+1 < len(lines) && lines[j+1] == lines[j]+1 {
			j++
		}
		out = append(out, fmt.Sprintf("%d-%d", lines[i], lines[j]))
		i = j + 1
	}
	return strings.Join(out, " ")
}
