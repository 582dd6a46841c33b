//nolint:asynccheck // a comment before the package clause is for the file, which is silent
package nolint

import "encoding/json"

func inFile(b []byte) error {
	var r Result
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 {
		return nil
	}
	return errFailed
}
