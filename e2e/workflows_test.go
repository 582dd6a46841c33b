package e2e

import (
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/rhysd/actionlint"
)

// pinned matches an action that is pinned by its commit.
var pinned = regexp.MustCompile(`@[0-9a-f]{40} # (v\d+)\.\d+\.\d+$`)

// lintWorkflow checks a workflow with actionlint. It knows actions by their major versions, and this one as a local one.
func lintWorkflow(t *testing.T, name, content string) {
	t.Helper()
	content = regexp.MustCompile(`(?m)`+pinned.String()).ReplaceAllString(content, "@$1")
	content = regexp.MustCompile(`(?m)uses: asynccheck/asynccheck@.*$`).ReplaceAllString(content, "uses: ./")
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	project, err := actionlint.NewProject(root)
	if err != nil {
		t.Fatal(err)
	}
	shellcheck, _ := exec.LookPath("shellcheck")
	linter, err := actionlint.NewLinter(io.Discard, &actionlint.LinterOptions{Shellcheck: shellcheck})
	if err != nil {
		t.Fatal(err)
	}
	wrong, err := linter.Lint(filepath.Join(root, ".github", "workflows", filepath.Base(name)), []byte(content), project)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	for _, e := range wrong {
		t.Errorf("%s:%d:%d: %s", name, e.Line, e.Column, e.Message)
	}
}

// The workflows are right, ask for no more than they need, and end.
func TestWorkflows(t *testing.T) {
	workflows, err := filepath.Glob("../.github/workflows/*.yml")
	if err != nil || len(workflows) == 0 {
		t.Fatal("no workflows: ", err)
	}
	for _, name := range append(workflows, filepath.Join(recipes, "github.yml")) {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		lintWorkflow(t, name, string(data))
		var w struct {
			Permissions any
			Concurrency any
			Jobs        map[string]struct {
				Permissions any
				Timeout     int `yaml:"timeout-minutes"`
			}
		}
		readInto(t, name, &w)
		if w.Permissions == nil {
			t.Errorf("%s: it has all permissions", name)
		}
		if !slices.Contains(workflows, name) {
			continue
		}
		if permissions := w.Permissions.(map[string]any); len(permissions) != 1 || permissions["contents"] != "read" {
			t.Errorf("%s: it has the permissions %v", name, permissions)
		}
		if w.Concurrency == nil {
			t.Errorf("%s: nothing limits how many run at once", name)
		}
		for id, job := range w.Jobs {
			if job.Timeout == 0 {
				t.Errorf("%s: %s has no timeout", name, id)
			}
		}
		unpinned(t, name, string(data))
	}
}

// unpinned reports the actions that a file doesn't pin by a commit.
func unpinned(t *testing.T, name, content string) {
	t.Helper()
	for _, m := range regexp.MustCompile(`(?m)^[ -]*uses: (.*)$`).FindAllStringSubmatch(content, -1) {
		if m[1] != "./" && !pinned.MatchString(m[1]) {
			t.Errorf("%s: not pinned by a commit, with the version in a comment: %s", name, m[1])
		}
	}
}

// actionlint checks workflows, so the action's steps become those of one, with the action's inputs and outputs as its own.
func TestActionMetadata(t *testing.T) {
	data, err := os.ReadFile("../action.yml")
	if err != nil {
		t.Fatal(err)
	}
	unpinned(t, "action.yml", string(data))
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	project, err := actionlint.NewProject(root)
	if err != nil {
		t.Fatal(err)
	}
	known, _, err := actionlint.NewLocalActionsCache(project, nil).FindMetadata("./")
	if err != nil || known == nil {
		t.Fatal("actionlint can't read action.yml: ", err)
	}
	var meta metadata
	readInto(t, "../action.yml", &meta)
	if err := yaml.UnmarshalWithOptions(data, new(strictMetadata), yaml.Strict()); err != nil {
		t.Error(err)
	}

	// The steps are taken as they are written: the comments have the versions.
	_, steps, ok := strings.Cut(string(data), "\n  steps:\n")
	if !ok {
		t.Fatal("no steps")
	}
	var w strings.Builder
	w.WriteString("on:\n  workflow_call:\n    inputs:\n")
	for _, name := range slices.Sorted(maps.Keys(meta.Inputs)) {
		w.WriteString("      " + name + ":\n        type: string\n")
	}
	w.WriteString("jobs:\n  action:\n    runs-on: ubuntu-latest\n    outputs:\n")
	for _, name := range slices.Sorted(maps.Keys(meta.Outputs)) {
		w.WriteString("      " + name + ": " + meta.Outputs[name].Value + "\n")
	}
	w.WriteString("    steps:\n" + regexp.MustCompile(`(?m)^    `).ReplaceAllString(steps, "      "))
	lintWorkflow(t, "action.yml", w.String())

	page, err := os.ReadFile("../docs/ci.md")
	if err != nil {
		t.Fatal(err)
	}
	for name, in := range meta.Inputs {
		if !strings.Contains(steps, "inputs."+name+" ") && !strings.Contains(steps, "inputs."+name+"}") {
			t.Errorf("nothing uses the input %s", name)
		}
		if row := "| `" + name + "` | `" + in.Default + "` |"; in.Default != "" && !strings.Contains(string(page), row) ||
			!strings.Contains(string(page), "| `"+name+"` |") {
			t.Errorf("docs/ci.md has no row %s", row)
		}
	}
	for name := range meta.Outputs {
		if !strings.Contains(string(page), "| `"+name+"` |") {
			t.Errorf("docs/ci.md has no row of the output %s", name)
		}
	}
}

