package driver

import (
	"encoding/json"
	"fmt"
	"iter"
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/go/packages"

	"github.com/asynccheck/asynccheck/analyzer"
	"github.com/asynccheck/asynccheck/internal/driver/nocompile"
	"github.com/asynccheck/asynccheck/internal/driver/onepkg"
)

func TestMain(m *testing.M) {
	nocompile.Serve(os.Args[1:])
	os.Exit(m.Run())
}

// An observed is all that a run has shown, and what it has not.
type observed struct {
	*Result
	fixes *Fixes
	facts map[string]string // of each package, by its ID
	notes []string

	analyzed []string // IDs of packages; the others come from the cache
}

// observe runs the analyzer, as the command does. The configuration is that of the module "example".
func observe(t *testing.T, config analyzer.Config, cfg Config) *observed {
	t.Helper()
	o := &observed{facts: make(map[string]string)}
	var mu sync.Mutex
	cfg.Silenced, cfg.Files, cfg.Notes = new(Silenced), new(Files), new(Notes)
	cfg.Notes.Print = func(text string) {
		mu.Lock()
		defer mu.Unlock()
		if id, ok := strings.CutSuffix(text, ": analyzed"); ok {
			o.analyzed = append(o.analyzed, id)
		} else if !strings.HasSuffix(text, ": from the cache") {
			o.notes = append(o.notes, text)
		}
	}
	example, others := analysisOf(t, config, &cfg), analysisOf(t, analyzer.Config{}, &cfg)
	cfg.Analysis = func(p *packages.Package) (*Analysis, error) {
		if p.Module != nil && p.Module.Path == "example" {
			return example, nil
		}
		return others, nil
	}
	if cfg.Cache != nil {
		cfg.Cache = &Cache{Dir: cfg.Cache.Dir, Identity: func() ([]byte, error) { return nil, nil }}
	}
	r, err := cfg.run(t.Context())
	if err != nil {
		return &observed{Result: &Result{Errors: []Error{{Msg: err.Error()}}}}
	}
	o.Result = r.finish()
	o.fixes = o.Fix()
	for _, n := range r.order {
		o.facts[n.pkg.ID] = lines(t, n.facts)
	}
	slices.Sort(o.notes)
	return o
}

// analysisOf returns what a configuration says.
func analysisOf(t *testing.T, config analyzer.Config, cfg *Config) *Analysis {
	t.Helper()
	identity, err := json.Marshal(config)
	if err != nil {
		t.Fatal(err)
	}
	config.Silenced, config.File = cfg.Silenced.Add, cfg.Files.Name
	config.Notes(cfg.Notes.Add)
	a, err := analyzer.New(config)
	if err != nil {
		t.Fatal(err)
	}
	own := func(path string) bool { return path == "example" || strings.HasPrefix(path, "example/") }
	return &Analysis{
		Analyzer: a, Identity: identity, Hints: &config, BeyondFacts: config.BeyondFacts(&config, own),
		Always: func(path string, imports iter.Seq[string]) bool { return config.Concerns(path, own, imports) },
	}
}

// lines returns facts in a form to read.
func lines(t *testing.T, facts []onepkg.Fact) string {
	t.Helper()
	var all []string
	for _, f := range facts {
		e, err := onepkg.Encode(f)
		line, err2 := json.Marshal(e)
		if err != nil || err2 != nil {
			t.Fatal(err, err2)
		}
		all = append(all, string(line))
	}
	return strings.Join(all, "\n")
}

// differs says in what two runs over the same files differ, "" if they don't.
func (o *observed) differs(want *observed) string {
	var all []string
	compare := func(what string, got, want any) {
		if !reflect.DeepEqual(got, want) {
			all = append(all, fmt.Sprintf("%s:\n%s\nwant\n%s", what, indented(got), indented(want)))
		}
	}
	compare("findings", o.Findings, want.Findings)
	compare("errors", o.Errors, want.Errors)
	compare("packages", o.Packages, want.Packages)
	compare("notes", o.notes, want.notes)
	for _, id := range slices.Sorted(maps.Keys(want.facts)) {
		compare("facts of "+id, o.facts[id], want.facts[id])
	}
	if len(all) == 0 {
		compare("fixes", o.fixes, want.fixes)
		compare("facts", o.facts, want.facts)
	}
	return strings.Join(all, "\n")
}

func indented(x any) string {
	if text, ok := x.(string); ok {
		return text
	}
	data, err := json.MarshalIndent(x, "", "\t")
	if err != nil {
		return err.Error()
	}
	return string(data)
}
