package report

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

func TestBaseline(t *testing.T) {
	a, b, c := finding("a.go", 1, 1, "rule"), finding("a.go", 2, 1, "rule"), finding("b.go", 1, 1, "rule")
	a.Package, b.Package, c.Package = "example/a", "example/a", "example/b"
	a.Fingerprint, b.Fingerprint, c.Fingerprint = "aa", "bb", "cc"
	a.Message = "r.Code > 0 after line 30, but done at the return on line 32, not in a.go:33 or before line 34"
	inSource := finding("b.go", 3, 1, "rule")
	inSource.Suppressed = &Suppression{Kind: "inSource"}

	file := filepath.Join(t.TempDir(), "baseline.json")
	n, err := WriteBaseline(file, []Finding{c, inSource, b, a}, nil)
	if err != nil || n != 3 {
		t.Fatalf("%d written, %v", n, err)
	}
	first, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(first), "r.Code > 0, but done at the return, not in a.go or\"") {
		t.Errorf("the message is escaped, or has a line:\n%s", first)
	}
	// The order is that of the file, not of the findings.
	if _, err := WriteBaseline(file, []Finding{a, b, c}, nil); err != nil {
		t.Fatal(err)
	}
	if again, err := os.ReadFile(file); err != nil || string(again) != string(first) {
		t.Errorf("%v; in another order\n%s\nwant\n%s", err, again, first)
	}

	base, err := ReadBaseline(file)
	if err != nil {
		t.Fatal(err)
	}
	fresh := finding("a.go", 9, 1, "rule")
	fresh.Fingerprint = "new"
	findings := []Finding{a, fresh}
	gone, _ := base.Missing(findings, looked(packages{"example/a"}, Settings{Rules: map[string]bool{"rule": true}, Usual: true}))
	base.Suppress(findings)
	if len(gone) != 1 || gone[0].Fingerprint != "bb" {
		t.Errorf("gone %v, want b: a was found, and c's package was not analyzed", gone)
	}
	if s := findings[0].Suppressed; s == nil || s.Kind != External || !strings.Contains(s.Justification, file) {
		t.Errorf("a is not suppressed: %+v", s)
	}
	if findings[1].Suppressed != nil {
		t.Error("a new finding is suppressed")
	}
	r := Report{Findings: findings}
	if got := r.Unsuppressed(); !reflect.DeepEqual(got, []Finding{fresh}) {
		t.Errorf("unsuppressed %v", got)
	}
}

func TestBaselineFails(t *testing.T) {
	const head = "{\n\t\"tool\": \"asynccheck\",\n\t\"version\": 1,\n\t\"findings\": [\n"
	for _, test := range []struct{ name, content, want string }{
		{"empty", "", ":1:1: not a baseline: unexpected EOF"},
		{"cut short", head, ":5:1: not a baseline: unexpected EOF"},
		{"conflict", head + "<<<<<<< HEAD\n", ":5:1: not a baseline: invalid character '<'"},
		{"wrong type", head + "\t\t{\"rule\": 5}\n\t]\n}\n", ":5:12: not a baseline: json: cannot unmarshal number"},
		{"unknown member", head + "\t\t{\"rul\": \"x\"}\n\t]\n}\n", ": not a baseline: json: unknown field \"rul\""},
		{"no fingerprint", head + "\t\t{\"rule\": \"x\", \"fingerprint\": \"f\"},\n\t\t{\"rule\": \"y\"}\n\t]\n}\n", ":6:3: not a baseline: a finding has no fingerprint"},
		{"twice", head + "]}\n{}", ":6:1: not a baseline: something follows its end"},
		{"an array", "[]", ":1:1: not a baseline: json: cannot unmarshal array"},
		{"another tool", `{"tool": "other", "version": 1, "findings": []}`, ": not a baseline of asynccheck: its tool is \"other\""},
		{"no version", `{"tool": "asynccheck", "findings": []}`, ": the baseline has no format version"},
		{"newer", `{"tool": "asynccheck", "version": 3, "entries": {}}`, ": the baseline has format version 3, and this asynccheck knows 2"},
	} {
		file := filepath.Join(t.TempDir(), "baseline.json")
		if err := os.WriteFile(file, []byte(test.content), 0o666); err != nil {
			t.Fatal(err)
		}
		if _, err := ReadBaseline(file); err == nil || !strings.HasPrefix(err.Error(), file) || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: got error %v, want %s", test.name, err, test.want)
		}
	}
	if _, err := ReadBaseline(filepath.Join(t.TempDir(), "missing.json")); err == nil || !strings.Contains(err.Error(), "missing.json") {
		t.Errorf("got error %v, want one about the missing file", err)
	}
}
