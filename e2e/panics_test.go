package e2e

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// A panic in the analysis fails all tests here: the command that they run notes it in a file, even if the test ignores
// the output. See [TestMain].
func noting(file string) edits {
	return edits{"../internal/panics/panics.go", []string{
		`"go/token"`, "\"go/token\"\n\t\"os\"",
		"func (e *Error) Message() string {\n", fmt.Sprintf("func (e *Error) Message() string {\n\tos.WriteFile(%q, []byte(fmt.Sprint(e.Position, e.Lost, e.Value)), 0o666)\n", file),
	}}
}

// panicking makes the analysis panic in functions of that name.
var panicking = edits{"../analyzer/part.go", []string{
	"f := p.newFunction(fn)\n", "if fn.Name() == \"Panics\" {\n\t\tpanic(\"on\\ndemand\")\n\t}\n\tf := p.newFunction(fn)\n",
}}

// edits are changes of a file of the project, in pairs: the old text, which the file has once, and the new text.
type edits struct {
	file  string
	pairs []string
}

// build builds the command from the edited source.
func (e edits) build(program string) error {
	name, err := filepath.Abs(e.file)
	if err != nil {
		return err
	}
	text, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	edited := string(text)
	for i := 0; i < len(e.pairs); i += 2 {
		if n := strings.Count(edited, e.pairs[i]); n != 1 {
			return fmt.Errorf("%s has %s %d times, want it once", name, e.pairs[i], n)
		}
		edited = strings.Replace(edited, e.pairs[i], e.pairs[i+1], 1)
	}
	dir, err := os.MkdirTemp("", "overlay")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	source, overlay := filepath.Join(dir, "edited.go"), filepath.Join(dir, "overlay.json")
	replace, err := json.Marshal(map[string]any{"Replace": map[string]string{name: source}})
	if err != nil {
		return err
	}
	if err := os.WriteFile(source, []byte(edited), 0o666); err != nil {
		return err
	}
	if err := os.WriteFile(overlay, replace, 0o666); err != nil {
		return err
	}
	out, err := exec.Command("go", "build", "-C", "..", "-overlay", overlay, "-o", program, "./cmd/asynccheck").CombinedOutput()
	if err != nil {
		return fmt.Errorf("building the command: %w\n%s", err, out)
	}
	return nil
}

// TestPanics runs the scripts with a command that panics on demand.
func TestPanics(t *testing.T) {
	dir := t.TempDir()
	if err := panicking.build(filepath.Join(dir, "asynccheck")); err != nil {
		t.Fatal(err)
	}
	runScripts(t, filepath.Join("testdata", "panics"), dir)
}

// The other tests would notice a panic: the commands that they run note it.
func TestNoting(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "panics")
	both := noting(file)
	both.pairs = append(both.pairs, "// Errors are all panics", "func init() { _ = (&Error{Lost: \"f\"}).Message() }\n\n// Errors are all panics")
	program := filepath.Join(dir, "asynccheck")
	if err := both.build(program); err != nil {
		t.Fatal(err)
	}
	command(t, dir, []int{0}, program, "-version")
	if text, err := os.ReadFile(file); err != nil || !strings.Contains(string(text), "f") {
		t.Errorf("noted %q, %v", text, err)
	}
}
