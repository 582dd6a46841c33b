package e2e

import (
	"encoding/json"
	"html"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestPageShowsFixes compares the page with what -fix does. In a file with one fix, both change the same lines.
func TestPageShowsFixes(t *testing.T) {
	dir := corpus(t, "cross", "sms", "spec", "fixes", "fixes.example", "signals", "resultnonzero")
	out := command(t, dir, []int{1}, filepath.Join(bin, "asynccheck"), "-o", "report.html", "-json", "./...")
	var found []struct {
		Fingerprint string
		Position    struct{ File string }
		Fixes       []struct{}
	}
	if err := json.Unmarshal(out, &found); err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile(filepath.Join(dir, "report.html"))
	if err != nil {
		t.Fatal(err)
	}
	files := make(map[string][]string) // the fingerprints of what is fixed in them
	for _, f := range found {
		if len(f.Fixes) > 0 {
			name, err := filepath.Rel(dir, f.Position.File)
			if err != nil {
				t.Fatal(err)
			}
			files[name] = append(files[name], f.Fingerprint)
		}
	}
	made := fixedLines(string(command(t, dir, []int{1}, filepath.Join(bin, "asynccheck"), "-fix", "-diff", "./...")))
	compared := 0
	for file, fingerprints := range files {
		if len(fingerprints) > 1 {
			continue
		}
		compared++
		if got, want := shownLines(string(page), fingerprints[0]), made[filepath.ToSlash(file)]; !maps.Equal(netted(got), netted(want)) {
			t.Errorf("%s: the page shows\n%s\nand -fix makes\n%s", file, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
	t.Logf("%d files with one fix, of %d", compared, len(files))
	if compared == 0 {
		t.Error("no file has exactly one fix")
	}
}

// netted counts how often each line is added, less how often it is removed. A diff of a part of a file may say in other lines
// than one of the file that the same has changed.
func netted(lines []string) map[string]int {
	count := make(map[string]int)
	for _, line := range lines {
		if count[line[1:]] += map[byte]int{'+': 1, '-': -1}[line[0]]; count[line[1:]] == 0 {
			delete(count, line[1:])
		}
	}
	return count
}

// fixedLines returns the changed lines of each file of a diff, each with its sign.
func fixedLines(diff string) map[string][]string {
	lines := make(map[string][]string)
	file := ""
	for line := range strings.Lines(diff) {
		line = strings.TrimRight(line, "\r\n")
		if name, ok := strings.CutPrefix(line, "+++ "); ok {
			file = filepath.ToSlash(name)
		} else if strings.HasPrefix(line, "+") || strings.HasPrefix(line, "-") && !strings.HasPrefix(line, "--- ") {
			lines[file] = append(lines[file], line)
		}
	}
	return lines
}

var (
	changedRow = regexp.MustCompile(`<tr class="(added|removed)">.*?<td class="text">(.*)</td></tr>`)
	tag        = regexp.MustCompile(`<[^>]*>`)
)

// shownLines returns the changed lines of the first fix of a finding, in the same form.
func shownLines(page, fingerprint string) (lines []string) {
	_, finding, _ := strings.Cut(page, `id="`+fingerprint+`"`)
	_, fix, _ := strings.Cut(finding, `<div class="fix">`)
	fix, _, _ = strings.Cut(fix, "</div>\n\t\t\t</figure>\n\t\t\t</div>")
	for _, m := range changedRow.FindAllStringSubmatch(fix, -1) {
		sign := map[string]string{"added": "+", "removed": "-"}[m[1]]
		lines = append(lines, sign+html.UnescapeString(tag.ReplaceAllString(m[2], "")))
	}
	return lines
}
