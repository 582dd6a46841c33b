package analyzer

import (
	"go/types"
	"slices"
	"strconv"
	"strings"

	"github.com/asynccheck/asynccheck/internal/codeset"
	"github.com/asynccheck/asynccheck/internal/contract"
	"github.com/asynccheck/asynccheck/internal/gotype"
	"github.com/asynccheck/asynccheck/internal/typestate"
)

// How a fix spells a signal and what it compares it with.

// An operand is an expression for what a part of a signal's path leads to.
type operand struct {
	expr    string
	typ     types.Type
	guards  []string // conditions without which it would dereference a nil pointer
	nonNil  bool     // it is no nil pointer
	calls   bool     // it calls a method
	address bool     // it is addressable
}

// deref dereferences a pointer.
func (x operand) deref() operand {
	if gotype.IsPointer(x.typ) {
		x.guards = append(slices.Clip(x.guards), x.expr+" != nil")
		x.expr, x.typ, x.address = "*"+x.expr, gotype.Deref(x.typ), true
	}
	return x
}

// selected goes the path up to the elements of a collection. It returns the rest of the path.
func (x operand) selected(path []contract.Step) (operand, []contract.Step, bool) {
	for len(path) > 0 && path[0].Kind != contract.Elements {
		var ok bool
		if x, ok = x.step(path[0]); !ok {
			return x, nil, false
		}
		path = path[1:]
	}
	return x, path, true
}

// step goes one step of a path that selects a field or calls a method.
func (x operand) step(s contract.Step) (operand, bool) {
	obj, index, _ := types.LookupFieldOrMethod(x.typ, x.address, nil, s.Name)
	if obj == nil || len(index) > 1 { // what is embedded may be a nil pointer
		return x, false
	}
	if gotype.IsPointer(x.typ) {
		if !x.nonNil {
			x.guards = append(slices.Clip(x.guards), x.expr+" != nil")
		}
		x.address = true
	}
	x.expr += "." + s.Name
	x.nonNil = false
	switch obj := obj.(type) {
	case *types.Var:
		x.typ = obj.Type()
		return x, s.Kind == contract.Field
	case *types.Func:
		if s.Kind != contract.Method || obj.Signature().Results().Len() != 1 {
			return x, false
		}
		x.expr += "()"
		x.typ, x.calls, x.address = obj.Signature().Results().At(0).Type(), true, false
		return x, true
	}
	return x, false
}

// A signalled failure is what says that items failed, and what an error says about it.
type signalled struct {
	items string // that may have failed
	name  string // of the signal's member, "" if the response is the signal

	init   string   // a statement before the condition
	guards []string // conditions without which the others can't be evaluated
	cond   string
	layout string // of the error's text
	args   []string
	err    string // or the error to return, in place of a text
}

// failure describes the failure that a signal of the whole response says. It is at the end of the path.
func (w *signalWriter) failure(v *typestate.Value, s *contract.Signal, x operand, path []contract.Step) (f signalled, ok bool) {
	f.items = itemsOf(v)
	f.layout = "some " + f.items + " failed"
	if len(path) > 0 {
		f.name = path[len(path)-1].Name
	}
	switch s.Reading {
	case contract.Nil:
		return f, w.nilFailure(&f, s, x)
	case contract.Length:
		return f, w.lengthFailure(&f, x) && s.Clean.Equal(codeset.Of(0))
	}
	return f, w.valueFailure(&f, s, x)
}

// says makes the message tell the signal's value, by a verb of package fmt.
func (f *signalled) says(verb, value string) {
	f.layout, f.args = verb, []string{value}
	if f.name != "" {
		f.layout = f.name + " is " + verb
	}
}

// nilFailure fills in the test of a signal that is an error, or nil or not.
func (w *signalWriter) nilFailure(f *signalled, s *contract.Signal, x operand) bool {
	zero := s.Clean.Equal(codeset.Of(0))
	f.guards = x.guards
	if zero && typestate.IsError(x.typ) {
		f.err = "err"
		if w.err != nil {
			f.err = w.err.Name
		}
		f.init, f.cond = f.err+" := "+x.expr, f.err+" != nil"
		return true
	}
	if gotype.IsPointer(x.typ) && gotype.IsText(x.typ) && zero && !x.calls {
		f.says("%s", "*"+x.expr)
	}
	if s.Clean.Equal(codeset.Of(1)) {
		f.cond = x.expr + " == nil"
		return true
	}
	f.cond = x.expr + " != nil"
	return zero
}

