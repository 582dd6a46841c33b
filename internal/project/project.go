// Package project says where asynccheck is on the web.
package project

const (
	Home   = "https://github.com/asynccheck/asynccheck"
	Issues = Home + "/issues"
	Docs   = Home + "/blob/main/docs/" // the pages
)
