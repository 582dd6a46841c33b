package recognize

import (
	"fmt"
	"strings"
	"testing"
)

func TestDirective(t *testing.T) {
	for _, test := range []struct{ name, src, want string }{
		{"none", `
			//asynccheck:response none
			type T struct { Code int 'json:"code"'; CodeDesc string 'json:"codeDesc"' }`,
			"none"},
		{"single, with members by their JSON names", `
			//asynccheck:response single
			type T struct { Code any 'json:"code"' }`,
			"single code=Code"},
		{"single with a detail", `
			//asynccheck:response single
			type T struct { Code int 'json:"code"'; Detail string 'json:"detail"'; Data struct { TaskID string 'json:"taskId"' } 'json:"data"' }`,
			"single code=Code task=Data.TaskID"},
		{"single, members given", `
			// T is a response.
			//
			//asynccheck:response single code=Status.Ret task=ID message=Status.Text desc=Name // as found in the wild
			type T struct { Status *struct { Ret int32; Text string }; ID *int; Name string }`,
			"single code=Status.Ret message=Status.Text task=ID desc=Name"},
		{"promoted and unexported members", `
			type base struct { ret int }
			//asynccheck:response single code=ret
			type T struct { *base }`,
			"single code=ret"},
		{"batch", `
			//asynccheck:response batch
			type T struct { Code int 'json:"code"'; Detail any 'json:"detail"' }`,
			"batch code=Code detail=Detail opaque"},
		{"batch, members given; entries have the batch's names", `
			//asynccheck:response batch code=RetCode detail=Data.Results
			type T struct { RetCode int; Data struct { Results []struct { RetCode int } } }`,
			"batch code=RetCode detail=Data.Results slice {code=RetCode}"},
		{"entries with the documented names", `
			//asynccheck:response batch code=RetCode detail=Results
			type T struct { RetCode int; Results [2]*struct { Code int; Msg string } }`,
			"batch code=RetCode detail=Results array *{code=Code message=Msg}"},
		{"entries with a directive of their own", `
			//asynccheck:response batch
			type T struct { Code int 'json:"code"'; Detail map[string]E 'json:"detail"' }
			//asynccheck:response single code=Ret message=Text
			type E struct { Ret int; Text string }`,
			"batch code=Code detail=Detail map {code=Ret message=Text}"},
		{"entries that are none", `
			type T struct { Code int 'json:"code"'; Detail map[string]E 'json:"detail"' }
			//asynccheck:response none
			type E struct { Code int 'json:"code"' }`,
			"none"},
		{"entries that are batches", `
			//asynccheck:response batch
			type T struct { Code int 'json:"code"'; Detail map[string]T 'json:"detail"' }`,
			"batch code=Code detail=Detail map {code=Code}"},
		{"wins over counter-evidence", `
			//asynccheck:response batch
			type T struct { Code int 'json:"code"'; Detail map[string]E 'json:"detail"' }
			type E struct { Code int 'json:"code"' }
			func f(t T, e E) bool { return t.Code == 200 || e.Code == 200 }`,
			"batch code=Code detail=Detail map {code=Code}"},
		{"wins over an answer being written", `
			//asynccheck:response single
			type T struct { Code int }
			var _ = T{Code: 1}`,
			"single code=Code"},
		{"generic", `
			//asynccheck:response batch code=Ret detail=Out
			type R[O any] struct { Ret int; Out O }
			var T R[[]struct { Ret int }]`,
			"batch code=Ret detail=Out slice {code=Ret}"},
		{"generic, instance without entries", `
			//asynccheck:response batch code=Ret detail=Out
			type R[O any] struct { Ret int; Out O }
			var T R[int]`,
			"none"},
		{"group of one", `
			//asynccheck:response single
			type (
				T struct { Code int }
			)`,
			"single code=Code"},
		{"in a group", `
			type (
				//asynccheck:response single
				T struct { Code int }
				U struct { Code int }
			)`,
			"single code=Code"},
		{"local", `func f() {
				//asynccheck:response single
				type T struct { Code int }
			}`,
			"single code=Code"},
		{"defined by another type", `
			//asynccheck:response single
			type T U
			type U struct { Code int }`,
			"single code=Code"},
		{"twice the same", `
			//asynccheck:response single
			//asynccheck:response single
			type T struct { Code int }`,
			"single code=Code"},
	} {
		t.Run(test.name, func(t *testing.T) {
			u := load(t, "p", one(test.src))
			if got := describe(u.Response(u.typ(t, "T"))); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
			for _, problem := range u.Problems() {
				t.Errorf("problem: %s", problem.Message)
			}
		})
	}
}

