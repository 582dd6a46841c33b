package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
)

// The action runs as on GitHub, from its metadata, on a checkout of a repository.

// An actionRun is a run of the action, and what it did.
type actionRun struct {
	*runner
	ok       bool
	outputs  map[string]any
	saved    []string            // keys under which results were kept
	uploaded []map[string]string // inputs of the upload to code scanning
}

// newActionRun returns a run on a checkout, in a job that may have set variables. EVENT_BASE is what the event of a pull
// request has.
func newActionRun(t *testing.T, checkout string, env ...string) *actionRun {
	t.Helper()
	a := &actionRun{runner: newRunner(t, checkout)}
	a.env = env
	github := map[string]any{"sha": "0123", "event_name": "push"}
	for _, v := range env {
		if sha, ok := strings.CutPrefix(v, "EVENT_BASE="); ok {
			github["event_name"] = "pull_request"
			github["event"] = map[string]any{"pull_request": map[string]any{"base": map[string]any{"sha": sha}}}
		}
	}
	a.context["github"] = github
	a.uses["actions/cache/restore"] = func(with map[string]string) (map[string]any, bool) {
		if !strings.HasPrefix(with["key"], with["restore-keys"]) || strings.Contains(with["key"], ",") {
			t.Errorf("the key %s, with %s", with["key"], with["restore-keys"])
		}
		return nil, true
	}
	a.uses["actions/cache/save"] = func(with map[string]string) (map[string]any, bool) {
		if files, err := os.ReadDir(with["path"]); err != nil {
			t.Error(err)
		} else if len(files) > 0 {
			a.saved = append(a.saved, with["key"])
		}
		return nil, true
	}
	a.uses["github/codeql-action/upload-sarif"] = func(with map[string]string) (map[string]any, bool) {
		a.uploaded = append(a.uploaded, with)
		return nil, true
	}
	a.uses["asynccheck/asynccheck"] = func(with map[string]string) (map[string]any, bool) {
		root, err := filepath.Abs("..")
		if err != nil {
			t.Fatal(err)
		}
		a.outputs, a.ok = a.composite(root, with)
		return a.outputs, a.ok
	}
	return a
}

// act runs the action on a checkout.
func act(t *testing.T, checkout string, with map[string]string, env ...string) *actionRun {
	t.Helper()
	a := newActionRun(t, checkout, env...)
	a.uses["asynccheck/asynccheck"](with)
	return a
}

// annotations returns the places and rules of the annotations.
func (a *actionRun) annotations() (found []string) {
	for _, m := range regexp.MustCompile(`(?m)^::error file=([^,]+),line=(\d+),.*title=([a-z-]+).*::.+$`).FindAllStringSubmatch(a.log.String(), -1) {
		found = append(found, fmt.Sprintf("%s:%s %s", m[1], m[2], m[3]))
	}
	return found
}

