package driver

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/asynccheck/asynccheck/internal/report"
)

// rewrite makes sorted, disjoint edits of a file. It keeps the line ends, and formats only a file that was formatted: a
// fix changes nothing else.
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
	if err := verify(old, text); err != nil {
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

// verify returns an error if a fixed file would not compile, as far as that shows without types: it doesn't parse, or
// an import is no longer used.
func verify(old, text []byte) error {
	before, err := parser.ParseFile(token.NewFileSet(), "", old, parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	fset := token.NewFileSet()
	after, err := parser.ParseFile(fset, "", text, parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	was, is := selected(before), selected(after)
	for _, imp := range after.Imports {
		importPath, _ := strconv.Unquote(imp.Path.Value)
		name := path.Base(importPath) // a guess; if it is wrong, the import looks unused before the fix, too
		if imp.Name != nil {
			name = imp.Name.Name
		}
		if was[name] && !is[name] {
			return fmt.Errorf("%d: %s is imported and not used", fset.Position(imp.Pos()).Line, importPath)
		}
	}
	return nil
}

// selected returns the names x of all x.y in a file.
func selected(file *ast.File) map[string]bool {
	names := make(map[string]bool)
	ast.Inspect(file, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			if id, ok := sel.X.(*ast.Ident); ok {
				names[id.Name] = true
			}
		}
		return true
	})
	return names
}

// hasCRLF reports whether the first line ends in CRLF.
func hasCRLF(text []byte) bool {
	first, _, _ := bytes.Cut(text, []byte("\n"))
	return bytes.HasSuffix(first, []byte("\r"))
}

// formatted reports whether a file is as gofmt has it, with any line ends. A file with mixed line ends is not.
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
