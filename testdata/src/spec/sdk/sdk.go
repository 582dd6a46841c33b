// Package sdk stands for somebody else's client: the calls of package spec go
// through it.
package sdk

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// Result is a single result.
type Result struct {
	Code      int    `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

// Stop turns every code but 0 into an error.
//
// Silent: the only value that goes with a nil error is 0, and the result goes
// to the caller.
func Stop(ids []string) (*Result, error) {
	resp, err := http.PostForm("https://cvm.api.qcloud.com/v2/index.php", url.Values{
		"Action":      {"StopInstances"},
		"instanceIds": {strings.Join(ids, ",")},
	})
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	var s Result
	if err := json.Unmarshal(body, &s); err != nil {
		return nil, err
	}
	if s.Code != 0 {
		return nil, fmt.Errorf("stop instances: %s (code %d)", s.Message, s.Code)
	}
	return &s, nil
}
