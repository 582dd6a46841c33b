package program

import (
	"fmt"
	"go/types"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"

	"github.com/asynccheck/asynccheck/internal/relevance"
)

// write writes the files of a package, which are separated by lines of dashes, and returns their names. Quotes ' are
// backquotes.
func write(t *testing.T, text string) []string {
	t.Helper()
	dir := t.TempDir()
	var files []string
	for i, src := range strings.Split(strings.ReplaceAll(text, "'", "`"), "\n---\n") {
		name := filepath.Join(dir, fmt.Sprintf("f%d.go", i))
		if err := os.WriteFile(name, []byte("package p\n\n"+src+"\n"), 0o666); err != nil {
			t.Fatal(err)
		}
		files = append(files, name)
	}
	return files
}

func TestShapes(t *testing.T) {
	const possible = "a response"
	for _, test := range []struct{ name, src, want string }{
		{"nothing", `type T struct { Status int; RequestID string }`, ""},
		{"a response", "type T struct {\n\tCode int\n\tRequestID string\n}", possible},
		{"on one line", `type T struct{ RequestID string; Code int }`, possible},
		{"in a list", "type T struct {\n\tStatus, Code int\n\tRequestID string\n}", possible},
		{"in a list on one line", `type T struct{ Code, Count int; Detail map[string]any }`, possible},
		{"by tags", "type T struct {\n\tA *int 'xml:\"a\" json:\"code\"'\n\tB string 'json:\"requestId,omitempty\"'\n}", possible},
		{"by quoted tags", "type T struct {\n\tA int \"json:\\\"code\\\"\"\n\tB string \"json:\\\"taskId\\\"\"\n}", possible},
		{"in capitals", `type T struct{ CODE int; DETAIL []any }`, possible},
		{"of any type", `type T struct{ Code any; CodeDesc string }`, possible},
		{"of an interface", `type T struct{ Code interface{}; CodeDesc string }`, possible},
		{"of another package's type", `type T struct{ Code json.Number; CodeDesc string }`, possible},
		{"unexported", `type T struct{ code int; requestID string }`, possible},
		{"within a function", "func f() {\n\tvar r struct {\n\t\tCode int\n\t\tDetail any\n\t}\n}", possible},
		{"with comments", "type T struct { /* c */ Code /* c */ int // c\n\tDetail any }", possible},
		{"with carriage returns", "type T struct {\r\n\tCode int\r\n\tDetail any\r\n}", possible},
		{"a text", `type T struct{ Code string; RequestID, Message string }`, ""},
		{"a pointer to a text", "type T struct {\n\tCode *string 'json:\"code\"'\n\tRequestID string\n}", ""},
		{"a code alone", `type T struct{ Code int; Message string }`, "T"},
		{"of a type of its own", "type T struct {\n\tCode Code\n\tDetail any\n}\n---\ntype Code int32", possible},
		{"a text of a type of its own", "type T struct {\n\tCode *Code\n\tDetail any\n}\n---\ntype Code string", ""},
		{"of a type as encoding/json has it", "type Number string\n\ntype T struct {\n\tCode Number\n\tDetail any\n}", possible},
		{"of a parameter", "type Code string\n\ntype T[Code any] struct {\n\tCode Code\n\tDetail any\n}", possible},
		{"a number by a text's name", "type T struct {\n\tCode string\n\tDetail any\n}\n---\ntype string int", possible},
		{"by a text's name and a tag", "type T struct {\n\tA string 'json:\"code\"'\n\tDetail any\n}\n---\ntype (\n\tA int\n\tstring = float64\n)", possible},
		{"of a parameter with a text's name", "type T[A, string any] struct {\n\tCode string\n\tDetail any\n}", possible},
		{"embeds the rest by a predeclared name", "type T struct {\n\tCode int\n\terror\n}\n---\ntype /* c */ error struct{ RequestID string }", possible},
		{"no code by a text's name", "type T struct{ Detail any }\n---\ntype string int", ""},
		{"texts as parameters and arguments", "type T struct{ Code string; Detail any }\n\nvar f func(int, string, error) = g[int, string](\n\tstring(x),\n)", ""},
		{"unexported type", `type t struct{ Code int }`, ""},
		{"beside another struct", `type T struct{ Code int }; type U struct{ RequestID string }`, "T"},
		{"embeds a code", "type Code int\n\ntype T struct {\n\tCode\n\tDetail any\n}", possible},
		{"embeds another package's code", "type T struct {\n\t*sdk.Code\n\tDetail any\n}", possible},

		{"not a field", "func f() (int, error) {\n\tcode, err := g()\n\tcode = 1\n\tf(\"x\", code)\n\treturn code, nil\n}", ""},

		{"embeds a struct with the rest", "type T struct {\n\tCode int\n\tmeta\n}\n---\ntype meta struct{ RequestID string }", possible},
		{"embeds a struct with nothing", "type T struct {\n\tCode int\n\tmeta\n}\n---\ntype (\n\tmeta struct{ Name string }\n)", "T"},
		{"embeds a struct with a code", "type base struct{ Code int }\n---\ntype T struct {\n\t*base\n\tRequestID string\n}", possible},
		{"embeds both", "type base struct{ Code int }\n---\ntype meta struct{ RequestID string }\n---\ntype T struct { base; meta }", possible},
		{"embeds one that embeds", "type base struct{ Code int }\n---\ntype mid struct{ base }\n---\ntype T struct {\n\tmid\n\tDetail any\n}", possible},
		{"embeds a generic one", "type base[T any] struct{ Code int; x T }\n---\ntype T struct {\n\tbase[int]\n\tDetail any\n}", possible},
		{"embeds another name of it", "type base struct{ Code int }\n---\ntype alias = base\n---\ntype T struct {\n\talias\n\tDetail any\n}", possible},
		{"another name of it", "type base struct{ Code int }\n---\ntype T base", "T"},
		{"another name of it in parentheses", "type base struct{ Code int }\n---\ntype ( A = int; T = *base )", "T"},
		{"has a field of it", "type base struct{ Code int }\n---\ntype T struct { b base; RequestID string }", ""},
		{"embeds an unknown one", `type T struct { Code int; sdk.Meta }`, possible},
		{"embeds one of the standard library", "import \"sync\"\n\ntype T struct { Code int; sync.Mutex }", "T"},
		{"embeds itself", `type T struct { *T; Code int }`, "T"},

		{"a task within data", `type T struct { Code int; Data struct{ TaskID string } }`, possible},
		{"a task within data of a type", "type T struct { Code int; Data *D }\n---\ntype D struct{ TaskID string }", possible},
		{"data without a task", "type T struct { Code int; Data *D }\n---\ntype D struct{ Name string }", "T"},
		{"data of a parameter", `type T[D any] struct { Code int; Data D }`, possible},
		{"data of another package's type", `type T struct { Code int; Data sdk.Job }`, possible},
		{"undecoded data", "import \"encoding/json\"\n\ntype T struct { Code int; Data json.RawMessage }", "T"},
		{"a map for data", `type T struct { Code int; Data map[string]sdk.Job }`, "T"},

		{"embeds an import's", "type T struct {\n\t*sdk.Status\n}", possible},
		{"embeds an import's with arguments", "type T struct { sdk.Status[int] 'json:\",inline\"' }", possible},
		{"embeds a dot import's", "type T struct {\n\tStatus\n\tX int\n}", possible},
		{"has a field of an import's", "type T struct {\n\tStatus sdk.Status\n}", ""},
		{"another name of an import's", "type T = sdk.Status\n", "T"},
		{"a type by an import's", "type (\n\tT sdk.Status // c\n)", "T"},
		{"a generic name of an import's", "type T[X any] = sdk.Status[X]", "T"},
		{"uses an import's", "func f(s *sdk.Status) sdk.Status {\n\tx.Status = s.Status\n\treturn s.Status\n}", ""},
		{"in parentheses", "type T struct {\n\tCode (int)\n\tDetail any\n}", possible},
		{"embeds an import's with a standard path", "import \"plugin/api\"\n\ntype T struct {\n\tapi.Status\n\tRequestID string\n}", possible},
		{"embeds what may be one of two", "import (\n\t\"math/rand/v2\"\n\t\"example.com/api/v2\"\n)\n\ntype T struct {\n\tv2.Head\n\tCode int\n}", possible},
		{"embeds the standard library's", "import \"net/textproto\"\n\ntype T struct {\n\t*textproto.Error\n}", possible},

		{"a message beside another name of the code", `type T struct { Result uint 'json:"result"'; Errmsg string 'json:"errmsg"' }`, possible},
		{"a message without a code", `type T struct { Errmsg string; Name string }`, "T"},
		{"another name of the code without a message", `type T struct { Result int; Detail []struct{ Result int } }`, ""},
		{"a message in an embedded struct", "type base struct{ ErrMsg string }\n---\ntype T struct { base; Result int }", possible},

		{"a directive", "//asynccheck:response none\ntype T struct{}", possible},
		{"broken", "type T struct { Code int", possible},
		{"a type that is declared in C", "import \"C\"\n\ntype T C.struct_t\n\ntype U struct{ Code int }", possible},
		{"an embedded type that is declared in C", "import \"C\"\n\ntype T struct { C.struct_t; Code int }", possible},
		{"a number that is declared in C", "import \"C\"\n\ntype T struct { Code C.int }", "T"},
		{"cgo", "// struct { int Code; };\nimport \"C\"", "cgo"},
	} {
		codes := map[string]bool{"Status": true}
		AddStandard("net/textproto", codes)
		got := Of(write(t, test.src), nil, codes, nil)
		text := strings.Join(got.Codes, " ")
		if got.Response {
			text = possible
		} else if got.Cgo && text == "" {
			text = "cgo"
		}
		if text != test.want {
			t.Errorf("%s: %q, want %q", test.name, text, test.want)
		}
	}
	if !Of([]string{filepath.Join(t.TempDir(), "missing.go")}, nil, nil, nil).Response {
		t.Error("nothing is known of a file that can't be read, and yet it has no response")
	}
}

