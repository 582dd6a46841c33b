package report

import (
	"bytes"
	"encoding/xml"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
)

// repo makes a repository with a file, and returns a report of a run in the
// folder of that file.
func repo(t *testing.T) (r *Report, file string) {
	t.Helper()
	root := t.TempDir()
	dir := filepath.Join(root, "sub dir")
	file = filepath.Join(dir, "a,b.go")
	for _, d := range []string{filepath.Join(root, ".git"), dir} {
		if err := os.Mkdir(d, 0o777); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(file, []byte("package p\n\n/* åå */ func f() { r.Code }\n// end\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	f := finding(file, 3, 23, "result-unchecked")
	f.End.Column = 29
	f.Message = "100% r.Code:\nmore, & <more>"
	f.Package, f.Function, f.Fingerprint = "example/p", "f", "abc"
	f.Related = []Related{
		{Message: "origin", Pos: Position{file, 1, 1}, End: Position{file, 1, 8}},
		{Message: "judged", Pos: f.Pos, End: f.End},
		{Message: "end", Pos: Position{file, 4, 1}, End: Position{file, 4, 1}},
	}
	f.Fixes = []Fix{{Message: "fix it", Edits: []Edit{
		{File: file, Start: 0, End: 0, New: "// new\n"},
		{File: file, Start: 33, End: 39, New: "r.OK"},
	}}}
	known := finding(filepath.Join(root, "other.go"), 2, 0, "directive")
	known.Fingerprint = "def"
	known.Suppressed = &Suppression{Kind: "external", Justification: "known"}
	return &Report{Dir: dir, Version: "v1.2.3", Findings: []Finding{f, known}, Errors: []string{"no such package"}, Context: -1}, file
}

func printed(t *testing.T, format string, r *Report) string {
	t.Helper()
	f, err := FormatNamed(format)
	if err != nil {
		t.Fatal(err)
	}
	var buf bytes.Buffer
	if err := f.Print(&buf, r); err != nil {
		t.Fatal(err)
	}
	return buf.String()
}

func TestGitHub(t *testing.T) {
	r, _ := repo(t)
	want := "::error file=sub dir/a%2Cb.go,line=3,col=23,endLine=3,endColumn=29,title=result-unchecked::100%25 r.Code:%0Amore, & <more>\n"
	if got := printed(t, "github", r); got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	// Columns are for findings in a single line.
	r.Findings[0].End.Line = 4
	if got, want := printed(t, "github", r), "line=3,endLine=4,title="; !strings.Contains(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	r.Findings[0].End.Line = 3
	r.Findings[0].Pos.Column = 0
	if got, want := printed(t, "github", r), "line=3,title="; !strings.Contains(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestCheckstyle(t *testing.T) {
	r, file := repo(t)
	second := r.Findings[0]
	second.Pos.Column = 0
	third := finding("/elsewhere/c.go", 1, 1, "rule")
	r.Findings = []Finding{r.Findings[0], second, third}
	var got struct {
		XMLName xml.Name `xml:"checkstyle"`
		Files   []struct {
			Name   string `xml:"name,attr"`
			Errors []struct {
				Attrs []xml.Attr `xml:",any,attr"`
			} `xml:"error"`
		} `xml:"file"`
	}
	out := printed(t, "checkstyle", r)
	if err := xml.Unmarshal([]byte(out), &got); err != nil {
		t.Fatalf("%v in %s", err, out)
	}
	if len(got.Files) != 2 || got.Files[0].Name != filepath.Base(file) || got.Files[1].Name != "/elsewhere/c.go" {
		t.Fatalf("wrong files in %s", out)
	}
	var attrs []string
	for _, e := range got.Files[0].Errors {
		for _, a := range e.Attrs {
			attrs = append(attrs, a.Name.Local+"="+a.Value)
		}
	}
	message := "message=" + r.Findings[0].Message
	want := []string{
		"line=3", "column=23", "severity=error", message, "source=asynccheck.result-unchecked",
		"line=3", "severity=error", message, "source=asynccheck.result-unchecked",
	}
	if !slices.Equal(attrs, want) {
		t.Errorf("got  %q\nwant %q", attrs, want)
	}
}

// The log is read by another library than it is written by. Whether it is valid, the
// end-to-end tests ask: the library would add what is missing before it looked.
func TestSARIF(t *testing.T) {
	r, _ := repo(t)
	out := printed(t, "sarif", r)
	log, err := sarif.FromString(out)
	if err != nil {
		t.Fatal(err)
	}
	if len(log.Runs) != 1 || len(log.Runs[0].Results) != 2 {
		t.Fatalf("want one run with two results:\n%s", out)
	}
	run := log.Runs[0]
	res := run.Results[0]
	rule := run.Tool.Driver.Rules[res.RuleIndex]
	if *res.RuleID != "result-unchecked" || *rule.ID != *res.RuleID || !strings.Contains(*rule.Help.Markdown, "## ") {
		t.Errorf("rule %s at index %d of the rules: %+v", *res.RuleID, res.RuleIndex, rule)
	}
	if *run.Invocations[0].ExecutionSuccessful || *run.Invocations[0].ToolExecutionNotifications[0].Message.Text != "no such package" {
		t.Error("the error of a package is not said")
	}

	// Columns count characters, and URIs start at the root of the repository.
	where := res.Locations[0].PhysicalLocation
	if uri, base := *where.ArtifactLocation.URI, *where.ArtifactLocation.URIBaseID; uri != "sub%20dir/a,b.go" || base != srcroot {
		t.Errorf("location %s below %s", uri, base)
	}
	if root := *run.OriginalUriBaseIds[srcroot].URI; !strings.HasPrefix(root, "file:///") || !strings.HasSuffix(root, "/") {
		t.Errorf("root %s", root)
	}
	if reg := where.Region; *reg.StartLine != 3 || *reg.StartColumn != 21 || *reg.EndLine != 3 || *reg.EndColumn != 27 {
		t.Errorf("region %d:%d-%d:%d", *reg.StartLine, *reg.StartColumn, *reg.EndLine, *reg.EndColumn)
	}
	if res.PartialFingerprints["asynccheck/v1"] != "abc" {
		t.Errorf("fingerprints %v", res.PartialFingerprints)
	}

	var steps []string
	for _, l := range res.CodeFlows[0].ThreadFlows[0].Locations {
		steps = append(steps, *l.Location.Message.Text)
	}
	if want := []string{"origin", "judged", "end"}; !slices.Equal(steps, want) {
		t.Errorf("code flow %v, want %v", steps, want)
	}
	changes := res.Fixes[0].ArtifactChanges
	if len(changes) != 1 || len(changes[0].Replacements) != 2 {
		t.Fatalf("wrong fix: %+v", changes)
	}
	rep := changes[0].Replacements[1]
	if reg := rep.DeletedRegion; *rep.InsertedContent.Text != "r.OK" || *reg.StartLine != 3 || *reg.StartColumn != 21 || *reg.EndColumn != 27 {
		t.Errorf("wrong replacement: %+v", rep)
	}

	// Suppressions are known of all results, and that is said of each.
	if n := strings.Count(out, `"suppressions": [`); n != 2 {
		t.Errorf("%d results have suppressions, want 2", n)
	}
	known := run.Results[1]
	if s := known.Suppressions; len(s) != 1 || *s[0].Kind != "external" || *s[0].Justification != "known" {
		t.Errorf("suppressions %+v", s)
	}
	if len(known.CodeFlows) != 0 || known.Locations[0].PhysicalLocation.Region.StartColumn != nil {
		t.Errorf("a path or a column that nobody knows: %+v", known)
	}
}

// A path leads to the finding. Where it lies in another function, it starts there.
func TestPath(t *testing.T) {
	f := finding("a.go", 5, 1, "rule")
	if got := f.path(); got != nil {
		t.Errorf("path %v of nothing related", got)
	}
	f.Related = []Related{{Message: "callee", Pos: Position{"b.go", 1, 1}}}
	if got := f.path(); len(got) != 2 || got[0].Pos != f.Pos || got[1].Message != "callee" {
		t.Errorf("path %v, want the finding and its callee", got)
	}
	f.Related = append(f.Related, Related{Message: "around", Pos: Position{"a.go", 4, 1}, End: Position{"a.go", 6, 1}})
	if got := f.path(); len(got) != 2 || got[0].Message != "callee" {
		t.Errorf("path %v, want what is related", got)
	}
}

func TestFormatOf(t *testing.T) {
	for file, want := range map[string]string{
		"a.json": "json", "a/b.sarif": "sarif", "b.sarif.json": "sarif", "x.XML": "checkstyle", "r.txt": "text",
	} {
		if f, err := FormatOf(file); err != nil || f.Name != want {
			t.Errorf("%s: got %v, %v, want %s", file, f, err, want)
		}
	}
	for _, file := range []string{"report", "a.pdf", "sarif"} {
		if _, err := FormatOf(file); err == nil || !strings.Contains(err.Error(), "the formats are text, json, sarif") {
			t.Errorf("%s: got error %v, want a list of formats", file, err)
		}
	}
}
