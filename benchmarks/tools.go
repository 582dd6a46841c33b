package main

import (
	"crypto/rand"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
)

// A tool is a program to measure.
type tool struct {
	name string
	dir  string // of its module
	pkg  string
	ssa  bool // builds SSA
}

var (
	asynccheck = tool{"asynccheck", "..", "./cmd/asynccheck", true}
	noopVet    = tool{"no-op", ".", "./tools/noopvet", false}
	noop       = tool{"no-op with facts", ".", "./tools/noop", false}

	bare    = tool{"no-op", ".", "./tools/bare", false} // without facts, stand-alone
	bareSSA = tool{"no-op with SSA", ".", "./tools/ssa", false}

	floor = tool{"floor", ".", "./tools/floor", false} // below it, no tool of go vet can come

	// competitors run in turn with these under go vet.
	competitors = []tool{
		{"no-op with SSA", ".", "./tools/ssavet", false},
		{"bodyclose", ".", "./tools/bodyclose", true},
		{"nilerr", ".", "./tools/nilerr", true},
		{"errcheck", ".", "./tools/errcheck", false},
		{"staticcheck", ".", "./tools/staticcheck", true},
	}
)

// program returns the path of the built tool. Two tools may have one name, and lie in different directories.
func (t tool) program(bin string) string {
	return filepath.Join(bin, filepath.Base(filepath.Dir(t.pkg)), filepath.Base(t.pkg))
}

// build builds the program. Flags are go build's.
func (t tool) build(program string, flags ...string) error {
	args := append([]string{"build", "-C", t.dir, "-trimpath", "-o", program}, flags...)
	cmd := exec.Command("go", append(args, t.pkg)...)
	cmd.Stderr = os.Stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("building %s: %v", t.name, err)
	}
	return nil
}

// stranger copies a program to one that is new to go vet. Bytes after its end make it a different program for the build
// cache, and change nothing else.
func stranger(program, dir string) (string, error) {
	in, err := os.Open(program)
	if err != nil {
		return "", err
	}
	defer in.Close()
	out, err := os.CreateTemp(dir, filepath.Base(program))
	if err != nil {
		return "", err
	}
	_, err = io.Copy(out, io.MultiReader(in, io.LimitReader(rand.Reader, 16)))
	if e := out.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Chmod(out.Name(), 0o777)
	}
	return out.Name(), err
}