// A struct may be a response by a contract of the configuration.
func TestOwnContracts(t *testing.T) {
	own := []relevance.Shape{{Code: "ret", Companions: []string{"note", "body"}, Seldom: true}}
	for src, want := range map[string]bool{
		"type T struct { Ret int; Note string }":                                true,
		"type T struct { A int `json:\"ret\"`; B string `json:\"note\"` }":      true,
		"type T struct { Ret int }":                                             false,
		"type T struct { Note string }":                                         false,
		"type B struct { Note string }\n---\ntype T struct { B; Ret int }":      true,
		"import \"net/textproto\"\ntype T struct { textproto.Error; Note int }": true,
	} {
		if got := Of(write(t, src), nil, nil, own).Response; got != want {
			t.Errorf("%s: got %t, want %t", src, got, want)
		}
		if Of(write(t, src), nil, nil, nil).Response {
			t.Errorf("%s: it is a response without the configuration", src)
		}
	}
}

// The table of the standard library's structs agrees with their source.
func TestMembered(t *testing.T) {
	pkgs, err := packages.Load(&packages.Config{Mode: packages.NeedName | packages.NeedTypes}, "std")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range pkgs {
		if strings.Contains("/"+p.PkgPath+"/", "/internal/") || strings.HasPrefix(p.PkgPath, "vendor/") {
			continue
		}
		for _, name := range p.Types.Scope().Names() {
			obj, ok := p.Types.Scope().Lookup(name).(*types.TypeName)
			if !ok || !obj.Exported() {
				continue
			}
			if st, ok := obj.Type().Underlying().(*types.Struct); ok && hasMember(st) && !slices.Contains(membered[p.PkgPath], name) {
				t.Errorf("%s has a member of a response's", obj)
			}
		}
	}
}

// hasMember reports whether a struct has a member that responses have, of a type that such a member may have.
func hasMember(st *types.Struct) bool {
	for i := range st.NumFields() {
		f := st.Field(i)
		basic, ok := f.Type().Underlying().(*types.Basic)
		if !f.Exported() || !ok {
			continue
		}
		tag, _, _ := strings.Cut(reflect.StructTag(st.Tag(i)).Get("json"), ",")
		for _, name := range []string{f.Name(), tag} {
			is := func(m string) bool { return strings.EqualFold(m, name) }
			for _, shape := range relevance.Shapes {
				sought, others := shape.Sought()
				if is(sought) && (sought != shape.Code || basic.Info()&types.IsNumeric != 0) || slices.ContainsFunc(others, is) {
					return true
				}
			}
		}
	}
	return false
}
