package e2e

import (
	"bytes"
	"flag"
	"image/png"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

var update = flag.Bool("update", false, "take new pictures for README.md")

const (
	pictureWidth  = 1200
	pictureHeight = 900
	pictureLimit  = 220_000 // bytes
)

// picture is the name of the picture of the page in a theme.
func picture(theme string) string { return filepath.Join("..", "docs", "report-"+theme+".png") }

// TestPicture checks the pictures of the page that README.md shows. With -update it takes them: a page about the first
// example, in both themes.
func TestPicture(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		takePictures(t)
	}
	for _, theme := range []string{"light", "dark"} {
		data, err := os.ReadFile(picture(theme))
		if err != nil {
			t.Fatal(err)
		}
		if len(data) > pictureLimit {
			t.Errorf("%s has %d bytes, more than %d", picture(theme), len(data), pictureLimit)
		}
		config, err := png.DecodeConfig(bytes.NewReader(data))
		if err != nil || config.Width != pictureWidth || config.Height != pictureHeight {
			t.Errorf("%s is %d wide and %d high (%v), want %d and %d", picture(theme), config.Width, config.Height, err, pictureWidth, pictureHeight)
		}
		if name := "docs/report-" + theme + ".png"; !strings.Contains(string(readme), name) {
			t.Errorf("README.md doesn't show %s", name)
		}
	}
}

func takePictures(t *testing.T) {
	file := filepath.Join(t.TempDir(), "report.html")
	t.Setenv("SOURCE_DATE_EPOCH", "1764547200")
	t.Setenv("ASYNCCHECK_LINK", "vscode")
	t.Setenv("GIT_DIR", os.DevNull) // the commit would be another one each time
	command(t, "..", []int{1}, filepath.Join(bin, "asynccheck"), "-o", file, "./examples/ops/...")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	shown := strings.ReplaceAll(string(text), file, "report.html") // what people write
	if err := os.WriteFile(file, []byte(shown), 0o666); err != nil {
		t.Fatal(err)
	}
	page := (&url.URL{Scheme: "file", Path: filepath.ToSlash(file)}).String()
	b := newBrowser(t, page)
	for _, theme := range []string{"light", "dark"} {
		b.prefer(theme)
		b.do(chromedp.EmulateViewport(pictureWidth, pictureHeight), chromedp.Navigate(page))
		data, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
		if err != nil {
			t.Fatal(err)
		}
		image, err := png.Decode(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		var small bytes.Buffer
		if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&small, image); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(picture(theme), small.Bytes(), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}
