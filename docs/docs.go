// Package docs holds the pages of the rules and of the contracts, so that the command can print them.
package docs

import "embed"

//go:embed rules/*.md contracts/*.md
var pages embed.FS

// Rule returns the page, in Markdown, that documents the named rule, and
// whether there is one.
func Rule(name string) (page string, ok bool) { return read("rules", name) }

// Contract returns the page, in Markdown, that documents the contract with the ID, and whether there is one.
func Contract(id string) (page string, ok bool) { return read("contracts", id) }

func read(dir, name string) (page string, ok bool) {
	data, err := pages.ReadFile(dir + "/" + name + ".md")
	return string(data), err == nil
}
