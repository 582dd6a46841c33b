package analyzer

import (
	"fmt"
	"go/ast"
	"go/format"
	"go/token"
	"go/types"
	"strconv"
	"strings"

	"github.com/asynccheck/asynccheck/internal/recognize"
)

// A loopWriter writes a loop over the entries of a batch response that collects
// an error for each failed one.
type loopWriter struct {
	*imports
	resp  *recognize.Response
	errs  string       // the variable for the errors
	inner *types.Scope // of the function's own loop, or nil
	nth   int          // number of fixes that may have used names before this one
}

// newLoopWriter returns a writer for a place. It returns false if the file can't have
// such a loop, or if a predeclared name has another meaning there.
func (h *hiddenFailure) newLoopWriter(pos token.Pos) (*loopWriter, bool) {
	w := &loopWriter{imports: &imports{function: h.function, pos: pos}, resp: h.value.Response, nth: h.before()}
	w.errs = w.nthFresh("errs", "failures")
	for _, name := range []string{"append", "error", "len", "nil"} {
		if !w.predeclared(name) {
			return nil, false
		}
	}
	return w, w.goVersion(w.pos, "go1.20") // has errors.Join
}

// lines are lines of code, with a tab for each level of indentation.
type lines struct {
	strings.Builder
	depth int
}

func (l *lines) add(format string, args ...any) {
	fmt.Fprintf(l, "%s%s\n", strings.Repeat("\t", l.depth), fmt.Sprintf(format, args...))
}

func (l *lines) open(format string, args ...any) {
	l.add(format+" {", args...)
	l.depth++
}

func (l *lines) closeTo(depth int) {
	for l.depth > depth {
		l.depth--
		l.add("}")
	}
}

// loop returns the source of a loop over the entries of the response x. It ends in a
// newline. The result is false if the loop needs something that has no name there.
func (w *loopWriter) loop(x string) (string, bool) {
	d := w.resp.Detail
	coll, ok := w.collection(x)
	if !ok {
		return "", false
	}
	var out lines
	if len(coll.guards) > 0 {
		out.open("if %s", strings.Join(coll.guards, " && "))
	}
	entry := w.fresh("e", "entry", "item")
	failure, ok := w.failure(entry)
	if !ok {
		return "", false
	}
	cond := failure.cond()
	if d.Form == recognize.Map {
		key := w.fresh("id", "key", "name", "resource")
		failure.key(text{verb: "%s", expr: key})
		if !w.sorted(&out, coll, key) {
			return "", false
		}
		cond = entry + " := " + coll.at(key) + "; " + cond
	} else {
		index := "_"
		if id, ok := w.id(entry, d.Entry); ok {
			failure.key(id)
		} else {
			index = w.fresh("i", "n", "index")
			failure.key(text{verb: "entry %d", expr: index})
		}
		out.open("for %s, %s := range %s", index, entry, coll.expr)
	}
	names, ok := w.names("fmt")
	if !ok {
		return "", false
	}
	w.collect(&out, cond, failure, names[0])
	out.closeTo(0)
	return out.String(), true
}

// collect writes the statement that collects an error for a failed entry.
func (w *loopWriter) collect(out *lines, cond string, failure *failure, fmtName string) {
	depth := out.depth
	out.open("if %s", cond)
	for _, s := range failure.before {
		out.add("%s", s)
	}
	out.add("%s = append(%[1]s, %s.Errorf(%q, %s))", w.errs, fmtName, failure.layout, strings.Join(failure.args, ", "))
	out.closeTo(depth)
}

// joined returns the expression that joins the collected errors.
func (w *loopWriter) joined(errorsName string) string { return errorsName + ".Join(" + w.errs + "...)" }

// returning returns the statement that returns the collected errors, if there are any,
// together with the zero values of the other results.
func (w *loopWriter) returning(zeros []string, errorsName string) string {
	return "if len(" + w.errs + ") > 0 {\n\treturn " + strings.Join(append(zeros, w.joined(errorsName)), ", ") + "\n}"
}

// sorted writes the head of a loop over the sorted keys of a map: the error's text
// must be the same each time, so that it can be compared and searched.
func (w *loopWriter) sorted(out *lines, coll access, key string) bool {
	if w.goVersion(w.pos, "go1.23") {
		if names, ok := w.names("maps", "slices"); ok {
			out.open("for _, %s := range %s.Sorted(%s.Keys(%s))", key, names[1], names[0], coll.expr)
			return true
		}
	}
	names, ok := w.names("sort")
	keys := w.nthFresh("ids", "keys", "resources")
	if !ok || !types.Identical(mapKey(coll.typ), types.Typ[types.String]) ||
		!w.predeclared("make") || !w.predeclared("string") {
		return false
	}
	out.add("%s := make([]string, 0, len(%s))", keys, coll.expr)
	out.open("for %s := range %s", key, coll.expr)
	out.add("%s = append(%[1]s, %s)", keys, key)
	out.closeTo(out.depth - 1)
	out.add("%s.Strings(%s)", names[0], keys)
	out.open("for _, %s := range %s", key, keys)
	return true
}

