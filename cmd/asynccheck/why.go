package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/asynccheck/asynccheck/analyzer"
	"github.com/asynccheck/asynccheck/internal/driver"
)

// whyPackage returns the pattern of the package that is analyzed if none is given: that of the file of -why,
// or else the one in the current directory.
func (o *options) whyPackage() string {
	file, _, ok := strings.Cut(o.why, ":")
	if !ok || filepath.IsAbs(file) {
		return "."
	}
	return "./" + filepath.ToSlash(filepath.Dir(file))
}

// asked returns what -why asks for. Its answer goes to w.
func (o *options) asked(w io.Writer) (*analyzer.Why, error) {
	i := strings.LastIndexByte(o.why, ':')
	line, err := strconv.Atoi(o.why[i+1:])
	if i < 0 || err != nil || line < 1 {
		return nil, fmt.Errorf("-why %s: want a file and a line, such as main.go:30", o.why)
	}
	file, err := filepath.Abs(o.why[:i])
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(file); err != nil {
		return nil, fmt.Errorf("-why %s: %w", o.why, err)
	}
	return &analyzer.Why{File: file, Line: line, Out: w}, nil
}

// answered returns the exit status after an answer. It is an error if there was nothing to say, or if a package
// couldn't be analyzed.
func (o *options) answered(result *driver.Result, stderr io.Writer) (int, error) {
	for _, e := range result.Errors {
		fmt.Fprintf(stderr, "asynccheck: %s\n", e.Msg)
	}
	switch {
	case len(result.Errors) > 0:
		return exitFailure, nil
	case !o.config.Why.Found():
		return 0, fmt.Errorf("-why %s: no response has its origin, a comparison or the end of a path there: the packages may not have the file, or the type is no response", o.why)
	}
	return exitClean, nil
}
