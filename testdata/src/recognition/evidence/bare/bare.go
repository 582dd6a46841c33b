// Package bare declares types and has no evidence for them: package client
// uses them, and has some for one.
package bare

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
