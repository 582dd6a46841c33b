// Package yaml decodes YAML into Go values, and says of each mistake where it is and what was expected.
package yaml

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"github.com/asynccheck/asynccheck/internal/spelling"
)

// A Position is a place in a file. Lines and columns begin with 1.
type Position struct{ Line, Column int }

// A Mistake is something wrong at a place.
type Mistake struct {
	Position
	Msg string
}

// Keys are the positions of values, by keys such as "types[0].name".
type Keys map[string]Position

// Find returns where the value of a key stands, or where it is missing.
func (k Keys) Find(key string) Position {
	for {
		if p, ok := k[key]; ok || key == "" {
			return p
		}
		key = key[:max(strings.LastIndexAny(key, ".["), 0)]
	}
}

// Decode decodes a file's content into what v points to: structs whose fields' JSON names are the keys, lists, strings,
// booleans and integers. The YAML package could do so, but it stops at the first mistake, doesn't say what it expected,
// and forgets the positions. An empty file says nothing.
func Decode(data []byte, v any) (Keys, []Mistake) {
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	d := decoder{src: string(data), keys: make(Keys)}
	d.unquoted = sync.OnceValue(func() []unquoted { return needQuotes(d.src) })
	d.document(data, reflect.ValueOf(v).Elem())
	return d.keys, d.mistakes
}

type decoder struct {
	src      string
	unquoted func() []unquoted // values that need quotes; only asked if there are mistakes
	keys     Keys
	mistakes []Mistake
}

func (d *decoder) fail(p Position, format string, args ...any) {
	d.mistakes = append(d.mistakes, Mistake{p, fmt.Sprintf(format, args...)})
}

func (d *decoder) document(data []byte, v reflect.Value) {
	file, err := parser.ParseBytes(data, 0)
	if err != nil {
		at, msg := Position{1, 1}, err.Error()
		if syntax, ok := errors.AsType[*yaml.SyntaxError](err); ok {
			msg = syntax.Message
			if t := syntax.Token; t != nil && t.Position != nil {
				at = Position{t.Position.Line, t.Position.Column}
			}
		}
		for _, u := range d.unquoted() { // the parser may stumble over them much later
			d.fail(u.Position, "%s", &u)
		}
		if len(d.mistakes) == 0 {
			d.fail(at, "%s", msg)
		}
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
		d.value(bodies[0], v, "")
	}
}

// unquotedAt returns the value that a node should be if that needs quotes, nil if it doesn't.
func (d *decoder) unquotedAt(n ast.Node) *unquoted {
	at := positionOf(n)
	if m, ok := n.(*ast.MappingNode); ok && !m.IsFlowStyle && len(m.Values) == 1 {
		u := pair(d.src, at)
		return &u
	}
	i := slices.IndexFunc(d.unquoted(), func(u unquoted) bool { return u.Position == at })
	if i < 0 {
		return nil
	}
	return &d.unquoted()[i]
}

// value decodes n into v, which has the given key.
func (d *decoder) value(n ast.Node, v reflect.Value, key string) {
	d.keys[key] = positionOf(n)
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
		case *ast.BoolNode, *ast.IntegerNode, *ast.FloatNode:
			d.fail(positionOf(n), "unexpected %s, expected a string: write %s", describe(n), quote(n.GetToken().Value))
			return
		}
		if u := d.unquotedAt(n); u != nil {
			d.fail(u.Position, "%s", u)
			return
		}
	case reflect.Bool:
		if b, ok := n.(*ast.BoolNode); ok {
			v.SetBool(b.Value)
			return
		}
	case reflect.Int, reflect.Int64:
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
	fields := Fields(v.Type())
	for _, e := range m.Values {
		name, ok := e.Key.(*ast.StringNode)
		if !ok {
			d.fail(positionOf(e.Key), "unexpected key %s, expected one of %s", e.Key, strings.Join(names(fields), ", "))
			continue
		}
		i := indexOf(fields, name.Value)
		if i < 0 {
			known := names(fields)
			d.fail(positionOf(name), "unknown key %q%s", name.Value, spelling.Meant(name.Value, known, ", expected one of "+strings.Join(known, ", ")))
			continue
		}
		below := name.Value
		if key != "" {
			below = key + "." + below
		}
		d.value(e.Value, v.FieldByIndex(fields[i].Index), below)
	}
}

// A Field is a key that a mapping may have.
type Field struct {
	Name  string
	Index []int // of the struct's field
}

// Fields returns the keys of a struct type in the order of its fields.
func Fields(t reflect.Type) []Field {
	var fields []Field
	for _, f := range reflect.VisibleFields(t) {
		if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); name != "" && name != "-" {
			fields = append(fields, Field{name, f.Index})
		}
	}
	return fields
}

func names(fields []Field) []string {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.Name
	}
	return names
}

func indexOf(fields []Field, name string) int {
	for i, f := range fields {
		if f.Name == name {
			return i
		}
	}
	return -1
}

// positionOf returns where a node begins. The parser gives the first colon as the position of a mapping.
func positionOf(n ast.Node) Position {
	if m, ok := n.(*ast.MappingNode); ok && !m.IsFlowStyle && len(m.Values) > 0 {
		return positionOf(m.Values[0].Key)
	}
	if t := n.GetToken(); t != nil && t.Position != nil {
		return Position{t.Position.Line, t.Position.Column}
	}
	return Position{1, 1}
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
		return "a mapping with keys " + strings.Join(names(Fields(t)), ", ")
	case reflect.Slice:
		switch t.Elem().Kind() {
		case reflect.String:
			return "a list of strings"
		case reflect.Int64:
			return "a list of integers"
		}
		return "a list"
	case reflect.String:
		return "a string"
	case reflect.Bool:
		return "true or false"
	}
	return "an integer"
}
