package recognize

import "testing"

// The types are declared as T. They have no evidence but their own members.
func TestShape(t *testing.T) {
	for _, test := range []struct{ name, src, want string }{
		// The documented shapes.
		{"single", `type T struct { Code int 'json:"code"'; Message string 'json:"message"'; RequestID string 'json:"requestId"' }`,
			"single code=Code message=Message task=RequestID"},
		{"batch", `type T struct { Code int 'json:"code"'; Message string 'json:"message"'; Detail map[string]struct { Code int 'json:"code"'; Message string 'json:"message"'; RequestID string 'json:"requestId"' } 'json:"detail"' }`,
			"batch code=Code message=Message detail=Detail map {code=Code message=Message task=RequestID}"},
		{"batch, detail as the documented table has it", `type T struct { Code int 'json:"code"'; Detail []struct { Code int 'json:"code"'; Message string 'json:"message"' } 'json:"detail"' }`,
			"batch code=Code detail=Detail slice {code=Code message=Message}"},

		// Names.
		{"by the tag, not the Go name", `type T struct { R int 'json:"code"'; M string 'json:"message"'; I string 'json:"requestId"' }`,
			"single code=R message=M task=I"},
		{"Go name of another member", `type T struct { Code int 'json:"status"'; Message string 'json:"message"'; RequestID string 'json:"requestId"' }`, "none"},
		{"field name where the tag has none", `type T struct { Code int 'json:",omitempty"'; Message string 'json:"message"'; RequestID string }`,
			"single code=Code message=Message task=RequestID"},
		{"field name where the tag is malformed", `type T struct { Code int 'json:"co\"de"'; Message string 'json: "msg"'; RequestID string 'json:requestId' }`,
			"single code=Code message=Message task=RequestID"},
		{"case does not matter", `type T struct { A int 'json:"CODE"'; B string 'json:"Message"'; C string 'json:"requestid"' }`,
			"single code=A message=B task=C"},
		{"the very name before one in another case", `type T struct { A int 'json:"Code"'; B int 'json:"code"'; M string 'json:"msg"'; R string 'json:"requestId"' }`,
			"single code=B message=M task=R"},
		{"request_id is another name", `type T struct { Code int 'json:"code"'; Message string 'json:"message"'; RequestID string 'json:"request_id"' }`, "none"},
		{"excluded", `type T struct { Code int 'json:"-"'; Message string 'json:"message"'; RequestID string 'json:"requestId"' }`, "none"},
		{"named minus", `type T struct { Code int 'json:"-,"'; Message string 'json:"message"'; RequestID string 'json:"requestId"' }`, "none"},
		{"unexported", `type T struct { code int 'json:"code"'; Message string 'json:"message"'; RequestID string 'json:"requestId"' }; var _ = T{}.code`, "none"},

		// Promotion.
		{"embedded", `type Base struct { Code int 'json:"code"'; Message string 'json:"message"' }; type T struct { Base; RequestID string 'json:"requestId"' }`,
			"single code=Code message=Message task=RequestID"},
		{"embedded pointer to an unexported struct", `type base struct { Code int 'json:"code"'; Message string 'json:"message"' }; type T struct { *base; RequestID string 'json:"requestId"' }`,
			"single code=Code message=Message task=RequestID"},
		{"embedded with a name is nested", `type Base struct { Code int 'json:"code"'; Message string 'json:"message"' }; type T struct { Base 'json:"base"'; RequestID string 'json:"requestId"' }`, "none"},
		{"embedded non-struct goes by its type's name", `type Code int; type T struct { Code; Message string 'json:"message"'; RequestID string 'json:"requestId"' }`,
			"single code=Code message=Message task=RequestID"},
		{"embedded unexported non-struct", `type code int; type T struct { code; Message string 'json:"message"'; RequestID string 'json:"requestId"' }`, "none"},
		{"shallower hides deeper", `type Base struct { Code string 'json:"code"' }; type T struct { Base; Code int 'json:"code"'; Message string 'json:"message"'; RequestID string 'json:"requestId"' }`,
			"single code=Code message=Message task=RequestID"},
		{"a shallower one of the wrong type hides too", `type Base struct { Code int 'json:"code"' }; type T struct { Base; Code string 'json:"code"'; Message string 'json:"message"'; RequestID string 'json:"requestId"' }`, "none"},
		{"equal depth annihilates", `type A struct { Code int 'json:"code"' }; type B struct { Code int 'json:"code"' }; type T struct { A; B; Message string 'json:"message"'; RequestID string 'json:"requestId"' }`, "none"},
		{"equal depth: the tagged one wins, and its selector is written out", `type A struct { Code int }; type B struct { Code int 'json:"Code"' }; type T struct { A; B; Message string 'json:"message"'; RequestID string 'json:"requestId"' }`,
			"single code=B.Code message=Message task=RequestID"},
		{"one struct embedded twice at one depth annihilates", `type C struct { Code int 'json:"code"' }; type A struct { C }; type B struct { C }; type T struct { A; B; Message string 'json:"message"'; RequestID string 'json:"requestId"' }`, "none"},
		{"below a repeated struct too", `type D struct { Code int 'json:"code"' }; type C struct { D }; type A struct { C }; type B struct { C }; type T struct { A; B; Message string 'json:"message"'; RequestID string 'json:"requestId"' }`, "none"},
		{"embedding itself", `type T struct { *T; Code int 'json:"code"'; Message string 'json:"message"'; RequestID string 'json:"requestId"' }`,
			"single code=Code message=Message task=RequestID"},
		{"embedded struct without members", `type Base struct {}; type T struct { *Base; Code *int 'json:"code"'; Message *string 'json:"message"'; CodeDesc *string 'json:"codeDesc"' }`,
			"single code=Code message=Message desc=CodeDesc"},

		// Code types.
		{"float, pointers", `type T struct { Code *float64 'json:"code"'; Message *string 'json:"message"'; RequestID *string 'json:"requestId"' }`,
			"single code=Code message=Message task=RequestID"},
		{"named code", `type Code uint16; type T struct { C *Code 'json:"code"'; Message string 'json:"message"'; RequestID string 'json:"requestId"' }`,
			"single code=C message=Message task=RequestID"},
		{"json.Number", `import "encoding/json"; type T struct { Code json.Number 'json:"code"'; Message string 'json:"message"'; RequestID string 'json:"requestId"' }`,
			"single code=Code message=Message task=RequestID"},
		{"string code", `type T struct { Code string 'json:"code"'; Message string 'json:"message"'; RequestID string 'json:"requestId"' }`, "none"},
		{"bool code", `type T struct { Code bool 'json:"code"'; Message string 'json:"message"'; RequestID string 'json:"requestId"' }`, "none"},
		{"any code", `type T struct { Code any 'json:"code"'; Message string 'json:"message"'; RequestID string 'json:"requestId"' }`, "none"},
		{"any code with evidence", `type T struct { Code any 'json:"code"'; Message string 'json:"message"'; RequestID int 'json:"requestId"' }`,
			"single code=Code message=Message task=RequestID"},
		{"interface with methods", `type I interface { M() }; type T struct { Code I 'json:"code"'; Message string 'json:"message"'; CodeDesc string 'json:"codeDesc"' }`, "none"},

		// Single results.
		{"code alone", `type T struct { Code int 'json:"code"' }`, "none"},
		{"code and message", `type T struct { Code int 'json:"code"'; Message string 'json:"message"' }`, "none"},
		{"msg", `type T struct { Code int 'json:"code"'; Msg string 'json:"msg"'; RequestID string 'json:"requestId"' }`,
			"single code=Code message=Msg task=RequestID"},
		{"code and request ID without evidence", `type T struct { Code int 'json:"code"'; RequestID string 'json:"requestId"' }`, "none"},
		{"a number as request ID is evidence", `type T struct { Code int 'json:"code"'; RequestID *int64 'json:"requestId"' }`,
			"single code=Code task=RequestID"},
		{"a number as task ID is none", `type T struct { Code int 'json:"code"'; TaskID int64 'json:"taskId"' }`, "none"},
		{"code and symbolic name", `type T struct { Code int 'json:"code"'; CodeDesc string 'json:"codeDesc"' }`, "single code=Code desc=CodeDesc"},
		{"symbolic name and nested task", `type T struct { Code int 'json:"code"'; CodeDesc string 'json:"codeDesc"'; Data *struct { TaskID int 'json:"taskId"' } 'json:"data"' }`,
			"single code=Code task=Data.TaskID desc=CodeDesc"},
		{"data without a task", `type T struct { Code int 'json:"code"'; CodeDesc string 'json:"codeDesc"'; Data struct { N int } 'json:"data"' }`, "single code=Code desc=CodeDesc"},
		{"data that is a list", `type T struct { Code int 'json:"code"'; CodeDesc string 'json:"codeDesc"'; Data []int 'json:"data"' }`, "single code=Code desc=CodeDesc"},
		{"symbolic name that is a number", `type T struct { Code int 'json:"code"'; CodeDesc int 'json:"codeDesc"' }`, "none"},

		// Details.
		{"entry with a code alone", `type T struct { Code int 'json:"code"'; Detail map[string]struct { Code int 'json:"code"' } 'json:"detail"' }`,
			"batch code=Code detail=Detail map {code=Code}"},
		{"pointers everywhere", `type T struct { Code *int 'json:"code"'; Detail *map[string]*struct { Code *int 'json:"code"'; Msg *string 'json:"msg"' } 'json:"detail"' }`,
			"batch code=Code detail=Detail map *{code=Code message=Msg}"},
		{"named key, collection and entry", `type ID string; type E struct { Code int 'json:"code"' }; type M map[ID]E; type T struct { Code int 'json:"code"'; Detail M 'json:"detail"' }`,
			"batch code=Code detail=Detail map {code=Code}"},
		{"number as key", `type T struct { Code int 'json:"code"'; Detail map[int]struct { Code int 'json:"code"' } 'json:"detail"' }`, "none"},
		{"array", `type T struct { Code int 'json:"code"'; Detail [3]*struct { Code int 'json:"code"'; TaskID int 'json:"taskId"' } 'json:"detail"' }`,
			"batch code=Code detail=Detail array *{code=Code task=TaskID}"},
		{"a list of area codes", `type T struct { Code int 'json:"code"'; Detail []struct { Code int 'json:"code"'; Area string 'json:"area"' } 'json:"detail"' }`, "none"},
		{"a list of area codes, by one of ours", `type T struct { Code int 'json:"code"'; CodeDesc string 'json:"codeDesc"'; Detail []struct { Code int 'json:"code"'; Area string 'json:"area"' } 'json:"detail"' }`, "none"},
		{"a list with id", `type T struct { Code int 'json:"code"'; Detail []struct { Code int 'json:"code"'; ID int 'json:"id"' } 'json:"detail"' }`,
			"batch code=Code detail=Detail slice {code=Code}"},
		{"a list with instanceId", `type T struct { Code int 'json:"code"'; Detail []struct { Code int 'json:"code"'; ID *string 'json:"instanceId"' } 'json:"detail"' }`,
			"batch code=Code detail=Detail slice {code=Code}"},
		{"a list with a word that ends like an ID", `type T struct { Code int 'json:"code"'; Detail []struct { Code int 'json:"code"'; Paid string 'json:"paid"' } 'json:"detail"' }`, "none"},
		{"a list with an ID that is none", `type T struct { Code int 'json:"code"'; Detail []struct { Code int 'json:"code"'; ID []string 'json:"id"' } 'json:"detail"' }`, "none"},
		{"a list with symbolic names", `type T struct { Code int 'json:"code"'; Detail []struct { Code int 'json:"code"'; CodeDesc string 'json:"codeDesc"' } 'json:"detail"' }`,
			"batch code=Code detail=Detail slice {code=Code desc=CodeDesc}"},
		{"struct with one collection", `type T struct { Code int 'json:"code"'; Detail *struct { Total int; List []struct { Code int 'json:"code"'; Msg string 'json:"msg"' } } 'json:"detail"' }`,
			"batch code=Code detail=Detail [1] slice {code=Code message=Msg}"},
		{"struct with two collections", `type E struct { Code int 'json:"code"' }; type T struct { Code int 'json:"code"'; Detail struct { A, B map[string]E } 'json:"detail"' }`, "none"},
		{"struct without a collection", `type T struct { Code int 'json:"code"'; CodeDesc string 'json:"codeDesc"'; Detail struct { A int } 'json:"detail"' }`, "none"},
		{"string detail", `type T struct { Code int 'json:"code"'; Message string 'json:"message"'; RequestID string 'json:"requestId"'; Detail string 'json:"detail"' }`, "none"},
		{"detail of structs without a code", `type T struct { Code int 'json:"code"'; CodeDesc string 'json:"codeDesc"'; Detail []*struct { Eip *string 'json:"eip"' } 'json:"detail"' }`, "none"},
		{"detail of strings", `type T struct { Code int 'json:"code"'; CodeDesc string 'json:"codeDesc"'; Detail []string 'json:"detail"' }`, "none"},
		{"detail whose entries have a string code", `type T struct { Code int 'json:"code"'; Detail map[string]struct { Code string 'json:"code"' } 'json:"detail"' }`, "none"},
		{"detail by another name", `type T struct { Code int 'json:"code"'; Details map[string]struct { Code int 'json:"code"' } 'json:"details"' }`, "none"},
		{"a batch with a task and message is a batch", `type T struct { Code int 'json:"code"'; Message string 'json:"message"'; RequestID string 'json:"requestId"'; Detail map[string]struct { Code int 'json:"code"' } 'json:"detail"' }`,
			"batch code=Code message=Message task=RequestID detail=Detail map {code=Code}"},
		{"a batch of batches", `type T struct { Code int 'json:"code"'; Detail map[string]*T 'json:"detail"' }`,
			"batch code=Code detail=Detail map *{code=Code}"},

		// Opaque details.
		{"any without evidence", `type T struct { Code int 'json:"code"'; Message string 'json:"message"'; Detail any 'json:"detail"' }`, "none"},
		{"any", `type T struct { Code int 'json:"code"'; CodeDesc string 'json:"codeDesc"'; Detail any 'json:"detail"' }`,
			"batch code=Code desc=CodeDesc detail=Detail opaque"},
		{"raw", `import "encoding/json"; type T struct { Code int 'json:"code"'; CodeDesc string 'json:"codeDesc"'; Detail *json.RawMessage 'json:"detail"' }`,
			"batch code=Code desc=CodeDesc detail=Detail opaque"},
		{"map of any", `type T struct { Code int 'json:"code"'; CodeDesc string 'json:"codeDesc"'; Detail map[string]any 'json:"detail"' }`,
			"batch code=Code desc=CodeDesc detail=Detail opaque"},
		{"maps of any", `type T struct { Code int 'json:"code"'; CodeDesc string 'json:"codeDesc"'; Detail map[string]map[string]any 'json:"detail"' }`,
			"batch code=Code desc=CodeDesc detail=Detail opaque"},
		{"list and array of any", `type T struct { Code int 'json:"code"'; CodeDesc string 'json:"codeDesc"'; Detail [][1]any 'json:"detail"' }`,
			"batch code=Code desc=CodeDesc detail=Detail opaque"},
		{"a map of itself", `type M map[string]M; type T struct { Code int 'json:"code"'; CodeDesc string 'json:"codeDesc"'; Detail M 'json:"detail"' }`, "none"},
		{"entries with an opaque code, without evidence", `type T struct { Code int 'json:"code"'; Detail map[string]struct { Code any 'json:"code"' } 'json:"detail"' }`, "none"},
		{"entries with an opaque code", `type T struct { Code any 'json:"code"'; CodeDesc string 'json:"codeDesc"'; Detail map[string]struct { Code any 'json:"code"' } 'json:"detail"' }`,
			"batch code=Code desc=CodeDesc detail=Detail map {code=Code}"},

		// Forms of declaration.
		{"alias", `type S struct { Code int 'json:"code"'; CodeDesc string 'json:"codeDesc"' }; type T = *S`, "single code=Code desc=CodeDesc"},
		{"pointers", `var T **struct { Code int 'json:"code"'; CodeDesc string 'json:"codeDesc"' }`, "single code=Code desc=CodeDesc"},
		{"local", `func f() { type T struct { Code int 'json:"code"'; CodeDesc string 'json:"codeDesc"' } }`, "single code=Code desc=CodeDesc"},
		{"no struct", "type T map[string]int", "none"},
		{"no tag, not decoded", "type T struct { Code int; Message string; RequestID string }", "none"},
		{"accessor methods", `type T struct { code int 'json:"code"'; codeDesc string 'json:"codeDesc"' }; func (t *T) Code() int { return t.code }; func (t T) GetCodeDesc() string { return t.codeDesc }`,
			"single code=code desc=codeDesc"},
		{"a method of another type is no accessor", `type T struct { code int 'json:"code"'; CodeDesc string 'json:"codeDesc"' }; func (t *T) Code() string { return "" }`, "none"},
		{"an exported field before an unexported one", `type T struct { code int 'json:"code"'; Code int; CodeDesc string 'json:"codeDesc"' }; func (t *T) GetCode() int { return t.code }`,
			"single code=Code desc=CodeDesc"},

		// Generics.
		{"instance", `type R[E any] struct { Code int 'json:"code"'; Detail map[string]E 'json:"detail"' }; type E struct { Code int 'json:"code"' }; var T R[E]`,
			"batch code=Code detail=Detail map {code=Code}"},
		{"each instance by itself", `type R[E any] struct { Code int 'json:"code"'; Detail map[string]E 'json:"detail"' }; var T R[int]`, "none"},
		{"generic type whose entries are not known", `type T[E any] struct { Code int 'json:"code"'; CodeDesc string 'json:"codeDesc"'; Detail map[string]E 'json:"detail"' }`, "batch code=Code desc=CodeDesc detail=Detail opaque"},
		{"generic type whose detail is not known", `type T[E any] struct { Code int 'json:"code"'; CodeDesc string 'json:"codeDesc"'; Detail E 'json:"detail"' }`, "none"},
		{"generic type whose own members are enough", `type T[E any] struct { Code int 'json:"code"'; CodeDesc string 'json:"codeDesc"'; Data E 'json:"data"' }`, "single code=Code desc=CodeDesc"},
		{"generic code", `type T[C ~int] struct { Code C 'json:"code"'; CodeDesc string 'json:"codeDesc"' }`, "none"},
		{"a task by the type argument", `type R[E any] struct { Code int 'json:"code"'; CodeDesc string 'json:"codeDesc"'; Data E 'json:"data"' }; var T R[*struct{ TaskID string 'json:"taskId"' }]`,
			"single code=Code task=Data.TaskID desc=CodeDesc"},
	} {
		t.Run(test.name, func(t *testing.T) {
			u := load(t, "p", one(test.src))
			if got := describe(u.Response(u.typ(t, "T"))); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}
