// Package errcode says what codes mean. It mentions no response.
package errcode

import "fmt"

type Code int

const OK Code = 0

func (c Code) Succeeded() bool { return c == OK } // want Succeeded:`code 0: true \{0\} judged; false not 0 judged`

// Check gives an error for whatever is no success.
func Check(n int, text string) error { // want Check:`code 0: error not 0 judged; nil \{0\} judged`
	if n != 0 {
		return fmt.Errorf("%s (%d)", text, n)
	}
	return nil
}

// Positive lets negative codes pass.
func Positive(n int) bool { return n > 0 } // want Positive:`code 0: true greater than 0 judged; false less than 1 judged`

// Failed is the same for all types of codes.
func Failed[C ~int | ~int64](code C) bool { return code != 0 } // want Failed:`code 0: true not 0 judged; false \{0\} judged`

// None says what it says of any number.
func None(n int64) bool { return n == 0 } // want None:`code 0: true \{0\} judged; false not 0 judged`