func TestProblems(t *testing.T) {
	const doc = "type T struct { Code int 'json:\"code\"'; Message string; RequestID string; S string; L []int }"
	for _, test := range []struct{ src, want string }{
		// Words.
		{"//asynccheck:respones batch\n" + doc, "2: unknown directive asynccheck:respones, want asynccheck:response or asynccheck:ignore"},
		{"//asynccheck:\n" + doc, "2: unknown directive asynccheck:, want asynccheck:response or asynccheck:ignore"},
		{"//asynccheck: response batch\n" + doc, "2: asynccheck:response: remove the space after the colon"},
		{"//asynccheck: ignore batch-partial-as-success\n" + doc, "2: asynccheck:ignore: remove the space after the colon"},
		{"//asynccheck:ignore batch-partial-as-success\n" + doc, ""},
		{"// asynccheck:response batch\n" + doc, "2: asynccheck:response: remove the space before it: with the space it is an ordinary comment"},
		{"// asynccheck:response is a directive\n" + doc, ""},
		{"/*asynccheck:response batch*/\n" + doc, ""},
		{"//asynccheck:response\n" + doc, "2: asynccheck:response: the shape is missing, want batch, single or none"},
		{"//asynccheck:response batsh\n" + doc, `2: asynccheck:response: unknown shape "batsh", want batch, single or none`},
		{"//asynccheck:response code=Code\n" + doc, `2: asynccheck:response: unknown shape "code=Code", want batch, single or none`},
		{"//asynccheck:response single Code\n" + doc, `2: asynccheck:response: unexpected "Code", want members such as code=RetCode`},
		{"//asynccheck:response single cod=Code\n" + doc, `2: asynccheck:response: unknown member "cod", want code, detail, task, message or desc`},
		{"//asynccheck:response single code=\n" + doc, "2: asynccheck:response: code= is empty, want a Go selector such as RetCode or Data.TaskID"},
		{"//asynccheck:response single code=Code code=Code\n" + doc, "2: asynccheck:response: code is given twice"},
		{"//asynccheck:response none code=Code\n" + doc, "2: asynccheck:response: none has no members, want nothing after it"},
		{"//asynccheck:response single detail=L\n" + doc, "2: asynccheck:response: a single result has no detail, want batch or no detail="},

		// Members.
		{"//asynccheck:response single code=Ret\n" + doc, "2: asynccheck:response: code=Ret: T has no such field"},
		{"//asynccheck:response single code=S.Ret\n" + doc, "2: asynccheck:response: code=S.Ret: T has no such field"},
		{"//asynccheck:response single code=F\n" + doc + "; func (T) F() int { return 0 }", "2: asynccheck:response: code=F: T has no such field"},
		{"//asynccheck:response single code=L\n" + doc, "2: asynccheck:response: code=L is []int, want a number, a string or any"},
		{"//asynccheck:response single task=L\n" + doc, "2: asynccheck:response: task=L is []int, want a string or a number"},
		{"//asynccheck:response single message=Code\n" + doc, "2: asynccheck:response: message=Code is int, want a string"},
		{"//asynccheck:response single desc=Code\n" + doc, "2: asynccheck:response: desc=Code is int, want a string"},
		{"//asynccheck:response single\ntype T struct { Ret int }", `2: asynccheck:response: single needs an outcome code: write code=…, since no number of T is named "code"`},
		{"//asynccheck:response batch\n" + doc, `2: asynccheck:response: a batch needs a detail: write detail=…, since no member of T is named "detail"`},
		{"//asynccheck:response batch detail=D\n" + doc, "2: asynccheck:response: detail=D: T has no such field"},
		{"//asynccheck:response batch detail=L\n" + doc, "2: asynccheck:response: detail L is []int, want a collection of entries with a code, any or json.RawMessage"},
		{"//asynccheck:response batch\ntype T struct { Code int; Detail map[string]*E }; type E struct{}", "2: asynccheck:response: detail Detail is map[string]*E, want a collection of entries with a code, any or json.RawMessage"},

		// Places.
		{"//asynccheck:response single\n\n" + doc, "2: asynccheck:response: it must stand in the doc comment of one type's declaration"},
		{doc + "\n//asynccheck:response single\nfunc f() {}", "3: asynccheck:response: it must stand in the doc comment of one type's declaration"},
		{"//asynccheck:response single\ntype ( T struct { Code int }; U struct { Code int } )", "2: asynccheck:response: it must stand in the doc comment of one type's declaration"},
		{"//asynccheck:response single\ntype T []int", "2: asynccheck:response: T is not declared as a struct type"},
		{"//asynccheck:response single\ntype T = struct { Code int }", "2: asynccheck:response: T is not declared as a struct type"},

		// Contradictions.
		{"//asynccheck:response single\n//asynccheck:response none\n//asynccheck:response none\n" + doc,
			"3: asynccheck:response: it contradicts the directive of the same type on line 2; " +
				"4: asynccheck:response: it contradicts the directive of the same type on line 2"},
		{"//asynccheck:response single code=Code\ntype (\n//asynccheck:response single\nT struct { Code int } )",
			"4: asynccheck:response: it contradicts the directive of the same type on line 2"},
	} {
		// A directive must come first on its line. Line 1 is the package clause.
		u := load(t, "p", one("\n"+test.src))
		var got []string
		for _, problem := range u.Problems() {
			pos := u.in.Fset.Position(problem.Pos)
			got = append(got, fmt.Sprintf("%d: %s", pos.Line, problem.Message))
			if pos.Column != 1 || problem.End <= problem.Pos {
				t.Errorf("%s: from %v to %v", test.src, pos, u.in.Fset.Position(problem.End))
			}
		}
		if got := strings.Join(got, "; "); got != test.want {
			t.Errorf("%s\ngot  %s\nwant %s", test.src, got, test.want)
		}
	}
}

