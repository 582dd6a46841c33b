package sweep

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// A listing has the packages of a module to sweep, by path.
type listing struct {
	whole   []string // with their tests, if they have any
	bare    []string // their tests' imports are missing: go vet leaves such a package out
	missing []string // their own imports are missing, and why
}

func (l *listing) miss(path, why string) {
	why, _, _ = strings.Cut(why, "\n")
	l.missing = append(l.missing, path+": "+why)
}

// list asks the go command what the patterns mean.
func list(m Module) (*listing, error) {
	args := append([]string{"list", "-e", "-test", "-json=ImportPath,Name,ForTest,Error,DepsErrors,GoFiles,CgoFiles,TestGoFiles,XTestGoFiles"}, m.Patterns...)
	stdout, stderr, err := run(m.Dir, "go", args...)
	if err != nil {
		return nil, err
	}
	type failure struct{ Err string } // more lines may say how to fix it
	type described struct {
		ImportPath, Name, ForTest                    string
		Error                                        *failure
		DepsErrors                                   []*failure
		GoFiles, CgoFiles, TestGoFiles, XTestGoFiles []string
	}
	var order []described
	untested := make(map[string]bool) // packages whose tests can't be loaded
	for dec := json.NewDecoder(bytes.NewReader(stdout)); ; {
		var p described
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, fmt.Errorf("go list: %w\n%s", err, stderr)
		}
		fails := p.Error != nil || len(p.DepsErrors) > 0
		switch {
		case p.ForTest != "":
			untested[p.ForTest] = untested[p.ForTest] || fails
		case p.Name == "main" && strings.HasSuffix(p.ImportPath, ".test"):
			path := strings.TrimSuffix(p.ImportPath, ".test")
			untested[path] = untested[path] || fails
		default:
			order = append(order, p)
		}
	}
	if len(order) == 0 {
		return nil, fmt.Errorf("%s: no packages: %s", m, stderr)
	}
	var ps listing
	for _, p := range order {
		switch tests := len(p.TestGoFiles)+len(p.XTestGoFiles) > 0; {
		case p.Error != nil:
			ps.miss(p.ImportPath, p.Error.Err)
		case len(p.DepsErrors) > 0:
			ps.miss(p.ImportPath, p.DepsErrors[0].Err)
		case len(p.GoFiles)+len(p.CgoFiles) == 0 && !tests:
			// All of its files are for other systems.
		case untested[p.ImportPath]:
			ps.bare = append(ps.bare, p.ImportPath)
		default:
			ps.whole = append(ps.whole, p.ImportPath)
		}
	}
	return &ps, nil
}
