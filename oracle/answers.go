package oracle

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// An Answer is the input of one run of a handler: the API's answer, and the handler's other argument.
type Answer struct {
	Outer   int
	Entries []int  // codes of the resources web-1, web-2, …; nil: an empty detail
	Missing int    // 1-based: this resource has no entry; 0: none is missing
	Absent  string // with an empty detail: "{}", "null", or "" for no such member
	Msg     bool   // the message is there
	Flag    bool
}

func (a Answer) String() string {
	s := fmt.Sprintf("code %d", a.Outer)
	if a.Entries != nil {
		s += fmt.Sprintf(", entries %v", a.Entries)
		if a.Missing > 0 {
			s += fmt.Sprintf(" without the entry of web-%d", a.Missing)
		}
	} else if a.Absent != "" {
		s += ", detail " + a.Absent
	}
	if a.Flag {
		s += ", flag"
	}
	if !a.Msg {
		s += ", no message"
	}
	return s
}

// possible reports whether the contract has such an answer: if a request was refused as a whole, there are no entries.
func (a Answer) possible() bool {
	return len(a.Entries) == 0 || a.Outer == 0 || a.Outer == 5100 || a.Outer == 5400
}

// key groups answers by everything but the codes.
type key struct {
	n         int
	missing   int
	msg, flag bool
}

func (a Answer) key() key { return key{len(a.Entries), a.Missing, a.Msg, a.Flag} }

// Body gives the answer as JSON for a response of the given shape.
func (a Answer) Body(s Shape) string {
	var b strings.Builder
	msg := "message"
	if s.Msg {
		msg = "msg"
	}
	member := func(code int, id string) {
		fmt.Fprintf(&b, `"code":%d`, code)
		if s.Desc {
			fmt.Fprintf(&b, `,"codeDesc":%q`, described(code))
		}
		if a.Msg {
			fmt.Fprintf(&b, `,%q:"told"`, msg)
		}
		if id != "" {
			fmt.Fprintf(&b, `,"requestId":%q`, id)
		}
	}
	b.WriteString("{")
	if !s.Batch {
		member(a.Outer, "91")
		b.WriteString("}")
		return b.String()
	}
	member(a.Outer, "")
	open, shut, empty := `{`, `}`, a.Absent
	if !s.keyed() {
		open, shut = `[`, `]`
		if empty == "{}" {
			empty = "[]"
		}
	}
	if s.Detail == "nested" {
		open, shut = `{"total":2,"items":{`, `}}`
		if empty == "{}" {
			empty = `{"items":{}}`
		}
	}
	switch {
	case a.Entries != nil:
		fmt.Fprintf(&b, `,"detail":%s`, open)
		first := true
		for i, c := range a.Entries {
			if i+1 == a.Missing {
				continue
			}
			if !first {
				b.WriteString(",")
			}
			first = false
			if s.keyed() {
				fmt.Fprintf(&b, `"web-%d":{`, i+1)
			} else {
				fmt.Fprintf(&b, `{%q:"web-%d",`, s.resource(), i+1)
			}
			member(c, "92")
			b.WriteString("}")
		}
		b.WriteString(shut)
	case empty != "":
		fmt.Fprintf(&b, `,"detail":%s`, empty)
	}
	b.WriteString("}")
	return b.String()
}

// fresh are failures that no program names.
var fresh = []int{3317, -77}

// around gives the constants, their neighbours, and codes far from all of them.
func around(constants []int) []int {
	cs := append([]int{0, -999_999, 1_000_003, 4112}, fresh...)
	for _, k := range constants {
		cs = append(cs, k-1, k, k+1)
	}
	slices.Sort(cs)
	return slices.Compact(cs)
}

// Answers gives the answers that a program is run against.
func (p *Program) Answers() []Answer {
	msgs, flags := []bool{true}, []bool{false}
	p.conds(func(c *Cond) {
		if c.Op == HasMsg {
			msgs = []bool{true, false}
		}
	})
	if p.Flag {
		flags = []bool{false, true}
	}
	outers := around(append(p.constants(false), 5100, 5400))
	entries := around(p.constants(true))
	entries = slices.DeleteFunc(entries, func(c int) bool { return c == 0 })
	var as []Answer
	for _, msg := range msgs {
		for _, flag := range flags {
			add := func(a Answer) {
				a.Msg, a.Flag = msg, flag
				as = append(as, a)
			}
			for _, o := range outers {
				add(Answer{Outer: o, Absent: "{}"})
				if p.Shape.Batch {
					add(Answer{Outer: o, Absent: "null"})
					add(Answer{Outer: o})
				}
			}
			if !p.Shape.Batch {
				continue
			}
			add(Answer{Outer: 0, Entries: []int{0, 0}})
			add(Answer{Outer: 0, Entries: []int{0, 0, 0}})
			if p.looksUp() {
				for _, o := range outers {
					add(Answer{Outer: o, Entries: []int{0, 0}, Missing: 1})
				}
				for _, x := range fresh {
					add(Answer{Outer: 5400, Entries: []int{0, x}, Missing: 1})
				}
			}
			for _, x := range entries {
				for _, o := range []int{5400, 0, 5100, 4112} {
					add(Answer{Outer: o, Entries: []int{x, 0}})
					add(Answer{Outer: o, Entries: []int{0, x}})
				}
				add(Answer{Outer: 5100, Entries: []int{x, x}})
				add(Answer{Outer: 5400, Entries: []int{x, x, 0}})
				add(Answer{Outer: 5400, Entries: []int{0, x, x}})
				add(Answer{Outer: 5400, Entries: []int{0, x, 0}})
			}
			for _, o := range outers { // the contract has no such answers
				if o != 0 && o != 5100 && o != 5400 && o != 4112 {
					add(Answer{Outer: o, Entries: []int{0, 0}})
					for _, x := range entries {
						add(Answer{Outer: o, Entries: []int{x, 0}})
					}
				}
			}
			for _, o := range []int{5400, 5100, 4112} { // the contract has no such answers: failures are compared with them
				add(Answer{Outer: o, Entries: []int{0, 0}})
			}
		}
	}
	return as
}

// looksUp reports whether a program looks up an entry by its key, and compares its code.
func (p *Program) looksUp() bool {
	found := false
	p.stmts(func(s *Stmt) {
		if s.Key {
			q := &Program{Final: &Stmt{Cond: s.Cond}}
			q.conds(func(c *Cond) { found = found || c.Op == Cmp && c.Ref == Entry })
		}
	})
	return found
}

// A job is a program to run.
type job struct {
	Index  int
	Bodies []string
	Flags  []bool
}

func (u *Unit) job() job {
	j := job{Index: u.Program.Index*maxUnits + u.Number}
	for _, a := range u.Answers {
		j.Bodies = append(j.Bodies, a.Body(u.shape()))
		j.Flags = append(j.Flags, a.Flag)
	}
	return j
}

// entryAnswers gives the entries that a helper is run against.
func (p *Program) entryAnswers() []Answer {
	var as []Answer
	for _, c := range around(p.constants(true)) {
		as = append(as, Answer{Outer: c, Absent: "{}", Msg: true})
	}
	return as
}

func encodeJobs(js []job) []byte {
	b, err := json.Marshal(js)
	if err != nil {
		panic(err)
	}
	return b
}
