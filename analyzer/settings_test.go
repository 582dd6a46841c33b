package analyzer_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/asynccheck/asynccheck/analyzer"
	"github.com/asynccheck/asynccheck/internal/contract/document"
)

func value(n int64) *int64 { return &n }

// What a configuration says of types, packages and functions.
func TestConfigured(t *testing.T) {
	dir, err := filepath.Abs("../testdata/configured")
	if err != nil {
		t.Fatal(err)
	}
	types := []analyzer.Type{
		{
			Name: "sdk.Answer", Shape: "batch",
			Members: analyzer.Members{Code: "Status", Detail: "Items"},
			Values:  analyzer.Values{Success: value(200), Partial: value(207), Total: value(500)},
		},
		{Name: "sdk.Plain", Shape: "batch", Values: analyzer.Values{Success: value(1), Partial: value(2), Total: value(3)}},
		{Name: "sdk.Ticket", Shape: "single", Members: analyzer.Members{Code: "Ret", Task: "Job.Name"}},
		{Name: "sdk.Directed", Shape: "batch"},
		{Name: "sdk.Foreign", Shape: "none"},
	}
	analysistest.Run(anyFact{t}, dir, withRule(t, analyzer.Config{
		Rules: []string{"-batch-outer-unread", "batch-entry-missing"},
		Types: types,
	}), "sdk", "app")

	analysistest.Run(anyFact{t}, dir, withRule(t, analyzer.Config{
		Rules:    []string{"-batch-outer-unread"},
		Strict:   true,
		Checked:  []string{"checked/..."},
		Printers: []string{"logs.Event", "(logs.Logger).Event", "(logs.Sink).Event"},
	}), "checked", "wrapper", "strict")

	analysistest.Run(anyFact{t}, dir, withRule(t, analyzer.Config{
		Rules:    []string{"-batch-outer-unread"},
		Decoders: []string{"codecs.Fill", "(codecs.Reader).Next", "(codecs.Codec).Read", "named.parse"},
		Exits:    []string{"codecs.Die", "(codecs.App).Quit"},
	}), "loads", "named")

	analysistest.Run(anyFact{t}, dir, withRule(t, analyzer.Config{
		Printers: []string{"fmt.Errorf"},
	}), "told")

	// A mistake about a type is reported where the type is declared, and where a package of
	// another module imports it.
	analysistest.Run(anyFact{t}, dir, withRule(t, analyzer.Config{Types: []analyzer.Type{
		{Name: "wrong.Answer", Shape: "batch", Members: analyzer.Members{Code: "Nope"}},
		{Name: "wrong.Alone", Shape: "batch"},
		{Name: "wrong.Missing", Shape: "none"},
		{Name: "wrong.Number", Shape: "none"},
		{Name: "nowhere.Type", Shape: "none"},
	}, Printers: []string{
		"wrong.Event", "wrong.Log", "(*wrong.Outer).Event", "(wrong.Logger).Event", "(wrong.Logger).Log", "(wrong.Gone).Event", "nowhere.Event",
	}, Decoders: []string{"wrong.Decode"}, Exits: []string{"(wrong.Logger).Exit", "wrong.Event"}}), "wrong", "imports")
}

