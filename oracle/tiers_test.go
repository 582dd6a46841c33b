package oracle

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/asynccheck/asynccheck/internal/filter/program"
	"github.com/asynccheck/asynccheck/internal/filter/source"
)

// If the analyzer finds something in a program, the program matters by its bytes, and has a struct that may be a
// response. So the filter leaves it to the analyzer. TestTiers of package analyzer checks the same for other packages.
func TestTiers(t *testing.T) {
	x, err := NewAnalysis()
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "p.go")
	wrong := 0
	for i := range 400 {
		src := header + Generate(17, i).Source()
		found, err := x.Files(src)
		if err != nil {
			t.Fatal(err)
		}
		if len(found) == 0 {
			continue
		}
		wrong++
		if !source.Ask(nil).Matters([][]byte{[]byte(src)}) {
			t.Errorf("program %d has findings, and doesn't matter by its bytes:\n%s", i, src)
		}
		if err := os.WriteFile(file, []byte(src), 0o666); err != nil {
			t.Fatal(err)
		}
		if !program.Of([]string{file}, nil, nil, nil).Response {
			t.Errorf("program %d has findings, and no struct that may be a response:\n%s", i, src)
		}
	}
	if wrong < 100 {
		t.Errorf("findings in %d programs only", wrong)
	}
}