// logged returns the places and rules in the SARIF log, with a mark at those that are suppressed.
func (a *actionRun) logged() (found []string) {
	a.t.Helper()
	file, _ := a.outputs["sarif"].(string)
	data, err := os.ReadFile(file)
	if err != nil {
		a.t.Fatal(err)
	}
	schema, err := sarifSchema()
	if err != nil {
		a.t.Fatal(err)
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err == nil {
		err = schema.Validate(value)
	}
	if err != nil {
		a.t.Fatalf("%s: %#v", file, err)
	}
	var log sarif.Report
	if err := json.Unmarshal(data, &log); err != nil {
		a.t.Fatal(err)
	}
	for _, res := range log.Runs[0].Results {
		where := res.Locations[0].PhysicalLocation
		s := fmt.Sprintf("%s:%d %s", *where.ArtifactLocation.URI, *where.Region.StartLine, *res.RuleID)
		if len(res.Suppressions) > 0 {
			s += " suppressed"
		}
		found = append(found, s)
	}
	return found
}

// summarized returns the cells of the summary's table as GitHub's kind of Markdown has them, without those of the head.
func (a *actionRun) summarized() (cells []string, page string) {
	a.t.Helper()
	data, err := os.ReadFile(a.summary)
	if err != nil {
		a.t.Fatal(err)
	}
	var html bytes.Buffer
	if err := goldmark.New(goldmark.WithExtensions(extension.GFM)).Convert(data, &html); err != nil {
		a.t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`(?s)<td>(.*?)</td>`).FindAllStringSubmatch(html.String(), -1) {
		cells = append(cells, m[1])
	}
	return cells, html.String()
}

// check compares what a run tells in each way.
func (a *actionRun) check(status string, findings ...string) {
	a.t.Helper()
	if got := a.outputs["status"]; got != status {
		a.t.Errorf("status %v, want %s", got, status)
	}
	if got := a.outputs["findings"]; got != fmt.Sprint(len(findings)) {
		a.t.Errorf("%v findings, want %d", got, len(findings))
	}
	if got := a.annotations(); !slices.Equal(got, findings) {
		a.t.Errorf("annotations %q, want %q", got, findings)
	}
	cells, page := a.summarized()
	var told []string
	for row := range slices.Chunk(cells, 3) {
		place := regexp.MustCompile(`^(.*:\d+):\d+$`).ReplaceAllString(row[0], "$1")
		told = append(told, place+" "+regexp.MustCompile(`^<a href="https://[^"]+">([a-z-]+)</a>$`).ReplaceAllString(row[2], "$1"))
	}
	if !slices.Equal(told, findings) {
		a.t.Errorf("the summary tells %q, want %q:\n%s", told, findings, page)
	}
	if a.t.Failed() {
		a.t.Fatal(a.log.String())
	}
}

// A history is a repository as a pull request's: main has a finding, and has got another one since the event; the
// branch adds one.
type history struct {
	dir  string // of the repository that is checked out
	base string // the commit of main that the event names
}

const historyScript = `
git init -q -b main
git add . && git commit -qm base
git checkout -qb branch
cp ../new.go.txt sub/lb/new.go
git add . && git commit -qm branch
git checkout -q main
cp ../later.go.txt sub/lb/later.go
git add . && git commit -qm later
git checkout -q --detach
git merge -q --no-edit branch
git update-ref refs/pull/1/merge HEAD
git checkout -q main
`

// findingCode is a file of the project's package with a finding in line 7, in a function of this name.
func findingCode(name string) string {
	_, function, _ := strings.Cut(projectCode, "// Created")
	return "package lb\n\nimport \"errors\"\n\n" + strings.ReplaceAll("// Created"+function, "Created", name)
}

func newHistory(t *testing.T) history {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "repository")
	writeFile(t, filepath.Join(dir, "sub", "go.mod"), "module example\n\ngo 1.26\n")
	writeFile(t, filepath.Join(dir, "sub", "lb", "lb.go"), projectCode)
	writeFile(t, filepath.Join(dir, "..", "new.go.txt"), findingCode("Deleted"))
	writeFile(t, filepath.Join(dir, "..", "later.go.txt"), findingCode("Renamed"))
	if out, status := shell(t, dir, historyScript); status != 0 {
		t.Fatal(out)
	}
	base, status := shell(t, dir, "git rev-parse main~1")
	if status != 0 {
		t.Fatal(base)
	}
	return history{dir, strings.TrimSpace(base)}
}

// checkout does what actions/checkout does, with flags of git fetch: the pull request is merged with its base.
func (h history) checkout(t *testing.T, ref string, flags ...string) string {
	t.Helper()
	dir := t.TempDir()
	out, status := shell(t, dir, fmt.Sprintf("git init -q && git remote add origin file://%s && git fetch -q %s origin '+refs/heads/*:refs/remotes/origin/*' +%s:refs/remotes/checkout && git checkout -q --detach refs/remotes/checkout",
		h.dir, strings.Join(flags, " "), ref))
	if status != 0 {
		t.Fatal(out)
	}
	return dir
}

// Findings in the history.
const (
	oldFinding   = "sub/lb/lb.go:13 result-nonzero-success"
	laterFinding = "sub/lb/later.go:7 result-nonzero-success"
	newFinding   = "sub/lb/new.go:7 result-nonzero-success"
)

