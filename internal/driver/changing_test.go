package driver

import (
	"go/types"
	"iter"
	"os"
	"path/filepath"
	"reflect"
	"sync"
	"testing"

	"golang.org/x/tools/go/analysis"
)

// What is kept belongs together, although files change after the go command has said what there is, or what is compiled.
func TestKeptChanging(t *testing.T) {
	dir := module(t, map[string]string{
		"low/low.go": "package low\n\nconst N = 1\n",
		"mid/mid.go": "package mid\n\nimport \"io\"\n\nvar R io.Reader\n",
		"top/top.go": "package top\n\nimport (\n\t\"strings\"\n\n\t\"example/low\"\n\t\"example/mid\"\n)\n\nvar R, B = mid.R, strings.Builder{}\n\nvar _ = low.N\n",
	})
	change := func(name, content string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o666); err != nil {
			t.Error(err)
		}
		if err := compile(dir, "./low", "./mid"); err != nil {
			t.Error(err)
		}
	}
	constants := &analysis.Analyzer{Name: "constants", Doc: "find constants", Run: func(pass *analysis.Pass) (any, error) {
		for id, obj := range pass.TypesInfo.Uses {
			if c, ok := obj.(*types.Const); ok {
				pass.Report(analysis.Diagnostic{Pos: id.Pos(), Category: "constant", Message: c.Val().String()})
			}
		}
		return nil, nil
	}}
	cfg := Config{Dir: dir, Program: executable(t), Patterns: []string{"./..."}, Cache: &Cache{Dir: filepath.Join(t.TempDir(), "cache"), Identity: func() ([]byte, error) { return nil, nil }},
		Analysis: same(Analysis{Analyzer: constants, Always: func(path string, _ iter.Seq[string]) bool { return path == "example/mid" || path == "example/top" }})}
	run := func(cache *Cache, progress func(Progress)) *Result {
		t.Helper()
		own := cfg
		own.Cache, own.Progress = cache, progress
		res, err := Run(t.Context(), own)
		if err != nil {
			t.Fatal(err)
		}
		return res
	}
	compare := func(what string) {
		t.Helper()
		if got, want := run(cfg.Cache, nil), run(nil, nil); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %+v, want %+v", what, got, want)
		}
	}
	change("low/low.go", "package low\n\nconst N = 1\n")
	var once sync.Once
	run(cfg.Cache, func(p Progress) {
		if p.Phase == Analyzing && p.Done >= 2 { // low, which doesn't matter, and mid
			once.Do(func() { change("low/low.go", "package low\n\nconst N = 22\n") })
		}
	})
	compare("a file changes after the list of what is compiled")

	top := "package top\n\nimport (\n\t\"bufio\"\n\n\t\"example/low\"\n)\n\nvar R = bufio.Reader{}\n\nvar _ = low."
	change("top/top.go", top+"N\n")
	run(cfg.Cache, func(p Progress) {
		if p.Phase == Typing {
			change("low/new.go", "package low\n\nconst M = 3\n")
		}
	})
	if err := os.Remove(filepath.Join(dir, "low", "new.go")); err != nil {
		t.Fatal(err)
	}
	change("top/top.go", top+"M\n")
	compare("a new file before the list of what is compiled")
}
