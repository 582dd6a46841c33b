package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/asynccheck/asynccheck/internal/report"
)

// outputs says where findings go, and in which formats: each -o takes the
// format of the -format before it, or else the one that the file's name ends
// in. A -format without -o is that of standard output.
type outputs struct {
	format *report.Format // of standard output, or of the next -o
	files  []output
}

// An output is a file for findings.
type output struct {
	format *report.Format
	file   string
}

func (o *outputs) register(fs *flag.FlagSet) {
	fs.Var(&choice{report.FormatNames(), o.setFormat}, "format", "print findings in this `format`: "+strings.Join(report.FormatNames(), ", "))
	fs.Func("o", "write findings to this `file`, in the format before it or the one that its name ends in; may be repeated", o.add)
}

func (o *outputs) setFormat(name string) error {
	f, err := report.FormatNamed(name)
	if err != nil {
		return err
	}
	if o.format != nil {
		return fmt.Errorf("-format=%s has no -o, and standard output takes one format", o.format.Name)
	}
	o.format = f
	return nil
}

func (o *outputs) add(file string) error {
	switch file {
	case "":
		return errors.New("no file")
	case "-":
		return errors.New("for standard output, say -format without -o")
	}
	f := o.format
	o.format = nil
	if f == nil {
		var err error
		if f, err = report.FormatOf(file); err != nil {
			return err
		}
	}
	o.files = append(o.files, output{f, file})
	return nil
}

// stdout returns the format of standard output.
func (o *outputs) stdout() *report.Format {
	if o.format != nil {
		return o.format
	}
	return report.Formats[0]
}

// print prints a report on standard output, and one to all files. A file that can't
// be written keeps no other from being written.
func (o *outputs) print(stdout io.Writer, shown, r *report.Report) error {
	errs := []error{o.stdout().Print(stdout, shown)}
	for _, out := range o.files {
		var buf bytes.Buffer
		err := out.format.Print(&buf, r)
		if err == nil {
			err = os.WriteFile(out.file, buf.Bytes(), 0o666)
		}
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}
