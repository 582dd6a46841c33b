package config

import (
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/asynccheck/asynccheck/analyzer"
)

// A schema is the part of JSON Schema that the editors' schema uses.
type schema struct {
	Description          string
	Type                 string
	AdditionalProperties *bool
	Required             []string
	Properties           map[string]*schema
	Items                *schema
	Enum                 []string
	Examples             []string
}

func readSchema(t *testing.T) *schema {
	t.Helper()
	data, err := os.ReadFile("../../docs/asynccheck.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	s := new(schema)
	if err := json.Unmarshal(data, s); err != nil {
		t.Fatal(err)
	}
	return s
}

// The schema for editors has the keys of the configuration, and their types.
func TestSchema(t *testing.T) {
	s := readSchema(t)
	compare(t, s, reflect.TypeFor[analyzer.Config](), "")

	var rules []string
	for _, r := range analyzer.Rules() {
		rules = append(rules, r.Name)
	}
	if got := s.Properties["rules"].Items.Examples; !slices.Equal(got, rules) {
		t.Errorf("the schema's rules are %v, want %v", got, rules)
	}
}

func compare(t *testing.T, s *schema, typ reflect.Type, key string) {
	t.Helper()
	kinds := map[reflect.Kind]string{
		reflect.Struct: "object", reflect.Slice: "array", reflect.String: "string", reflect.Bool: "boolean", reflect.Int64: "integer",
	}
	if typ.Kind() == reflect.Pointer {
		typ = typ.Elem()
	}
	if want := kinds[typ.Kind()]; s.Type != want {
		t.Errorf("%q is of type %s in the schema, want %s", key, s.Type, want)
		return
	}
	switch typ.Kind() {
	case reflect.Slice:
		compare(t, s.Items, typ.Elem(), key+"[]")
	case reflect.Struct:
		if s.AdditionalProperties == nil || *s.AdditionalProperties {
			t.Errorf("%q may have other keys in the schema", key)
		}
		fields := fieldsOf(typ)
		for name, p := range s.Properties {
			i := indexOf(fields, name)
			if i < 0 {
				t.Errorf("key %q of the schema is none of %q", name, key)
				continue
			}
			if p.Description == "" {
				t.Errorf("key %q of %q has no description in the schema", name, key)
			}
			compare(t, p, typ.FieldByIndex(fields[i].index).Type, key+"."+name)
		}
		for _, f := range fields {
			if s.Properties[f.name] == nil {
				t.Errorf("key %q of %q is not in the schema", f.name, key)
			}
		}
	}
}

// The parser accepts what the schema describes, and demands what the schema requires.
func TestSchemaAccepted(t *testing.T) {
	typ := readSchema(t).Properties["types"].Items
	for _, shape := range typ.Properties["shape"].Enum {
		if _, err := parse("f", []byte("types: [{name: a.T, shape: "+shape+"}]")); err != nil {
			t.Error(err)
		}
	}
	pairs := map[string]string{"name": "name: a.T", "shape": "shape: none"}
	for _, key := range typ.Required {
		var others []string
		for k, pair := range pairs {
			if k != key {
				others = append(others, pair)
			}
		}
		text := "types: [{" + strings.Join(others, ", ") + "}]"
		if _, err := parse("f", []byte(text)); err == nil || !strings.Contains(err.Error(), key+": it is missing") {
			t.Errorf("%s without %s: got error %v", text, key, err)
		}
		delete(typ.Properties, key)
	}
	var sample func(s *schema, n int) string
	sample = func(s *schema, n int) string {
		switch s.Type {
		case "integer":
			return fmt.Sprint(n)
		case "string":
			return "Name"
		}
		var pairs []string
		for name, p := range s.Properties {
			pairs = append(pairs, name+": "+sample(p, len(pairs)))
		}
		return "{" + strings.Join(pairs, ", ") + "}"
	}
	for name, p := range typ.Properties {
		text := "types: [{name: a.T, shape: batch, " + name + ": " + sample(p, 0) + "}]"
		if _, err := parse("f", []byte(text)); err != nil {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// The documentation describes every key, and its examples are right.
func TestDocumentation(t *testing.T) {
	page, err := os.ReadFile("../../docs/configuration.md")
	if err != nil {
		t.Fatal(err)
	}
	var check func(typ reflect.Type)
	check = func(typ reflect.Type) {
		for _, f := range fieldsOf(typ) {
			if !strings.Contains(string(page), "`"+f.name+"`") {
				t.Errorf("docs/configuration.md doesn't mention `%s`", f.name)
			}
			ft := typ.FieldByIndex(f.index).Type
			for ft.Kind() == reflect.Slice || ft.Kind() == reflect.Pointer {
				ft = ft.Elem()
			}
			if ft.Kind() == reflect.Struct {
				check(ft)
			}
		}
	}
	check(reflect.TypeFor[analyzer.Config]())

	examples := 0
	for _, file := range []string{"../../docs/configuration.md", "../../README.md"} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile("(?ms)^```yaml\n(.*?)^```$").FindAllSubmatch(text, -1) {
			examples++
			if _, err := parse(file, m[1]); err != nil {
				t.Errorf("%v in\n%s", err, m[1])
			}
		}
	}
	if examples < 2 {
		t.Errorf("%d examples, want one in each of README.md and docs/configuration.md", examples)
	}
}
