package analyzer_test

import (
	"flag"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/asynccheck/asynccheck/analyzer"
)

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
