package own

import acme2 "acme/v2"

// Silent: the contract is about version 1 alone.
func newer(c *acme2.Client) error {
	_, err := c.Push("a", "b")
	return err
}

// This one is about all versions.
func newerDelete(c *acme2.Client) error {
	c.Delete("a") // want `result-unchecked`
	return nil
}
