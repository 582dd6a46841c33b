package e2e

import (
	"encoding/json"
	"fmt"
	"go/format"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/goccy/go-yaml"
	"golang.org/x/mod/semver"

	"github.com/asynccheck/asynccheck/analyzer"
)

// These tests apply the change in docs/golangci.md to a copy of golangci-lint.

// A change has the change's parts, by the file that docs/golangci.md names before them.
type change map[string][]string

func readChange(page string) change {
	parts := make(change)
	file := ""
	for _, m := range regexp.MustCompile("(?ms)^`([\\w./-]+\\.\\w+)`|^```\\w+\n(.*?)^```$").FindAllStringSubmatch(page, -1) {
		if m[1] != "" {
			file = m[1]
		} else if file != "" {
			parts[file] = append(parts[file], m[2])
		}
	}
	return parts
}

const (
	lintersFile   = "pkg/lint/lintersdb/builder_linter.go"
	settingsFile  = "pkg/config/linters_settings.go"
	referenceFile = ".golangci.next.reference.yml"
	schemaFile    = "jsonschema/golangci.next.jsonschema.json"
	ownDir        = "pkg/golinters/asynccheck/"
)

// builtin is the directory of golangci-lint's source with the change, and with the program.
var builtin = sync.OnceValues(func() (string, error) {
	out, err := exec.Command("go", "list", "-C", "golangci", "-m", "-f", "{{.Dir}}", "github.com/golangci/golangci-lint/v2").Output()
	if err != nil {
		return "", err
	}
	dir := filepath.Join(bin, "builtin")
	if err := os.CopyFS(dir, os.DirFS(strings.TrimSpace(string(out)))); err != nil {
		return "", err
	}
	page, err := os.ReadFile(golangciPage)
	if err != nil {
		return "", err
	}
	if err := readChange(string(page)).apply(dir); err != nil {
		return "", err
	}
	if err := requireOwn(dir); err != nil {
		return "", err
	}
	cmd := exec.Command("go", "build", "-C", dir, "-mod=mod", "-o", "golangci-lint", "./cmd/golangci-lint")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("building golangci-lint with the linter: %w\n%s", err, out)
	}
	return dir, nil
})

