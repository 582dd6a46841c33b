package relevance

import (
	"reflect"
	"testing"
)

type named struct{ name string }

func (n named) Hint(h *Hints) {
	h.Add(Named, n.name)
	h.Add(Exits, "Exit")
	h.Add(Named, "Other")
}

// Hints can be written as a text.
func TestHintsText(t *testing.T) {
	text := HintsOf(named{"Name"})
	if want := "eExit nName nOther"; string(text) != want {
		t.Errorf("got %q, want %q", text, want)
	}
	var got, want Hints
	got.Read(text)
	named{"Name"}.Hint(&want)
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if text := HintsOf(1); text != nil {
		t.Errorf("got %q from what gives none", text)
	}
}

// Lists of packages become one, in the order of their paths. A package of which every use counts stays so.
func TestJoinPackages(t *testing.T) {
	a := []Package{{"b", []string{"X"}}, {"c", nil}, {"d", []string{"Y"}}}
	b := []Package{{"a", []string{"V"}}, {"b", []string{"W"}}, {"c", []string{"Z"}}, {"d", nil}}
	want := []Package{{"a", []string{"V"}}, {"b", []string{"X", "W"}}, {"c", nil}, {"d", nil}}
	if got := JoinPackages(a, b); !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got := JoinPackages(nil, a); !reflect.DeepEqual(got, a) {
		t.Errorf("got %v, want %v", got, a)
	}
}
