package main

import (
	"embed"
	"flag"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"text/template"
)

//go:embed completion
var completions embed.FS

// shells lists the shells that have a completion script.
func shells() []string {
	files, _ := completions.ReadDir("completion")
	var names []string
	for _, f := range files {
		names = append(names, strings.TrimPrefix(path.Ext(f.Name()), "."))
	}
	return names
}

// A completedFlag describes a flag for the completion scripts.
type completedFlag struct {
	Name, Usage string
	Value       bool     // it takes a value
	Words       []string // the possible values
	File, Dir   bool     // the value is a file, or a directory
}

// completion returns a function that prints the completion script of a shell.
func completion(shell string, cl *commandLine) (func(io.Writer) error, error) {
	if !slices.Contains(shells(), shell) {
		return nil, fmt.Errorf("no completion for %q; there is one for %s", shell, strings.Join(shells(), ", "))
	}
	var flags []completedFlag
	cl.VisitAll(func(f *flag.Flag) {
		if !cl.shown(f.Name) {
			return
		}
		value, usage := flag.UnquoteUsage(f)
		flags = append(flags, completedFlag{
			Name:  f.Name,
			Usage: usage,
			Value: !isBool(f),
			Words: wordsOf(f),
			File:  value == "file",
			Dir:   value == "directory",
		})
	})
	t, err := template.New("").Funcs(template.FuncMap{"join": strings.Join, "quote": quote}).ParseFS(completions, "completion/*")
	if err != nil {
		return nil, err
	}
	return func(w io.Writer) error { return t.ExecuteTemplate(w, "asynccheck."+shell, flags) }, nil
}

// quote replaces what can't be between the single quotes of zsh and fish, or the
// brackets of zsh.
func quote(s string) string {
	return strings.NewReplacer(`'`, `’`, `[`, `(`, `]`, `)`, `:`, ` -`).Replace(s)
}
