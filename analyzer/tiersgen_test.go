package analyzer_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"

	"github.com/asynccheck/asynccheck/analyzer"
	"github.com/asynccheck/asynccheck/internal/contract/document"
)

// A template generates packages with one declaration, which matters for some reason or looks as if it did. There is a
// package for each of the forms in angle brackets: <a|b>. Quotes ' are backquotes.
var tierTemplates = []string{
	// Decodes for others.
	`func F(b []byte, v <any|*any|*T|interface{ M() }|*Box[int]>) error { return <json.Unmarshal|(json.Unmarshal)>(b, <v|&v|(v)>) }; type T struct{}; type Box[X any] struct{ X X }`,
	`func F(b []byte, v any) error { <return json.NewDecoder(bytes.NewReader(b)).Decode(v)|d := json.NewDecoder(bytes.NewReader(b)); return d.Decode(v)|f := json.Unmarshal; return f(b, v)|return func(v any) error { return json.Unmarshal(b, v) }(v)> }`,
	`func F[X any](b []byte) (v X, err error) { err = <json.Unmarshal(b, &v)|json.NewDecoder(bytes.NewReader(b)).Decode(&v)|dec.Fill(b, &v)>; return }`,
	`type C[X any] struct{ v X }; func (c *C[X]) F(b []byte) error { return <json.Unmarshal(b, &c.v)|dec.Fill(b, &c.v)> }`,
	`func F(b []byte, v <any|*any|*T>) error { <return dec.Fill(b, v)|if err := dec.Fill(b, v); err != nil { return err }; return nil|return (dec.Fill)(b, v)> }; type T struct{}`,
	`type T struct{ A int }; func (t *T) UnmarshalJSON(b []byte) error { type plain T; return json.Unmarshal(b, (*plain)(t)) }`,

	// Fetches and reads for others.
	`func F(u string) (<[]byte|string|*bytes.Buffer|json.RawMessage>, error) { r, err := http.<Get(u)|Post(u, "", nil)|DefaultClient.Get(u)>; if err != nil { panic(err) }; b, err := io.ReadAll(r.Body); return <b, err|string(b), err|bytes.NewBuffer(b), err> }`,
	`func F(u string) (<*http.Response|io.ReadCloser|io.Reader|http.Header>, error) { r, err := http.<Get|Head>(u); if err != nil { return nil, err }; return <r, nil|r.Body, nil|r.Header, nil> }`,
	`func F(c *http.Client, q *http.Request) (<*http.Response|[]byte|string>, error) { <return c.Do(q)|r, err := c.Do(q); if err != nil { panic(err) }; b, err := io.ReadAll(r.Body); return b, err|r, err := c.Do(q); if err != nil { panic(err) }; b, err := io.ReadAll(r.Body); return string(b), err> }`,
	`func F() (<[]byte|string>, error) { <return get.Fetch()|b, err := get.Fetch(); return b, err|b, err := get.Fetch(); return string(b), err|f := get.Fetch; return f()> }`,

	// Never returns.
	`func F() { <panic("x")|(panic)("x")|os.Exit(1)|log.Fatal("x")|die.Die()|f()|(f)()|for { f() }> }; func f() { <panic(1)|die.Die()|os.Exit(2)> }`,
	`type T int; func (T) F() { <log.Panicln(1)|die.Die()|runtime.Goexit()> }`,

	// Has a response, gets one or leads to one.
	`var V = <sdk.New()|sdk.New|(*sdk.Task)(nil)|[]sdk.Task(nil)|sdk.Part{}|sdk.Status(1)|sdk.Name>`,
	`type T <=|> <sdk.Task|*sdk.Task|sdk.Part|map[string]sdk.Task|func() *sdk.Task>`,
	`type T struct { <sdk.Task|*sdk.Task>; Code <int|string> }; <func F(t T) int { return t.Code }|var V T|func F() { var t T; use(&t) }; func use(any) {}>`,
	`type T struct { <Code int|Code int 'json:"code"'|A int 'json:"code"'|Code string>; <RequestID string|B string 'json:"taskId"'|Detail map[string]struct{ Code int }|CodeDesc string|Message string> }; func F(b []byte) (t T) { json.Unmarshal(b, &t); return t }`,
	`type T[X any] struct { Code int 'json:"code"'; <Data X 'json:"data"'|D X 'json:"data"'|Data *X|Data []X> }; <func F[X any](b []byte) (t T[X]) { json.Unmarshal(b, &t); return t }|var V T[struct{ TaskID string }]>`,
	`type Base struct { Code int 'json:"code"'; Message string 'json:"message"' }; func (b *Base) <OK() bool { return b.Code == 0 }|Err() error { if b.Code != 0 { return errors.New(b.Message) }; return nil }>`,
	"//asynccheck:response <single|none|x>\ntype U struct { Code int; ID string }; var V U",
	`func F(v <*sdk.Task|any|interface{ OK() bool }>) bool { <return v != nil|return true|if t, ok := any(v).(*sdk.Task); ok { return t.OK() }; return false> }`,

	// Uses a function that judges.
	`func F(n int, s string) error { <return say.Check(n, s)|if err := say.Check(n, s); err != nil { return err }; return nil|check := say.Check; return check(n, s)> }; var _ = http.DefaultClient`,

	// Judges in a package that matters, but is not a helper.
	`func Check(code int, text string) error { <if code != 0 { return errors.New(text) }; return nil|switch code { case 0: return nil }; return errors.New(text)> }; func F(b []byte, v any) error { return json.Unmarshal(b, v) }; var _ = http.DefaultClient`,

	// Helps.
	`func <Check|check>(<code int|code int64|s string>, text string) error { if <code != 0|text != ""> { return errors.New(text) }; return nil }`,
	`type Code int; func (c Code) <OK() bool { return c == 0 }|Err() error { if c != 0 { return errors.New("x") }; return nil }|String() string { return "" }>`,
	`func <Errorf(format string, args ...any) error { return fmt.Errorf(format, args...) }|Infof(format string, args ...any) { log.Printf(format, args...) }|Log(args ...any) { fmt.Println(args...) }>`,
}