// A strictMetadata has all keys that the metadata of a composite action may have.
type strictMetadata struct {
	Name, Author, Description string
	Branding                  struct{ Icon, Color string }
	Inputs                    map[string]struct {
		Description, Default string
		Required             bool
	}
	Outputs map[string]struct{ Description, Value string }
	Runs    struct {
		Using string
		Steps []struct {
			ID, Name, If, Uses, Shell, Run string
			WorkingDirectory               string `yaml:"working-directory"`
			With, Env                      map[string]any
		}
	}
}

// Scripts are checked if shellcheck is there. Some split a list into words on purpose, and have variables whose names
// differ only by case.
func TestShellcheck(t *testing.T) {
	if _, err := exec.LookPath("shellcheck"); err != nil {
		t.Skip("no shellcheck")
	}
	scripts, err := filepath.Glob("../.ci/*")
	if err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("shellcheck", append([]string{"--exclude=SC2046,SC2086,SC2153"}, scripts...)...).CombinedOutput(); err != nil {
		t.Errorf("%s", out)
	}
}

// The workflow runs every fuzz test.
func TestFuzzList(t *testing.T) {
	listed, err := exec.Command("../.ci/fuzz", "list").Output()
	if err != nil {
		t.Fatal(err)
	}
	want := 0
	err = filepath.WalkDir("..", func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		text, err := os.ReadFile(path)
		for _, m := range regexp.MustCompile(`(?m)^func (Fuzz\w+)\(\w+ \*testing\.F\)`).FindAllStringSubmatch(string(text), -1) {
			want++
			dir, relErr := filepath.Rel("..", filepath.Dir(path))
			if line := "+ " + filepath.ToSlash(dir) + " " + m[1] + "\n"; relErr != nil || !strings.Contains(string(listed), line) {
				t.Errorf("not in the list: %s", line)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if want == 0 || strings.Count(string(listed), "\n") != want {
		t.Errorf("%d fuzz tests, but the list is\n%s", want, listed)
	}

	// All run, and one that fails is named. To build them takes minutes, so no test really runs.
	dir := t.TempDir()
	writeFile(t, filepath.Join(dir, "go"), "#!/bin/sh\necho \"$*\"\ncase $* in *FuzzMatters*) exit 1 ;; esac\n")
	if err := os.Chmod(filepath.Join(dir, "go"), 0o755); err != nil {
		t.Fatal(err)
	}
	out, status := shell(t, "..", "PATH="+dir+":$PATH .ci/fuzz 3m")
	if status != 1 || strings.Count(out, " -fuzztime=3m .\n") != want || !strings.HasSuffix(out, "\n.ci/fuzz: failed: internal/filter/source FuzzMatters\n") {
		t.Errorf("status %d of\n%s", status, out)
	}
}

// The workflow attaches the files of a release with gh. It makes nothing of files that are not the tag's.
func TestPublish(t *testing.T) {
	dir := t.TempDir()
	dist := filepath.Join(dir, "dist")
	writeFile(t, filepath.Join(dist, "asynccheck_linux_amd64"), "#!/bin/sh\necho 'asynccheck v0.1.2 (go1.26)'\n")
	writeFile(t, filepath.Join(dir, "gh"), "#!/bin/sh\necho \"$*\" >>"+filepath.Join(dir, "log")+"\n[ \"$2\" != view ]\n")
	for _, name := range []string{filepath.Join(dist, "asynccheck_linux_amd64"), filepath.Join(dir, "gh")} {
		if err := os.Chmod(name, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	publish := func(tag string) (string, int) {
		t.Helper()
		return shell(t, "..", "export PATH="+dir+":$PATH TAG="+tag+"; .ci/publish "+dist)
	}
	if out, status := shell(t, dist, "sha256sum asynccheck_linux_amd64 >SHA256SUMS"); status != 0 {
		t.Fatal(out)
	}
	if out, status := publish("v0.1.3"); status == 0 || !strings.Contains(out, "not v0.1.3") {
		t.Errorf("status %d: %s", status, out)
	}
	if out, status := publish("v0.1.2"); status != 0 {
		t.Errorf("status %d: %s", status, out)
	}
	log, err := os.ReadFile(filepath.Join(dir, "log"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"^release view v0\\.1\\.2\n",
		"release create v0\\.1\\.2 --verify-tag --draft --generate-notes --notes Built by go1\\..*\n",
		"release upload v0\\.1\\.2 --clobber .*/SHA256SUMS .*/asynccheck_linux_amd64\nrelease edit v0\\.1\\.2 --draft=false\n$",
	} {
		if !regexp.MustCompile(want).Match(log) {
			t.Errorf("no %s in\n%s", want, log)
		}
	}
	writeFile(t, filepath.Join(dist, "asynccheck_linux_amd64"), "#!/bin/sh\necho 'asynccheck v0.1.2 (changed)'\n")
	if out, status := publish("v0.1.2"); status == 0 {
		t.Errorf("a file is not the one of the checksum: %s", out)
	}
}