// apply writes the linter's files, and puts the other parts into the files where they belong.
func (c change) apply(dir string) error {
	for _, name := range []string{"asynccheck.go", "asynccheck_integration_test.go"} {
		if len(c[ownDir+name]) != 1 {
			return fmt.Errorf("%s: %d parts, want 1", name, len(c[ownDir+name]))
		}
		if err := write(filepath.Join(dir, ownDir, name), c[ownDir+name][0]); err != nil {
			return err
		}
	}
	if err := os.CopyFS(filepath.Join(dir, ownDir), os.DirFS(filepath.Join("testdata", "builtin", "golinter"))); err != nil {
		return err
	}
	for file, parts := range c {
		var err error
		switch file {
		case lintersFile:
			err = edit(filepath.Join(dir, file), insertion{"", `(?m)^\t"github.com/golangci/golangci-lint/v2/pkg/golinters/(\w+)"$`, "\t\"github.com/golangci/golangci-lint/v2/" + strings.TrimSuffix(ownDir, "/") + "\"\n"},
				insertion{"", `(?m)^\t\tlinter\.NewConfig\((\w+)\.`, parts[0]})
		case settingsFile:
			err = edit(filepath.Join(dir, file), insertion{"type LintersSettings struct", `(?m)^\t(\w+) +\w+Settings +.mapstructure`, parts[0]},
				insertion{"LintersSettings struct {", `(?m)^type (\w+)Settings struct`, parts[1]})
		case referenceFile:
			const name = "    - asynccheck\n"
			err = edit(filepath.Join(dir, file), insertion{"\n  enable:", `(?m)^    - (\w+)$`, name}, insertion{"\n  disable:", `(?m)^    - (\w+)$`, name},
				insertion{"\n  settings:", `(?m)^    (\w+):$`, parts[0]})
		case schemaFile:
			err = editSchema(filepath.Join(dir, file), parts[0])
		case ownDir + "asynccheck.go", ownDir + "asynccheck_integration_test.go":
		default:
			err = fmt.Errorf("the change has no part for %s", file)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
	}
	return nil
}

// An insertion is a text that belongs before the first match, after a place, whose name comes later in the alphabet.
type insertion struct{ after, match, text string }

func edit(name string, insertions ...insertion) error {
	data, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	text := string(data)
	for _, in := range insertions {
		from := strings.Index(text, in.after)
		at := -1
		if from >= 0 {
			for _, m := range regexp.MustCompile(in.match).FindAllStringSubmatchIndex(text[from:], -1) {
				if strings.ToLower(text[from+m[2]:from+m[3]]) > "asynccheck" {
					at = from + m[0]
					break
				}
			}
		}
		if at < 0 {
			return fmt.Errorf("nothing like %s after %q", in.match, in.after)
		}
		text = text[:at] + in.text + text[at:]
	}
	if filepath.Ext(name) == ".go" {
		formatted, err := format.Source([]byte(text))
		if err != nil {
			return err
		}
		if string(formatted) != text {
			return fmt.Errorf("not formatted: the file has other columns, or the change has")
		}
	}
	return write(name, text)
}

// editSchema adds the definition, the name and the reference.
func editSchema(name, part string) error {
	data, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	var schema, definition map[string]any
	if err := json.Unmarshal(data, &schema); err != nil {
		return err
	}
	if err := json.Unmarshal([]byte(part), &definition); err != nil {
		return err
	}
	at := func(keys ...string) map[string]any {
		m := schema
		for _, k := range keys {
			m, _ = m[k].(map[string]any)
		}
		return m
	}
	maps.Copy(at("definitions", "settings", "definitions"), definition)
	names := at("definitions", "linter-names")["anyOf"].([]any)[0].(map[string]any)
	names["enum"] = append(names["enum"].([]any), "asynccheck")
	at("properties", "linters", "properties", "settings", "properties")["asynccheck"] = map[string]any{"$ref": "#/definitions/settings/definitions/asynccheckSettings"}
	if data, err = json.Marshal(schema); err != nil {
		return err
	}
	return write(name, string(data))
}

// requireOwn makes golangci-lint's module require this one.
func requireOwn(dir string) error {
	root, err := filepath.Abs("..")
	if err != nil {
		return err
	}
	const own = "github.com/asynccheck/asynccheck"
	cmd := exec.Command("go", "mod", "edit", "-require="+own+"@v0.0.0", "-replace="+own+"="+root)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%w\n%s", err, out)
	}
	// The sums of all that both need.
	sums := ""
	for _, name := range []string{filepath.Join(dir, "go.sum"), filepath.Join("golangci", "go.sum"), "../go.sum"} {
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		sums += string(data)
	}
	return write(filepath.Join(dir, "go.sum"), sums)
}

func write(name, text string) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		return err
	}
	if err := os.RemoveAll(name); err != nil { // files of the module cache are read-only
		return err
	}
	return os.WriteFile(name, []byte(text), 0o666)
}

// golangci-lint's own tests pass with the linter built in, and those of the linter. So does a script.
func TestBuiltin(t *testing.T) {
	dir, err := builtin()
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("GOLANGCI_LINT_CACHE", t.TempDir())
	t.Setenv("GOLANGCI_LINT_INSTALLED", "true") // it is built already
	test := exec.Command("go", "test", "-C", dir, "-count=1", "./pkg/golinters/asynccheck", "./pkg/lint/lintersdb")
	if out, err := test.CombinedOutput(); err != nil { // it may have to download what the tests need
		t.Errorf("%v\n%s", err, out)
	}
	runScripts(t, filepath.Join("testdata", "builtin"), dir)

	var listed []struct{ Name, Since, OriginalURL string }
	if err := json.Unmarshal(command(t, dir, []int{0}, "./golangci-lint", "help", "linters", "--json"), &listed); err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(listed, func(l struct{ Name, Since, OriginalURL string }) bool { return l.Name == "asynccheck" })
	if i < 0 {
		t.Fatal("the linter is not listed")
	}
	minor := strings.Split(semver.MajorMinor(golangciModule(t, "{{.Version}}")), ".")
	var n int
	if _, err := fmt.Sscan(minor[1], &n); err != nil {
		t.Fatal(err)
	}
	if want := fmt.Sprintf("%s.%d.0", minor[0], n+1); listed[i].Since != want {
		t.Errorf("the linter is new in %s, want %s", listed[i].Since, want)
	}
}

