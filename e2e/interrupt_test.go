//go:build unix

package e2e

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// interrupted is the exit status of an interrupted run.
const interrupted = 130

// An interruptedRun is a run of the command in a module with a finding that can be fixed.
type interruptedRun struct {
	*exec.Cmd
	stdout, stderr bytes.Buffer
	dir            string
}

// newInterrupted prepares a run. The go command that it finds is a script.
func newInterrupted(t *testing.T, script string, args ...string) *interruptedRun {
	t.Helper()
	r := &interruptedRun{dir: t.TempDir()}
	source, err := os.ReadFile(filepath.Join("testdata", "terminal.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	_, source, _ = bytes.Cut(source, []byte("-- lb/lb.go --\n"))
	source, _, _ = bytes.Cut(source, []byte("\n-- "))
	for name, text := range map[string]string{"go.mod": "module example\n\ngo 1.26\n", "lb.go": string(source), "bin/go": script} {
		name = filepath.Join(r.dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o777); err != nil {
			t.Fatal(err)
		}
	}
	r.Cmd = exec.Command(filepath.Join(bin, "asynccheck"), args...)
	r.Dir, r.Stdout, r.Stderr = r.dir, &r.stdout, &r.stderr
	r.Env = append(os.Environ(), "ASYNCCHECK_CACHE="+filepath.Join(r.dir, "cache"))
	if script != "" {
		r.Env = append(r.Env, "PATH="+filepath.Join(r.dir, "bin")+":"+os.Getenv("PATH"))
	}
	return r
}

// waitFor waits until something is true.
func waitFor(t *testing.T, what string, is func() bool) {
	t.Helper()
	for begun := time.Now(); !is(); time.Sleep(10 * time.Millisecond) {
		if time.Since(begun) > time.Minute {
			t.Fatalf("waited in vain: %s", what)
		}
	}
}

// interrupt sends a signal, and checks that the run ends soon, says that, and prints nothing else.
func (r *interruptedRun) interrupt(t *testing.T, signal os.Signal, want string) {
	t.Helper()
	begun := time.Now()
	if err := r.Process.Signal(signal); err != nil {
		t.Fatal(err)
	}
	err := r.Wait()
	if exit, ok := errors.AsType[*exec.ExitError](err); !ok || exit.ExitCode() != interrupted {
		t.Errorf("%v: %v, want exit status %d", signal, err, interrupted)
	}
	if took := time.Since(begun); took > 5*time.Second {
		t.Errorf("%v: it took %s", signal, took)
	}
	if got := r.stderr.String(); !regexp.MustCompile(`^(?s:` + want + `)$`).MatchString(got) {
		t.Errorf("%v: printed %q, want %q", signal, got, want)
	}
}

func (r *interruptedRun) exists(name string) bool {
	_, err := os.Stat(filepath.Join(r.dir, name))
	return err == nil
}

// A run that is interrupted while a go command works writes nothing, keeps nothing, and leaves no process behind.
func TestInterrupt(t *testing.T) {
	real, err := exec.LookPath("go")
	if err != nil {
		t.Fatal(err)
	}
	const stuck = "{ echo $$ >pid.new; mv pid.new pid; exec sleep 600; }\n"
	for name, script := range map[string]string{
		"listing": "#!/bin/sh\n" + stuck,
		"typing":  "#!/bin/sh\ncase \"$*\" in *-export*) " + stuck + ";; esac\nexec " + real + " \"$@\"\n",
	} {
		for _, signal := range []os.Signal{os.Interrupt, syscall.SIGTERM} {
			r := newInterrupted(t, script, "-o", "out.sarif", "-write-baseline", "known.json", "-fix")
			before, err := os.ReadFile(filepath.Join(r.dir, "lb.go"))
			if err != nil {
				t.Fatal(err)
			}
			if err := r.Start(); err != nil {
				t.Fatal(err)
			}
			waitFor(t, name, func() bool { return r.exists("pid") })
			r.interrupt(t, signal, "asynccheck: interrupted: nothing was written\n")
			if r.stdout.Len() > 0 || r.exists("out.sarif") || r.exists("known.json") {
				t.Errorf("%s: something was written: %s", name, r.stdout.Bytes())
			}
			if after, err := os.ReadFile(filepath.Join(r.dir, "lb.go")); err != nil || !bytes.Equal(before, after) {
				t.Errorf("%s: the file was fixed, %v", name, err)
			}
			if kept, _ := filepath.Glob(filepath.Join(r.dir, "cache", "*", "*")); len(kept) > 0 {
				t.Errorf("%s: results were kept: %q", name, kept)
			}
			text, err := os.ReadFile(filepath.Join(r.dir, "pid"))
			if err != nil {
				t.Fatal(err)
			}
			pid, err := strconv.Atoi(strings.TrimSpace(string(text)))
			if err != nil {
				t.Fatal(err)
			}
			if err := syscall.Kill(pid, 0); err != syscall.ESRCH {
				t.Errorf("%s: the go command runs on: %v", name, err)
			}
		}
	}
}

// fill makes a pipe that is full, so that nobody can write to it.
func fill(t *testing.T, name string) {
	t.Helper()
	if err := syscall.Mkfifo(name, 0o666); err != nil {
		t.Fatal(err)
	}
	fd, err := syscall.Open(name, syscall.O_RDWR|syscall.O_NONBLOCK, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { syscall.Close(fd) })
	for _, size := range []int{1024, 1} {
		for err = nil; err == nil; {
			_, err = syscall.Write(fd, make([]byte, size))
		}
		if err != syscall.EAGAIN {
			t.Fatal(err)
		}
	}
}

// What was written before the interrupt is said.
func TestInterruptWriting(t *testing.T) {
	r := newInterrupted(t, "", "-fix", "-rules=result-*", "-o", "json:pipe", "-o", "out.json")
	fill(t, filepath.Join(r.dir, "pipe"))
	before, err := os.ReadFile(filepath.Join(r.dir, "lb.go"))
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Start(); err != nil {
		t.Fatal(err)
	}
	waitFor(t, "the fix", func() bool {
		after, err := os.ReadFile(filepath.Join(r.dir, "lb.go"))
		return err == nil && !bytes.Equal(before, after)
	})
	time.Sleep(time.Second) // now it waits for the pipe
	r.interrupt(t, os.Interrupt, `asynccheck: interrupted: lb\.go, standard output had been written, and pipe may be incomplete\n`)
	if r.exists("out.json") {
		t.Error("out.json was written")
	}
}
