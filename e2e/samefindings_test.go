package e2e

import (
	"errors"
	"os/exec"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// sameFindings runs the command stand-alone and under go vet, with and without the filter. All must print the same
// findings, in any order. They are the script's stdout.
//
//	findings -strict ./...
func sameFindings(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: findings [flag...] package...")
	}
	vet := []string{"vet", "-vettool=" + ts.Getenv("TOOL")}
	run := func(stream, program string, before, args []string) string {
		err := ts.Exec(program, slices.Concat(before, args)...)
		if _, exited := errors.AsType[*exec.ExitError](err); !exited {
			ts.Check(err)
		}
		lines := slices.DeleteFunc(strings.Split(ts.ReadFile(stream), "\n"), func(line string) bool {
			return line == "" || strings.HasPrefix(line, "#") || strings.Contains(line, ": \t") // a related position
		})
		for i, line := range lines {
			lines[i] = strings.TrimPrefix(line, "./")
		}
		slices.Sort(lines)
		return strings.Join(lines, "\n") + "\n"
	}
	want := run("stdout", "asynccheck", nil, args)
	for _, other := range []struct {
		how, got string
	}{
		{"without a filter", run("stdout", "asynccheck", []string{"-nofilter"}, args)},
		{"go vet", run("stderr", "go", vet, args)},
		{"go vet without a filter", run("stderr", "go", append(vet, "-nofilter"), args)},
	} {
		if other.got != want {
			ts.Fatalf("%s, the findings are\n%s\nwant those of the command:\n%s", other.how, other.got, want)
		}
	}
	if want == "\n" {
		want = ""
	}
	_, err := ts.Stdout().Write([]byte(want))
	ts.Check(err)
}
