package checkout

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// repository makes a repository with a committed file, and returns a function that runs git in it.
func repository(t *testing.T) (dir string, git func(args ...string) string) {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("no git in PATH")
	}
	dir = t.TempDir()
	t.Setenv("GIT_CONFIG_GLOBAL", os.DevNull)
	t.Setenv("GIT_CONFIG_SYSTEM", os.DevNull)
	git = func(args ...string) string {
		t.Helper()
		cmd := exec.Command("git", append([]string{"-C", dir, "-c", "user.name=x", "-c", "user.email=x@example.com"}, args...)...)
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("git %q: %v\n%s", args, err, out)
		}
		return strings.TrimSpace(string(out))
	}
	git("init", "-q")
	write(t, dir, "a b/c.go", "package c\n")
	write(t, dir, ".gitignore", "ignored.go\n")
	git("add", ".")
	git("commit", "-q", "-m", "first")
	return dir, git
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	file := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

func TestOf(t *testing.T) {
	dir, git := repository(t)
	sub := filepath.Join(dir, "a b")
	for _, from := range []string{dir, sub} {
		c := Of(from)
		if c == nil || c.Commit != git("rev-parse", "HEAD") || c.Changed() {
			t.Fatalf("from %s: %+v", from, c)
		}
		if got := c.Path(filepath.Join(sub, "c.go")); got != "a b/c.go" {
			t.Errorf("from %s the file is %q", from, got)
		}
	}

	// What the commit does not have has no name there.
	write(t, dir, "ignored.go", "package main\n")
	write(t, dir, "report.html", "")
	c := Of(dir)
	if c.Changed() {
		t.Error("a report counts as a change")
	}
	for _, name := range []string{"ignored.go", "report.html", "nosuch.go", "../other.go", "/etc/passwd"} {
		if got := c.Path(filepath.Join(dir, name)); got != "" {
			t.Errorf("%s is %q in the commit", name, got)
		}
	}
	write(t, dir, "new.go", "package main\n")
	if c := Of(dir); !c.Changed() || c.Path(filepath.Join(sub, "c.go")) == "" {
		t.Error("a new file of Go is no change, or it changes others")
	}
	write(t, dir, "a b/c.go", "package changed\n")
	if got := Of(sub).Path(filepath.Join(sub, "c.go")); got != "" {
		t.Errorf("a changed file is %q in the commit", got)
	}
}

func TestOfNothing(t *testing.T) {
	if c := Of(t.TempDir()); c != nil {
		t.Errorf("outside of a repository: %+v", c)
	}
	dir, git := repository(t)
	git("checkout", "-q", "--orphan", "empty")
	if c := Of(dir); c != nil {
		t.Errorf("before the first commit: %+v", c)
	}
	t.Setenv("PATH", t.TempDir())
	if c := Of(dir); c != nil {
		t.Errorf("without git: %+v", c)
	}
}

// A link leads to a commit that is on the forge.
func TestForge(t *testing.T) {
	dir, git := repository(t)
	if f := Of(dir).Forge(); f != (Forge{}) {
		t.Errorf("without a remote: %+v", f)
	}
	git("remote", "add", "origin", "https://user:secret@github.com/o/r.git")
	if f := Of(dir).Forge(); f != (Forge{}) {
		t.Errorf("before the push: %+v", f)
	}
	git("update-ref", "refs/remotes/origin/main", "HEAD")
	want := Forge{"GitHub", "https://github.com/o/r/blob/{commit}/{path}#L{line}"}
	if f := Of(dir).Forge(); f != want {
		t.Errorf("after the push: %+v", f)
	}
	git("commit", "-q", "--allow-empty", "-m", "second")
	if f := Of(dir).Forge(); f != (Forge{}) {
		t.Errorf("after another commit: %+v", f)
	}
	git("update-ref", "refs/remotes/pull/7/merge", "HEAD")
	if f := Of(dir).Forge(); f != want {
		t.Errorf("in a pull request: %+v", f)
	}
}

func TestForgeOf(t *testing.T) {
	for _, test := range []struct{ remote, want string }{
		{"https://github.com/o/r", "GitHub https://github.com/o/r/blob/"},
		{"https://github.com/o/r.git", "GitHub https://github.com/o/r/blob/"},
		{"https://GitHub.com/o/r/", "GitHub https://github.com/o/r/blob/"},
		{"git@github.com:o/r.git", "GitHub https://github.com/o/r/blob/"},
		{"ssh://git@github.com:22/o/r.git", "GitHub https://github.com/o/r/blob/"},
		{"https://x-token:secret@github.com/o/r", "GitHub https://github.com/o/r/blob/"},
		{"https://gitlab.com/a/b/c.git", "GitLab https://gitlab.com/a/b/c/-/blob/"},
		{"git@gitlab.example.com:a/b.git", "GitLab https://gitlab.example.com/a/b/-/blob/"},
		{"https://codeberg.org/o/r", "Forgejo https://codeberg.org/o/r/src/commit/"},
		{"https://gitea.example.com/o/r.git", "Gitea https://gitea.example.com/o/r/src/commit/"},
		{"https://example.com/o/r.git", ""},
		{"https://gitlab.example.com:8443/o/r.git", ""},
		{"https://github.com/r", ""},
		{"https://github.com/o/../r", ""},
		{"https://github.com/o/r?x=1", ""},
		{"https://github.com/o/r#x", ""},
		{"https://github.com/o/{file}", ""},
		{"https://github.com/o/r\"onclick=x", ""},
		{"https://github.com.evil.example/o/r", "GitHub https://github.com.evil.example/o/r/blob/"}, // what the user named
		{"javascript:alert(1)//github.com/o/r", ""},
		{"javascript://github.com/%0aalert(1)/x", ""},
		{"github.com:javascript:alert(1)/x", ""},
		{"/srv/git/o/r.git", ""},
		{"file:///github.com/o/r", ""},
		{"", ""},
	} {
		f := forgeOf(test.remote)
		got, _, _ := strings.Cut(strings.TrimSpace(f.Name+" "+f.URL), "{")
		if got != test.want {
			t.Errorf("%s: %q, want %q", test.remote, got, test.want)
		}
	}
}
