package imports

import "errors"

var errFailed = errors.New("servers failed")

// Two fixes need the import.
func Single(r *answer) error {
	if r.Code != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}

func SingleToo(r *answer) error {
	if r.Code != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}
