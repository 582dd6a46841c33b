package driver

import (
	"crypto/sha256"
	"encoding/binary"
	"hash"
	"os"
	"sync"
	"time"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/packages"

	"github.com/asynccheck/asynccheck/internal/driver/results"
)

// A Cache says where results stay for later runs.
type Cache struct {
	Dir string // see [results.Dir]; empty means nowhere

	// Identity identifies the program.
	Identity func() ([]byte, error)
}

// keptForm names the form of what is kept.
const keptForm = "asynccheck 1"

// kept is what earlier runs have found out, and what this one adds. It is nil without a cache.
//
// A result is found by a hash of all that it depends on: see [run.key]. What is wrong with the directory, or with
// something in it, costs time alone: then packages are analyzed. Errors are not kept.
type kept struct {
	open  func() bool // opens the store; false means that there is none
	store *results.Store
	salt  results.Key // of all keys

	facts sync.Map // encoded, by fact

	mu         sync.Mutex // guards what follows
	files      map[string]stamp
	sums       map[string]results.Key // of files that are part of a key as a whole
	changed    bool                   // a file was not the same each time
	declared   map[declaring]*declared
	redeclared map[*packages.Package]*redeclared
	added      map[results.Key][]byte

	exports exports
}

// A stamp says which version of a file was read.
type stamp struct {
	size    int64
	written time.Time
}

// newKept returns what is kept, nil if nothing is.
func (cfg *Config) newKept(env *goEnv) *kept {
	if cfg.Cache == nil || cfg.Cache.Dir == "" {
		return nil
	}
	if otherBuildSystem() {
		return nil // we know nothing about its packages
	}
	k := &kept{
		files:      make(map[string]stamp),
		sums:       make(map[string]results.Key),
		declared:   make(map[declaring]*declared),
		redeclared: make(map[*packages.Package]*redeclared),
		added:      make(map[results.Key][]byte),
	}
	k.open = sync.OnceValue(func() bool {
		values, _ := env.values()
		identity, err := cfg.Cache.Identity()
		if err != nil || values == "" {
			return false
		}
		k.exports.fixed = env.fixed()
		if env.overlaid() {
			return false // then it is not in their files what packages have
		}
		h := hasher{sha256.New()}
		h.text(keptForm, string(identity), values, cfg.Tags)
		h.yes(cfg.Silenced != nil, cfg.Files != nil, cfg.Notes != nil)
		k.salt = h.sum()
		k.store = results.Open(cfg.Cache.Dir)
		return k.store != nil
	})
	return k
}

// finish stores what was found out, unless a file has changed meanwhile: then nobody knows what belongs to what.
func (k *kept) finish() {
	if k == nil || len(k.added) == 0 && !k.exports.more || !k.unchanged() {
		return
	}
	for key, data := range k.added {
		if data != nil {
			k.store.Put(key, data)
		}
	}
	k.exports.save(k.store)
	k.store.Trim()
}

// note notes which versions of the packages' files there are. What the go command tells about packages from now on is about
// these.
func (k *kept) note(pkgs []*packages.Package) {
	if k == nil {
		return
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	packages.Visit(pkgs, nil, func(p *packages.Package) {
		if standard(p) || downloaded(p) != "" {
			return
		}
		for _, name := range p.GoFiles {
			if _, ok := k.files[name]; !ok {
				k.files[name], _ = stampOf(name)
			}
		}
	})
}

// read reads a file, and notes which version of it.
func (k *kept) read(name string) ([]byte, error) {
	s, err := stampOf(name)
	if err != nil {
		return nil, err
	}
	k.mu.Lock()
	if before, ok := k.files[name]; ok && before != s {
		k.changed = true
	}
	k.files[name] = s
	k.mu.Unlock()
	return os.ReadFile(name)
}

func stampOf(name string) (stamp, error) {
	info, err := os.Stat(name)
	if err != nil {
		return stamp{}, err
	}
	return stamp{info.Size(), info.ModTime()}, nil
}

// sum notes the hash of a file's content.
func (k *kept) sum(name string, sum results.Key) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.sums[name] = sum
}

// readAgain reads a file that is part of a key. It fails if the file is another one by now.
func (k *kept) readAgain(name string) (src []byte, ok bool) {
	k.mu.Lock()
	sum := k.sums[name]
	k.mu.Unlock()
	src, err := os.ReadFile(name)
	return src, err == nil && sha256.Sum256(src) == sum
}

// unchanged reports whether the files are still those that were read.
func (k *kept) unchanged() bool {
	if k.changed {
		return false
	}
	for name, s := range k.files {
		if now, err := stampOf(name); err != nil || now != s {
			return false
		}
	}
	return true
}

// add adds an entry, which is stored at the end.
func (k *kept) add(key results.Key, data []byte) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.added[key] = data
}

// has reports whether an entry will be stored, or notes that it will be.
func (k *kept) has(key results.Key) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	_, ok := k.added[key]
	if !ok {
		k.added[key] = nil
	}
	return ok
}

// hasher returns a hasher for keys of a kind.
func (k *kept) hasher(kind string) hasher {
	h := hasher{sha256.New()}
	h.key(k.salt)
	h.text(kind)
	return h
}

// A hasher makes keys. Different things in the same order never look alike.
type hasher struct{ hash.Hash }

func (h hasher) text(texts ...string) {
	for _, t := range texts {
		h.number(len(t))
		h.Write([]byte(t))
	}
}

func (h hasher) yes(answers ...bool) {
	for _, yes := range answers {
		b := byte(0)
		if yes {
			b = 1
		}
		h.Write([]byte{b})
	}
}

func (h hasher) number(n int) { h.Write(binary.AppendUvarint(nil, uint64(n))) }

func (h hasher) key(k results.Key) { h.Write(k[:]) }

func (h hasher) sum() (k results.Key) {
	h.Sum(k[:0])
	return k
}

// declaring asks what a package declares, or all that it has.
type declaring struct {
	*packages.Package
	whole bool
}

// encodedFact returns a fact's encoding. Most facts are imported by many packages.
func (k *kept) encodedFact(f analysis.Fact, encode func() ([]byte, error)) ([]byte, error) {
	if data, ok := k.facts.Load(f); ok {
		return data.([]byte), nil
	}
	data, err := encode()
	if err == nil {
		k.facts.Store(f, data)
	}
	return data, err
}
