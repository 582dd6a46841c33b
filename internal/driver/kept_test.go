package driver

import (
	"bytes"
	"go/ast"
	"iter"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/packages"

	"github.com/asynccheck/asynccheck/analyzer"
	"github.com/asynccheck/asynccheck/internal/driver/onepkg"
	"github.com/asynccheck/asynccheck/internal/driver/results"
	"github.com/asynccheck/asynccheck/internal/report"
)

// A told is a fact about a function: the first text in its body.
type told struct{ Text string }

func (*told) AFact() {}

// telling finds what todo finds, and tells what functions tell that a function calls.
func telling(notes *Notes) *analysis.Analyzer {
	a := *todo
	a.FactTypes = []analysis.Fact{new(told)}
	a.Run = func(pass *analysis.Pass) (any, error) {
		for id, obj := range pass.TypesInfo.Uses {
			var f told
			if pass.ImportObjectFact(obj, &f) {
				pass.Report(analysis.Diagnostic{Pos: id.Pos(), Category: "told", Message: id.Name + " tells " + f.Text})
			}
		}
		for _, file := range pass.Files {
			for _, decl := range file.Decls {
				fn, ok := decl.(*ast.FuncDecl)
				if !ok {
					continue
				}
				if strings.HasPrefix(fn.Name.Name, "skip") {
					notes.Add(pass.Pkg, fn.Name.Name+" is skipped")
				}
				ast.Inspect(fn, func(n ast.Node) bool {
					if lit, ok := n.(*ast.BasicLit); ok && strings.HasPrefix(lit.Value, `"fact`) {
						pass.ExportObjectFact(pass.TypesInfo.Defs[fn.Name], &told{lit.Value})
					}
					return true
				})
			}
		}
		return todo.Run(pass)
	}
	return &a
}

// A keeping runs an analyzer over a module, with a cache.
type keeping struct {
	cfg      Config
	identity string   // of the program
	told     string   // what the analyzer is told to find
	analyzed []string // by the last run
}

