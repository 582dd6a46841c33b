package driver

import (
	"encoding/hex"
	"encoding/json"
	"maps"
	"os"
	"slices"
	"sync"

	"golang.org/x/tools/go/packages"

	"github.com/asynccheck/asynccheck/internal/driver/onepkg"
	"github.com/asynccheck/asynccheck/internal/driver/results"
)

// exports remembers where the go command's build cache has what was exported of packages, by what these declare: an
// edit of a function's body doesn't change that, and what was compiled before the edit will do. Only the positions may
// be others. Of packages that are not compiled, the store has the types that came from source.
type exports struct {
	fixed bool // a file keeps its content for ever
	load  sync.Once
	key   results.Key
	mu    sync.Mutex        // guards what follows
	files map[string]string // names by keys in hexadecimal
	used  map[string]bool
	more  bool // than what was kept
}

// maxExports is how many files are remembered for one project.
const maxExports = 20_000

// open loads what is remembered about the main modules of the packages.
func (x *exports) open(k *kept, requested []*packages.Package) {
	x.load.Do(func() {
		modules := make(map[string]bool)
		packages.Visit(requested, nil, func(p *packages.Package) {
			if p.Module != nil && p.Module.Main {
				modules[p.Module.Path] = true
			}
		})
		h := k.hasher("exports")
		h.text(slices.Sorted(maps.Keys(modules))...)
		x.key = h.sum()
		x.used = make(map[string]bool)
		if json.Unmarshal(k.store.Get(x.key), &x.files) != nil || x.files == nil {
			x.files = make(map[string]string)
		}
	})
}

// get returns the name of a file, "" if it is unknown or was removed.
func (x *exports) get(key results.Key) string {
	id := hex.EncodeToString(key[:])
	x.mu.Lock()
	x.used[id] = true
	file := x.files[id]
	x.mu.Unlock()
	if _, err := os.Stat(file); err != nil {
		return ""
	}
	return file
}

func (x *exports) put(key results.Key, file string) {
	id := hex.EncodeToString(key[:])
	x.mu.Lock()
	defer x.mu.Unlock()
	x.used[id] = true
	if x.files[id] != file {
		x.files[id], x.more = file, true
	}
}

// save keeps what is remembered, without the files that this run didn't need if there are too many.
func (x *exports) save(s *results.Store) {
	if !x.more {
		return
	}
	if len(x.files) > maxExports {
		maps.DeleteFunc(x.files, func(id, _ string) bool { return !x.used[id] })
	}
	if data, err := json.Marshal(x.files); err == nil {
		s.Put(x.key, data)
	}
}

// remembered does what importer does, if earlier runs have found what was exported of all imports, or of packages that
// declare the same.
func (r *run) remembered(n *node) *onepkg.Importer {
	if r.kept == nil || !r.kept.open() {
		return nil
	}
	r.kept.exports.open(r.kept, r.requested)
	exports := r.recallImports(n.pkg)
	if exports == nil {
		return nil
	}
	return fromExports(n.pkg, exports)
}

// recallImports returns what is remembered of all imports of a package, nil if something is missing.
func (r *run) recallImports(p *packages.Package) map[*packages.Package]onepkg.Export {
	exports := make(map[*packages.Package]onepkg.Export)
	for _, imp := range p.Imports {
		if imp.PkgPath == "unsafe" {
			continue
		}
		e := r.recall(imp)
		if e.Missing() {
			return nil
		}
		exports[imp] = e
	}
	return exports
}

// recall returns what is remembered of a package.
func (r *run) recall(p *packages.Package) onepkg.Export {
	e := onepkg.Export{Path: p.PkgPath}
	key, ok := r.declares(p, false)
	if !ok {
		return e
	}
	if e.File = r.kept.exports.get(key); e.File != "" {
		return e
	}
	if e.Data = r.kept.store.Get(r.kept.typesKey(key)); e.Data == nil && p.Module != nil {
		e.Data = r.redeclare(p, r.kept.typesKey(key))
	}
	return e
}

// maxRedeclared is how many packages are type-checked to recall what they declare. If there are more, it takes less to
// find out everything again.
const maxRedeclared = 50

// A redeclared is what a package declares, if that could be found out.
type redeclared struct {
	once sync.Once
	data []byte
}

// redeclare finds out what a package declares whose declarations have changed, from source and from what is remembered
// of its imports.
func (r *run) redeclare(p *packages.Package, key results.Key) []byte {
	k := r.kept
	k.mu.Lock()
	d := k.redeclared[p]
	if d == nil && len(k.redeclared) < maxRedeclared {
		d = new(redeclared)
		k.redeclared[p] = d
	}
	k.mu.Unlock()
	if d == nil {
		return nil
	}
	d.once.Do(func() {
		exports := r.recallImports(p)
		if exports == nil {
			return
		}
		var err error
		if d.data, err = r.exportFrom(p, fromExports(p, exports)); err == nil {
			k.add(key, d.data)
		}
	})
	return d.data
}

// typesKey returns the key of types that came from source.
func (k *kept) typesKey(declared results.Key) results.Key {
	h := k.hasher("types")
	h.key(declared)
	return h.sum()
}

// remember notes where the build cache has what was exported of packages, or keeps what is not there.
func (r *run) remember(exports map[*packages.Package]onepkg.Export) {
	if r.kept == nil || !r.kept.open() {
		return
	}
	r.kept.exports.open(r.kept, r.requested)
	for p, e := range exports {
		switch key, ok := r.declares(p, false); {
		case !ok:
		case e.File != "" && r.kept.exports.fixed:
			r.kept.exports.put(key, e.File)
		case e.Data != nil:
			r.kept.add(r.kept.typesKey(key), e.Data)
		}
	}
}

// rememberDeclared keeps the types of packages, which came from source.
func (r *run) rememberDeclared(pkgs []*packages.Package) {
	if r.kept == nil || !r.kept.open() {
		return
	}
	for _, p := range pkgs {
		declared, ok := r.declares(p, false)
		if !ok || p.PkgPath == "unsafe" {
			continue
		}
		key := r.kept.typesKey(declared)
		if r.kept.has(key) {
			continue
		}
		pkg, err := r.universe.Import(p)
		if err != nil {
			continue
		}
		if data, err := onepkg.WriteExport(r.universe.Fset, pkg); err == nil {
			r.kept.add(key, data)
		}
	}
}
