package oracle

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"
)

// The oracle can fail. It finds within a thousand programs that an engine is broken which, at the join of two paths,
// intersects their codes. The engine has no switch for that, so the test breaks a copy of the modules.
func TestBrokenJoin(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a second analyzer")
	}
	const within = 1000
	dir := t.TempDir()
	for _, name := range []string{"go.mod", "go.sum", "analyzer", "docs", "internal", "oracle"} {
		copyTo(t, filepath.Join("..", name), filepath.Join(dir, name))
	}
	file := filepath.Join(dir, "internal/codeset/codeset.go")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	union := []byte("func (s Set) Union(t Set) Set {\n")
	if !bytes.Contains(text, union) {
		t.Fatalf("no %q in %s: the test breaks something else than it says", union, file)
	}
	text = bytes.Replace(text, union, append(union, "\tif !s.IsEmpty() && !t.IsEmpty() {\n\t\treturn s.Intersect(t)\n\t}\n"...), 1)
	if err := os.WriteFile(file, text, 0o666); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("go", "run", "./cmd/oracle", "-seed", "1", "-n", strconv.Itoa(within), "-show", "0")
	cmd.Dir = filepath.Join(dir, "oracle")
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != 1 {
		t.Fatalf("the broken analyzer passes: %v\n%s", err, out)
	}
	m := regexp.MustCompile(`(?m)^(\d+) disagreements$`).FindSubmatch(out)
	if m == nil {
		t.Fatalf("no count of disagreements in\n%s", out)
	}
	broken, _ := strconv.Atoi(string(m[1]))
	sound := 0
	err = newChecker(t).CheckSeed(1, within, func(o *Outcome) {
		if len(o.Disagreements()) > 0 {
			sound++
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if broken < sound+20 {
		t.Errorf("%d disagreements with the broken join, %d without", broken, sound)
	}
}

// copyTo copies a file or a directory.
func copyTo(t *testing.T, from, to string) {
	t.Helper()
	info, err := os.Stat(from)
	if err != nil {
		t.Fatal(err)
	}
	if info.IsDir() {
		if err := os.CopyFS(to, os.DirFS(from)); err != nil {
			t.Fatal(err)
		}
		return
	}
	text, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, text, 0o666); err != nil {
		t.Fatal(err)
	}
}
