//go:build unix

package e2e

import (
	"bytes"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// said is what the command prints about the packages of a directory.
func said(t *testing.T, cmd *exec.Cmd) (stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if exit, ok := cmd.Run().(*exec.ExitError); !ok || exit.ExitCode() != 1 {
		t.Fatalf("%s: %s", cmd, errs.Bytes())
	}
	return out.String(), errs.String()
}

// A run that is killed leaves a cache that later runs can use.
func TestCacheKilled(t *testing.T) {
	dir := corpus(t, "cross", "engine", "facts", "tails")
	t.Setenv("ASYNCCHECK_CACHE", filepath.Join(t.TempDir(), "cache"))
	command := func(args ...string) *exec.Cmd {
		cmd := exec.Command(filepath.Join(bin, "asynccheck"), append(args, "-json", "./...")...)
		cmd.Dir, cmd.Env = dir, env()
		return cmd
	}
	want, _ := said(t, command("-cache=off"))
	start := time.Now()
	said(t, command())
	takes := time.Since(start)
	r := rand.New(rand.NewPCG(1, 1))
	for range 6 {
		if r.IntN(2) == 0 {
			if err := os.RemoveAll(os.Getenv("ASYNCCHECK_CACHE")); err != nil {
				t.Fatal(err)
			}
		}
		cmd := command()
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		after := time.Duration(r.Int64N(int64(takes) * 11 / 10))
		time.Sleep(after)
		_ = cmd.Process.Kill() // it may be done
		_ = cmd.Wait()
		for range 2 {
			if got, _ := said(t, command()); got != want {
				t.Errorf("killed after %v of %v, it prints\n%s\nwant\n%s", after, takes, got, want)
			}
		}
	}
}

// Another user, who can't write to the cache, has its results.
func TestCacheOfAnotherUser(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("only root can be another user")
	}
	root, err := os.MkdirTemp("", "another")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(root)
	for from, to := range map[string]string{corpus(t, "cross", "facts"): "tree", bin: "bin"} {
		if err := os.CopyFS(filepath.Join(root, to), os.DirFS(from)); err != nil {
			t.Fatal(err)
		}
	}
	const nobody = 65534
	own := filepath.Join(root, "own")
	if err := os.Mkdir(own, 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.Chown(own, nobody, nobody); err != nil {
		t.Fatal(err)
	}
	command := func(args ...string) *exec.Cmd {
		cmd := exec.Command(filepath.Join(root, "bin", "asynccheck"), append(args, "-json", "./...")...)
		cmd.Dir, cmd.Env = filepath.Join(root, "tree"), append(env(), "GOENV=off", "ASYNCCHECK_CACHE="+filepath.Join(root, "cache"))
		return cmd
	}
	want, _ := said(t, command())
	err = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || path == own {
			return err
		}
		mode := fs.FileMode(0o444)
		if d.IsDir() || filepath.Base(filepath.Dir(path)) == "bin" {
			mode = 0o555
		}
		return os.Chmod(path, mode)
	})
	if err != nil {
		t.Fatal(err)
	}
	as := func(args ...string) *exec.Cmd {
		cmd := command(args...)
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
		cmd.Env = append(cmd.Env, "HOME="+own, "TMPDIR="+own, "GOCACHE="+own, "GOMODCACHE="+own, "GOPATH="+own)
		return cmd
	}
	out, errs := said(t, as("-debug"))
	if out != want || strings.Contains(errs, ": analyzed\n") || !strings.Contains(errs, ": from the cache\n") {
		t.Errorf("another user has the same: %v\n%s", out == want, errs)
	}
	// Something new can't be kept.
	file := filepath.Join(root, "tree", "facts", "facts.go")
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, append([]byte("// New.\n\n"), src...), 0o666); err != nil {
		t.Fatal(err)
	}
	want, _ = said(t, as("-cache=off"))
	for range 2 {
		out, errs = said(t, as("-debug"))
		if out != want || strings.Count(errs, ": analyzed\n") != 1 {
			t.Errorf("after an edit, another user has the same: %v\n%s", out == want, errs)
		}
	}
}
