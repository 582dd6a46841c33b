package spelling

import "testing"

func TestMeant(t *testing.T) {
	keys := []string{"shallow", "acme.pull.Get", "acme.pulp.A", "acme.pulp.B", "acme.pulp.C", "acme.pulp.D", "rules", "strict", "generated", "types", "acme.push.Send", "acme.push.SendAll", "batch-a", "batch-b", "batch-c", "batch-d", "x-batch-e", "x-batch-f", "x-batch-g", "x-batch-h"}
	for _, test := range []struct{ word, want string }{
		{"ruels", ": did you mean rules?"},
		{"Rules", ": did you mean rules?"},
		{"SnedAll", ": did you mean acme.push.SendAll?"},
		{"push", ": did you mean acme.push.Send or acme.push.SendAll?"},
		{"batch-x", ": did you mean batch-a, batch-b or batch-c?"},
		{"x-batch", ": did you mean x-batch-e, x-batch-f or x-batch-g?"},
		{"all", ": did you mean acme.push.SendAll?"}, // a part of its own
		{"hal", ", look"},                         // in the middle of a word
		{"Pull", ": did you mean acme.pull.Get?"}, // spelled alike are others
		{"pulp", ", look"},                        // too many, so not what is spelled alike
		{"push.send", ": did you mean acme.push.Send or acme.push.SendAll?"},
		{"nope", ", look"},
		{"-a", ", look"},
		{"x", ", look"},
		{"", ", look"},
	} {
		if got := Meant(test.word, keys, ", look"); got != test.want {
			t.Errorf("%q: got %q, want %q", test.word, got, test.want)
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
