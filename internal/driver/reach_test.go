package driver

import "testing"

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
		res, err := Run(Config{Dir: dir, Analysis: same(Analysis{Analyzer: todo}), Patterns: test.patterns})
		if err != nil {
			t.Fatal(err)
		}
		if found, errs := messages(res); found != test.found || errs != "" {
			t.Errorf("%s: found\n%s\nwant\n%s\nerrors: %s", test.name, found, test.found, errs)
		}
	}
}
