package config

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"github.com/asynccheck/asynccheck/analyzer"
)

// A decoder decodes YAML into the types of a configuration: structs whose fields' JSON names are the keys, lists,
// strings, booleans and integers. The YAML package could do so, but it stops at the first mistake, doesn't say what it
// expected, and forgets the positions.
type decoder struct {
	file      string
	errs      Errors
	positions map[string]position // of values, by keys such as "types[0].name"
}

type position struct{ line, column int }

func (d *decoder) fail(p position, format string, args ...any) {
	d.errs = append(d.errs, &Error{d.file, p.line, p.column, fmt.Sprintf(format, args...)})
}

// document decodes the file's content. An empty file says nothing.
func (d *decoder) document(data []byte, cfg *analyzer.Config) {
	file, err := parser.ParseBytes(bytes.TrimPrefix(data, []byte("\uFEFF")), 0)
	if err != nil {
		at, msg := position{1, 1}, err.Error()
		if syntax, ok := errors.AsType[*yaml.SyntaxError](err); ok {
			msg = syntax.Message
			if t := syntax.Token; t != nil && t.Position != nil {
				at = position{t.Position.Line, t.Position.Column}
			}
		}
		d.fail(at, "%s", msg)
		return
	}
	var bodies []ast.Node
	for _, doc := range file.Docs {
		if _, directive := doc.Body.(*ast.DirectiveNode); doc.Body != nil && !directive {
			bodies = append(bodies, doc.Body)
		}
	}
	if len(bodies) > 1 {
		d.fail(positionOf(bodies[1]), "unexpected second document, expected one")
	}
	if len(bodies) > 0 {
		d.value(bodies[0], reflect.ValueOf(cfg).Elem(), "")
	}
}

// value decodes n into v, which has the given key.
func (d *decoder) value(n ast.Node, v reflect.Value, key string) {
	d.positions[key] = positionOf(n)
	switch v.Kind() {
	case reflect.Struct:
		if m, ok := n.(*ast.MappingNode); ok {
			d.mapping(m, v, key)
			return
		}
	case reflect.Slice:
		if s, ok := n.(*ast.SequenceNode); ok {
			v.Set(reflect.MakeSlice(v.Type(), len(s.Values), len(s.Values)))
			for i, e := range s.Values {
				d.value(e, v.Index(i), fmt.Sprintf("%s[%d]", key, i))
			}
			return
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		d.value(n, v.Elem(), key)
		return
	case reflect.String:
		switch n := n.(type) {
		case *ast.StringNode:
			v.SetString(n.Value)
			return
		case *ast.LiteralNode:
			v.SetString(n.Value.Value)
			return
		}
	case reflect.Bool:
		if b, ok := n.(*ast.BoolNode); ok {
			v.SetBool(b.Value)
			return
		}
	case reflect.Int64:
		if i, ok := n.(*ast.IntegerNode); ok {
			switch i := i.Value.(type) {
			case int64:
				v.SetInt(i)
				return
			case uint64:
				if n := int64(i); n >= 0 {
					v.SetInt(n)
					return
				}
			}
		}
	}
	d.fail(positionOf(n), "unexpected %s, expected %s", describe(n), expected(v.Type()))
}

func (d *decoder) mapping(m *ast.MappingNode, v reflect.Value, key string) {
	fields := fieldsOf(v.Type())
	for _, e := range m.Values {
		name, ok := e.Key.(*ast.StringNode)
		if !ok {
			d.fail(positionOf(e.Key), "unexpected key %s, expected one of %s", e.Key, strings.Join(names(fields), ", "))
			continue
		}
		i := indexOf(fields, name.Value)
		if i < 0 {
			d.fail(positionOf(name), "unknown key %q, expected one of %s", name.Value, strings.Join(names(fields), ", "))
			continue
		}
		below := name.Value
		if key != "" {
			below = key + "." + below
		}
		d.value(e.Value, v.FieldByIndex(fields[i].index), below)
	}
}

// find returns where the value of a key stands, or where it is missing.
func (d *decoder) find(key string) position {
	for {
		if p, ok := d.positions[key]; ok || key == "" {
			return p
		}
		key = key[:max(strings.LastIndexAny(key, ".["), 0)]
	}
}

// A field is a key that a mapping may have.
type field struct {
	name  string
	index []int
}

// fieldsOf returns the keys of a struct type in the order of its fields.
func fieldsOf(t reflect.Type) []field {
	var fields []field
	for _, f := range reflect.VisibleFields(t) {
		if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); name != "" && name != "-" {
			fields = append(fields, field{name, f.Index})
		}
	}
	return fields
}

func names(fields []field) []string {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.name
	}
	return names
}

func indexOf(fields []field, name string) int {
	for i, f := range fields {
		if f.name == name {
			return i
		}
	}
	return -1
}

// positionOf returns where a node begins. The parser gives the first colon as the position of a mapping.
func positionOf(n ast.Node) position {
	if m, ok := n.(*ast.MappingNode); ok && !m.IsFlowStyle && len(m.Values) > 0 {
		return positionOf(m.Values[0].Key)
	}
	if t := n.GetToken(); t != nil && t.Position != nil {
		return position{t.Position.Line, t.Position.Column}
	}
	return position{1, 1}
}

// describe says what a node is, for a message.
func describe(n ast.Node) string {
	switch n := n.(type) {
	case *ast.MappingNode:
		return "mapping"
	case *ast.SequenceNode:
		return "list"
	case *ast.NullNode:
		return "nothing"
	case *ast.StringNode:
		return fmt.Sprintf("string %q", n.Value)
	case *ast.LiteralNode:
		return "string"
	case *ast.BoolNode:
		return fmt.Sprintf("boolean %t", n.Value)
	case *ast.IntegerNode, *ast.FloatNode, *ast.InfinityNode, *ast.NanNode:
		return "number " + n.GetToken().Value
	case *ast.AliasNode, *ast.AnchorNode:
		return "anchor or alias"
	}
	return n.Type().String()
}

// expected says what a value of the type is.
func expected(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Struct:
		return "a mapping with keys " + strings.Join(names(fieldsOf(t)), ", ")
	case reflect.Slice:
		if t.Elem().Kind() == reflect.String {
			return "a list of strings"
		}
		return "a list"
	case reflect.String:
		return "a string"
	case reflect.Bool:
		return "true or false"
	}
	return "an integer"
}
