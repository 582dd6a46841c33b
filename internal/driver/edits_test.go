package driver

import (
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"github.com/asynccheck/asynccheck/analyzer"
)

var (
	editsFor  = flag.Duration("edits", 0, "how long TestEdits goes on with new seeds; 0 means a few edits")
	editsSeed = flag.Uint64("seed", 1, "the first `seed` of TestEdits")
)

// TestEdits makes random edits to programs, and compares runs with all that was kept of earlier states with runs that
// know nothing. Two programs with the same names share one cache, and are analyzed at the same time.
//
//	go test ./internal/driver -run Edits -edits 15m -timeout 0
func TestEdits(t *testing.T) {
	for name, value := range map[string]string{"GOFLAGS": "", "GOWORK": "", "GO111MODULE": "", "GOPROXY": "off", "GOTOOLCHAIN": "local"} {
		t.Setenv(name, value)
	}
	start, steps := time.Now(), 12
	if *editsFor > 0 {
		steps = 60
	}
	total := 0
	for seed := *editsSeed; ; seed++ {
		worlds := newWorlds(t, seed, 2)
		for range steps {
			total += len(worlds)
			check(t, worlds)
			if t.Failed() {
				return
			}
			if *editsFor > 0 && time.Since(start) > *editsFor || *editsFor == 0 && time.Since(start) > 15*time.Second {
				t.Logf("seeds from %d to %d, %d runs compared", *editsSeed, seed, total)
				return
			}
			for _, w := range worlds {
				w.edit()
			}
		}
		if *editsFor == 0 {
			t.Logf("%d runs compared", total)
			return
		}
	}
}

// check runs the analyzer over the worlds at the same time, with the cache and without, and compares.
func check(t *testing.T, worlds []*world) {
	t.Helper()
	type pair struct{ got, want *observed }
	pairs := make([]pair, len(worlds))
	t.Run("", func(t *testing.T) { // waits for all
		for i, w := range worlds {
			for _, cached := range []bool{false, true} {
				cfg, config := w.config(cached), configs[w.now.config]
				t.Run(fmt.Sprint(w.name, cached), func(t *testing.T) {
					t.Parallel()
					if o := observe(t, config, cfg); cached {
						pairs[i].got = o
					} else {
						pairs[i].want = o
					}
				})
			}
		}
	})
	for i, w := range worlds {
		if pairs[i].got == nil || pairs[i].want == nil {
			return
		}
		w.broken = len(pairs[i].want.Errors) > 0
		if slices.ContainsFunc(pairs[i].want.Errors, func(e Error) bool { return strings.HasPrefix(e.Msg, "import cycle") }) {
			continue // each time, the go command breaks it elsewhere
		}
		if diff := pairs[i].got.differs(pairs[i].want); diff != "" {
			t.Errorf("seed %d, world %s, after\n%s\nthe cache changes\n%s", w.seed, w.name, strings.Join(w.log, "\n"), diff)
			w.save(t)
		}
		if !w.broken {
			w.whole = w.now
		}
		if testing.Verbose() {
			w.say(t, pairs[i].got)
		}
	}
}

// say prints what a run found, after which edit.
func (w *world) say(t *testing.T, o *observed) {
	last, first := "", ""
	if len(w.log) > 0 {
		last = w.log[len(w.log)-1]
	}
	if len(o.Errors) > 0 {
		first = ": " + o.Errors[0].Msg
	}
	t.Logf("%s: %d findings, %d errors%s, %d analyzed after %s", w.name, len(o.Findings), len(o.Errors), first, len(o.analyzed), last)
}

// A world is a directory of modules that changes.
type world struct {
	name      string
	seed      uint64
	rand      *rand.Rand
	root      string // of directories that it may be in
	dir       string
	cache     string
	now       state
	whole     state // the last one without errors
	broken    bool  // there are errors
	earlier   []state
	log       []string
	directory int // how often it was moved
}

// A state of a world is all that a run depends on.
type state struct {
	files  map[string]string
	config int // an index of configs
	tags   string
	tests  bool
	narrow bool // not all packages are asked for
}

// configs are what a configuration may say.
var configs = []analyzer.Config{
	{},
	{Strict: true},
	{Rules: []string{"result-*", "-result-unchecked"}, Nolint: true},
	{Generated: true, Contracts: []string{"-*", "aws.*"}},
	{Checked: []string{"example/mid"}, Exits: []string{"example/idle.Idle"}, Decoders: []string{"replaced.example/wire.Decode"}},
	{Types: []analyzer.Type{{Name: "example/store.Task", Shape: "none"}}},
}

