package oracle

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// driver runs the cases of a fixture: it prints what they gave for each answer.
const driver = `package main

import (
	oracleBytes "bytes"
	oracleJSON "encoding/json"
	oracleFmt "fmt"
	oracleIO "io"
	oracleLog "log"
	oracleOS "os"
	oracleTime "time"
)

var _ = oracleBytes.NewReader

type oracleOutcome struct{ Signal, Results, Error string }

func oraclePack(rs ...any) (o oracleOutcome) {
	o.Signal = "nil"
	if err := rs[len(rs)-1]; err != nil {
		o.Signal, o.Error = "error", oracleFmt.Sprint(err)
	}
	b, err := oracleJSON.Marshal(rs[:len(rs)-1])
	if o.Results = string(b); err != nil {
		o.Results = oracleFmt.Sprint(rs[:len(rs)-1]...)
	}
	return o
}

func main() {
	out := oracleOS.Stdout
	oracleOS.Stdout, _ = oracleOS.Open(oracleOS.DevNull)
	oracleLog.SetOutput(oracleIO.Discard)
	var bodies []string
	if err := oracleJSON.NewDecoder(oracleOS.Stdin).Decode(&bodies); err != nil {
		panic(err)
	}
	var all [][]oracleOutcome
	for _, f := range oracleCases {
		var os []oracleOutcome
		for _, body := range bodies {
			done := make(chan oracleOutcome, 1)
			go func() {
				defer func() {
					if recover() != nil {
						done <- oracleOutcome{Signal: "panic"}
					}
				}()
				done <- f([]byte(body))
			}()
			select {
			case o := <-done:
				os = append(os, o)
			case <-oracleTime.After(oracleTime.Second):
				os = append(os, oracleOutcome{Signal: "hangs"})
			}
			if len(os) > 2 && os[len(os)-1].Signal == "hangs" {
				for len(os) < len(bodies) {
					os = append(os, oracleOutcome{Signal: "hangs"})
				}
				break
			}
		}
		all = append(all, os)
	}
	if err := oracleJSON.NewEncoder(out).Encode(all); err != nil {
		panic(err)
	}
}
`

// fixtureAnswer is an answer with both forms of a detail, and with all other members: nobody knows from outside what a
// function decodes.
type fixtureAnswer struct {
	outer   int
	entries []int
	list    bool
}

func (a fixtureAnswer) body() string {
	s := Shape{Batch: true, Detail: "map", Desc: true}
	if a.list {
		s.Detail = "slice"
	}
	w := Answer{Outer: a.outer, Entries: a.entries, Msg: true}
	if a.entries == nil {
		w.Absent = "{}"
	}
	return strings.Replace(w.Body(s), "{", `{"requestId":"91",`, 1)
}

// FixtureBodies gives the bodies of the answers for fixtures.
func FixtureBodies() (bodies []string) {
	for _, a := range fixtureAnswers() {
		bodies = append(bodies, a.body())
	}
	return bodies
}

// fixtureAnswers gives the answers: first the successes, then the others.
func fixtureAnswers() (as []fixtureAnswer) {
	for _, list := range []bool{false, true} {
		add := func(outer int, entries ...int) { as = append(as, fixtureAnswer{outer, entries, list}) }
		add(0, 0, 0)
		for _, c := range []int{4112, -77, 3317} {
			add(c)
		}
		for _, x := range []int{4112, -77} {
			add(5400, x, 0)
			add(5400, 0, x)
			add(5100, x, x)
		}
	}
	return as
}

var address = regexp.MustCompile("0x[0-9a-f]+")

// run compiles the fixture as a program and runs its cases.
func (f *fixture) run(dir string, sources []string) error {
	files := map[string]string{"go.mod": "module fixture\n\ngo 1.26\n"}
	clause := regexp.MustCompile(`(?m)^package \w+`)
	for i, src := range sources {
		files[fmt.Sprintf("source%d.go", i)] = clause.ReplaceAllString(src, "package main")
	}
	var b strings.Builder
	b.WriteString(driver + "\nvar oracleCases = []func(b []byte) oracleOutcome{\n")
	for _, c := range f.cases {
		arg, fn := "b", c.name
		if c.reader {
			arg = "oracleBytes.NewReader(b)"
		}
		if c.recv != "" {
			fn = fmt.Sprintf("new(%s).%s", c.recv, c.name)
		}
		fmt.Fprintf(&b, "\tfunc(b []byte) oracleOutcome { return oraclePack(%s(%s)) },\n", fn, arg)
	}
	b.WriteString("}\n")
	files["oracle.go"] = b.String()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			return err
		}
	}
	build := exec.Command("go", "build", "-o", "fixture", ".")
	build.Dir = dir
	build.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=", "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("fixture %s doesn't compile: %w\n%s", f.name, err, out)
	}
	in, err := json.Marshal(FixtureBodies())
	if err != nil {
		return err
	}
	cmd := exec.Command(filepath.Join(dir, "fixture"))
	cmd.Stdin = bytes.NewReader(in)
	out, err := cmd.Output()
	if err != nil {
		return fmt.Errorf("running fixture %s: %w", f.name, err)
	}
	var all [][]fixtureOutcome
	if err := json.Unmarshal(out, &all); err != nil {
		return err
	}
	for i, c := range f.cases {
		for k := range all[i] {
			all[i][k].Error = address.ReplaceAllString(all[i][k].Error, "")
		}
		c.outcomes = all[i]
	}
	return nil
}

