package report

import (
	"bufio"
	"cmp"
	"embed"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"
	"sync"

	"github.com/asynccheck/asynccheck/analyzer"
	"github.com/asynccheck/asynccheck/docs"
	"github.com/asynccheck/asynccheck/internal/contract/catalog"
	"github.com/asynccheck/asynccheck/internal/project"
)

//go:embed html
var pageFiles embed.FS

// pageTemplate is parsed on demand: "go vet" runs the command for every package, and never needs it.
var pageTemplate = sync.OnceValue(func() *template.Template {
	return template.Must(template.ParseFS(pageFiles, "html/*.html"))
})

const (
	maxUnfolded = 20   // findings up to which all are shown unfolded
	maxReady    = 1000 // findings up to which a browser makes elements of all, whether they are unfolded or not
)

// A page is what the template gets.
type page struct {
	Version   string
	Run       *pageRun // nil if nothing is known of it
	Errors    []string
	Count     int // of findings
	Summary   string
	Silenced  int // findings that comments silence
	Known     int // or that are known
	Analyzed  Counts
	Unfolded  bool
	Deferred  bool        // a finding's details become elements only when somebody unfolds them
	Rules     []*pageRule // with findings
	Contracts []*pageContract
	Packages  []*pagePackage
	Style     template.CSS
	Script    template.JS

	report    *Report
	src       sources
	rules     map[string]*pageRule // all of them, by name
	contracts map[string]*pageContract
}

type pageRule struct {
	Name, Summary, URL string
	Count              int
	Manual             *manual // nil if there is none
}

type pageContract struct {
	ID, Name, URL string // the name and the URL are "" for a contract of the user's
	Count         int
	Manual        *manual // nil if there is none
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
	Page *page
}

// A pageStep is a step of the path that leads to a finding.
type pageStep struct {
	Number  int
	Message string
	Where   string
	Anchor  string // of its line
	Open    template.URL
}

// html prints a page for a browser. It needs no other file and no network.
func html(w io.Writer, r *Report) error {
	p, err := newPage(r)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(w) // the template writes piece by piece
	if err := pageTemplate().ExecuteTemplate(out, "page.html", p); err != nil {
		return err
	}
	return out.Flush()
}

