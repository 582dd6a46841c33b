package driver

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"go/build"
	"go/types"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"
)

// nonStandardPatterns returns the patterns that don't name the standard library: that has no findings, it compiles, and
// its tests are not loaded.
func (cfg *Config) nonStandardPatterns() []string {
	if len(cfg.Patterns) == 0 {
		return []string{"."}
	}
	return slices.DeleteFunc(slices.Clone(cfg.Patterns), func(pattern string) bool { return pattern == "std" || pattern == "cmd" })
}

// ErrNoPackages says that there is nothing to analyze.
var ErrNoPackages = errors.New("no packages match")

// load asks the go command for the packages and their dependencies: names and files, but no syntax.
func (cfg *Config) load(ctx context.Context) ([]*packages.Package, error) {
	const mode = packages.NeedName | packages.NeedFiles | packages.NeedImports |
		packages.NeedDeps | packages.NeedModule | packages.NeedForTest
	tests := cfg.Tests && len(cfg.nonStandardPatterns()) > 0
	pkgs, err := cfg.list(ctx, mode, tests, cfg.Patterns)
	if err == nil && len(pkgs) == 0 {
		return nil, fmt.Errorf("%w %s%s", ErrNoPackages, strings.Join(cfg.Patterns, " "), cfg.meant(cfg.Patterns...))
	}
	if err != nil || !slices.ContainsFunc(pkgs, func(p *packages.Package) bool { return !absent(p) }) {
		err = cmp.Or(brokenWorkspace(pkgs, err), cfg.noModule(ctx), err)
	}
	return pkgs, err
}

// meant returns a question after an error about patterns: the name of a directory is an import path without "./".
func (cfg *Config) meant(patterns ...string) string {
	for _, pattern := range patterns {
		name := strings.TrimSuffix(strings.TrimSuffix(pattern, "..."), "/")
		if name == "" || build.IsLocalImport(pattern) || filepath.IsAbs(name) {
			continue
		}
		if info, err := os.Stat(filepath.Join(cfg.Dir, name)); err == nil && info.IsDir() {
			return ": did you mean ./" + pattern + "?"
		}
	}
	return ""
}

// brokenWorkspace returns what the go command says about a module that go.work lists, and that can't be loaded: it is an
// error of the run, or of a package that stands for the patterns.
func brokenWorkspace(pkgs []*packages.Package, err error) error {
	var said []string
	if err != nil {
		said = append(said, err.Error())
	}
	for _, p := range pkgs {
		for _, e := range p.Errors {
			said = append(said, e.Msg)
		}
	}
	for _, text := range said {
		if strings.Contains(text, " listed in go.work file: ") {
			return errors.New(strings.TrimPrefix(text, "go: "))
		}
	}
	return nil
}

// noModule returns an error if the directory is in no module: what the go command prints then is about patterns.
func (cfg *Config) noModule(ctx context.Context) error {
	mod, rest, _ := strings.Cut(string(cfg.askGo(ctx, "GOMOD", "GOWORK")), "\n")
	if mod != os.DevNull {
		return nil
	}
	if work := strings.TrimSpace(rest); work != "" {
		return fmt.Errorf("the directory is in no module of %s; the pattern work means all of them", work)
	}
	return errors.New("there is no go.mod in the directory or above it: run in a module, or name its directory with -C")
}

// loadSizes asks the go command for the sizes of types: the target may come from its own configuration, not from the
// environment. In one call with the packages, these would be built as far as cgo has to run, and what they import.
func (cfg *Config) loadSizes(ctx context.Context) (types.Sizes, error) {
	pkgs, err := cfg.list(ctx, packages.NeedName|packages.NeedImports|packages.NeedTypesSizes, false, []string{"unsafe"})
	if err != nil {
		return nil, err
	}
	return pkgs[0].TypesSizes, nil
}

// Reached returns the packages, and the import paths of these and of all that they import. It is an error if one of the
// packages can't be loaded.
func Reached(cfg Config) (pkgs []*packages.Package, paths []string, err error) {
	if pkgs, err = cfg.load(context.Background()); err != nil {
		return nil, nil, err
	}
	for _, p := range pkgs {
		for _, e := range p.Errors {
			return nil, nil, errors.New(e.Msg)
		}
	}
	return pkgs, reached(pkgs), nil
}

// reached returns the import paths of packages, and of all that they import.
func reached(pkgs []*packages.Package) (paths []string) {
	packages.Visit(pkgs, nil, func(p *packages.Package) { paths = append(paths, p.PkgPath) })
	return paths
}

// list has the go command list packages. What it prints if it fails is the error.
func (cfg *Config) list(ctx context.Context, mode packages.LoadMode, tests bool, patterns []string, flags ...string) ([]*packages.Package, error) {
	load := &packages.Config{Context: ctx, Mode: mode, Dir: cfg.Dir, Env: cfg.environment(mode, flags), Tests: tests, BuildFlags: flags}
	if cfg.Tags != "" {
		load.BuildFlags = append(load.BuildFlags, "-tags="+cfg.Tags)
	}
	load.BuildFlags = append(load.BuildFlags, cfg.Overlay.flags()...)
	pkgs, err := packages.Load(load, patterns...)
	cfg.Overlay.apply(pkgs)
	if err != nil {
		if _, missing := exec.LookPath("go"); missing != nil {
			return nil, fmt.Errorf("cannot run the go command, which lists packages: %w", missing)
		}
		if _, printed, ok := strings.Cut(err.Error(), "stderr: "); ok && strings.TrimSpace(printed) != "" {
			err = errors.New(strings.TrimSpace(printed))
		}
	}
	return pkgs, err
}

// roots returns the packages to analyze. Like "go vet", it takes a package together with its tests if there are any:
// that includes all files of the package. If the tests are known to be broken, it takes both.
func roots(pkgs []*packages.Package, broken map[*packages.Package]bool) []*packages.Package {
	augmented := make(map[string]bool) // by package path
	for _, p := range pkgs {
		if p.ForTest == p.PkgPath && len(p.Errors) == 0 && !broken[p] {
			augmented[p.PkgPath] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(pkgs), func(p *packages.Package) bool {
		testMain := p.Name == "main" && strings.HasSuffix(p.ID, ".test")
		return testMain || p.ForTest == "" && augmented[p.PkgPath]
	})
}

// environment returns the environment of a go command with these flags, which keep it from compiling if there are any. If
// it compiles nothing, it may leave much garbage: then it lists tree d in 0.83 of the CPU time, and takes 82 MB instead of
// 68. GOGC wins. Compilers would inherit it.
func (cfg *Config) environment(mode packages.LoadMode, flags []string) []string {
	env := cfg.Env
	if env == nil {
		env = os.Environ()
	}
	compiles := mode&(packages.NeedExportFile|packages.NeedCompiledGoFiles) != 0 && len(flags) == 0
	if compiles || slices.ContainsFunc(env, func(v string) bool { return strings.HasPrefix(v, "GOGC=") }) {
		return env
	}
	return append(slices.Clip(env), "GOGC=400")
}
