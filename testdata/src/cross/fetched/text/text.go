// Package text fetches answers as strings, as some clients do.
package text

import (
	"io"
	"net/http"
)

type Client struct{ http *http.Client }

func (c *Client) Fetch(url string) (string, error) { // want Fetch:"result 0 raw"
	resp, err := c.http.Get(url)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		return "", err
	}
	return string(b), nil
}
