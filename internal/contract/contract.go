// Package contract says what an API promises about the outcome of a call, and
// recognises the Go types that carry such an outcome.
//
// The engine knows roles only: the outcome code, the per-resource entries, the
// task ID. Which members play them, and which values mean success, partial
// and total failure, is a [Contract], a value.
package contract

import "go/types"

// A Contract says where an API's responses keep their outcome and what the
// values of the outcome code mean.
type Contract struct {
	Name string // for messages and docs, such as "cloud API 2.0"

	// Values of the outcome code.
	Success int64 // every resource succeeded, or the task was accepted
	Partial int64 // some resources failed; only the entries say which
	Total   int64 // every resource failed

	// JSON names of the members, compared case-insensitively.
	Code    string   // the outcome code
	Desc    string   // the code's symbolic name, a string beside it
	Detail  string   // the collection of entries of a batch response
	Message []string // human-readable text; decides nothing
	Task    []string // the task ID; the first is the documented name
	Nest    []string // structs one level down in which a task ID may stand

	DescSuccess string   // value of Desc that stands for Success
	Hosts       []string // substrings of string constants that show that a package speaks this API
}

// Parts returns the JSON names of the members of which each response has one beside its code.
func (c *Contract) Parts() []string { return append([]string{c.Detail, c.Desc}, c.Task...) }

// CloudAPI2 is the contract of Tencent Cloud's API 2.0 for asynchronous tasks.
//
// Source: Tencent Cloud API 2.0, "asynchronous task interface response format".
var CloudAPI2 = &Contract{
	Name:        "cloud API 2.0",
	Success:     0,
	Partial:     5400,
	Total:       5100,
	Code:        "code",
	Desc:        "codeDesc",
	Detail:      "detail",
	Message:     []string{"message", "msg"},
	Task:        []string{"requestId", "taskId"},
	Nest:        []string{"data"},
	DescSuccess: "Success",
	Hosts:       []string{"api.qcloud.com", "api.tencentyun.com"},
}

// Kind is the shape of a response type.
type Kind uint8

const (
	None   Kind = iota
	Single      // one outcome code, one task
	Batch       // an outer outcome code and an entry for every resource
	Entry       // one resource's outcome within a batch
)

func (k Kind) String() string {
	return [...]string{"none", "single", "batch", "entry"}[k]
}

// A Response describes a recognised response type (or, with Kind Entry, the
// type of a batch's entries). It is shared: treat it as read-only.
type Response struct {
	Kind     Kind
	Contract *Contract
	Type     types.Type // the struct type, without pointers: *types.Named, *types.Struct, or an alias-free instance

	Code    *Member // never nil
	Message *Member // nil if the type has none
	Task    *Member // nil if the type has none
	Desc    *Member // nil if the type has none
	Detail  *Detail // Kind Batch only
}

// A Member is a field that plays a role, reached from the response struct by
// field indexes through embedded and nested structs and pointers to them.
type Member struct {
	Path     []int      // field indexes; every step but the last yields a struct or a pointer to one
	Selector string     // Go selector as one would write it, such as "Code" or "Data.TaskID" (promoted fields in their short form)
	JSON     string     // the names in JSON on the way, in lower case, such as "data.taskid"
	Type     types.Type // type of the last field
}

// Form is the Go form of a batch's detail.
type Form uint8

const (
	Map Form = iota
	Slice
	Array
	Opaque // any, json.RawMessage, map[string]any: entries have no Go type
)

// Detail describes where a batch keeps its entries. Member is the field with
// the detail role. Where its type is a struct that holds the one collection,
// Inner leads from there to the collection.
type Detail struct {
	Member
	Inner      []int      // field indexes from Member's struct to the collection; usually empty
	Collection types.Type // the map, slice or array type (perhaps a named one), or the opaque type; without pointers
	Form       Form
	Entry      *Response // Kind Entry; nil where Form is Opaque
	EntryPtr   bool      // the collection's elements are pointers to Entry.Type
}
