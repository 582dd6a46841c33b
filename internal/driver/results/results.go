// Package results keeps what analyses have found out, in a directory, so that the next run need not find it out again.
// What is kept serves speed alone: whatever is wrong with the directory, there is just less in it.
//
// The storage is a copy of the go command's build cache: entries are found by the hash of all that they depend on,
// several programs may use the directory at once, and entries that nobody has used for days are removed.
package results

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/rogpeppe/go-internal/cache"
)

// Variable is the environment variable for the directory. [Off] means none.
const (
	Variable = "ASYNCCHECK_CACHE"
	Off      = "off"
)

// Dir returns the directory for results: that of the environment, or else one in the user's cache directory. It is
// empty if there is none.
func Dir() string {
	switch dir := os.Getenv(Variable); dir {
	case Off:
		return ""
	case "":
		user, err := os.UserCacheDir()
		if err != nil {
			return ""
		}
		return filepath.Join(user, "asynccheck")
	default:
		dir, err := filepath.Abs(dir)
		if err != nil {
			return ""
		}
		return dir
	}
}

// A Key is a hash of all that an entry depends on.
type Key [sha256.Size]byte

// A Store has entries. A nil Store is empty, and stays so. It is safe for concurrent use.
type Store struct {
	dir   string
	cache *cache.Cache
	wrote atomic.Int64 // bytes
}

// Open opens the store in a directory, which it makes if needed. It returns nil if it can't.
func Open(dir string) *Store {
	if dir == "" || os.MkdirAll(dir, 0o777) != nil {
		return nil
	}
	c, err := cache.Open(dir)
	if err != nil {
		return nil
	}
	return &Store{dir: dir, cache: c}
}

// Get returns an entry, nil if there is none.
func (s *Store) Get(key Key) []byte {
	if s == nil {
		return nil
	}
	data, _, err := s.cache.GetBytes(cache.ActionID(key))
	if err != nil {
		return nil
	}
	return data
}

// Put adds an entry, or replaces it. If that fails, the next run takes longer.
func (s *Store) Put(key Key, data []byte) {
	if s == nil {
		return
	}
	// Unlike Put, PutNoVerify doesn't obey a variable for tests of the go command.
	if _, _, err := s.cache.PutNoVerify(cache.ActionID(key), bytes.NewReader(data)); err == nil {
		s.wrote.Add(int64(len(data)))
	}
}

// Bounds of a store.
const (
	maxSize = 256 << 20 // in bytes
	often   = time.Hour // between two looks at the size
)

// Trim removes what has not been used for days, and what is too much. It is for a program to call at its end. It does
// nothing if the program has added nothing.
func (s *Store) Trim() {
	if s == nil || s.wrote.Load() == 0 {
		return
	}
	_ = s.cache.Trim() // the next run tries again
	looked := filepath.Join(s.dir, "size.txt")
	if info, err := os.Stat(looked); err == nil && time.Since(info.ModTime()) < often && s.wrote.Load() < maxSize/16 {
		return
	}
	shrink(s.dir, maxSize)
	_ = os.WriteFile(looked, nil, 0o666)
}

// An entry is a file of a store.
type entry struct {
	name string
	size int64
	used time.Time // roughly
}

// shrink removes the entries that were not used for the longest time, until the others have less than a limit. It then
// goes on to three quarters of the limit, so that it has little to do the next time.
func shrink(dir string, limit int64) {
	var total int64
	entries := list(dir)
	for _, e := range entries {
		total += e.size
	}
	if total <= limit {
		return
	}
	slices.SortFunc(entries, func(a, b entry) int { return cmp.Or(a.used.Compare(b.used), strings.Compare(a.name, b.name)) })
	for _, e := range entries {
		if total <= limit*3/4 {
			break
		}
		if os.Remove(e.name) == nil {
			total -= e.size
		}
	}
}

// list returns the files of a store. Other files in the directory are not ours.
func list(dir string) []entry {
	var all []entry
	const hex = "[0-9a-f]"
	subdirs, _ := filepath.Glob(filepath.Join(escape(dir), hex+hex))
	for _, subdir := range subdirs {
		files, _ := os.ReadDir(subdir)
		for _, f := range files {
			id, kind, _ := strings.Cut(f.Name(), "-")
			if len(id) != 2*sha256.Size || kind != "a" && kind != "d" {
				continue
			}
			if info, err := f.Info(); err == nil {
				all = append(all, entry{filepath.Join(subdir, f.Name()), info.Size(), info.ModTime()})
			}
		}
	}
	return all
}

// escape returns the pattern that matches a name alone. On Windows there are no such patterns, and no such names.
func escape(name string) string {
	if filepath.Separator == '\\' {
		return name
	}
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`).Replace(name)
}

// Clean removes all entries, and the directory if nothing else is in it.
func Clean(dir string) error {
	if _, err := os.Stat(dir); os.IsNotExist(err) {
		return nil
	}
	var first error
	for _, e := range list(dir) {
		if err := os.Remove(e.name); err != nil && !os.IsNotExist(err) {
			first = cmp.Or(first, err)
		}
	}
	for i := range 256 {
		_ = os.Remove(filepath.Join(dir, string("0123456789abcdef"[i>>4])+string("0123456789abcdef"[i&15]))) // if it is empty
	}
	for _, name := range []string{"trim.txt", "size.txt"} {
		_ = os.Remove(filepath.Join(dir, name))
	}
	_ = os.Remove(dir) // if it is empty
	return first
}
