// Package e2e runs the command as its users do, stand-alone and under "go vet", and the analyzer in golangci-lint and
// in Bazel's nogo. It is a module of its own, so that importers of the analyzer don't depend on what it needs.
package e2e

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/tools/txtar"
)

// bin is the directory with the command.
var bin string

func TestMain(m *testing.M) {
	os.Exit(func() int {
		var err error
		if bin, err = os.MkdirTemp("", "asynccheck"); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 2
		}
		defer os.RemoveAll(bin)
		os.Setenv("ASYNCCHECK_CACHE", filepath.Join(bin, "cache")) // not the user's
		panics := filepath.Join(bin, "panics")
		if err := noting(panics).build(filepath.Join(bin, "asynccheck")); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 2
		}
		status := m.Run()
		if text, err := os.ReadFile(panics); err == nil {
			fmt.Fprintf(os.Stderr, "the analysis panicked: %s\n", text)
			return 2
		}
		return status
	}())
}

// Each script in testdata is a test. See the documentation of testscript.
func Test(t *testing.T) {
	runScripts(t, "testdata", bin)
}

// The example in docs/configuration.md is what testdata/contracts.txtar runs.
func TestDocumentedContracts(t *testing.T) {
	script, err := txtar.ParseFile(filepath.Join("testdata", "contracts.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile(filepath.Join("..", "docs", "configuration.md"))
	if err != nil {
		t.Fatal(err)
	}
	languages := map[string]string{".asynccheck.yml": "yaml", "findings": "text", "notify/notify.go": "go", "orders/orders.go": "go"}
	for _, f := range script.Files {
		language := languages[f.Name]
		if block := "\n```" + language + "\n" + string(f.Data) + "```\n"; language != "" && !strings.Contains(string(page), block) {
			t.Errorf("docs/configuration.md doesn't have %s:%s", f.Name, block)
		}
		delete(languages, f.Name)
	}
	if len(languages) > 0 {
		t.Errorf("the script has no %v", languages)
	}
}

// runScripts runs the scripts of a directory. They look for programs in the directory path first.
func runScripts(t *testing.T, dir, path string) {
	t.Helper()
	pairing{bin: path}.runScripts(t, testscript.Params{Dir: dir})
}

func (p pairing) runScripts(t *testing.T, params testscript.Params) {
	t.Helper()
	tool := p.tool()
	if _, err := os.Stat(tool); err != nil {
		tool = filepath.Join(bin, "asynccheck")
	}
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	params.Setup = func(env *testscript.Env) error {
		env.Setenv("PATH", p.path())
		env.Setenv("TOOL", tool)
		env.Setenv("ROOT", root)
		// Scripts have their own home directory. They share the build cache.
		out, err := exec.Command("go", "env", "GOCACHE", "GOMODCACHE").Output()
		if err != nil {
			return err
		}
		dirs := strings.Split(strings.TrimSpace(string(out)), "\n")
		env.Setenv("GOCACHE", dirs[0])
		env.Setenv("GOMODCACHE", dirs[1])
		env.Setenv("ASYNCCHECK_CACHE", filepath.Join(env.WorkDir, ".cache"))
		env.Setenv("GOPROXY", "off")
		env.Setenv("GOTOOLCHAIN", "local")
		return nil
	}
	params.Condition = func(cond string) (bool, error) {
		if cond == "cgo" {
			return cgo(), nil
		}
		return false, fmt.Errorf("unknown condition %q", cond)
	}
	params.Cmds = map[string]func(*testscript.TestScript, bool, []string){
		"exits":     exits,
		"findings":  sameFindings,
		"reads":     reads,
		"sarif":     validSARIF,
		"suggested": suggested,
	}
	testscript.Run(t, params)
}

// cgo reports whether cgo is on, and its compiler is installed.
func cgo() bool {
	out, err := exec.Command("go", "env", "CGO_ENABLED", "CC").Output()
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	if err != nil || len(lines) != 2 || lines[0] != "1" {
		return false
	}
	cc := strings.Fields(lines[1])
	if len(cc) == 0 {
		return false
	}
	_, err = exec.LookPath(cc[0])
	return err == nil
}

// exits runs a command that must end with the given status:
//
//	exits 2 asynccheck -rules=nope
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits status command [argument...]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	err = ts.Exec(args[1], args[2:]...)
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("exit status %d, want %d", got, want)
	}
}
