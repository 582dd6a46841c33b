package govet

import (
	"path/filepath"
	"reflect"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/asynccheck/asynccheck/internal/driver/onepkg"
	"github.com/asynccheck/asynccheck/internal/filter/vetunit"
)

type text struct{ Words []string }

func (*text) AFact() {}

type number struct{ N int }

func (*number) AFact() {}

// A file of ours and one that is written for unitchecker have the same facts.
func TestFacts(t *testing.T) {
	a := &analysis.Analyzer{Name: "a", FactTypes: []analysis.Fact{new(text), new(number)}}
	want := []onepkg.Fact{
		{PkgPath: "example.com/p", Object: "", Fact: &number{1}},
		{PkgPath: "example.com/p", Object: "T.M0", Fact: &text{[]string{"tab\tand", "line\n"}}},
	}
	for _, facts := range [][]onepkg.Fact{nil, want} {
		u := &Unit{Unit: vetunit.Unit{VetxOutput: filepath.Join(t.TempDir(), "vet.out")}}
		if err := u.writeFacts(facts); err != nil {
			t.Fatal(err)
		}
		got, foreign, err := ReadFacts(a, u.VetxOutput)
		if err != nil || foreign || len(got) != len(facts) || len(facts) > 0 && !reflect.DeepEqual(got, facts) {
			t.Errorf("got %v, %t, %v", got, foreign, err)
		}
		if err := writeForeign(a, u.VetxOutput, []byte("types"), facts); err != nil {
			t.Fatal(err)
		}
		got, foreign, err = ReadFacts(a, u.VetxOutput)
		if err != nil || !foreign || len(got) != len(facts) || len(facts) > 0 && !reflect.DeepEqual(got, facts) {
			t.Errorf("got %v, %t, %v from what is written for unitchecker", got, foreign, err)
		}
	}
	if _, _, err := ReadFacts(&analysis.Analyzer{}, filepath.Join(t.TempDir(), "none")); err == nil {
		t.Error("no error for a file that isn't there")
	}
}
