package cgo

import (
	"go/parser"
	"go/token"
	"testing"
)

func TestDeclares(t *testing.T) {
	for _, test := range []struct {
		src                string
		imported, declares bool
	}{
		{"import \"C\"\n\nfunc F() int { return int(C.f()) }", true, false},
		{"import \"C\"\n\ntype T struct{ H *C.struct_handle }", true, true},
		{"import \"C\"\n\nvar v = C.f()", true, true},
		{"import \"C\"\n\nvar v = func() int { return int(C.f()) }", true, false},
		{"import \"C\"\n\nfunc F(C.int)", true, true},
		{"import C \"math\"\n\nvar v = C.Pi", false, false},
		{"type T struct{ C int }\n\nvar C T\n\nvar v = C.C", false, false},
	} {
		file, err := parser.ParseFile(token.NewFileSet(), "", "package p\n\n"+test.src, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		if got := Imported(file); got != test.imported {
			t.Errorf("%s: imported is %v", test.src, got)
		}
		if got := Declares(file); got != test.declares {
			t.Errorf("%s: declares is %v", test.src, got)
		}
	}
}
