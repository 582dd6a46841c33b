package main

import (
	"fmt"
	"io"
	"strings"
)

// Types are the types in handlers.
const types = `
// A Batch answers a request for several servers.
type Batch struct {
	Code    int               ` + "`json:\"code\"`" + `
	Message string            ` + "`json:\"message\"`" + `
	Detail  map[string]Result ` + "`json:\"detail\"`" + `
}

// A Result answers a request for one.
type Result struct {
	Code      int    ` + "`json:\"code\"`" + `
	Message   string ` + "`json:\"message\"`" + `
	RequestID string ` + "`json:\"requestId\"`" + `
}
`

// Handlers are ways to handle an answer, right and wrong ones in turn. A wrong one has a comment with the rule in the
// line of the finding. $ stands for a number. API. stands for the package of the types, if it is another package.
var handlers = []string{`
// Stop$ knows that all servers may fail, and not that some may.
func Stop$(b []byte) error {
	var r API.Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code == 5100 { // want batch-partial-as-success
		return fmt.Errorf("stop: %s", r.Message)
	}
	return nil
}
`, `
// Start$ looks for the servers that failed.
func Start$(b []byte) (failed []string, err error) {
	var r API.Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return nil, err
	}
	if r.Code != 0 && r.Code != 5400 {
		return nil, fmt.Errorf("start: %s", r.Message)
	}
	for id, e := range r.Detail {
		if e.Code != 0 {
			failed = append(failed, id)
		}
	}
	return failed, nil
}
`, `
// Create$ returns the task without asking whether there is one.
func Create$(b []byte) (task string, err error) {
	var r API.Result
	if err := json.Unmarshal(b, &r); err != nil { // want result-unchecked
		return "", err
	}
	return r.RequestID, nil
}
`, `
// Describe$ asks first.
func Describe$(b []byte) (task string, err error) {
	var r API.Result
	if err := json.Unmarshal(b, &r); err != nil {
		return "", err
	}
	if r.Code != 0 {
		return "", fmt.Errorf("describe: %s (%d)", r.Message, r.Code)
	}
	return r.RequestID, nil
}
`, `
// Delete$ forgets that codes may be negative.
func Delete$(b []byte) error {
	var r API.Result
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code > 0 { // want result-nonzero-success
		return fmt.Errorf("delete: %s", r.Message)
	}
	return nil
}
`, `
// Resize$ gives the answer to its caller.
func Resize$(b []byte) (*API.Batch, error) {
	r := new(API.Batch)
	return r, json.Unmarshal(b, r)
}
`, `
// Rename$ keeps the servers that failed for itself.
func Rename$(b []byte) error {
	var r API.Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 { // want batch-partial-as-failure
		return fmt.Errorf("rename: %s", r.Message)
	}
	return nil
}
`, `
// Attach$ tolerates what it knows.
func Attach$(b []byte) error {
	var r API.Result
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	switch r.Code {
	case 0, 5500:
		return nil
	}
	return fmt.Errorf("attach: %s (%d)", r.Message, r.Code)
}
`}

// writeHandler writes the n-th handler. Its types are those of the given package, or of its own.
func writeHandler(w io.Writer, n int, api string) {
	if api != "" {
		api += "."
	}
	r := strings.NewReplacer("$", fmt.Sprint(n), "API.", api)
	r.WriteString(w, handlers[n%len(handlers)])
}
