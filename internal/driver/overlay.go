package driver

import (
	"cmp"

	"golang.org/x/tools/go/packages"

	"github.com/asynccheck/asynccheck/internal/report"
)

// An Overlay has other files in the place of some that are there: the go command and the analysis read those.
type Overlay struct {
	// File says the same to the go command: it is what its flag -overlay names.
	File string

	// Replaced has full names of what is read instead, by full names. The base names are equal. If it is empty, there is no
	// file.
	Replaced map[string]string

	// Originals undoes Replaced.
	Originals map[string]string
}

// flags returns flags of the go command.
func (o *Overlay) flags() []string {
	if o == nil {
		return nil
	}
	return []string{"-overlay=" + o.File}
}

// actual returns the name of the file that is read in the place of another one.
func (o *Overlay) actual(name string) string {
	if o == nil {
		return name
	}
	return cmp.Or(o.Replaced[name], name)
}

// original undoes actual.
func (o *Overlay) original(name string) string {
	if o == nil {
		return name
	}
	return cmp.Or(o.Originals[name], name)
}

// apply has packages name the files that are read.
func (o *Overlay) apply(pkgs []*packages.Package) {
	if o == nil {
		return
	}
	packages.Visit(pkgs, nil, func(p *packages.Package) {
		for _, names := range [][]string{p.GoFiles, p.CompiledGoFiles, p.OtherFiles, p.IgnoredFiles} {
			for i, name := range names {
				names[i] = o.actual(name)
			}
		}
	})
}

// applyTo has findings name the files that are read. They may name others if these were made from others, by cgo for
// example.
func (o *Overlay) applyTo(findings []report.Finding) {
	if o == nil {
		return
	}
	for i := range findings {
		findings[i] = withFiles(findings[i], o.actual)
	}
}
