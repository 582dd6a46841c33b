package nonzero

import "fixes/sdk"

// No fix: the import would be left unused.
func LastUse(c Client) error {
	s, err := c.Send("DeleteListener")
	if err != nil {
		return err
	}
	if s.Code == sdk.AllFailed { // want "result-nonzero-success"
		return errFailed
	}
	return nil
}
