// Package received has structs without a single json tag that it never
// decodes: they are its own. Every function here is silent.
package received

import "errors"

// Step is what happened to one step.
type Step struct {
	Code    int
	Message string
}

// Run is the outcome of several steps.
type Run struct {
	Code   int
	Detail map[string]Step
}

// Outcome is that of one call.
type Outcome struct {
	Code      int
	Message   string
	RequestID string
}

var errFailed = errors.New("run failed")

// Silent: a struct without a json tag counts only where its package decodes
// it.
func Finish(run func() (*Run, error)) error {
	r, err := run()
	if err != nil {
		return err
	}
	if r.Code != 0 {
		return errFailed
	}
	return nil
}

// Silent: a struct without a json tag counts only where its package decodes
// it.
func Close(call func() (*Outcome, error)) error {
	o, err := call()
	if err != nil {
		return err
	}
	if o.Code > 0 {
		return errFailed
	}
	return nil
}
