package e2e

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"github.com/asynccheck/asynccheck/internal/report"
)

// The recipes in examples/ci run on a project that has a finding, and on the project without it.

const recipes = "../examples/ci"

// projectFinding begins the line of the project's finding.
const projectFinding = "lb/lb.go:13:5: "

const projectCode = `package lb

import "errors"

type Result struct {
	Code      int    ` + "`json:\"code\"`" + `
	Message   string ` + "`json:\"message\"`" + `
	RequestID string ` + "`json:\"requestId\"`" + `
}

// Created tells that a load balancer was created.
func Created(r *Result) error {
	if r.Code > 0 {
		return errors.New(r.Message)
	}
	return nil
}
`

// project makes a project in a git repository, with the command as a tool of its module, and returns its directory.
func project(t *testing.T) string {
	t.Helper()
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	sums, err := os.ReadFile("../go.sum")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	writeFile(t, filepath.Join(dir, "go.mod"), "module example\n\ngo 1.26\n\nreplace github.com/asynccheck/asynccheck => "+root+"\n")
	writeFile(t, filepath.Join(dir, "go.sum"), string(sums))
	writeFile(t, filepath.Join(dir, "lb", "lb.go"), projectCode)
	// A project reads the go.mod files of everything that its tools require: more than it takes to build them.
	if out, err := exec.Command("go", "-C", root, "mod", "graph").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	// This version stands for any version: it is replaced.
	if out, status := shell(t, dir, "go get -tool github.com/asynccheck/asynccheck/cmd/asynccheck@v0.0.0 && git init -q && git add ."); status != 0 {
		t.Fatalf("%s", out)
	}
	return dir
}

// shell runs a script as a project's CI does. It returns the output and the status.
func shell(t *testing.T, dir, script string) (output string, status int) {
	t.Helper()
	cmd := exec.Command("bash", "-e", "-c", script)
	cmd.Dir = dir
	cmd.Env = append(env(), "GOFLAGS=-mod=mod", "GONOSUMDB=*", "PATH="+bin+string(filepath.ListSeparator)+os.Getenv("PATH"),
		"GIT_CONFIG_GLOBAL=/dev/null", "GIT_AUTHOR_NAME=Somebody", "GIT_AUTHOR_EMAIL=somebody@example.com",
		"GIT_COMMITTER_NAME=Somebody", "GIT_COMMITTER_EMAIL=somebody@example.com",
		"GIT_AUTHOR_DATE=2026-01-01T00:00:00Z", "GIT_COMMITTER_DATE=2026-01-01T00:00:00Z")
	out, err := cmd.CombinedOutput()
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		status = exit.ExitCode()
	} else if err != nil {
		t.Fatal(err)
	}
	return string(out), status
}

// finds checks that a script finds the finding, and finds nothing in code without mistakes.
func finds(t *testing.T, dir, script string) {
	t.Helper()
	writeFile(t, filepath.Join(dir, "lb", "lb.go"), projectCode)
	if out, status := shell(t, dir, script); status == 0 || !strings.Contains(out, projectFinding) {
		t.Errorf("%s: status %d, and no finding at %s in\n%s", script, status, projectFinding, out)
	}
	writeFile(t, filepath.Join(dir, "lb", "lb.go"), strings.Replace(projectCode, "> 0", "!= 0", 1))
	if out, status := shell(t, dir, script); status != 0 {
		t.Errorf("%s: status %d without a finding\n%s", script, status, out)
	}
}

// scripts returns the commands under these keys in a CI file.
func scripts(v any) []string {
	var found []string
	switch v := v.(type) {
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(v)) {
			switch key {
			case "run", "script", "entry":
				if line, ok := v[key].(string); ok {
					found = append(found, line)
					continue
				}
				lines, _ := v[key].([]any)
				for _, line := range lines {
					found = append(found, fmt.Sprint(line))
				}
			default:
				found = append(found, scripts(v[key])...)
			}
		}
	case []any:
		for _, e := range v {
			found = append(found, scripts(e)...)
		}
	}
	return found
}

func readYAML(t *testing.T, name string) (text string, value any) {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.UnmarshalWithOptions(data, &value, yaml.Strict()); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return string(data), value
}

func TestRecipes(t *testing.T) {
	dir := project(t)
	install := regexp.MustCompile(`^go install (\S+)@latest$`)
	for _, name := range []string{"gitlab.yml", "pre-commit-config.yaml"} {
		text, value := readYAML(t, filepath.Join(recipes, name))
		ran := 0
		for _, script := range scripts(value) {
			if m := install.FindStringSubmatch(script); m != nil { // it is already installed
				if out, status := shell(t, dir, "go list -f '{{.Name}}' "+m[1]); status != 0 || out != "main\n" {
					t.Errorf("%s: %s is no command: %s", name, m[1], out)
				}
				continue
			}
			ran++
			finds(t, dir, script)
			// The command writes the files that the recipe says to keep.
			for _, m := range regexp.MustCompile(` -o (\S+)`).FindAllStringSubmatch(script, -1) {
				readsRecipe(t, dir, script, m[1])
				if !regexp.MustCompile(`(sarif_file: |paths: \[|codequality: )` + regexp.QuoteMeta(m[1])).MatchString(text) {
					t.Errorf("%s doesn't keep %s", name, m[1])
				}
			}
		}
		if ran != 1 {
			t.Errorf("%s: %d commands ran, want 1", name, ran)
		}
	}
	// Other projects name this project's hook by its ID, and pre-commit installs all commands.
	_, value := readYAML(t, "../.pre-commit-hooks.yaml")
	hook := value.([]any)[0].(map[string]any)
	finds(t, dir, fmt.Sprintf("%s %s", hook["entry"], hook["args"].([]any)[0]))

	abs, err := filepath.Abs(recipes)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := exec.LookPath("make"); err == nil {
		finds(t, dir, "make -f "+filepath.Join(abs, "Makefile"))
	}
	if out, status := shell(t, dir, "cp "+filepath.Join(abs, "pre-commit")+" .git/hooks/"); status != 0 {
		t.Fatal(out)
	}
	finds(t, dir, "git commit -q --allow-empty -m change")
}

