package source

import (
	"bytes"
	"go/build"
	gotoken "go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/asynccheck/asynccheck/internal/filter/lex"
	"github.com/asynccheck/asynccheck/internal/relevance"
)

// A contract of the configuration makes packages matter by its members, or by the names of an import's functions and
// types.
func TestOwnContracts(t *testing.T) {
	for _, test := range []struct {
		src  string
		want bool
	}{
		{"package p\n\ntype T struct {\n\tRet int `json:\"ret\"`\n\tN string `json:\"note\"`\n}\n", true},
		{"package p\n\ntype T struct { Ret, Note int }\n", true},
		{"package p\n\ntype T struct {\n\tRet int `json:\"ret\"`\n}\n", false},
		{"package p\n\nimport \"example.com/acme/v2\"\n\nfunc f(c *acme.Client) { c.Push() }\n", true},
		{"package p\n\nimport \"example.com/acme/v2\"\n\nfunc f(c *acme.Client) { c.Pull() }\n", false},
		{"package p\n\nimport \"example.com/other\"\n\nfunc f(c *other.Client) { c.Push() }\n", false},
		{"package p\n\nimport \"example.com/every\"\n\nfunc f() { every.Do() }\n", true},
	} {
		var imports []string
		if _, after, ok := strings.Cut(test.src, "import \""); ok {
			path, _, _ := strings.Cut(after, "\"")
			imports = append(imports, path)
		}
		q := Ask(imports)
		q.Hints.Shapes = []relevance.Shape{{Code: "ret", Companions: []string{"note"}, Seldom: true}}
		q.Hints.Packages = []relevance.Package{{Path: "example.com/acme", Names: []string{"Output", "Push"}}, {Path: "example.com/every"}}
		if got := q.Matters([][]byte{[]byte(test.src)}); got != test.want {
			t.Errorf("%s: got %t, want %t", test.src, got, test.want)
		}
		file := filepath.Join(t.TempDir(), "p.go")
		if err := os.WriteFile(file, []byte(test.src), 0o666); err != nil {
			t.Fatal(err)
		}
		if got, want := q.UsesSDK([]string{file}), test.want && len(imports) > 0; got != want {
			t.Errorf("%s: it uses an SDK: got %t, want %t", test.src, got, want)
		}
	}
}