func mapKey(t types.Type) types.Type { return t.Underlying().(*types.Map).Key() }

// A failure is the text about a failed entry.
type failure struct {
	conds  []string // the entry failed if all these inequalities hold
	before []string // statements that make the text
	layout string   // of the text
	args   []string
}

// failure describes the failed entry x, without its key.
func (w *loopWriter) failure(x string) (*failure, bool) {
	d := w.resp.Detail
	code, ok := w.member(x, d.Entry.Type, d.Entry.Code.Path, d.Entry.Code.Selector, nil)
	if !ok {
		return nil, false
	}
	failed, verb, ok := w.failed(&code)
	if !ok {
		return nil, false
	}
	out := &failure{layout: "code " + verb, args: []string{code.expr}}
	if d.EntryPtr {
		out.conds = append(out.conds, x+" != nil")
	}
	out.conds = append(append(out.conds, code.guards...), failed)
	if m := d.Entry.Message; m != nil {
		if message, ok := w.text(x, d.Entry, m, "msg", "message", "text"); ok {
			out.layout = message.verb + " (code " + verb + ")"
			out.args = []string{message.expr, code.expr}
			out.before = message.before
		}
	}
	return out, true
}

// cond returns the condition under which the entry failed.
func (f *failure) cond() string { return strings.Join(f.conds, " && ") }

// not returns the condition under which it did not fail.
func (f *failure) not() string {
	return strings.ReplaceAll(strings.Join(f.conds, " || "), " != ", " == ")
}

// key adds the name of the resource that failed.
func (f *failure) key(id text) {
	f.layout = id.verb + ": " + f.layout
	f.args = append([]string{id.expr}, f.args...)
	f.before = append(id.before, f.before...)
}

// zeros returns the zero values of all results but the last. It returns false
// if a type's name means something else at the insertion.
func (w *loopWriter) zeros(results *ast.FieldList) ([]string, bool) {
	var zeros []string
	for _, field := range results.List {
		zero, ok := w.zero(field.Type)
		if !ok {
			return nil, false
		}
		for range max(1, len(field.Names)) {
			zeros = append(zeros, zero)
		}
	}
	return zeros[:len(zeros)-1], true
}

func (w *loopWriter) zero(x ast.Expr) (string, bool) {
	t := w.pass.TypesInfo.TypeOf(x)
	_, param := types.Unalias(t).(*types.TypeParam)
	zero, needs := "nil", "nil"
	switch u := t.Underlying().(type) {
	case *types.Basic:
		switch {
		case u.Info()&types.IsBoolean != 0:
			zero, needs = "false", "false"
		case u.Info()&types.IsString != 0:
			return `""`, true
		case u.Info()&types.IsNumeric != 0:
			return "0", true
		}
	case *types.Struct, *types.Array:
		return w.typeName(x, "", "{}")
	case *types.Interface:
		if param {
			if !w.predeclared("new") {
				return "", false
			}
			return w.typeName(x, "*new(", ")")
		}
	}
	return zero, w.predeclared(needs)
}

// typeName returns a type as the source writes it, between prefix and suffix.
// The function's results have it, so the function can name it too, unless the name
// is shadowed.
func (w *loopWriter) typeName(x ast.Expr, prefix, suffix string) (string, bool) {
	var b strings.Builder
	if !w.sees(x) || format.Node(&b, w.pass.Fset, x) != nil {
		return "", false
	}
	return prefix + b.String() + suffix, true
}

// fresh returns the first of the names that has no meaning at the insertion, and
// is not declared after it.
func (w *loopWriter) fresh(names ...string) string { return w.free(0, names) }

// nthFresh does the same for a variable outside the loop: another fix may
// declare one in the same block.
func (w *loopWriter) nthFresh(names ...string) string { return w.free(w.nth, names) }

func (w *loopWriter) free(skip int, names []string) string {
	scope := w.scope(w.pos)
	for n := 0; ; n++ {
		for _, name := range names {
			if n > 0 {
				name += strconv.Itoa(n + 1)
			}
			if w.lookup(name) != nil || declares(scope, name) || declares(w.inner, name) {
				continue
			}
			if skip--; skip < 0 {
				return name
			}
		}
	}
}

func declares(scope *types.Scope, name string) bool {
	return scope != nil && scope.Lookup(name) != nil
}
