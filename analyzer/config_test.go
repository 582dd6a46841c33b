package analyzer_test

import (
	"flag"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/asynccheck/asynccheck/analyzer"
)

// The flag -settings takes a configuration in JSON. It is for drivers that pass on nothing else.
func TestSettingsFlag(t *testing.T) {
	f := analyzer.Analyzer.Flags.Lookup("settings")
	for _, test := range []struct{ text, want string }{
		{`{"rule": []}`, `unknown field "rule"`},
		{`{"rules": ["nope"], "contracts": ["nope.*"]}`, "rules[0]: no rule matches \"nope\"; asynccheck -list-rules shows the rules\ncontracts[0]: no contract matches \"nope.*\""},
		{`{"rules": ["-acme.a"], "apis": [{"id": "acme.a"}]}`, "rules[0]: \"acme.a\" is a contract: name the rule"},
		{`{"apis": [{"id": "acme.a"}]}`, "apis[0].find: it is missing, want find for calls of an SDK, or members for structs with JSON members"},
		{`{"apis": [{"id": 1}]}`, "cannot unmarshal number into Go struct field"},
		{`{} {}`, "want one object in JSON, and nothing after it"},
		{`{`, "unexpected EOF"},
		{`{"strict": false}`, ""},
	} {
		err := f.Value.Set(test.text)
		if test.want == "" && err != nil || test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)) {
			t.Errorf("%s: got error %v, want %s", test.text, err, test.want)
		}
	}
	if err := f.Value.Set(`{"rules": [], "contracts": [], "apis": []}`); err != nil { // the analyzer is used by other tests
		t.Error(err)
	}
}

func TestConfigFlags(t *testing.T) {
	parse := func(args ...string) (analyzer.Config, error) {
		var cfg analyzer.Config
		fs := flag.NewFlagSet("", flag.ContinueOnError)
		fs.SetOutput(io.Discard)
		cfg.RegisterFlags(fs)
		return cfg, fs.Parse(args)
	}

	cfg, err := parse("-rules=batch-*, -batch-detail-shallow,", "-strict", "-generated", "-debug")
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"batch-*", "-batch-detail-shallow"}; !slices.Equal(cfg.Rules, want) {
		t.Errorf("rules %q, want %q", cfg.Rules, want)
	}
	if !cfg.Strict || !cfg.Generated || cfg.Debug == nil {
		t.Errorf("flags not set: %+v", cfg)
	}

	cfg, err = parse("-rules=result-*", "-rules=", "-debug", "-debug=false")
	if err != nil {
		t.Fatal(err)
	}
	if cfg.Rules != nil || cfg.Debug != nil {
		t.Errorf("flags not reset: %+v", cfg)
	}

	for _, test := range []struct{ arg, want string }{
		{"-rules=nope", "no rule matches"},
		{"-debug=perhaps", "invalid boolean value"},
	} {
		if _, err := parse(test.arg); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: got error %v, want %s", test.arg, err, test.want)
		}
	}
}
