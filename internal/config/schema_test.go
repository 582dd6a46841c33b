package config

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/asynccheck/asynccheck/analyzer"
	"github.com/asynccheck/asynccheck/internal/contract"
	"github.com/asynccheck/asynccheck/internal/yaml"
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
	signal := s.Properties["apis"].Items.Properties["duties"].Items.Properties["signals"].Items
	if got := signal.Properties["reading"].Enum; !slices.Equal(got, contract.Readings[:]) {
		t.Errorf("the schema's readings are %v, want %v", got, contract.Readings)
	}
}

func compare(t *testing.T, s *schema, typ reflect.Type, key string) {
	t.Helper()
	kinds := map[reflect.Kind]string{
		reflect.Struct: "object", reflect.Slice: "array", reflect.String: "string", reflect.Bool: "boolean", reflect.Int: "integer", reflect.Int64: "integer",
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
		fields := yaml.Fields(typ)
		for name, p := range s.Properties {
			i := slices.IndexFunc(fields, func(f yaml.Field) bool { return f.Name == name })
			if i < 0 {
				t.Errorf("key %q of the schema is none of %q", name, key)
				continue
			}
			if p.Description == "" {
				t.Errorf("key %q of %q has no description in the schema", name, key)
			}
			compare(t, p, typ.FieldByIndex(fields[i].Index).Type, key+"."+name)
		}
		for _, f := range fields {
			if s.Properties[f.Name] == nil {
				t.Errorf("key %q of %q is not in the schema", f.Name, key)
			}
		}
	}
}

// A contract that has no more than what the schema requires is accepted, and nothing of that can be left out.
func TestSchemaOfContracts(t *testing.T) {
	api := readSchema(t).Properties["apis"].Items
	duty := api.Properties["duties"].Items
	pairs := map[string]string{"id": "id: acme.push", "duties": "duties: [{signals: [{path: Failed}]}]", "find": "find: {paths: [a], type: T}"}
	write := func(pairs map[string]string) string {
		return "apis: [{" + strings.Join(slices.Sorted(maps.Values(pairs)), ", ") + "}]"
	}
	if _, err := parse("f", []byte(write(pairs))); err != nil {
		t.Error(err)
	}
	for _, key := range api.Required {
		without := maps.Clone(pairs)
		delete(without, key)
		if _, err := parse("f", []byte(write(without))); err == nil {
			t.Errorf("without %s there is no error", key)
		}
	}
	for _, wrong := range []string{"find: {type: T}", "duties: [{}]", "exempt: [{field: F}]", `exempt: [{values: ["true"]}]`} {
		with := maps.Clone(pairs)
		with[strings.Split(wrong, ":")[0]] = wrong
		if _, err := parse("f", []byte(write(with))); err == nil {
			t.Errorf("%s is no error", wrong)
		}
	}
	if want := []string{"signals"}; !slices.Equal(duty.Required, want) {
		t.Errorf("a duty requires %v, want %v", duty.Required, want)
	}
	for _, on := range api.Properties["default"].Enum {
		with := maps.Clone(pairs)
		with["default"] = "default: " + on
		if _, err := parse("f", []byte(write(with))); err != nil {
			t.Error(err)
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
	pages := make(map[string]string)
	for _, name := range []string{"configuration.md", "contracts.md"} {
		page, err := os.ReadFile("../../docs/" + name)
		if err != nil {
			t.Fatal(err)
		}
		pages[name] = string(page)
	}
	var check func(typ reflect.Type, key string)
	check = func(typ reflect.Type, key string) {
		for _, f := range yaml.Fields(typ) {
			page, name := "configuration.md", f.Name
			if own, ok := strings.CutPrefix(key+f.Name, "apis."); ok { // the words of the built-in contracts
				page, name = "contracts.md", own
			}
			if !strings.Contains(pages[page], "`"+name+"`") {
				t.Errorf("docs/%s doesn't mention `%s`", page, name)
			}
			below := key + f.Name
			ft := typ.FieldByIndex(f.Index).Type
			for ft.Kind() == reflect.Slice || ft.Kind() == reflect.Pointer {
				if ft.Kind() == reflect.Slice && below != "apis" {
					below += "[]"
				}
				ft = ft.Elem()
			}
			if ft.Kind() == reflect.Struct {
				check(ft, below+".")
			}
		}
	}
	check(reflect.TypeFor[analyzer.Config](), "")

	examples := 0
	const file = "../../docs/configuration.md"
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
	if examples == 0 {
		t.Errorf("%s has no example", file)
	}
}
