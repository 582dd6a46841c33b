package main

import (
	"encoding/json"
	"fmt"
	"iter"
	"slices"

	"golang.org/x/tools/go/packages"

	"github.com/asynccheck/asynccheck/analyzer"
	"github.com/asynccheck/asynccheck/internal/config"
	"github.com/asynccheck/asynccheck/internal/driver"
	"github.com/asynccheck/asynccheck/internal/filter/source"
	"github.com/asynccheck/asynccheck/internal/filter/vetunit"
	"github.com/asynccheck/asynccheck/internal/report"
)

// A placedConfig is the configuration that holds for the packages of a module.
type placedConfig struct {
	*analyzer.Config
	own   bool   // it is the module's; all modules without one share one
	place string // of the module, for people
}

// configOf returns the configuration that holds for the packages of the main module with a root; "" stands for all other
// modules.
func (o *options) configOf(root, dir string) (placedConfig, error) {
	if root == "" || len(o.modules) == 0 {
		return placedConfig{&o.config, false, "other modules"}, nil
	}
	i := slices.IndexFunc(o.modules, func(c moduleConfig) bool { return c.root == root })
	if i < 0 { // the go command names the directory otherwise, or knows of the workspace from elsewhere
		c, err := readModule(dir, root)
		if err != nil {
			return placedConfig{}, err
		}
		i = len(o.modules)
		o.modules = append(o.modules, c)
	}
	c := o.over(&o.modules[i].Config)
	return placedConfig{&c, true, report.Shorten(dir, root)}, nil
}

// rootOf returns the root of the main module that a package belongs to, "" if it belongs to another module. Files that
// the command line names have no module, but a place.
func (o *options) rootOf(p *packages.Package) string {
	if m := p.Module; m != nil && m.Main {
		return m.Dir
	}
	if p.Module != nil || !vetunit.NamedByFiles(p.PkgPath) {
		return ""
	}
	root, _ := config.ModuleRoot(p.Dir) // if it is unknown, it is none of the modules
	if !slices.ContainsFunc(o.modules, func(c moduleConfig) bool { return c.root == root }) {
		return ""
	}
	return root
}

// configsOf returns the configurations that hold for packages.
func (o *options) configsOf(pkgs []*packages.Package, dir string) (configs []placedConfig, err error) {
	seen := make(map[string]bool)
	for _, p := range pkgs {
		root := o.rootOf(p)
		if seen[root] {
			continue
		}
		seen[root] = true
		c, err := o.configOf(root, dir)
		if err != nil {
			return nil, err
		}
		configs = append(configs, c)
	}
	return configs, nil
}

// configsHere returns the configuration of the module around a directory or, if there is none, those of all main modules.
func (o *options) configsHere(dir string) (configs []placedConfig, err error) {
	root, err := config.ModuleRoot(dir)
	if err != nil {
		return nil, err
	}
	roots := []string{root}
	if root == "" && len(o.modules) > 0 {
		roots = nil
		for _, m := range o.modules {
			roots = append(roots, m.root)
		}
	}
	for _, root := range roots {
		c, err := o.configOf(root, dir)
		if err != nil {
			return nil, err
		}
		configs = append(configs, c)
	}
	return configs, nil
}

// rulesOf returns the rules that are on by a configuration.
func rulesOf(cfg *analyzer.Config) map[string]bool {
	rules, _ := analyzer.SelectRules(cfg.Rules, cfg.Strict) // wrong patterns were errors before the analysis
	return rules
}

// analyses has how the packages of each module are analyzed.
type analyses struct {
	*options
	dir      string
	analyzed map[string]*driver.Analysis           // by module
	by       map[*analyzer.Config]*driver.Analysis // what does not depend on the module
}

// of returns how a package is analyzed: as all others of its module.
func (s *analyses) of(p *packages.Package) (*driver.Analysis, error) {
	var path, dir string
	if m := p.Module; m != nil {
		path, dir = m.Path, m.Dir
	}
	root := s.rootOf(p)
	key := path + "\x00" + root
	if a := s.analyzed[key]; a != nil {
		return a, nil
	}
	cfg, err := s.configOf(root, s.dir)
	if err != nil {
		return nil, err
	}
	if s.by[cfg.Config] == nil {
		if s.by[cfg.Config], err = newAnalysis(cfg.Config); err != nil {
			return nil, err
		}
	}
	a := *s.by[cfg.Config]
	within := config.Within(dir, path)
	a.Always = func(path string, imports iter.Seq[string]) bool {
		explained := s.why.file != "" && (dir != "" || !source.Standard(path)) // a newer Go's library may not parse
		return s.nofilter || explained || cfg.Concerns(path, within, imports)
	}
	if cfg.own {
		a.BeyondFacts = cfg.BeyondFacts(&s.config, within)
	}
	s.analyzed[key] = &a
	return &a, nil
}

// newAnalysis returns what a configuration says about an analysis.
func newAnalysis(cfg *analyzer.Config) (*driver.Analysis, error) {
	a, err := analyzer.New(*cfg)
	if err != nil {
		return nil, err
	}
	identity, err := json.Marshal(cfg)
	if err != nil {
		return nil, err
	}
	identity = fmt.Append(identity, cfg.Nolint, cfg.SayRule) // JSON doesn't have them
	return &driver.Analysis{Analyzer: a, Identity: identity, Hints: cfg}, nil
}
