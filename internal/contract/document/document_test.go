package document

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/asynccheck/asynccheck/internal/codeset"
	"github.com/asynccheck/asynccheck/internal/contract"
	"github.com/asynccheck/asynccheck/internal/yaml"
)

const sms = `
- id: vendor.sms
  name: SMS
  url: https://example.com
  members: {detail: detail, required: [errmsg]}
  duties:
    - signals: [{path: result, clean: [0], partial: [0]}]
      entries: true
  words: {item: message, items: messages}
`

// read returns the built-in contracts in a text.
func read(text string) ([]*contract.Contract, error) {
	var docs []Contract
	if _, mistakes := yaml.Decode([]byte(text), &docs); len(mistakes) > 0 {
		return nil, errors.New(mistakes[0].Msg)
	}
	contracts, problems := Contracts(docs)
	var errs []error
	for _, p := range problems {
		errs = append(errs, errors.New(p.Msg))
	}
	return contracts, errors.Join(errs...)
}

func TestContracts(t *testing.T) {
	contracts, err := read(sms)
	if err != nil {
		t.Fatal(err)
	}
	c := contracts[0]
	code := c.Code()
	if len(contracts) != 1 || c.ID != "vendor.sms" || code.Path != "result" || code.Reading != contract.Number || !c.Duties[0].Entries {
		t.Errorf("got %+v", c)
	}
	if !code.CleanMayBePartial() || code.SuccessValue() != 0 || !code.Values().Equal(codeset.Of(0)) {
		t.Errorf("0 means success and partial failure, got %+v", code)
	}
	if c.Symbol() != nil {
		t.Errorf("there is no symbolic name, got %+v", c.Symbol())
	}
}

// A user may leave out what isn't needed.
func TestOwn(t *testing.T) {
	push := Contract{ID: "acme.push", Find: &Find{Paths: []string{"example.com/acme"}, Type: "Output"}, Duties: []Duty{{Signals: []Signal{{Path: "Failed"}}}}}
	c, problems := Own(&push)
	want := contract.Words{Item: "item", Items: "items", Loss: "items that failed pass for done"}
	if len(problems) > 0 || c.Name != "acme.push" || c.Tier != contract.Loss || c.Words != want || !c.Code().Clean.Equal(codeset.Of(0)) {
		t.Errorf("got %+v, %v", c, problems)
	}
	push.Words, push.Default = Words{Item: "message"}, "off"
	if c, _ := Own(&push); c.Words.Loss != "messages that failed pass for done" || !c.Off {
		t.Errorf("got %+v", c)
	}
	reply := Contract{ID: "acme.api", Members: &Members{Required: []string{"msg"}}, Duties: []Duty{{Signals: []Signal{{Path: "code", Clean: []int64{0}}}}}}
	if c, problems := Own(&reply); len(problems) > 0 || c.Tier != 0 || c.Words.Loss != "" {
		t.Errorf("got %+v, %v", c, problems)
	}
}

// What is wrong with a user's contract has a key.
func TestOwnProblems(t *testing.T) {
	find := func(change func(*Contract)) *Contract {
		c := &Contract{ID: "acme.push", Find: &Find{Paths: []string{"example.com/acme"}, Type: "Output"}, Duties: []Duty{{Signals: []Signal{{Path: "Failed"}}}}}
		change(c)
		return c
	}
	for _, test := range []struct {
		doc  *Contract
		want string
	}{
		{&Contract{ID: "acme.api"}, "find: it is missing, want find for calls of an SDK, or members for structs with JSON members\nduties: it is missing, want which member tells that items failed"},
		{find(func(c *Contract) { c.Members = &Members{} }), "find: there are members, too, want one of both"},
		{find(func(c *Contract) { c.Duties = nil }), "duties: it is missing, want which member tells that items failed"},
		{find(func(c *Contract) { c.ID = "push" }), `id: "push" is not an ID, want words with dots between them, such as vendor.api`},
		{find(func(c *Contract) { c.Default = "no" }), `default: "no" is not a default, want on or off`},
		{find(func(c *Contract) { c.Tier = 4 }), `tier: it is 4, want 1, 2 or 3`},
		{find(func(c *Contract) { c.Find.Paths = nil }), `find.paths: it is missing, want the import paths of the packages that declare the type or the functions`},
		{find(func(c *Contract) { c.Find.Paths = []string{"a b"} }), `find.paths[0]: "a b" is not an import path, want one such as example.com/sdk`},
		{find(func(c *Contract) { c.Find.Paths = []string{"example.com/acme/v2"} }), `find.paths[0]: "example.com/acme/v2" has a major version, want "example.com/acme": it stands for all of them`},
		{find(func(c *Contract) { c.Find.Type = "acme.Output" }), `find.type: "acme.Output" is not a type, want its name without the package`},
		{find(func(c *Contract) { c.Find.Calls = []string{"(*Client).Send"} }), `find.calls[0]: "(*Client).Send" is not a function, want a name such as Send or Client.Send`},
		{find(func(c *Contract) { c.Find.Majors = []int{4, 4} }), `find.majors[1]: it is 4, want different major versions, such as 3 and 4; 1 stands for no version`},
		{find(func(c *Contract) { c.Find.Result = -1 }), `find.result: it is -1, want the index of a result`},
		{find(func(c *Contract) { c.Duties[0].Signals[0].Reading = "size" }), `duties[0].signals[0].reading: "size" is not a reading, want number, count, length, truth, nil or text`},
		{find(func(c *Contract) { c.Duties[0].Signals[0].Path = "Errors[" }), `duties[0].signals[0].path: "Errors[": want a dot before "["`},
		{find(func(c *Contract) { c.Duties[0].Signals[0].Path = "a-b" }), `duties[0].signals[0].path: "a-b": "a-b" is no name in Go`},
		{find(func(c *Contract) { c.Complement = []string{".x"} }), `complement[0]: ".x": "" is no name in Go`},
		{&Contract{ID: "acme.api", Tier: 2, Members: &Members{}, Duties: []Duty{{Signals: []Signal{{Path: "code", Clean: []int64{0}}}}}},
			"tier: it is for contracts with find, not for those with members\nmembers.required: it is missing, want the members that show a response of this API beside its code"},
	} {
		_, problems := Own(test.doc)
		var texts []string
		for _, p := range problems {
			texts = append(texts, p.Key+": "+p.Msg)
		}
		if want := strings.Split(test.want, "\n"); !slices.Equal(texts, want) {
			t.Errorf("%+v: got %q, want %q", test.doc, texts, want)
		}
	}
}

