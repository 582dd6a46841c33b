package report

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
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
	f.Contract = "tencent.cloudapi2"
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

// The log says what the report does. The end-to-end tests check that it is valid, and that others can read it.
func TestSARIF(t *testing.T) {
	r, _ := repo(t)
	var log any
	if err := json.Unmarshal([]byte(printed(t, "sarif", r)), &log); err != nil {
		t.Fatal(err)
	}
	check := func(path, want string) {
		t.Helper()
		got, err := json.Marshal(at(log, path))
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != want {
			t.Errorf("%s:\ngot  %s\nwant %s", path, got, want)
		}
	}
	check("runs/*/results/*/ruleId", `[["result-unchecked","directive"]]`)
	rule := fmt.Sprintf("runs/0/tool/driver/rules/%v/", at(log, "runs/0/results/0/ruleIndex"))
	check(rule+"id", `"result-unchecked"`)

	// The error of a package is reported.
	check("runs/0/invocations/*/executionSuccessful", `[false]`)
	check("runs/0/invocations/*/toolExecutionNotifications/*/message/text", `[["no such package"]]`)

	// Columns count characters, and URIs start at the root of the repository. A column that nobody
	// knows is left out, and so is a path.
	check("runs/0/results/0/locations/*/physicalLocation",
		`[{"artifactLocation":{"uri":"sub%20dir/a,b.go","uriBaseId":"%SRCROOT%"},"region":{"endColumn":27,"endLine":3,"startColumn":21,"startLine":3}}]`)
	check("runs/0/results/1/locations/*/physicalLocation",
		`[{"artifactLocation":{"uri":"other.go","uriBaseId":"%SRCROOT%"},"region":{"startLine":2}}]`)
	check("runs/0/results/0/codeFlows/*/threadFlows/*/locations/*/location/message/text", `[[["origin","judged","end"]]]`)
	check("runs/0/results/1/codeFlows", `null`)

	check("runs/0/results/*/partialFingerprints", `[{"asynccheck/v1":"abc"},{"asynccheck/v1":"def"}]`)
	const replacements = "runs/0/results/0/fixes/*/artifactChanges/*/replacements/*/"
	check(replacements+"deletedRegion",
		`[[[{"endColumn":1,"endLine":1,"startColumn":1,"startLine":1},{"endColumn":27,"endLine":3,"startColumn":21,"startLine":3}]]]`)
	check(replacements+"insertedContent/text", `[[["// new\n","r.OK"]]]`)

	// A contract is a property and a tag.
	check("runs/0/results/*/properties", `[{"contract":"tencent.cloudapi2","tags":["tencent.cloudapi2"]},null]`)

	// Each result says whether it is suppressed, since some are.
	check("runs/0/results/*/suppressions", `[[],[{"justification":"known","kind":"external"}]]`)

	if help := fmt.Sprint(at(log, rule+"help/markdown")); !strings.Contains(help, "## ") {
		t.Errorf("help %s", help)
	}
	if root := fmt.Sprint(at(log, "runs/0/originalUriBaseIds/"+srcroot+"/uri")); !strings.HasPrefix(root, "file:///") || !strings.HasSuffix(root, "/") {
		t.Errorf("root %s", root)
	}
}

// at returns what a path of names and indices leads to in a JSON value, or nil. A star stands for all elements of a
// list.
func at(v any, path string) any {
	if path == "" {
		return v
	}
	key, rest, _ := strings.Cut(path, "/")
	switch v := v.(type) {
	case map[string]any:
		return at(v[key], rest)
	case []any:
		if key == "*" {
			all := make([]any, len(v))
			for i, e := range v {
				all[i] = at(e, rest)
			}
			return all
		}
		if i, err := strconv.Atoi(key); err == nil && i < len(v) {
			return at(v[i], rest)
		}
	}
	return nil
}

// A report says in each format what is open, and only SARIF says what is not.
func TestFormats(t *testing.T) {
	for _, format := range Formats {
		r, _ := repo(t)
		none := &Report{Dir: r.Dir, Packages: Counts{Analyzed: 1}}
		if got := printed(t, format.Name, none); strings.Contains(got, "directive") && format.Name != "sarif" {
			t.Errorf("%s: a report without findings has one:\n%s", format.Name, got)
		}
		r.Errors = nil
		if got := printed(t, format.Name, r); !strings.Contains(got, "result-unchecked") {
			t.Errorf("%s: no rule in\n%s", format.Name, got)
		} else if strings.Contains(got, "other.go") != (format.Name == "sarif") {
			t.Errorf("%s: the suppressed finding in\n%s", format.Name, got)
		}
	}
}

