// Package vend uses a copy of an SDK below vendor. Without modules, its import path says so.
package vend

import "acme"

func push(c *acme.Client) error {
	_, err := c.Push("a") // want `result-unchecked`
	return err
}
