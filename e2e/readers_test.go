package e2e

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/joshdk/go-junit"
	"github.com/reviewdog/reviewdog/proto/rdf"
	"github.com/rogpeppe/go-internal/testscript"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"google.golang.org/protobuf/encoding/protojson"

	"github.com/asynccheck/asynccheck/internal/report"
)

// readers read reports as the programs do that they are for. They return what they have read of each finding.
var readers = map[string]func(text string) ([]string, error){
	"gitlab":   gitlabReads,
	"junit":    junitReads,
	"markdown": markdownReads,
	"ndjson":   ndjsonReads,
	"rdjson":   rdjsonReads,
}

// readElsewhere are formats without such a reader: people read them, or other tests do.
var readElsewhere = []string{"text", "full", "json", "sarif", "github", "checkstyle", "html"}

// reads checks that a reader of the format can read a file, and finds so many findings in it:
//
//	reads gitlab 2 gl-code-quality-report.json
func reads(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 || readers[args[0]] == nil {
		ts.Fatalf("usage: reads format findings file")
	}
	found, err := readers[args[0]](ts.ReadFile(args[2]))
	ts.Check(err)
	ts.Logf("%s", strings.Join(found, "\n"))
	if got := fmt.Sprint(len(found)); got != args[1] {
		ts.Fatalf("%s: %s findings, want %s", args[2], got, args[1])
	}
}

// codeQuality is what GitLab's documentation says of the file, at
// https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format. Its parser asks for less.
const codeQuality = `{
	"type": "array",
	"items": {
		"type": "object",
		"required": ["description", "check_name", "fingerprint", "severity", "location"],
		"additionalProperties": false,
		"properties": {
			"description": {"type": "string", "minLength": 1},
			"check_name": {"type": "string", "minLength": 1},
			"fingerprint": {"type": "string", "minLength": 1},
			"severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
			"location": {
				"type": "object",
				"required": ["path", "lines"],
				"properties": {
					"path": {"type": "string", "pattern": "^[^/]"},
					"lines": {"type": "object", "required": ["begin"], "properties": {"begin": {"type": "integer", "minimum": 1}}}
				}
			}
		}
	}
}`

// gitlabReads reads a Code Quality report. GitLab shows one finding for each fingerprint.
func gitlabReads(text string) ([]string, error) {
	if err := validate(codeQuality, text); err != nil {
		return nil, err
	}
	var issues []struct {
		Description, Fingerprint string
		CheckName                string `json:"check_name"`
		Location                 struct {
			Path  string
			Lines struct{ Begin int }
		}
	}
	if err := json.Unmarshal([]byte(text), &issues); err != nil {
		return nil, err
	}
	var found, seen []string
	for _, issue := range issues {
		if slices.Contains(seen, issue.Fingerprint) {
			return nil, fmt.Errorf("two findings have the fingerprint %s", issue.Fingerprint)
		}
		seen = append(seen, issue.Fingerprint)
		found = append(found, fmt.Sprintf("%s:%d: %s %s", issue.Location.Path, issue.Location.Lines.Begin, issue.CheckName, issue.Description))
	}
	return found, nil
}

// junitReads reads test cases: those that failed are findings. An error is one, too. It is wrong if two cases have the
// same names: servers take one for an earlier run of the other.
func junitReads(text string) ([]string, error) {
	suites, err := junit.Ingest([]byte(text))
	if err != nil {
		return nil, err
	}
	var found, seen []string
	for _, s := range suites {
		counts := map[string]int{"tests": s.Totals.Tests, "failures": s.Totals.Failed, "errors": s.Totals.Error}
		for name, n := range counts {
			if s.Properties[name] != fmt.Sprint(n) {
				return nil, fmt.Errorf("suite %s has %d %s, and says %q", s.Name, n, name, s.Properties[name])
			}
		}
		for _, c := range s.Tests {
			id := s.Name + " " + c.Classname + " " + c.Name
			if slices.Contains(seen, id) {
				return nil, fmt.Errorf("two test cases are %s", id)
			}
			seen = append(seen, id)
			if c.Status != junit.StatusPassed {
				found = append(found, fmt.Sprintf("%s: %s", c.Status, c.Message))
			}
		}
	}
	if len(seen) == 0 {
		return nil, errors.New("no test at all")
	}
	return found, nil
}

