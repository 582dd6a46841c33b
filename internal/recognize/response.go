// Package recognize finds the Go types that follow a contract: by their JSON members, by evidence in the source, by
// directives, and by the configuration.
package recognize

import (
	"go/types"

	"github.com/asynccheck/asynccheck/internal/contract"
)

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
	Contract *contract.Contract
	Type     types.Type // the struct type, without pointers: *types.Named, *types.Struct, or an alias-free instance

	Code    *Member // never nil
	Message *Member // nil if the type has none
	Task    *Member // nil if the type has none
	Symbol  *Member // nil if the type has none
	Detail  *Detail // Kind Batch only

	// By a contract that is found by type or function. Each duty of the contract has a description of its own, with a
	// copy of the contract that has this duty alone.
	Signals    []*Member   // beside the code, if there are any: consulting one of them pays, too
	Complement []*Member   // what succeeded
	Methods    []string    // names of the methods that paths call
	Others     []*Response // for the contract's other duties
	Elsewhere  []Signal    // signals of the other duties, each one number for the whole response
}

// A Signal is a member that tells whether items failed, and what its numbers mean.
type Signal struct {
	*Member
	Meaning contract.Signal
}

// A Member is a field that plays a role. A path of field indexes leads to it from the response struct, through embedded
// and nested structs and pointers to them.
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

// Detail describes where a batch keeps its entries. Member is the field with the detail role. If its type is a struct
// that holds the one collection, Inner leads from that struct to the collection.
type Detail struct {
	Member
	Inner      []int      // field indexes from Member's struct to the collection; usually empty
	Collection types.Type // the map, slice or array type (perhaps a named one), or the opaque type; without pointers
	Form       Form
	Entry      *Response // Kind Entry; nil where Form is Opaque
	EntryPtr   bool      // the collection's elements are pointers to Entry.Type
}