// What follows the contracts of a configuration.
func TestOwnContracts(t *testing.T) {
	dir, err := filepath.Abs("../testdata/configured")
	if err != nil {
		t.Fatal(err)
	}
	analysistest.Run(anyFact{t}, dir, withRule(t, analyzer.Config{Contracts: []string{"-*", "acme.*", "-acme.peek"}, APIs: []analyzer.API{
		{ID: "acme.reply", Members: &document.Members{Required: []string{"msg", "data"}}, Duties: owned("code", "")},
		{
			ID: "acme.push", Find: &document.Find{Paths: []string{"acme"}, Majors: []int{1}, Type: "Output", Calls: []string{"Client.Push"}}, Duties: owned("Failed", "length"),
			Words: document.Words{Item: "text", Loss: "texts that Acme did not send are lost"},
		},
		{ID: "acme.peek", Find: &document.Find{Paths: []string{"acme"}, Calls: []string{"Peek"}}, Duties: owned("Failed", "length")},
		{ID: "acme.pull", Default: "off", Find: &document.Find{Paths: []string{"acme"}, Type: "Pulled"}, Duties: owned("Lost", "truth")},
		{ID: "acme.ask", Find: &document.Find{Paths: []string{"acme"}, Type: "Answer", Calls: []string{"Ask", "Query.Run"}}, Duties: owned("Lost", "")},
		{ID: "acme.all", Find: &document.Find{Paths: []string{"acme"}, Calls: []string{"All"}}, Duties: owned("[]", "nil")},
		{ID: "acme.delete", Find: &document.Find{Paths: []string{"acme"}, Calls: []string{"Client.Delete"}}, Duties: owned("[]", "nil")},
	}}), "own", "vend")

	// A mistake in one is reported where a package of another module imports what it is about.
	find := func(typ string, calls ...string) *document.Find {
		return &document.Find{Paths: []string{"acme"}, Majors: []int{1}, Type: typ, Calls: calls}
	}
	third := find("", "Client.Peek")
	third.Result = 2
	both := owned("Failed", "length")
	both[0].Signals = append(both[0].Signals, document.Signal{Path: "Sent.Err", Reading: "nil"})
	analysistest.Run(anyFact{t}, dir, withRule(t, analyzer.Config{Contracts: []string{"-acme.off"}, APIs: []analyzer.API{
		{ID: "acme.type", Find: find("Outptu", "Client.Push"), Duties: owned("Failed", "length")},
		{ID: "acme.call", Find: find("Output", "Client.Psuh"), Duties: owned("Failed", "length")},
		{ID: "acme.calls", Find: find("", "Client.Peek", "Psuh"), Duties: owned("Failed", "length")},
		{ID: "acme.other", Find: find("Output", "Client.Push", "Client.Delete"), Duties: owned("Failed", "length")},
		{ID: "acme.result", Find: third, Duties: owned("Failed", "length")},
		{ID: "acme.signal", Find: find("Output"), Duties: owned("Faild", "length")},
		{ID: "acme.signals", Find: find("Output"), Duties: both},
		{ID: "acme.reading", Find: find("Output"), Duties: owned("Failed", "truth")},
		{ID: "acme.whole", Find: find("Pulled"), Duties: owned("", "nil")},
		{ID: "acme.complement", Find: find("Output"), Duties: owned("Failed", "length"), Complement: []string{"Sent", "Snet"}},
		{ID: "acme.outer", Find: find("Output", "Outer.Post"), Duties: owned("Failed", "length")},
		{ID: "acme.hidden", Find: find("Output", "Send"), Duties: owned("Failed", "length")},
		{ID: "acme.right", Find: find("Output", "Client.Push", "Client.Peek"), Duties: owned("Failed", "length"), Complement: []string{"Sent"}},
		{ID: "acme.generic", Find: find("Answer"), Duties: owned("Lost", "")},
		{ID: "acme.newer", Find: &document.Find{Paths: []string{"acme"}, Majors: []int{2}, Type: "T"}, Duties: owned("F", "")},
		{ID: "acme.elsewhere", Find: &document.Find{Paths: []string{"acme", "acme/types"}, Type: "T"}, Duties: owned("F", "")},
		{ID: "acme.off", Find: find("Outptu"), Duties: owned("F", "")},
	}}), "typos")

	batch := owned("code", "")
	batch[0].Signals[0].Partial, batch[0].Signals[0].Total, batch[0].Entries = []int64{6010}, []int64{6020}, true
	analysistest.Run(anyFact{t}, dir, withRule(t, analyzer.Config{APIs: []analyzer.API{{
		ID: "acme.queue", Duties: batch,
		Members: &document.Members{Detail: "errorList", Message: []string{"message"}, Task: []string{"requestId"}, Required: []string{"errorList", "requestId"}},
	}}}), "queue")
}