// The reference has all settings, and no default value. golangci-lint accepts it by its schema, and nothing else.
func TestReference(t *testing.T) {
	part := readChange(string(readFile(t, golangciPage)))[referenceFile][0]
	var reference struct{ Asynccheck map[string]any }
	if err := yaml.UnmarshalWithOptions([]byte(part), &reference, yaml.Strict()); err != nil {
		t.Fatal(err)
	}
	var want []string
	for f := range reflect.TypeFor[analyzer.Config]().Fields() {
		key, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.IsExported() && !slices.Contains([]string{"-", "generated", "apis"}, key) {
			want = append(want, key)
		}
	}
	slices.Sort(want)
	if got := slices.Sorted(maps.Keys(reference.Asynccheck)); !slices.Equal(got, want) {
		t.Errorf("settings %q, want %q", got, want)
	}
	data, err := json.Marshal(reference.Asynccheck)
	if err != nil {
		t.Fatal(err)
	}
	var cfg analyzer.Config
	if err := json.Unmarshal(data, &cfg); err != nil {
		t.Fatal(err)
	}
	for _, p := range cfg.Problems() {
		t.Error(p)
	}
	// Each setting has a text and its default, and another value than that.
	for _, key := range want {
		if !regexp.MustCompile(`(?m)^      # .*\n      # Default: (\[\]|false)\n      ` + key + `:( true)?\n`).MatchString(part) {
			t.Errorf("%s has no text, default and value", key)
		}
	}

	dir, err := builtin()
	if err != nil {
		t.Fatal(err)
	}
	for text, status := range map[string]int{part: 0, strings.Replace(part, "rules:", "rule:", 1): 3} {
		name := filepath.Join(t.TempDir(), "golangci.yml")
		writeFile(t, name, "version: \"2\"\nlinters:\n  enable: [asynccheck]\n  settings:\n"+text)
		command(t, dir, []int{status}, "./golangci-lint", "config", "verify", "-c", name)
	}
}

// No other linter says anything about a mistake of the examples: at its line there are only issues of style.
func TestNoDuplicate(t *testing.T) {
	dir, err := builtin()
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("GOLANGCI_LINT_CACHE", t.TempDir())
	config := filepath.Join(t.TempDir(), "all.yml")
	writeFile(t, config, "version: \"2\"\nrun: {allow-parallel-runners: true}\nlinters: {default: all}\nissues: {max-issues-per-linter: 0, max-same-issues: 0, uniq-by-line: false}\n")
	out := command(t, "..", []int{1}, filepath.Join(dir, "golangci-lint"), "run", "-c", config, "--output.json.path=stdout", "--show-stats=false", "./examples/ops/cloud")
	var result struct {
		Issues []struct {
			FromLinter, Text string
			Pos              struct {
				Filename string
				Line     int
			}
		}
	}
	if err := json.Unmarshal(out, &result); err != nil {
		t.Fatal(err)
	}
	type place struct {
		file string
		line int
	}
	found := make(map[place]bool)
	others := make(map[string]bool) // linters that have issues anywhere
	for _, issue := range result.Issues {
		if issue.FromLinter == "asynccheck" {
			found[place{issue.Pos.Filename, issue.Pos.Line}] = true
		} else {
			others[issue.FromLinter] = true
		}
	}
	if len(found) != 6 || len(others) < 8 {
		t.Errorf("%d findings, and other linters with issues: %v", len(found), slices.Sorted(maps.Keys(others)))
	}
	style := []string{"wsl", "wsl_v5", "noinlineerr"} // empty lines, and how errors are assigned
	for _, issue := range result.Issues {
		if found[place{issue.Pos.Filename, issue.Pos.Line}] && issue.FromLinter != "asynccheck" && !slices.Contains(style, issue.FromLinter) {
			t.Errorf("%s says at the finding in line %d: %s", issue.FromLinter, issue.Pos.Line, issue.Text)
		}
	}
}
