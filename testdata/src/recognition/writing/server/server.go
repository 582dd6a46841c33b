// Package server defines the answers that it gives to clients of its own. It
// builds them, and never decodes or receives one: nothing is owed. Every
// function here is silent.
package server

import (
	"encoding/json"
	"errors"
	"log"
	"net/http"
)

// Response is what a client gets.
type Response struct {
	Code      int    `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

// Item is what a client gets for each disk.
type Item struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

// Batch is what a client gets for several disks.
type Batch struct {
	Code   int             `json:"code"`
	Detail map[string]Item `json:"detail"`
}

var errRefused = errors.New("refused")

// Server runs tasks.
type Server struct {
	run func(name string) (taskID string, err error)
}

// Silent: a composite literal that sets the code is an answer being written.
func (s *Server) Create(w http.ResponseWriter, req *http.Request) {
	id, err := s.run(req.FormValue("name"))
	if err != nil {
		_ = json.NewEncoder(w).Encode(&Response{Code: 4000, Message: err.Error()})
		return
	}
	_ = json.NewEncoder(w).Encode(&Response{RequestID: id})
}

// Silent: stores to its fields make it an answer being written.
func (s *Server) Delete(w http.ResponseWriter, req *http.Request) {
	resp := new(Response)
	id, err := s.run(req.FormValue("name"))
	resp.RequestID = id
	if err != nil {
		resp.Code = 4000
		resp.Message = err.Error()
	}
	if resp.Code > 0 {
		log.Printf("delete: %s", resp.Message)
	}
	_ = json.NewEncoder(w).Encode(resp)
}

// Silent: what the package builds itself is an answer being written, also in a
// helper without a result.
func (s *Server) log(resp *Response) {
	if resp.Code > 0 {
		log.Printf("task %s: %s", resp.RequestID, resp.Message)
	}
}

// Silent: what the package builds itself is an answer being written, also in a
// helper with an error result.
func (s *Server) Status(resp *Response) error {
	s.log(resp)
	if resp.Code > 0 {
		return errRefused
	}
	return nil
}

// Silent: the batch is built entry by entry.
func (s *Server) Stop(w http.ResponseWriter, req *http.Request) {
	out := Batch{Detail: make(map[string]Item)}
	failed := 0
	names := req.Form["name"]
	for _, name := range names {
		if _, err := s.run(name); err != nil {
			failed++
			out.Detail[name] = Item{Code: 4000, Message: err.Error()}
			continue
		}
		out.Detail[name] = Item{}
	}
	switch {
	case failed == len(names):
		out.Code = 5100
	case failed > 0:
		out.Code = 5400
	}
	if err := s.write(w, &out); err != nil {
		log.Print(err)
	}
}

// Silent: the batch that is written was built here.
func (s *Server) write(w http.ResponseWriter, out *Batch) error {
	if out.Code == 5100 {
		w.WriteHeader(http.StatusBadGateway)
		return errRefused
	}
	return nil
}
