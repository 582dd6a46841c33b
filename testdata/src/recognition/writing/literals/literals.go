// Package literals defines the answers that it gives to clients of its own, and lets
// function literals make them. It never decodes one, and what its own functions give, it has
// built: nothing is owed. Every function here is silent.
package literals

import (
	"encoding/json"
	"log"
	"net/http"
)

// Response looks like what the API answers.
type Response struct {
	Code      int    `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

// A handler makes an answer.
type handler func(*http.Request) *Response

var routes = map[string]handler{
	"/create": func(req *http.Request) *Response {
		return &Response{RequestID: req.FormValue("name")}
	},
	"/delete": remove,
}

func remove(*http.Request) *Response { return &Response{Code: 4000, Message: "not found"} }

// Silent: the answer comes from one of the package's own handlers.
func serve(h handler) http.HandlerFunc {
	return func(w http.ResponseWriter, req *http.Request) {
		resp := h(req)
		if resp.Code > 0 {
			log.Printf("refused: %s", resp.Message)
		}
		_ = json.NewEncoder(w).Encode(resp)
	}
}

// Silent: likewise.
func Register(mux *http.ServeMux) {
	for path, h := range routes {
		mux.Handle(path, serve(h))
	}
	mux.Handle("/stop", serve(func(*http.Request) *Response { return &Response{Code: 4100} }))
}

// Silent: the literal builds the answer.
func Refuse(w http.ResponseWriter, id string) {
	refusal := func(code int) Response { return Response{Code: code, RequestID: id} }
	resp := refusal(4000)
	if resp.Code > 0 {
		log.Printf("%s refused", resp.RequestID)
	}
	_ = json.NewEncoder(w).Encode(resp)
}

// Silent: the literal fills in the answer.
func Reply(w http.ResponseWriter, id string) {
	var resp Response
	fill := func(r *Response) { r.Code, r.RequestID = 4000, id }
	fill(&resp)
	if resp.Code > 0 {
		log.Printf("%s refused", resp.RequestID)
	}
	_ = json.NewEncoder(w).Encode(resp)
}

// Silent: what is behind the interface was built here, since nobody decodes one.
func Write(w http.ResponseWriter, v any) error {
	if r, ok := v.(*Response); ok && r.Code > 0 {
		w.WriteHeader(http.StatusBadGateway)
		log.Printf("%s refused", r.RequestID)
	}
	return json.NewEncoder(w).Encode(v)
}