// once runs the analyzer with the cache, or without. It returns what it said beside findings.
func (k *keeping) once(t *testing.T, cached bool) (*Result, []string) {
	t.Helper()
	var mu sync.Mutex
	var said []string
	cfg := k.cfg
	cfg.Cache = nil
	if cached {
		cfg.Cache = &Cache{Dir: k.cfg.Cache.Dir, Identity: func() ([]byte, error) { return []byte(k.identity), nil }}
		k.analyzed = nil
	}
	cfg.Notes = &Notes{Print: func(text string) {
		mu.Lock()
		defer mu.Unlock()
		if pkg, ok := strings.CutSuffix(text, ": analyzed"); ok {
			k.analyzed = append(k.analyzed, strings.TrimPrefix(pkg, "example/"))
		} else if !strings.HasSuffix(text, ": from the cache") {
			said = append(said, text)
		}
	}}
	own := func(path string, _ iter.Seq[string]) bool { return strings.HasPrefix(path, "example/") }
	a := Analysis{Analyzer: telling(cfg.Notes), Identity: []byte(k.told), Always: own}
	cfg.Analysis = same(a)
	res, err := Run(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(k.analyzed)
	slices.Sort(said)
	return res, said
}

// run runs the analyzer, and compares the result with that of a run without a cache.
func (k *keeping) run(t *testing.T) *Result {
	t.Helper()
	want, wantSaid := k.once(t, false)
	got, said := k.once(t, true)
	if !slices.Equal(said, wantSaid) {
		t.Errorf("with the cache, it says %q, want %q", said, wantSaid)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("with the cache:\n%+v\nwithout:\n%+v", got.Findings, want.Findings)
	}
	if g, w := got.Fix(), want.Fix(); !reflect.DeepEqual(g, w) {
		t.Errorf("with the cache, there are fixes of %d files, want %d", len(g.Changes), len(w.Changes))
	}
	return got
}

var keptModule = map[string]string{
	"base/base.go": `package base

const N = 2

type T struct{ A [N]int }

var V = new(T)

// F is here.
func F() string { return "fact 1" }

func todoB() {}
`,
	"base/doc.go": "package base\n",
	"mid/mid.go": `package mid

import "example/base"

type M struct{ base.T }

func G() { base.F() }

func skipG() {}
`,
	"top/top.go": `package top

import "example/mid"

func todoT() { _ = mid.M{}; mid.G() }
`,
	"top/top_test.go": "package top\n\nfunc todoTest() {}\n",
	"apart/apart.go":  "package apart\n\nimport \"os\"\n\nfunc todoA() { os.Exit(1) }\n",
}

func newKeeping(t *testing.T) *keeping {
	dir := module(t, keptModule)
	return &keeping{cfg: Config{Dir: dir, Patterns: []string{"./..."}, Tests: true, Cache: &Cache{Dir: filepath.Join(t.TempDir(), "cache")}}}
}

// edit replaces a text in a file.
func (k *keeping) edit(t *testing.T, name, old, new string) {
	t.Helper()
	file := filepath.Join(k.cfg.Dir, name)
	src, err := os.ReadFile(file)
	if err != nil || !bytes.Contains(src, []byte(old)) {
		t.Fatalf("%s has no %q; %v", name, old, err)
	}
	if err := os.WriteFile(file, bytes.Replace(src, []byte(old), []byte(new), 1), 0o666); err != nil {
		t.Fatal(err)
	}
}

const topTests = "top [example/top.test]"

// After an edit, only the edited package is analyzed, and those for which something changes.
func TestKept(t *testing.T) {
	one, two, three := []string{"base"}, []string{"base", "mid"}, []string{"base", "mid", topTests}
	for _, test := range []struct {
		name, file, old, new string
		analyzed             []string
	}{
		{"nothing", "base/base.go", "", "", nil},
		{"body", "base/base.go", "return \"fact 1\"", "x := 1; _ = x; return \"fact 1\"", one},
		{"lines", "base/base.go", "// F is here.", "\n\n\n// F is\n// here.", one},
		{"finding", "base/base.go", "func todoB", "func todoC", three}, // a declaration
		{"fact", "base/base.go", "fact 1", "fact 2", two},
		{"constant", "base/base.go", "N = 2", "N = 3", three},
		{"field", "base/base.go", "A [N]int", "A [N]int8", three},
		{"added field", "base/base.go", "A [N]int", "A [N]int; B int", three},
		{"signature", "base/base.go", "func todoB()", "func todoB(int)", three},
		{"initializer", "base/base.go", "new(T)", "new(*T)", three},
		{"new function", "base/doc.go", "package base\n", "package base\n\nfunc New() {}\n", three},
		{"embedded type", "mid/mid.go", "base.T", "*base.T", []string{"mid", topTests}},
		{"importer", "top/top.go", "mid.G()", "mid.G(); mid.G()", []string{topTests}},
		{"tests", "top/top_test.go", "todoTest", "todoTests", []string{topTests}},
		{"language", "go.mod", "go 1.26", "go 1.25", []string{"apart", "base", "mid", topTests}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			k := newKeeping(t)
			if k.once(t, true); len(k.analyzed) != 4 {
				t.Fatalf("at first, %q are analyzed", k.analyzed)
			}
			k.edit(t, test.file, test.old, test.new)
			if k.run(t); !slices.Equal(k.analyzed, test.analyzed) {
				t.Errorf("%q are analyzed, want %q", k.analyzed, test.analyzed)
			}
			if k.once(t, true); len(k.analyzed) > 0 {
				t.Errorf("then %q are analyzed", k.analyzed)
			}
			if test.file != "go.mod" {
				k.edit(t, test.file, test.new, test.old)
				if k.once(t, true); len(k.analyzed) > 0 {
					t.Errorf("back again, %q are analyzed", k.analyzed)
				}
			}
		})
	}
}