// markdownReads reads the rows of the table, as text, as a browser shows them.
func markdownReads(text string) ([]string, error) {
	var page bytes.Buffer
	if err := goldmark.New(goldmark.WithExtensions(extension.Table)).Convert([]byte(text), &page); err != nil {
		return nil, err
	}
	if !strings.HasPrefix(page.String(), "<h3>asynccheck: ") {
		return nil, errors.New("no heading")
	}
	var found []string
	for _, row := range regexp.MustCompile(`(?s)<tr>\n<td>.*?</tr>`).FindAllString(page.String(), -1) {
		if cells := strings.Count(row, "<td>"); cells != 3 {
			return nil, fmt.Errorf("%d cells in %s", cells, row)
		}
		found = append(found, html.UnescapeString(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(row, " ")))
	}
	return found, nil
}

// ndjsonReads reads lines.
func ndjsonReads(text string) ([]string, error) {
	var found []string
	for line := range strings.Lines(text) {
		var f report.Finding
		dec := json.NewDecoder(strings.NewReader(line))
		dec.DisallowUnknownFields()
		if err := dec.Decode(&f); err != nil {
			return nil, err
		}
		if dec.More() || !strings.HasSuffix(line, "}\n") {
			return nil, fmt.Errorf("not one finding: %s", line)
		}
		found = append(found, fmt.Sprintf("%s: %s %s", f.Pos, f.Rule, f.Message))
	}
	return found, nil
}

// rdjsonReads reads diagnostics.
func rdjsonReads(text string) ([]string, error) {
	result, err := diagnostics(text)
	if err != nil {
		return nil, err
	}
	var found []string
	for _, d := range result.GetDiagnostics() {
		start := d.GetLocation().GetRange().GetStart()
		found = append(found, fmt.Sprintf("%s:%d:%d: %s %s", d.GetLocation().GetPath(), start.GetLine(), start.GetColumn(), d.GetCode().GetValue(), d.GetMessage()))
	}
	return found, nil
}

// diagnostics reads a report into reviewdog's own messages, and checks it against its schema. Unlike reviewdog, it refuses
// what they don't have.
func diagnostics(text string) (*rdf.DiagnosticResult, error) {
	result := new(rdf.DiagnosticResult)
	dir, err := exec.Command("go", "list", "-f", "{{.Dir}}", reflect.TypeFor[rdf.DiagnosticResult]().PkgPath()).Output()
	if err != nil {
		return nil, err
	}
	schema, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(dir)), "jsonschema", "DiagnosticResult.json"))
	if err != nil {
		return nil, err
	}
	if err := validate(string(schema), text); err != nil {
		return nil, err
	}
	return result, protojson.Unmarshal([]byte(text), result)
}

// validate checks a text in JSON against a schema.
func validate(schema, text string) error {
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(schema))
	if err != nil {
		return err
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("schema.json", doc); err != nil {
		return err
	}
	s, err := c.Compile("schema.json")
	if err != nil {
		return err
	}
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		return err
	}
	return s.Validate(value)
}

// suggested makes all changes that a report for reviewdog suggests, as somebody does who accepts them:
//
//	suggested out.rdjson
func suggested(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: suggested file")
	}
	result, err := diagnostics(ts.ReadFile(args[0]))
	ts.Check(err)
	for _, d := range slices.Backward(result.GetDiagnostics()) { // positions are those before any change
		for _, s := range d.GetSuggestions() {
			file := ts.MkAbs(d.GetLocation().GetPath())
			text := accept(ts.ReadFile(file), s)
			ts.Check(os.WriteFile(file, []byte(text), 0o666))
		}
	}
}

// accept makes the change of a suggestion.
func accept(text string, s *rdf.Suggestion) string {
	lines := strings.SplitAfter(text, "\n")
	offset := func(p *rdf.Position) int {
		n := int(p.GetColumn()) - 1
		for _, line := range lines[:p.GetLine()-1] {
			n += len(line)
		}
		return n
	}
	return text[:offset(s.GetRange().GetStart())] + s.GetText() + text[offset(s.GetRange().GetEnd()):]
}

