// Package errs makes errors. It mentions no response.
package errs

import "fmt"

type plainError struct{ text string }

func (e *plainError) Error() string { return e.text }

func New(text string) error { return &plainError{text} } // want New:`result 0 never nil`

func Newf(format string, args ...any) error { // want Newf:`printed 1 \| result 0 never nil`
	return fmt.Errorf(format, args...)
}

func Wrap(err error, text string) error { // want Wrap:`result 0 wraps 0`
	if err == nil {
		return nil
	}
	return New(text + ": " + err.Error())
}
