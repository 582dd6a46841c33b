package report

import (
	"bytes"
	"html/template"
	"net/url"
	"strings"
	"sync"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// A manual is the page of a rule or of a contract, as a part of the report.
type manual struct {
	ID   string // in the report
	Name string
	URL  string // of the page on the web
	Text template.HTML
}

// manuals reads and renders pages. It is made on demand: "go vet" runs the command for every package, and never needs it.
var manuals = sync.OnceValue(func() goldmark.Markdown {
	source := util.Prioritized(sourceRenderer{}, 1) // before the one for all other nodes
	return goldmark.New(
		goldmark.WithExtensions(extension.Table),
		goldmark.WithRendererOptions(renderer.WithNodeRenderers(source)),
	)
})

// newManual makes a part of the report from a page in Markdown, whose address is URL.
func newManual(id, name, address, page string) (*manual, error) {
	src := []byte(page)
	doc := manuals().Parser().Parse(text.NewReader(src))
	if title, ok := doc.FirstChild().(*ast.Heading); ok {
		doc.RemoveChild(doc, title) // the report has the name
	}
	base, err := url.Parse(address)
	if err != nil {
		return nil, err
	}
	err = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *ast.Heading:
			if entering {
				n.Level += 2 // below the report's own
			}
		case *ast.Link:
			if to, err := base.Parse(string(n.Destination)); err == nil {
				n.Destination = []byte(to.String())
			}
		}
		return ast.WalkContinue, nil
	})
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = manuals().Renderer().Render(&out, src, doc)
	return &manual{id, name, address, template.HTML(out.String())}, err
}

// A sourceRenderer gives source in Markdown the looks of all other source in the report.
type sourceRenderer struct{}

// RegisterFuncs is for goldmark.
func (sourceRenderer) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(ast.KindFencedCodeBlock, func(w util.BufWriter, src []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		block := n.(*ast.FencedCodeBlock)
		lines := strings.Split(strings.TrimSuffix(string(block.Lines().Value(src)), "\n"), "\n")
		w.WriteString(`<pre tabindex="0"><code>`)
		if string(block.Language(src)) == "go" {
			for _, p := range pieces(lines) {
				w.WriteString(string(written(p)) + "\n")
			}
		} else {
			template.HTMLEscape(w, []byte(strings.Join(lines, "\n")))
		}
		_, err := w.WriteString("</code></pre>\n")
		return ast.WalkSkipChildren, err
	})
}