// hardReport has findings that are hard to write down.
func hardReport(t *testing.T) *report.Report {
	dir := t.TempDir()
	const source = "package p\n\n/* åå ]]> */ func f() { if r.Code > 0 {} } // \"\x00\xff\u2028\n}"
	file := filepath.Join(dir, "a <b>, c&d 'ö.go")
	writeFile(t, file, source)
	at := func(line, column int) report.Position { return report.Position{File: file, Line: line, Column: column} }
	edit := func(offset int, text string) report.Edit {
		return report.Edit{File: file, Start: offset, End: offset, New: text}
	}
	comparison := report.Finding{
		Rule: "result-unchecked", Contract: "aws.sqs.SendMessageBatch", Package: "example.com/p", URL: "https://example.com/#a&b",
		Message: "\"r.Code\" <> 0 && 'x':\r\n\t100% ]]> \x00\x1b[1m \xff \u2028 \ufffe ö",
		Pos:     at(3, 33), End: at(3, 43),
		Related: []report.Related{{Message: "", Pos: at(1, 1), End: at(1, 8)}, {Message: "<end>\n", Pos: at(4, 1), End: at(4, 2)}},
		Fixes:   []report.Fix{{Message: "fix", Edits: []report.Edit{edit(len(source), "\n// end")}}},
	}
	noColumn := report.Finding{Rule: "directive", Package: "example.com/p", Message: "no contract", Pos: at(2, 0), End: at(2, 0), URL: "https://example.com/"}
	elsewhere := noColumn
	elsewhere.Pos.File = filepath.Join(dir, "no\xff such", "y.y") // no such file
	findings := []report.Finding{comparison, comparison, noColumn, noColumn, elsewhere}
	report.AddFingerprints(findings)
	return &report.Report{Dir: dir, Version: "v1", Findings: findings, Packages: report.Counts{Analyzed: 1}}
}

// Programs read every finding, whatever it has in it.
func TestReaders(t *testing.T) {
	for _, name := range report.FormatNames() {
		if readers[name] == nil && !slices.Contains(readElsewhere, name) {
			t.Errorf("no reader of %s", name)
		}
	}
	r := hardReport(t)
	none := &report.Report{Dir: r.Dir, Packages: report.Counts{Analyzed: 1}}
	broken := &report.Report{Dir: r.Dir, Errors: []string{"a.go:1:2: <&\xff\x00", "b.go:1:1: undefined"}}
	for name, read := range readers {
		format, err := report.FormatNamed(name)
		if err != nil {
			t.Fatal(err)
		}
		errors := 0
		if name == "junit" {
			errors = 1
		}
		for _, test := range []struct {
			what string
			r    *report.Report
			want int
		}{{"hard findings", r, len(r.Findings)}, {"no findings", none, 0}, {"errors", broken, errors}} {
			var text strings.Builder
			if err := format.Print(&text, test.r); err != nil {
				t.Errorf("%s, %s: %v", name, test.what, err)
				continue
			}
			found, err := read(text.String())
			if err != nil || len(found) != test.want {
				t.Errorf("%s, %s: read %q, %v, want %d findings in\n%s", name, test.what, found, err, test.want, text.String())
			}
			for _, f := range found {
				t.Logf("%s: %q", name, f)
				if test.r == r && !strings.Contains(f, "r.Code\" <> 0 && 'x':") && !strings.Contains(f, "no contract") {
					t.Errorf("%s: no message in %q", name, f)
				}
			}
		}
	}
}

// The readers must be able to say no: otherwise they would show nothing.
func TestReadersRefuse(t *testing.T) {
	const issue = `{"description": "d", "check_name": "c", "fingerprint": "f", "severity": "major", "location": {"path": "a.go", "lines": {"begin": 1}}}`
	for _, test := range []struct{ format, text string }{
		{"gitlab", ""},
		{"gitlab", "{}"},
		{"gitlab", "[" + issue + "," + issue + "]"},
		{"gitlab", "[" + strings.Replace(issue, "a.go", "/a.go", 1) + "]"},
		{"gitlab", "[" + strings.Replace(issue, "major", "error", 1) + "]"},
		{"junit", `<testsuites></testsuites>`},
		{"junit", `<testsuites><testsuite name="a" tests="2" failures="0" errors="0"><testcase name="b"/></testsuite></testsuites>`},
		{"junit", `<testsuites><testsuite name="a" tests="2" failures="0" errors="0"><testcase name="b"/><testcase name="b"/></testsuite></testsuites>`},
		{"markdown", "| where | finding | rule |\n|---|---|---|\n"},
		{"markdown", "### asynccheck: 1 finding\n\n| where | finding |\n|---|---|\n| a | b |\n"},
		{"ndjson", "[]\n"},
		{"ndjson", `{"rules": "x"}` + "\n"},
		{"rdjson", `{"diagnostics": [{"massage": "a"}]}`},
		{"rdjson", `{"diagnostics": [{"severity": "MAJOR"}]}`},
		{"rdjson", `{"diagnostics": [{"location": {"path": 1}}]}`},
	} {
		if found, err := readers[test.format](test.text); err == nil {
			t.Errorf("%s: read %q in %s", test.format, found, test.text)
		}
	}
}
