package driver

import (
	"strings"
	"testing"

	"github.com/asynccheck/asynccheck/internal/report"
)

// A file that doesn't parse, or that has an unused import, is an error: this shows without types.
func TestRewriteFails(t *testing.T) {
	const src = "package a\n\nimport \"example/codes\"\n\nvar ok, bad = codes.OK, codes.Failed\n"
	replaceAll := func(names ...string) error {
		var edits []report.Edit
		for _, name := range names {
			at := strings.Index(src, name)
			edits = append(edits, replace(at, at+len(name), "0"))
		}
		_, err := rewrite([]byte(src), edits)
		return err
	}
	if err := replaceAll("codes.OK"); err != nil {
		t.Error(err)
	}
	if err := replaceAll("codes.OK", "codes.Failed"); err == nil || err.Error() != "3: example/codes is imported and not used" {
		t.Errorf("got error %v, want that of the import", err)
	}
	if err := replaceAll("ok"); err == nil {
		t.Error("no error for what is no Go")
	}
}

// A file keeps its line ends, and is formatted only if it was before.
func TestRewrite(t *testing.T) {
	const (
		plain = "package a\n\nvar x = `a\nb`\n"
		loose = "package a\nvar  x = 1\n"
	)
	crlf := func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") }
	for _, test := range []struct {
		name, old, find, new, want string
	}{
		{"formatted", plain, "x ", "y\t=  1\n\nvar x ", "package a\n\nvar y = 1\n\nvar x = `a\nb`\n"},
		{"not formatted", loose, "1", "2", "package a\nvar  x = 2\n"},
		{"CRLF", crlf(plain), "x ", "y\t=  1\n\nvar x ", crlf("package a\n\nvar y = 1\n\nvar x = `a\nb`\n")},
		{"CRLF, copied", crlf(plain), "x ", "y\t=  1\r\n\r\nvar x ", crlf("package a\n\nvar y = 1\n\nvar x = `a\nb`\n")},
		{"CRLF, not formatted", crlf(loose), "1", "2 // two\n", crlf("package a\nvar  x = 2 // two\n\n")},
		{"mixed", "package a\r\n\nvar x = 1\n", "1", "2", "package a\r\n\nvar x = 2\n"},
	} {
		at := strings.Index(test.old, test.find)
		got, err := rewrite([]byte(test.old), []report.Edit{replace(at, at+len(test.find), test.new)})
		if err != nil || string(got) != test.want {
			t.Errorf("%s: got %q, %v; want %q", test.name, got, err, test.want)
		}
	}
}