// Contracts are on or off by default, and patterns change that in order.
func TestKnownContracts(t *testing.T) {
	find := &document.Find{Paths: []string{"acme"}, Type: "T"}
	apis := []analyzer.API{{ID: "acme.a", Find: find, Duties: owned("F", "")}, {ID: "acme.b", Default: "off", Find: find, Duties: owned("F", "")}}
	for _, test := range []struct {
		patterns string
		strict   bool
		want     string
	}{
		{"", false, "tencent.cloudapi2 tencent.sms acme.a"},
		{"", true, "tencent.cloudapi2 tencent.sms acme.a acme.b"},
		{"-tencent.*", false, "acme.a"},
		{"-* tencent.sms", false, "tencent.sms"},
		{"acme.b", false, "tencent.cloudapi2 tencent.sms acme.a acme.b"},
		{"acme.* -acme.b -tencent.s?s", true, "tencent.cloudapi2 acme.a"},
	} {
		cfg := analyzer.Config{Contracts: strings.Fields(test.patterns), Strict: test.strict, APIs: apis}
		all, on := cfg.KnownContracts()
		var ids []string
		for _, c := range all {
			if vendor, _, _ := strings.Cut(c.ID, "."); on[c.ID] && (vendor == "acme" || c.ByMembers()) {
				ids = append(ids, c.ID)
			}
		}
		if got := strings.Join(ids, " "); got != test.want {
			t.Errorf("%q, %t: got %s, want %s", test.patterns, test.strict, got, test.want)
		}
	}
}

// A package of another module has no facts about what the configuration of this one adds.
func TestBeyondFacts(t *testing.T) {
	within := func(path string) bool { return path == "example.com/a" || strings.HasPrefix(path, "example.com/a/") }
	apis := analyzer.Config{APIs: []analyzer.API{{ID: "acme.a"}}}
	typ := func(name, shape string) analyzer.Config {
		return analyzer.Config{Types: []analyzer.Type{{Name: name, Shape: shape}}}
	}
	strict := analyzer.Config{Strict: true}
	off := analyzer.Config{Contracts: []string{"-tencent.*"}}
	for _, test := range []struct {
		cfg, elsewhere analyzer.Config
		imports        []string
		want           bool
	}{
		{analyzer.Config{}, analyzer.Config{}, []string{"example.com/b"}, false},
		{off, analyzer.Config{}, []string{"example.com/b"}, false},
		{analyzer.Config{}, off, []string{"example.com/b"}, false},                                               // no file says so
		{analyzer.Config{Contracts: []string{"tencent.*"}}, analyzer.Config{}, []string{"example.com/b"}, false}, // it is on
		{analyzer.Config{Contracts: []string{"aws.*"}}, analyzer.Config{}, []string{"example.com/b"}, true},
		{strict, analyzer.Config{}, []string{"example.com/b"}, true},
		{strict, strict, []string{"example.com/b"}, false},
		{apis, analyzer.Config{}, []string{"fmt", "example.com/a", "example.com/a/b"}, false},
		{apis, analyzer.Config{}, []string{"fmt", "example.com/ab"}, true},
		{typ("example.com/b.T", "single"), analyzer.Config{}, []string{"example.com/c"}, true},
		{typ("example.com/b.T", "none"), analyzer.Config{}, []string{"example.com/c"}, false},
		{typ("example.com/a.T", "single"), analyzer.Config{}, []string{"example.com/c"}, false},
	} {
		beyond := test.cfg.BeyondFacts(&test.elsewhere, within)
		if got := beyond != nil && beyond(slices.Values(test.imports)); got != test.want {
			t.Errorf("%+v, %q: got %t, want %t", test.cfg, test.imports, got, test.want)
		}
	}
}

// The filter looks for words. If a member's name is none, everything is analyzed.
func TestMembersWithoutWords(t *testing.T) {
	for name, want := range map[string]bool{"ret_msg2": false, "ret-msg": true, "2ret": true, "größe": true} {
		cfg := analyzer.Config{APIs: []analyzer.API{{ID: "acme.a", Members: &document.Members{Required: []string{name}}, Duties: owned("code", "")}}}
		if got := cfg.Concerns("example.com/a", nil, slices.Values([]string(nil))); got != want {
			t.Errorf("%s: got %t, want %t", name, got, want)
		}
	}
}