func TestMatters(t *testing.T) {
	names := func(names ...string) map[string]bool {
		set := make(map[string]bool)
		for _, n := range names {
			set[n] = true
		}
		return set
	}
	hints := relevance.Hints{Names: [relevance.Reasons]map[string]bool{relevance.Named: names("NewClient"), relevance.Part: names("Meta"), relevance.Decodes: names("Fill"), relevance.Exits: names("Die")}}
	for _, test := range []struct {
		name, src string // quotes ' are backquotes
		imports   string
		want      bool
	}{
		{"nothing", `func F(detail, requestId int) string { return "taskId" }`, "", false},
		{"only a code", `type T struct { Code int; Message string }`, "", false},
		{"a member", `type T struct { Code int; RequestID string }`, "", true},
		{"a member in a local type", `func f() { var t []struct { detail []int }; _ = t }`, "", true},
		{"a member after a function's type", `type T struct { F func(a struct{ x int }) bool; TaskId int }`, "", true},
		{"a tag", `type T struct { ID string 'json:"requestid,omitempty"' }`, "", true},
		{"a quoted tag", `type T struct { ID string "json:\"taskId\"" }`, "", true},
		{"a tag with the code", `type T struct { Status int 'json:"code"' }`, "", true},
		{"a tag of another format beside it, to be safe", `type T struct { Status int 'json:"status" xml:"code"' }`, "", true},
		{"another name", `type T struct { ID string 'json:"request_id"' }`, "", false},
		{"in a comment and in a string", "// type T struct { RequestID string }\n/* struct { TaskID int } */ var s = 'struct { Detail int }'\nvar r = '{'", "", false},
		{"folded", `type T struct { ID string 'json:"taſKId"' }`, "", true},

		{"a directive", "//asynccheck:response none\ntype T struct{}", "", true},
		{"a broken one", "// asynccheck:response none\ntype T struct{}", "", true},

		{"decodes a parameter", `func f(b []byte, v any) error { return json.Unmarshal(b, v) }`, "encoding/json", true},
		{"without a decoder", `func f(b []byte, v any) error { return yaml.Unmarshal(b, v) }`, "gopkg.in/yaml.v3", false},
		{"decodes a parameter's address", "func f(b []byte, v any) error {\n\treturn json.Unmarshal(\n\t\tb,\n\t\t&v,\n\t)\n}", "encoding/json", true},
		{"decodes a parameter of a type with a name", `func f(b []byte, t *T) error { return json.Unmarshal(b, t) }`, "encoding/json", false},
		{"or of another package's", `func f(a, b []byte, t *pkg.T) error { return json.Unmarshal(b, t) }`, "encoding/json", false},
		{"or of any", `func f(b []byte, v *any) error { return json.Unmarshal(b, v) }`, "encoding/json", true},
		{"or of one without a name", `func f(b []byte, v *interface{ F() }) error { return json.Unmarshal(b, v) }`, "encoding/json", true},
		{"and another by the same name", `func f(b []byte, t *T, v any) { g(func(t any) { json.Unmarshal(b, t) }) }`, "encoding/json", true},
		{"or of an instance", `func F(b []byte, v any) error { return func(w *Box[int]) error { return json.Unmarshal(b, w) }(v.(*Box[int])) }`, "encoding/json", true},
		{"or of another package's instance", `var F = func(b []byte, w *p.Box[int]) error { return json.Unmarshal(b, w) }`, "encoding/json", true},
		{"the first of two pointers", `func f(b []byte, t, u *T) error { return json.Unmarshal(b, t) }`, "encoding/json", true},
		{"decodes its receiver", `func (t *T) f(b []byte) error { return json.Unmarshal(b, t) }`, "encoding/json", false},
		{"decodes its receiver, which is generic", `func (t *T[D]) f(b []byte) error { return json.Unmarshal(b, t) }`, "encoding/json", true},
		{"decodes what its receiver's type is called", `func (t T) f(b []byte, T any) error { return json.Unmarshal(b, T) }`, "encoding/json", true},
		{"decodes a parameter's conversion", `func (t *T) UnmarshalJSON(b []byte) error { return json.Unmarshal(b, (*U)(t)) }`, "encoding/json", true},
		{"decodes with options", `func f(b []byte, v any) error { return json.Unmarshal(b, v, json.Strict, max(1, 2)[0]) }`, "encoding/json/v2", true},
		{"decodes a literal's parameter", `var f = func(r io.Reader, v any) error { return json.NewDecoder(r).Decode(v) }`, "encoding/json", true},
		{"decodes a variable", `func f(b []byte) (t T, err error) { var u U; err = json.Unmarshal(b, &u); return u.T, err }`, "encoding/json", false},
		{"decodes a result", `func f(b []byte) (t T, err error) { err = json.Unmarshal(b, &t); return }`, "encoding/json", true},
		{"decodes a field", `func f(b []byte, t *T) error { return json.Unmarshal(b, &t.x) }`, "encoding/json", false},
		{"a decoder's method", "func f(d *json.Decoder, v any) error {\n\treturn d.Decode(\n\t\tv,\n\t)\n}", "encoding/json", true},
		{"a method that decodes what it is given", `func f(c Codec, b []byte, v any) error { return c.Decode(b, v) }`, "encoding/json", false},
		{"and gives it", `func f(c Codec, b []byte, v any) any { return c.Decode(b, nil, nil) }`, "encoding/json", false},
		{"a package that is no decoder", `import kjson "sigs.k8s.io/json"; func f(b []byte, v any) error { return kjson.UnmarshalStrict(b, v) }`, "encoding/json", false},
		{"one of a group", "import (\n\t\"fmt\"\n\t\"encoding/pem\"\n)\nfunc f(b []byte) { fmt.Print(pem.Decode(b)) }", "encoding/json", false},
		{"a decoder by another name", `import pem "encoding/json"; func f(b []byte, v any) error { return pem.Unmarshal(b, v) }`, "encoding/json", true},
		{"one by its path's name", `import "sigs.k8s.io/pem"; func f(b []byte, v any) error { return pem.Unmarshal(b, v) }`, "encoding/json", false},
		{"one that may be called otherwise", `import "sigs.k8s.io/pem"; func f(b []byte, v any) error { return pem.Unmarshal(b, v) }`, "github.com/json-iterator/go", true},
		{"one whose path ends in its version", `import "math/rand/v2"; func f(b []byte, v any) error { return v2.Unmarshal(b, v) }`, "github.com/json-iterator/go", true},
		{"a decoder whose path ends in its version", `func f(b []byte, v any) error { return json.Unmarshal(b, v) }`, "encoding/json/v2", true},
		{"one by the name of another file's decoder", `import "sigs.k8s.io/json"; func f(b []byte, v any) error { return json.Unmarshal(b, v) }`, "encoding/json/jsontext", false},
		{"a method of another file's decoder", `func f(c Codec, b []byte, v any) error { return c.Unmarshal(b, v) }`, "encoding/json", false},
		{"a method of a selected codec", `func f(b []byte, v any) error { return modes.Lax.Unmarshal(b, v) }`, "encoding/json", false},
		{"a method of a call's codec", `func f(b []byte, v any) error { return codec(v).Unmarshal(b, v) }`, "encoding/json", false},
		{"a field with a decoder's name", `func f(t *T, b []byte, v any) error { return t.json.Unmarshal(b, v) }`, "encoding/json", false},
		{"a method of a decoder's interface", `func f[T json.Unmarshaler](b []byte) (t T) { t.UnmarshalJSON(b); return t }`, "encoding/json", true},
		{"a variable of the same name", `import pem "x"; func f(pem jsoniter.API, b []byte, v any) error { return pem.Unmarshal(b, v) }`, "github.com/json-iterator/go", true},
		{"a variable of a decoder's name", `func f(json Codec, b []byte, v any) error { return json.Unmarshal(b, v) }`, "encoding/json", true},
		{"one that lends its names", `import . "encoding/pem"; func f(v any) error { return pem.Decode(v) }`, "encoding/json", true},
		{"a decoder's value of another package", `import pem "x"; func f(b []byte, v any) error { return pem.API.Unmarshal(b, v) }`, "github.com/json-iterator/go", true},
		{"a field of the same name", `import pem "x"; func f(t *T, v any) error { pem.Encode(); return t.pem.Decode(v) }`, "encoding/json", true},
		{"a name that is a part of others", `import pem "x"; func f(b []byte) { pemBlock, xpem := pem.Decode(b) }`, "encoding/json", false},

		{"a method that decodes data", `func f(c *Codec, b []byte, v any) error { return c.api.Unmarshal(b, v) }`, "github.com/json-iterator/go", true},

		{"decodes by what is in parentheses", `func f(b []byte, v any) error { return ((json.Unmarshal))(b, v) }`, "encoding/json", true},
		{"decodes by an instance", `func f(b []byte, v any) error { return json.UnmarshalRead[T](b, v) }`, "encoding/json", true},
		{"fills by an instance", `func f(b []byte, v any) error { return sdk.Fill[T](b, v) }`, "", true},
		{"an import with an escape", `import "encoding\u002fjson"; func f(b []byte, v any) error { return json.Unmarshal(b, v) }`, "encoding/json/jsontext", true},
		{"two imports that may have a name", `import "text/json"; func f(b []byte, v any) error { return json.Unmarshal(b, v) }`, "encoding/json", true},
		{"an import without a name", `import "encoding/"; func f(x T, v any) error { return (x).Decode(v) }`, "encoding/json", true},
		{"decodes by a function of its own", `func f(b []byte, v any) error { return Unmarshal(b, v) }`, "encoding/json", false},
		{"decodes in a generic function", `func f[T any](b []byte) T { var t T; json.Unmarshal(b, &t); return t }`, "encoding/json", true},
		{"decodes in a generic type's method", `func (c *C[T]) f(b []byte) T { var t T; json.Unmarshal(b, &t); return t }`, "encoding/json", true},

		{"fetches", `func f(u string) ([]byte, error) { r, err := http.Get(u); return all(r), err }`, "net/http", true},
		{"fetches something else", `func f(u string) (int, error) { r, err := http.Get(u); return r.StatusCode, err }`, "net/http", false},
		{"fetches by a function value", `func f(u string) ([]byte, error) { get := http.Get; r, err := get(u); return all(r), err }`, "net/http", true},
		{"is called as what fetches is", `func (c *cache) Get(k string) []byte { return c.m[k] }`, "net/http", false},
		{"takes from a pool", `func f() *bytes.Buffer { return pool.Get().(*bytes.Buffer) }`, "net/http", false},
		{"gets a header", `func f(r *http.Request) []byte { return []byte(r.Header.Get("x")) }`, "net/http", false},
		{"gets a query's parameter", `func f(r *http.Request) []byte { return []byte(r.URL.Query().Get("x")) }`, "net/http", false},
		{"gets by what ends as a query does", `func f(c *C, u string) (*http.Response, error) { return c.NewQuery().Get(u) }`, "net/http", true},
		{"gets by what is called as a header is", `func f(u string) ([]byte, error) { r, err := Header(u).Get(u); return all(r), err }`, "net/http", true},
		{"fetches by somebody else", `func f(u string) ([]byte, error) { return cache.Get(u) }`, "", false},

		{"mentions a name", `var c = sdk.NewClient()`, "", true},
		{"has a name of its own", `func NewClient() {}`, "", false},
		{"mentions a name without a dot", `import . "sdk"; var c = NewClient()`, "", true},
		{"embeds a part", `type T struct { *sdk.Meta; Code int }`, "", true},
		{"mentions a part", `var m sdk.Meta`, "", false},

		{"a part by another name", `type Meta = sdk.Meta`, "", true},
		{"a part in a group of types", `type ( A int; B []*sdk.Meta )`, "", true},
		{"data of any type", "type T[D any] struct {\n\tCode int\n\tData D\n}", "", true},
		{"a pointer to data of any type", `type T[D any] struct { Code int; data, Extra *D }`, "", true},
		{"data of any type by its tag", `type T[D any] struct { Status int; Result D 'json:"DATA"' }`, "", true},
		{"data of any type in a group of types", "type (\n\tA int\n\tT[D any] struct { Data /* c */ D }\n)", "", true},
		{"data of any type in a result", `func F[D any]() (r struct { Code int; Data D }) { return r }`, "", true},
		{"a member in a struct after a comment", "type T struct // c\n{ RequestID string }", "", true},
		{"or before one", `type T struct /* c */ { RequestID string }`, "", true},
		{"a member in a literal", `var t = T{RequestID: "x"}`, "", false},
		{"data in a generic function's literal", `func F[D any]() { f(func(c C[D]) {}) }; type T struct { Data D }`, "", false},
		{"data of one type", `type T struct { Code int; Data D }`, "", false},
		{"data of one type by its tag", `type T struct { Status int; Result D 'json:"data"' }`, "", false},
		{"data of one type in a generic one", `type T[D any] struct { Code int; Data []byte; Extra D }`, "", false},
		{"data in a generic function", `func F[D any](data D) D { data, err := g(data); return data }`, "", false},

		{"a text that is read", `func F(c *http.Client) (string, error) { r, err := c.Get(u); b, err := io.ReadAll(r.Body); return string(b), err }`, "net/http", true},
		{"a text that is not read", `func F(h http.Header) string { return h.Get("x") }`, "net/http", false},
		{"never returns", `func F() { print("x"); panic("x") }`, "", true},
		{"never returns, in parentheses", `func F() { (panic)("x") }`, "", true},
		{"or by an instance in them", `func F() { (f[string])("x") }; func f[T any](v T) { panic(v) }`, "", true},
		{"its literal returns after a function type", "func F(x any) {\n\tswitch x.(type) {\n\tcase func(int):\n\t\tuse(func() int { return 1 })\n\t}\n\tpanic(1)\n}", "", true},
		{"its literal returns in a variable's value", `func F() { var f func() = wrap(func() int { return 1 }); f(); panic("x") }`, "", true},
		{"nobody can call it", `func f() { panic("x") }`, "", false},
		{"ends in one that never returns", "func F() { f(1) }\nfunc f(n int) {\n\tlog.Printf(\"x\",\n\t\tn)\n\tg().Fatal(\n\t\tn)\n}", "", true},
		{"a method", `func (t *T) Fail() { if true { print("x") }; os.Exit(1) }`, "", true},
		{"returns before", `func F(n int) { if n > 0 { return }; panic("x") }`, "", false},
		{"its literal returns", `func F() { x := func() int { return 1 }; print(x()); panic("x") }`, "", true},
		{"its literal panics", `func F() { x := func() { panic("x") }; x() }`, "", false},
		{"a recursive one", `func F() { F() }`, "", false},
		{"ends in one that never returns by a fact", `func F() { die.Die() }`, "", true},
		{"a panic on the way", `func F(n int) { if n > 0 { panic("x") }; print(n) }`, "", false},
	} {
		q := Ask(strings.Fields(test.imports))
		q.Hints = hints
		src := "package p\n\n"
		for _, path := range strings.Fields(test.imports) {
			src += "import \"" + path + "\"\n"
		}
		src += strings.ReplaceAll(test.src, "'", "`") + "\n"
		if got := q.Matters([][]byte{[]byte(src)}); got != test.want {
			t.Errorf("%s: %t", test.name, got)
		}
		// Files are scanned alone and together: an exported function may end in a call of one in another file, with the
		// panic.
		files := [][]byte{[]byte("package p\n\nfunc H() { h() }\n"), []byte(src)}
		if got := q.Matters(files); got != scanned(q, files) {
			t.Errorf("%s, beside another file: %t", test.name, got)
		}
	}
}

