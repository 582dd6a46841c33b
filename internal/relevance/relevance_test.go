package relevance

import (
	"reflect"
	"testing"

	"github.com/asynccheck/asynccheck/internal/contract/catalog"
)

// What is written down here of the contracts is what they say themselves.
func TestShapes(t *testing.T) {
	var want []Shape
	for _, c := range catalog.Contracts() {
		want = append(want, Shape{
			Code: c.Code().Path, Beside: c.Companions(), Nest: c.Members.TaskEnvelopes, Base: c.Members.Embeddable, Seldom: len(c.Members.Required) > 0,
		})
	}
	if !reflect.DeepEqual(Shapes, want) {
		t.Errorf("got  %+v\nwant %+v", Shapes, want)
	}
}

type named struct{ name string }

func (n named) Hint(h *Hints) {
	h.Add(Named, n.name)
	h.Add(Exits, "Exit")
	h.Add(Named, "Other")
}

// Hints can be written down.
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
