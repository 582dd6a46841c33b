// Package query fetches by a Get that isn't that of a query. A filter that reads the source's words alone has to tell
// them apart.
package query

import "net/http"

type Client struct{ http *http.Client }

func (c *Client) NewQuery() *http.Client { return c.http }

// Silent: it is for the caller to look.
func (c *Client) Fetch(url string) (*http.Response, error) { // want Fetch:"result 0 raw"
	return c.NewQuery().Get(url)
}
