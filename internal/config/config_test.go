package config

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/asynccheck/asynccheck/analyzer"
	"github.com/asynccheck/asynccheck/internal/contract/document"
)

func TestFind(t *testing.T) {
	dir := t.TempDir()
	write := func(name string) {
		t.Helper()
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, nil, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write(".asynccheck.yml") // above every module
	write("m/go.mod")
	write("m/.asynccheck.yml")
	write("m/a/b/c.go")
	write("m/sub/.asynccheck.yml")
	write("m/sub/a/b.go")
	write("m/nested/go.mod")
	write("m/nested/a/b.go")
	write("m/dir/.asynccheck.yml/file")
	write("n/a.go")
	for _, test := range []struct{ dir, want string }{
		{"m", "m/.asynccheck.yml"},
		{"m/a/b", "m/.asynccheck.yml"},
		{"m/sub/a", "m/sub/.asynccheck.yml"},
		{"m/nested/a", ""}, // another module is not asked
		{"m/dir", "m/.asynccheck.yml"},
		{"n", ""},
		{"", ".asynccheck.yml"},
	} {
		want := test.want
		if want != "" {
			want = filepath.Join(dir, want)
		}
		if got, err := Find(filepath.Join(dir, test.dir)); err != nil || got != want {
			t.Errorf("Find(%s) = %q, %v, want %q", test.dir, got, err, want)
		}
	}
}

func TestIn(t *testing.T) {
	dir := t.TempDir()
	if got, err := In(dir); got != "" || err != nil {
		t.Errorf("got %q, %v, want nothing", got, err)
	}
	for i, name := range []string{".asynccheck.yaml", ".asynccheck.yml"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o666); err != nil {
			t.Fatal(err)
		}
		got, err := In(dir)
		if i == 0 && (err != nil || got != filepath.Join(dir, name)) {
			t.Errorf("got %q, %v, want %s", got, err, name)
		}
		if want := dir + " has both .asynccheck.yml and .asynccheck.yaml: keep one of them"; i == 1 && (err == nil || err.Error() != want) {
			t.Errorf("got %q, %v, want error %s", got, err, want)
		}
	}
}

func TestWithin(t *testing.T) {
	root := t.TempDir()
	for _, dir := range []string{"a/b", "nested/c"} {
		if err := os.MkdirAll(filepath.Join(root, dir), 0o777); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(root, "nested", "go.mod"), nil, 0o666); err != nil {
		t.Fatal(err)
	}
	within := Within(root, "example.com/m")
	byPath := Within("", "example.com/m")
	for _, test := range []struct {
		path         string
		want, byPath bool
	}{
		{"example.com/m", true, true},
		{"example.com/m/a/b", true, true},
		{"example.com/m/nested", false, true},
		{"example.com/m/nested/c", false, true},
		{"example.com/m/elsewhere", false, true}, // it is in the module cache
		{"example.com/mm", false, false},
		{"fmt", false, false},
	} {
		if got := within(test.path); got != test.want {
			t.Errorf("%s: got %t, want %t", test.path, got, test.want)
		}
		if got := byPath(test.path); got != test.byPath {
			t.Errorf("%s: got %t by the path alone, want %t", test.path, got, test.byPath)
		}
	}
	if Within(root, "") != nil {
		t.Error("without a module there is a function")
	}
}

