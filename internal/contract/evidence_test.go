package contract

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

func TestCounterEvidence(t *testing.T) {
	for _, test := range []struct {
		name, src string
		want      Kind
	}{
		{"none", strong, Single},

		// HTTP statuses.
		{"200", strong + `func f(t T) bool { return t.Code != 200 }`, None},
		{"status", `import "net/http"; ` + strong + `func f(t T) bool { return t.Code == 0 || t.Code == http.StatusNotFound }`, None},
		{"dot-imported status", `import . "net/http"; ` + strong + `func f(t T) bool { return t.Code == 0 || t.Code >= StatusBadRequest }`, None},
		{"status in a switch", `import "net/http"; ` + strong + `func f(t T) { switch t.Code { case 0: case http.StatusTeapot: } }`, None},
		{"its value", strong + `func f(t T) bool { return t.Code == 0 || t.Code == 404 }`, Single},
		{"other constant of net/http", `import "net/http"; ` + strong + `func f(t T) bool { return t.Code == 0 || t.Code == http.DefaultMaxHeaderBytes }`, Single},
		{"beside evidence", strong + `func f(t T) bool { return t.Code == 5400 || t.Code == 200 }`, Single},
		{"beside evidence of the host", strong + `func f(t T) bool { return t.Code == 200 }; var _ = "api.qcloud.com"`, Single},
		{"beside a symbolic name", `type T struct { Code int 'json:"code"'; CodeDesc string 'json:"codeDesc"' }; func f(t T) bool { return t.Code == 200 }`, Single},
		{"of an entry", `type E struct { Code int 'json:"code"' }; type T struct { Code int 'json:"code"'; Detail map[string]E 'json:"detail"' }; func f(e E) bool { return e.Code == 200 }`, None},
		{"of something else", strong + `type U struct { Code int 'json:"code"' }; func f(u U) bool { return u.Code == 200 }`, Single},

		// One non-zero value as the only way to success.
		{"!= k fails", strong + `func f(t T) error { if t.Code != 1 { return err }; return nil }`, None},
		{"k != fails", strong + `func f(t T) error { if 1 != t.Code { return err }; return nil }`, None},
		{"!= k succeeds", strong + `func f(t T) error { if t.Code != 1 { return nil }; return err }`, Single},
		{"== k succeeds", strong + `func f(t T) error { if t.Code == 1 { return nil }; return err }`, None},
		{"== k fails", strong + `func f(t T) error { if t.Code == 1 { return err }; return nil }`, Single},
		{"both succeed", strong + `func f(t T) error { if t.Code == 1 { return nil }; return nil }`, Single},
		{"== k works, else fails", strong + `func f(t T) error { if t.Code == 1 { g() } else { return err }; return nil }`, None},
		{"== k works, else works too", strong + `func f(t T) error { if t.Code == 1 { g() } else { g() }; return nil }`, Single},
		{"== k works", strong + `func f(t T) error { if t.Code == 1 { g() }; return nil }`, Single},
		{"else if", strong + `func f(t T) error { if t.Code == 1 { g() } else if x { return err } else { panic(1) }; return nil }`, None},
		{"else if without else", strong + `func f(t T) error { if t.Code == 1 { g() } else if x { return err }; return nil }`, Single},
		{"not", strong + `func f(t T) error { if !(t.Code == 1) { return err }; return nil }`, None},
		{"and", strong + `func f(t T) error { if x && t.Code == 1 { return nil }; return err }`, None},
		{"block", strong + `func f(t T) error { if t.Code != 1 { { return err } }; return nil }`, None},
		{"bool", strong + `func f(t T) bool { if t.Code != 1 { return false }; return true }`, None},
		{"other way round", strong + `func f(t T) bool { if t.Code != 1 { return true }; return false }`, Single},
		{"bool that varies", strong + `func f(t T) bool { if t.Code != 1 { return x }; return true }`, Single},
		{"pointer", strong + `func f(t T) *T { if t.Code != 1 { return nil }; return &t }`, None},
		{"pointer with error", strong + `func f(t T) (*T, error) { if t.Code != 1 { return nil, err }; return &t, nil }`, None},
		{"results of a call", strong + `func f(t T) (*T, error) { if t.Code != 1 { return f(t) }; return &t, nil }`, Single},
		{"a name for a code", strong + `func f(t T) string { if t.Code == 4400 { return "quota" }; return "other" }`, Single},
		{"struct result", strong + `func f(t T) T { if t.Code != 1 { return T{} }; return t }`, Single},
		{"no result", strong + `func f(t T) { if t.Code != 1 { return }; g() }`, None},
		{"no result, == k", strong + `func f(t T) { if t.Code == 1 { return }; panic("failed") }`, None},
		{"no result, == k leaves early", strong + `func f(t T) { if t.Code == 4400 { g(); return }; g(); return }`, Single},
		{"error variable", strong + `func f(t T) (e error) { if t.Code != 1 { e = err }; return }`, None},
		{"error variable reset", strong + `func f(t T) (e error) { if t.Code != 1 { e = nil }; return }`, Single},
		{"panic", strong + `func f(t T) { if t.Code != 1 { panic(t.Message) } }`, None},
		{"fatal", `import "log"; ` + strong + `func f(t T) { if t.Code != 1 { log.Fatal(t.Message) } }`, None},
		{"another call", strong + `func f(t T) { if t.Code != 1 { g() } }`, Single},
		{"another method", `import "log"; ` + strong + `func f(t T) { if t.Code != 1 { log.Print(t.Message) } }`, Single},
		{"called literal", strong + `func f(t T) { if t.Code != 1 { func() {}() } }`, Single},
		{"empty body", strong + `func f(t T) { if t.Code != 1 { } }`, Single},
		{"other statement", strong + `func f(t T) { if t.Code != 1 { for {} } }`, Single},
		{"continue", strong + `func f(ts []T) { for _, t := range ts { if t.Code != 1 { continue }; g() } }`, None},
		{"poll", strong + `func f(t T) error { for { if t.Code == 1 { return nil }; g() } }`, None},
		{"poll in a select", strong + `func f(c chan T) error { for { select { case t := <-c: if t.Code == 1 { return nil }; g() } } }`, None},
		{"poll in a switch", strong + `func f(t T) error { for { switch { case x: if t.Code == 1 { return nil } } } }`, None},
		{"poll with break", strong + `func f(t T) { for { if t.Code == 1 { break }; g() } }`, None},
		{"break after it", strong + `func f(t T) error { for { if t.Code == 1 { return nil }; break }; return nil }`, Single},
		{"until", strong + `func f(t T) { for t.Code != 1 { g() } }`, None},
		{"while", strong + `func f(t T) { for t.Code == 1 { g() } }`, Single},
		{"nested", strong + `func f(t T) error { if x { if t.Code == 1 { return nil } }; return err }`, None},
		{"in a function literal", strong + `var f = func(t T) error { if t.Code != 1 { return err }; return nil }`, None},
		{"ends with a function literal", strong + `func f(t T) error { func() { if t.Code == 1 { return } }(); return err }`, Single},
		{"a predicate", strong + `func f(t T) bool { return t.Code == 4400 }`, Single},
		{"a predicate whatever its name", strong + `func (t T) OK() bool { return x && t.Code == 1 }`, Single},
		{"a predicate that decides", strong + `func (t T) A() bool { return t.Code == 1 }; func f(t T) error { if !t.A() { return err }; return nil }`, None},
		{"a predicate's negation that decides", strong + `func a(t *T) bool { return (1 != t.Code) }; func f(t *T) error { if a(t) { return err }; return nil }`, None},
		{"a predicate of an accessor that decides", strong + `func (t T) A() bool { return t.GetCode() == 1 }; func (t T) GetCode() int { return t.Code }; func f(t T) error { if !t.A() { return err }; return nil }`, None},
		{"a predicate that decides something", strong + `func (t T) A() bool { return t.Code == 4400 }; func f(t T) error { if t.A() { g() }; return nil }`, Single},
		{"a predicate of more", strong + `func (t T) A() bool { return x && t.Code == 1 }; func f(t T) error { if !t.A() { return err }; return nil }`, Single},
		{"a predicate with a copy", strong + `func (t T) A() bool { u := t; return u.Code == 1 }; func f(t T) error { if !t.A() { return err }; return nil }`, None},
		{"no predicate, with two ways", strong + `func (t T) A() bool { if x { return true }; return t.Code == 1 }; func f(t T) error { if !t.A() { return err }; return nil }`, Single},
		{"beside a predicate", strong + `func (t T) A() bool { return t.Code == 4400 }; func f(t T) error { if t.Code != 1 { return err }; return nil }`, None},
		{"in a variable", strong + `func f(t T) error { if busy := t.Code == 4400; !busy { return err }; return nil }`, Single},
		{"passed", strong + `func f(t T) { h(t.Code == 1) }; func h(bool) {}`, Single},
		{"switch with default", strong + `func f(t T) error { switch t.Code { case 1: g(); default: return err }; return nil }`, None},
		{"switch with a default that succeeds", strong + `func f(t T) error { switch t.Code { case 1: g(); default: g() }; return nil }`, Single},
		{"switch, failure after it", strong + `func f(t T) error { switch t.Code { case 1: return nil }; return err }`, None},
		{"switch, success after it", strong + `func f(t T) error { switch t.Code { case 1: return nil }; return nil }`, Single},
		{"switch without a tag", strong + `func f(t T) error { switch { case t.Code == 1: return nil; default: return err } }`, None},
		{"switch without a tag, !=", strong + `func f(t T) error { switch { case t.Code != 1: return err }; return nil }`, None},
		{"switch over the comparison", strong + `func f(t T) error { switch t.Code == 1 { case true: return nil }; return err }`, Single},
		{"two values", strong + `func f(t T) error { if t.Code == 1 || t.Code == 2 { return nil }; return err }`, Single},
		{"zero too", strong + `func f(t T) error { if t.Code != 1 { return err }; return nil }; func z(t T) bool { return t.Code == 0 }`, Single},
		{"ordered", strong + `func f(t T) error { if t.Code > 1 { return err }; return nil }`, Single},
		{"total failure", strong + `func f(t T) error { if t.Code != 5100 { return err }; return nil }`, Single},
		{"one of them unproven", strong + `func f(t T) error { if t.Code != 1 { return err }; return nil }; func h(t T) { if t.Code == 1 { g() } }`, Single},
		{"only one beside evidence of the host", weak + `func f(t T) error { if t.Code != 1 { return err }; return nil }; var _ = "api.qcloud.com"`, Single},
		{"of the symbolic name", `type T struct { Code int 'json:"code"'; CodeDesc string 'json:"codeDesc"' }; func f(t T) error { if t.CodeDesc != "OK" { return err }; return nil }`, Single},
		{"by a getter", strong + `func (t T) GetCode() int { return t.Code }; func f(t T) error { if t.GetCode() != 1 { return err }; return nil }`, None},
		{"handed on after a special case", strong + `func f(t T) error { if t.Code == 4400 { g() }; return check(t) }; func check(T) error { return nil }`, Single},
	} {
		t.Run(test.name, func(t *testing.T) {
			u := load(t, "p", one(test.src+"\nvar err error; var x bool; func g() {}"))
			if got := u.kind(t, "T"); got != test.want {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

// A test's comparisons are evidence, but one that expects a particular failure
// says nothing of success.
func TestComparisonsInTests(t *testing.T) {
	for _, test := range []struct {
		name, typ, test string
		want            Kind
	}{
		{"evidence", weak, `func f(t T) bool { return t.Code == 5400 }`, Single},
		{"host", weak, `var _ = "api.qcloud.com"`, Single},
		{"status", strong, `func f(t T) bool { return t.Code == 200 }`, None},
		{"expected failure", strong, `func f(t T) bool { return t.Code == 4400 }`, Single},
	} {
		t.Run(test.name, func(t *testing.T) {
			u := load(t, "p", source{"p.go": test.typ, "p_test.go": test.test})
			if got := u.kind(t, "T"); got != test.want {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

// So are those of a test's helper, whatever file it stands in.
func TestComparisonsInHelpers(t *testing.T) {
	for _, test := range []struct {
		name, src string
		want      Kind
	}{
		{"partial failure", weak + `func f(t testing.TB, r *T) { if r.Code != 5400 { t.Fatal(r) } }`, Single},
		{"expected failure", strong + `func f(t testing.TB, r *T) error { if r.Code == 4400 { return nil }; return err }; var err error`, Single},
		{"of a suite", strong + `type suite struct { *testing.T; err error }; func (s *suite) f(r *T) error { if r.Code == 4400 { return nil }; return s.err }`, Single},
		{"of a program", strong + `func f(t testing.TB, r *T) {}; func g(r *T) error { if r.Code == 4400 { return nil }; return err }; var err error`, None},
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
