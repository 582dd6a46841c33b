package source

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// The list has all packages that the go command lists. If it doesn't, run: go generate ./internal/filter/source
func TestStandard(t *testing.T) {
	if !slices.IsSorted(standard[:]) {
		t.Error("the list is not sorted")
	}
	out, err := exec.Command("go", "list", "std", "cmd").Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range append(strings.Fields(string(out)), "vendor/golang.org/x/net/idna", "internal/syscall/windows", "unsafe") {
		if !Standard(path) || !Standard(path+"_test") {
			t.Errorf("%s is not known: go generate ./internal/filter/source", path)
		}
	}
	for _, path := range []string{"text", "text/foo", "cmd/server", "internal/x", "plugin/y", "vendor/example", "example.com/fmt", "mine", "mine_test", "C", ""} {
		if Standard(path) {
			t.Errorf("%s is taken for a package of the standard library", path)
		}
	}
}
