package analyzer

import (
	"os"

	"github.com/asynccheck/asynccheck/internal/filter/source"
)

// helps reports whether the package may be a helper of packages with responses. It decides by the
// bytes of the source, like the filter.
func (c *checker) helps() bool {
	if !c.helperKnown {
		c.helperKnown = true
		var names []string
		size := 0
		for _, file := range c.pass.Files {
			f := c.pass.Fset.File(file.FileStart)
			names = append(names, f.Name())
			size += f.Size()
		}
		c.helper = source.Ask(c.imports()).HelpsBy(names, size, c.readFile)
	}
	return c.helper
}

// imports returns the paths of the package's imports.
func (c *checker) imports() (paths []string) {
	for _, p := range c.pass.Pkg.Imports() {
		paths = append(paths, p.Path())
	}
	return paths
}

// readFile reads a file of the package. The driver may have its own version of the file.
func (c *checker) readFile(name string) ([]byte, error) {
	if c.pass.ReadFile == nil {
		return os.ReadFile(name)
	}
	return c.pass.ReadFile(name)
}
