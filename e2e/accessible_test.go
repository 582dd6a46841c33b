package e2e

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

const axeVersion = "4.14.1"

// axe returns the script of axe-core, which npm downloads. Where it can't be had, the test is skipped.
func axe(t *testing.T) string {
	t.Helper()
	npm, err := exec.LookPath("npm")
	if err != nil {
		t.Skip("no npm in PATH: the page's accessibility is not checked")
	}
	dir := t.TempDir()
	cmd := exec.Command(npm, "pack", "--silent", "--prefer-offline", "axe-core@"+axeVersion)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Skipf("npm has no axe-core %s, so the page's accessibility is not checked: %v\n%s", axeVersion, err, out)
	}
	text, err := unpacked(filepath.Join(dir, "axe-core-"+axeVersion+".tgz"), "package/axe.min.js")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// unpacked returns a file of an archive.
func unpacked(archive, name string) ([]byte, error) {
	packed, err := os.ReadFile(archive)
	if err != nil {
		return nil, err
	}
	zipped, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	for files := tar.NewReader(zipped); ; {
		file, err := files.Next()
		if err != nil {
			return nil, errors.Join(fmt.Errorf("%s has no %s", archive, name), err)
		}
		if file.Name == name {
			return io.ReadAll(files)
		}
	}
}

// violations runs axe in the page, and returns what it says. Each line names a rule, and the first elements that break
// it.
const violations = `axe.run(document, {preload: false, resultTypes: ["violations"]}).then(r => {
	return r.violations.map(v => v.id + ": " + v.help + ": " + v.nodes.slice(0, 3).map(n => n.target.join(" ") + " " + (n.any[0]?.message ?? "")).join("; ")).join("\n");
})`

// A pageCase is a page to look at.
type pageCase struct {
	name     string
	findings int
	page     string // its address
}

// pageCases makes a page of some findings, one of many, whose details are text until somebody unfolds them, and one
// without findings.
func pageCases(t *testing.T) []pageCase {
	t.Helper()
	t.Setenv("SOURCE_DATE_EPOCH", "1700000000")
	t.Setenv("ASYNCCHECK_LINK", "vscode")
	page := func(dir string, status int, args ...string) string {
		file := filepath.Join(dir, "report.html")
		command(t, dir, []int{status}, filepath.Join(bin, "asynccheck"), append([]string{"-o", file, "-format=github"}, args...)...)
		return (&url.URL{Scheme: "file", Path: filepath.ToSlash(file)}).String()
	}
	ops, err := filepath.Abs("../examples/ops")
	if err != nil {
		t.Fatal(err)
	}
	some := t.TempDir()
	const many = 1002
	return []pageCase{
		{"some", 6, page(some, 1, "-C="+ops, "./...")},
		{"many", many, page(writeMany(t, 2, many/2), 1, "./...")},
		{"none", 0, page(t.TempDir(), 0, "-C="+ops, "-rules=directive", "./...")},
	}
}

// TestAccessible has axe-core look at the page, in both themes, in a wide window and in a narrow one, folded and
// unfolded.
func TestAccessible(t *testing.T) {
	script := axe(t)
	for _, c := range pageCases(t) {
		t.Run(c.name, func(t *testing.T) {
			b := newBrowser(t, c.page)
			b.do(chromedp.Navigate(c.page), chromedp.Evaluate[chromedp.Void](script+"; undefined"))
			want(b, "findings", `document.querySelectorAll(".finding").length`, c.findings)
			for _, theme := range []string{"light", "dark"} {
				b.prefer(theme)
				for _, width := range []int64{1300, 400} {
					b.do(chromedp.EmulateViewport(width, 800))
					for _, open := range []bool{false, true} {
						if !open && c.name == "many" {
							continue // it takes long, and looks like some
						}
						b.do(chromedp.Evaluate[chromedp.Void](unfold(open)))
						said, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](violations, chromedp.EvalAwaitPromise))
						if err != nil {
							t.Fatal(err)
						}
						if said != "" {
							t.Errorf("%s, %d wide, unfolded: %t:\n%s", theme, width, open, said)
						}
						b.screenshot(fmt.Sprintf("%s-%s-%d-%t.png", c.name, theme, width, open))
					}
				}
			}
			for _, p := range b.problems {
				t.Error(p)
			}
		})
	}
}

