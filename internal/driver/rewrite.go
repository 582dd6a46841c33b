package driver

import (
	"bytes"
	"go/format"
	"go/parser"
	"go/token"
	"slices"
	"strings"

	"github.com/asynccheck/asynccheck/internal/report"
)

// rewrite makes sorted, disjoint edits of a file. Lines end as they did before, and it is formatted only if it was:
// a fix changes nothing but what it is about.
func rewrite(old []byte, edits []report.Edit) ([]byte, error) {
	crlf := hasCRLF(old)
	if crlf {
		ends := strings.NewReplacer("\r\n", "\r\n", "\n", "\r\n")
		edits = slices.Clone(edits)
		for i := range edits {
			edits[i].New = ends.Replace(edits[i].New)
		}
	}
	text := apply(old, edits)
	if _, err := parser.ParseFile(token.NewFileSet(), "", text, parser.SkipObjectResolution); err != nil {
		return nil, err
	}
	if !formatted(old, crlf) {
		return text, nil
	}
	text, err := format.Source(text)
	if err == nil && crlf {
		text = bytes.ReplaceAll(text, []byte("\n"), []byte("\r\n"))
	}
	return text, err
}

// hasCRLF reports whether the first line ends in CRLF.
func hasCRLF(text []byte) bool {
	first, _, _ := bytes.Cut(text, []byte("\n"))
	return bytes.HasSuffix(first, []byte("\r"))
}

// formatted reports whether a file is as gofmt has it, whatever its lines end in. One whose lines end in
// different ways is not.
func formatted(text []byte, crlf bool) bool {
	if crlf {
		if bytes.Count(text, []byte("\r\n")) != bytes.Count(text, []byte("\n")) {
			return false
		}
		text = bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
	}
	want, err := format.Source(text)
	return err == nil && bytes.Equal(text, want)
}

// apply makes sorted, disjoint edits.
func apply(src []byte, edits []report.Edit) []byte {
	var out bytes.Buffer
	last := 0
	for _, e := range edits {
		out.Write(src[last:e.Start])
		out.WriteString(e.New)
		last = e.End
	}
	out.Write(src[last:])
	return out.Bytes()
}