// bug gives an answer that shows a bug of a mutant, or "". There are two kinds of bugs: the mutant lets a failure pass
// and its original does not; or the original tells which resources failed, and the mutant does not.
func (c *fixtureCase) bug() string {
	as := fixtureAnswers()
	half := len(as) / 2
	for from := 0; from < len(as); from += half {
		ok := c.of.outcomes[from]
		if ok.Signal != "nil" {
			continue // not this form of a detail
		}
		same, told := true, false
		first := -1
		for i := from; i < from+half; i++ {
			a, was, is := as[i], c.of.outcomes[i], c.outcomes[i]
			passes := is.Signal == "nil" && (is.Results == ok.Results || is.Results == c.outcomes[from].Results)
			if a.entries != nil && (c.outcomes[from].Signal != "nil" || c.mistake == nilReturned) {
				continue // rejecting entries that succeeded lets no failure pass, and telling entries apart inspects them
			}
			if was.Signal == "error" && passes && (a.outer != 5100 || c.of.tells(from, half)) {
				return fmt.Sprint(a.outer, a.entries)
			}
			if a.outer != 5400 {
				continue
			}
			if first < 0 {
				first = i
			}
			same = same && is.Signal == "error" && is == c.outcomes[first]
			told = told || was != c.of.outcomes[first]
		}
		if same && told && first >= 0 && !c.looped {
			return "5400, whichever failed"
		}
	}
	return ""
}

// tells reports whether the case tells partial failures apart.
func (c *fixtureCase) tells(from, n int) bool {
	var seen []fixtureOutcome
	for i, a := range fixtureAnswers() {
		if from <= i && i < from+n && a.outer == 5400 && !slices.Contains(seen, c.outcomes[i]) {
			seen = append(seen, c.outcomes[i])
		}
	}
	return len(seen) > 1
}

// MutateFixtures makes mutants of the silent handlers of the fixtures in a directory, and counts the buggy ones that
// are found.
func (c *Checker) MutateFixtures(root string) (*MutationTally, error) {
	t := &MutationTally{By: make(map[string]*MutationCount)}
	dirs, err := filepath.Glob(filepath.Join(root, "*"))
	if err != nil {
		return nil, err
	}
	for _, dir := range dirs {
		f, err := loadFixture(dir)
		if err != nil {
			return nil, err
		}
		if f == nil {
			continue
		}
		t.Silent += f.silent
		t.Unfollowed += f.unfollowed
		if len(f.cases) == 0 {
			continue
		}
		sources := f.compose()
		build, err := os.MkdirTemp(c.dir, "fixture")
		if err != nil {
			return nil, err
		}
		if err := f.run(build, sources); err != nil {
			return nil, err
		}
		found, err := f.errs.Files(sources...)
		if err != nil {
			return nil, err
		}
		for _, m := range f.cases {
			if m.of == nil {
				t.Handlers++
				continue
			}
			t.addFixture(f, m, found)
		}
	}
	return t, nil
}

func (t *MutationTally) addFixture(f *fixture, m *fixtureCase, found []Finding) {
	n := t.By[m.mistake]
	if n == nil {
		n = new(MutationCount)
		t.By[m.mistake] = n
	}
	n.Mutants++
	bug := m.bug()
	if bug == "" {
		return
	}
	n.Buggy++
	if slices.ContainsFunc(found, func(d Finding) bool { return d.File == m.file && m.from <= d.Line && d.Line <= m.to }) {
		n.Found++
		return
	}
	t.MissedFixtures = append(t.MissedFixtures, fmt.Sprintf("%s: %s; passes with %s:\n%s\n", f.name, m.mistake, bug, m.text))
}
