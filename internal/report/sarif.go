package report

import (
	"encoding/json"
	"io"
	"net/url"
	"path/filepath"
	"slices"
	"strings"

	"github.com/owenrumney/go-sarif/v2/sarif"

	"github.com/asynccheck/asynccheck/analyzer"
	"github.com/asynccheck/asynccheck/docs"
	"github.com/asynccheck/asynccheck/internal/checkout"
	"github.com/asynccheck/asynccheck/internal/project"
)

// GitHub shows a log so, as honnef.co/go/tools found out: the message as text, the steps of a code flow behind "Show
// paths", and a rule's help in Markdown. It ignores related locations that the message doesn't link to, and shows
// suppressed results like any other.

// srcroot is what URIs are relative to; GitHub knows this name.
const srcroot = "%SRCROOT%"

// sarifLog prints a SARIF 2.1.0 log, with suppressed findings among the others.
func sarifLog(w io.Writer, r *Report) error {
	s := &sarifWriter{root: checkout.Root(r.Dir), src: newSources(r.Analyzed)}
	run := sarif.NewRunWithInformationURI("asynccheck", project.Home)
	run.Tool.Driver.WithVersion(r.Version).WithRules(sarifRules())
	run.WithColumnKind("unicodeCodePoints")
	run.WithOriginalUriBaseIds(map[string]*sarif.ArtifactLocation{
		srcroot: sarif.NewSimpleArtifactLocation(fileURI(s.root) + "/"),
	})
	invocation := run.AddInvocation(len(r.Errors) == 0)
	for _, e := range r.Errors {
		invocation.AddTToolExecutionNotification(sarif.NewNotification().WithLevel("error").WithTextMessage(e))
	}

	// Either every result has a list of suppressions or none has. The library leaves out empty lists, and writes null
	// for absent members of a suppression. SARIF forbids both.
	type suppression struct {
		Kind          string `json:"kind"`
		Justification string `json:"justification,omitempty"`
	}
	type result struct {
		*sarif.Result
		Suppressions []suppression `json:"suppressions"`
	}
	results := []result{}
	for _, f := range r.Findings {
		suppressions := []suppression{}
		if f.Suppressed != nil {
			suppressions = append(suppressions, suppression{f.Suppressed.Kind, f.Suppressed.Justification})
		}
		index := slices.IndexFunc(run.Tool.Driver.Rules, func(r *sarif.ReportingDescriptor) bool { return r.ID == f.Rule })
		results = append(results, result{s.result(f, index), suppressions})
	}
	type resultsRun struct {
		*sarif.Run
		Results []result `json:"results"`
	}
	report, err := sarif.New(sarif.Version210)
	if err != nil {
		return err
	}
	log := struct {
		*sarif.Report
		Runs []resultsRun `json:"runs"`
	}{report, []resultsRun{{run, results}}}

	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "\t")
	return enc.Encode(log)
}

// sarifRules describes all rules, with their pages as help.
func sarifRules() []*sarif.ReportingDescriptor {
	var rules []*sarif.ReportingDescriptor
	for _, r := range analyzer.Rules() {
		page, _ := docs.Rule(r.Name)
		summary := sarif.NewMultiformatMessageString(strings.ToUpper(r.Summary[:1]) + r.Summary[1:])
		rules = append(rules, sarif.NewRule(r.Name).
			WithShortDescription(summary).
			WithFullDescription(summary).
			WithHelpURI(analyzer.URL(r.Name)).
			WithHelp(sarif.NewMultiformatMessageString(page).WithMarkdown(page)).
			WithDefaultConfiguration(sarif.NewReportingConfiguration().WithEnabled(!r.OptIn).WithLevel("error")).
			WithProperties(sarif.Properties{
				"tags":             []string{"correctness", "api"},
				"precision":        "high",
				"problem.severity": "error",
			}))
	}
	return rules
}

// A sarifWriter makes the parts of a log.
type sarifWriter struct {
	root string // of the repository
	src  sources
}

func (s *sarifWriter) result(f Finding, rule int) *sarif.Result {
	where := s.location(f.Pos, f.End)
	if f.Function != "" {
		where.AddLogicalLocations(sarif.NewLogicalLocation().WithFullyQualifiedName(f.Package + "." + f.Function))
	}
	res := sarif.NewRuleResult(f.Rule).
		WithRuleIndex(rule).
		WithLevel("error").
		WithMessage(sarif.NewTextMessage(f.Message)).
		WithLocations([]*sarif.Location{where})
	if f.Contract != "" {
		res.Properties = sarif.Properties{"contract": f.Contract, "tags": []string{f.Contract}}
	}
	res.PartialFingerprints = map[string]any{"asynccheck/v1": f.Fingerprint}
	if path := f.path(); path != nil {
		flow := sarif.NewThreadFlow()
		for i, step := range path {
			at := s.location(step.Pos, step.End).WithMessage(sarif.NewTextMessage(step.Message))
			flow.AddLocation(sarif.NewThreadFlowLocation().WithLocation(at).WithExecutionOrder(i + 1).WithImportance("essential"))
		}
		res.CodeFlows = append(res.CodeFlows, sarif.NewCodeFlow().WithThreadFlows([]*sarif.ThreadFlow{flow}))
	}
	for _, fix := range f.Fixes {
		res.Fixes = append(res.Fixes, s.fix(fix))
	}
	return res
}

func (s *sarifWriter) location(pos, end Position) *sarif.Location {
	region := sarif.NewRegion().WithStartLine(pos.Line)
	if c := s.src.character(pos); c > 0 {
		region.WithStartColumn(c)
		if end.Line >= pos.Line && end.File == pos.File {
			region.WithEndLine(end.Line).WithEndColumn(s.src.character(end))
		}
	}
	return sarif.NewLocationWithPhysicalLocation(sarif.NewPhysicalLocation().
		WithArtifactLocation(s.artifact(pos.File)).
		WithRegion(region))
}

func (s *sarifWriter) artifact(file string) *sarif.ArtifactLocation {
	rel, err := filepath.Rel(s.root, file)
	if err != nil || !filepath.IsLocal(rel) {
		return sarif.NewSimpleArtifactLocation(fileURI(file))
	}
	uri := (&url.URL{Path: filepath.ToSlash(rel)}).String()
	return sarif.NewSimpleArtifactLocation(uri).WithUriBaseId(srcroot)
}

func fileURI(file string) string {
	file = filepath.ToSlash(file)
	if !strings.HasPrefix(file, "/") { // a drive
		file = "/" + file
	}
	return (&url.URL{Scheme: "file", Path: file}).String()
}

func (s *sarifWriter) fix(fix Fix) *sarif.Fix {
	out := sarif.NewFix().WithDescription(sarif.NewTextMessage(fix.Message))
	changes := make(map[string]*sarif.ArtifactChange)
	for _, e := range fix.Edits {
		change := changes[e.File]
		if change == nil {
			change = sarif.NewArtifactChange(s.artifact(e.File))
			changes[e.File] = change
			out.ArtifactChanges = append(out.ArtifactChanges, change)
		}
		change.Replacements = append(change.Replacements, sarif.NewReplacement(s.region(e)).
			WithInsertedContent(sarif.NewArtifactContent().WithText(e.New)))
	}
	return out
}

// region gives the lines and columns of what an edit replaces.
func (s *sarifWriter) region(e Edit) *sarif.Region {
	start, end := s.src.position(e.File, e.Start), s.src.position(e.File, e.End)
	return sarif.NewRegion().
		WithStartLine(start.Line).WithStartColumn(s.src.character(start)).
		WithEndLine(end.Line).WithEndColumn(s.src.character(end))
}
