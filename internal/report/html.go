package report

import (
	"bufio"
	"cmp"
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"
	"sync"

	"github.com/asynccheck/asynccheck/analyzer"
	"github.com/asynccheck/asynccheck/internal/contract/catalog"
	"github.com/asynccheck/asynccheck/internal/project"
)

var (
	//go:embed html/page.html
	pageHTML string
	//go:embed html/style.css
	pageCSS string
	//go:embed html/script.js
	pageJS string
)

// pageTemplate is parsed on demand: "go vet" runs the command for every package, and never needs it.
var pageTemplate = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("page").Parse(pageHTML))
})

const (
	maxUnfolded = 20   // findings up to which all are shown unfolded
	maxReady    = 1000 // findings up to which a browser makes elements of all, whether they are unfolded or not
)

// A page is what the template gets.
type page struct {
	Version   string
	Errors    []string
	Count     int // of findings
	Known     int // and of those that are suppressed
	Analyzed  int
	Unfolded  bool
	Deferred  bool        // a finding's details become elements only when somebody unfolds them
	Rules     []*pageRule // with findings
	Contracts []*pageContract
	Packages  []*pagePackage
	Style     template.CSS
	Script    template.JS
}

type pageRule struct {
	Name, Summary, URL string
	Count              int
}

type pageContract struct {
	ID, Name, URL string // the name and the URL are "" for a contract of the user's
	Count         int
}

// Segments returns the parts of the ID, after which a line may break.
func (c *pageContract) Segments() []string { return strings.SplitAfter(c.ID, ".") }

type pagePackage struct {
	Path     string
	Findings []pageFinding
}

// Segments returns the parts of the path, after which a line may break.
func (p *pagePackage) Segments() []string { return strings.SplitAfter(p.Path, "/") }

// A pageFinding is a finding in the page. What the page shows of it is made when it is printed, and not kept.
type pageFinding struct {
	Finding
	report *Report
	src    sources
}

// A pageStep is a step of the path that leads to a finding.
type pageStep struct {
	Number  int
	Message string
	Where   string
	Anchor  string // of its line
}

// html prints a page for a browser. It needs no other file and no network.
func html(w io.Writer, r *Report) error {
	open := r.Unsuppressed()
	p := page{
		Version:  r.Version,
		Errors:   r.Errors,
		Count:    len(open),
		Known:    len(r.Findings) - len(open),
		Analyzed: r.Packages,
		Unfolded: len(open) <= maxUnfolded,
		Deferred: len(open) > maxReady,
		Style:    template.CSS(pageCSS),
		Script:   template.JS(pageJS),
	}
	rules := make(map[string]*pageRule)
	for _, rule := range analyzer.Rules() {
		rules[rule.Name] = &pageRule{Name: rule.Name, Summary: rule.Summary, URL: analyzer.URL(rule.Name)}
	}
	contracts := make(map[string]*pageContract)
	for _, c := range catalog.Contracts() {
		contracts[c.ID] = &pageContract{ID: c.ID, Name: c.Name, URL: project.Docs + "contracts/" + c.ID + ".md"}
	}
	packages := make(map[string]*pagePackage)
	src := newSources(r.Analyzed)
	for _, f := range open {
		if rules[f.Rule] == nil {
			rules[f.Rule] = &pageRule{Name: f.Rule, URL: f.URL}
		}
		if rules[f.Rule].Count++; rules[f.Rule].Count == 1 {
			p.Rules = append(p.Rules, rules[f.Rule])
		}
		if f.Contract != "" {
			if contracts[f.Contract] == nil {
				contracts[f.Contract] = &pageContract{ID: f.Contract}
			}
			if contracts[f.Contract].Count++; contracts[f.Contract].Count == 1 {
				p.Contracts = append(p.Contracts, contracts[f.Contract])
			}
		}
		pkg := packages[f.Package]
		if pkg == nil {
			pkg = &pagePackage{Path: f.Package}
			packages[f.Package] = pkg
			p.Packages = append(p.Packages, pkg)
		}
		pkg.Findings = append(pkg.Findings, pageFinding{f, r, src})
	}
	slices.SortFunc(p.Rules, func(a, b *pageRule) int { return cmp.Compare(a.Name, b.Name) })
	slices.SortFunc(p.Contracts, func(a, b *pageContract) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortFunc(p.Packages, func(a, b *pagePackage) int { return cmp.Compare(a.Path, b.Path) })
	out := bufio.NewWriter(w) // the template writes piece by piece
	if err := pageTemplate().Execute(out, p); err != nil {
		return err
	}
	return out.Flush()
}

// Where returns the finding's position, as seen from where the run took place.
func (f pageFinding) Where() string { return f.report.where(f.Pos) }

// Steps returns the steps of the path that say something.
func (f pageFinding) Steps() []pageStep {
	var out []pageStep
	for i, step := range f.path() {
		if step.Message != "" {
			out = append(out, pageStep{i + 1, step.Message, f.report.where(step.Pos), anchor(f.Fingerprint, i+1)})
		}
	}
	return out
}

// Excerpts returns the source that the path goes through, or that of the finding.
func (f pageFinding) Excerpts() []excerpt {
	path := f.path()
	if path == nil { // the finding is enough
		path = []Related{{Pos: f.Pos, End: f.End}}
	}
	return f.report.excerpts(f.Finding, path, f.src)
}

func (r *Report) where(p Position) string {
	p.File = Shorten(r.Dir, p.File)
	return p.String()
}

// anchor is the identity of a step's line in the page.
func anchor(finding string, step int) string { return fmt.Sprintf("%s-%d", finding, step) }
