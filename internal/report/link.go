package report

import (
	"errors"
	"fmt"
	"html/template"
	"net/url"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/asynccheck/asynccheck/internal/checkout"
)

// A Link leads to positions, in an editor or on the web. The zero value leads nowhere.
type Link struct {
	Text     string // what it does
	template string // a URL with {file}, {path}, {commit}, {line} and {column}
	checkout *checkout.Checkout
}

// Words that [ParseLink] knows.
const (
	linkForge  = "forge"
	linkVSCode = "vscode"
	linkOff    = "off"
)

// LinkWords are the words that stand for a link.
func LinkWords() []string { return []string{linkForge, linkVSCode, linkOff} }

// placeholders are what a link's template may have, and examples of them.
var placeholders = []string{"{file}", "/a/b.go", "{path}", "b.go", "{commit}", "c0ffee", "{line}", "1", "{column}", "1"}

// runs are schemes whose URLs are not places, but text or programs.
var runs = []string{"javascript", "vbscript", "data", "blob", "filesystem", "about", "view-source"}

// ParseLink returns the link that a word stands for, or that a template gives. The word forge, and no word, stand for
// the forge that has the commit of the checkout. It is nil if there is no checkout.
func ParseLink(value string, at *checkout.Checkout) (Link, error) {
	switch value {
	case linkOff:
		return Link{}, nil
	case linkVSCode:
		return Link{Text: "open in VS Code", template: "vscode://file{file}:{line}:{column}"}, nil
	case linkForge, "":
		if at != nil {
			if f := at.Forge(); f.URL != "" {
				return Link{"open on " + f.Name, f.URL, at}, nil
			}
		}
		return Link{}, nil
	}
	if err := checkTemplate(value); err != nil {
		return Link{}, fmt.Errorf("%w: write %s, or a URL with {file} and {line}", err, strings.Join(LinkWords(), ", "))
	}
	return Link{"open", value, at}, nil
}

// checkTemplate returns what is wrong with the template of a link.
func checkTemplate(text string) error {
	scheme, rest, ok := strings.Cut(strings.ToLower(text), "://")
	if !ok || rest == "" || strings.Trim(scheme, "abcdefghijklmnopqrstuvwxyz0123456789+-.") != "" {
		return errors.New("neither a word nor a URL")
	}
	if slices.Contains(runs, scheme) {
		return fmt.Errorf("%s is not a place", scheme)
	}
	example := strings.NewReplacer(placeholders...).Replace(text)
	_, err := url.Parse(example)
	switch {
	case err != nil:
		return err
	case strings.ContainsAny(example, "{}"):
		return errors.New("only {file}, {path}, {commit}, {line} and {column} are replaced")
	case !strings.Contains(text, "{file}") && !strings.Contains(text, "{path}"):
		return errors.New("no file")
	}
	return nil
}

// To returns the address of a position, "" if there is none.
func (l Link) To(p Position) template.URL {
	if l.template == "" || !filepath.IsAbs(p.File) {
		return ""
	}
	path, commit := "", ""
	if strings.Contains(l.template, "{path}") || strings.Contains(l.template, "{commit}") {
		if l.checkout == nil {
			return ""
		}
		if path, commit = l.checkout.Path(p.File), l.checkout.Commit; path == "" {
			return ""
		}
	}
	file := filepath.ToSlash(p.File)
	if !strings.HasPrefix(file, "/") { // C:/a.go
		file = "/" + file
	}
	return template.URL(strings.NewReplacer(
		"{file}", escapePath(file),
		"{path}", escapePath(path),
		"{commit}", commit,
		"{line}", strconv.Itoa(max(p.Line, 1)),
		"{column}", strconv.Itoa(max(p.Column, 1)),
	).Replace(l.template))
}

// escapePath escapes all that has a meaning in a URL, also behind a question mark, but not slashes and colons.
func escapePath(path string) string {
	return strings.NewReplacer("+", "%20", "%2F", "/", "%3A", ":").Replace(url.QueryEscape(path))
}
