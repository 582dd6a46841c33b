package git

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// A repository's configuration starts no program that watches files.
func TestNoMonitor(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil || runtime.GOOS == "windows" {
		t.Skip("no git, or no shell")
	}
	dir := t.TempDir()
	started, hook := filepath.Join(dir, "started"), filepath.Join(dir, "hook")
	if err := os.WriteFile(hook, fmt.Appendf(nil, "#!/bin/sh\ntouch %s\n", started), 0o777); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"init", "-q"}, {"config", "core.fsmonitor", hook}} {
		cmd := exec.Command("git", args...)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %s: %v\n%s", args, err, out)
		}
	}
	out, err := Run(context.Background(), dir, Environment(), "", "status", "--porcelain")
	if err != nil || !strings.Contains(out, "hook") {
		t.Fatalf("git status: %q, %v", out, err)
	}
	if _, err := os.Stat(started); err == nil {
		t.Error("git has started the monitor")
	}
}

func TestErrors(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("no git")
	}
	if _, err := Run(context.Background(), t.TempDir(), Environment(), "", "nope"); err == nil || !strings.Contains(err.Error(), "'nope' is not a git command") {
		t.Errorf("got %v", err)
	}
	t.Setenv("PATH", "")
	if _, err := Run(context.Background(), t.TempDir(), Environment(), "", "status"); err == nil || err.Error() != "git is not installed, or not in PATH" {
		t.Errorf("got %v", err)
	}
}
