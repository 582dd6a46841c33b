package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"hash"
	"os"
	"path/filepath"

	"golang.org/x/mod/modfile"

	"github.com/asynccheck/asynccheck/analyzer"
	"github.com/asynccheck/asynccheck/internal/config"
	"github.com/asynccheck/asynccheck/internal/filter/vetunit"
	"github.com/asynccheck/asynccheck/internal/report"
)

// Where the configuration comes from.
//
// Stand-alone, the command reads the file that -config or the environment names, or
// else the nearest file, from its directory upwards.
//
// "go vet" caches results by the line that -V=full prints, the flags and the package. It
// asks for the line in the user's directory, without flags. Units run in their packages'
// directories. Both know only the environment and the roots of the modules. So the
// configuration must be there, and -config does not exist under go vet.
const configOff = "off" // instead of a file name: use no configuration

// configure sets the options that are not on the command line from the configuration.
func (o *options) configure(flags *flag.FlagSet) error {
	dir, err := os.Getwd()
	if err != nil {
		return err
	}
	if o.file != "" {
		return o.read("-config", o.file, flags)
	}
	if name := os.Getenv(config.Variable); name != "" {
		return o.read(config.Variable, name, flags)
	}
	name, err := config.Find(dir)
	if err != nil {
		return err
	}
	return o.read("", report.Shorten(dir, name), flags)
}

// configureUnit does the same for a unit of "go vet". Units of other modules than the
// user's own have no configuration, unless the environment names one.
func (o *options) configureUnit(flags *flag.FlagSet, u *vetunit.Unit) error {
	if o.file != "" { // not from go vet, which has no -config
		return o.read("-config", o.file, flags)
	}
	dir, err := os.Getwd()
	if err != nil {
		return err
	}
	if name := os.Getenv(config.Variable); name != "" {
		return o.read(config.Variable, name, flags)
	}
	if !u.Own() {
		return nil
	}
	name, err := moduleConfig(dir)
	if err != nil {
		return err
	}
	return o.read("", report.Shorten(dir, name), flags)
}

// hashConfigs hashes all configurations that a unit may use, after decoding: comments
// and order do not count.
func hashConfigs(h hash.Hash) error {
	dir, err := os.Getwd()
	if err != nil {
		return err
	}
	if name := os.Getenv(config.Variable); name != "" {
		if name != configOff && !filepath.IsAbs(name) {
			return fmt.Errorf("%s=%s must be absolute under go vet, which runs its tool elsewhere", config.Variable, name)
		}
		return hashConfig(h, name)
	}
	// A nearer file would be ignored, which the user doesn't expect.
	root, err := config.ModuleRoot(dir)
	if err != nil {
		return err
	}
	if name, err := config.Find(dir); err != nil {
		return err
	} else if name != "" && filepath.Dir(name) != root {
		return fmt.Errorf("%s: under go vet the configuration must stand beside go.mod, or be named by %s", report.Shorten(dir, name), config.Variable)
	}
	modules, err := workspace(dir)
	if err != nil {
		return err
	}
	for _, module := range append(modules, dir) {
		name, err := moduleConfig(module)
		if err != nil {
			return err
		}
		if err := hashConfig(h, report.Shorten(dir, name)); err != nil {
			return err
		}
	}
	return nil
}

func hashConfig(h hash.Hash, name string) error {
	cfg, err := readConfig(name)
	if err != nil {
		return err
	}
	return json.NewEncoder(h).Encode(cfg)
}

// moduleConfig returns the configuration file in the root of the module around dir,
// "" if there is none.
func moduleConfig(dir string) (string, error) {
	root, err := config.ModuleRoot(dir)
	if err != nil || root == "" {
		return "", err
	}
	return config.Find(root)
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
		dirs = append(dirs, module)
	}
	return dirs, nil
}

// read applies the settings of the named file. by says where the name comes from, for errors.
func (o *options) read(by, name string, flags *flag.FlagSet) error {
	cfg, err := readConfig(name)
	if _, wrong := err.(config.Errors); err != nil && !wrong && by != "" {
		return fmt.Errorf("%s: %w", by, err)
	} else if err != nil {
		return err
	}
	o.take(cfg, flags)
	return nil
}

// readConfig reads the named file. Without a file, the configuration is empty.
func readConfig(name string) (analyzer.Config, error) {
	if name == "" || name == configOff {
		return analyzer.Config{}, nil
	}
	return config.Read(name)
}

// take applies the settings of a file. Flags on the command line override them.
func (o *options) take(file analyzer.Config, flags *flag.FlagSet) {
	given := make(map[string]bool)
	flags.Visit(func(f *flag.Flag) { given[f.Name] = true })
	if !given["rules"] {
		o.config.Rules = file.Rules
	}
	if !given["strict"] {
		o.config.Strict = file.Strict
	}
	if !given["generated"] {
		o.config.Generated = file.Generated
	}
	o.config.Contracts, o.config.APIs = file.Contracts, file.APIs
	o.config.Types, o.config.Checked = file.Types, file.Checked
	o.config.Printers, o.config.Decoders, o.config.Exits = file.Printers, file.Decoders, file.Exits
}
