package panics

import (
	"errors"
	"go/token"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/asynccheck/asynccheck/internal/project"
)

// The message takes one line, even if the panic's text has more, and says what to do.
func TestMessage(t *testing.T) {
	e := &Error{Position: token.Position{Filename: "a.go", Line: 3, Column: 6}, Lost: "function f", Value: errors.New("out\n\tof luck")}
	want := "a.go:3:6: internal error, function f is not analyzed: out of luck; please report this at " + project.Issues
	if got := e.Error(); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	said, ok := Parse("asynccheck: " + want)
	if wanted := (Said{"a.go:3:6", "function f", "out of luck"}); !ok || said != wanted {
		t.Errorf("read %+v, %t, want %+v", said, ok, wanted)
	}
	if _, ok := Parse("a.go:3:6: r.Code may be 5400 here"); ok {
		t.Error("a finding is taken for a panic")
	}
	if got := (Errors{e, e}).Error(); got != want+"\n"+want {
		t.Errorf("got two as\n%s", got)
	}
}

// In other people's drivers a panic is a finding among others. Any other error stays an error.
func TestAsDiagnostics(t *testing.T) {
	fails := errors.New("no such rule")
	for _, test := range []struct{ err, want error }{
		{nil, nil},
		{Errors{{Pos: 7, Lost: "function f"}, {Pos: 9, Lost: "function g"}}, nil},
		{fails, fails},
	} {
		a := AsDiagnostics(&analysis.Analyzer{Run: func(pass *analysis.Pass) (any, error) {
			pass.Report(analysis.Diagnostic{Pos: 1, Message: "a finding"})
			return nil, test.err
		}})
		var at []token.Pos
		_, err := a.Run(&analysis.Pass{Report: func(d analysis.Diagnostic) {
			at = append(at, d.Pos)
			if d.Pos > 1 && !strings.Contains(d.Message, "please report this") {
				t.Errorf("reported %q", d.Message)
			}
		}})
		want := []token.Pos{1}
		if list, ok := test.err.(Errors); ok {
			for _, e := range list {
				want = append(want, e.Pos)
			}
		}
		if err != test.want || !slices.Equal(at, want) {
			t.Errorf("%v: got %v, and findings at %v, want them at %v", test.err, err, at, want)
		}
	}
}