// An error names the contract and the key.
func TestErrors(t *testing.T) {
	for _, test := range []struct{ name, old, new, want string }{
		{"a key with a mistake", "words:", "wrods:", `unknown key "wrods": did you mean words?`},
		{"an unknown key", "words:", "colours:", `unknown key "colours", expected one of `},
		{"an unknown reading", "path: result,", "path: result, reading: size,", `"size" is not a reading, want number, count, length, truth, nil or text`},
		{"no ID", "vendor.sms", "sms", `sms: id: "sms" is not an ID`},
		{"no name", "name: SMS", "name: ''", "vendor.sms: name: it is missing"},
		{"no duty", "  duties:\n    - signals: [{path: result, clean: [0], partial: [0]}]\n      entries: true\n", "", "vendor.sms: duties: it is missing, want which member tells that items failed"},
		{"no signal", "[{path: result, clean: [0], partial: [0]}]", "[]", "vendor.sms: duties[0].signals: it is missing"},
		{"no path", "path: result, ", "", "vendor.sms: duties[0].signals[0].path: it is missing"},
		{"no success", "clean: [0], ", "", "vendor.sms: duties[0].signals[0].clean: it is missing"},
		{"a text for a code", "clean: [0]", "reading: text, texts: [OK], clean: [0]", "vendor.sms: duties[0].signals[0].reading: it is text, want number"},
		{"texts without that reading", "clean: [0]", "texts: [OK], clean: [0]", "vendor.sms: duties[0].signals[0].texts: "},
		{"total failure is success", "partial: [0]", "partial: [0], total: [0]", "vendor.sms: duties[0].signals[0].total: {0} already means success or partial failure"},
		{"no value for entries", ", partial: [0]", "", "vendor.sms: duties[0].signals[0].partial: it is missing"},
		{"no entries for a value", "entries: true", "entries: false", "vendor.sms: duties[0].entries: it is false"},
		{"no detail", "detail: detail, ", "", "vendor.sms: members.detail: it is missing"},
		{"a second one of the name", "- id: vendor.sms", sms + "- id: vendor.sms", "vendor.sms: id: another contract has it"},
		{"a count below nothing", "signals: [", "signals: [{path: result, clean: [0], partial: [0]}, {path: n, reading: length, clean: [-1]}, ", "vendor.sms: duties[0].signals[1]: a length can't be {-1}"},
		{"a flag of three values", "partial: [0]}", "partial: [0]}, {path: ok, reading: truth, clean: [2]}", "vendor.sms: duties[0].signals[1]: a truth can't be {2}"},
		{"a number that no text has", "partial: [0]}", "partial: [0]}, {path: name, reading: text, texts: [OK], clean: [1]}", "vendor.sms: duties[0].signals[1].clean: it has a number without a text"},
	} {
		doc := strings.Replace(sms, test.old, test.new, 1)
		if doc == sms {
			t.Fatalf("%s: nothing is wrong", test.name)
		}
		if _, err := read(doc); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: got %v, want %s", test.name, err, test.want)
		}
	}
}
