package main

import (
	"cmp"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/asynccheck/asynccheck/internal/checkout"
	"github.com/asynccheck/asynccheck/internal/report"
)

// outputs says where findings go, and in which formats: -format is for standard output, and each -o has its
// own.
type outputs struct {
	format     *report.Format // of standard output; nil means that of a terminal, or else text
	statistics bool           // on standard output, instead of findings
	files      []output
	link       string // of pages to positions; see [report.ParseLink]

	// old is a -format that may be meant for the next -o. Before -o had a format of its own, it used the
	// -format before it. That still works, and will be removed.
	old      *report.Format
	warnings []string
}

// An output is a file for findings.
type output struct {
	format *report.Format
	file   string
}

func (o *outputs) register(fs *flag.FlagSet) {
	names := strings.Join(report.FormatNames(), ", ")
	fs.Var(&choice{report.FormatNames(), func(name string) error {
		err := o.setFormat(name)
		o.old = o.format
		return err
	}}, "format", "print findings on standard output in this `format`: "+names+" (default: full on a terminal, else text)")
	fs.BoolVar(&o.statistics, "statistics", false, "print how many findings each rule, contract and package has, instead of the findings")
	fs.Func("o", "also write findings to this `file`; its ending gives the format (.sarif, .json, .html, .xml, .txt and others), or write FORMAT:FILE; may be repeated", o.add)
	fs.Var(&choice{report.LinkWords(), o.setLink}, "link", "in an HTML report, link positions to this `place`: vscode; forge, if that has the commit (default); off; or a URL with {file}, {line} and {column}, or {path} and {commit}")
}

// setLink sets the place that positions in pages are linked to.
func (o *outputs) setLink(value string) error {
	o.link = value
	_, err := report.ParseLink(value, nil)
	return err
}

// parseLink returns the link to positions, by -link or by the environment.
func (o *outputs) parseLink(at *checkout.Checkout) (report.Link, error) {
	value, by := o.link, "-link"
	if value == "" {
		value, by = os.Getenv(linkVariable), linkVariable
	}
	link, err := report.ParseLink(value, at)
	if err != nil {
		return report.Link{}, fmt.Errorf("%s=%s: %w", by, value, err)
	}
	return link, nil
}

// validate returns what is wrong with the environment, if a page needs it.
func (o *outputs) validate() error {
	page := func(f *report.Format) bool { return f != nil && f.Name == "html" }
	if !page(o.format) && !slices.ContainsFunc(o.files, func(out output) bool { return page(out.format) }) {
		return nil
	}
	_, wrongDate := date()
	_, wrongLink := o.parseLink(nil)
	return cmp.Or(wrongDate, wrongLink)
}

// overwrite returns an error if a file of findings is written over another one, or over a baseline.
func (o *outputs) overwrite(p *exitPolicy) error {
	by := make(map[string]string) // flags by file
	if p.known != "" {
		by[filepath.Clean(p.known)] = "-baseline"
	}
	if p.write != "" {
		by[filepath.Clean(p.write)] = "-write-baseline"
	}
	for _, out := range o.files {
		file := filepath.Clean(out.file)
		if info, err := os.Stat(file); err == nil && !info.Mode().IsRegular() {
			continue // such as /dev/stderr
		}
		if by[file] != "" {
			return fmt.Errorf("%s and -o name the same file, %s", by[file], out.file)
		}
		by[file] = "-o"
	}
	return nil
}

// setFormat sets the format of standard output.
func (o *outputs) setFormat(name string) error {
	f, err := report.FormatNamed(name)
	if err != nil {
		return err
	}
	if o.format != nil && o.format != f {
		return fmt.Errorf("standard output takes one format: -format=%s or -format=%s", o.format.Name, f.Name)
	}
	o.format, o.old = f, nil
	return nil
}

// add adds a file, FILE or FORMAT:FILE.
func (o *outputs) add(value string) error {
	var format *report.Format
	var unknown error
	file := value
	if name, rest, ok := strings.Cut(value, ":"); ok {
		f, err := report.FormatNamed(name)
		if err == nil {
			format, file, o.old = f, rest, nil // this command line uses the new form
		} else if len(name) > 1 && filepath.Base(name) == name { // no drive, and no directory
			unknown = err
		}
	}
	switch {
	case file == "":
		return errNoFile
	case file == "-":
		return errors.New("for standard output, use -format without -o")
	case format == nil && o.old != nil:
		format = o.old
		o.format, o.old = nil, nil
		o.warnings = append(o.warnings, fmt.Sprintf("-format=%s before -o %s means -o %[1]s:%s: write that; in the next release, -format is only for standard output", format.Name, file))
	case format == nil:
		var err error
		if format, err = report.FormatOf(file); err != nil {
			return cmp.Or(unknown, err)
		}
	}
	o.files = append(o.files, output{format, file})
	return nil
}

// shown returns the format of what is printed on w, which is standard output or stands in for it.
func (o *outputs) shown(w io.Writer) *report.Format {
	switch {
	case o.statistics:
		return report.Statistics
	case o.format != nil:
		return o.format
	case isTerminal(w):
		return report.Full
	}
	return report.Formats[0]
}

// print prints a report on w, which is called what.
func (o *outputs) print(s *session, what string, w io.Writer, r *report.Report) error {
	return s.write(what, func() error { return o.shown(w).Print(w, r) })
}

// write writes the report to the file.
func (o output) write(r *report.Report) error {
	f, err := os.Create(o.file)
	if err != nil {
		return err
	}
	return errors.Join(o.format.Print(f, r), f.Close())
}
