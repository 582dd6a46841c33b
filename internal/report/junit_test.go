package report

import (
	"encoding/xml"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

// junitDoc reads a document. It returns a line for each suite, and an indented one for each of its cases.
func junitDoc(t *testing.T, text string) (all junitSuite, outline string) {
	t.Helper()
	var doc struct {
		XMLName xml.Name `xml:"testsuites"`
		junitSuite
		Suites []junitSuite `xml:"testsuite"`
	}
	if err := xml.Unmarshal([]byte(text), &doc); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	var out strings.Builder
	for _, s := range doc.Suites {
		fmt.Fprintf(&out, "%s %d/%d/%d\n", s.Name, s.Tests, s.Failures, s.Errors)
		for _, c := range s.Cases {
			result := "passed"
			switch {
			case c.Error != nil:
				result = fmt.Sprintf("error %q %q", c.Error.Message, c.Error.Text)
			case c.Failure != nil:
				result = fmt.Sprintf("%s %q %q", c.Failure.Type, c.Failure.Message, c.Failure.Text)
			}
			fmt.Fprintf(&out, "\t%s, %s: %s\n", c.Class, c.Name, result)
			all.Cases = append(all.Cases, c)
		}
	}
	all.Tests, all.Failures, all.Errors = doc.Tests, doc.Failures, doc.Errors
	return all, out.String()
}

func TestJUnit(t *testing.T) {
	r, _ := repo(t)
	r.Errors = append(r.Errors, "b.go:1:2: invalid \"\xff\"")
	f := &r.Findings[0]
	f.Related = f.Related[:1]
	same := *f // two findings of a rule in a function have two names
	same.Pos.Line, same.Related = 4, nil
	other := finding(filepath.Join(filepath.Dir(r.Dir), "c.go"), 1, 0, "directive") // no function has it, and the file is gone
	other.Package = "example"
	r.Findings = append(r.Findings, same, other)
	all, outline := junitDoc(t, printed(t, "junit", r))
	want := `asynccheck 1/0/1
	asynccheck, analysis: error "no such package" "no such package\nb.go:1:2: invalid \"�\""
example/p 2/2/0
	example/p, result-unchecked in f: result-unchecked "sub dir/a,b.go:3:23: 100% r.Code:\nmore, & <more>" "sub dir/a,b.go:3:23: 100% r.Code:\nmore, & <more> (result-unchecked)\n\t3 | /* åå */ func f() { r.Code }\n\t  |                     ^^^^^^\n\tsub dir/a,b.go:1:1: origin\n"
	example/p, result-unchecked in f #2: result-unchecked "sub dir/a,b.go:4:23: 100% r.Code:\nmore, & <more>" "sub dir/a,b.go:4:23: 100% r.Code:\nmore, & <more> (result-unchecked)\n\t4 | // end\n\t  |       ^\n"
example 1/1/0
	example, directive in c.go: directive "c.go:1: message" "c.go:1: message (directive)\n"
`
	if outline != want {
		t.Errorf("got\n%swant\n%s", outline, want)
	}
	if all.Tests != 4 || all.Failures != 3 || all.Errors != 1 {
		t.Errorf("%d tests, %d failures, %d errors, want 4, 3, 1", all.Tests, all.Failures, all.Errors)
	}
}

// A run without findings has a test that passed, and says what was analyzed.
func TestJUnitClean(t *testing.T) {
	all, outline := junitDoc(t, printed(t, "junit", &Report{Dir: t.TempDir(), Packages: Counts{Analyzed: 12, Failed: 1}}))
	if want := "asynccheck 1/0/0\n\tasynccheck, analysis: passed\n"; outline != want {
		t.Errorf("got\n%swant\n%s", outline, want)
	}
	if got, want := all.Cases[0].Out, "12 packages analyzed, 1 not analyzed because of errors"; got != want {
		t.Errorf("output %q, want %q", got, want)
	}
}
