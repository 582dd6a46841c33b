package driver

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/asynccheck/asynccheck/internal/report"
)

// overlaid returns an overlay of a module with these files, by their names in it. A file without content is not there.
func overlaid(t *testing.T, dir string, files map[string]string) *Overlay {
	t.Helper()
	tmp := t.TempDir()
	o := &Overlay{filepath.Join(tmp, "overlay.json"), make(map[string]string), make(map[string]string)}
	for name, content := range files {
		full := filepath.Join(dir, filepath.FromSlash(name))
		if o.Replaced[full] = ""; content == "" {
			continue
		}
		file := filepath.Join(tmp, strings.ReplaceAll(name, "/", "_"), filepath.Base(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
		o.Replaced[full], o.Originals[file] = file, full
	}
	data, err := json.Marshal(map[string]any{"Replace": o.Replaced})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(o.File, data, 0o666); err != nil {
		t.Fatal(err)
	}
	return o
}

func fingerprints(findings []report.Finding) (all []string) {
	for _, f := range findings {
		all = append(all, f.Message+" "+f.Fingerprint)
	}
	slices.Sort(all)
	return all
}

// With an overlay, the findings are those of a module that has these files. What is kept of one is there for the other.
func TestOverlay(t *testing.T) {
	k := newKeeping(t)
	now, _ := k.once(t, true)
	changed := map[string]string{
		"base/base.go":     "package base\n\nconst N = 2\n\ntype T struct{ A [N]int }\n\nvar V = new(T)\n\n\nfunc F() string { return \"fact 2\" }\n\nfunc todoC() {}\n",
		"base/doc.go":      "",
		"mid/more.go":      "package mid\n\nfunc todoMore() {}\n",
		"fresh/fresh.go":   "package fresh\n\nfunc todoFresh() {}\n",
		"top/top_test.go":  "",
		"apart/apart.go":   "",
		"top/own_test.go":  "package top_test\n\nfunc todoOwn() {}\n",
		"broken/broken.go": "package broken\n\nvar _ = undefined\n",
	}
	k.cfg.Overlay = overlaid(t, k.cfg.Dir, changed)
	before, _ := k.once(t, true)
	if analyzed := slices.Clone(k.analyzed); slices.Contains(analyzed, "apart") || len(analyzed) < 4 {
		t.Errorf("%q are analyzed", analyzed)
	}
	again, _ := k.once(t, true)
	if !slices.Equal(k.analyzed, []string{"broken"}) {
		t.Errorf("the second time, %q are analyzed", k.analyzed)
	}
	uncached, _ := k.once(t, false)
	for name, res := range map[string]*Result{"again": again, "without the cache": uncached} {
		if !reflect.DeepEqual(res.Findings, before.Findings) {
			t.Errorf("%s:\n%+v\nwant\n%+v", name, res.Findings, before.Findings)
		}
	}
	if !slices.Equal(before.Failed, []string{"example/broken"}) {
		t.Errorf("failed: %q", before.Failed)
	}

	// The same files in a module.
	k.cfg.Overlay = nil
	for name, content := range changed {
		file := filepath.Join(k.cfg.Dir, filepath.FromSlash(name))
		if content == "" {
			if err := os.Remove(file); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, _ := k.once(t, true)
	if !slices.Equal(k.analyzed, []string{"broken", "mid"}) { // notes may name files, so those of mid belong to one place
		t.Errorf("without the overlay, %q are analyzed", k.analyzed)
	}
	if got, want := fingerprints(before.Findings), fingerprints(want.Findings); !slices.Equal(got, want) {
		t.Errorf("with the overlay %q\nwant %q", got, want)
	}
	if reflect.DeepEqual(fingerprints(now.Findings), fingerprints(before.Findings)) {
		t.Error("the overlay changes nothing")
	}
}

// A package is removed if a pattern would match it, and nothing is at its place.
func TestRemoved(t *testing.T) {
	dir := module(t, map[string]string{"a/a.go": "package a\n", "a/b/b.go": "package b\n", "other/_.go": "package other\n", "tagged/tagged.go": "//go:build other\n\npackage tagged\n"})
	for _, test := range []struct {
		pkg, pattern string
		want         bool
	}{
		{"example/gone", "./...", true},
		{"example/gone", "example/...", true},
		{"example/gone", dir + "/...", true},
		{"example/gone", "work", true},
		{"example/gone", "all", true},
		{"elsewhere/gone", "all", false},
		{"example/other", "./...", true}, // it has no Go file
		{"example/a", "./...", false},
		{"example/tagged", "./...", false},
		{"example/gone", "./a/...", false},
		{"example/a/gone", "./a/...", true},
		{"example/gone", "./a", false},
		{"example/gone", "./g...", false}, // unknown
		{"elsewhere/gone", "./...", false},
		{"examples/gone", "./...", false},
	} {
		res, err := Run(t.Context(), Config{Dir: dir, Analysis: every(todo), Patterns: []string{"./a", test.pattern}})
		if err != nil {
			t.Fatal(err)
		}
		if got := res.Removed(test.pkg); got != test.want {
			t.Errorf("%s, asked for %s: removed is %v, want %v", test.pkg, test.pattern, got, test.want)
		}
	}
}