// A wrong directive changes nothing: the type is what it would be without the directive.
func TestProblemHasNoEffect(t *testing.T) {
	for _, directive := range []string{"non", "batch", "single code=X", "none\n//asynccheck:response single"} {
		u := load(t, "p", one("\n//asynccheck:response "+directive+"\ntype T struct { Code int 'json:\"code\"'; CodeDesc string 'json:\"codeDesc\"' }"))
		if got, want := describe(u.Response(u.typ(t, "T"))), "single code=Code desc=CodeDesc"; got != want || len(u.Problems()) != 1 {
			t.Errorf("%s: got %s with %d problems, want %s with 1", directive, got, len(u.Problems()), want)
		}
	}
}

// It leaves no trace where others were checked along with it either: as entries of a batch, or as a batch.
func TestProblemLeavesNoTrace(t *testing.T) {
	const types = `
		DIRECTIVE T
		type T struct { Code int 'json:"code"'; Ret int; Detail map[string]E 'json:"detail"'; Other []E }
		DIRECTIVE E
		type E struct { Code int 'json:"code"'; Ret int; Message string 'json:"message"' }
		func f(t T, e E) bool { return t.Code == 5400 || e.Code == 5100 || e.Ret == 1 }
		var _ = E{Ret: 1}`
	for _, test := range []struct{ onT, onE, want string }{
		{"", "", "batch code=Code detail=Detail map {code=Code message=Message}"},
		{"batch", "single code=Ret task=X", "batch code=Code detail=Detail map {code=Code message=Message}"},
		{"batch code=Ret detail=Other task=X", "", "batch code=Code detail=Detail map {code=Code message=Message}"},
		{"batch code=Ret detail=Other", "single code=Ret task=X", "batch code=Ret detail=Other slice {code=Code message=Message}"},
		{"batch code=Ret detail=Other task=X", "single code=Ret", "batch code=Code detail=Detail map {code=Ret message=Message}"},
	} {
		src := types
		for name, directive := range map[string]string{"T": test.onT, "E": test.onE} {
			if directive != "" {
				directive = "//asynccheck:response " + directive
			}
			src = strings.Replace(src, "DIRECTIVE "+name, directive, 1)
		}
		u := load(t, "p", one(src))
		if got := describe(u.Response(u.typ(t, "T"))); got != test.want {
			t.Errorf("%s and %s:\ngot  %s\nwant %s", test.onT, test.onE, got, test.want)
		}
	}
}
