package report

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A layout is a way in which findings lie in files.
type layout struct {
	name        string
	perFile     int  // findings in a file; 0 for all
	oneFunction bool // those of a file share a function
}

var layouts = []layout{
	{"files", 100, false},
	{"file", 0, false},
	{"function", 0, true},
}

// statement has a mistake.
const statement = `	if r := send(%d); r.Code == 5100 { // all failed
		return fmt.Errorf("stop: %%s", r.Message)
	}
`

// report writes source with n mistakes, and returns the findings about them.
func (l layout) report(t testing.TB, n int) *Report {
	r := &Report{Dir: t.TempDir(), Packages: Counts{Analyzed: 1}}
	perFile := n
	if l.perFile > 0 {
		perFile = l.perFile
	}
	for first := 0; first < n; first += perFile {
		file := filepath.Join(r.Dir, fmt.Sprintf("f%d.go", first/perFile))
		text, findings := l.source(file, first, perFile)
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		r.Findings = append(r.Findings, findings...)
	}
	AddFingerprints(r.Findings)
	return r
}

// source returns a file with n mistakes, and the findings about them.
func (l layout) source(file string, first, n int) (text string, findings []Finding) {
	var src strings.Builder
	line := 0
	add := func(text string) {
		src.WriteString(text)
		line += strings.Count(text, "\n")
	}
	add("package p\n\nimport \"fmt\"\n\n")
	if l.oneFunction {
		add("func all() error {\n")
	}
	for i := first; i < first+n; i++ {
		if !l.oneFunction {
			add(fmt.Sprintf("// Stop%d stops servers.\nfunc Stop%[1]d() error {\n", i))
		}
		findings = append(findings, mistake(file, line+1, src.Len()+len("\tif ")))
		add(fmt.Sprintf(statement, i))
		if !l.oneFunction {
			add("\treturn nil\n}\n\n")
		}
	}
	if l.oneFunction {
		add("\treturn nil\n}\n")
	}
	return src.String(), findings
}

// mistake returns the finding about a statement.
func mistake(file string, line, offset int) Finding {
	at := func(line, column int) Position { return Position{File: file, Line: line, Column: column} }
	return Finding{
		Rule:     "batch-partial-as-success",
		Contract: "api2",
		Message:  fmt.Sprintf("failed resources are treated as done: r.Code may be 5400 at the return on line %d, but r.Detail is not checked", line+3),
		Package:  "example.com/p",
		Pos:      at(line, 5),
		End:      at(line, 13),
		URL:      "https://example.com/rules/batch-partial-as-success.md",
		Related: []Related{
			{Message: "r is the answer", Pos: at(line, 5), End: at(line, 6)},
			{Message: "only code 5100 is handled", Pos: at(line, 19), End: at(line, 33)},
			{Message: "r.Code may be 5400", Pos: at(line+3, 2), End: at(line+3, 12)},
		},
		Fixes: []Fix{{Message: "check r.Detail", Edits: []Edit{{File: file, Start: offset, End: offset + 1, New: "answer"}}}},
	}
}

// measure runs f with 1,000 and with 10,000 findings in each layout. The time per finding should not grow.
func measure(b *testing.B, f func(b *testing.B, r *Report)) {
	for _, l := range layouts {
		for _, n := range []int{1_000, 10_000} {
			b.Run(fmt.Sprintf("%s/%d", l.name, n), func(b *testing.B) {
				r := l.report(b, n)
				b.ReportAllocs()
				b.ResetTimer()
				for b.Loop() {
					f(b, r)
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*n), "ns/finding")
			})
		}
	}
}

func BenchmarkFormat(b *testing.B) {
	for _, format := range Formats {
		b.Run(format.Name, func(b *testing.B) {
			measure(b, func(b *testing.B, r *Report) {
				if err := format.Print(io.Discard, r); err != nil {
					b.Fatal(err)
				}
			})
		})
	}
	b.Run("text with source", func(b *testing.B) {
		measure(b, func(b *testing.B, r *Report) {
			if err := (Text{Dir: r.Dir, Context: 3}).Print(io.Discard, r.Findings); err != nil {
				b.Fatal(err)
			}
		})
	})
}

func BenchmarkFingerprints(b *testing.B) {
	measure(b, func(b *testing.B, r *Report) { AddFingerprints(r.Findings) })
}

func BenchmarkBaseline(b *testing.B) {
	measure(b, func(b *testing.B, r *Report) {
		file := filepath.Join(r.Dir, "baseline.json")
		if _, err := WriteBaseline(file, r.Findings, nil); err != nil {
			b.Fatal(err)
		}
		known, err := ReadBaseline(file)
		if err != nil {
			b.Fatal(err)
		}
		known.Suppress(r.Findings)
	})
}
