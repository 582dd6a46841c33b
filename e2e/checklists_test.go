package e2e

import (
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/mod/semver"
)

const golangciPage = "../docs/golangci.md"

// golangciModule describes golangci-lint's module, as "go list -m" does with a format.
func golangciModule(t *testing.T, format string) string {
	t.Helper()
	out := command(t, "golangci", []int{0}, "go", "list", "-m", "-f", format, "github.com/golangci/golangci-lint/v2")
	return strings.TrimSpace(string(out))
}

// docs/golangci.md answers each item of golangci-lint's lists, as they were when somebody last read them.
func TestGolangciChecklists(t *testing.T) {
	dir := golangciModule(t, "{{.Dir}}")
	page := string(readFile(t, golangciPage))
	if v := golangciModule(t, "{{.Version}}"); !strings.Contains(page, "run with golangci-lint "+v+".") {
		t.Errorf("docs/golangci.md doesn't say that the tests run with %s", v)
	}
	answered := make(map[string]int)
	for _, row := range regexp.MustCompile(`(?m)^\| ([AB]\d+(?:, [AB]\d+)*) \|`).FindAllStringSubmatch(page, -1) {
		for item := range strings.SplitSeq(row[1], ", ") {
			answered[item]++
		}
	}
	for _, list := range []struct{ letter, file, item, sum string }{
		{"A", "DISCUSSION_TEMPLATE/new-linter-proposals.yml", `(?m)^        - label: `, "795fadd16c6bedb3b40d4e1cd8b47daed3128267427efb70951fb62c0caed84e"},
		{"B", "new-linter-checklist.md", `(?m)^- \[ \] `, "5bacb35ad56017b55a987ca252a9ea655ae834fd25ace5905abffaaa6ce598f4"},
	} {
		text := readFile(t, filepath.Join(dir, ".github", list.file))
		if got := fmt.Sprintf("%x", sha256.Sum256(text)); got != list.sum {
			t.Errorf("golangci-lint changed %s: read it, change docs/golangci.md, and write here that its sum is %s", list.file, got)
		}
		items := len(regexp.MustCompile(list.item).FindAll(text, -1))
		for i := range items {
			item := fmt.Sprint(list.letter, i+1)
			if answered[item] != 1 {
				t.Errorf("docs/golangci.md answers %s %d times", item, answered[item])
			}
			delete(answered, item)
		}
		if items == 0 {
			t.Errorf("%s has no items", list.file)
		}
	}
	for item := range answered {
		t.Errorf("docs/golangci.md answers %s, which is in no list", item)
	}
}

// golangci-lint takes no linter that needs a newer Go than itself, or than its list says.
func TestGoVersion(t *testing.T) {
	own := strings.TrimSpace(string(command(t, "..", []int{0}, "go", "list", "-m", "-f", "{{.GoVersion}}")))
	theirs := golangciModule(t, "{{.GoVersion}}")
	list := readFile(t, filepath.Join(golangciModule(t, "{{.Dir}}"), ".github", "DISCUSSION_TEMPLATE", "new-linter-proposals.yml"))
	m := regexp.MustCompile(`Go version inside the .go\.mod. <= ([\d.]+\d)`).FindSubmatch(list)
	if m == nil {
		t.Fatal("the list names no version")
	}
	for _, allowed := range []string{theirs, string(m[1])} {
		if semver.Compare("v"+own, "v"+allowed) > 0 {
			t.Errorf("go.mod says Go %s, want %s or older", own, allowed)
		}
	}
}

// The workflow runs the checks on pull requests and on the default branch.
func TestWorkflow(t *testing.T) {
	text, value := readYAML(t, "../.github/workflows/ci.yml")
	on := value.(map[string]any)["on"].(map[string]any)
	if _, ok := on["pull_request"]; !ok || fmt.Sprint(on["push"]) != "map[branches:[main]]" {
		t.Errorf("it runs on %v in\n%s", on, text)
	}
	run := scripts(value)
	if len(run) != 1 {
		t.Fatalf("it runs %q, want one script", run)
	}
	if info, err := os.Stat(filepath.Join("..", run[0])); err != nil || info.Mode()&0o111 == 0 {
		t.Errorf("%s is no script: %v", run[0], err)
	}
	if _, err := exec.LookPath("bash"); err != nil {
		t.Skip("no bash")
	}
	command(t, "..", []int{0}, "bash", "-n", run[0])
}

func readFile(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
