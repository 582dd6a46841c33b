// Package git asks git questions.
package git

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
)

// Environment returns the environment of git. Git must speak English, ask nobody, and write nothing.
func Environment() []string {
	return append(os.Environ(), "LC_ALL=C", "GIT_TERMINAL_PROMPT=0", "GIT_OPTIONAL_LOCKS=0")
}

// Run runs git in a directory, and returns what it prints. What it says if it fails is the error. It starts no daemon
// that would stay, as the repository's configuration may want.
func Run(ctx context.Context, dir string, env []string, input string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, "git", append([]string{"-c", "core.fsmonitor=false"}, args...)...)
	cmd.Dir, cmd.Env, cmd.Stdin = dir, append(slices.Clone(env), "PWD="+dir), strings.NewReader(input)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	if errors.Is(err, exec.ErrNotFound) {
		return "", errors.New("git is not installed, or not in PATH")
	}
	if said := strings.TrimSpace(errs.String()); err != nil && said != "" {
		err = errors.New("git: " + strings.TrimPrefix(said, "fatal: "))
	} else if err != nil {
		err = fmt.Errorf("git %s: %w", args[0], err)
	}
	return out.String(), err
}
