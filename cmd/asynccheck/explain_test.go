package main

import "testing"

func TestUnknownName(t *testing.T) {
	known := append(ruleNames(), "silence", "acme.push.Send", "acme.push.SendAll", "acme.pull.Read")
	const otherwise = "; asynccheck -list-rules shows the rules, and asynccheck -contracts the contracts"
	for _, test := range []struct{ name, want string }{
		{"push", "; these have it in their names:\n\tacme.push.Send\n\tacme.push.SendAll"},
		{"ACME.PULL.READ", "; these have it in their names:\n\tacme.pull.Read"},
		{"result-uncheked", ": did you mean result-unchecked?"},
		{"acme.push.Sned", ": did you mean acme.push.Send?"},
		{"SnedAll", ": did you mean acme.push.SendAll?"},
		{"nope", otherwise},
		{"", otherwise},
	} {
		want := `no rule or contract "` + test.name + `"` + test.want
		if got := unknownName(test.name, known).Error(); got != want {
			t.Errorf("%q: got %s, want %s", test.name, got, want)
		}
	}
}
