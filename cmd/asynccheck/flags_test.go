package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
)

// Every shown flag is in -help, in the completion scripts, and in the table of docs/usage.md. Hidden flags are in none of
// them.
func TestFlags(t *testing.T) {
	page, err := os.ReadFile("../../docs/usage.md")
	if err != nil {
		t.Fatal(err)
	}
	var table strings.Builder
	for _, row := range regexp.MustCompile("(?m)^\\| (`-.*?) \\|").FindAllStringSubmatch(string(page), -1) {
		table.WriteString(row[1] + "\n")
	}
	cl := new(options).commandLine()
	var help, fish bytes.Buffer
	if err := usage(&help, cl); err != nil {
		t.Fatal(err)
	}
	script, err := completion("fish", cl)
	if err != nil {
		t.Fatal(err)
	}
	if err := script(&fish); err != nil {
		t.Fatal(err)
	}
	cl.VisitAll(func(f *flag.Flag) {
		for where, found := range map[string]bool{
			"docs/usage.md": regexp.MustCompile("[` ]-" + f.Name + "[`= ]").MatchString(table.String()),
			"-help":         strings.Contains(help.String(), "\n  -"+f.Name+" ") || strings.Contains(help.String(), "\n  -"+f.Name+"\n"),
			"completion":    strings.Contains(fish.String(), "-c asynccheck -o "+f.Name+" "),
		} {
			if found != cl.shown(f.Name) {
				t.Errorf("-%s is in %s: %t, want %t", f.Name, where, found, cl.shown(f.Name))
			}
		}
	})
	if strings.Contains(help.String(), "(default -1)") {
		t.Error("-help shows a default that nobody understands")
	}
}

// -flags lists only the flags that the go command may pass on.
func TestVetFlags(t *testing.T) {
	cl := newCommandLine()
	new(options).vetFlags(cl)
	var names []string
	cl.VisitAll(func(f *flag.Flag) { names = append(names, f.Name) })
	if got, want := strings.Join(names, " "), "debug generated json nofilter rules strict"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// The line is behind the last colon, and the package is the file's.
func TestWhy(t *testing.T) {
	for value, want := range map[string]string{
		"a.go:1":           "a.go 1 ./.",
		"x/a.go:30":        "x/a.go 30 ./x",
		"x/a:b/a.go:30":    "x/a:b/a.go 30 ./x/a:b",
		"/src/x/a.go:30":   "/src/x/a.go 30 /src/x",
		"/src/a:b/a.go:30": "/src/a:b/a.go 30 /src/a:b",
		"a.go":             "", "a.go:": "", "a.go:0": "", ":3": "", "3": "",
	} {
		var o options
		got := ""
		if err := o.setWhy(value); err == nil {
			got = fmt.Sprint(o.why.file, " ", o.why.line, " ", o.defaultPackage())
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", value, got, want)
		}
	}
}
