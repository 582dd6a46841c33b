package vetinit

import (
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/asynccheck/asynccheck/internal/config"
)

// Packages that take long to be initialized must not come before vetinit.
func TestImports(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	deps := strings.Fields(string(out))
	for _, late := range []string{"encoding/gob", "fmt", "go/token", "path/filepath", "reflect", "strings"} {
		if slices.Contains(deps, late) {
			t.Errorf("%s is imported", late)
		}
	}
}

func TestConstants(t *testing.T) {
	if configVariable != config.Variable || !slices.Equal(configFiles[:], config.FileNames) {
		t.Errorf("%s and %s, want %s and %s", configVariable, configFiles, config.Variable, config.FileNames)
	}
}
