package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"sync"

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

// position is a file and a line, and perhaps a column, as the positions of findings have it. A file's name may have
// colons.
var position = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(.+?):(\d+)(?::\d+)?:?$`) })

// setWhy sets the value of -why.
func (o *options) setWhy(value string) error {
	if m := position().FindStringSubmatch(value); m != nil {
		if line, err := strconv.Atoi(m[2]); err == nil && line > 0 {
			o.why = question{m[1], line, new(bytes.Buffer)}
			return nil
		}
	}
	return errors.New("want a file and a line, such as main.go:30")
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
	info, err := os.Stat(file)
	if err != nil {
		return nil, fmt.Errorf("-why %s: %w", o.why, err)
	}
	if info.IsDir() {
		return nil, fmt.Errorf("-why %s: %s is a directory, want a file", o.why, o.why.file)
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
		return 0, fmt.Errorf("-why %s: no response has its origin, a comparison or the end of a path there%s", o.why, o.elsewhere())
	}
	return exitClean, nil
}

// elsewhere says where to look if the line of -why has no response.
func (o *options) elsewhere() string {
	if line := o.config.Why.Nearest(); line > 0 {
		return fmt.Sprintf(": the nearest such line is %d", line)
	}
	return ", nor elsewhere in the file: see that the packages include it, and -explain directive if a type is not recognized"
}
