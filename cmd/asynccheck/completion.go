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

	"github.com/asynccheck/asynccheck/analyzer"
	"github.com/asynccheck/asynccheck/internal/report"
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

// A completedFlag is a flag as completion scripts need it.
type completedFlag struct {
	Name, Usage string
	Value       bool     // it takes a value
	Words       []string // that the value may be
	File, Dir   bool     // that it is
}

// completion returns what prints the completion script of a shell.
func completion(shell string, fs *flag.FlagSet) (func(io.Writer) error, error) {
	if !slices.Contains(shells(), shell) {
		return nil, fmt.Errorf("no completion for %q; there is one for %s", shell, strings.Join(shells(), ", "))
	}
	var rules []string
	for _, r := range analyzer.Rules() {
		rules = append(rules, r.Name)
	}
	words := map[string][]string{
		"completion": shells(),
		"explain":    rules,
		"fail":       {"any", "none"},
		"format":     report.FormatNames(),
		"rules":      rules,
	}
	var flags []completedFlag
	fs.VisitAll(func(f *flag.Flag) {
		_, usage := flag.UnquoteUsage(f)
		b, ok := f.Value.(interface{ IsBoolFlag() bool })
		flags = append(flags, completedFlag{
			Name:  f.Name,
			Usage: usage,
			Value: !ok || !b.IsBoolFlag(),
			Words: words[f.Name],
			File:  slices.Contains([]string{"o", "baseline", "write-baseline", "config"}, f.Name),
			Dir:   f.Name == "C",
		})
	})
	t, err := template.New("").Funcs(template.FuncMap{"join": strings.Join, "quote": quote}).ParseFS(completions, "completion/*")
	if err != nil {
		return nil, err
	}
	return func(w io.Writer) error { return t.ExecuteTemplate(w, "asynccheck."+shell, flags) }, nil
}

// quote makes a text fit between the single quotes of zsh and fish, and the
// brackets of zsh.
func quote(s string) string {
	return strings.NewReplacer(`'`, ``, `[`, `(`, `]`, `)`, `:`, ` -`).Replace(s)
}
