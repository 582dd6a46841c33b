// Package cloud operates servers and load balancers through the cloud's API, in
// two ways: [Naive] is written in a hurry, with one mistake in each method, and
// [Careful] is correct.
package cloud

import (
	"context"
	"net/http"
	"net/url"
	"time"
)

// Operations is what an operator does.
type Operations interface {
	StopServers(ctx context.Context, ids ...string) error
	ResetPasswords(ctx context.Context, password string, ids ...string) error
	StartServers(ctx context.Context, ids ...string) error
	CreateLoadBalancer(ctx context.Context, name string) (task string, err error)
	WaitTask(ctx context.Context, task string) error
	DeleteLoadBalancer(ctx context.Context, name string) error
}

var (
	_ Operations = Naive{}
	_ Operations = Careful{}
)

// A Client knows where the API is and how to get there.
type Client struct {
	Endpoint string // URL
	HTTP     *http.Client
	Interval time.Duration // between two looks at a task
}

// request returns a request for the action.
func (c *Client) request(ctx context.Context, action string, params url.Values) (*http.Request, error) {
	q := url.Values{"Action": {action}}
	for name, values := range params {
		q[name] = values
	}
	return http.NewRequestWithContext(ctx, http.MethodGet, c.Endpoint+"?"+q.Encode(), nil)
}

// Codes of an answer.
const (
	codeDone          = 0    // all done, or accepted
	codeNotFound      = 5000 // no such load balancer
	codeAllFailed     = 5100
	codeSomeFailed    = 5400 // the detail says which
	statusTaskDone    = 0
	statusTaskFailed  = 1
	statusTaskRunning = 2
)

// A Result answers an action on one thing.
type Result struct {
	Code      int    `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"` // the task
}

// A Batch answers an action on several servers.
type Batch struct {
	Code    int               `json:"code"`
	Message string            `json:"message"`
	Detail  map[string]Result `json:"detail"` // by server
}

// A Task answers a question about a task.
type Task struct {
	Result
	Data struct {
		Status int `json:"status"`
	} `json:"data"`
}
