package driver

import (
	"errors"
	"iter"
	"testing"

	"golang.org/x/tools/go/packages"
)

// A package that decodes for others is analyzed if one of these, or an import of its own, may declare a response.
func TestReach(t *testing.T) {
	dir := module(t, map[string]string{
		"decode/decode.go": "package decode\n\nimport \"encoding/json\"\n\nfunc todoDecode(b []byte, v any) error { return json.Unmarshal(b, v) }\n",
		"sdk/sdk.go":       "package sdk\n\ntype Answer struct {\n\tCode      int\n\tRequestID string\n}\n\nfunc todoSDK() {}\n",
		"text/text.go":     "package text\n\nimport _ \"example/decode\"\n\ntype Answer struct {\n\tCode      string\n\tRequestID string\n}\n\nfunc todoText() {}\n",
		"app/app.go":       "package app\n\nimport (\n\t_ \"example/decode\"\n\t_ \"example/sdk\"\n)\n",
	})
	for _, test := range []struct {
		name     string
		patterns []string
		found    string
	}{
		{"no response", []string{"./decode", "./text"}, ""},
		{"a response out of reach", []string{"./decode", "./sdk"}, "todoSDK is unfinished"},
		{"a response in reach", []string{"./..."}, "todoDecode is unfinished\ntodoSDK is unfinished"},
	} {
		res, err := Run(t.Context(), Config{Dir: dir, Analysis: same(Analysis{Analyzer: todo}), Patterns: test.patterns})
		if err != nil {
			t.Fatal(err)
		}
		if found, errs := messages(res); found != test.found || errs != "" {
			t.Errorf("%s: found\n%s\nwant\n%s\nerrors: %s", test.name, found, test.found, errs)
		}
	}
}

// Each package is analyzed in its own way. One about which facts may not tell is analyzed if a response is in its reach,
// also if only the analysis of another package knows that response.
func TestReachBeyondFacts(t *testing.T) {
	dir := module(t, map[string]string{
		"sdk/sdk.go":     "package sdk\n\ntype Answer struct{ State int }\n",
		"app/app.go":     "package app\n\nimport _ \"example/sdk\"\n\nfunc todoApp() {}\n",
		"other/other.go": "package other\n\nimport _ \"example/sdk\"\n\nfunc todoOther() {}\n",
		"apart/apart.go": "package apart\n\nimport _ \"strings\"\n\nfunc todoApart() {}\n",
	})
	plain := &Analysis{Analyzer: todo}
	own := &Analysis{
		Analyzer:    todo,
		Always:      func(path string, _ iter.Seq[string]) bool { return path == "example/sdk" }, // it is named
		BeyondFacts: func(iter.Seq[string]) bool { return true },
	}
	res, err := Run(t.Context(), Config{Dir: dir, Patterns: []string{"./..."}, Analysis: func(p *packages.Package) (*Analysis, error) {
		if p.Name == "app" || p.Name == "apart" {
			return own, nil
		}
		return plain, nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	if found, errs := messages(res); found != "todoApp is unfinished" || errs != "" {
		t.Errorf("found %s; errors: %s", found, errs)
	}
	_, err = Run(t.Context(), Config{Dir: dir, Patterns: []string{"./..."}, Analysis: func(p *packages.Package) (*Analysis, error) {
		if p.Name == "app" {
			return nil, errors.New("no analysis")
		}
		return plain, nil
	}})
	if err == nil || err.Error() != "no analysis" {
		t.Errorf("got error %v, want none of an analysis", err)
	}
}
