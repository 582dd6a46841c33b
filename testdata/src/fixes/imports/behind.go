package imports

import "os" // for Getenv

func Behind(r *answer) (string, error) {
	if r.Code != 0 { // want "batch-partial-as-failure"
		return "", errFailed
	}
	return os.Getenv("HOME"), nil
}
