// Package byname asks the table of package library about functions of the type checker.
package byname

import (
	"go/types"

	"github.com/asynccheck/asynccheck/internal/library"
)

// Find returns the first row for the function that has one of the kinds, nil if there is none.
func Find(kinds library.Kind, f *types.Func) *library.Row {
	if f == nil || f.Pkg() == nil {
		return nil
	}
	return library.Find(kinds, f.Pkg().Path(), receiver(f), f.Name())
}

// Is reports whether the function is of one of the kinds.
func Is(kinds library.Kind, f *types.Func) bool { return Find(kinds, f) != nil }

// Kinds returns all kinds that the function has.
func Kinds(f *types.Func) library.Kind {
	if f == nil || f.Pkg() == nil {
		return 0
	}
	return library.Kinds(f.Pkg().Path(), receiver(f), f.Name())
}

// Package returns the kinds that all functions of f's package have.
func Package(f *types.Func) library.Kind {
	if f == nil || f.Pkg() == nil {
		return 0
	}
	return library.Package(f.Pkg().Path())
}

// receiver returns the name of the type that has the method, without type arguments. It returns "_" if the type has no
// name, and "" if f is no method.
func receiver(f *types.Func) string {
	recv := f.Signature().Recv()
	if recv == nil {
		return ""
	}
	t := types.Unalias(recv.Type())
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	if n, ok := t.(*types.Named); ok {
		return n.Obj().Name()
	}
	return "_"
}

// LastArg returns the index of the last argument that is no option: variadic arguments may be absent. It is -1 for a
// function without any argument.
func LastArg(f *types.Func) int {
	sig := f.Signature()
	if sig.Variadic() {
		return sig.Params().Len() - 2
	}
	return sig.Params().Len() - 1
}
