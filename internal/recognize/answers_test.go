package recognize

import "testing"

func TestAnswers(t *testing.T) {
	const batch = `type T struct { Code int 'json:"code"'; Detail map[string]E 'json:"detail"' }; type E struct { Code int 'json:"code"' }; `
	// built is source that builds a value of T. What a test adds decides whether T counts as an answer.
	const built = strong + `func build() T { return T{Code: 1} }; `
	const bytes, enc, req = `import "encoding/json"; `, `import ("encoding/json"; "io"); `, `import ("encoding/json"; "net/http"); `

	for _, test := range []struct {
		name, src string
		want      Kind
	}{
		// These build a value.
		{"keyed literal", strong + `var _ = T{Message: "", Code: 1}`, None},
		{"literal with other members", strong + `var _ = &T{Message: "", RequestID: ""}`, Single},
		{"literal without keys", strong + `var _ = T{1, "", ""}`, None},
		{"empty literal", strong + `var _ = T{}`, Single},
		{"other literals", strong + `var _ = []int{1}; var _ = map[string]struct{ N int }{"Code": {N: 1}}`, Single},
		{"literals in a collection", strong + `var _ = []*T{{Code: 1}}`, None},
		{"store", strong + `func f(t *T) { t.Code = 1 }`, None},
		{"store through a pointer member", `type T struct { Code *int 'json:"code"'; CodeDesc string 'json:"codeDesc"' }; func f(t *T) { *t.Code = 1 }`, None},
		{"store through a named pointer", strong + `type P *T; func f(p P) { p.Code = 1 }`, None},
		{"store to another member", strong + `func f(t *T) { t.Message, *new(int) = "", 1 }`, Single},
		{"store to a package's variable", `import "net/http"; ` + strong + `func f(t *T) { http.DefaultClient = nil }`, Single},
		{"store to a nested member", strong + `type U struct { T T }; func f(u *U) { u.T.Code = 1 }`, None},
		{"promoted store", strong + `type U struct { *T }; func f(u *U) { u.Code = 1 }`, None},
		{"literal of an embedded struct", `type Base struct { Code int 'json:"code"'; CodeDesc string 'json:"codeDesc"' }; type T struct { *Base }; var _ = T{Base: &Base{Code: 1}}`, None},
		{"unkeyed literal of an embedded struct", `type Base struct { Code int 'json:"code"'; CodeDesc string 'json:"codeDesc"' }; type T struct { N int; Base }; var b Base; var _ = T{1, b}`, None},
		{"empty literal of an embedded struct", `type Base struct { Code int 'json:"code"'; CodeDesc string 'json:"codeDesc"' }; type T struct { *Base }; var _ = T{Base: (&Base{})}`, Single},
		{"generic", `type R[D any] struct { Code int 'json:"code"'; CodeDesc string 'json:"codeDesc"'; Data D }; var T R[int]; var _ = R[string]{Code: 1}`, None},
		{"batch", batch + `var _ = T{Code: 1}`, None},
		{"entries only", batch + `var _ = E{Code: 1}`, Batch},

		// These decode one.
		{"decoded", bytes + built + `func f(b []byte) (t T) { json.Unmarshal(b, &t); return }`, Single},
		{"decoded by a decoder", enc + built + `func f(r io.Reader) (t T) { json.NewDecoder(r).Decode(&t); return }`, Single},
		{"decoded by a pointer", bytes + built + `func f(b []byte) *T { t := new(T); json.Unmarshal(b, t); return t }`, Single},
		{"decoded within a struct", bytes + built + `type U struct { Ts map[string][]*[2]T }; func f(b []byte) (u U) { json.Unmarshal(b, &u); return }`, Single},
		{"decoded as an embedded struct", bytes + built + `type u struct { T }; func f(b []byte) (v u) { json.Unmarshal(b, &v); return }`, Single},
		{"out of a decoder's reach", bytes + built + `type U struct { t T }; func f(b []byte) (u U) { json.Unmarshal(b, &u); return }`, None},
		{"decoded by a client", built + `type C interface { Do(any) error }; func f(c C) (t T) { c.Do(&t); return }`, Single},
		{"decoded by a function value", built + `func f(do func(any) error) (t T) { do(&t); return }`, Single},
		{"decoded by the package's client", bytes + built + `func do(b []byte, out any) error { return json.Unmarshal(b, &out) }; func f() (t T) { do(nil, &t); return }`, Single},
		{"decoded further down", bytes + built + `func do(out any) error { return do2(out) }; func do2(v any) error { do(v); return json.Unmarshal(nil, v) }; func f() (t T) { do(&t); return }`, Single},
		{"passed on for ever", built + `func do(out any) { do2(out) }; func do2(v any) { do(v); do2(v) }; func f() (t T) { do2(&t); do(&t); return }`, None},
		{"kept for a decoder", built + `type C struct { out any }; func (c *C) set(out any) { c.out = out }; func f(c *C) (t T) { c.set(&t); return }`, Single},
		{"kept for a decoder, in a literal", built + `type C struct { out any }; func newC(out any) *C { return &C{out: out} }; func f() (t T) { newC(&t); return }`, Single},
		{"kept for a decoder, in a list", built + `func list(out any) []any { return []any{out} }; func f() (t T) { list(&t); return }`, Single},
		{"kept nowhere", built + `func drop(out any) {}; func f() (t T) { drop(&t); return }`, None},
		{"filled by the package's function", built + `func fill(t *T) { t.Code = 1 }; func f() (t T) { fill(&t); return }`, None},
		{"decoded by a generic function", bytes + built + `func decode[X any](b []byte) (x X, err error) { err = json.Unmarshal(b, &x); return }; func f() (T, error) { return decode[T](nil) }`, Single},
		{"instance without decoding", built + `func id[X any](x X) X { return x }; func f() T { return id(build()) }`, None},
		{"decoded by its method", bytes + built + `func (t *T) Parse(b []byte) error { return json.Unmarshal(b, t) }`, Single},
		{"decodes itself", built + `func (t *T) UnmarshalJSON(b []byte) error { return nil }`, Single},

		// These get one from a function value.
		{"by a literal", strong + `func f() T { build := func() T { return T{Code: 1} }; return build() }`, None},
		{"by a literal called at once", strong + `func f() T { return func() T { return T{Code: 1} }() }`, None},
		{"by a function's value", built + `func f() T { make := build; return make() }`, None},
		{"by a parameter", built + `func wrap(h func() T) func() { return func() { h() } }; var _ = wrap(func() T { return T{} }); var _ = wrap(build)`, None},
		{"by a method's value", strong + `type S struct{}; func (S) build() T { return T{Code: 1} }; func wrap(h func() T) { h() }; func f(s S) { wrap(s.build) }`, None},
		{"by a field", built + `type S struct { h func() T }; func f() T { s := S{h: build}; return s.h() }`, None},
		{"by a field without a key", built + `type S struct { h func() T }; func f() T { s := &S{build}; return s.h() }`, None},
		{"by a stored field", built + `type S struct { h func() T }; func f(s *S) T { s.h = build; return s.h() }`, None},
		{"by an element", built + `var hs = map[string]func() T{"": build}; func f() T { return hs[""]() }`, None},
		{"by a comma-ok element", built + `var hs = map[string]func() T{"": build}; func f() { if h, ok := hs[""]; ok { h() } }`, None},
		{"by a stored element", built + `func f() { hs := make([]func() T, 1); hs[0] = build; for _, h := range append(hs, nil) { h() } }`, None},
		{"by a conversion", built + `type H func() T; func f() T { return H(build)() }`, None},
		{"by what a function gives", built + `func h() func() T { return build }; func f() T { return h()() }`, None},
		{"by a literal that fills", strong + `func f() (t T) { fill := func(t *T) { t.Code = 1 }; fill(&t); return }`, None},
		{"by an unknown parameter", built + `func F(h func() T) T { return h() }`, Single},
		{"by one of several", built + `func wrap(h func() T) { h() }; func F(h func() T) { wrap(build); wrap(h) }; func g(x chan func() T) { F(<-x) }`, Single},
		{"by a field that nobody sets", built + `type S struct { H func() T }; func f(s S) { s.H() }`, Single},
		{"by an interface's method value", built + `type I interface { Get() T }; func wrap(h func() T) { h() }; func f(i I) { wrap(i.Get) }`, Single},
		{"by a literal that decodes", bytes + built + `func f(b []byte) T { read := func() (t T) { json.Unmarshal(b, &t); return }; return read() }`, Single},
		{"by a literal that hands on to a decoder", bytes + built + `func f(b []byte) (t T) { read := func(v any) { json.Unmarshal(b, v) }; read(&t); return }`, Single},

		// These do none of it.
		{"encoded", bytes + built + `func f() { t := build(); json.Marshal(&t) }`, None},
		{"encoded by an encoder", enc + built + `func f(w io.Writer) { t := build(); json.NewEncoder(w).Encode(&t) }`, None},
		{"printed", `import "fmt"; ` + built + `func f() { t := build(); fmt.Println(&t) }`, None},
		{"given to a framework's writer", built + `type C interface { JSON(int, any); XML(any) }; func f(c C) { t := build(); c.JSON(200, &t); c.XML(&t) }`, None},
		{"given to the package's writer", enc + built + `func reply(w io.Writer, v any) { json.NewEncoder(w).Encode(v) }; func f(w io.Writer) { t := build(); reply(w, &t) }`, None},
		{"given away as a literal", built + `type C interface { Send(any) }; func f(c C) { c.Send(&T{Code: 1}) }`, None},
		{"an empty literal given away", built + `type C interface { Send(any) }; func f(c C) { c.Send(&T{}) }`, Single},
		{"a number given away", built + `type C interface { Send(any) }; func f(c C) { c.Send(new(int)); c.Send(&[]int{1}[0]); c.Send(-1) }`, None},
		{"converted", built + `type P *T; func f(t *T) P { return P(t) }`, None},
		{"new", built + `func f() *[]T { x := new([]T); *x = append(*x, build()); return x }`, None},
		{"bound", built + `type C interface { Bind(any); ShouldBindJSON(any); MustBindWith(any) }; func f(c C) (t T) { c.Bind(&t); c.ShouldBindJSON(&t); c.MustBindWith(&t); return }`, None},
		{"inbound request", req + built + `func f(w http.ResponseWriter, r *http.Request) { var t T; json.NewDecoder(r.Body).Decode(&t) }`, None},
		{"inbound request in variables", `import "io"; ` + req + built + `func f(w http.ResponseWriter, r *http.Request) { var t T; b, _ := io.ReadAll(io.LimitReader(r.Body, 1e6)); json.Unmarshal(b, &t); d := json.NewDecoder(r.Body); d.Decode(&t) }`, None},
		{"method expression", built + `func (t *T) m() {}; func f(t *T) { (*T).m(t) }`, None},
		{"login", built + `type C interface { Login(any) }; func f(c C) (t T) { c.Login(&t); return }`, Single},
		{"receiving of a type parameter", built + `func first[X any](c chan X) X { return <-c }; var _ = first[T]; func f() T { c := make(chan T, 1); c <- build(); return first(c) }`, None},
		{"inbound request in a helper", req + built + `func f(r *http.Request) (t T) { read(r, &t); return }; func read(r *http.Request, v any) { var d = json.NewDecoder(r.Body); d.Decode(v) }`, None},
		{"outbound response", req + built + `func f(r *http.Response) { var t T; json.NewDecoder(r.Body).Decode(&t) }`, Single},

		// These receive one.
		{"from a function value", built + `func f(g func() (T, error)) { g() }`, Single},
		{"from an interface", built + `type I interface { Get() []T }; func f(i I) { i.Get() }`, Single},
		{"from the package itself", built + `func f() { build() }`, None},
		{"from a channel", built + `func f(c chan *T) { <-c }`, Single},
		{"from a channel by range", built + `func f(c chan T) { for range c { } }`, Single},
		{"from a channel of its own", built + `func f() { c := make(chan T, 1); c <- build(); <-c; close(c) }`, None},
		{"from a channel of its own, by range", built + `func f() { var c = make(chan T); go func() { c <- build(); close(c) }(); for t := range c { _ = t } }`, None},
		{"from a channel of its own, made later", built + `func f() { var c chan T; c = make(chan T, 1); c <- build(); t, ok := <-c; _, _ = t, ok }`, None},
		{"from a channel that is given away", built + `func f(g func(chan T)) { c := make(chan T); g(c); <-c }`, Single},
		{"from a channel that is returned", built + `func f() (c chan T) { c = make(chan T, 1); <-c; return }`, Single},
		{"from a channel that is kept", built + `var d *chan T; func f() { c := make(chan T); d = &c; <-c }`, Single},
		{"from a channel that may be another's", built + `func f(d chan T) { c := make(chan T); c = d; <-c }`, Single},
		{"by range over something else", built + `func f(c []T) { for range c { } }`, None},
		{"by assertion of an own type", built + `func f(v any) T { return v.(T) }`, None},
		{"by type switch over an own type", built + `func f(v any) { switch v.(type) { case nil, *T: } }`, None},
	} {
		t.Run(test.name, func(t *testing.T) {
			u := load(t, "p", one(test.src))
			if got := u.kind(t, "T"); got != test.want {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

// Fake servers build the client's types, and a server's tests read its answers. Neither counts.
func TestAnswersInTests(t *testing.T) {
	const decode = `import "encoding/json"; func f(b []byte) (t T) { json.Unmarshal(b, &t); return }; func g(c chan T) T { return <-c }`
	for _, test := range []struct {
		name, code, test string
		want             Kind
	}{
		{"fake server", strong, `var _ = T{Code: 1}; func f(t *T) { t.Code = 2 }`, Single},
		{"tested server", strong + `var _ = T{Code: 1}`, decode, None},
		{"tested server with a generic decoder", strong + `var _ = T{Code: 1}`, `import "encoding/json"; func f[X any](b []byte) (x X) { json.Unmarshal(b, &x); return }; var _ = f[T](nil)`, None},
	} {
		t.Run(test.name, func(t *testing.T) {
			u := load(t, "p", source{"p.go": test.code, "p_test.go": test.test})
			if got := u.kind(t, "T"); got != test.want {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

// A struct without a single json tag counts where it is decoded.
func TestUntagged(t *testing.T) {
	const untagged = `type T struct { Code int; Message string; RequestID string }; `
	const decode = `import "encoding/json"; func f(b []byte) (t T) { json.Unmarshal(b, &t); return }`
	for _, test := range []struct {
		name string
		src  source
		want Kind
	}{
		{"not decoded", one(untagged), None},
		{"decoded", source{"p.go": untagged, "q.go": decode}, Single},
		{"decoded in a test", source{"p.go": untagged, "p_test.go": decode}, Single},
		{"inbound", source{"p.go": untagged, "q.go": `import ("encoding/json"; "net/http"); func f(r *http.Request) (t T) { json.NewDecoder(r.Body).Decode(&t); return }`}, None},
		{"excluding tag", one(`type T struct { Code int; Message string; RequestID string; N int 'json:"-"' }`), Single},
		{"other tag", one(`type T struct { Code int 'yaml:"code"'; Message string; RequestID string }`), None},
		{"entries need no tag of their own", one(`type T struct { Code int 'json:"code"'; Detail map[string]struct { Code int } 'json:"detail"' }`), Batch},
		{"accessor methods", one(`type T struct { code int; codeDesc string }; func (t *T) Code() int { return t.code }; func (t *T) CodeDesc() string { return t.codeDesc };
			func (t *T) UnmarshalJSON([]byte) error { return nil }`), Single},
		{"used through accessor methods", one(`type T struct { code int; taskID int }; func (t *T) Code() int { return t.code }; func (t *T) TaskID() int { return t.taskID };
			func (t *T) UnmarshalJSON([]byte) error { return nil }; func f(t *T) bool { return t.Code() == 5400 }`), Single},
	} {
		t.Run(test.name, func(t *testing.T) {
			u := load(t, "p", test.src)
			if got := u.kind(t, "T"); got != test.want {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}
