package report

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/asynccheck/asynccheck/internal/spelling"
)

// A Report is what a run found, to be printed in a [Format].
type Report struct {
	Dir      string // where the run took place: files are named relative to it
	Version  string // of the tool
	Findings []Finding
	Errors   []string // what went wrong in single packages
	Packages Counts
	Context  int // lines around a finding in text; negative for none

	// Analyzed has the text of files that were fixed since the analysis: positions are those of this text.
	Analyzed map[string][]byte

	// Run, if not nil, says how the run took place. Only formats that show it ask.
	Run func() (*Run, error)
}

// Unsuppressed returns the findings that nobody has suppressed.
func (r *Report) Unsuppressed() []Finding {
	var open []Finding
	for _, f := range r.Findings {
		if f.Suppressed == nil {
			open = append(open, f)
		}
	}
	return open
}

// Suppressed returns how many findings were suppressed in this way, [InSource] or [External].
func (r *Report) Suppressed(kind string) (n int) {
	for _, f := range r.Findings {
		if f.kindSuppressed() == kind {
			n++
		}
	}
	return n
}

// A Format is a way to print a report.
type Format struct {
	Name    string
	endings []string // of files in this format
	print   func(io.Writer, *Report) error
}

// Print prints the report.
func (f *Format) Print(w io.Writer, r *Report) error { return f.print(w, r) }

// Formats are all formats, in the order in which the documentation shows them.
var Formats = []*Format{
	{"text", []string{".txt", ".text"}, func(w io.Writer, r *Report) error {
		return Text{Dir: r.Dir, Context: r.Context, Analyzed: r.Analyzed}.Print(w, r.Unsuppressed())
	}},
	Full,
	{"json", []string{".json"}, func(w io.Writer, r *Report) error {
		return JSON(w, r.Unsuppressed())
	}},
	{"sarif", []string{".sarif", ".sarif.json"}, sarifLog},
	{"github", nil, github},
	{"checkstyle", []string{".xml"}, checkstyle},
	{"html", []string{".html", ".htm"}, html},
	{"gitlab", []string{"gl-code-quality-report.json"}, gitlab}, // as GitLab's documentation names the file
	{"junit", []string{"junit.xml"}, junit},
	{"rdjson", []string{".rdjson"}, rdjson},
	{"ndjson", []string{".ndjson", ".jsonl"}, ndjson},
	{"markdown", []string{".md", ".markdown"}, markdown},
}

// FormatNamed returns the format of the given name.
func FormatNamed(name string) (*Format, error) {
	for _, f := range Formats {
		if f.Name == name {
			return f, nil
		}
	}
	return nil, fmt.Errorf("no format %q%s", name, spelling.Meant(name, FormatNames(), "; the formats are "+strings.Join(FormatNames(), ", ")))
}

// FormatOf returns the format that the ending of a file's name asks for.
func FormatOf(file string) (*Format, error) {
	var format *Format
	longest := ""
	base := strings.ToLower(filepath.Base(file))
	for _, f := range Formats {
		for _, e := range f.endings {
			if strings.HasSuffix(base, e) && len(e) > len(longest) {
				format, longest = f, e
			}
		}
	}
	if format == nil {
		return nil, fmt.Errorf("no format ends in %q: write -o FORMAT:FILE; the formats are %s", filepath.Ext(base), strings.Join(FormatNames(), ", "))
	}
	return format, nil
}

// FormatNames returns the names of all formats.
func FormatNames() []string {
	var names []string
	for _, f := range Formats {
		names = append(names, f.Name)
	}
	return names
}
