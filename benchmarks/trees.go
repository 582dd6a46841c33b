package main

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
)

// A tree is source code to measure on.
type tree struct {
	name     string
	about    string
	dir      string   // to run in
	packages []string // patterns
	bounds   bounds
}

// Bounds are limits that asynccheck has to keep.
type bounds struct {
	cold  float64 // under go vet with nothing cached: the time, divided by the no-op's
	above float64 // likewise, but the time above the floor's
	ssa   float64 // likewise, but divided by that of the fastest tool that builds SSA
	warm  float64 // under go vet with all cached: the time, divided by the no-op's
	alone float64 // stand-alone: the CPU time, divided by the no-op's
	peak  float64 // stand-alone: the memory, in MB
	empty float64 // stand-alone with an empty build cache: the CPU time, in s
}

var (
	nothing = bounds{above: 0.10, warm: 1, alone: 0.10, peak: 60, empty: 3} // for trees in which no package has a response
	some    = bounds{cold: 0.35, ssa: 0.25, warm: 1}
)

// emptyWithin returns bounds like b, and one for the CPU seconds with an empty build cache.
func (b bounds) emptyWithin(seconds float64) bounds {
	b.empty = seconds
	return b
}

// makers make trees in directories that don't exist yet.
var makers = map[string]func(dir string) (*tree, error){
	"a": func(dir string) (*tree, error) {
		err := write(dir, "go.mod", "module example.com/none\n\ngo 1.26.0\n")
		return &tree{about: "the standard library", dir: dir, packages: []string{"std"}, bounds: nothing}, err
	},
	"b": func(dir string) (*tree, error) {
		return &tree{about: "a program that imports SDKs of other clouds, without a response", bounds: nothing}, copyCloud(dir, "main.go")
	},
	"c": func(dir string) (*tree, error) {
		if err := copyCloud(dir, "main.go"); err != nil {
			return nil, err
		}
		return &tree{about: "the same with twenty packages that have responses", bounds: some.emptyWithin(6)},
			writeService(filepath.Join(dir, "service"), "example.com/cloud/service")
	},
	"d": func(dir string) (*tree, error) {
		large := some
		large.alone = 0.20
		return &tree{about: "2,000 packages, of which 100 have responses", bounds: large}, writeLayers(dir, 20, 100, 5)
	},
	"f": func(dir string) (*tree, error) {
		if err := copyCloud(dir, "main.go"); err != nil {
			return nil, err
		}
		return &tree{about: "the program of tree b with 50 packages that call functions of SDKs whose responses say what failed", bounds: some.emptyWithin(10)},
			writeJobs(dir, 50, true)
	},
	"g": func(dir string) (*tree, error) {
		if err := copyCloud(dir, "main.go"); err != nil {
			return nil, err
		}
		return &tree{about: "the same packages without these calls", bounds: nothing}, writeJobs(dir, 50, false)
	},
}

// makeTree makes a tree below a directory.
func makeTree(name, dir string) (*tree, error) {
	dir = filepath.Join(dir, name)
	t, err := makers[name](dir)
	if err != nil {
		return nil, fmt.Errorf("tree %s: %v", name, err)
	}
	t.name, t.dir = name, dir
	if t.packages == nil {
		t.packages = []string{"./..."}
	}
	return t, nil
}

// copyCloud copies the module file of directory cloud, which is a module of its own, and some of its other files.
func copyCloud(dir string, files ...string) error {
	for _, name := range append([]string{"go.mod", "go.sum"}, files...) {
		content, err := os.ReadFile(filepath.Join("cloud", name))
		if err != nil {
			return err
		}
		if err := write(dir, name, string(content)); err != nil {
			return err
		}
	}
	return nil
}

// write writes a file, and the directories around it.
func write(dir, name, content string) error {
	return writeTo(dir, name, func(w *bufio.Writer) { w.WriteString(content) })
}

// writeTo writes a file piece by piece: if a process was once large, the processes that it starts look large, too.
func writeTo(dir, name string, fill func(*bufio.Writer)) (err error) {
	file := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		return err
	}
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	defer func() {
		if e := f.Close(); err == nil {
			err = e
		}
	}()
	w := bufio.NewWriter(f)
	fill(w)
	return w.Flush()
}
