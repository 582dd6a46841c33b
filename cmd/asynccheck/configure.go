package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"hash"
	"os"
	"path/filepath"
	"slices"

	"golang.org/x/mod/modfile"

	"github.com/asynccheck/asynccheck/analyzer"
	"github.com/asynccheck/asynccheck/internal/config"
	"github.com/asynccheck/asynccheck/internal/filter/vetunit"
	"github.com/asynccheck/asynccheck/internal/report"
)

// Where the configuration comes from.
//
// A file that -config or the environment names holds for all packages. Otherwise the file beside the go.mod of a main
// module holds for the packages of this module: the one around the current directory or, in a workspace, each of its
// modules. Other modules have none.
//
// "go vet" caches results by the line that -V=full prints, the flags and the package. It asks for the line in the user's
// directory, without flags. Units run in their packages' directories. Both know only the environment and the roots of
// the modules. So -config does not exist under go vet.
const configOff = "off" // instead of a file name: use no configuration

// A moduleConfig is what the configuration of a main module says.
type moduleConfig struct {
	root string // of the module
	analyzer.Config
}

// configure finds and reads the configuration, or those of all main modules: what is wrong with one is said even if none
// of its packages is analyzed, as under go vet.
func (o *options) configure(flags *flag.FlagSet) error {
	o.overriding(flags)
	if named, err := o.readNamed(); named || err != nil {
		return err
	}
	dir, err := os.Getwd()
	if err != nil {
		return err
	}
	o.modules, err = readModules(dir, "-config or "+config.Variable)
	if err != nil || len(o.modules) > 0 {
		return err
	}
	// There are no modules: the file in the current directory holds for everything.
	name, err := config.In(dir)
	if err != nil {
		return err
	}
	file, err := readConfig(report.Shorten(dir, name))
	o.config = o.over(&file)
	return err
}

// configureUnit does the same for a unit of "go vet".
func (o *options) configureUnit(flags *flag.FlagSet, u *vetunit.Unit) error {
	o.overriding(flags)
	if named, err := o.readNamed(); named || err != nil || !u.Own() {
		return err
	}
	dir, err := os.Getwd()
	if err != nil {
		return err
	}
	root, err := config.ModuleRoot(dir)
	if err != nil || root == "" {
		return err
	}
	m, err := readModule(dir, root)
	if err != nil {
		return err
	}
	elsewhere := o.config
	o.config = o.over(&m.Config)
	o.beyondFacts = o.config.BeyondFacts(&elsewhere, config.Within(root, u.Module.Path))
	return nil
}

// withinUnit returns what tells whether a package is of the unit's module.
func withinUnit(u *vetunit.Unit) func(path string) bool {
	dir, err := os.Getwd()
	if err != nil {
		dir = ""
	}
	root, _ := config.ModuleRoot(dir) // otherwise the paths tell
	return config.Within(root, u.Module.Path)
}

// overriding notes the flags that override a configuration.
func (o *options) overriding(flags *flag.FlagSet) {
	o.given = make(map[string]bool)
	flags.Visit(func(f *flag.Flag) { o.given[f.Name] = true })
}

// over returns what a configuration says, with the settings of the command line over it.
func (o *options) over(file *analyzer.Config) analyzer.Config {
	c := o.config
	if !o.given["rules"] {
		c.Rules = file.Rules
	}
	if !o.given["strict"] {
		c.Strict = file.Strict
	}
	if !o.given["generated"] {
		c.Generated = file.Generated
	}
	c.Contracts, c.APIs = file.Contracts, file.APIs
	c.Types, c.Checked = file.Types, file.Checked
	c.Printers, c.Decoders, c.Exits = file.Printers, file.Decoders, file.Exits
	return c
}

