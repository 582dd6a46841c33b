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

// An Answer has a count only if it is made with a number.
type Answer[N any] struct {
	Value string
	Lost  N
}

func Ask[N any](c *Client) (*Answer[N], error) { return new(Answer[N]), nil }

// A Query is made for one type of answer.
type Query[N any] struct{}

func (q *Query[N]) Run() (*Answer[N], error) { return new(Answer[N]), nil }

// An Outer has the methods of what it embeds, and what New gives is not exported.
type Outer struct{ inner }

type inner struct{}

func (inner) Post() (*Output, error) { return new(Output), nil }

func New() *hidden { return new(hidden) }

type hidden struct{}

func (*hidden) Send() (*Output, error) { return new(Output), nil }

// All gives an error for each name, and a list of anything else.
func All[T any]() T { return *new(T) }
