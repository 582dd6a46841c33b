package report

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const original = `package p

func (c *Client) Stop(ids ...string) error {
	var r Batch
	if err := c.call(func() { c.n++ }, ids, &r); err != nil {
		return err
	}
	if r.Code == 5100 { // all
		return errFailed
	}
	if r.Code == 5100 {
		return errFailed
	}
	return nil
}

func Other() { _ = other.Member }
`

// marks puts a finding where each text stands.
func marks(t *testing.T, file, source string, texts ...string) []Finding {
	t.Helper()
	var findings []Finding
	for _, text := range texts {
		at := -1
		for {
			next := strings.Index(source[at+1:], text)
			if next < 0 {
				break
			}
			at += 1 + next
			before := source[:at]
			pos := Position{file, strings.Count(before, "\n") + 1, at - strings.LastIndex(before, "\n")}
			end := pos
			end.Column += len(text)
			findings = append(findings, Finding{Rule: "rule", Package: "example/p", Pos: pos, End: end})
		}
		if at < 0 {
			t.Fatalf("no %q in the source", text)
		}
	}
	return Sort(findings)
}

// prints identifies the findings in a source, and returns their fingerprints.
func prints(t *testing.T, name, source string, texts ...string) []string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, []byte(source), 0o666); err != nil {
		t.Fatal(err)
	}
	findings := marks(t, file, source, texts...)
	AddFingerprints(findings)
	var out []string
	for _, f := range findings {
		if len(f.Fingerprint) != 32 {
			t.Errorf("fingerprint %q", f.Fingerprint)
		}
		out = append(out, f.Fingerprint)
	}
	return out
}

func TestFingerprints(t *testing.T) {
	texts := []string{"c.call(", "r.Code", "other.Member"}
	want := prints(t, "p.go", original, texts...)
	if len(want) != 4 {
		t.Fatalf("%d findings, want 4", len(want))
	}
	if sorted := slices.Sorted(slices.Values(want)); len(slices.Compact(sorted)) != 4 {
		t.Errorf("findings share a fingerprint: %q", want)
	}
	replaced := func(old, new string) string {
		s := strings.ReplaceAll(original, old, new)
		if s == original {
			t.Fatalf("no %q in the source", old)
		}
		return s
	}
	stop := original[strings.Index(original, "func (c"):strings.Index(original, "func Other")]
	for _, test := range []struct{ name, file, source string }{
		{"lines inserted", "p.go", replaced("\tvar r", "\n\n\t// A batch.\n\tvar r")},
		{"renamed file", "q.go", original},
		{"reformatted", "p.go", replaced("r.Code == 5100 {", "r.Code==5100{")},
		{"broken into lines", "p.go", replaced("}, ids, &r);", "},\n\t\tids,\n\t\t&r,\n\t);")},
		{"comment", "p.go", replaced("// all", "// all of them failed")},
		{"body changed", "p.go", replaced("return errFailed", "return errors.New(r.Message)")},
		{"literal changed", "p.go", replaced("c.n++", "c.n += 2")},
		{"others moved", "p.go", "package p\n\nfunc New() {}\n\n" + stop + "func Other() { _ = other.Member }\n"},
		{"carriage returns", "p.go", strings.ReplaceAll(original, "\n", "\r\n")},
	} {
		if got := prints(t, test.file, test.source, texts...); !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", test.name, got, want)
		}
	}
	moved := "package p\n\nfunc Other() { _ = other.Member }\n\n" + stop
	if got := prints(t, "p.go", moved, texts...); !slices.Equal(got, append(slices.Clone(want[3:]), want[:3]...)) {
		t.Errorf("moved: got %q, want the last of %q first", got, want)
	}

	for _, test := range []struct{ name, source string }{
		{"another comparison", replaced("r.Code == 5100", "r.Code == 5400")},
		{"another function", replaced("Stop(", "Start(")},
		{"another receiver", replaced("*Client", "*Server")},
	} {
		got := prints(t, "p.go", test.source, texts...)
		if got[1] == want[1] || got[2] == want[2] {
			t.Errorf("%s: the fingerprints of r.Code stay %q", test.name, got)
		}
		if got[3] != want[3] {
			t.Errorf("%s: the fingerprint in Other changed", test.name)
		}
	}
}

func TestFingerprintsFunction(t *testing.T) {
	for _, test := range []struct{ source, text, want string }{
		{original, "r.Code", "(*Client).Stop"},
		{original, "other.Member", "Other"},
		{"package p\n\nvar check = func(r R) bool { return r.Code > 0 }\n", "r.Code", "check"},
		{"package p\n\nfunc (l List[T]) Do() { l.x() }\n", "l.x", "List[T].Do"},
		{"package p\n\n//asynccheck:response x\ntype T struct{}\n", "//asynccheck:response x", ""},
		{"%token x\n", "x", ""}, // yacc's, named by a //line directive
	} {
		file := filepath.Join(t.TempDir(), "p.go")
		if err := os.WriteFile(file, []byte(test.source), 0o666); err != nil {
			t.Fatal(err)
		}
		findings := marks(t, file, test.source, test.text)[:1]
		AddFingerprints(findings)
		if findings[0].Function != test.want || findings[0].Fingerprint == "" {
			t.Errorf("%q in %s: function %q, want %q", test.text, test.source, findings[0].Function, test.want)
		}
	}
}

// Findings are told apart even without their file.
func TestFingerprintsNowhere(t *testing.T) {
	findings := []Finding{finding("/no/such/file.go", 1, 1, "x"), finding("/no/such/file.go", 2, 1, "x"), finding("/no/such/file.go", -1, 0, "y")}
	AddFingerprints(findings)
	if findings[0].Fingerprint == findings[1].Fingerprint || findings[1].Fingerprint == findings[2].Fingerprint || findings[2].Fingerprint == "" {
		t.Errorf("fingerprints %+v", findings)
	}
}