// unfold unfolds or folds the first things of each kind that can be.
func unfold(open bool) string {
	return fmt.Sprintf(`for (const kind of [".finding", ".manual", ".run", ".checked details", "#side"])
		for (const e of [...document.querySelectorAll(kind)].slice(0, 10)) e.open = %t || kind === "#side" && innerWidth > 960;`, open)
}

// focusable selects what a keyboard must reach.
const focusable = `a[href], button, input, summary, [tabindex="0"]`

// TestKeyboard goes through the page with the Tab key: it must reach everything that can be used, in the order of the
// page, and show where it is.
func TestKeyboard(t *testing.T) {
	for _, c := range pageCases(t) {
		if c.name == "many" {
			continue // they are the same elements
		}
		t.Run(c.name, func(t *testing.T) {
			b := newBrowser(t, c.page)
			for _, width := range []int64{1300, 400} {
				b.do(chromedp.EmulateViewport(width, 800), chromedp.Navigate(c.page))
				b.do(chromedp.Evaluate[chromedp.Void](unfold(true)))
				all := value[[]string](b, `(() => {
					window.all = [...document.querySelectorAll('`+focusable+`')].filter(e => e.checkVisibility({visibilityProperty: true}));
					return all.map(e => e.outerHTML.slice(0, 80));
				})()`)
				if len(all) < 3 {
					t.Fatalf("only %q can be used", all)
				}
				for i, element := range all {
					b.do(chromedp.KeyEvent(kb.Tab))
					if at := value[int](b, `all.indexOf(document.activeElement)`); at != i {
						t.Fatalf("%d wide: Tab went to element %d %s, want %d: %s", width, at, value[string](b, `document.activeElement.outerHTML.slice(0, 80)`), i, element)
					}
					want(b, "outline of "+element, `(() => { const s = getComputedStyle(document.activeElement); return s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2; })()`, true)
					want(b, "place of "+element, `(() => { const r = document.activeElement.getBoundingClientRect(); return r.width > 0 && r.bottom > 0 && r.top < innerHeight && r.right > 0 && r.left < innerWidth; })()`, true)
				}
			}
		})
	}
}

// TestFilterByKeyboard chooses a contract with the space bar.
func TestFilterByKeyboard(t *testing.T) {
	dir := corpus(t, "cross", "sms", "spec")
	file := filepath.Join(dir, "report.html")
	command(t, dir, []int{1}, filepath.Join(bin, "asynccheck"), "-o", file, "-json", "./...")
	page := (&url.URL{Scheme: "file", Path: filepath.ToSlash(file)}).String()
	b := newBrowser(t, page)
	b.do(chromedp.Navigate(page), chromedp.Focus(chromedp.CSS(`#contracts input[value="tencent.sms"]`)), chromedp.KeyEvent(" "))
	shown := value[int](b, visible(".finding"))
	want(b, "findings by the contract", visible(`.finding[data-contract='tencent.sms']`), shown)
	want(b, "findings without a filter", fmt.Sprintf(`document.querySelectorAll(".finding").length > %d && %[1]d > 0`, shown), true)
	keys := value[string](b, `document.querySelector(".keys").innerText`)
	for _, key := range []string{"/", "j", "k", "Enter", "Tab", "Space", "Esc"} {
		if !strings.Contains(keys, key) {
			t.Errorf("the page doesn't explain %s", key)
		}
	}
}

// TestFold looks at a narrow window: a reader sees the head of the first finding at once.
func TestFold(t *testing.T) {
	for _, c := range pageCases(t) {
		if c.findings == 0 {
			continue
		}
		t.Run(c.name, func(t *testing.T) {
			b := newBrowser(t, c.page)
			b.do(chromedp.EmulateViewport(400, 800), chromedp.Navigate(c.page))
			bottom := value[float64](b, `document.querySelector(".finding summary").getBoundingClientRect().bottom`)
			if bottom <= 0 || bottom > 800 {
				t.Errorf("the head of the first finding ends at %v", bottom)
			}
			want(b, "filter", visible("#filter"), 0)
			b.do(click("#side > summary"))
			want(b, "unfolded filter", visible("#filter"), 1)
			b.do(chromedp.EmulateViewport(1300, 800))
			want(b, "filter of a wide window", visible("#filter"), 1)
		})
	}
}