func TestParse(t *testing.T) {
	number := func(n int64) *int64 { return &n }
	for _, test := range []struct {
		text string
		want analyzer.Config
	}{
		{"", analyzer.Config{}},
		{"# nothing\n---\n", analyzer.Config{}},
		{"\uFEFFstrict: true\r\ngenerated: false\r\n", analyzer.Config{Strict: true}},
		{"rules: [batch-*, -batch-detail-shallow]", analyzer.Config{Rules: []string{"batch-*", "-batch-detail-shallow"}}},
		{"rules: []", analyzer.Config{Rules: []string{}}},
		{`
# yaml-language-server: $schema=docs/asynccheck.schema.json
checked:
- example.com/sdk/...
printers:
  - (*example.com/log.Logger).Event
decoders: [example.com/codec.Fill]
exits:
  - (example.com/cli.App).Quit
types:
  - name: example.com/sdk.Answer
    shape: batch
    members: {code: Status, detail: "Data.Items"}
    values:
      success: 1
      partial: -2
      total: 0x10
`, analyzer.Config{
			Checked:  []string{"example.com/sdk/..."},
			Printers: []string{"(*example.com/log.Logger).Event"},
			Decoders: []string{"example.com/codec.Fill"},
			Exits:    []string{"(example.com/cli.App).Quit"},
			Types: []analyzer.Type{{
				Name: "example.com/sdk.Answer", Shape: "batch",
				Members: analyzer.Members{Code: "Status", Detail: "Data.Items"},
				Values:  analyzer.Values{Success: number(1), Partial: number(-2), Total: number(16)},
			}},
		}},
		{`
contracts: ["-*", acme.*]
apis:
  - id: acme.push
    tier: 2
    default: off
    find: {paths: [example.com/acme], type: Output, calls: [Client.Push], result: 1}
    duties:
      - signals:
          - {path: "Results[].Status", reading: text, texts: [OK, Sent], clean: [0, 1]}
    exempt:
      - {field: DryRun, values: ["true"]}
    words: {item: message}
`, analyzer.Config{Contracts: []string{"-*", "acme.*"}, APIs: []analyzer.API{{
			ID: "acme.push", Tier: 2, Default: "off",
			Find:   &document.Find{Paths: []string{"example.com/acme"}, Type: "Output", Calls: []string{"Client.Push"}, Result: 1},
			Duties: []document.Duty{{Signals: []document.Signal{{Path: "Results[].Status", Reading: "text", Texts: []string{"OK", "Sent"}, Clean: []int64{0, 1}}}}},
			Exempt: []document.Exemption{{Field: "DryRun", Values: []string{"true"}}},
			Words:  document.Words{Item: "message"},
		}}}},
	} {
		got, err := parse("f", []byte(test.text))
		if err != nil {
			t.Errorf("%s: %v", test.text, err)
		} else if !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s: got %+v, want %+v", test.text, got, test.want)
		}
	}
}

