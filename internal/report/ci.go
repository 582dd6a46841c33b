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

// github prints workflow commands. GitHub makes annotations of the lines of a pull request from them.
func github(w io.Writer, r *Report) error {
	root := checkout.Root(r.Dir)
	var buf bytes.Buffer
	for _, f := range r.Unsuppressed() {
		fmt.Fprintf(&buf, "::error file=%s,line=%d", githubProperty(relSlash(root, f.Pos.File)), f.Pos.Line)
		// A range of columns is for a single line only.
		switch {
		case f.End.Line > f.Pos.Line:
			fmt.Fprintf(&buf, ",endLine=%d", f.End.Line)
		case f.Pos.Column > 0:
			fmt.Fprintf(&buf, ",col=%d,endLine=%d,endColumn=%d", f.Pos.Column, f.Pos.Line, max(f.End.Column, f.Pos.Column))
		}
		fmt.Fprintf(&buf, ",title=%s::%s\n", githubProperty(f.label()), githubData(f.Message))
	}
	_, err := w.Write(buf.Bytes())
	return err
}

var (
	githubData     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace
	githubProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C").Replace
)

// relSlash returns the name of a file with slashes, relative to dir if it is
// in it.
func relSlash(dir, file string) string {
	if rel, err := filepath.Rel(dir, file); err == nil && filepath.IsLocal(rel) {
		file = rel
	}
	return filepath.ToSlash(file)
}

// checkstyle prints the XML of Java's Checkstyle, which most CI servers read.
func checkstyle(w io.Writer, r *Report) error {
	type issue struct {
		Line     int    `xml:"line,attr"`
		Column   int    `xml:"column,attr,omitempty"`
		Severity string `xml:"severity,attr"`
		Message  string `xml:"message,attr"`
		Source   string `xml:"source,attr"`
	}
	type file struct {
		Name   string  `xml:"name,attr"`
		Issues []issue `xml:"error"`
	}
	doc := struct {
		XMLName xml.Name `xml:"checkstyle"`
		Version string   `xml:"version,attr"`
		Files   []file   `xml:"file"`
	}{Version: "4.3"}
	for _, f := range r.Unsuppressed() {
		name := relSlash(r.Dir, f.Pos.File)
		if n := len(doc.Files); n == 0 || doc.Files[n-1].Name != name {
			doc.Files = append(doc.Files, file{Name: name})
		}
		last := &doc.Files[len(doc.Files)-1]
		// Servers take what follows the last dot of the source for the rule.
		last.Issues = append(last.Issues, issue{f.Pos.Line, f.Pos.Column, "error", f.messageByContract(), "asynccheck." + f.Rule})
	}
	out, err := xml.MarshalIndent(doc, "", "\t")
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "%s%s\n", xml.Header, out)
	return err
}
