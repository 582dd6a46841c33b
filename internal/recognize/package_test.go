package recognize

import (
	"bytes"
	"encoding/gob"
	"go/types"
	"strings"
	"testing"

	"github.com/asynccheck/asynccheck/internal/contract/catalog"
	"github.com/asynccheck/asynccheck/internal/gotype"
)

// exports writes out what a package exports.
func (u *unit) exports() string {
	var lines []string
	for _, tv := range u.Export() {
		for _, v := range tv.Verdicts {
			lines = append(lines, tv.Name.Name()+": "+v.String())
		}
	}
	return strings.Join(lines, "; ")
}

func TestExport(t *testing.T) {
	const base = `type T struct { Code int 'json:"code"'; TaskID string 'json:"taskId"' }; `
	for _, test := range []struct{ name, src, want string }{
		{"nothing is known", base, ""},
		{"evidence", base + `func f(t T) bool { return t.Code == 5400 }`, "T: evident"},
		{"host", base + `var _ = "api.qcloud.com"; type U struct { N int }; type A struct { T }`, "A: evident; T: evident"},
		{"what the members show anyway", `type T struct { Code int 'json:"code"'; CodeDesc string 'json:"codeDesc"' }; func f(t T) bool { return t.Code == 5400 }`, ""},
		{"counter-evidence", base + `func f(t T) bool { return t.Code == 200 }`, "T: foreign"},
		{"zero", base + `func f(t T) bool { return t.Code == 0 && t.Code != 5100 }`, "T: evident zero"},
		{"untagged", `type T struct { Code int }; func f(t T) bool { return t.Code == 5400 }`, ""},
		{"untagged, decoded", `import "encoding/json"; type T struct { Code int; TaskID string }; func f(b []byte) (t T) { json.Unmarshal(b, &t); return }`, "T: decoded"},
		{"untagged, nothing but a code", `import "encoding/json"; type T struct { Code int }; func f(b []byte) (t T) { json.Unmarshal(b, &t); return }`, ""},
		{"embedded, nothing but a code", `type T struct { Code int 'json:"code"' }; type U struct { T }; func f(u U) bool { return u.Code == 5400 }`, "T: evident"},
		{"tagged, decoded", `import "encoding/json"; ` + base + `func f(b []byte) (t T) { json.Unmarshal(b, &t); return }`, ""},
		{"generic", `type T[D any] struct { Code int 'json:"code"'; Data D }; func f(t T[int]) bool { return t.Code == 5400 }`, "T: evident"},
		{"an alias, a local type, an anonymous one, no struct", `type A = struct { Code int 'json:"code"' }; type M map[string]A; var v A
			func f(a A) bool { type L struct { Code int 'json:"code"' }; var l L; return a.Code == 5400 || l.Code == 5400 }`, ""},
		{"directives", `
			//asynccheck:response none
			type N struct { X int }
			//asynccheck:response batch code=C detail=D task=T message=M desc=S
			type B struct { C int; D []struct { C int }; T, M, S string }
			//asynccheck:response single code=Y
			type W struct { X int }
			`, "B: batch code=C detail=D task=T message=M desc=S; N: none"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := load(t, "p", one(test.src)).exports(); got != test.want {
				t.Errorf("got  %q\nwant %q", got, test.want)
			}
		})
	}
}

