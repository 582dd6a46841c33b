// Package acme is an SDK that only the configuration knows.
package acme

type Client struct{}

type Output struct {
	Sent   int
	Failed []string
}

type Pulled struct{ Lost bool }

func (c *Client) Push(texts ...string) (*Output, error)   { return new(Output), nil }
func (c *Client) Peek() (*Output, error)                  { return new(Output), nil }
func (c *Client) Delete(names ...string) map[string]error { return nil }

func Pull() (*Pulled, error)  { return new(Pulled), nil }
func Again() (*Pulled, error) { return new(Pulled), nil }
