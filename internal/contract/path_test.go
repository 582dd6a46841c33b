package contract

import (
	"fmt"
	"testing"
)

func TestParsePath(t *testing.T) {
	for _, test := range []struct{ path, want string }{
		{"", "[]"},
		{"Failed", "[{0 Failed}]"},
		{"Response.Set[].Code", "[{0 Response} {0 Set} {1 } {0 Code}]"},
		{"[].Err", "[{1 } {0 Err}]"},
		{"[][].Err()", "[{1 } {1 } {2 Err}]"},
		{"Status.Err()", "[{0 Status} {2 Err}]"},
		{"Failed().Items[]", "[{2 Failed} {0 Items} {1 }]"},
		{"Failed.", `"Failed.": "" is no name in Go`},
		{".Failed", `".Failed": "" is no name in Go`},
		{"Failed[0]", `"Failed[0]": want a dot before "[0]"`},
		{"Err(x)", `"Err(x)": want a dot before "(x)"`},
		{"[]Err", `"[]Err": want a dot before "Err"`},
	} {
		steps, err := ParsePath(test.path)
		got := fmt.Sprint(steps)
		if err != nil {
			got = err.Error()
		}
		if got != test.want {
			t.Errorf("%q: got %s, want %s", test.path, got, test.want)
		}
	}
}
