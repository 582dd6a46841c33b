package main

import "testing"

func TestUnknownName(t *testing.T) {
	known := append(ruleNames(), "silence", "acme.push.Send", "acme.push.SendAll", "acme.pull.Read")
	const otherwise = "asynccheck -list-rules shows the rules, and asynccheck -contracts the contracts"
	for _, test := range []struct{ name, want string }{
		{"push", "these have it in their names:\n\tacme.push.Send\n\tacme.push.SendAll"},
		{"ACME.PULL.READ", "these have it in their names:\n\tacme.pull.Read"},
		{"result-uncheked", "is it result-unchecked?"},
		{"acme.push.Sned", "is it acme.push.Send?"},
		{"SnedAll", "is it acme.push.SendAll?"},
		{"nope", otherwise},
		{"", otherwise},
	} {
		want := `no rule or contract "` + test.name + `"; ` + test.want
		if got := unknownName(test.name, known).Error(); got != want {
			t.Errorf("%q: got %s, want %s", test.name, got, want)
		}
	}
}

func TestDistance(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"", "abc", 3}, {"abc", "", 3}, {"abc", "ABC", 0}, {"kitten", "sitting", 3}, {"Sned", "Send", 2},
	} {
		if got := distance(test.a, test.b); got != test.want {
			t.Errorf("%q, %q: got %d, want %d", test.a, test.b, got, test.want)
		}
	}
}
