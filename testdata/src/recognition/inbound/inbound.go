// Package inbound decodes the type of a client's answers also from requests
// that come in: those are somebody else's words, and no origin.
package inbound

import (
	"encoding/json"
	"errors"
	"io"
	"log"
	"net/http"
)

// Result is the answer to a call, and what the cloud's callback sends.
type Result struct {
	Code      int    `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

// Context is a web framework's.
type Context interface {
	Bind(v any) error
	BindJSON(v any) error
	ShouldBindJSON(v any) error
}

var errFailed = errors.New("call failed")

// The type is a response's: an answer that is decoded here is unchecked.
func Create(resp *http.Response) (string, error) {
	defer resp.Body.Close()
	var s Result
	if err := json.NewDecoder(resp.Body).Decode(&s); err != nil { // want "result-unchecked"
		return "", err
	}
	return s.RequestID, nil
}

// Silent: decoding an inbound request is no origin.
func Callback(tasks chan<- string) http.HandlerFunc {
	return func(w http.ResponseWriter, req *http.Request) {
		var s Result
		if err := json.NewDecoder(req.Body).Decode(&s); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		tasks <- s.RequestID
	}
}

// Silent: decoding an inbound request is no origin, also where its body is
// read first.
func ServeCallback(w http.ResponseWriter, req *http.Request) error {
	body, err := io.ReadAll(req.Body)
	if err != nil {
		return err
	}
	var s Result
	if err := json.Unmarshal(body, &s); err != nil {
		return err
	}
	if s.Code > 0 {
		return errFailed
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// Silent: Bind decodes an inbound request.
func BindCallback(c Context) error {
	var s Result
	if err := c.Bind(&s); err != nil {
		return err
	}
	if s.Code > 0 {
		return errFailed
	}
	return nil
}

// Silent: BindJSON decodes an inbound request.
func BindJSONCallback(c Context) error {
	var s Result
	if err := c.BindJSON(&s); err != nil {
		return err
	}
	if s.Code == 4100 {
		return errFailed
	}
	log.Print(s.RequestID)
	return nil
}