// scanned is the result of Matters without a glance.
func scanned(q *Question, files [][]byte) bool {
	ends := make(map[string][]string)
	for _, src := range files {
		if bytes.Contains(src, []byte(lex.Directive)) || q.scan(src, ends) {
			return true
		}
	}
	return q.sought().exitsExported(ends) || q.Helps(files)
}

// Any bytes are read to their end, and a glance misses nothing.
func FuzzMatters(f *testing.F) {
	for _, src := range []string{
		"package p\nfunc F() { x := `",
		"}}))]] func ( struct { json.Unmarshal( /*",
		"type T struct { reque\u017ftId int; task\u212aey, ta\u017f\u212aId string }",
		"func F() { g() }; func g() { panic(1.Fatal, '}', \"{\") }",
		"func f(b []byte, v any) { json.Unmarshal(b, v) }",
		"func f() (r *http.Response) { return http.Get(`json:`) }",
		"var x = sdk.Name /* } */ / 2 // json:\"code\"",
		"type t struct { sdk.Part `json:\"CODE\"` }; func F() { sdk.Exit() }",
		"type T[D any] struct { data, /* c */ X *(D); Y D `json:\"data\"` } / data * 2",
		"func F(x T) { sdk.Fill(x); sdk.Give() } /",
	} {
		f.Add([]byte(src), len(src)/2, true)
		f.Add([]byte(src), 0, false)
	}
	f.Fuzz(func(t *testing.T, src []byte, cut int, imports bool) {
		q := Ask(nil)
		if imports {
			q = Ask([]string{"encoding/json", "net/http"})
			for r, name := range map[relevance.Reason]string{
				relevance.Named: "Name", relevance.Decodes: "Fill", relevance.Fetches: "Give", relevance.Part: "Part", relevance.Exits: "Exit",
			} {
				q.Hints.Add(r, name)
			}
		}
		cut = min(max(cut, 0), len(src))
		files := [][]byte{src[:cut], src[cut:]}
		if got, want := q.Matters(files), scanned(q, files); got != want {
			t.Errorf("%t after a glance, %t by a scan alone", got, want)
		}
	})
}

