// Package proxy builds answers and decodes them as well: what it decodes is an
// answer being read.
package proxy

import (
	"encoding/json"
	"errors"
	"net/http"
)

// Response is what the cloud answers, and what a client gets.
type Response struct {
	Code      int    `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

var errRefused = errors.New("refused")

// The package builds the type elsewhere, and here it decodes one: nobody looks
// at the cloud's code.
func Create(resp *http.Response) (string, error) {
	defer resp.Body.Close()
	var s Response
	if err := json.NewDecoder(resp.Body).Decode(&s); err != nil { // want "result-unchecked"
		return "", err
	}
	return s.RequestID, nil
}

// What the cloud answers with a negative code passes for accepted.
func Delete(b []byte) error {
	var s Response
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s.Code > 0 { // want "result-nonzero-success"
		return errRefused
	}
	return nil
}

// Silent: the value that is encoded is an answer being written.
func Refuse(w http.ResponseWriter, message string) {
	_ = json.NewEncoder(w).Encode(Response{Code: 4000, Message: message})
}

// Silent: the answer that is built here is not one being read.
func Accept(w http.ResponseWriter, id string) error {
	resp := Response{RequestID: id}
	if id == "" {
		resp.Code = -1
	}
	if resp.Code > 0 {
		return errRefused
	}
	return json.NewEncoder(w).Encode(resp)
}

// Silent: the decoded answer is encoded for a client.
func Forward(w http.ResponseWriter, b []byte) error {
	var s Response
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	return json.NewEncoder(w).Encode(s)
}
