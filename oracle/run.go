package oracle

import (
	"bytes"
	_ "embed"
	"encoding/gob"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/asynccheck/asynccheck/oracle/rig"
)

//go:embed rig/rig.go
var rigSource string

// header is the beginning of the analysed file: the declarations that all handlers share.
const header = `package handlers

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"maps"
	"slices"
)

var (
	_ = maps.All[map[string]int]
	_ = slices.Values[[]int]
	_ = json.Unmarshal
	_ = fmt.Errorf
	_ = log.Printf
	_ = io.EOF
)

var (
	errFailed = errors.New("request failed")
	errSome   = errors.New("some resources failed")
	errAll    = errors.New("all resources failed")
)

// These are other people's functions.
var (
	keep  func(any)
	poll  func(string)
	sleep func()
)

var (
	last    any
	answers = make(chan any)
)

const (
	codeDone       = 0
	codeAllFailed  = 5100
	codeSomeFailed = 5400
	codeGone       = 7001
)

func rest() {}

func decode[T any](b []byte) (T, error) {
	var v T
	err := json.Unmarshal(b, &v)
	return v, err
}

`

const mainSource = `
type job struct {
	Index  int
	Bodies []string
	Flags  []bool
}

func main() {
	keep, poll, sleep = rig.Keep, rig.Poll, rig.Sleep
	_ = last
	var jobs []job
	if err := json.NewDecoder(os.Stdin).Decode(&jobs); err != nil {
		log.Fatal(err)
	}
	out := bufio.NewWriter(os.Stdout)
	enc := gob.NewEncoder(out)
	for _, j := range jobs {
		var traces []*rig.Trace
		for i, body := range j.Bodies {
			traces = append(traces, rig.Run(func() { handlers[j.Index]([]byte(body), j.Flags[i]) }))
		}
		if err := enc.Encode(traces); err != nil {
			log.Fatal(err)
		}
	}
	if err := out.Flush(); err != nil {
		log.Fatal(err)
	}
}
`

// A Unit is a function that gives a verdict: the handler, or a helper with an error result that is given a response.
// docs/rules judges such a helper by itself.
type Unit struct {
	Program *Program
	Helper  *Helper // nil for the handler
	Number  int
	Answers []Answer
	Traces  []*rig.Trace
	Sites   []Site
}

// units gives the units of a program.
func (p *Program) units() []*Unit {
	us := []*Unit{{Program: p, Answers: p.Answers()}}
	for i, h := range p.Helpers {
		switch {
		case h.Kind == RespErr, h.Kind == MethodErr:
			us = append(us, &Unit{Program: p, Helper: h, Number: i + 1, Answers: p.Answers()})
		case h.Kind == EntryErr:
			us = append(us, &Unit{Program: p, Helper: h, Number: i + 1, Answers: p.entryAnswers()})
		}
	}
	return us
}

const maxUnits = 8 // of a program

// Run compiles the programs together, runs each against its answers, and gives what they did. It builds in the
// directory, which can be used again.
func Run(dir string, ps []*Program) ([][]*Unit, error) {
	var src strings.Builder
	src.WriteString(strings.Replace(strings.Replace(header, "package handlers", "package main", 1), "import (", "import (\n\t\"bufio\"\n\t\"bytes\"\n\t\"encoding/gob\"\n\t\"os\"\n\t\"gen/rig\"", 1))
	src.WriteString("var _ = bytes.NewReader\n")
	src.WriteString(mainSource)
	var results [][]*Unit
	var jobs []job
	for _, p := range ps {
		text, sites := p.print(true)
		src.WriteString(text)
		us := p.units()
		for _, u := range us {
			u.Sites = sites
			jobs = append(jobs, u.job())
		}
		results = append(results, us)
	}
	src.WriteString("\nvar handlers = map[int]func(b []byte, flag bool){\n")
	for _, p := range ps {
		for _, u := range p.units() {
			src.WriteString(u.call())
		}
	}
	src.WriteString("}\n")
	for name, text := range map[string]string{"go.mod": "module gen\n\ngo 1.26\n", "rig/rig.go": rigSource, "main.go": src.String()} {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			return nil, err
		}
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			return nil, err
		}
	}
	build := exec.Command("go", "build", "-gcflags=-N -l", "-ldflags=-s -w", "-o", "gen", ".")
	build.Dir = dir
	build.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=", "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("the generated programs don't compile: %w\n%s", err, out)
	}
	cmd := exec.Command(filepath.Join(dir, "gen"))
	cmd.Stdin = bytes.NewReader(encodeJobs(jobs))
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("running the generated programs: %w", err)
	}
	dec := gob.NewDecoder(bytes.NewReader(out))
	for _, us := range results {
		for _, u := range us {
			if err := dec.Decode(&u.Traces); err != nil {
				return nil, err
			}
		}
	}
	return results, nil
}

// call gives the map entry that runs the unit with an answer.
func (u *Unit) call() string {
	p, n := u.Program, u.Program.Index
	given := func(t string) string {
		return fmt.Sprintf("r := new(%s%d); if json.Unmarshal(b, r) != nil { panic(\"\") }; ", t, n)
	}
	var args []string
	before := ""
	switch p.Origin {
	case Decoded, Sent, Generic, Probed:
		args = append(args, "b")
	case Stream:
		args = append(args, "bytes.NewReader(b)")
	case Fetched:
		prev, keep := "", ""
		if p.carriesOn() {
			prev, keep = fmt.Sprintf("prev *Answer%d", n), "if prev != nil { rig.Keep(prev) }; "
		}
		before = fmt.Sprintf("fetch%d = func(%[2]s) (*Answer%[1]d, error) { %[3]sr := new(Answer%[1]d); return r, json.Unmarshal(b, r) }; ", n, prev, keep)
	case Given:
		before = given("Answer")
		args = append(args, "r")
	}
	if p.Flag {
		args = append(args, "flag")
	}
	call := fmt.Sprintf("Handler%d(%s)", n, strings.Join(args, ", "))
	if u.Helper != nil {
		before = given("Answer")
		call = fmt.Sprintf("check%d_%d(r)", n, u.Number-1)
		switch {
		case u.Helper.Kind == MethodErr:
			call = fmt.Sprintf("r.check%d()", u.Number-1)
		case u.Helper.Kind == EntryErr:
			before = given("Entry")
			if !p.Shape.ptr() {
				call = strings.Replace(call, "(r)", "(*r)", 1)
			}
		}
	}
	if u.sig() == SigVoid {
		call += "; rig.Results(false)()"
	} else {
		call = fmt.Sprintf("rig.Results(%t)(%s)", u.sig().HasErr(), call)
	}
	return fmt.Sprintf("\t%d: func(b []byte, flag bool) { %s%s },\n", n*maxUnits+u.Number, before, call)
}

// sig gives the unit's result list.
func (u *Unit) sig() Sig {
	if u.Helper != nil {
		return SigErr
	}
	return u.Program.Sig
}

// shape gives the shape of the response that the unit gets.
func (u *Unit) shape() Shape {
	s := u.Program.Shape
	if u.Helper != nil && u.Helper.Kind == EntryErr {
		s.Batch, s.Embedded = false, false
	}
	return s
}

// origin says where the unit gets its response.
func (u *Unit) origin() Origin {
	if u.Helper != nil {
		return Given
	}
	return u.Program.Origin
}
