package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// A browser is a tab of a real browser, with the errors in it.
type browser struct {
	t   *testing.T
	ctx context.Context

	mu       sync.Mutex
	problems []string // errors, and requests of other files
}

// newBrowser starts a browser. Without one, the test is skipped.
func newBrowser(t *testing.T, page string) *browser {
	t.Helper()
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		t.Skip("no chromium in PATH: the page is not looked at")
	}
	opts := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]),
		chromedp.ExecPath(path),
		chromedp.NoSandbox, // root can't use the sandbox
		chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.UserDataDir(t.TempDir()),
		chromedp.WindowSize(1300, 1000),
	)
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewExecAllocator(ctx, opts...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)

	b := &browser{t: t, ctx: ctx}
	err := chromedp.Listen(ctx, func(event any) {
		problem := ""
		switch e := event.(type) {
		case *runtime.EventExceptionThrown:
			problem = e.ExceptionDetails.Text + " " + e.ExceptionDetails.Exception.Description
		case *runtime.EventConsoleAPICalled:
			problem = fmt.Sprintf("console.%s", e.Type)
		case *cdplog.EventEntryAdded:
			problem = e.Entry.Text
		case *network.EventRequestWillBeSent:
			if e.Request.URL != page && !strings.HasPrefix(e.Request.URL, "data:") {
				problem = "request of " + e.Request.URL
			}
		}
		if problem != "" {
			b.mu.Lock()
			defer b.mu.Unlock()
			b.problems = append(b.problems, problem)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	call(b, network.Enable, network.EnableParams{})
	return b
}

// do does what a reader does.
func (b *browser) do(actions ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, actions...); err != nil {
		b.t.Fatal(err)
	}
}

// call calls the browser in a way that no reader can.
func call[P, R any](b *browser, cmd cdp.Command[P, R], params P) {
	b.t.Helper()
	if _, err := chromedp.Call(b.ctx, cmd, params); err != nil {
		b.t.Fatal(err)
	}
}

// prefer sets the theme of the system.
func (b *browser) prefer(theme string) {
	b.t.Helper()
	call(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: theme}},
	})
}

// value evaluates an expression in the page.
func value[T any](b *browser, expression string) T {
	b.t.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		b.t.Fatalf("%s: %v", expression, err)
	}
	return v
}

// want checks the value of an expression in the page.
func want[T comparable](b *browser, what, expression string, want T) {
	b.t.Helper()
	if got := value[T](b, expression); got != want {
		b.t.Errorf("%s: %v, want %v", what, got, want)
	}
}

// screenshot keeps a picture of the page for a person to look at.
func (b *browser) screenshot(name string) {
	b.t.Helper()
	png, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(b.t.ArtifactDir(), name), png, 0o666); err != nil {
		b.t.Fatal(err)
	}
}

func click(selector string) chromedp.Action[chromedp.Void] {
	return chromedp.Click(chromedp.CSS(selector))
}

// visible counts the selected elements that a person sees.
func visible(selector string) string {
	return `[...document.querySelectorAll("` + selector + `")].filter(e => e.checkVisibility()).length`
}

