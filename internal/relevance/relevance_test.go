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
