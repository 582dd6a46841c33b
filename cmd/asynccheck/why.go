package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/asynccheck/asynccheck/analyzer"
	"github.com/asynccheck/asynccheck/internal/driver"
)

// A question is what -why asks: a line of a file.
type question struct {
	file   string // "" without -why
	line   int
	answer *bytes.Buffer
}

func (q question) String() string { return fmt.Sprintf("%s:%d", q.file, q.line) }

// setWhy sets the value of -why. The line is behind the last colon: a file's name may have colons.
func (o *options) setWhy(value string) error {
	i := strings.LastIndexByte(value, ':')
	line, err := strconv.Atoi(value[i+1:])
	if i < 1 || err != nil || line < 1 {
		return errors.New("want a file and a line, such as main.go:30")
	}
	o.why = question{value[:i], line, new(bytes.Buffer)}
	return nil
}

// defaultPackage returns the pattern of the packages that are analyzed if the command line has none: the package of
// the file of -why, or else all in the current directory and below.
func (o *options) defaultPackage() string {
	switch dir := filepath.Dir(o.why.file); {
	case o.why.file == "":
		return "./..."
	case filepath.IsAbs(dir):
		return dir
	default:
		return "./" + filepath.ToSlash(dir)
	}
}

// excludes returns an error if a flag is given that is about findings: -why reports none.
func (q question) excludes(given func(name string) bool) error {
	for _, name := range []string{"fix", "format", "json", "statistics", "o", "baseline", "write-baseline", "since"} {
		if given(name) {
			return fmt.Errorf("-why and -%s exclude each other: -why reports no findings", name)
		}
	}
	return nil
}

// newWhy returns the question of -why for the analyzer.
func (o *options) newWhy() (*analyzer.Why, error) {
	file, err := filepath.Abs(o.why.file)
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(file); err != nil {
		return nil, fmt.Errorf("-why %s: %w", o.why, err)
	}
	return &analyzer.Why{File: file, Line: o.why.line, Out: o.why.answer}, nil
}

// whyStatus prints the answer of -why, and returns the exit status. It is an error if there was no answer, or if a
// package couldn't be analyzed.
func (o *options) whyStatus(result *driver.Result, dir string, s *session) (int, error) {
	err := s.write(standardOutput, func() error {
		_, err := s.stdout.Write(o.why.answer.Bytes())
		return err
	})
	if err != nil {
		return 0, err
	}
	sayErrors(s.stderr, dir, result.Errors)
	switch {
	case len(result.Errors) > 0:
		return exitFailure, nil
	case !o.config.Why.Found():
		return 0, fmt.Errorf("-why %s: no response has its origin, a comparison or the end of a path there; check the packages, or see -explain directive if the type is not recognized", o.why)
	}
	return exitClean, nil
}