func TestActionPullRequest(t *testing.T) {
	h := newHistory(t)
	with := map[string]string{"working-directory": "sub", "upload-sarif": "true"}
	event := []string{"GITHUB_BASE_REF=main", "EVENT_BASE=" + h.base}

	// What is on the base by now is not new, even if the event names an older commit.
	a := act(t, h.checkout(t, "refs/pull/1/merge"), with, event...)
	a.check("1", newFinding)
	if a.ok {
		t.Error("a new finding does not fail the step")
	}
	if len(a.saved) != 1 || len(a.uploaded) != 1 || a.uploaded[0]["sarif_file"] != a.outputs["sarif"] {
		t.Errorf("saved %q, uploaded %q", a.saved, a.uploaded)
	}
	// Code scanning would close the alerts of what the log doesn't have.
	if got, want := a.logged(), []string{laterFinding + " suppressed", oldFinding + " suppressed", newFinding}; !slices.Equal(got, want) {
		t.Errorf("the log has %q, want %q", got, want)
	}

	// Without the branch there is the commit of the event. A run may also name another one, or none.
	dir := h.checkout(t, "refs/pull/1/merge")
	if out, status := shell(t, dir, "git update-ref -d refs/remotes/origin/main"); status != 0 {
		t.Fatal(out)
	}
	a = act(t, dir, with, event...)
	a.check("1", laterFinding, newFinding)
	with["since"] = "HEAD"
	a = act(t, dir, with, event...)
	a.check("0")
	if !a.ok {
		t.Error("a run without new findings fails")
	}
	with["since"] = "none"
	a = act(t, dir, with, event...)
	a.check("1", laterFinding, oldFinding, newFinding)

	// Without the history nobody can say what is new.
	with["since"] = "base"
	a = act(t, h.checkout(t, "refs/pull/1/merge", "--depth=1"), with, event...)
	if a.ok || len(a.uploaded) > 0 || !strings.Contains(a.log.String(), "give actions/checkout the input fetch-depth: 0") {
		t.Errorf("a shallow checkout: %s", a.log.String())
	}
}

func TestActionPush(t *testing.T) {
	h := newHistory(t)
	dir := h.checkout(t, "refs/heads/main")
	with := map[string]string{"working-directory": "sub", "fail": "false"}
	a := act(t, dir, with)
	a.check("1", laterFinding, oldFinding)
	if got, want := a.logged(), []string{laterFinding, oldFinding}; !slices.Equal(got, want) {
		t.Errorf("the log has %q, want %q", got, want)
	}
	if !a.ok || len(a.uploaded) > 0 {
		t.Errorf("it fails, or uploads without being asked to: %q", a.uploaded)
	}

	// Flags and packages.
	with["args"], with["packages"] = "-rules=batch-* -test=false", "./lb ./..."
	a = act(t, dir, with)
	a.check("0")
	if _, page := a.summarized(); !strings.Contains(page, "no findings; 1 package analyzed") {
		t.Errorf("the summary is %s", page)
	}

	// A package that can't be analyzed fails, and code scanning must not close its alerts.
	writeFile(t, filepath.Join(dir, "sub", "torn", "torn.go"), strings.Replace(projectCode, "package lb", "package torn", 1)+"\nvar _ = undeclared\n")
	a = act(t, dir, map[string]string{"working-directory": "sub", "fail": "false", "upload-sarif": "true"})
	if a.ok || len(a.uploaded) > 0 {
		t.Errorf("a package is broken: ok is %t, uploaded %q", a.ok, a.uploaded)
	}
	a.check("2", laterFinding, oldFinding)
	if _, page := a.summarized(); !strings.Contains(page, "undefined: undeclared") {
		t.Errorf("the summary is %s", page)
	}
}

