package source

import "bytes"

// standard are the first elements of the standard library's import paths.
var standard = map[string]bool{
	"archive": true, "bufio": true, "builtin": true, "bytes": true, "cmd": true, "cmp": true, "compress": true,
	"container": true, "context": true, "crypto": true, "database": true, "debug": true, "embed": true,
	"encoding": true, "errors": true, "expvar": true, "flag": true, "fmt": true, "go": true, "hash": true,
	"html": true, "image": true, "index": true, "internal": true, "io": true, "iter": true, "log": true,
	"maps": true, "math": true, "mime": true, "net": true, "os": true, "path": true, "plugin": true,
	"reflect": true, "regexp": true, "runtime": true, "slices": true, "sort": true, "strconv": true,
	"strings": true, "structs": true, "sync": true, "syscall": true, "testing": true, "text": true,
	"time": true, "unicode": true, "unique": true, "unsafe": true, "vendor": true, "weak": true,
}

// Standard reports whether a package that belongs to no module is one of the standard
// library. Those have no facts: what there is to know of their functions is known
// by name. Tests beside a package are a package, too. One that is too new to be known here is looked at like any other.
func Standard(path string) bool {
	first, _, _ := bytes.Cut(bytes.TrimSuffix([]byte(path), []byte("_test")), []byte("/"))
	return standard[string(first)]
}
