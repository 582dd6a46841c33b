package yaml

import (
	"strings"
	"testing"
)

// Each line is read once, however deep brackets are in each other: else this would not end.
func TestNestedBrackets(t *testing.T) {
	const depth = 60
	found := needQuotes("rules: " + strings.Repeat("[\n", depth) + strings.Repeat("]x\n", depth))
	if len(found) == 0 || found[0].Line != 1 || found[0].Column != 8 {
		t.Errorf("got %v, want the first bracket", found)
	}
}

// What follows a bracket belongs to its value, and what follows the value is read.
func TestAfterBrackets(t *testing.T) {
	found := needQuotes("rules: [[a-z]*.x, *-y, [ok], {a: [b]c}]\n")
	var got []string
	for _, u := range found {
		got = append(got, u.text)
	}
	if want := "[a-z]*.x *-y [b]c"; strings.Join(got, " ") != want {
		t.Errorf("got %q, want %s", got, want)
	}
}