// The evidence of the declaring package counts where its types are used, in addition to that of the using package.
func TestImported(t *testing.T) {
	for _, test := range []struct {
		name, dep, src, typ, want string
	}{
		{"evidence", weak + `func f(t T) bool { return t.Code == 5400 }`, ``, "dep.T", "single code=Code task=TaskID"},
		{"no evidence", weak, ``, "dep.T", "none"},
		{"evidence here", weak, `func f(t dep.T) bool { return t.Code == 5400 }`, "dep.T", "single code=Code task=TaskID"},
		{"evidence for an embedded struct", `type Base struct { Code int 'json:"code"' }; func f(b Base) bool { return b.Code == 5400 }`,
			`type T struct { dep.Base; TaskID int 'json:"taskId"' }`, "T", "single code=Code task=TaskID"},
		{"host here", weak, `var _ = "api.qcloud.com"`, "dep.T", "single code=Code task=TaskID"},
		{"counter-evidence", strong + `func f(t T) bool { return t.Code == 200 }`, ``, "dep.T", "none"},
		{"counter-evidence here", strong, `func f(t dep.T) bool { return t.Code == 200 }`, "dep.T", "none"},
		{"counter-evidence of a constant", strong + `const OK = 200`, `func f(t dep.T) bool { return t.Code == dep.OK }`, "dep.T", "none"},
		{"by a getter", weak + `func (t *T) GetCode() int { return t.Code }`, `func f(t *dep.T) bool { return t.GetCode() == 5400 }`, "dep.T", "single code=Code task=TaskID"},
		{"by another method", weak + `func (t *T) Status() int { return t.Code }`, `func f(t *dep.T) bool { return t.Status() == 5400 }`, "dep.T", "none"},
		{"by a getter without a code", weak + `type U struct { N int }; func (U) Code() int { return 0 }; type I interface { Code() int }`, `func f(u dep.U, i dep.I) bool { return u.Code() == 5400 || i.Code() == 5400 }`, "dep.T", "none"},
		{"untagged, decoded there", `import "encoding/json"; type T struct { Code int; CodeDesc string }; func f(b []byte) (t T) { json.Unmarshal(b, &t); return }`, ``, "dep.T", "single code=Code desc=CodeDesc"},
		{"untagged, decoded here", `type T struct { Code int; CodeDesc string }`, `import "encoding/json"; func f(b []byte) (t dep.T) { json.Unmarshal(b, &t); return }`, "dep.T", "single code=Code desc=CodeDesc"},
		{"untagged, embedded struct decoded there", `import "encoding/json"; type Base struct { Code int; CodeDesc string }; func f(b []byte) (t Base) { json.Unmarshal(b, &t); return }`, `type T struct { dep.Base }`, "T", "none"},
		{"received from there", strong + `func Get() T { return T{} }`, `func f() { t := dep.T{Code: 1}; t = dep.Get(); _ = t }`, "dep.T", "single code=Code message=Message task=RequestID"},
		{"received by an assertion", strong, `func f(v any) { t := dep.T{Code: 1}; t, _ = v.(dep.T); _ = t }`, "dep.T", "single code=Code message=Message task=RequestID"},
		{"built here", strong, `func f() dep.T { return dep.T{Code: 1} }`, "dep.T", "none"},
		{"built there", strong + `func f() T { return T{Code: 1} }`, ``, "dep.T", "single code=Code message=Message task=RequestID"},
		{"directive", `
			//asynccheck:response batch code=Ret detail=Out
			type T struct { Ret int; Out []struct { Ret int } }`, ``, "dep.T", "batch code=Ret detail=Out slice {code=Ret}"},
		{"none by directive", `
			//asynccheck:response none
			` + strong, ``, "dep.T", "none"},
		{"unexported member by directive", `
			//asynccheck:response single code=inner.ret
			type T struct { inner struct { ret int } }`, ``, "dep.T", "single code=inner.ret"},
	} {
		t.Run(test.name, func(t *testing.T) {
			dep := load(t, "dep", one(test.dep+"\nvar Used int"))
			u := load(t, "p", one(`import "dep"; `+test.src+"\nvar _ = dep.Used"), dep)
			if got := describe(u.Response(u.typ(t, test.typ))); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

// Without a contract nothing is a response, and a directive has no meaning.
func TestNoContracts(t *testing.T) {
	in := load(t, "p", one(`
		//asynccheck:response batch
		type T struct { Code int 'json:"code"'; CodeDesc string 'json:"codeDesc"' }
		func f(t T) bool { return t.Code == 5400 }`)).in
	in.Contracts = nil
	p := Scan(in)
	typ := p.Declared()[0].Type()
	if p.Response(typ) != nil || p.Entry(typ) != nil || p.Base(typ) != nil || p.Candidate(typ) || p.Mentions() {
		t.Errorf("%s is a response", typ)
	}
	if len(p.Problems()) > 0 || len(p.Export()) > 0 || p.DropForeign() {
		t.Errorf("there is something to say of %s", typ)
	}
}

func TestMentions(t *testing.T) {
	dep := load(t, "dep", one(strong+"func Get() (*T, error) { return nil, nil }"))
	for _, test := range []struct {
		name, src string
		want      bool
	}{
		{"nothing", `var x = "api.qcloud.com"`, false},
		{"declared only", strong + `type U struct { F T }`, false},
		{"parameter", strong + `func f(t T) {}`, true},
		{"result", strong + `func f() (t *T) { panic(0) }`, true},
		{"variable", strong + `var t T`, true},
		{"parameter without a name", strong + `type I interface { F(T) }`, false},
		{"expression", strong + `var t = []any{struct{ F T }{}.F}`, true},
		{"dropped result", `import "dep"; func f() { dep.Get() }`, true},
	} {
		u := load(t, "p", one(test.src), dep)
		if got := u.Mentions(); got != test.want || u.Mentions() != got {
			t.Errorf("%s: got %t, want %t", test.name, got, test.want)
		}
	}
}

// Identical types have one response.
func TestResponseIdentity(t *testing.T) {
	u := load(t, "p", one(`
		type R[D any] struct { Code int 'json:"code"'; CodeDesc string 'json:"codeDesc"'; Data D }
		var a R[int]
		var b *R[int]
		var c R[string]
		var d struct { Code int 'json:"code"'; CodeDesc string 'json:"codeDesc"' }
		var e struct { Code int 'json:"code"'; CodeDesc string 'json:"codeDesc"' }
		var f struct { Code int 'json:"code"'; CodeDesc *string 'json:"codeDesc"' }
		type A = R[int]`))
	response := func(name string) *Response { return u.Response(u.typ(t, name)) }
	if a := response("a"); a == nil || a != response("b") || a != response("A") || a == response("c") {
		t.Error("responses of instances")
	}
	if d := response("d"); d == nil || d != response("e") || d == response("f") {
		t.Error("responses of anonymous structs")
	}
	a := response("a")
	if _, ok := a.Type.(*types.Named); !ok || a.Contract != catalog.Default() {
		t.Errorf("got a response of %v by %v", a.Type, a.Contract)
	}
}

// Paths lead through embedded structs and pointers to the members.
func TestPaths(t *testing.T) {
	u := load(t, "p", one(`
		type Inner struct { N int; Code *int 'json:"code"' }
		type Base struct { *Inner }
		type T struct {
			Base
			CodeDesc string 'json:"codeDesc"'
			Data *struct { N int; TaskID int 'json:"taskId"' } 'json:"data"'
		}`))
	resp := u.Response(u.typ(t, "T"))
	for _, test := range []struct {
		m    *Member
		want []int
		typ  string
	}{
		{resp.Code, []int{0, 0, 1}, "*int"},
		{resp.Symbol, []int{1}, "string"},
		{resp.Task, []int{2, 1}, "int"},
	} {
		typ := resp.Type
		for _, i := range test.m.Path {
			typ = structOf(gotype.Deref(typ)).Field(i).Type()
		}
		if typ.String() != test.typ || !types.Identical(typ, test.m.Type) {
			t.Errorf("%s: path %v leads to %v, its type is %v, want %s by %v", test.m.Selector, test.m.Path, typ, test.m.Type, test.typ, test.want)
		}
	}
}

// These are the styles of two real clients.
func TestRealClients(t *testing.T) {
	t.Run("embedded response", func(t *testing.T) {
		u := load(t, "cbs", one(`
			type Client struct{}
			func (*Client) Invoke(action string, args, response any) error { return nil }
			type Response struct {
				Code     int    'json:"code"'
				Message  string 'json:"message"'
				CodeDesc string 'json:"codeDesc"'
			}
			type Attach struct {
				Response
				Detail map[string]Task 'json:"detail"'
			}
			type Task struct {
				Code int    'json:"code"'
				Msg  string 'json:"msg"'
			}
			type Create struct {
				Response
				StorageIds []string 'json:"storageIds"'
			}
			func (c *Client) Attach(ids []string) (*Attach, error) {
				response := &Attach{}
				if err := c.Invoke("AttachCbsStorages", ids, response); err != nil {
					return &Attach{}, err
				}
				return response, nil
			}`))
		for name, want := range map[string]string{
			"Response": "single code=Code message=Message desc=CodeDesc",
			"Attach":   "batch code=Code message=Message desc=CodeDesc detail=Detail map {code=Code message=Msg}",
			"Create":   "single code=Code message=Message desc=CodeDesc",
			"Task":     "none",
		} {
			if got := describe(u.Response(u.typ(t, name))); got != want {
				t.Errorf("%s: got %s, want %s", name, got, want)
			}
		}
		if got := u.exports(); got != "" {
			t.Errorf("exports %q", got)
		}
	})
	t.Run("pointer members", func(t *testing.T) {
		common := load(t, "common", one(`
			type BaseResponse struct{}
			type APIError struct {
				Response struct {
					Error struct { Code string 'json:"Code"'; Message string 'json:"Message"' } 'json:"Error" omitempty'
					RequestId string 'json:"RequestId"'
				} 'json:"Response"'
			}`))
		u := load(t, "cbs", one(`
			import "common"
			type Delete struct {
				*common.BaseResponse
				Code     *int    'json:"code"'
				Message  *string 'json:"message"'
				CodeDesc *string 'json:"codeDesc"'
				Detail   *map[string]*struct {
					Code *int    'json:"code"'
					Msg  *string 'json:"msg"'
				} 'json:"detail"'
			}
			type Rules struct {
				*common.BaseResponse
				Code     *int    'json:"code"'
				CodeDesc *string 'json:"codeDesc"'
				Data     *struct {
					TotalNum *int     'json:"totalNum"'
					Detail   []*struct { Eip *string 'json:"eip"' } 'json:"detail"'
				} 'json:"data"'
			}
			type Balancer struct {
				*common.BaseResponse
				Code      *int    'json:"code"'
				Message   *string 'json:"message"'
				RequestId *int    'json:"requestId"'
				DealIds   []*string 'json:"dealIds"'
			}
			func NewDelete() *Delete { return &Delete{BaseResponse: &common.BaseResponse{}} }`), common)
		for name, want := range map[string]string{
			"Delete":          "batch code=Code message=Message desc=CodeDesc detail=Detail map *{code=Code message=Msg}",
			"Rules":           "single code=Code desc=CodeDesc",
			"Balancer":        "single code=Code message=Message task=RequestId",
			"common.APIError": "none",
		} {
			if got := describe(u.Response(u.typ(t, name))); got != want {
				t.Errorf("%s: got %s, want %s", name, got, want)
			}
		}
	})
}

func TestVerdictGob(t *testing.T) {
	want := Verdict{Shape: "batch", Code: "C", Detail: "D", Evident: true, Foreign: true, ComparesSuccess: true, Decoded: true}
	var buf bytes.Buffer
	if err := gob.NewEncoder(&buf).Encode(want); err != nil {
		t.Fatal(err)
	}
	var got Verdict
	if err := gob.NewDecoder(&buf).Decode(&got); err != nil || got != want {
		t.Errorf("got %v, %v", got, err)
	}
	if s := got.String(); s != "batch code=C detail=D evident foreign zero decoded" {
		t.Errorf("got %q", s)
	}
}