// This is real code that doesn't matter. Functions of math/big end in a panic, so that its files are scanned.
func BenchmarkMatters(b *testing.B) {
	for _, dir := range []string{"database/sql", "time", "math/big"} {
		b.Run(dir, func(b *testing.B) {
			p, err := build.ImportDir(filepath.Join(build.Default.GOROOT, "src", dir), 0)
			if err != nil {
				b.Skip(err)
			}
			var files [][]byte
			size := 0
			for _, name := range p.GoFiles {
				src, err := os.ReadFile(filepath.Join(p.Dir, name))
				if err != nil {
					b.Fatal(err)
				}
				files = append(files, src)
				size += len(src)
			}
			b.SetBytes(int64(size))
			for b.Loop() {
				if Ask(nil).Matters(files) {
					b.Fatal("it matters")
				}
			}
		})
	}
}

func TestKeywords(t *testing.T) {
	for c := gotoken.Token(0); c < 128; c++ {
		if word := c.String(); isKeyword(word) != c.IsKeyword() {
			t.Errorf("%s is a keyword: %t", word, isKeyword(word))
		}
	}
}

// TestDecoderElsewhere: a file can call the method of a decoder that it doesn't import.
func TestDecoderElsewhere(t *testing.T) {
	for _, test := range []struct {
		path, call string
		want       bool
	}{
		{"encoding/json", "x.Unmarshal(b, v)", false},
		{"encoding/json", "x.Decode(v)", true},
		{"encoding/json/v2", "x.UnmarshalRead(r, v)", false},
		{"github.com/json-iterator/go", "x.Unmarshal(b, v)", true},
		{"github.com/bytedance/sonic", "x.UnmarshalFromString(s, v)", true},
	} {
		files := [][]byte{
			[]byte("package p\n\nimport json \"" + test.path + "\"\n\nvar x = json.New()\n"),
			[]byte("package p\n\nfunc f(b []byte, v any) error { return " + test.call + " }\n"),
		}
		if got := Ask([]string{test.path}).Matters(files); got != test.want {
			t.Errorf("%s, %s: %t", test.path, test.call, got)
		}
	}
}

// TestNamedDecoder: a decoder that a hint names may fill any of its arguments, also if imported decoders of that name
// fill another.
func TestNamedDecoder(t *testing.T) {
	for call, want := range map[string]bool{
		"d.UnmarshalAll(v)": true, "d.Decode(b, v)": true, "var u T; json.Unmarshal(v, &u)": false, "d.Decoded(b, v)": false,
	} {
		q := Ask([]string{"encoding/json"})
		q.Hints.Names[relevance.Decodes] = map[string]bool{"UnmarshalAll": true, "Decode": true}
		src := "package p\n\nimport \"encoding/json\"\n\nfunc f(d *own.Codec, b []byte, v any) { " + call + " }\n"
		if got := q.Matters([][]byte{[]byte(src)}); got != want {
			t.Errorf("%s: %t", call, got)
		}
	}
}
