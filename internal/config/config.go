// Package config finds and reads the configuration file.
package config

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/asynccheck/asynccheck/analyzer"
	"github.com/asynccheck/asynccheck/internal/yaml"
)

// FileNames are the names that a configuration may have. Documentation uses the first.
var FileNames = []string{".asynccheck.yml", ".asynccheck.yaml"}

// Variable is the variable of the environment for another file's name.
const Variable = "ASYNCCHECK_CONFIG"

// An Error is a mistake in a configuration file.
type Error struct {
	File         string
	Line, Column int // from 1
	Msg          string
}

func (e *Error) Error() string {
	return fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Column, e.Msg)
}

// Errors are all mistakes in a file, in the order of the positions.
type Errors []*Error

func (e Errors) Error() string {
	text := ""
	for i, err := range e {
		if i > 0 {
			text += "\n"
		}
		text += err.Error()
	}
	return text
}

// Find returns the nearest configuration file, from dir upwards to the root of dir's module, or "" if there is none.
// Without a module, only dir counts.
func Find(dir string) (string, error) {
	root, err := ModuleRoot(dir)
	if err != nil {
		return "", err
	}
	for root = cmp.Or(root, dir); ; dir = filepath.Dir(dir) {
		if file, err := In(dir); file != "" || err != nil || dir == root {
			return file, err
		}
	}
}

// In returns the configuration file in a directory, or "" if there is none. It is an error if there are two.
func In(dir string) (string, error) {
	var found []string
	for _, name := range FileNames {
		if Exists(filepath.Join(dir, name)) {
			found = append(found, name)
		}
	}
	switch len(found) {
	case 0:
		return "", nil
	case 1:
		return filepath.Join(dir, found[0]), nil
	}
	return "", fmt.Errorf("%s has both %s: keep one of them", dir, strings.Join(found, " and "))
}

// ModuleRoot returns the root of the module that contains dir, or "".
func ModuleRoot(dir string) (string, error) {
	if !filepath.IsAbs(dir) {
		return "", fmt.Errorf("%s is not absolute", dir)
	}
	for {
		if Exists(filepath.Join(dir, "go.mod")) {
			return dir, nil
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", nil
		}
		dir = parent
	}
}

// Within returns a function that reports whether a package belongs to the module with a root and a path. The path alone
// doesn't tell: example.com/a/b may be of another module than example.com/a, which may have its root in this one. If the
// root is unknown, "", the path has to do. If there is no module, the function is nil.
func Within(root, module string) func(path string) bool {
	if module == "" {
		return nil
	}
	var known sync.Map // directories of this module, and others
	return func(path string) bool {
		below, ok := strings.CutPrefix(path, module)
		if !ok || below != "" && below[0] != '/' || root == "" {
			return ok && (below == "" || below[0] == '/')
		}
		dir := root
		for name := range strings.SplitSeq(strings.TrimPrefix(below, "/"), "/") {
			if name == "" {
				break
			}
			dir = filepath.Join(dir, name)
			own, ok := known.Load(dir)
			if !ok {
				info, err := os.Stat(dir)
				own = err == nil && info.IsDir() && !Exists(filepath.Join(dir, "go.mod"))
				known.Store(dir, own)
			}
			if !own.(bool) {
				return false
			}
		}
		return true
	}
}

// Exists reports whether there is a file. If that can't be found out, it says yes: reading the file then fails, and
// says why.
func Exists(file string) bool {
	info, err := os.Stat(file)
	return err == nil && !info.IsDir() || err != nil && !os.IsNotExist(err)
}

// Read reads a configuration file. Mistakes in it are an [Errors].
func Read(file string) (analyzer.Config, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return analyzer.Config{}, err
	}
	return parse(file, data)
}

// parse reads a configuration of the given file's content.
func parse(file string, data []byte) (analyzer.Config, error) {
	var cfg analyzer.Config
	keys, mistakes := yaml.Decode(data, &cfg)
	if len(mistakes) == 0 { // otherwise values that failed to decode would be called missing
		for _, p := range cfg.Problems() {
			mistakes = append(mistakes, yaml.Mistake{Position: keys.Find(p.Key), Msg: p.Error()})
		}
	}
	if len(mistakes) == 0 {
		return cfg, nil
	}
	var errs Errors
	for _, m := range mistakes {
		errs = append(errs, &Error{file, m.Line, m.Column, m.Msg})
	}
	slices.SortStableFunc(errs, func(a, b *Error) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return analyzer.Config{}, errs
}