// tierLimits are templates of packages of which the engine would know more than the facts keep: usually, their
// importers have no response.
var tierLimits = []string{
	// A receiver is not a variable of a caller.
	`type T struct{ A int }; func (t *T) UnmarshalJSON(b []byte) error { return json.Unmarshal(b, t) }`,
	// A header's Get returns no response, and neither does a file, unless something fetches.
	`func F(h http.Header) <string|[]byte> { return <h.Get("x")|[]byte(h.Get("x"))> }`,
	`func F(name string) ([]byte, error) { b, err := os.ReadFile(name); if err != nil { return nil, <err|fmt.Errorf("%s: %w", name, err)> }; return b, nil }`,
	// A struct that others may embed has a code with a tag.
	`type Base struct { Code int; Message string 'json:"message"' }; func (b *Base) <OK() bool { return b.Code == 0 }|Err() error { if b.Code != 0 { return errors.New(b.Message) }; return nil }>`,
	`type T struct { <sdk.Part|*sdk.Part|p sdk.Part>; Code <int|string> }; <func F(t T) int { return t.Code }|var V T|func F() { var t T; use(&t) }; func use(any) {}>`,
	// A helper imports little.
	`func Check(code int, text string) error { if code != 0 { return errors.New(text) }; return nil }; var _ = http.DefaultClient`,
}

// tierAPIs are contracts of the user's own, which the packages of ownTemplates follow.
var tierAPIs = []analyzer.API{
	{ID: "own.reply", Members: &document.Members{Required: []string{"note", "body"}}, Duties: owned("ret", "")},
	{ID: "own.push", Find: &document.Find{Paths: []string{"m/acme"}, Type: "Output", Calls: []string{"Push"}}, Duties: owned("Failed", "length")},
	{ID: "own.list", Find: &document.Find{Paths: []string{"m/acme"}, Calls: []string{"Client.List"}}, Duties: owned("[]", "nil")},
	{ID: "own.any", Find: &document.Find{Paths: []string{"m/every"}, Type: "Result"}, Duties: owned("Failed", "")},
}

func owned(path, reading string) []document.Duty {
	return []document.Duty{{Signals: []document.Signal{{Path: path, Reading: reading, Clean: []int64{0}}}}}
}

// ownTemplates are templates of packages that use them.
var ownTemplates = []string{
	`func F(c *acme.Client) error { <_, err := c.Push()|out, err := c.Push(); _ = out|var p Pusher = c; _, err := p.Push()|push := c.Push; _, err := push()>; return err }; type Pusher interface { Push() (*acme.Output, error) }`,
	`func F(c *acme.Client) error { <c.List()|for k, err := range c.List() { _ = k; if err != nil { return err } }|m := c.List(); _ = m>; return nil }`,
	`var V <= via.Send|= via.New()|= via.Service{}|*via.Service|= via.List|= acme.Limit>`,
	`func F(s *via.Service) error { <_, err := s.P.Push(); return err|return s.Go()|s.Last = nil; return nil> }`,
	`type T struct { <via.Service|s *via.Service|o acme.Output|N int> }; func (t T) F() bool { return <true|t != T{}> }`,
	`type T struct { Ret int 'json:"ret"'; <Note string|N string 'json:"note"'|Not string>; <Body int 'json:"body"'|Body any|Data int> }; func F(b []byte) (t T, err error) { err = json.Unmarshal(b, &t); return }`,
	`type T[X any] struct { Ret <int|string> 'json:"ret"'; Note string 'json:"note"'; Body X 'json:"body"' }; func F(b []byte) (t T[int], err error) { err = json.Unmarshal(b, &t); return }`,
	`func F(b []byte) (r <via.Reply|*via.Envelope[string]|[]via.Reply|via.Base>, err error) { err = json.Unmarshal(b, &r); return }`,
	`type T struct { via.Base; Body string 'json:"body"' }; func F(b []byte) (t T, err error) { <err = json.Unmarshal(b, &t); |>return }`,
	`func F(<q *give.Queue|q give.Queue|q *give.Client>) error { <_, err := q.Push(); return err|f := q.Push; _, err := f(); return err|q.List(); return nil|return nil> }`,
	`func F() error { <_, err := give.Default.Push(); return err|_, err := give.New().Push(); return err|give.New().List(); return nil|_ = give.Default; return nil> }`,
	`<type T struct{ give.Queue }|type T = give.Client|var T = give.New()|func F() { give.New().List() }|func F() any { return give.Default }>`,
	`func F() error { <every.Do()|r := every.Do(); _ = r|f := every.Do; f()|_ = every.Name>; return nil }`,
}