// readNamed reads the configuration that -config or the environment names, and reports whether one does.
func (o *options) readNamed() (named bool, err error) {
	by, name := "-config", o.file
	if name == "" {
		by, name = config.Variable, os.Getenv(config.Variable)
	}
	if name == "" {
		return false, nil
	}
	file, err := readConfig(name)
	if _, wrong := errors.AsType[config.Errors](err); err != nil && !wrong {
		err = fmt.Errorf("%s: %w", by, err)
	}
	o.config = o.over(&file)
	return true, err
}

// readConfig reads the named file. Without a file, the configuration is empty.
func readConfig(name string) (analyzer.Config, error) {
	if name == "" || name == configOff {
		return analyzer.Config{}, nil
	}
	return config.Read(name)
}

// readModule reads the configuration of the module with the given root. Errors name the file as seen from dir.
func readModule(dir, root string) (moduleConfig, error) {
	name, err := config.In(root)
	if err != nil {
		return moduleConfig{}, err
	}
	file, err := readConfig(report.Shorten(dir, name))
	return moduleConfig{root, file}, err
}

// readModules reads the configurations of all main modules, as seen from a directory. All mistakes in them are one
// error. A file that stands where it would be ignored is an error too, which says how else to name it.
func readModules(dir, how string) (modules []moduleConfig, err error) {
	root, err := config.ModuleRoot(dir)
	if err != nil {
		return nil, err
	}
	roots, err := workspace(dir)
	if err != nil {
		return nil, err
	}
	name, err := config.Find(dir)
	if err != nil {
		return nil, err
	}
	if modules := len(roots) > 0 || root != ""; modules && name != "" && filepath.Dir(name) != root {
		return nil, misplaced(dir, name, how)
	}
	if root != "" && !slices.Contains(roots, root) {
		roots = append(roots, root)
	}
	var mistakes config.Errors
	for _, root := range roots {
		m, err := readModule(dir, root)
		if wrong, ok := errors.AsType[config.Errors](err); ok {
			mistakes = append(mistakes, wrong...)
		} else if err != nil {
			return nil, err
		}
		modules = append(modules, m)
	}
	if len(mistakes) > 0 {
		return nil, mistakes
	}
	return modules, nil
}

func misplaced(dir, name, how string) error {
	return fmt.Errorf("%s: a configuration must stand beside a go.mod, or be named by %s", report.Shorten(dir, name), how)
}

// hashConfigs hashes all configurations that a unit of "go vet" may use, after decoding: comments and order do not count.
func hashConfigs(h hash.Hash) error {
	dir, err := os.Getwd()
	if err != nil {
		return err
	}
	if name := os.Getenv(config.Variable); name != "" {
		if name != configOff && !filepath.IsAbs(name) {
			return fmt.Errorf("%s=%s must be absolute under go vet, which runs its tool elsewhere", config.Variable, name)
		}
		cfg, err := readConfig(name)
		return errors.Join(err, json.NewEncoder(h).Encode(cfg))
	}
	modules, err := readModules(dir, config.Variable)
	if err != nil {
		return err
	}
	if name, err := config.Find(dir); err != nil {
		return err
	} else if len(modules) == 0 && name != "" { // no unit would use it
		return misplaced(dir, name, config.Variable)
	}
	for _, m := range modules {
		if err := json.NewEncoder(h).Encode(m.Config); err != nil {
			return err
		}
	}
	return nil
}

// workspace returns the directories of the modules of the workspace that dir is in.
func workspace(dir string) ([]string, error) {
	file := os.Getenv("GOWORK")
	if file == "off" {
		return nil, nil
	}
	for file == "" {
		if name := filepath.Join(dir, "go.work"); config.Exists(name) {
			file = name
		} else if parent := filepath.Dir(dir); parent != dir {
			dir = parent
		} else {
			return nil, nil
		}
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	work, err := modfile.ParseWork(file, data, nil)
	if err != nil {
		return nil, err
	}
	var dirs []string
	for _, use := range work.Use {
		module := filepath.FromSlash(use.Path)
		if !filepath.IsAbs(module) {
			module = filepath.Join(filepath.Dir(file), module)
		}
		dirs = append(dirs, filepath.Clean(module))
	}
	return dirs, nil
}
