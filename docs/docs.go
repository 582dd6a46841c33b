// Package docs holds the rules' pages, so that the command can print them.
package docs

import "embed"

//go:embed rules/*.md
var pages embed.FS

// Rule returns the page, in Markdown, that documents the named rule, and
// whether there is one.
func Rule(name string) (page string, ok bool) {
	data, err := pages.ReadFile("rules/" + name + ".md")
	return string(data), err == nil
}
