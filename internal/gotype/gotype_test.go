package gotype

import (
	"go/types"
	"testing"
)

// named returns a type of that name in the package with the path.
func named(path, name string, underlying types.Type) types.Type {
	return types.NewNamed(types.NewTypeName(0, types.NewPackage(path, ""), name, nil), underlying, nil)
}

func TestIs(t *testing.T) {
	text, number := types.Typ[types.String], types.Typ[types.Int64]
	empty := types.NewInterfaceType(nil, nil)
	bytes := types.NewSlice(types.Typ[types.Byte])
	for _, test := range []struct {
		name string
		is   func(types.Type) bool
		typ  types.Type
		want bool
	}{
		{"a number", IsNumber, number, true},
		{"a number", IsNumber, types.NewPointer(named("p", "Code", types.Typ[types.Float32])), true},
		{"a number", IsNumber, types.NewPointer(types.NewPointer(number)), false},
		{"a number", IsNumber, text, false},
		{"a number", IsNumber, types.NewTypeParam(types.NewTypeName(0, nil, "T", nil), empty), false},
		{"a number", IsNumber, types.NewPointer(named("encoding/json", "Number", text)), true},
		{"json.Number", IsJSONNumber, types.NewAlias(types.NewTypeName(0, nil, "N", nil), named("encoding/json", "Number", text)), true},
		{"json.Number", IsJSONNumber, named("github.com/json-iterator/go", "Number", text), true},
		{"json.Number", IsJSONNumber, named("encoding/json", "Number", number), false},
		{"json.Number", IsJSONNumber, named("encoding/json", "Delim", text), false},
		{"json.Number", IsJSONNumber, named("example.com/jsonapi", "Number", text), false}, // a phone number
		{"json.RawMessage", IsRawJSON, named("github.com/goccy/go-json", "RawMessage", bytes), true},
		{"json.RawMessage", IsRawJSON, named("example.com/json", "RawMessage", bytes), true}, // a fork
		{"json.RawMessage", IsRawJSON, named("example.com/mail", "RawMessage", bytes), false},
		{"json.RawMessage", IsRawJSON, named("example.com/json", "RawMessage", text), false},
		{"json.RawMessage", IsRawJSON, types.NewAlias(types.NewTypeName(0, nil, "RawMessage", nil), named("encoding/json/jsontext", "Value", bytes)), true},
		{"json.RawMessage", IsRawJSON, named("github.com/go-json-experiment/json/jsontext", "Value", bytes), true},
		{"json.RawMessage", IsRawJSON, named("example.com/json", "Value", bytes), false},
		{"a text", IsText, types.NewPointer(text), true},
		{"a text", IsText, named("encoding/json", "Number", text), false},
		{"anything", IsAny, named("p", "Any", empty), true},
		{"anything", IsAny, types.NewTypeParam(types.NewTypeName(0, nil, "T", nil), empty), false},
		{"anything", IsAny, types.Universe.Lookup("error").Type(), false},
		{"a pointer", IsPointer, named("p", "P", types.NewPointer(text)), true},
		{"a pointer", IsPointer, text, false},
	} {
		if got := test.is(test.typ); got != test.want {
			t.Errorf("%s is %s: %t", test.typ, test.name, got)
		}
	}
}

func TestDeref(t *testing.T) {
	number := types.Typ[types.Int]
	alias := types.NewAlias(types.NewTypeName(0, nil, "A", nil), number)
	for _, typ := range []types.Type{number, alias, types.NewPointer(number), types.NewPointer(alias), named("p", "P", types.NewPointer(alias))} {
		if got := Deref(typ); got != number {
			t.Errorf("%s leads to %s", typ, got)
		}
	}
}
