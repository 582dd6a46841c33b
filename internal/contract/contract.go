// Package contract says what an API promises about the outcome of a call: which values mean success,
// partial and total failure, and where they stand. Which Go types follow a contract is for package
// recognize to find out.
package contract

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
