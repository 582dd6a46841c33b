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

// A signalWriter writes tests of the signals of a response. A test returns an error if items failed.
type signalWriter struct {
	*uncheckedCall
	imports *imports
	error   *errorReturn
	name    string   // of the variable for the response
	taken   []string // names of the variables that the tests declare
}

// A signalTest is the source of a test.
type signalTest struct {
	before string // statements before the if statement, or in place of it
	cond   string // perhaps with a simple statement before it
	ret    string // what is returned if it holds
}

func (t signalTest) text() string {
	if t.cond == "" {
		return t.before
	}
	return t.before + "if " + t.cond + " {\n\t" + t.ret + "\n}\n"
}

// elseText returns the tests as the else branch of an if statement.
func elseText(tests []signalTest) string {
	chain, block := "", ""
	plain := true
	for _, t := range tests {
		plain = plain && t.before == ""
		chain += " else " + strings.TrimSuffix(t.text(), "\n")
		block += t.text()
	}
	if plain {
		return chain
	}
	return " else {\n" + tabbed(block) + "}"
}

// tabbed indents lines by one level.
func tabbed(lines string) string {
	return "\t" + strings.ReplaceAll(strings.TrimSuffix(lines, "\n"), "\n", "\n\t") + "\n"
}

// tests returns the tests, one for each duty that is not paid. The result is false if one can't be written.
func (w *signalWriter) tests() (tests []signalTest, ok bool) {
	for _, x := range w.error.exprs {
		if !w.imports.sees(x) {
			return nil, false
		}
	}
	for _, name := range []string{"len", "nil"} {
		if !w.imports.predeclared(name) {
			return nil, false
		}
	}
	for _, v := range w.responses() {
		t, ok := w.test(v)
		if !ok {
			return nil, false
		}
		tests = append(tests, t)
	}
	return tests, true
}

// test returns the test of the response's first signal.
func (w *signalWriter) test(v *typestate.Value) (t signalTest, ok bool) {
	s := v.Response.Contract.Code()
	steps, err := contract.ParsePath(v.Response.Code.Selector)
	if err != nil {
		return t, false
	}
	x, rest, ok := operand{expr: w.name, typ: w.given(), nonNil: w.nonNil(), address: true}.selected(steps)
	if !ok {
		return t, false
	}
	if len(rest) > 0 {
		return w.itemTest(v, s, x, rest)
	}
	if s.Reading == contract.Length && isListMap(x.typ) {
		return w.listsTest(v, s, x)
	}
	f, ok := w.failure(v, s, x, steps)
	if !ok {
		return t, false
	}
	t.cond = f.cond
	if f.init != "" {
		t.cond = f.init + "; " + f.cond
	}
	if t.ret, ok = w.returning(f); !ok {
		return t, false
	}
	switch guards := strings.Join(f.guards, " && "); {
	case guards == "":
	case f.init == "":
		t.cond = guards + " && " + t.cond
	default:
		t = signalTest{before: "if " + guards + " {\n" + tabbed(t.text()) + "}\n"}
	}
	return t, true
}

// isListMap reports whether t is a map of lists.
func isListMap(t types.Type) bool {
	m, ok := t.Underlying().(*types.Map)
	if !ok {
		return false
	}
	_, ok = m.Elem().Underlying().(*types.Slice)
	return ok
}

// listsTest returns the test of a map of lists. It counts what is in them:
//
//	failed := 0
//	for _, list := range out.UnprocessedItems {
//		failed += len(list)
//	}
//	if failed > 0 { … }
func (w *signalWriter) listsTest(v *typestate.Value, s *contract.Signal, x operand) (t signalTest, ok bool) {
	if !s.Clean.Equal(codeset.Of(0)) {
		return t, false
	}
	n := w.counter()
	list := w.variable("list", "items", "some")
	var out lines
	out.add("%s := 0", n)
	out.guard(x.guards)
	out.open("for _, %s := range %s", list, x.expr)
	out.add("%s += len(%s)", n, list)
	out.closeTo(0)
	return w.counted(v, n, &out)
}

