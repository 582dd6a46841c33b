// Package sdk is somebody's client. Its answers have other names and values than
// the API's, so that nothing but the configuration tells what they are.
package sdk

import "encoding/json"

// Answer is a batch response by the configuration: 200 means success, 207 that
// some resources failed, 500 that all did.
type Answer struct {
	Status int              `json:"status"`
	Items  map[string]*Item `json:"items"`
}

type Item struct {
	Code int    `json:"code"`
	Text string `json:"text"`
}

// Ticket is a single result by the configuration.
type Ticket struct {
	Ret int `json:"ret"`
	Job struct {
		Name string `json:"name"`
	} `json:"job"`
}

// Directed is a batch by the configuration, and no response by its directive, which wins.
//
//asynccheck:response none
type Directed struct {
	Code   int             `json:"code"`
	Detail map[string]Item `json:"detail"`
}

// Foreign has the shape of a response, and is none by the configuration.
type Foreign struct {
	Code      int    `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

// Stop gives what the API answers.
func Stop(answer []byte) (*Answer, error) {
	a := new(Answer)
	return a, json.Unmarshal(answer, a)
}
