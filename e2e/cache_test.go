package e2e

import (
	"bytes"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestCache compares what the command prints about the fixtures in each state of its cache.
func TestCache(t *testing.T) {
	dir := corpus(t, fixtures(t)...)
	t.Setenv("ASYNCCHECK_CACHE", filepath.Join(t.TempDir(), "cache"))
	run := func(args ...string) (stdout, stderr string) {
		t.Helper()
		cmd := exec.Command(filepath.Join(bin, "asynccheck"), append(args, "./...")...)
		cmd.Dir, cmd.Env = dir, env()
		var out, errs bytes.Buffer
		cmd.Stdout, cmd.Stderr = &out, &errs
		if exit, ok := cmd.Run().(*exec.ExitError); !ok || exit.ExitCode() != 1 {
			t.Fatalf("%s: %s", cmd, errs.Bytes())
		}
		return out.String(), errs.String()
	}
	for _, flags := range [][]string{{"-json"}, {"-strict", "-format=sarif"}, {"-fix", "-diff"}} {
		want, said := run(append(flags, "-cache=off")...)
		for _, state := range []string{"empty", "full"} {
			if out, errs := run(flags...); out != want || errs != said {
				t.Errorf("%q with an %s cache:\n%s%s\nwant\n%s%s", flags, state, out, errs, want, said)
			}
		}
	}
	run("-json", "-debug") // analyzes a few packages that only have contracts that mean nothing
	if _, said := run("-json", "-debug"); strings.Contains(said, ": analyzed\n") || !strings.Contains(said, ": from the cache\n") {
		t.Errorf("the cache is not used: %s", said)
	}
}
