// Package sweep runs asynccheck over other people's modules, stand-alone and as a tool of go vet. It finds out where
// asynccheck fails: where the analysis panics, where it skips a function, and where the two ways find different things.
// Its findings are for people to read.
package sweep

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/asynccheck/asynccheck/internal/config"
	"github.com/asynccheck/asynccheck/internal/driver/results"
)

// A Module is what to sweep: packages, as seen from the directory of a module.
type Module struct {
	Dir      string
	Patterns []string // of the module's own packages, or of those that it depends on
}

// Parse reads a module from an argument: a directory, or a directory, "=" and patterns
// separated by commas.
func Parse(arg string) (Module, error) {
	dir, list, given := strings.Cut(arg, "=")
	patterns := []string{"./..."}
	if given {
		patterns = strings.Split(list, ",")
	}
	if dir == "" || slices.Contains(patterns, "") {
		return Module{}, fmt.Errorf("%q is no directory, nor directory=pattern,pattern", arg)
	}
	dir, err := filepath.Abs(dir)
	if err == nil {
		dir, err = filepath.EvalSymlinks(dir) // as the go command prints it
	}
	return Module{dir, patterns}, err
}

func (m Module) String() string { return m.Dir + " " + strings.Join(m.Patterns, " ") }

// A Sweep is what to run.
type Sweep struct {
	Tool  string   // the command's program
	Flags []string // for both ways of running it
}

// A Result is the result for a module.
type Result struct {
	Module         Module
	Findings       []Finding // of either
	StandaloneOnly []Finding // that go vet doesn't have
	VetOnly        []Finding // that the stand-alone command doesn't have
	Panics         []Panic
	Skipped        []string // what was left out, and why
	Errors         []string // what else was said, and packages that can't be loaded
	Packages       int
	WithoutTests   int // of them, those whose tests can't be loaded, which go vet leaves out
}

// Run sweeps a module. An error means that nothing could be run.
func (s *Sweep) Run(m Module) (*Result, error) {
	pkgs, err := list(m)
	if err != nil {
		return nil, err
	}
	r := &Result{Module: m, Packages: len(pkgs.whole) + len(pkgs.bare), WithoutTests: len(pkgs.bare), Errors: pkgs.missing}
	standalone, err := s.standalone(m.Dir, true, pkgs.whole)
	if err != nil {
		return nil, err
	}
	vet, err := s.vet(m.Dir, pkgs.whole)
	if err != nil {
		return nil, err
	}
	bare, err := s.standalone(m.Dir, false, pkgs.bare)
	if err != nil {
		return nil, err
	}
	r.StandaloneOnly, r.VetOnly = without(standalone.findings, vet.findings), without(vet.findings, standalone.findings)
	r.Findings = slices.Concat(standalone.findings, bare.findings, r.VetOnly)
	slices.SortFunc(r.Findings, func(a, b Finding) int { return strings.Compare(a.Position, b.Position) })
	for _, p := range []*pass{standalone, vet, bare} {
		r.Panics = append(r.Panics, p.panics...)
		r.Skipped = append(r.Skipped, p.skipped...)
		r.Errors = append(r.Errors, p.rest...)
	}
	r.Panics = once(r.Panics, func(p Panic) string { return p.Position + p.Lost })
	r.Skipped = once(r.Skipped, func(s string) string { return s })
	r.Errors = once(r.Errors, func(s string) string { return s })
	return r, nil
}

// without returns the findings of a that b doesn't have.
func without(a, b []Finding) (rest []Finding) {
	for _, f := range a {
		if !slices.ContainsFunc(b, f.same) {
			rest = append(rest, f)
		}
	}
	return rest
}

// once keeps the first of those with the same key.
func once[T any](list []T, key func(T) string) []T {
	seen := make(map[string]bool)
	return slices.DeleteFunc(list, func(x T) bool {
		k := key(x)
		defer func() { seen[k] = true }()
		return seen[k]
	})
}

// A pass is the result of one way of running the tool.
type pass struct {
	stderrLines
	findings []Finding
}

// standalone runs the command stand-alone.
func (s *Sweep) standalone(dir string, tests bool, pkgs []string) (*pass, error) {
	if len(pkgs) == 0 {
		return new(pass), nil
	}
	args := append([]string{"-debug", "-json", fmt.Sprintf("-test=%t", tests)}, s.Flags...)
	stdout, stderr, err := run(dir, s.Tool, append(args, pkgs...)...)
	if err != nil {
		return nil, err
	}
	p := &pass{stderrLines: readStderr(dir, stderr)}
	if len(stdout) > 0 {
		p.findings, err = standaloneFindings(dir, stdout)
	}
	return p, err
}

// vet runs the command as a tool of go vet. The tool must be new to go vet: it prints nothing for a unit from the build
// cache.
func (s *Sweep) vet(dir string, pkgs []string) (*pass, error) {
	if len(pkgs) == 0 {
		return new(pass), nil
	}
	tool, err := copyWithNewID(s.Tool)
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(filepath.Dir(tool))
	args := append([]string{"vet", "-vettool=" + tool, "-debug", "-json"}, s.Flags...)
	stdout, stderr, err := run(dir, "go", append(args, pkgs...)...)
	if err != nil {
		return nil, err
	}
	p := &pass{stderrLines: readStderr(dir, stderr)}
	p.findings, err = vetFindings(stdout)
	p.findings = append(p.findings, p.text...)
	return p, err
}

// copyWithNewID copies a program to a new directory, and makes it a different one for the build cache. The system
// ignores bytes after a program's end.
func copyWithNewID(program string) (string, error) {
	text, err := os.ReadFile(program)
	if err != nil {
		return "", err
	}
	dir, err := os.MkdirTemp("", "sweep")
	if err != nil {
		return "", err
	}
	name := filepath.Join(dir, "asynccheck")
	return name, os.WriteFile(name, append(text, dir...), 0o777)
}

// run runs a program that may find something, or fail and say why.
func run(dir, program string, args ...string) (stdout, stderr []byte, err error) {
	cmd := exec.Command(program, args...)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), config.Variable+"=off", results.Variable+"=off")
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err = cmd.Run()
	if exit, ok := errors.AsType[*exec.ExitError](err); ok && exit.Exited() {
		if errs.Len()+out.Len() > 0 {
			err = nil
		}
	}
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", cmd, err)
	}
	return out.Bytes(), errs.Bytes(), nil
}
