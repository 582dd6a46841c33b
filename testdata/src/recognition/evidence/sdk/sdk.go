// Package sdk declares types and has the evidence for them: package client
// uses them.
package sdk

// Endpoint is where the API is.
const Endpoint = "https://cbs.api.qcloud.com/v2/index.php"

// Result has a code and a task ID.
type Result struct {
	Code      int    `json:"code"`
	RequestID string `json:"requestId"`
}

// Opaque leaves its detail open.
type Opaque struct {
	Code   int `json:"code"`
	Detail any `json:"detail"`
}