// lengthFailure fills in the test of a text or a list that is not empty.
func (w *signalWriter) lengthFailure(f *signalled, x operand) bool {
	x = x.deref()
	f.guards, f.cond = x.guards, "len("+x.expr+") > 0"
	switch u := x.typ.Underlying().(type) {
	case *types.Basic:
		if f.cond = x.expr + ` != ""`; !x.calls {
			f.says("%s", x.expr)
		}
	case *types.Slice:
		n := "len(" + x.expr + ")"
		switch {
		case len(f.guards) == 0:
			name := w.variable("n", "failed", "count")
			f.init, n = name+" := "+n, name
		case x.calls:
			return false
		}
		f.cond, f.layout, f.args = n+" > 0", "%d "+f.items+" failed", []string{n}
		if types.Identical(u.Elem(), types.Typ[types.String]) && !x.calls {
			f.layout, f.args = f.layout+": %q", append(f.args, x.expr)
		}
	}
	return true
}

// valueFailure fills in the test of a number, a truth value or a text.
func (w *signalWriter) valueFailure(f *signalled, s *contract.Signal, x operand) bool {
	pointer := gotype.IsPointer(x.typ)
	value := x.deref()
	if x.calls && (pointer || len(x.guards) > 0) {
		return false // it would be called several times
	}
	f.guards = value.guards
	if numeric := s.Reading == contract.Number || s.Reading == contract.Count; numeric && len(x.guards) == 0 && (pointer || x.calls) {
		name := w.variable("n", "failed", "count")
		f.init, f.guards, value.expr = name+" := "+x.expr, nil, name
		if pointer {
			f.guards, value.expr = nil, "*"+name
			f.cond = name + " != nil && "
		}
	}
	cond, ok := unclean(s, value.expr, pointer)
	f.cond += cond
	switch {
	case typestate.IsError(value.typ) && f.init == "":
		f.err = value.expr
	case s.Reading == contract.Truth, s.Reading == contract.Text && x.calls:
	case s.Reading == contract.Text:
		f.says("%s", value.expr)
	case s.Reading == contract.Count && s.Clean.Equal(codeset.Of(0)):
		f.layout, f.args = verb(value.typ)+" "+f.items+" failed", []string{value.expr}
	default:
		f.says(verb(value.typ), value.expr)
	}
	return ok && !gotype.IsJSONNumber(value.typ)
}

// itemsOf returns the word for the items of a response, for a layout.
func itemsOf(v *typestate.Value) string {
	return strings.ReplaceAll(v.Response.Contract.Words.Items, "%", "%%")
}

// verb returns the verb that formats a number.
func verb(t types.Type) string {
	if isInteger(t) {
		return "%d"
	}
	return "%v"
}

// maxCompared is the number of values that a test compares with at most.
const maxCompared = 3

// unclean returns the condition under which a value isn't one of those that mean success. It may be that of a pointer
// that isn't nil.
func unclean(s *contract.Signal, value string, pointer bool) (string, bool) {
	clean, finite := s.Clean.Finite(maxCompared)
	if !finite || pointer && s.Reading == contract.Truth && !s.Clean.Contains(0) { // nil may mean false
		return "", false
	}
	zero := len(clean) == 1 && clean[0] == 0
	var conds []string
	for _, n := range clean {
		switch {
		case s.Reading == contract.Truth && len(clean) > 1, s.Reading == contract.Text && int(n) >= len(s.Texts):
			return "", false
		case s.Reading == contract.Truth && zero:
			conds = append(conds, value)
		case s.Reading == contract.Truth:
			conds = append(conds, "!"+value)
		case s.Reading == contract.Text:
			conds = append(conds, value+" != "+strconv.Quote(s.Texts[n]))
		case s.Reading == contract.Count && zero:
			conds = append(conds, value+" > 0")
		default:
			conds = append(conds, value+" != "+strconv.FormatInt(n, 10))
		}
	}
	return strings.Join(conds, " && "), true
}
