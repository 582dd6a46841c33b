package imports

import _ "fmt"

func Blank(r *answer) error {
	if r.Code != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}
