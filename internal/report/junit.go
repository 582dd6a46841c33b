package report

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/asynccheck/asynccheck/internal/checkout"
)

// A junitSuite is a list of test cases. It has no other attributes than all schemas of JUnit's format allow.
type junitSuite struct {
	Name     string      `xml:"name,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Errors   int         `xml:"errors,attr"`
	Cases    []junitCase `xml:"testcase"`
}

// A junitCase is a test. Servers know one from an earlier run by the names of its suite, its class and itself.
type junitCase struct {
	Class   string       `xml:"classname,attr"`
	Name    string       `xml:"name,attr"`
	Failure *junitResult `xml:"failure"`
	Error   *junitResult `xml:"error"`
	Out     string       `xml:"system-out,omitempty"`
}

// A junitResult says why a test failed. Some servers show the message and some the text, so each must be enough.
type junitResult struct {
	Type    string `xml:"type,attr"`
	Message string `xml:"message,attr"`
	Text    string `xml:",chardata"`
}

// junit prints test cases: one for the analysis, which passes unless a package has an error, and one that failed for each
// finding. The suites are packages.
func junit(w io.Writer, r *Report) error {
	suites := append([]*junitSuite{r.junitAnalysis()}, r.junitSuites()...)
	doc := struct {
		XMLName  xml.Name      `xml:"testsuites"`
		Name     string        `xml:"name,attr"`
		Tests    int           `xml:"tests,attr"`
		Failures int           `xml:"failures,attr"`
		Errors   int           `xml:"errors,attr"`
		Suites   []*junitSuite `xml:"testsuite"`
	}{Name: "asynccheck", Suites: suites}
	for _, s := range suites {
		doc.Tests += s.Tests
		doc.Failures += s.Failures
		doc.Errors += s.Errors
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	enc := xml.NewEncoder(w)
	enc.Indent("", "\t")
	if err := enc.Encode(doc); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

// junitAnalysis returns the suite that says what was analyzed. Servers take a document without any test for a job that
// went wrong.
func (r *Report) junitAnalysis() *junitSuite {
	c := junitCase{Class: "asynccheck", Name: "analysis", Out: r.Packages.String()}
	s := &junitSuite{Name: "asynccheck", Tests: 1}
	if len(r.Errors) > 0 {
		s.Errors = 1
		c.Error = &junitResult{"error", r.Errors[0], strings.Join(r.Errors, "\n")}
	}
	s.Cases = []junitCase{c}
	return s
}

// junitSuites returns the suites of findings.
func (r *Report) junitSuites() []*junitSuite {
	var suites []*junitSuite
	byPackage := make(map[string]*junitSuite)
	root := checkout.Root(r.Dir)
	text := textPrinter{Text{Dir: root}, terminal(io.Discard), newSources(r.Analyzed)}
	numbers := make(map[[2]string]int) // of test cases with the same class and name
	for _, f := range r.Unsuppressed() {
		s := byPackage[f.Package]
		if s == nil {
			s = &junitSuite{Name: f.Package}
			byPackage[f.Package] = s
			suites = append(suites, s)
		}
		name := f.junitName()
		id := [2]string{f.Package, name}
		if numbers[id]++; numbers[id] > 1 {
			name = fmt.Sprintf("%s #%d", name, numbers[id])
		}
		var buf bytes.Buffer
		text.finding(&buf, f)
		s.Tests++
		s.Failures++
		s.Cases = append(s.Cases, junitCase{Class: f.Package, Name: name, Failure: &junitResult{
			Type:    f.Rule,
			Message: fmt.Sprintf("%s: %s", text.position(f.Pos), f.messageByContract()),
			Text:    buf.String(),
		}})
	}
	return suites
}

// junitName names the test case of a finding. It has no line, so that it stays the same where lines shift.
func (f Finding) junitName() string {
	place := f.Function
	if place == "" {
		place = filepath.Base(f.Pos.File)
	}
	return f.Rule + " in " + place
}
