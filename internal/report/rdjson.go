package report

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/asynccheck/asynccheck/internal/project"
)

// The types are messages of reviewdog's diagnostic format, as reviewdog.proto has them. Columns count bytes.
type (
	rdfDiagnostic struct {
		Message     string          `json:"message"`
		Location    rdfLocation     `json:"location"`
		Severity    string          `json:"severity"`
		Code        rdfCode         `json:"code"`
		Suggestions []rdfSuggestion `json:"suggestions,omitempty"`
		Related     []rdfRelated    `json:"related_locations,omitempty"`
	}
	rdfLocation struct {
		Path  string   `json:"path"`
		Range rdfRange `json:"range"`
	}
	rdfRange struct {
		Start rdfPosition  `json:"start"`
		End   *rdfPosition `json:"end,omitempty"`
	}
	rdfPosition struct {
		Line   int `json:"line"`
		Column int `json:"column,omitempty"`
	}
	rdfCode struct {
		Value string `json:"value"`
		URL   string `json:"url,omitempty"`
	}
	rdfSuggestion struct {
		Range rdfRange `json:"range"`
		Text  string   `json:"text"`
	}
	rdfRelated struct {
		Message  string      `json:"message,omitempty"`
		Location rdfLocation `json:"location"`
	}
)

// maxSuggested is the number of lines that a suggestion replaces at most. A pull request shows a suggestion only if it
// shows all of these lines, and text between the edits of a fix would be in the report once more for each finding.
const maxSuggested = 40

// rdjson prints a DiagnosticResult for reviewdog. It takes names of files as seen from where it runs.
func rdjson(w io.Writer, r *Report) error {
	if _, err := fmt.Fprintf(w, "{\n\t\"source\": {\"name\": \"asynccheck\", \"url\": %q},\n\t\"diagnostics\": ", project.Home); err != nil {
		return err
	}
	src := newSources(r.Analyzed)
	if err := jsonArray(w, "\t", r.Unsuppressed(), func(f Finding) any { return r.rdfDiagnostic(f, src) }); err != nil {
		return err
	}
	_, err := io.WriteString(w, "}\n")
	return err
}

func (r *Report) rdfDiagnostic(f Finding, src sources) rdfDiagnostic {
	d := rdfDiagnostic{
		Message:  f.messageByContract(),
		Location: r.rdfLocation(f.Pos, f.End),
		Severity: "ERROR",
		Code:     rdfCode{f.Rule, f.URL},
	}
	for _, fix := range f.Fixes {
		if s, ok := src.suggestion(fix, f.Pos.File); ok {
			d.Suggestions = append(d.Suggestions, s)
		}
	}
	for _, rel := range f.Related {
		d.Related = append(d.Related, rdfRelated{rel.Message, r.rdfLocation(rel.Pos, rel.End)})
	}
	return d
}

func (r *Report) rdfLocation(pos, end Position) rdfLocation {
	l := rdfLocation{relSlash(r.Dir, pos.File), rdfRange{Start: rdfPosition{pos.Line, pos.Column}}}
	if pos.Column > 0 && end.Column > 0 && end.File == pos.File && end.Line >= pos.Line {
		l.Range.End = &rdfPosition{end.Line, end.Column}
	}
	return l
}

// suggestion makes one replacement of a fix: people accept suggestions one by one, and a fix must be made as a whole. It
// reports whether it could. All edits must be in the file of the finding, and near to each other.
func (s sources) suggestion(fix Fix, file string) (rdfSuggestion, bool) {
	old := s.file(file).text
	edits, ok := s.file(file).ordered(fix.Edits)
	if !ok || len(edits) == 0 || slices.ContainsFunc(edits, func(e Edit) bool { return e.File != file }) {
		return rdfSuggestion{}, false
	}
	at := edits[0].Start
	start, end := s.position(file, at), s.position(file, edits[len(edits)-1].End)
	if end.Line-start.Line >= maxSuggested {
		return rdfSuggestion{}, false
	}
	var text strings.Builder
	for _, e := range edits {
		text.WriteString(old[at:e.Start])
		text.WriteString(e.New)
		at = e.End
	}
	return rdfSuggestion{
		Range: rdfRange{rdfPosition{start.Line, start.Column}, &rdfPosition{end.Line, end.Column}},
		Text:  text.String(),
	}, utf8.ValidString(text.String())
}
