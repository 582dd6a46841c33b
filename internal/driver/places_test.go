package driver

import (
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
)

// places reports where the objects of other packages are declared.
var places = &analysis.Analyzer{Name: "places", Doc: "find what is used", Run: func(pass *analysis.Pass) (any, error) {
	for id, obj := range others(pass) {
		pass.Report(analysis.Diagnostic{Pos: id.Pos(), Category: "use", Message: obj.Name(),
			Related: []analysis.RelatedInformation{{Pos: obj.Pos(), Message: "declared here"}}})
	}
	return nil, nil
}}

// A placing looks for places in package top of a module.
type placing struct {
	*testing.T
	dir string
}

func (p placing) write(name, text string) {
	p.Helper()
	if err := os.WriteFile(filepath.Join(p.dir, name), []byte(text), 0o666); err != nil {
		p.Fatal(err)
	}
}

func (p placing) compile() {
	p.Helper()
	if err := compile(p.dir, "./..."); err != nil {
		p.Fatal(err)
	}
}

func (p placing) look(cfg Config) string {
	p.Helper()
	cfg.Dir, cfg.Patterns = p.dir, []string{"./..."}
	cfg.Analysis = same(Analysis{Analyzer: places, Always: func(path string, _ iter.Seq[string]) bool { return path == "example/top" }})
	res, err := Run(p.Context(), cfg)
	if err != nil {
		p.Fatal(err)
	}
	var said []string
	for _, f := range res.Findings {
		place := f.Related[0].Pos
		said = append(said, fmt.Sprintf("%s:%d:%d %s", filepath.Base(place.File), place.Line, place.Column, f.Message))
	}
	for _, e := range res.Errors {
		said = append(said, e.Msg)
	}
	slices.Sort(said)
	return strings.Join(said, "\n")
}

// Positions in other packages are those of the files as they are, wherever types come from, and whatever is remembered.
func TestPlaces(t *testing.T) {
	program := executable(t)
	for few := range 4 {
		p := placing{t, module(t, map[string]string{
			"low/low.go": "package low\n\nfunc F() {}\n",
			"mid/mid.go": "package mid\n\nimport \"example/low\"\n\nfunc G() { low.F() }\n",
			"top/top.go": "package top\n\nimport (\n\t\"example/low\"\n\t\"example/mid\"\n)\n\nfunc H() { low.F(); mid.G() }\n",
		})}
		p.compile()
		cache := &Cache{Dir: filepath.Join(t.TempDir(), "cache"), Identity: func() ([]byte, error) { return nil, nil }}
		p.look(Config{Program: program, few: few, Cache: cache})
		// What mid declares changes, so it has to be exported again. What low declares is only somewhere else.
		p.write("low/low.go", "package low\n\n\n\nfunc F() {}\n")
		p.write("mid/mid.go", "package mid\n\nimport \"example/low\"\n\nfunc G() { low.F() }\n\nconst New = 1\n")
		const want = "low.go:5:1 F\nmid.go:5:1 G"
		for _, compiled := range []bool{false, true} {
			for what, cfg := range map[string]Config{
				"with a cache":    {Program: program, few: few, Cache: cache},
				"without a cache": {Program: program, few: few},
				"from source":     {},
			} {
				if got := p.look(cfg); got != want {
					t.Errorf("%s, %d are few, compiled %t:\n%s\nwant\n%s", what, few, compiled, got, want)
				}
			}
			p.compile()
		}
	}
}

// The go command's flag -overlay has other files compiled than those that we would make exports from.
func TestOverlayFlag(t *testing.T) {
	program := executable(t)
	p := placing{t, module(t, map[string]string{
		"low/low.go":    "package low\n\nfunc F() {}\n",
		"low/other.txt": "package low\n\nfunc F() {}\n\nfunc Added() {}\n",
		"top/top.go":    "package top\n\nimport \"example/low\"\n\nfunc H() { low.F(); low.Added() }\n",
	})}
	overlay := filepath.Join(p.dir, "overlay.json")
	p.write("overlay.json", fmt.Sprintf(`{"Replace": {%q: %q}}`, filepath.Join(p.dir, "low", "low.go"), filepath.Join(p.dir, "low", "other.txt")))
	t.Setenv("GOFLAGS", "-overlay="+overlay)
	p.compile()
	for few := range 3 {
		if got, want := p.look(Config{Program: program, few: few}), "low.go:3:1 F\nlow.go:5:1 Added"; got != want {
			t.Errorf("%d are few:\n%s\nwant\n%s", few, got, want)
		}
	}
}
