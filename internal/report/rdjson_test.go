package report

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// The result says what the report does. The end-to-end tests check that reviewdog can read it.
func TestRDJSON(t *testing.T) {
	r, file := repo(t)
	noColumn := finding(file, 2, 0, "directive")
	r.Findings = append(r.Findings, noColumn)
	var result any
	if err := json.Unmarshal([]byte(printed(t, "rdjson", r)), &result); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		"source":                                     `{"name":"asynccheck","url":"https://github.com/asynccheck/asynccheck"}`,
		"diagnostics/*/message":                      `["100% r.Code:\nmore, \u0026 \u003cmore\u003e","message"]`,
		"diagnostics/*/severity":                     `["ERROR","ERROR"]`,
		"diagnostics/*/code":                         `[{"url":"https://example.com/","value":"result-unchecked"},{"url":"https://example.com/","value":"directive"}]`,
		"diagnostics/0/location":                     `{"path":"a,b.go","range":{"end":{"column":29,"line":3},"start":{"column":23,"line":3}}}`,
		"diagnostics/1/location":                     `{"path":"a,b.go","range":{"start":{"line":2}}}`,
		"diagnostics/0/suggestions/*":                `[{"range":{"end":{"column":29,"line":3},"start":{"column":1,"line":1}},"text":"// new\npackage p\n\n/* åå */ func f() { r.OK"}]`,
		"diagnostics/1/suggestions":                  `null`,
		"diagnostics/0/related_locations/*/message":  `["origin","judged","end"]`,
		"diagnostics/0/related_locations/2/location": `{"path":"a,b.go","range":{"end":{"column":1,"line":4},"start":{"column":1,"line":4}}}`,
	} {
		got, err := json.Marshal(at(result, path))
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != want {
			t.Errorf("%s:\ngot  %s\nwant %s", path, got, want)
		}
	}
	if got := printed(t, "rdjson", &Report{}); !strings.Contains(got, `"diagnostics": []`) {
		t.Errorf("no findings print %s, want an empty list", got)
	}
}

// A fix is one replacement, or nothing.
func TestSuggestion(t *testing.T) {
	const text = "åb\r\ncd"
	long := strings.Repeat("\n", maxSuggested)
	edit := func(start, end int, text string) Edit { return Edit{"a.go", start, end, text} }
	for _, test := range []struct {
		name, text string
		edits      []Edit
		want       string // the range and the text
	}{
		{"at the end without a newline", text, []Edit{edit(7, 7, "\n}")}, `2:3-2:3 "\n}"`},
		{"at the end with a newline", text + "\n", []Edit{edit(8, 8, "}\n")}, `3:1-3:1 "}\n"`},
		{"in an empty file", "", []Edit{edit(0, 0, "a")}, `1:1-1:1 "a"`},
		{"after a wide character", text, []Edit{edit(2, 3, "x")}, `1:3-1:4 "x"`},
		{"two, from behind", text, []Edit{edit(6, 7, "D"), edit(2, 3, "")}, `1:3-2:3 "\r\ncD"`},
		{"two at one place", text, []Edit{edit(5, 5, "x"), edit(0, 0, "1"), edit(0, 0, "2")}, `1:1-2:1 "12åb\r\nx"`},
		{"none", text, nil, ""},
		{"overlapping", text, []Edit{edit(0, 3, ""), edit(2, 4, "")}, ""},
		{"beyond the end", text, []Edit{edit(7, 8, "")}, ""},
		{"in another file", text, []Edit{edit(0, 0, ""), {"b.go", 0, 0, ""}}, ""},
		{"far away", text + long + "e", []Edit{edit(0, 0, "x"), edit(len(text+long), len(text+long), "x")}, ""},
		{"around bytes that no JSON has", "a\xffb", []Edit{edit(0, 1, ""), edit(2, 3, "")}, ""},
	} {
		src := newSources(map[string][]byte{"a.go": []byte(test.text)})
		got := ""
		if s, ok := src.suggestion(Fix{Edits: test.edits}, "a.go"); ok {
			start, end := s.Range.Start, s.Range.End
			got = fmt.Sprintf("%d:%d-%d:%d %q", start.Line, start.Column, end.Line, end.Column, s.Text)
		}
		if got != test.want {
			t.Errorf("%s: got %s, want %s", test.name, got, test.want)
		}
	}
}
