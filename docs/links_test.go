package docs_test

import (
	"cmp"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// ours is the address of a page of this repository, by its path, or by the README's heading.
var ours = regexp.MustCompile(`https://github\.com/asynccheck/asynccheck(?:/blob/main/([\w./-]+\.md))?(?:#([\w-]+))?`)

// Each link from a page to a file, or to a heading of a page, leads somewhere. So does each address of a page of this
// repository, also in code.
func TestLinks(t *testing.T) {
	link := regexp.MustCompile(`\]\(([^)\s]+)\)`)
	code := regexp.MustCompile("(?ms)^```.*?^```$|`[^`\n]*`")
	links := 0
	err := filepath.WalkDir("..", func(page string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() && (entry.Name() == "testdata" || entry.Name() == ".git") {
			return filepath.SkipDir
		}
		if filepath.Ext(page) != ".md" {
			return nil
		}
		text, err := os.ReadFile(page)
		if err != nil {
			return err
		}
		for _, m := range ours.FindAllSubmatch(text, -1) {
			if file := filepath.Join("..", cmp.Or(string(m[1]), "README.md")); !leads(t, file, string(m[2])) {
				t.Errorf("%s: %s leads nowhere", page, m[0])
			}
		}
		for _, m := range link.FindAllSubmatch(code.ReplaceAll(text, nil), -1) {
			target, heading, _ := strings.Cut(string(m[1]), "#")
			if strings.Contains(target, ":") {
				continue // on the web
			}
			links++
			file := page
			if target != "" {
				file = filepath.Join(filepath.Dir(page), filepath.FromSlash(target))
			}
			if !leads(t, file, heading) {
				t.Errorf("%s: there is no %s, or it has no heading %q", page, file, heading)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if links < 100 {
		t.Errorf("%d links: the test does not see them", links)
	}
}

// leads reports whether there is a file with a heading, or any if that is "".
func leads(t *testing.T, file, heading string) bool {
	t.Helper()
	_, err := os.Stat(file)
	return err == nil && (heading == "" || hasHeading(t, file, heading))
}

// hasHeading reports whether a page has the heading of an anchor, as GitHub and others make it.
func hasHeading(t *testing.T, page, anchor string) bool {
	t.Helper()
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`(?m)^#+ (.*)$`).FindAllStringSubmatch(string(text), -1) {
		words := regexp.MustCompile(`[^\w\- ]`).ReplaceAllString(strings.ToLower(m[1]), "")
		if strings.ReplaceAll(words, " ", "-") == anchor {
			return true
		}
	}
	return false
}