// readsRecipe checks that the script writes a file which its reader can read. The project has its finding then.
func readsRecipe(t *testing.T, dir, script, file string) {
	t.Helper()
	writeFile(t, filepath.Join(dir, "lb", "lb.go"), projectCode)
	shell(t, dir, script)
	text, err := os.ReadFile(filepath.Join(dir, file))
	if err != nil {
		t.Error(err)
		return
	}
	format, err := report.FormatOf(file)
	if err != nil {
		t.Fatal(err)
	}
	if read := readers[format.Name]; read != nil {
		found, err := read(string(text))
		if place, _, _ := strings.Cut(projectFinding, ":"); err != nil || len(found) != 1 || !strings.Contains(found[0], place) {
			t.Errorf("%s: read %q, %v, want a finding in %s", file, found, err, place)
		}
	}
}

// The files for golangci-lint use names that exist.
func TestGolangciRecipe(t *testing.T) {
	var custom struct {
		Version string
		Plugins []struct{ Module, Import, Version string }
	}
	data, err := os.ReadFile(filepath.Join(recipes, "golangci", ".custom-gcl.yml"))
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.UnmarshalWithOptions(data, &custom, yaml.Strict()); err != nil {
		t.Fatal(err)
	}
	tested := strings.TrimSpace(string(command(t, "golangci", []int{0}, "go", "list", "-m", "-f", "{{.Version}}", "github.com/golangci/golangci-lint/v2")))
	if custom.Version != tested {
		t.Errorf("golangci-lint %s, but the tests run %s", custom.Version, tested)
	}
	out := command(t, "golangci", []int{0}, "go", "list", "-f", "{{.Module.Path}} {{.Name}}", custom.Plugins[0].Import)
	if want := custom.Plugins[0].Module + " plugin\n"; string(out) != want {
		t.Errorf("plugin %q, want %q", out, want)
	}

	bin, err := golangciDir()
	if err != nil {
		t.Fatal(err)
	}
	config, err := filepath.Abs(filepath.Join(recipes, "golangci", ".golangci.yml"))
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("GOLANGCI_LINT_CACHE", t.TempDir())
	finds(t, project(t), fmt.Sprintf("%s run --path-mode=abs -c %s ./... | sed \"s|^$PWD/||\"; exit ${PIPESTATUS[0]}", filepath.Join(bin, "golangci-lint"), config))
}

// A release has the same files, on whatever machine it is made.
func TestRelease(t *testing.T) {
	tracked, err := exec.Command("git", "-C", "..", "ls-files", "-z", "--cached", "--others", "--exclude-standard").Output()
	if err != nil {
		t.Skip("no git repository")
	}
	platform := runtime.GOOS + "/" + runtime.GOARCH
	var sums [2]string
	for i := range sums {
		dir := filepath.Join(t.TempDir(), fmt.Sprint("checkout", i))
		for name := range strings.SplitSeq(string(bytes.TrimRight(tracked, "\x00")), "\x00") {
			from := filepath.Join("..", name)
			info, err := os.Stat(from)
			if err != nil {
				continue // removed, and not yet committed
			}
			data, err := os.ReadFile(from)
			if err != nil {
				t.Fatal(err)
			}
			writeFile(t, filepath.Join(dir, name), string(data))
			if err := os.Chmod(filepath.Join(dir, name), info.Mode()); err != nil {
				t.Fatal(err)
			}
		}
		if out, status := shell(t, dir, "git init -q && git add . && git commit -q -m release && git tag v0.1.2 && .ci/release out "+platform); status != 0 {
			t.Fatal(out)
		}
		data, err := os.ReadFile(filepath.Join(dir, "out", "SHA256SUMS"))
		if err != nil {
			t.Fatal(err)
		}
		sums[i] = string(data)
		if i == 1 {
			if out, status := shell(t, filepath.Join(dir, "out"), "sha256sum -c SHA256SUMS"); status != 0 {
				t.Error(out)
			}
			const version = "asynccheck v0.1.2 "
			if out, status := shell(t, filepath.Join(dir, "out"), "./asynccheck_* -version"); status != 0 || !strings.HasPrefix(out, version) {
				t.Errorf("version %s, want %s", out, version)
			}
			if out, status := shell(t, dir, "touch more.go && .ci/release out"); status == 0 || !strings.Contains(out, "not committed") {
				t.Errorf("a release of what is not committed: %s", out)
			}
		}
	}
	if sums[0] != sums[1] || strings.Count(sums[0], "\n") != 1 {
		t.Errorf("two releases of one commit:\n%s\n%s", sums[0], sums[1])
	}
}
