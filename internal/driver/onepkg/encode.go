package onepkg

import (
	"encoding/json"
	"fmt"
	"reflect"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/objectpath"
)

// An Encoded is a fact in a form that can be written to a file.
type Encoded struct {
	PkgPath string
	Object  objectpath.Path
	Kind    string // the name of the fact's type
	Fact    json.RawMessage
}

// Encode encodes a fact. A fact has the same encoding each time.
func Encode(f Fact) (Encoded, error) {
	data, err := json.Marshal(f.Fact)
	return Encoded{f.PkgPath, f.Object, reflect.TypeOf(f.Fact).Elem().Name(), data}, err
}

// A Decoder decodes an analyzer's facts.
type Decoder map[string]reflect.Type

// NewDecoder returns a decoder of the analyzer's facts.
func NewDecoder(a *analysis.Analyzer) Decoder {
	kinds := make(Decoder)
	for _, f := range a.FactTypes {
		t := reflect.TypeOf(f).Elem()
		kinds[t.Name()] = t
	}
	return kinds
}

// Decode decodes a fact.
func (d Decoder) Decode(e Encoded) (Fact, error) {
	t := d[e.Kind]
	if t == nil {
		return Fact{}, fmt.Errorf("no kind of fact %q", e.Kind)
	}
	f := reflect.New(t).Interface().(analysis.Fact)
	if err := json.Unmarshal(e.Fact, f); err != nil {
		return Fact{}, err
	}
	return Fact{e.PkgPath, e.Object, f}, nil
}
