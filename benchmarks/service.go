package main

import (
	"bufio"
	"fmt"
	"strings"
)

// applications is the number of packages of a service that use its client.
const applications = 16

// Of a service's twenty packages, these four have the common code: types, decoding, verdicts and requests.
var client = map[string]string{
	"api/api.go": `// Package api has the types of answers.
package api
` + types,
	"decode/decode.go": `// Package decode reads answers.
package decode

import (
	"encoding/json"
	"io"
)

// Into decodes an answer into v.
func Into(r io.Reader, v any) error { return json.NewDecoder(r).Decode(v) }
`,
	"check/check.go": `// Package check says what answers mean.
package check

import (
	"fmt"

	"PATH/api"
)

// Failed reports whether there is no task.
func Failed(r *api.Result) bool { return r.Code != 0 }

// Servers returns the servers that failed, or an error if the request did.
func Servers(b *api.Batch) ([]string, error) {
	if b.Code != 0 && b.Code != 5100 && b.Code != 5400 {
		return nil, fmt.Errorf("%s (%d)", b.Message, b.Code)
	}
	var failed []string
	for id, e := range b.Detail {
		if e.Code != 0 {
			failed = append(failed, id)
		}
	}
	return failed, nil
}
`,
	"client/client.go": `// Package client sends requests.
package client

import (
	"fmt"
	"net/http"
	"net/url"

	"PATH/api"
	"PATH/check"
	"PATH/decode"
)

// A Client sends requests to a service.
type Client struct{ URL string }

func (c *Client) do(action string, v any) error {
	resp, err := http.PostForm(c.URL, url.Values{"Action": {action}})
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	return decode.Into(resp.Body, v)
}

// Send returns the answer.
func (c *Client) Send(action string) (*api.Result, error) {
	r := new(api.Result)
	return r, c.do(action, r)
}

// SendAll returns the answer for several servers.
func (c *Client) SendAll(action string) (*api.Batch, error) {
	b := new(api.Batch)
	return b, c.do(action, b)
}

// Create returns the task.
func (c *Client) Create() (string, error) {
	r, err := c.Send("Create")
	if err != nil {
		return "", err
	}
	if check.Failed(r) {
		return "", fmt.Errorf("create: %s", r.Message)
	}
	return r.RequestID, nil
}

// Terminate only knows that all servers may fail.
func (c *Client) Terminate() error {
	b, err := c.SendAll("Terminate")
	if err != nil {
		return err
	}
	if b.Code == 5100 { // want batch-partial-as-success
		return fmt.Errorf("terminate: %s", b.Message)
	}
	return nil
}
`,
}

// application is a package that uses the client. The handlers follow.
const application = `// Package app%[1]d is an application of the client.
package app%[1]d

import (
	"encoding/json"
	"fmt"

	"%[2]s/api"
	"%[2]s/check"
	"%[2]s/client"
)

// Name is what the application is called.
func Name() string { return "app%[1]d" }

// Create takes the client's word.
func Create(c *client.Client) error {
	_, err := c.Create()
	return err
}

// Delete doesn't look at the answer.
func Delete(c *client.Client) error {
	_, err := c.Send("Delete") // want result-unchecked
	return err
}

// Stop returns the servers that didn't stop.
func Stop(c *client.Client) ([]string, error) {
	b, err := c.SendAll("Stop")
	if err != nil {
		return nil, err
	}
	return check.Servers(b)
}
`

// writeService writes twenty packages below a path. All have to do with responses.
func writeService(dir, path string) error {
	for name, content := range client {
		if err := write(dir, name, strings.ReplaceAll(content, "PATH", path)); err != nil {
			return err
		}
	}
	for i := range applications {
		err := writeTo(dir, fmt.Sprintf("app%d/app.go", i), func(w *bufio.Writer) {
			fmt.Fprintf(w, application, i, path)
			for n := range handlers {
				writeHandler(w, n, "api")
			}
		})
		if err != nil {
			return err
		}
	}
	return nil
}
