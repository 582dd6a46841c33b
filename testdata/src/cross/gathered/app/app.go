// Package app asks a batch of another package for what has failed.
package app

import (
	"cross/gathered/sdk"
	"errors"
)

var errRefused = errors.New("refused")

// Silent: where the list is not empty, the code is 5100 or 5400, and the caller has the list.
func Stop(answer []byte) ([]string, error) {
	b, err := sdk.Stop(answer)
	if err != nil {
		return nil, err
	}
	failed := b.Failed()
	if b.Code != 0 && len(failed) == 0 {
		return nil, errRefused
	}
	return failed, nil
}

// A request that was refused has no failed entries, and nil is returned for it.
func StopQuietly(answer []byte) ([]string, error) {
	b, err := sdk.Stop(answer)
	if err != nil {
		return nil, err
	}
	failed := b.Failed()
	if b.Code != 0 && len(failed) != 0 {
		return failed, errRefused
	}
	if b.Code != 0 {
		return nil, nil // want "result-failure-dropped"
	}
	return nil, nil
}