// What is wrong with the inputs or the machine is said, and is a failure.
func TestActionFailures(t *testing.T) {
	dir := newHistory(t).dir
	noGo := t.TempDir()
	for _, name := range []string{"bash", "git"} {
		path, err := exec.LookPath(name)
		if err == nil {
			err = os.Symlink(path, filepath.Join(noGo, name))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, test := range []struct {
		with map[string]string
		env  []string
		want string
	}{
		{with: map[string]string{"args": "-rules=nosuch"}, want: `no rule matches "nosuch"`},
		{with: map[string]string{"since": "nosuch"}, want: "the history up to nosuch is not here"},
		// In a container, files may belong to another user. Only git's own tests have this variable.
		{with: map[string]string{"since": "HEAD"}, env: []string{"GIT_TEST_ASSUME_DIFFERENT_OWNER=1"}, want: "git can't read the checkout, which it needs for what is new since HEAD"},
		{with: map[string]string{"fail": "no"}, want: "::error title=asynccheck::fail: want true or false, not no"},
		{with: map[string]string{"working-directory": "nosuch"}, want: "working-directory: there is no directory nosuch"},
		{env: []string{"PATH=" + noGo}, want: "run actions/setup-go before this action"},
		// Inputs are never code.
		{with: map[string]string{"args": "$(touch pwned) ; touch pwned #"}, want: "asynccheck:"},
		{with: map[string]string{"packages": "`touch pwned`; touch pwned"}, want: "asynccheck:"},
		{with: map[string]string{"since": "$(touch pwned)"}, want: "is not here"},
		{with: map[string]string{"working-directory": "$(touch pwned)"}, want: "there is no directory $(touch pwned)"},
		{with: map[string]string{"version": "$(touch pwned)"}, want: "asynccheck@$(touch pwned): "},
	} {
		with := map[string]string{"working-directory": "sub", "fail": "false", "upload-sarif": "true"}
		for name, value := range test.with {
			with[name] = value
		}
		a := act(t, dir, with, test.env...)
		if a.ok || len(a.uploaded) > 0 || !strings.Contains(a.log.String(), test.want) {
			t.Errorf("%q: ok is %t, uploaded %q, no %q in\n%s", test.with, a.ok, a.uploaded, test.want, a.log.String())
		}
		if data, err := os.ReadFile(a.summary); a.outputs["status"] == "2" && (err != nil || !regexp.MustCompile("failed|Not all was analyzed").Match(data)) {
			t.Errorf("%q: the summary is %s", test.with, data)
		}
	}
	if out, status := shell(t, dir, "git status --porcelain"); status != 0 || out != "" {
		t.Errorf("files that nobody wanted: %s", out)
	}
}

// The go command gets a version as it stands. There is no release that it could install here, so a go command of the
// test's own builds this source instead.
func TestActionVersion(t *testing.T) {
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	const install = "install github.com/asynccheck/asynccheck/cmd/asynccheck@v9.9.9"
	writeFile(t, filepath.Join(dir, "go"), fmt.Sprintf(`#!/bin/bash
PATH=${PATH#*:}
if [[ $* == %q ]]; then
	echo "installed with $GOTOOLCHAIN"
	exec go -C %q install ./cmd/asynccheck
fi
exec go "$@"
`, install, root))
	if err := os.Chmod(filepath.Join(dir, "go"), 0o755); err != nil {
		t.Fatal(err)
	}
	// The project's other settings are not those of asynccheck.
	a := act(t, newHistory(t).dir, map[string]string{"version": "v9.9.9", "working-directory": "sub"},
		"PATH="+dir+string(filepath.ListSeparator)+os.Getenv("PATH"), "GOFLAGS=-tags=x", "CGO_ENABLED=0")
	a.check("1", laterFinding, oldFinding)
	if !regexp.MustCompile(`(?m)^installed with go1\.[0-9.]+\+auto$`).MatchString(a.log.String()) {
		t.Error(a.log.String())
	}
}

// The recipe for GitHub runs the action.
func TestGitHubRecipe(t *testing.T) {
	var w workflow
	readInto(t, filepath.Join(recipes, "github.yml"), &w)
	h := newHistory(t)
	run := func(ref string, env ...string) *actionRun {
		a := newActionRun(t, filepath.Join(h.checkout(t, ref), "sub"), env...)
		a.uses["actions/checkout"] = func(with map[string]string) (map[string]any, bool) {
			return nil, with["fetch-depth"] == "0"
		}
		a.uses["actions/setup-go"] = func(map[string]string) (map[string]any, bool) { return nil, true }
		a.steps(w.Jobs["asynccheck"].Steps)
		return a
	}
	a := run("refs/heads/main")
	a.check("1", laterFinding, oldFinding)
	if a.failed || len(a.uploaded) != 1 {
		t.Errorf("failed is %t, uploaded %q", a.failed, a.uploaded)
	}
	a = run("refs/pull/1/merge", "GITHUB_BASE_REF=main", "EVENT_BASE="+h.base)
	a.check("1", newFinding)
	if !a.failed || len(a.uploaded) != 1 {
		t.Errorf("failed is %t, uploaded %q", a.failed, a.uploaded)
	}
}