// Whatever else results depend on is part of their key.
func TestKeptOtherwise(t *testing.T) {
	k := newKeeping(t)
	k.run(t)
	again := func(what string, want int) {
		t.Helper()
		if k.run(t); len(k.analyzed) != want {
			t.Errorf("%s: %q are analyzed, want %d packages", what, k.analyzed, want)
		}
	}
	k.told = "other"
	again("another configuration", 4)
	k.told, k.identity = "", "other"
	again("another program", 4)
	k.cfg.Tags = "x"
	again("other tags", 4)
	t.Setenv("GOARCH", "386")
	again("another target", 4)
	t.Setenv("GOARCH", "")
	k.cfg.Tags, k.identity = "", ""
	again("as at first", 0)
	overlay := filepath.Join(t.TempDir(), "overlay.json")
	if err := os.WriteFile(overlay, []byte("{}"), 0o666); err != nil {
		t.Fatal(err)
	}
	t.Setenv("GOFLAGS", "-overlay="+overlay)
	again("other files instead", 4)
	again("other files instead, once more", 4)
	t.Setenv("GOFLAGS", "")
	k.cfg.Tests = false
	again("without tests", 1) // top
	if err := os.Rename(filepath.Join(k.cfg.Dir, "base/doc.go"), filepath.Join(k.cfg.Dir, "base/other.go")); err != nil {
		t.Fatal(err)
	}
	again("a renamed file", 3)

	// A directory may move, together with the cache, unless the notes name files.
	moved := filepath.Join(t.TempDir(), "else", "where")
	if err := os.CopyFS(moved, os.DirFS(k.cfg.Dir)); err != nil {
		t.Fatal(err)
	}
	cache := filepath.Join(t.TempDir(), "copy")
	if err := os.CopyFS(cache, os.DirFS(k.cfg.Cache.Dir)); err != nil {
		t.Fatal(err)
	}
	k.cfg.Dir, k.cfg.Cache.Dir = moved, cache
	again("moved", 1) // mid has a note
}

// What is wrong is found each time.
func TestKeptErrors(t *testing.T) {
	k := newKeeping(t)
	k.edit(t, "mid/mid.go", "base.F()", "undefined()")
	k.edit(t, "apart/apart.go", "func todoA", "func lostA() {}\n\nfunc todoA")
	for range 3 {
		res := k.run(t)
		if _, errs := messages(res); !strings.Contains(errs, "undefined: undefined") || !strings.Contains(errs, lostIn("lostA")) {
			t.Errorf("errors: %s", errs)
		}
	}
	if want := []string{"apart", "mid"}; !slices.Equal(k.analyzed, want) {
		t.Errorf("%q are analyzed, want %q", k.analyzed, want)
	}
}

