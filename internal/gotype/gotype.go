// Package gotype tells what values of a Go type are: numbers, texts, anything. It asks about decoding from JSON, and
// knows the types that decoders have for that.
package gotype

import (
	"go/types"
	"strings"

	"github.com/asynccheck/asynccheck/internal/library"
)

// IsNumber reports whether t is an integer, a float or a json.Number, or a pointer to one. A type parameter is not:
// only an instance tells what it is.
func IsNumber(t types.Type) bool {
	t = Deref(t)
	return IsBasic(t, types.IsInteger|types.IsFloat) || IsJSONNumber(t)
}

// IsText reports whether t is a string type other than json.Number, or a pointer to one.
func IsText(t types.Type) bool {
	t = Deref(t)
	return IsBasic(t, types.IsString) && !IsJSONNumber(t)
}

// IsContext reports whether t is the Context of package context.
func IsContext(t types.Type) bool {
	n, ok := types.Unalias(t).(*types.Named)
	return ok && n.Obj().Name() == "Context" && n.Obj().Pkg() != nil && n.Obj().Pkg().Path() == "context"
}

// IsAny reports whether t is an interface without methods. Any JSON value can be decoded into it.
func IsAny(t types.Type) bool {
	if _, ok := types.Unalias(t).(*types.TypeParam); ok {
		return false
	}
	i, ok := t.Underlying().(*types.Interface)
	return ok && i.Empty()
}

// IsJSONNumber reports whether t is the Number of encoding/json, or of a package with the same names: a string whose
// methods give the number.
func IsJSONNumber(t types.Type) bool {
	return isOfCodec(t, "Number") && IsBasic(t, types.IsString)
}

// IsRawJSON reports whether t is JSON that is not yet decoded: the RawMessage of such a package, or of another one for
// JSON. What has the name and is made of bytes is that, whoever wrote it. Since Go 1.27, the name can be an alias of
// package jsontext's Value.
func IsRawJSON(t types.Type) bool {
	n, ok := types.Unalias(t).(*types.Named)
	if !ok || n.Obj().Pkg() == nil {
		return false
	}
	if s, ok := n.Underlying().(*types.Slice); !ok || !IsBasic(s.Elem(), types.IsInteger) {
		return false
	}
	switch path := n.Obj().Pkg().Path(); n.Obj().Name() {
	case "RawMessage":
		return library.IsCodec(path) || strings.Contains(path, "json")
	case "Value":
		return strings.HasSuffix(path, "/jsontext")
	}
	return false
}

func isOfCodec(t types.Type, name string) bool {
	n, ok := types.Unalias(t).(*types.Named)
	return ok && n.Obj().Name() == name && n.Obj().Pkg() != nil && library.IsCodec(n.Obj().Pkg().Path())
}

// IsBasic reports whether the values of t are of the basic kinds.
func IsBasic(t types.Type, kinds types.BasicInfo) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&kinds != 0
}

// IsPointer reports whether t is a pointer.
func IsPointer(t types.Type) bool {
	_, ok := t.Underlying().(*types.Pointer)
	return ok
}

// Deref returns the type that t points to, or t itself if it is no pointer. The result is no alias.
func Deref(t types.Type) types.Type {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	return types.Unalias(t)
}
