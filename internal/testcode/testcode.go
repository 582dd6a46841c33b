// Package testcode tells the code of tests, in any file. What a test expects of an answer doesn't show what a program
// has to do with it.
package testcode

import (
	"go/types"
	"strings"

	"github.com/asynccheck/asynccheck/internal/gotype"
)

// File reports whether a file with that name is a test.
func File(name string) bool { return strings.HasSuffix(name, "_test.go") }

// Function reports whether a function is a test's helper: its receiver or a parameter gives it a test that it can fail.
//
//	func WantPartial(t testing.TB, r *Batch)
//	func (s *Suite) WantPartial(r *Batch) // Suite has a *testing.T
func Function(sig *types.Signature) bool {
	if recv := sig.Recv(); recv != nil && holds(recv.Type()) {
		return true
	}
	for v := range sig.Params().Variables() {
		if holds(v.Type()) {
			return true
		}
	}
	return false
}

// holds reports whether t is a test, or a struct with one in a field or in a field of an embedded struct.
func holds(t types.Type) bool {
	if isTest(t) {
		return true
	}
	st, ok := gotype.Deref(t).Underlying().(*types.Struct)
	return ok && inField(st, 4)
}

func inField(st *types.Struct, levels int) bool {
	for v := range st.Fields() {
		if isTest(v.Type()) {
			return true
		}
		if inner, ok := gotype.Deref(v.Type()).Underlying().(*types.Struct); ok && v.Embedded() && levels > 0 && inField(inner, levels-1) {
			return true
		}
	}
	return false
}

// isTest reports whether t is one of package testing's types for a running test, or an interface like them. An
// interface with Errorf alone is not: it may be a logger.
func isTest(t types.Type) bool {
	if n, ok := gotype.Deref(t).(*types.Named); ok && n.Obj().Pkg() != nil && n.Obj().Pkg().Path() == "testing" {
		switch n.Obj().Name() {
		case "T", "B", "F", "TB":
			return true
		}
	}
	i, ok := t.Underlying().(*types.Interface)
	return ok && has(i, "Errorf") && (has(i, "FailNow") || has(i, "Helper"))
}

func has(i *types.Interface, method string) bool {
	for m := range i.Methods() {
		if m.Name() == method {
			return true
		}
	}
	return false
}