// newWorlds returns programs that are equal, and in different directories.
func newWorlds(t *testing.T, seed uint64, n int) (worlds []*world) {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 0))
	files := layers(t, r)
	cache := filepath.Join(t.TempDir(), "cache")
	for i := range n {
		w := &world{name: fmt.Sprint(i), seed: seed, rand: rand.New(rand.NewPCG(seed, uint64(i))), root: t.TempDir(), cache: cache}
		w.now = state{files: maps.Clone(files), tests: true}
		w.whole = w.now
		w.dir = filepath.Join(w.root, "0")
		w.write(nil)
		worlds = append(worlds, w)
	}
	return worlds
}

// layers returns the files of a program: some fixtures, with what they import, and some layers.
func layers(t *testing.T, r *rand.Rand) map[string]string {
	t.Helper()
	files := make(map[string]string)
	archives := []string{"layers.txtar"}
	if r.IntN(3) == 0 {
		archives = append(archives, "native.txtar")
	}
	for _, name := range archives {
		a, err := txtar.ParseFile(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range a.Files {
			files[f.Name] = string(f.Data)
		}
	}
	src := filepath.Join("..", "..", "testdata", "src")
	add := func(dir string) {
		names, err := filepath.Glob(filepath.Join(src, dir, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			files[filepath.ToSlash(filepath.Join(dir, filepath.Base(name)))] = string(text)
		}
	}
	dirs := packageDirs(t, src)
	for range 4 {
		add(dirs[r.IntN(len(dirs))])
	}
	for n := 0; n != len(files); {
		n = len(files)
		for _, text := range maps.Clone(files) {
			for _, path := range importsOf(text) {
				if slices.Contains(dirs, path) {
					add(path)
				}
			}
		}
	}
	addModules(files)
	return files
}

// addModules adds module files, and a workspace that has all modules: so fixtures keep their import paths.
func addModules(files map[string]string) {
	modules := make(map[string]bool)
	for name := range files {
		modules[moduleOf(name)] = true
	}
	delete(modules, "replaced")
	work := "go 1.26.0\n"
	for _, dir := range slices.Sorted(maps.Keys(modules)) {
		work += "\nuse ./" + dir + "\n"
		if name := dir + "/go.mod"; files[name] == "" {
			files[name] = "module " + dir + "\n\ngo 1.26\n"
		}
	}
	files["go.work"] = work
}

// moduleOf returns the module that a file of a fixture is put in.
func moduleOf(name string) string {
	elems := strings.Split(name, "/")
	n := 1
	if strings.Contains(elems[0], ".") {
		n = 2
		if elems[0] == "github.com" {
			n = 3
		}
		if n < len(elems)-1 && len(elems[n]) == 2 && elems[n][0] == 'v' {
			n++
		}
	}
	return strings.Join(elems[:min(n, len(elems)-1)], "/")
}

// write changes what is on disk from an earlier state to the current one.
func (w *world) write(before map[string]string) {
	must := func(err error) {
		if err != nil {
			panic(err)
		}
	}
	for name := range before {
		if _, ok := w.now.files[name]; !ok {
			must(os.Remove(filepath.Join(w.dir, name)))
		}
	}
	for name, text := range w.now.files {
		if was, ok := before[name]; !ok || was != text {
			file := filepath.Join(w.dir, name)
			must(os.MkdirAll(filepath.Dir(file), 0o777))
			must(os.WriteFile(file, []byte(text), 0o666))
		}
	}
}

// save keeps a world in which something is wrong.
func (w *world) save(t *testing.T) {
	dir, err := os.MkdirTemp("", "world")
	if err == nil {
		err = os.CopyFS(filepath.Join(dir, "files"), os.DirFS(w.dir))
	}
	t.Logf("the files: %s; %v", dir, err)
}

// config returns what a run is to analyze. Some runs use what is compiled, and some don't.
func (w *world) config(cached bool) Config {
	cfg := Config{Dir: filepath.Join(w.dir, "example"), Tests: w.now.tests, Tags: w.now.tags}
	if w.rand.IntN(2) == 0 {
		cfg.Program, _ = os.Executable()
		cfg.few = w.rand.IntN(4)
	}
	if cached {
		cfg.Cache = &Cache{Dir: w.cache}
	}
	modules := make(map[string]bool)
	for name := range w.now.files {
		if dir, ok := strings.CutSuffix(name, "/go.mod"); ok && dir != "replaced" {
			modules[dir] = true
		}
	}
	for _, dir := range slices.Sorted(maps.Keys(modules)) {
		if dir == "example" || !w.now.narrow {
			cfg.Patterns = append(cfg.Patterns, "../"+dir+"/...")
		}
	}
	return cfg
}

// edit changes the world.
func (w *world) edit() {
	before := w.now
	w.earlier = append(w.earlier, before)
	if w.broken && w.rand.IntN(2) == 0 {
		w.now.files = w.whole.files
		w.log = append(w.log, "whole again")
	}
	for range 1 + w.rand.IntN(2) {
		w.now.files = maps.Clone(w.now.files)
		w.change()
	}
	w.write(before.files)
}
