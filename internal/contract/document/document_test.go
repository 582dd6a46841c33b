package document

import (
	"strings"
	"testing"

	"github.com/asynccheck/asynccheck/internal/codeset"
	"github.com/asynccheck/asynccheck/internal/contract"
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

func TestRead(t *testing.T) {
	contracts, err := Read([]byte(sms))
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

// An error names the line, or the contract and the key.
func TestErrors(t *testing.T) {
	for _, test := range []struct{ name, old, new, want string }{
		{"an unknown key", "words:", "wrods:", "[9:3] unknown field"},
		{"an unknown reading", "path: result,", "path: result, reading: size,", `"size" is not a reading, want number, count, length, truth, nil or text`},
		{"no ID", "vendor.sms", "sms", `sms: id: "sms" is not an ID`},
		{"no name", "name: SMS", "name: ''", "vendor.sms: name: it is missing"},
		{"no duty", "  duties:\n    - signals: [{path: result, clean: [0], partial: [0]}]\n      entries: true\n", "", "vendor.sms: duties: there are 0, want one"},
		{"no signal", "[{path: result, clean: [0], partial: [0]}]", "[]", "vendor.sms: duties[0].signals: there is none"},
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
		if _, err := Read([]byte(doc)); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: got %v, want %s", test.name, err, test.want)
		}
	}
}
