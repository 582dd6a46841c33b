// Package local splits the work among functions of one package: a request, a
// decode, a predicate, a check. What is right or wrong shows only where they
// are put together.
package local

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/url"
	"strings"
)

// Item is what happened to one instance.
type Item struct {
	Code      int    `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

// Batch is the answer to a call that names several instances.
type Batch struct {
	Code    int             `json:"code"`
	Message string          `json:"message"`
	Detail  map[string]Item `json:"detail"`
}

// Result is the answer to a call that starts one task.
type Result struct {
	Code      int    `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

var (
	errCreate  = errors.New("load balancer not created")
	errRefused = errors.New("request refused")
	errStop    = errors.New("instances not stopped")
)

const alreadyGone = 7001

// Client talks to the API.
type Client struct {
	http     *http.Client
	endpoint string
	failed   []string
	tasks    map[string]string
	last     *Batch
}

// post gives the answer as it came.
//
// Silent: there is no response in sight.
func (c *Client) post(action string, form url.Values) ([]byte, error) {
	form.Set("Action", action)
	resp, err := c.http.PostForm(c.endpoint, form)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", action, err)
	}
	defer resp.Body.Close()
	return io.ReadAll(resp.Body)
}

// stop gives its caller a batch that nobody has looked at.
//
// Silent: the response is returned.
func (c *Client) stop(ids []string) (*Batch, error) {
	body, err := c.post("StopInstances", url.Values{"instanceIds": {strings.Join(ids, ",")}})
	if err != nil {
		return nil, err
	}
	r := new(Batch)
	if err := json.Unmarshal(body, r); err != nil {
		return nil, err
	}
	return r, nil
}

// CreateRaw gives its caller a result that nobody has looked at.
//
// Silent: the response is returned.
func (c *Client) CreateRaw(name string) (*Result, error) {
	body, err := c.post("CreateLoadBalancer", url.Values{"loadBalancerName": {name}})
	if err != nil {
		return nil, err
	}
	var s Result
	if err := json.Unmarshal(body, &s); err != nil {
		return nil, err
	}
	return &s, nil
}

// Create gives its caller a result whose code is 0, or an error.
//
// Silent: only code 0 goes with a nil error.
func (c *Client) Create(name string) (*Result, error) {
	s, err := c.CreateRaw(name)
	if err != nil {
		return nil, err
	}
	if s.Code != 0 {
		return nil, fmt.Errorf("create %s: %s (code %d)", name, s.Message, s.Code)
	}
	return s, nil
}

// decode hides the decoder.
//
// Silent: decoding into memory that the caller owns hands on.
func decode(body []byte, out any) error {
	if err := json.Unmarshal(body, out); err != nil {
		return fmt.Errorf("malformed answer: %w", err)
	}
	return nil
}

// wait polls a task until it is done.
//
// Silent: there is no response in sight.
func (c *Client) wait(task string) error {
	for {
		body, err := c.post("DescribeTask", url.Values{"requestId": {task}})
		if err != nil {
			return err
		}
		if strings.Contains(string(body), `"done"`) {
			return nil
		}
	}
}

// alert wakes somebody up.
//
// Silent: there is no response in sight.
func alert(text string) { log.Print("ALERT: ", text) }