// A cache that is broken, or that can't be used, costs time alone.
func TestKeptBroken(t *testing.T) {
	k := newKeeping(t)
	k.run(t)
	for what, content := range map[string]string{"cut off": "", "garbage": strings.Repeat("x", 200)} {
		files, err := filepath.Glob(filepath.Join(k.cfg.Cache.Dir, "*", "*-?"))
		if err != nil || len(files) < 8 {
			t.Fatalf("%d files, %v", len(files), err)
		}
		for _, file := range files {
			if err := os.WriteFile(file, []byte(content), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		if k.run(t); len(k.analyzed) != 4 {
			t.Errorf("%s: %q are analyzed, want all", what, k.analyzed)
		}
	}
	// Entries of the right hash, but of another form.
	n := 0
	for _, data := range []string{"", "{}", "null", "[1]", `{"Facts":[{"Kind":"other"}]}`, `{"Findings":[{"position":{"file":"7"}}]}`} {
		store := results.Open(k.cfg.Cache.Dir)
		files, err := filepath.Glob(filepath.Join(k.cfg.Cache.Dir, "*", "*-a"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			var key results.Key
			id := strings.TrimSuffix(filepath.Base(file), "-a")
			for i := range key {
				key[i] = unhex(id[2*i])<<4 | unhex(id[2*i+1])
			}
			if bytes.Contains(store.Get(key), []byte("Findings")) && data != "{}" && data != "null" {
				store.Put(key, []byte(data))
				n++
			}
		}
		k.run(t)
	}
	if n == 0 {
		t.Error("no entry was replaced")
	}
	k.cfg.Cache.Dir = filepath.Join(k.cfg.Dir, "go.mod", "cache")
	if k.run(t); len(k.analyzed) != 4 {
		t.Errorf("without a directory, %q are analyzed, want all", k.analyzed)
	}
}

func unhex(c byte) byte {
	return byte(strings.IndexByte("0123456789abcdef", c))
}

// A program that keeps the build cache is not part of a key. But where its files are isn't remembered.
func TestWithoutProgram(t *testing.T) {
	for _, program := range []string{"", "keeper -x"} {
		if env, got := withoutProgram("go1.26\n\nlinux\n" + program + "\n"); env != "go1.26\n\nlinux\n" || got != program {
			t.Errorf("%q: got %q and %q", program, env, got)
		}
	}
	k := newKeeping(t)
	k.cfg.Cache.Identity = func() ([]byte, error) { return nil, nil }
	for _, fixed := range []bool{true, false} {
		kept := k.cfg.newKept(k.cfg.newGoEnv(t.Context()))
		if !kept.open() || !kept.exports.fixed {
			t.Fatal("there is no cache, or a program keeps it")
		}
		pkgs, err := k.cfg.load(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		kept.exports.fixed = fixed
		r := &run{Config: k.cfg, kept: kept, requested: pkgs}
		r.remember(map[*packages.Package]onepkg.Export{pkgs[0]: {Path: pkgs[0].PkgPath, File: "file"}})
		if got := len(kept.exports.files) > 0; got != fixed {
			t.Errorf("the file is remembered: %v", got)
		}
	}
}

// A //line directive may name any file, so such results hold in one place.
func TestKeptLine(t *testing.T) {
	k := newKeeping(t)
	k.edit(t, "apart/apart.go", "func todoA", "//line "+filepath.ToSlash(k.cfg.Dir)+"/apart/apart.y:7\nfunc todoA")
	k.run(t)
	if k.run(t); len(k.analyzed) > 0 {
		t.Errorf("%q are analyzed", k.analyzed)
	}
	moved := filepath.Join(t.TempDir(), "moved")
	if err := os.CopyFS(moved, os.DirFS(k.cfg.Dir)); err != nil {
		t.Fatal(err)
	}
	k.cfg.Dir = moved
	if k.run(t); !slices.Equal(k.analyzed, []string{"apart", "mid"}) {
		t.Errorf("moved: %q are analyzed", k.analyzed)
	}
}

// Results are kept by several programs at once.
func TestKeptAtOnce(t *testing.T) {
	k := newKeeping(t)
	var runs sync.WaitGroup
	for range 4 {
		runs.Go(func() {
			own := *k
			own.run(t)
		})
	}
	runs.Wait()
	if k.run(t); len(k.analyzed) > 0 {
		t.Errorf("%q are analyzed", k.analyzed)
	}
}

// Over all fixtures, findings and facts are the same without a cache, and with an empty and with a full one.
func TestKeptFixtures(t *testing.T) {
	root, err := filepath.Abs("../../testdata")
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("GO111MODULE", "off")
	t.Setenv("GOPATH", root)
	t.Setenv("GOFLAGS", "")
	dir := filepath.Join(t.TempDir(), "cache")
	findings, facts, analyzed := fixtures(t, root, "")
	if len(findings) < 500 || len(facts) < 200 {
		t.Fatalf("%d findings, %d packages with facts", len(findings), len(facts))
	}
	for _, state := range []string{"empty", "full"} {
		f, other, n := fixtures(t, root, dir)
		if !reflect.DeepEqual(f, findings) {
			t.Errorf("%s: the findings differ", state)
		}
		for id := range facts {
			if other[id] != facts[id] {
				t.Errorf("%s: %s has facts\n%s\nwant\n%s", state, id, other[id], facts[id])
			}
		}
		t.Logf("%s: %d packages are analyzed", state, n)
		if state == "full" && n > analyzed/20 {
			t.Errorf("%d of %d packages are analyzed again", n, analyzed)
		}
	}
}

// fixtures analyzes all fixtures. It returns the findings, the facts of each package, and how many were analyzed.
func fixtures(t *testing.T, root, cache string) (found []report.Finding, facts map[string]string, analyzed int) {
	t.Helper()
	o := observe(t, analyzer.Config{}, Config{Dir: filepath.Join(root, "src"), Patterns: []string{"./..."}, Tests: true, Cache: &Cache{Dir: cache}})
	return o.Findings, o.facts, len(o.analyzed)
}