// ownBases are what they import.
var ownBases = map[string]string{
	"acme": `type Client struct{}; type Output struct { Failed []string }; const Limit = 10
		func (*Client) Push() (*Output, error) { return nil, nil }
		func (*Client) List() map[string]error { return nil }`,
	"give": `type Queue struct{ *acme.Client }; type Client = acme.Client; var Default = New()
		func New() *acme.Client { return new(acme.Client) }`,
	"every": `type Result struct { Failed int }; const Name = "every"
		func Do() *Result { return nil }`,
	"via": `type Pusher interface { Push() (*acme.Output, error) }; type Service struct { P Pusher; Last *acme.Output }
		func (s *Service) Go() error { _, err := s.P.Push(); return err }
		func Send(c *acme.Client) (*acme.Output, error) { return c.Push() }
		func List(c *acme.Client) map[string]error { return c.List() }
		func New() *Service { return nil }
		type Base struct { Ret int 'json:"ret"'; Note string 'json:"note"' }
		type Reply struct { Base; Body string 'json:"body"' }
		type Envelope[X any] struct { Ret int 'json:"ret"'; Note string 'json:"note"'; Body X 'json:"body"' }`,
}

// tierBases are what generated packages import.
var tierBases = map[string]string{
	"dec": `func Fill(b []byte, v any) error { return json.Unmarshal(b, v) }`,
	"get": `func Fetch() ([]byte, error) { r, err := http.Get("http://localhost"); if err != nil { return nil, err }; return io.ReadAll(r.Body) }`,
	"say": `func Check(code int, text string) error { if code != 0 { return errors.New(text) }; return nil }`,
	"die": `func Die() { panic("dead") }`,
	"sdk": `type Task struct { Code int 'json:"code"'; Message string 'json:"message"'; RequestID string 'json:"requestId"' }
		type Part struct { RequestID string 'json:"requestId"' }
		type Status int
		const Name = "sdk"
		func New() *Task { return new(Task) }
		func (t *Task) OK() bool { return t.Code == 0 }`,
}

// loadGenerated loads the packages of tierTemplates and tierLimits.
func loadGenerated(t *testing.T) []*packages.Package {
	return loadTemplates(t, tierBases, map[string][]string{"kept": tierTemplates, "limits": tierLimits})
}

// loadOwn loads the packages of ownTemplates.
func loadOwn(t *testing.T) []*packages.Package {
	return loadTemplates(t, ownBases, map[string][]string{"kept": ownTemplates})
}

// loadTemplates writes and loads the generated packages that compile.
func loadTemplates(t *testing.T, bases map[string]string, templates map[string][]string) []*packages.Package {
	t.Helper()
	dir := t.TempDir()
	write := func(name, text string) {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write("go.mod", "module m\n\ngo 1.26\n")
	for _, name := range slices.Sorted(maps.Keys(bases)) {
		write(name+"/p.go", withImports(name, bases[name]))
	}
	n := 0
	for _, under := range slices.Sorted(maps.Keys(templates)) {
		for _, template := range templates[under] {
			for _, text := range expand(template) {
				write(fmt.Sprintf("%s/p%d/p.go", under, n), withImports("p", text))
				n++
			}
		}
	}
	pkgs := load(t, &packages.Config{Dir: dir}, "./...")
	good := slices.DeleteFunc(pkgs, func(p *packages.Package) bool { return len(p.Errors) > 0 })
	if len(good) < n/2 {
		t.Errorf("%d of %d packages compile", len(good), n)
	}
	return good
}

// expand returns all texts of a template.
func expand(template string) (texts []string) {
	before, rest, ok := strings.Cut(template, "<")
	if !ok {
		return []string{template}
	}
	choices, after, _ := strings.Cut(rest, ">")
	for _, choice := range strings.Split(choices, "|") {
		for _, text := range expand(after) {
			texts = append(texts, before+choice+text)
		}
	}
	return texts
}

// withImports returns a file with the declarations, and with the imports that they need.
func withImports(name, decls string) string {
	src := "package " + name + "\n\n"
	for _, path := range []string{
		"bytes", "encoding/json", "errors", "fmt", "io", "log", "net/http", "os", "runtime", "m/acme", "m/dec", "m/die", "m/every", "m/get", "m/give", "m/say", "m/sdk", "m/via",
	} {
		if strings.Contains(decls, path[strings.LastIndexByte(path, '/')+1:]+".") {
			src += fmt.Sprintf("import %q\n", path)
		}
	}
	return src + "\n" + strings.NewReplacer("'", "`", "; func ", "\nfunc ", "; type ", "\ntype ").Replace(decls) + "\n"
}
