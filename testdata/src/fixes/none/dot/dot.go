// Package dot imports fmt without a name.
package dot

import . "fmt"

// Batch is the answer to a call that names several servers.
type Batch struct {
	Code   int `json:"code"`
	Detail map[string]struct {
		Code int `json:"code"`
	} `json:"detail"`
}

// No fix: the package has no name.
func Dot(r *Batch) error {
	if r.Code != 0 { // want "batch-partial-as-failure"
		return Errorf("code %d", r.Code)
	}
	return nil
}
