// Package errs makes errors of which nothing is known elsewhere: what makes them can be replaced.
package errs

import "errors"

var build = func(text string) error { return errors.New(text) }

// Replace lets somebody else make the errors.
func Replace(f func(text string) error) { build = f }

func New(text string) error { return build(text) }

func NotReady(id string) error { return build("not ready: " + id) }

func Wrap(err error, text string) error {
	if err == nil {
		return build("")
	}
	return build(text + ": " + err.Error())
}
