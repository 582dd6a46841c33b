// Package decoders knows the packages that decode JSON. It links nothing, since the
// filter asks it before most of the program has started, and the engine afterwards.
package decoders

// known are packages whose Unmarshal and Decode functions decode JSON.
var known = map[string]bool{
	"encoding/json":                      true,
	"encoding/json/v2":                   true,
	"encoding/json/jsontext":             true,
	"github.com/go-json-experiment/json": true,
	"github.com/json-iterator/go":        true,
	"github.com/goccy/go-json":           true,
	"github.com/bytedance/sonic":         true,
	"github.com/segmentio/encoding/json": true,
}

// Known reports whether the package with the given path has known decoders.
func Known(path string) bool { return known[path] }
