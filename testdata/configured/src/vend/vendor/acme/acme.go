// Package acme is a copy of the SDK.
package acme

type Client struct{}

type Output struct{ Failed []string }

func (c *Client) Push(texts ...string) (*Output, error) { return new(Output), nil }
