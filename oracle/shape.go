package oracle

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// A Shape is the Go form of a response type.
type Shape struct {
	Batch    bool
	CodeType string // "int", "int64", "float64", "state" (a named int), "*int"
	Detail   string // "map", "mapptr", "slice", "sliceptr", "array", "ptrmap", "nested"
	Embedded bool   // the outer members stand in an embedded struct
	Msg      bool   // the message is called msg
	NoTask   bool   // entries lack a task ID
	HeadPtr  bool   // that one is embedded by pointer
	Desc     bool   // a codeDesc stands beside the code
	PlainID  bool   // entries of a slice have an id, not an instanceId
	Upper    bool   // the tags differ in case from the documented names
}

func genShape(r *rand.Rand) Shape {
	s := Shape{
		Batch:    r.IntN(3) > 0,
		CodeType: pick(r, "int", "int", "int", "int", "int64", "float64", "state", "*int"),
		Embedded: r.IntN(6) == 0,
		Msg:      r.IntN(5) == 0,
		NoTask:   r.IntN(3) == 0,
		HeadPtr:  r.IntN(3) == 0,
		Desc:     r.IntN(6) == 0,
		PlainID:  r.IntN(3) == 0,
		Upper:    r.IntN(8) == 0,
	}
	if s.Batch {
		s.Detail = pick(r, "map", "map", "map", "mapptr", "map", "map", "mapptr", "slice", "slice", "slice", "sliceptr", "array", "ptrmap", "nested")
	}
	if s.Detail == "array" && s.CodeType == "*int" {
		s.CodeType = "int" // an element that is not there has no code to point to
	}
	return s
}

func pick[T any](r *rand.Rand, of ...T) T { return of[r.IntN(len(of))] }

// keyed reports whether the detail is keyed by resource.
func (s Shape) keyed() bool {
	return s.Batch && s.Detail != "slice" && s.Detail != "sliceptr" && s.Detail != "array"
}

// ptr reports whether the collection's elements are pointers.
func (s Shape) ptr() bool { return s.Detail == "mapptr" || s.Detail == "sliceptr" }

// code gives the type of the code for program n.
func (s Shape) code(n int) string {
	if s.CodeType == "state" {
		return fmt.Sprintf("state%d", n)
	}
	return strings.TrimPrefix(s.CodeType, "*")
}

// read gives the expression for the code of x.
func (s Shape) read(x string) string {
	if s.CodeType == "*int" {
		return "*" + x + ".Code"
	}
	return x + ".Code"
}

// declare gives the declarations of the types of program n.
func (s Shape) declare(n int) string {
	var b strings.Builder
	code, msg := s.CodeType, "message"
	if s.CodeType == "state" {
		code = fmt.Sprintf("state%d", n)
		fmt.Fprintf(&b, "type %s int\n\n", code)
	}
	if s.Msg {
		msg = "msg"
	}
	tag := func(name string) string {
		if s.Upper {
			name = strings.ToUpper(name[:1]) + name[1:]
		}
		return "`json:\"" + name + "\"`"
	}
	head := fmt.Sprintf("\tCode %s %s\n\tMessage string %s\n", code, tag("code"), tag(msg))
	if s.Desc {
		head += fmt.Sprintf("\tCodeDesc string %s\n", tag("codeDesc"))
	}
	task := fmt.Sprintf("\tRequestID string %s\n", tag("requestId"))
	name := fmt.Sprintf("Answer%d", n)
	var detail string
	if s.Batch {
		e := fmt.Sprintf("Entry%d", n)
		fmt.Fprintf(&b, "type %s struct {\n%s", e, head)
		if !s.keyed() {
			fmt.Fprintf(&b, "\tInstanceID string `json:%q`\n", s.resource())
		}
		if !s.NoTask {
			b.WriteString(task)
		}
		b.WriteString("}\n\n")
		detail = "\tDetail " + s.detailType(n) + " " + tag("detail") + "\n"
	} else {
		head += task
	}
	if s.Embedded {
		fmt.Fprintf(&b, "type Head%d struct {\n%s}\n\n", n, head)
		head = fmt.Sprintf("\tHead%d\n", n)
		if s.HeadPtr {
			head = strings.Replace(head, "\t", "\t*", 1)
		}
	}
	fmt.Fprintf(&b, "type %s struct {\n%s%s}\n", name, head, detail)
	return b.String()
}

func (s Shape) detailType(n int) string {
	e := fmt.Sprintf("Entry%d", n)
	switch s.Detail {
	case "map":
		return "map[string]" + e
	case "mapptr":
		return "map[string]*" + e
	case "slice":
		return "[]" + e
	case "sliceptr":
		return "[]*" + e
	case "array":
		return "[3]" + e
	case "ptrmap":
		return "*map[string]" + e
	case "nested":
		return "struct {\n\t\tTotal int `json:\"total\"`\n\t\tItems map[string]" + e + " `json:\"items\"`\n\t}"
	}
	panic("no such detail: " + s.Detail)
}

// detail gives the expression for the collection of entries.
func (s Shape) detail() string {
	switch s.Detail {
	case "ptrmap":
		return "(*r.Detail)"
	case "nested":
		return "r.Detail.Items"
	}
	return "r.Detail"
}

// base gives what is nil where an answer has no detail.
func (s Shape) base() string {
	if s.Detail == "ptrmap" {
		return "r.Detail"
	}
	return s.detail()
}

// resource gives the JSON name of the member that holds a resource's ID.
func (s Shape) resource() string {
	if s.PlainID {
		return "id"
	}
	return "instanceId"
}
