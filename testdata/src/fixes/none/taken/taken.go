// Package taken has something else of the name fmt.
package taken

import "errors"

// Batch is the answer to a call that names several servers.
type Batch struct {
	Code   int `json:"code"`
	Detail map[string]struct {
		Code int `json:"code"`
	} `json:"detail"`
}

const fmt = "servers failed"

// No fix: the name of the package is taken.
func Taken(r *Batch) error {
	if r.Code != 0 { // want "batch-partial-as-failure"
		return errors.New(fmt)
	}
	return nil
}
