package lex

import "testing"

func TestWord(t *testing.T) {
	src := []byte("x(näme_1)")
	if start, end := Start(src, 6), End(src, 2); start != 2 || string(src[start:end]) != "näme_1" {
		t.Errorf("%q from %d to %d", src[start:end], start, end)
	}
	if end := End(src, len(src)); end != len(src) {
		t.Errorf("a word ends at %d after the end", end)
	}
}

// A word that is looked for is always found.
func TestLookout(t *testing.T) {
	long := "aVeryLongNameOfMoreThanSixtyThreeBytesThatSomebodyMayHaveGeneratedOnceUponATime"
	var l Lookout
	l.Add("")
	l.Add("name")
	l.Add(long)
	l.AddFolded("code")
	for word, want := range map[string]bool{
		"name": true, "nose": true, "names": false, "game": false, long: true, long + "s": true,
		"code": true, "Code": true, "CODES": true, "cod": false,
	} {
		if got := l.Has(word[0], len(word)); got != want {
			t.Errorf("%s: %t", word, got)
		}
	}
}
