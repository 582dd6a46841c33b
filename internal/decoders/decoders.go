// Package decoders knows the packages that decode JSON. It links nothing, since the
// filter asks it before most of the program has started, and the engine afterwards.
package decoders

// known are packages whose Unmarshal and Decode functions decode JSON. It is true for those that
// have values with a method Unmarshal, too: any of them has one with a method Decode.
var known = map[string]bool{
	"encoding/json":                      false,
	"encoding/json/v2":                   false,
	"encoding/json/jsontext":             false,
	"github.com/go-json-experiment/json": false,
	"github.com/json-iterator/go":        true,
	"github.com/goccy/go-json":           false,
	"github.com/bytedance/sonic":         true,
	"github.com/segmentio/encoding/json": false,
}

// Known reports whether the package with the given path has known decoders.
func Known(path string) bool {
	_, ok := known[path]
	return ok
}

// Methods reports whether values of the package have a method that decodes data into what
// it is given. A file that calls one need not import the package.
func Methods(path string) bool { return known[path] }
