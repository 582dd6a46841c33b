package nonzero

import "fixes/sdk"

// No fix: with one for the other function, the import would be left unused.
func LastUses(c Client) error {
	s, err := c.Send("DeleteListener")
	if err != nil {
		return err
	}
	if s.Code == sdk.AllFailed { // want "result-nonzero-success"
		return errFailed
	}
	return nil
}

func LastUsesToo(c Client) error {
	s, err := c.Send("CreateListener")
	if err != nil {
		return err
	}
	if s.Code == sdk.AllFailed { // want "result-nonzero-success"
		return errFailed
	}
	return nil
}