// itemTest returns the test of a signal that each item has. It counts the items that failed:
//
//	failed := 0
//	for _, r := range out.Responses {
//		if r.Error != nil {
//			failed++
//		}
//	}
//	if failed > 0 { … }
//
// If the signal is an error, the first one in a list is returned. x has the items, and the path leads from there to the
// signal.
func (w *signalWriter) itemTest(v *typestate.Value, s *contract.Signal, x operand, path []contract.Step) (t signalTest, ok bool) {
	var out lines
	ordered := true
	for len(path) > 0 {
		var elem types.Type
		switch u := x.typ.Underlying().(type) {
		case *types.Slice:
			elem = u.Elem()
		case *types.Map:
			elem, ordered = u.Elem(), false
		default:
			return t, false
		}
		r := w.variable("r", "e", "item", "elem")
		w.taken = append(w.taken, r)
		out.guard(x.guards)
		out.open("for _, %s := range %s", r, x.expr)
		if x, path, ok = (operand{expr: r, typ: elem, address: true}).selected(path[1:]); !ok {
			return t, false
		}
	}
	value := x.deref()
	cond := ""
	switch s.Reading {
	case contract.Nil:
		value, cond, ok = x, x.expr+" != nil", s.Clean.Equal(codeset.Of(0))
	case contract.Length:
		ok = false // most texts say nothing of a failure by their length
	default:
		cond, ok = unclean(s, value.expr, gotype.IsPointer(x.typ))
		ok = ok && !gotype.IsJSONNumber(value.typ)
	}
	if !ok || x.calls && len(value.guards) > len(x.guards) {
		return t, false
	}
	out.open("if %s", strings.Join(append(slices.Clip(value.guards), cond), " && "))
	if ordered && typestate.IsError(value.typ) && !x.calls {
		ret, ok := w.returning(signalled{err: value.expr})
		out.add("%s", ret)
		out.closeTo(0)
		return signalTest{before: out.String()}, ok
	}
	n := w.counter()
	out.add("%s++", n)
	out.closeTo(0)
	var all lines
	all.add("%s := 0", n)
	all.WriteString(out.String())
	return w.counted(v, n, &all)
}

// guard begins an if statement with the conditions, if there are any.
func (l *lines) guard(conds []string) {
	if len(conds) > 0 {
		l.open("if %s", strings.Join(conds, " && "))
	}
}

// counted returns the test of a variable that statements before it have counted.
func (w *signalWriter) counted(v *typestate.Value, n string, before *lines) (signalTest, bool) {
	ret, ok := w.returning(signalled{layout: "%d " + itemsOf(v) + " failed", args: []string{n}})
	return signalTest{before.String(), n + " > 0", ret}, ok
}

// returning returns the statement that returns an error for a failure.
func (w *signalWriter) returning(f signalled) (string, bool) {
	err := w.error.wrap(f.err)
	if f.err == "" {
		layout := w.error.layout
		if layout == "" {
			layout = w.callName() + ": "
		}
		layout += f.layout
		args := append(slices.Clip(w.error.args), f.args...)
		constant := false
		if !strings.Contains(layout, "%") {
			name, ok := w.imports.name("errors")
			err, constant = name+".New("+strconv.Quote(layout)+")", ok
		}
		if !constant {
			name, ok := w.imports.name("fmt")
			if !ok {
				return "", false
			}
			err = name + ".Errorf(" + strings.Join(append([]string{strconv.Quote(layout)}, args...), ", ") + ")"
		}
	}
	return "return " + strings.Join(append(slices.Clip(w.error.others), err), ", "), true
}

// callName returns the name of the call for messages. That of a function such as Do says nothing: then it is the last
// word of the contract's ID.
func (w *signalWriter) callName() string {
	if fn := w.callee(w.syntax); w.direct && fn != nil && len(fn.Name()) > len("DoC") {
		return strings.TrimSuffix(fn.Name(), "WithContext")
	}
	id := w.value.Response.Contract.ID
	return id[strings.LastIndexByte(id, '.')+1:]
}

// responseName returns the name of the variable for the response.
func (w *signalWriter) responseName() string {
	if w.out != nil {
		return w.out.Name()
	}
	names := []string{"out", "resp", "res", "result"}
	if w.value.Response.Code.Selector == "" { // a function gives the signal alone
		names = []string{"failed", "failures", "rest"}
	}
	blank := func(c *uncheckedCall) bool { return c.out == nil }
	return w.free(w.before(blank), names)
}

// counter returns the name of a new variable in the list of the call.
func (w *signalWriter) counter() string {
	counts := func(c *uncheckedCall) bool {
		return c.value.Response.PerItem() || isListMap(c.value.Response.Code.Type)
	}
	name := w.free(w.before(counts), []string{"failed", "failures", "lost"})
	w.taken = append(w.taken, name)
	return name
}

// variable returns the name of a new variable in a statement.
func (w *signalWriter) variable(names ...string) string { return w.free(0, names) }

// free returns the first of the names that is free at the place of the test, after some others that are, too.
func (w *signalWriter) free(skip int, names []string) string {
	for n := 0; ; n++ {
		for _, name := range names {
			if n > 0 {
				name += strconv.Itoa(n + 1)
			}
			if !w.isFree(name) || slices.Contains(w.taken, name) {
				continue
			}
			if skip--; skip < 0 {
				return name
			}
		}
	}
}

// isFree reports whether a name has no meaning at the place of the test, and none later in the list of the call.
func (w *signalWriter) isFree(name string) bool {
	return w.imports.lookup(name) == nil && !declares(w.block, name)
}
