package config

import (
	"errors"
	"testing"
)

// Any file can be read, or every mistake in it has a place.
func FuzzParse(f *testing.F) {
	for _, text := range []string{
		"", "rules: [batch-*]\nstrict: true", "types:\n  - name: a.T\n    shape: batch\n    values: {partial: 1}",
		"a: &x 1\nb: *x", "? a\n: b", "- |\n a\n", "\"a", "{", "%YAML 1.2\n---\n", "!!map {}", "a: \t", "<<: {}",
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		_, err := parse("f", data)
		if err == nil {
			return
		}
		errs, ok := errors.AsType[Errors](err)
		if !ok {
			t.Fatalf("error without a place: %v", err)
		}
		for _, e := range errs {
			if e.Line < 1 || e.Column < 1 || e.Msg == "" {
				t.Errorf("%+v", e)
			}
		}
	})
}
