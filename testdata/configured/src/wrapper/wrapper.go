// Package wrapper gives what calls of package checked give. It is silent, since
// all that it has was checked by them.
package wrapper

import "checked"

func Get(b []byte) (*checked.Result, error) { return checked.Get(b) }

func Task(b []byte) (string, error) {
	r, err := checked.Get(b)
	if err != nil {
		return "", err
	}
	return r.RequestID, nil
}
