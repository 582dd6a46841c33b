package report

import (
	"strings"
	"testing"
)

func TestLink(t *testing.T) {
	at := Position{File: "/work/a b/\"x\"&y.go", Line: 3, Column: 7}
	for _, test := range []struct{ link, want string }{
		{"vscode", "vscode://file/work/a%20b/%22x%22%26y.go:3:7"},
		{"idea://open?file={file}&line={line}", "idea://open?file=/work/a%20b/%22x%22%26y.go&line=3"},
		{"https://git.example.com/{commit}/{path}#L{line}", ""}, // there is no commit
		{"off", ""},
		{"forge", ""},
		{"", ""},
	} {
		link, err := ParseLink(test.link, nil)
		if err != nil {
			t.Errorf("%s: %v", test.link, err)
		}
		if got := string(link.To(at)); got != test.want {
			t.Errorf("%s: got %s, want %s", test.link, got, test.want)
		}
	}
	link, _ := ParseLink("vscode", nil)
	if got := link.To(Position{File: "x.go", Line: 1}); got != "" {
		t.Errorf("a file whose directory is unknown has the link %s", got)
	}
	if got, want := link.To(Position{File: "/x.go"}), "vscode://file/x.go:1:1"; string(got) != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestWrongLink(t *testing.T) {
	for link, want := range map[string]string{
		"emacs":                             "neither a word nor a URL",
		"javascript:alert('{file}')":        "neither a word nor a URL",
		"javascript://x/%0aalert('{file}')": "javascript is not a place",
		"JavaScript://{file}":               "javascript is not a place",
		"data://text/html,{file}":           "data is not a place",
		" javascript://{file}":              "neither a word nor a URL",
		"java\nscript://{file}":             "neither a word nor a URL",
		"{file}://x/":                       "neither a word nor a URL",
		"editor://%zz{file}":                "invalid URL escape",
		"x{line}://{file}":                  "neither a word nor a URL",
		"editor://open":                     "no file",
		"editor://{file}:{row}":             "only {file}, {path}, {commit}, {line} and {column} are replaced",
		"://{file}":                         "missing protocol scheme",
	} {
		if _, err := ParseLink(link, nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want %s", link, err, want)
		}
	}
}