func TestConfigProblems(t *testing.T) {
	batch := func(t analyzer.Type) analyzer.Config {
		t.Name, t.Shape = "a.T", "batch"
		return analyzer.Config{Types: []analyzer.Type{t}}
	}
	single := func(t analyzer.Type) analyzer.Config {
		t.Name, t.Shape = "a.T", "single"
		return analyzer.Config{Types: []analyzer.Type{t}}
	}
	for _, test := range []struct {
		cfg  analyzer.Config
		want string // "" for none
	}{
		{analyzer.Config{Rules: []string{"batch-*", "nope"}}, `rules[1]: no rule matches "nope"; asynccheck -list-rules shows the rules`},
		{analyzer.Config{Types: []analyzer.Type{{Shape: "none"}}}, `types[0].name: it is missing, want an import path and a name`},
		{analyzer.Config{Types: []analyzer.Type{{Name: "example.com/a.T", Shape: "none"}}}, ``},
		{analyzer.Config{Types: []analyzer.Type{{Name: "example.com", Shape: "none"}}}, ``}, // com of package example, perhaps
		{analyzer.Config{Types: []analyzer.Type{{Name: "example.com/a/sdk", Shape: "none"}}}, `types[0].name: "example.com/a/sdk" is not a type`},
		{analyzer.Config{Types: []analyzer.Type{{Name: "*a.T", Shape: "none"}}}, `types[0].name: "*a.T" is not a type`},
		{analyzer.Config{Types: []analyzer.Type{{Name: "a.T"}}}, `types[0].shape: it is missing, want batch, single or none`}, // and one that is not a shape
		{analyzer.Config{Types: []analyzer.Type{{Name: "a.T", Shape: "list"}}}, `types[0].shape: "list" is not a shape, want batch, single or none`},
		{analyzer.Config{Types: []analyzer.Type{{Name: "a.T", Shape: "none"}, {Name: "a.T", Shape: "single"}}}, `types[1].name: a.T is named by types[0] already`},
		{analyzer.Config{Types: []analyzer.Type{{Name: "a.T", Shape: "none", Members: analyzer.Members{Code: "C"}}}}, `types[0].members.code: none has no members`},
		{analyzer.Config{Types: []analyzer.Type{{Name: "a.T", Shape: "none", Values: analyzer.Values{Success: value(1)}}}}, `types[0].values.success: none has no values`},
		{batch(analyzer.Type{Members: analyzer.Members{Code: "ret-code"}}), `types[0].members.code: "ret-code" is not a Go selector`},
		{batch(analyzer.Type{Values: analyzer.Values{Partial: value(0)}}), `types[0].values.partial: 0 is the value of success already`},
		{batch(analyzer.Type{Values: analyzer.Values{Success: value(5100)}}), `types[0].values.total: 5100 is the value of success already`},
		{single(analyzer.Type{Values: analyzer.Values{Success: value(5100)}}), ``},
		{single(analyzer.Type{Members: analyzer.Members{Detail: "D"}}), `types[0].members.detail: a single result has no detail`},
		{single(analyzer.Type{Values: analyzer.Values{Total: value(1)}}), `types[0].values.total: a single result succeeds or fails`},
		{analyzer.Config{Checked: []string{"example.com/sdk/...", "a"}}, ``},
		{analyzer.Config{Checked: []string{"a", "..."}}, `checked[1]: "..." is not a package, want an import path`},
		{analyzer.Config{Checked: []string{"a b"}}, `checked[0]: "a b" is not a package`},
		{analyzer.Config{Printers: []string{"a.F", "(a/b.T).M", "(*a/b.T).M"}}, ``},
		{analyzer.Config{Printers: []string{"F"}}, `printers[0]: "F" is not a function, want one such as example.com/log.Event or `},
		{analyzer.Config{Printers: []string{"(a.T)M"}}, `printers[0]: "(a.T)M" is not a function`},
		{analyzer.Config{Printers: []string{"a.T.M"}}, ``}, // package a.T, perhaps
		{analyzer.Config{Decoders: []string{"a.F", "F"}}, `decoders[1]: "F" is not a function, want one such as example.com/log.Event or `},
		{analyzer.Config{Exits: []string{"(a.T)M"}}, `exits[0]: "(a.T)M" is not a function`},
		{analyzer.Config{Printers: []string{"a.F", "(a.T).M"}, Decoders: []string{"a.G", "(*a.T).M"}}, `decoders[1]: (*a.T).M is named by printers[1] already`},
		{analyzer.Config{Printers: []string{"a.F"}, Exits: []string{"a.F"}}, ``}, // as log.Fatal
	} {
		_, err := analyzer.New(test.cfg)
		if test.want == "" && err != nil || test.want != "" && (err == nil || !strings.HasPrefix(err.Error(), test.want)) {
			t.Errorf("got error %v, want %s", err, test.want)
		}
	}
}
