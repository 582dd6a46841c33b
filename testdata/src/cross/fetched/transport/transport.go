// Package transport fetches answers and knows nothing of what is in them: no type
// of it is a response, and nothing is decoded. That nobody has looked into the bytes is
// all that there is to know.
package transport

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
)

type Client struct{ http *http.Client }

func (c *Client) Do(url string) ([]byte, error) { // want Do:"result 0 raw"
	resp, err := c.http.Get(url)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return io.ReadAll(resp.Body)
}

func (c *Client) Open(url string) (io.ReadCloser, error) { // want Open:"result 0 raw"
	resp, err := c.http.Get(url)
	if err != nil {
		return nil, err
	}
	return resp.Body, nil
}

func (c *Client) Message(url string) (json.RawMessage, error) { // want Message:"result 0 raw"
	resp, err := c.http.Get(url)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return io.ReadAll(resp.Body)
}

// Length gives no bytes.
func (c *Client) Length(url string) (int, error) {
	b, err := c.Do(url)
	return bytes.Count(b, nil), err
}
