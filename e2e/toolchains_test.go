package e2e

import (
	"fmt"
	"go/version"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// releases are those of Go that asynccheck works with.
var releases = []string{"go1.26.8", "go1.27.3"}

// goroot returns the directory of a release, "" if the usual one has the same language. It skips the test if that Go
// can't be had: it comes from the module proxy.
func goroot(t *testing.T, release string) string {
	t.Helper()
	if version.Lang(release) == version.Lang(runtime.Version()) {
		return ""
	}
	cmd := exec.Command("go", "env", "GOROOT")
	cmd.Env = append(os.Environ(), "GOTOOLCHAIN="+release)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Skipf("no %s: %s", release, out)
	}
	return strings.TrimSpace(string(out))
}

// builtWith builds the command with the Go in a directory, and returns the directory of the command.
func builtWith(t *testing.T, goroot string) string {
	t.Helper()
	if goroot == "" {
		return bin
	}
	dir := t.TempDir()
	pairing{goroot: goroot}.command(t, "..", []int{0}, "go", "build", "-o", filepath.Join(dir, "asynccheck"), "./cmd/asynccheck")
	return dir
}

// TestToolchains runs the command with the go command of each release, whichever one has built it. All find the same in
// the fixtures, by go vet and stand-alone, with types that come from source or from what the compiler exports.
func TestToolchains(t *testing.T) {
	var goroots, bins []string
	for _, release := range releases {
		dir := goroot(t, release)
		goroots, bins = append(goroots, dir), append(bins, builtWith(t, dir))
	}
	t.Setenv("ASYNCCHECK_CACHE", "off")
	dir := corpus(t, fixtures(t)...)
	want := own.standAlone(t, dir)
	if len(want) < 600 {
		t.Errorf("%d findings in the corpus, want more than 600", len(want))
	}
	for i, built := range releases {
		for j, release := range releases {
			p := pairing{bins[i], goroots[j]}
			name := fmt.Sprintf("built with %s, go command of %s", built, release)
			for driver, run := range map[string]func(*testing.T, string) findings{"stand-alone": p.standAlone, "go vet": p.goVet} {
				got := run(t, dir)
				for _, f := range without(want, got) {
					t.Errorf("%s, %s: misses %s", name, driver, f)
				}
				for _, f := range without(got, want) {
					t.Errorf("%s, %s: reports %s", name, driver, f)
				}
			}
			if p == (pairing{bin: bin}) {
				continue // Test runs all scripts with it
			}
			t.Run(strings.ReplaceAll(name, " ", "-"), func(t *testing.T) {
				var files []string
				for _, script := range []string{"findings", "vet", "language", "cgo", "errors", "broken", "cache"} {
					if script == "cache" && i < j {
						continue // it uses -nofilter, which analyzes the library: an older Go can't read the newer one's
					}
					files = append(files, filepath.Join("testdata", script+".txtar"))
				}
				p.runScripts(t, testscript.Params{Files: append(files, filepath.Join("testdata", "toolchains", scriptFor(i, j)))})
			})
		}
	}
}

// scriptFor returns the script about code for the newer release, by which one built the command, and of which one the go
// command is.
func scriptFor(built, release int) string {
	switch {
	case release == 0:
		return "oldgo.txtar"
	case built == 0:
		return "oldtool.txtar"
	}
	return "new.txtar"
}
