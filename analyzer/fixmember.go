package analyzer

import (
	"cmp"
	"go/types"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/asynccheck/asynccheck/internal/recognize"
)

// An access is the expression of a member, and the conditions (guards) without which
// it would dereference a nil pointer.
type access struct {
	expr   string
	guards []string
	typ    types.Type
}

// at returns the expression of the element with a key.
func (a access) at(key string) string {
	if strings.HasPrefix(a.expr, "*") {
		return "(" + a.expr + ")[" + key + "]"
	}
	return a.expr + "[" + key + "]"
}

// deref dereferences a pointer.
func (a *access) deref() {
	if isPointer(a.typ) {
		a.guards = append(a.guards, a.expr+" != nil")
		a.expr, a.typ = "*"+a.expr, deref(a.typ)
	}
}

// member returns the access to the member at path of x. x is a struct of
// type t or a non-nil pointer to one. Pointers on the path that also lead to the member
// at known are not nil. It returns false if the package may not use a field on the
// path.
func (w *loopWriter) member(x string, t types.Type, path []int, selector string, known []int) (access, bool) {
	a := access{typ: t}
	at := x
	written := strings.Split(selector, ".")
	for i, index := range path {
		v := structUnder(a.typ).Field(index)
		at += "." + v.Name()
		a.typ = v.Type()
		foreign := !v.Exported() && v.Pkg() != w.pass.Pkg
		if foreign && slices.Contains(written, v.Name()) {
			return a, false
		}
		shared := i < len(known)-1 && slices.Equal(path[:i+1], known[:i+1])
		if i < len(path)-1 && isPointer(a.typ) && !shared {
			if foreign {
				return a, false
			}
			a.guards = append(a.guards, at+" != nil")
		}
	}
	a.expr = x + "." + selector
	return a, true
}

// collection returns the access to the entries of the response x. Its code has been
// read just before.
func (w *loopWriter) collection(x string) (access, bool) {
	d := w.resp.Detail
	a, ok := w.member(x, w.resp.Type, d.Path, d.Selector, w.resp.Code.Path)
	if ok && len(d.Inner) > 0 {
		outer := a
		if isPointer(outer.typ) {
			outer.guards = append(outer.guards, outer.expr+" != nil")
		}
		var names []string
		t := outer.typ
		for _, index := range d.Inner {
			v := structUnder(t).Field(index)
			names = append(names, v.Name())
			t = v.Type()
		}
		a, ok = w.member(outer.expr, outer.typ, d.Inner, strings.Join(names, "."), nil)
		a.guards = append(outer.guards, a.guards...)
	}
	a.deref()
	return a, ok
}

// failed returns the condition under which an entry's code means a failure, and the
// verb that formats the code. If the code is a pointer, it dereferences it.
func (w *loopWriter) failed(code *access) (cond, verb string, ok bool) {
	code.deref()
	b, ok := code.typ.Underlying().(*types.Basic)
	if !ok {
		return "", "", false // the type in an interface is unknown
	}
	success := strconv.FormatInt(w.resp.Contract.Code().SuccessValue(), 10)
	switch {
	case b.Info()&types.IsInteger != 0:
		verb = "%d"
	case b.Info()&types.IsString != 0: // a json.Number
		verb, success = "%s", strconv.Quote(success)
	default:
		verb = "%v"
	}
	return code.expr + " != " + success, verb, true
}

// A text is a part of the error's message.
type text struct {
	verb   string
	expr   string
	before []string // statements that compute expr
}

// text returns the text of a member of the entry x, a string or an integer. If
// the member is a pointer, statements read it into a variable with one of the names.
func (w *loopWriter) text(x string, entry *recognize.Response, m *recognize.Member, names ...string) (text, bool) {
	a, ok := w.member(x, entry.Type, m.Path, m.Selector, entry.Code.Path)
	if !ok || len(a.guards) > 0 {
		return text{}, false
	}
	elem := types.Unalias(deref(a.typ))
	b, ok := elem.Underlying().(*types.Basic)
	switch {
	case !ok:
		return text{}, false
	case isPointer(a.typ):
		value := "*" + a.expr
		if elem != types.Typ[types.String] {
			if b.Info()&types.IsString == 0 || !w.predeclared("string") {
				return text{}, false
			}
			value = "string(" + value + ")"
		}
		name := w.fresh(names...)
		return text{"%s", name, []string{
			name + ` := ""`,
			"if " + a.expr + " != nil {",
			"\t" + name + " = " + value,
			"}",
		}}, true
	case b.Info()&types.IsString != 0:
		return text{verb: "%s", expr: a.expr}, true
	case b.Info()&types.IsInteger != 0:
		return text{verb: "%d", expr: a.expr}, true
	}
	return text{}, false
}

// id returns the text of the entry's first member that identifies the resource, judged
// by the member's name: contracts describe keys only.
func (w *loopWriter) id(x string, entry *recognize.Response) (text, bool) {
	st := structUnder(entry.Type)
	for i := range st.NumFields() {
		v := st.Field(i)
		name, _, _ := strings.Cut(reflect.StructTag(st.Tag(i)).Get("json"), ",")
		if v.Embedded() || name == "-" || !isID(name) && !isID(v.Name()) ||
			slices.ContainsFunc(entry.Contract.Members.Task, func(task string) bool {
				return strings.EqualFold(task, cmp.Or(name, v.Name()))
			}) {
			continue
		}
		m := &recognize.Member{Path: []int{i}, Selector: v.Name(), Type: v.Type()}
		if t, ok := w.text(x, entry, m, "id", "key", "name"); ok {
			return t, true
		}
	}
	return text{}, false
}

// isID reports whether a member of that name identifies something.
func isID(name string) bool {
	return strings.EqualFold(name, "id") ||
		strings.HasSuffix(name, "Id") || strings.HasSuffix(name, "ID") || strings.HasSuffix(name, "_id")
}
