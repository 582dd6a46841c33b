package e2e

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

const (
	manyPackages = 12
	manyEach     = 1000 // findings in a package
)

// writeMany writes a module of packages, each with many findings. In each package one function has the word special.
func writeMany(t *testing.T, packages, each int) (dir string) {
	dir = t.TempDir()
	files := map[string]string{"go.mod": "module example.com/many\n\ngo 1.26.0\n"}
	for p := range packages {
		var src strings.Builder
		fmt.Fprintf(&src, `package p%d

import (
	"encoding/json"
	"fmt"
)

type answer struct {
	Code      int    %[2]sjson:"code"%[2]s
	Message   string %[2]sjson:"message"%[2]s
	RequestID string %[2]sjson:"requestId"%[2]s
}
`, p, "`")
		for i := range each {
			text := "delete"
			if i == each/2 {
				text = "special"
			}
			fmt.Fprintf(&src, `
// Delete%d forgets that codes may be negative.
func Delete%[1]d(b []byte) error {
	var r answer
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code > 0 {
		return fmt.Errorf("%s: %%s", r.Message)
	}
	return nil
}
`, i, text)
		}
		files[fmt.Sprintf("p%d/p.go", p)] = src.String()
	}
	for name, text := range files {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// clock notes for each key how long it took until the filtered list was drawn.
const clock = `
	window.times = [];
	let pressed = 0;
	document.getElementById("text").addEventListener("input", () => { pressed = pressed || performance.now(); }, {capture: true});
	new MutationObserver(() => {
		const since = pressed;
		pressed = 0;
		if (since) requestAnimationFrame(() => setTimeout(() => times.push(Math.round(performance.now() - since))));
	}).observe(document.getElementById("shown"), {childList: true});
`

// TestHTMLOfManyFindings filters a page of 12,000 findings. How long that takes is printed, not judged.
func TestHTMLOfManyFindings(t *testing.T) {
	const all = manyPackages * manyEach
	dir := writeMany(t, manyPackages, manyEach)
	file := filepath.Join(dir, "report.html")
	command(t, dir, []int{1}, filepath.Join(bin, "asynccheck"), "-o", file, "-format=github", "./...")
	page := (&url.URL{Scheme: "file", Path: filepath.ToSlash(file)}).String()
	b := newBrowser(t, page)
	b.do(chromedp.Navigate(page))
	t.Logf("loaded after %d ms", value[int](b, `Math.round(performance.getEntriesByType("navigation")[0].duration)`))

	shown := visible(".finding")
	drawn := func(n int) chromedp.Action[chromedp.Void] {
		return chromedp.Poll[chromedp.Void](fmt.Sprintf(`document.getElementById("shown").textContent === "%d of %d shown"`, n, all))
	}
	times := func(what string) {
		t.Helper()
		t.Logf("%s: %v ms", what, value[[]int](b, `times.splice(0)`))
	}
	want(b, "findings", shown, all)
	b.do(chromedp.Evaluate[chromedp.Void](clock))
	for _, key := range "special" {
		b.do(chromedp.SendKeys(chromedp.CSS("#text"), string(key)))
		b.do(chromedp.Poll[chromedp.Void](`times.length > 0`))
		times("filtered after " + string(key))
	}
	b.do(drawn(manyPackages))
	want(b, "findings beside the word special", shown, manyPackages)
	for range "special" {
		b.do(chromedp.KeyEvent(kb.Backspace))
		b.do(chromedp.Poll[chromedp.Void](`times.length > 0`))
		times("filtered after Backspace")
	}
	want(b, "findings without a filter", shown, all)

	// The filter reads the words of the source as people see them, also where nobody has unfolded anything.
	search := func(text string, n int) {
		t.Helper()
		b.do(click("#filter button"), chromedp.SendKeys(chromedp.CSS("#text"), text), drawn(n))
	}
	search(`errorf("special`, manyPackages)
	search(`errorf(&#34;special`, 0)
	search("span", 0)
	search("special", manyPackages)

	// What somebody unfolds is complete, and what nobody can see is not.
	const open = ".finding:not([hidden]) "
	const excerpts = `document.querySelectorAll(".finding [aria-label^='Source'] table").length`
	want(b, "elements of source before anybody unfolds something", excerpts, 0)
	b.do(chromedp.KeyEvent(kb.Tab), click(open+"summary"), chromedp.Poll[chromedp.Void](excerpts+" === 1"))
	b.do(click("#filter button"), click("#unfold"), chromedp.Poll[chromedp.Void](excerpts+" > 1"))
	if n := value[int](b, excerpts); n > all/10 {
		t.Errorf("%d findings are complete, but most are out of sight", n)
	}

	// A link to a step leads there.
	last := value[string](b, `[...document.querySelectorAll(".finding")].at(-1).id`) + "-1"
	b.do(
		chromedp.Evaluate[chromedp.Void](`location.hash = "`+last+`"`),
		chromedp.Poll[chromedp.Void](`document.getElementById("`+last+`")?.checkVisibility()`),
	)
	for _, p := range b.problems {
		t.Error(p)
	}
}