// newPage collects what the page shows.
func newPage(r *Report) (*page, error) {
	open := r.Unsuppressed()
	style, script := pageFile("style.css"), pageFile("script.js")
	p := &page{
		Version:   r.Version,
		Errors:    r.Errors,
		Count:     len(open),
		Summary:   r.Summary(),
		Silenced:  r.Suppressed(InSource),
		Known:     r.Suppressed(External),
		Analyzed:  r.Packages,
		Unfolded:  len(open) <= maxUnfolded,
		Deferred:  len(open) > maxReady,
		Style:     template.CSS(style),
		Script:    template.JS(script),
		report:    r,
		src:       newSources(r.Analyzed),
		rules:     make(map[string]*pageRule),
		contracts: make(map[string]*pageContract),
	}
	if r.Run != nil {
		run, err := r.Run()
		if err != nil {
			return nil, err
		}
		p.Run = &pageRun{run}
	}
	packages := make(map[string]*pagePackage)
	for _, f := range open {
		p.count(f)
		pkg := packages[f.Package]
		if pkg == nil {
			pkg = &pagePackage{Path: f.Package}
			packages[f.Package] = pkg
			p.Packages = append(p.Packages, pkg)
		}
		pkg.Findings = append(pkg.Findings, pageFinding{f, p})
	}
	slices.SortFunc(p.Rules, func(a, b *pageRule) int { return cmp.Compare(a.Name, b.Name) })
	slices.SortFunc(p.Contracts, func(a, b *pageContract) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortFunc(p.Packages, func(a, b *pagePackage) int { return cmp.Compare(a.Path, b.Path) })
	return p, p.addManuals()
}

// pageFile returns the text of a part of the page.
func pageFile(name string) string {
	text, err := pageFiles.ReadFile("html/" + name)
	if err != nil {
		panic(err) // it is embedded
	}
	return string(text)
}

// count counts a finding where readers choose from.
func (p *page) count(f Finding) {
	rule := p.rules[f.Rule]
	if rule == nil {
		rule = newPageRule(f)
		p.rules[f.Rule] = rule
		p.Rules = append(p.Rules, rule)
	}
	rule.Count++
	if f.Contract == "" {
		return
	}
	contract := p.contracts[f.Contract]
	if contract == nil {
		contract = newPageContract(f)
		p.contracts[f.Contract] = contract
		p.Contracts = append(p.Contracts, contract)
	}
	contract.Count++
}

func newPageRule(f Finding) *pageRule {
	for _, r := range analyzer.Rules() {
		if r.Name == f.Rule {
			return &pageRule{Name: r.Name, Summary: r.Summary, URL: analyzer.URL(r.Name)}
		}
	}
	return &pageRule{Name: f.Rule, URL: f.URL}
}

func newPageContract(f Finding) *pageContract {
	for _, c := range catalog.Contracts() {
		if c.ID == f.Contract {
			return &pageContract{ID: c.ID, Name: c.Name, URL: project.Docs + "contracts/" + c.ID + ".md"}
		}
	}
	return &pageContract{ID: f.Contract}
}

// addManuals adds the pages of the rules and the contracts that have findings.
func (p *page) addManuals() (err error) {
	for _, r := range p.Rules {
		if text, ok := docs.Rule(r.Name); ok {
			if r.Manual, err = newManual("rule-"+r.Name, r.Name, r.URL, text); err != nil {
				return err
			}
		}
	}
	for _, c := range p.Contracts {
		if text, ok := docs.Contract(c.ID); ok {
			if c.Manual, err = newManual("contract-"+c.ID, c.ID, c.URL, text); err != nil {
				return err
			}
		}
	}
	return nil
}

// HasManuals reports whether the page has pages of rules or contracts.
func (p *page) HasManuals() bool {
	return slices.ContainsFunc(p.Rules, func(r *pageRule) bool { return r.Manual != nil }) ||
		slices.ContainsFunc(p.Contracts, func(c *pageContract) bool { return c.Manual != nil })
}

// About returns the address of what the page says about the rule.
func (r *pageRule) About() string {
	if r.Manual == nil {
		return r.URL
	}
	return "#" + r.Manual.ID
}

// About returns the address of what the page says about the contract, "" if it says nothing.
func (c *pageContract) About() string {
	if c.Manual == nil {
		return c.URL
	}
	return "#" + c.Manual.ID
}

// InRule returns the finding's rule.
func (f pageFinding) InRule() *pageRule { return f.Page.rules[f.Rule] }

// InContract returns the finding's contract, nil if it has none.
func (f pageFinding) InContract() *pageContract { return f.Page.contracts[f.Contract] }

// Where returns the finding's position, as seen from where the run took place.
func (f pageFinding) Where() string { return f.Page.report.where(f.Pos) }

// Open returns a link to the finding's position, "" if there is none.
func (f pageFinding) Open() template.URL { return f.Page.open(f.Pos) }

// OpenText says what the link does.
func (p *page) OpenText() string {
	if p.Run == nil {
		return ""
	}
	return p.Run.Link.Text
}

func (p *page) open(pos Position) template.URL {
	if p.Run == nil {
		return ""
	}
	return p.Run.Link.To(pos)
}

// Steps returns the steps of the path that say something.
func (f pageFinding) Steps() []pageStep {
	var out []pageStep
	for i, step := range f.path() {
		if step.Message != "" {
			out = append(out, pageStep{i + 1, step.Message, f.Page.report.where(step.Pos), anchor(f.Fingerprint, i+1), f.Page.open(step.Pos)})
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
	return f.Page.report.excerpts(f.Finding, path, f.Page.src)
}

func (r *Report) where(p Position) string {
	p.File = Shorten(r.Dir, p.File)
	return p.String()
}

// anchor is the identity of a step's line in the page.
func anchor(finding string, step int) string { return fmt.Sprintf("%s-%d", finding, step) }