// TestHTML looks at a page of findings in a browser.
func TestHTML(t *testing.T) {
	dir := corpus(t, "cross", "sms", "spec")
	file := filepath.Join(dir, "report.html")
	out := command(t, dir, []int{1}, filepath.Join(bin, "asynccheck"), "-o", file, "-json", "./...")
	var found []struct {
		Rule, Contract, Package, Message, Function, Fingerprint string
		Related                                                 []struct{ Message string }
	}
	if err := json.Unmarshal(out, &found); err != nil {
		t.Fatal(err)
	}
	byRule, byContract, byPackage := make(map[string]int), make(map[string]int), make(map[string]int)
	for _, f := range found {
		byRule[f.Rule]++
		if f.Contract != "" {
			byContract[f.Contract]++
		}
		byPackage[f.Package]++
	}
	page := (&url.URL{Scheme: "file", Path: filepath.ToSlash(file)}).String()
	b := newBrowser(t, page)

	b.prefer("light")
	b.do(chromedp.Navigate(page))
	want(b, "findings", visible(".finding"), len(found))
	want(b, "rules", visible("#rules input"), len(byRule))
	want(b, "contracts", visible("#contracts input"), len(byContract))
	want(b, "packages", visible("#packages input"), len(byPackage))

	// When all is unfolded, every step of every path has its dot on a line of source.
	steps := 0
	for _, f := range found {
		steps += len(f.Related)
	}
	b.do(click("#unfold"))
	if got := value[int](b, visible(".dot")); got < steps {
		t.Errorf("%d dots, want one for each of %d steps", got, steps)
	}
	want(b, "steps without a line", `[...document.querySelectorAll(".steps a")].filter(a => !document.getElementById(a.getAttribute("href").slice(1))).length`, 0)
	want(b, "identities used twice", `[...document.querySelectorAll("[id]")].filter(e => document.querySelectorAll("#" + CSS.escape(e.id)).length > 1).length`, 0)

	// The filter works by words, by rule, by contract, by package, and by all of them at once.
	shown := visible(".finding")
	b.do(chromedp.SendKeys(chromedp.CSS("#text"), found[0].Function+" "+strings.ToUpper(found[0].Rule)))
	if n := value[int](b, shown); n < 1 || n >= len(found) {
		t.Errorf("%d findings have the words of the first one, of %d", n, len(found))
	}
	b.do(chromedp.SendKeys(chromedp.CSS("#text"), " nosuchword"))
	want(b, "findings that have no such word", shown, 0)
	want(b, "word that nothing is found", visible("#nothing"), 1)
	b.do(click("#filter button"))
	want(b, "findings after the reset", shown, len(found))
	rule, pkg := found[0].Rule, found[0].Package
	b.do(click(`#rules input[value="` + rule + `"]`))
	want(b, "findings of "+rule, shown, byRule[rule])
	b.do(click(`#packages input[value="` + pkg + `"]`))
	both := 0
	for _, f := range found {
		if f.Rule == rule && f.Package == pkg {
			both++
		}
	}
	want(b, "findings of the rule in "+pkg, shown, both)
	want(b, "packages shown", visible("main .package"), 1)
	b.do(click(`#rules input[value="` + rule + `"]`))
	want(b, "findings in "+pkg, shown, byPackage[pkg])
	b.do(chromedp.KeyEvent(kb.Escape))
	want(b, "findings after Escape", shown, len(found))
	const contract = "tencent.sms"
	b.do(click(`#contracts input[value="` + contract + `"]`))
	want(b, "findings by "+contract, shown, byContract[contract])
	want(b, "findings by other contracts", visible(".finding:not([data-contract='"+contract+"'])"), 0)
	b.do(click(`#rules input[value="` + rule + `"]`))
	both = 0
	for _, f := range found {
		if f.Rule == rule && f.Contract == contract {
			both++
		}
	}
	want(b, "findings of the rule by "+contract, shown, both)
	b.do(chromedp.KeyEvent(kb.Escape))
	want(b, "findings after another Escape", shown, len(found))

	// The page can be used by keyboard alone.
	b.do(click("#fold"), chromedp.KeyEvent("j"))
	want(b, "focus after j", `document.activeElement.parentElement === document.querySelector(".finding")`, true)
	b.do(chromedp.KeyEvent(kb.Enter))
	want(b, "findings unfolded by Enter", `document.querySelectorAll(".finding[open]").length`, 1)
	b.do(chromedp.KeyEvent("j"), chromedp.KeyEvent("k"))
	// It is one event, so that a handler can prevent the key from being typed.
	call(b, input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeKeyDown, Key: "/", Code: "Slash", Text: "/"})
	want(b, "focus after /", `document.activeElement.id`, "text")
	b.do(chromedp.KeyEvent("jk"))
	want(b, "typed text", `document.activeElement.value`, "jk")
	b.do(chromedp.KeyEvent(kb.Escape))
	last := found[len(found)-1].Fingerprint
	b.do(
		chromedp.Evaluate[chromedp.Void](`location.hash = "`+last+`"`),
		chromedp.Poll[chromedp.Void](`document.getElementById("`+last+`").open`),
	)

	// Both themes work, as the system has it and as the reader chooses.
	background := `getComputedStyle(document.body).backgroundColor`
	light := value[string](b, background)
	b.do(
		chromedp.Evaluate[chromedp.Void](`location.hash = ""`),
		click("#unfold"),
		chromedp.Evaluate[chromedp.Void](`scrollTo(0, 0)`),
	)
	b.screenshot("light.png")
	b.prefer("dark")
	dark := value[string](b, background)
	if dark == light {
		t.Errorf("light and dark are both %s", light)
	}
	b.screenshot("dark.png")
	b.do(click("#theme"))
	want(b, "background by choice", background, light)
	b.do(chromedp.Reload())
	want(b, "background when seen again", background, light)
	b.do(click("#theme"))
	want(b, "background by another choice", background, dark)

	// A narrow window scrolls the source, not the page.
	b.do(chromedp.EmulateViewport(400, 800))
	if w := value[int](b, `document.documentElement.scrollWidth`); w > 400 {
		t.Errorf("the page is %d wide in a window of 400", w)
	}
	b.screenshot("narrow.png")

	// Without script everything can be read, and there are no dead controls.
	call(b, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	b.do(chromedp.EmulateViewport(1300, 1000), chromedp.Navigate(page))
	want(b, "findings without script", shown, len(found))
	want(b, "dead controls", visible("button, input"), 0)
	text := value[string](b, `document.body.textContent`)
	for _, f := range found {
		if !strings.Contains(text, f.Message) {
			t.Errorf("the page doesn't say: %s", f.Message)
		}
	}

	b.mu.Lock()
	defer b.mu.Unlock()
	for _, p := range b.problems {
		t.Error(p)
	}
}
