// Package panics ends programs by a name in parentheses. A filter that reads the source's words alone
// has to see it.
package panics

// Silent: there is no response.
func Fail(msg string) { (panic)(msg) } // want Fail:"never returns"

// Silent: likewise, an instance's.
func FailWith(msg string) { (fail[string])(msg) } // want FailWith:"never returns"

func fail[T any](v T) { panic(v) }
