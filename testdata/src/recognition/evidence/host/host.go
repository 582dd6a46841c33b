// Package host names the API's host: that is its types' evidence.
package host

import (
	"encoding/json"
	"errors"
	"net/http"
)

const endpoint = "https://cvm.api.qcloud.com/v2/index.php"

var errFailed = errors.New("call failed")

// Result has a code and a task ID.
type Result struct {
	Code      int    `json:"code"`
	RequestID string `json:"requestId"`
}

// Opaque leaves its detail open.
type Opaque struct {
	Code   int            `json:"code"`
	Detail map[string]any `json:"detail"`
}

// The host is evidence: nobody looks at the code of the API's answer.
func Create(query string) (string, error) {
	resp, err := http.Get(endpoint + "?" + query)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	var s Result
	if err := json.NewDecoder(resp.Body).Decode(&s); err != nil { // want "result-unchecked"
		return "", err
	}
	return s.RequestID, nil
}

// The host is evidence for an opaque detail: what failed is lost.
func Apply(b []byte) error {
	var r Opaque
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}

// Silent: 0 alone succeeds.
func Delete(b []byte) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s.Code != 0 {
		return errFailed
	}
	return nil
}
