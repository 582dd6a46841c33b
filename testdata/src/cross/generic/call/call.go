// Package call is a client that is generic in what it decodes.
package call

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
)

// Client signs and sends requests.
type Client struct{ http *http.Client }

// Silent: there is no response in sight.
func (c *Client) post(action string, args url.Values) ([]byte, error) {
	args.Set("Action", action)
	resp, err := c.http.PostForm("https://lb.api.qcloud.com/v2/index.php", args)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", action, err)
	}
	defer resp.Body.Close()
	return io.ReadAll(resp.Body)
}

// Resp is a single result that comes with data.
type Resp[T any] struct {
	Code      int    `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
	Data      T      `json:"data"`
}

// Silent: a helper with a bool result.
func (r *Resp[T]) OK() bool { return r.Code == 0 }

// Silent: nil means code 0.
func (r *Resp[T]) Err() error {
	if r.Code != 0 {
		return fmt.Errorf("%s (code %d)", r.Message, r.Code)
	}
	return nil
}

// Item is what happened to one resource.
type Item struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

// BatchResp is a batch with entries of any type.
type BatchResp[E any] struct {
	Code    int          `json:"code"`
	Message string       `json:"message"`
	Detail  map[string]E `json:"detail"`
}

// Silent: a helper with a bool result.
func (r *BatchResp[E]) OK() bool { return r.Code == 0 }

// Failed gives the names of the resources whose entries are bad.
//
// Silent: the entries are handed on.
func (r *BatchResp[E]) Failed(bad func(E) bool) (ids []string) {
	for id, e := range r.Detail {
		if bad(e) {
			ids = append(ids, id)
		}
	}
	return ids
}

// Call gives any answer.
//
// Silent: what it decodes is returned.
func Call[T any](c *Client, action string, args url.Values) (T, error) {
	var out T
	body, err := c.post(action, args)
	if err != nil {
		return out, err
	}
	if err := json.Unmarshal(body, &out); err != nil {
		return out, fmt.Errorf("%s: %w", action, err)
	}
	return out, nil
}

// Decode gives any answer.
//
// Silent: what it decodes is returned.
func Decode[T any](body []byte) (*T, error) {
	out := new(T)
	if err := json.Unmarshal(body, out); err != nil {
		return nil, err
	}
	return out, nil
}

// Checked gives an answer whose code is 0.
//
// Silent: what it decodes is returned.
func Checked[T any](c *Client, action string, args url.Values) (T, error) {
	var out T
	body, err := c.post(action, args)
	if err != nil {
		return out, err
	}
	probe, err := Decode[struct {
		Code     int    `json:"code"`
		Message  string `json:"message"`
		CodeDesc string `json:"codeDesc"`
	}](body)
	if err != nil {
		return out, err
	}
	if probe.Code != 0 {
		return out, fmt.Errorf("%s: %s (code %d)", action, probe.Message, probe.Code)
	}
	err = json.Unmarshal(body, &out)
	return out, err
}

// Must gives what there is without an error.
//
// Silent: what it gets is returned.
func Must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// Data gives the data of a result whose code is 0.
//
// Silent: zero is told from the others.
func Data[T any](r Resp[T], err error) (T, error) {
	if err != nil {
		return r.Data, err
	}
	return r.Data, r.Err()
}

// Coded is what says how it went.
type Coded interface{ GetCode() int }

// CallCoded gives an answer that says itself that its code is 0.
//
// Silent: what it decodes is returned.
func CallCoded[T Coded](c *Client, action string, args url.Values) (T, error) {
	out, err := Call[T](c, action, args)
	if err != nil {
		return out, err
	}
	if code := out.GetCode(); code != 0 {
		return out, fmt.Errorf("%s: code %d", action, code)
	}
	return out, nil
}
