package recognize

import "testing"

const (
	// weak is a single result only with evidence.
	weak = `type T struct { Code int 'json:"code"'; TaskID string 'json:"taskId"' }; `
	// strong is one without, unless there is counter-evidence.
	strong = `type T struct { Code int 'json:"code"'; Message string 'json:"message"'; RequestID string 'json:"requestId"' }; `
)

func TestEvidence(t *testing.T) {
	for _, test := range []struct {
		name, src string
		want      Kind
	}{
		{"none", weak, None},
		{"total failure", weak + `func f(t T) bool { return t.Code == 5100 }`, Single},
		{"partial failure", weak + `func f(t *T) bool { return 5400 != t.Code }`, Single},
		{"ordered", weak + `func f(t *T) bool { return t.Code >= 5400 }`, Single},
		{"constant", weak + `const Partial = 54 * 100; func f(t *T) bool { return t.Code == Partial }`, Single},
		{"switch", weak + `func f(t *T) { switch t.Code { case 0, 5400: } }`, Single},
		{"other values", weak + `func f(t *T) { switch t.Code { case 0, 5401: } }`, None},
		{"another member", weak + `func f(t *T) bool { return t.TaskID == "5400" }`, None},
		{"another type", weak + `type U struct { Code int 'json:"code"' }; func f(u U) bool { return u.Code == 5400 }`, None},
		{"member of another name", weak + `type U struct { T; Status int 'json:"status"' }; func f(u U) bool { return u.Status == 5400 }`, None},
		{"excluded member", weak + `type U struct { T; Code int 'json:"-"' }; func f(u U) bool { return u.Code == 5400 }`, None},
		{"through an embedding struct", weak + `type U struct { *T }; func f(u U) bool { return u.Code == 5400 }`, Single},
		{"in a variable", weak + `func f(t *T) bool { code := int64(t.Code); return code == 5400 }`, Single},
		{"in a declared variable", weak + `func f(t *T) bool { var code = t.Code; return code == 5400 }`, Single},
		{"in a variable of a variable", weak + `func f(t *T) bool { a := t.Code; b := a; a = b; return b == 5400 }`, Single},
		{"in a variable with other values", weak + `func f(t *T) bool { code := 1; code = 2; return code == 5400 }`, None},
		{"in a helper", weak + `func f(t *T) bool { return g("", t.Code) }; func g(s string, code int) bool { return code == 5400 }`, Single},
		{"in a generic helper", weak + `func f(t *T) bool { return g[int](t.Code) }; func g[I ~int](code I) bool { return code == 5400 }`, Single},
		{"in a helper with two type arguments", weak + `func f(t *T) bool { return g[int, int](t.Code) }; func g[I, J ~int](code I) bool { return code == 5400 }`, Single},
		{"in a variadic helper", weak + `func f(t *T) bool { return g(1, t.Code) }; func g(codes ...int) bool { return codes[0] == 5400 }`, None},
		{"by a function value", weak + `func f(t *T, g func(int) bool) bool { return g(t.Code) || []func(int) bool{g}[0](t.Code) }`, None},
		{"by a getter", weak + `func (t *T) GetCode() int { return t.Code }; func f(t *T) bool { return t.GetCode() == 5400 }`, Single},
		{"by another method", weak + `func (t *T) N() int { return 1 }; func f(t *T) bool { return t.N() == 5400 }`, None},
		{"by a method with a parameter", weak + `func (t *T) N(int) int { return t.Code }; func f(t *T) bool { return t.N(0) == 5400 }`, None},
		{"through a pointer member", `type T struct { Code *int 'json:"code"'; TaskID string 'json:"taskId"' }; func f(t T) bool { return *t.Code == 5400 }`, Single},
		{"through an assertion", `type T struct { Code any 'json:"code"'; TaskID string 'json:"taskId"' }; func f(t T) bool { code, ok := t.Code.(float64); return ok && code == 5400.0 }`, Single},
		{"json.Number", `import "encoding/json"; type T struct { Code json.Number 'json:"code"'; TaskID string 'json:"taskId"' }; func f(t T) bool { return t.Code == "5400" }`, Single},
		{"json.Number's methods", `import "encoding/json"; type T struct { Code json.Number 'json:"code"'; TaskID string 'json:"taskId"' }; func f(t T) bool { n, err := t.Code.Int64(); return err == nil && n == 5400 }`, Single},
		{"generic type", `type R[D any] struct { Code int 'json:"code"'; TaskID string 'json:"taskId"'; Data D }; func f(r R[int]) bool { return r.Code == 5400 }; var T R[string]`, Single},
		{"anonymous struct", `var T struct { Code int 'json:"code"'; TaskID string 'json:"taskId"' }; func f() bool { return T.Code == 5400 }`, Single},

		{"host", weak + `const endpoint = "https://cvm.api.qcloud.com/v2/index.php"`, Single},
		{"escaped host", weak + `const endpoint = "cvm.\x61pi.qcloud.com"`, Single},
		{"host in a type", weak + `func f(a [len("cvm.api.qcloud.com")]byte) {}`, Single},
		{"host in parts", weak + `func f(s string) string { return "https://" + s + ".api." + "qcloud.com" }`, None},
		{"constant host in parts", weak + `var s = "https://lb.api.tencent" + "yun.com"`, Single},
		{"other host", weak + `const endpoint = "https://api.example.com"`, None},
		{"host in an import or a comment", `import _ "encoding/json" // api.qcloud.com
			` + weak, None},

		{"task in data", `type T struct { Code int 'json:"code"'; Data struct { TaskID int 'json:"taskId"' } 'json:"data"' }; var _ = "api.qcloud.com"`, Single},
		{"task in data, without evidence", `type T struct { Code int 'json:"code"'; Data struct { TaskID int 'json:"taskId"' } 'json:"data"' }`, None},
		{"no task", `type T struct { Code int 'json:"code"'; Data struct { ID int 'json:"id"' } 'json:"data"' }; var _ = "api.qcloud.com"`, None},
		{"task that is no ID", `type T struct { Code int 'json:"code"'; TaskID []string 'json:"taskId"' }; var _ = "api.qcloud.com"`, None},
		{"opaque detail", `type T struct { Code int 'json:"code"'; Detail any 'json:"detail"' }; func f(t T) bool { return t.Code == 5400 }`, Batch},
		{"entries in a list", `type T struct { Code int 'json:"code"'; Detail []E 'json:"detail"' }; type E struct { Code int 'json:"code"' }; func f(e E) bool { return e.Code == 5100 }`, Batch},
		{"entries in a list, evidence for the batch", `type T struct { Code int 'json:"code"'; Detail []E 'json:"detail"' }; type E struct { Code int 'json:"code"' }; func f(t T) bool { return t.Code == 5100 }`, Batch},
	} {
		t.Run(test.name, func(t *testing.T) {
			u := load(t, "p", one(test.src))
			if got := u.kind(t, "T"); got != test.want {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

// HTTP statuses are counter-evidence. Whether one value is the only way to success is for the engine to find: see
// package analyzer.
func TestCounterEvidence(t *testing.T) {
	for _, test := range []struct {
		name, src string
		want      Kind
	}{
		{"none", strong, Single},

		{"200", strong + `func f(t T) bool { return t.Code != 200 }`, None},
		{"status", `import "net/http"; ` + strong + `func f(t T) bool { return t.Code == 0 || t.Code == http.StatusNotFound }`, None},
		{"dot-imported status", `import . "net/http"; ` + strong + `func f(t T) bool { return t.Code == 0 || t.Code >= StatusBadRequest }`, None},
		{"200 in a method of the code", `type C int; type T struct { Code C 'json:"code"'; Message string 'json:"message"'; RequestID string 'json:"requestId"' }; func (c C) ok() bool { return c == 200 }; func f(t T) bool { return t.Code.ok() }`, None},
		{"200 in a method expression of the code", `type C int; type T struct { Code C 'json:"code"'; Message string 'json:"message"'; RequestID string 'json:"requestId"' }; func (c *C) is(n int) bool { return *c == 200 }; func f(t T) bool { return (*C).is(&t.Code, 1) }`, None},
		{"200 in a method of another value", `type C int; type T struct { Code C 'json:"code"'; Message string 'json:"message"'; RequestID string 'json:"requestId"' }; func (c C) ok() bool { return c == 200 }; func f(t T) bool { return C(1).ok() }`, Single},
		{"status in a switch", `import "net/http"; ` + strong + `func f(t T) { switch t.Code { case 0: case http.StatusTeapot: } }`, None},
		{"its value", strong + `func f(t T) bool { return t.Code == 0 || t.Code == 404 }`, Single},
		{"other constant of net/http", `import "net/http"; ` + strong + `func f(t T) bool { return t.Code == 0 || t.Code == http.DefaultMaxHeaderBytes }`, Single},
		{"beside evidence", strong + `func f(t T) bool { return t.Code == 5400 || t.Code == 200 }`, Single},
		{"beside evidence of the host", strong + `func f(t T) bool { return t.Code == 200 }; var _ = "api.qcloud.com"`, Single},
		{"beside a symbolic name", `type T struct { Code int 'json:"code"'; CodeDesc string 'json:"codeDesc"' }; func f(t T) bool { return t.Code == 200 }`, Single},
		{"of an entry", `type E struct { Code int 'json:"code"' }; type T struct { Code int 'json:"code"'; Detail map[string]E 'json:"detail"' }; func f(e E) bool { return e.Code == 200 }`, None},
		{"of something else", strong + `type U struct { Code int 'json:"code"' }; func f(u U) bool { return u.Code == 200 }`, Single},
	} {
		t.Run(test.name, func(t *testing.T) {
			u := load(t, "p", one(test.src))
			if got := u.kind(t, "T"); got != test.want {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

// A comparison in a test is evidence.
func TestComparisonsInTests(t *testing.T) {
	for _, test := range []struct {
		name, typ, test string
		want            Kind
	}{
		{"evidence", weak, `func f(t T) bool { return t.Code == 5400 }`, Single},
		{"host", weak, `var _ = "api.qcloud.com"`, Single},
		{"status", strong, `func f(t T) bool { return t.Code == 200 }`, None},
	} {
		t.Run(test.name, func(t *testing.T) {
			u := load(t, "p", source{"p.go": test.typ, "p_test.go": test.test})
			if got := u.kind(t, "T"); got != test.want {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

// So is one in a test's helper, in any file.
func TestComparisonsInHelpers(t *testing.T) {
	for _, test := range []struct {
		name, src string
		want      Kind
	}{
		{"partial failure", weak + `func f(t testing.TB, r *T) { if r.Code != 5400 { t.Fatal(r) } }`, Single},
		{"status", strong + `func f(t testing.TB, r *T) { if r.Code != 200 { t.Fatal(r) } }`, None},
	} {
		t.Run(test.name, func(t *testing.T) {
			u := load(t, "p", one(`import "testing"; `+test.src))
			if got := u.kind(t, "T"); got != test.want {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

func TestHostOfAnotherPackage(t *testing.T) {
	for _, test := range []struct {
		name, src string
		want      Kind
	}{
		{"constant", `import "dep"; var endpoint = dep.Endpoint`, Single},
		{"renamed package", `import other "dep"; var endpoint = "https://" + other.Endpoint`, Single},
		{"without the package", `import . "dep"; var endpoint = Endpoint`, Single},
		{"variable", `import "dep"; var endpoint = dep.Variable`, None},
		{"not mentioned", `import "dep"; var endpoint = dep.Other`, None},
	} {
		t.Run(test.name, func(t *testing.T) {
			dep := load(t, "dep", one(`const Endpoint = "cvm.api.qcloud.com"; var Variable = Endpoint; const Other = ""`))
			u := load(t, "p", one(test.src+"; "+weak), dep)
			if got := u.kind(t, "T"); got != test.want {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}