func TestErrors(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"rule: [a]", `f:1:1: unknown key "rule": did you mean rules?`},
		{"strict: true\nrules: batch-*", `f:2:8: unexpected string "batch-*", expected a list of strings`},
		{"rules:\n", `f:1:8: unexpected nothing, expected a list of strings`},
		{"rules: [batch-*, 3]", `f:1:18: unexpected number 3, expected a string`},
		{"rules: [result-uncheked]", `f:1:9: rules[0]: no rule matches "result-uncheked": did you mean result-unchecked?`},
		{"contracts: [-aws.sqs.SendMesageBatch]", `f:1:13: contracts[0]: no contract matches "aws.sqs.SendMesageBatch": did you mean aws.sqs.SendMessageBatch`},
		{"types: [{name: a.T, shape: singel}]", `f:1:28: types[0].shape: "singel" is not a shape: did you mean single?`},
		{"types: [{name: a.T, shape: batch, members: {cod: C}}]", `f:1:45: unknown key "cod": did you mean code?`},
		{"rules:\n  - batch-*\n  - nope", `f:3:5: rules[1]: no rule matches "nope"; asynccheck -list-rules shows the rules`},
		{"strict: yes", `f:1:9: unexpected string "yes", expected true or false`},
		{"- a", `f:1:1: unexpected list, expected a mapping with keys rules, strict, generated, contracts, apis, types, checked, printers, decoders, exits`},
		{"types: {}", `f:1:8: unexpected mapping, expected a list`},
		{"types:\n  - a.T", `f:2:5: unexpected string "a.T", expected a mapping with keys name, shape, members, values`},
		{"types:\n  - shape: none", `f:2:5: types[0].name: it is missing, want an import path and a name such as example.com/sdk.Answer`},
		{"types:\n  - name: a.T\n    shape: list", `f:3:12: types[0].shape: "list" is not a shape, want batch, single or none`},
		{"types:\n  - name: a.T\n    shape: batch\n    values: {partial: many}", `f:4:23: unexpected string "many", expected an integer`},
		{"types:\n  - name: a.T\n    shape: batch\n    values: {partial: 1.5}", `f:4:23: unexpected number 1.5, expected an integer`},
		{"types:\n  - name: a.T\n    shape: batch\n    values: {partial: 18446744073709551615}", `f:4:23: unexpected number 18446744073709551615, expected an integer`},
		{"types:\n  - name: a.T\n    shape: batch\n    values: {partial: 0}", `f:4:23: types[0].values.partial: 0 is the value of success already, want another`},
		{"types:\n  - name: a.T\n    shape: single\n    members:\n      codes: C", `f:5:7: unknown key "codes": did you mean code?`},
		{"checked: [a, \"\"]", `f:1:14: checked[1]: "" is not a package`},
		{"printers:\n- F", `f:2:3: printers[0]: "F" is not a function`},
		{"decoders: [a.F, F]", `f:1:17: decoders[1]: "F" is not a function`},
		{"exits:\n- 1", `f:2:3: unexpected number 1, expected a string`},
		{"exits:\n- a.F\n- F", `f:3:3: exits[1]: "F" is not a function`},
		{"printers: [a.F]\ndecoders:\n- a.F", `f:3:3: decoders[0]: a.F is named by printers[0] already`},
		{"contracts: [-tencent.*, tencent.*, nope.*]", `f:1:36: contracts[2]: no contract matches "nope.*"; asynccheck -contracts lists the contracts`},
		{"contracts: [\"[\"]", `f:1:13: contracts[0]: contract pattern "[": syntax error in pattern`},
		{"apis:\n  - {id: push, find: {paths: [a], type: T}, duties: [{signals: [{path: F}]}]}", `f:2:10: apis[0].id: "push" is not an ID, want words with dots between them, such as vendor.api`},
		{"apis:\n  - id: tencent.sms\n    find: {paths: [a], type: T}\n    duties: [{signals: [{path: Failed}]}]", `f:2:9: apis[0].id: tencent.sms is the ID of a built-in contract already, want another`},
		{"apis:\n  - &a {id: a.b, find: {paths: [a], type: T}, duties: [{signals: [{path: F}]}]}", `f:2:5: unexpected anchor or alias, expected a mapping with keys id, name, url, tier, default, members, find, duties, complement, exempt, words`},
		{"apis:\n  - {id: a.b, find: {paths: [a], type: T}, duties: [{signals: [{path: F}]}]}\n  - {id: a.b, find: {paths: [a], type: T}, duties: [{signals: [{path: F}]}]}", `f:3:10: apis[1].id: a.b is the ID of apis[0] already, want another`},
		{"apis:\n  - id: a.b\n    find: {paths: [a], type: T}\n    duties:\n      - signals:\n          - path: F\n            reading: size", `f:7:22: apis[0].duties[0].signals[0].reading: "size" is not a reading, want number, count, length, truth, nil or text`},
		{"apis:\n  - id: a.b\n    find: {paths: [a], type: T}\n    duties: [{signals: [{path: F, clean: [x]}]}]", `f:4:43: unexpected string "x", expected an integer`},
		{"apis:\n  - id: a.b\n    find: {paths: [a], type: T}\n    duties: [{signals: [{path: F, clean: 1}]}]", `f:4:42: unexpected number 1, expected a list of integers`},
		{"apis:\n  - id: a.b\n    find: {path: [a]}", `f:3:12: unknown key "path": did you mean paths?`},
		{"loud: true", `f:1:1: unknown key "loud", expected one of rules, strict, generated, contracts, apis, types, checked, printers, decoders, exits`},
		{"rules: &r [a]\nchecked: *r", `f:1:8: unexpected anchor or alias, expected a list of strings`},
		{"contracts: [*]", `f:1:13: a value that begins with * needs quotes in YAML: write "*"`},
		{"contracts:\n- *", `f:2:3: a value that begins with * needs quotes in YAML: write "*"`},
		{"rules: [batch-*, *, b]", `f:1:18: a value that begins with * needs quotes in YAML: write "*"`},
		{"rules: *", `f:1:8: a value that begins with * needs quotes in YAML: write "*"`},
		{"rules: [*-success]", `f:1:9: a value that begins with * needs quotes in YAML: write "*-success"`},
		{"apis: [{id: a.b}]", `f:1:8: apis[0].find: it is missing, want find for calls of an SDK, or members for structs with JSON members`},
		{"rules: [!result-unchecked]", `f:1:9: a value that begins with ! needs quotes in YAML: write "!result-unchecked"`},
		{"rules:\n- !result-unchecked x # no", `f:2:3: a value that begins with ! needs quotes in YAML: write "!result-unchecked x"`},
		{"rules: [\"*\", @x, batch-*]", `f:1:14: a value that begins with @ needs quotes in YAML: write "@x"`},
		{"rules: ['it''s', \"\\\"\", `batch-*`]", "f:1:24: a value that begins with ` needs quotes in YAML: write \"batch-*\""},
		{"rules: [# none\n  'größe', @batch]", `f:2:12: a value that begins with @ needs quotes in YAML: write "@batch"`},
		{"rules: [[rb]*-success]", `f:1:9: a value that begins with [ needs quotes in YAML: write "[rb]*-success"`},
		{"rules:\n- [rb]*-success # two", `f:2:3: a value that begins with [ needs quotes in YAML: write "[rb]*-success"`},
		{"rules:\n- {batch,result}-*", `f:2:3: a value that begins with { needs quotes in YAML: write "{batch,result}-*"`},
		{"rules: [- batch-*]", `f:1:9: a value that begins with "- " needs quotes in YAML: write "- batch-*"`},
		{"rules: [-batch-*, -*]", `f:1:19: rules[1]: no rule is left by "-*"`},
		{"contracts: [&x aws.*]", `f:1:13: a value that begins with & needs quotes in YAML: write "&x aws.*"`},
		{"printers:\n- *a/b.T.M\n- ok.F", `f:2:3: a value that begins with * needs quotes in YAML: write "*a/b.T.M"`},
		{"printers: [(*a/b.T[U]).M]", `f:1:12: a value with [ in it needs quotes in YAML: write "(*a/b.T[U]).M"`},
		{"decoders:\n- a.F: last\n", `f:2:3: a value with ": " in it needs quotes in YAML: write "a.F: last"`},
		{"decoders: [b.F, a.F: last]", `f:1:17: a value with ": " in it needs quotes in YAML: write "a.F: last"`},
		{"types:\n  - name: []a.T\n    shape: none", `f:2:11: a value that begins with [ needs quotes in YAML: write "[]a.T"`},
		{"types: [{name: a.T, shape: batch, members: {code: State, detail: Results[]}}]", `f:1:66: a value with [ in it needs quotes in YAML: write "Results[]"`},
		{"apis:\n  - id: a.b\n    name: Acme: \"API\"\n", `f:3:11: a value with ": " in it needs quotes in YAML: write 'Acme: "API"'`},
		{"apis:\n  - words:\n      item: |\n        *x\n      loss: > 5 are lost\n", `f:5:13: a value that begins with > needs quotes in YAML: write "> 5 are lost"`},
		{"apis:\n  - exempt: [{field: F, values: [true]}]", `f:2:34: unexpected boolean true, expected a string: write "true"`},
		{"<<: {strict: true}", `f:1:1: unexpected key <<, expected one of rules, `},
		{"strict: true\nstrict: false", `f:2:1: mapping key "strict" already defined at [1:1]`},
		{"rules: [a", `f:1:8: sequence end token ']' not found`},
		{"strict: true\n\trules: []", `f:2:1: `},
		{"strict: true\n---\nstrict: false", `f:3:1: unexpected second document, expected one`},
	} {
		_, err := parse("f", []byte(test.text))
		var errs Errors
		if !errors.As(err, &errs) || len(errs) == 0 {
			t.Errorf("%q: got error %v, want %s", test.text, err, test.want)
		} else if !strings.HasPrefix(errs[0].Error(), test.want) {
			t.Errorf("%q:\ngot  %v\nwant %s", test.text, err, test.want)
		}
	}

	// So are all values that need quotes, even if the parser stops at the first.
	if _, err := parse("f", []byte("rules: [*, -x]\ncontracts: [!y]\n")); err == nil || strings.Count(err.Error(), "needs quotes") != 2 {
		t.Errorf("got %v, want two errors", err)
	}

	// All mistakes are reported at once, in their order.
	_, err := parse("f", []byte("printers: x\nnope: 1\nstrict: 2\n"))
	if err == nil || strings.Count(err.Error(), "\n") != 2 || !strings.HasPrefix(err.Error(), "f:1:11: ") {
		t.Errorf("got %v, want three errors", err)
	}
}