// The size of a report grows with the number of findings, and so does the time: see BenchmarkFormat.
func TestFormatsGrow(t *testing.T) {
	const n = 200
	for _, l := range layouts {
		once, twice, thrice := l.report(t, n), l.report(t, 2*n), l.report(t, 3*n)
		for _, format := range Formats {
			one, two, three := len(printed(t, format.Name, once)), len(printed(t, format.Name, twice)), len(printed(t, format.Name, thrice))
			if more := float64(three-two) / float64(two-one); more > 1.1 {
				t.Errorf("%s, %s: %d findings more take %d bytes, and the next %d take %d", format.Name, l.name, n, two-one, n, three-two)
			}
		}
	}
}

// People read the contract where they read the rule, unless it is a built-in one that is found by JSON members.
func TestContract(t *testing.T) {
	r, _ := repo(t)
	r.Findings = r.Findings[:1]
	f := &r.Findings[0]
	f.Message = "never checked"
	for _, test := range []struct{ contract, format, want string }{
		{"tencent.cloudapi2", "text", "never checked (result-unchecked)\n"},
		{"tencent.cloudapi2", "github", ",title=result-unchecked::never checked\n"},
		{"tencent.cloudapi2", "checkstyle", `message="never checked" source="asynccheck.result-unchecked"`},
		{"tencent.cloudapi2", "json", `"contract": "tencent.cloudapi2"`},
		{"tencent.cloudapi2", "html", `data-contract="tencent.cloudapi2"`},
		{"aws.sqs.SendMessageBatch", "text", "never checked (result-unchecked, aws.sqs.SendMessageBatch)\n"},
		{"aws.sqs.SendMessageBatch", "github", ",title=result-unchecked%2C aws.sqs.SendMessageBatch::never checked\n"},
		{"aws.sqs.SendMessageBatch", "checkstyle", `message="never checked (aws.sqs.SendMessageBatch)" source="asynccheck.result-unchecked"`},
		{"aws.sqs.SendMessageBatch", "html", `/docs/contracts/aws.sqs.SendMessageBatch.md"`},
		{"tencent.cloudapi2", "gitlab", `"description": "never checked",`},
		{"tencent.cloudapi2", "junit", `message="sub dir/a,b.go:3:23: never checked"`},
		{"tencent.cloudapi2", "rdjson", `"message": "never checked",`},
		{"tencent.cloudapi2", "ndjson", `"contract":"tencent.cloudapi2"`},
		{"aws.sqs.SendMessageBatch", "gitlab", `"description": "never checked (aws.sqs.SendMessageBatch)",`},
		{"aws.sqs.SendMessageBatch", "junit", `message="sub dir/a,b.go:3:23: never checked (aws.sqs.SendMessageBatch)"`},
		{"aws.sqs.SendMessageBatch", "rdjson", `"message": "never checked (aws.sqs.SendMessageBatch)",`},
		{"acme.push", "text", "never checked (result-unchecked, acme.push)\n"},
		{"acme.push", "html", `<input type="checkbox" value="acme.push" hidden>`},
	} {
		f.Contract = test.contract
		if got := printed(t, test.format, r); !strings.Contains(got, test.want) {
			t.Errorf("%s, %s: no %q in\n%s", test.contract, test.format, test.want, got)
		}
	}
}

// A path leads to the finding. If the path lies in another function, the finding comes first.
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
		"gl-code-quality-report.json": "gitlab", "out/junit.xml": "junit", "asynccheck.junit.xml": "junit", "a.rdjson": "rdjson",
		"a.ndjson": "ndjson", "a.jsonl": "ndjson", "code-quality.json": "json",
		"summary.md": "markdown",
	} {
		if f, err := FormatOf(file); err != nil || f.Name != want {
			t.Errorf("%s: got %v, %v, want %s", file, f, err, want)
		}
	}
	for _, file := range []string{"report", "a.pdf", "sarif"} {
		if _, err := FormatOf(file); err == nil || !strings.Contains(err.Error(), "the formats are text, full, json") {
			t.Errorf("%s: got error %v, want a list of formats", file, err)
		}
	}
}
