package cloud_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/asynccheck/asynccheck/examples/ops/cloud"
)

// fake is a cloud with a few servers and load balancers. Tests break it.
type fake struct {
	servers   map[string]*server
	balancers map[string]bool
	refuse    map[string]int // code with which an action is refused
	running   int            // how often a task is still running before it is done
}

type server struct {
	running   bool
	locked    bool // refuses every change
	passwords int  // how often the password was changed
}

// newFake starts the fake, and returns both clients of it.
func newFake(t *testing.T, servers ...string) (f *fake, naive, careful cloud.Operations) {
	f = &fake{
		servers:   make(map[string]*server),
		balancers: make(map[string]bool),
		refuse:    make(map[string]int),
	}
	for _, id := range servers {
		f.servers[id] = &server{running: true}
	}
	ts := httptest.NewServer(f)
	t.Cleanup(ts.Close)
	client := &cloud.Client{Endpoint: ts.URL, HTTP: ts.Client()}
	return f, cloud.Naive{Client: client}, cloud.Careful{Client: client}
}

// ServeHTTP answers as the API does.
func (f *fake) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	q := req.URL.Query()
	action := q.Get("Action")
	answer := map[string]any{"code": 0, "message": "", "requestId": "task-1"}
	if code := f.refuse[action]; code != 0 {
		answer["code"], answer["message"] = code, "refused"
		json.NewEncoder(w).Encode(answer)
		return
	}
	switch action {
	case "StopInstances":
		answer = f.change(q["id"], func(s *server) { s.running = false })
	case "StartInstances":
		answer = f.change(q["id"], func(s *server) { s.running = true })
	case "ResetInstancesPassword":
		answer = f.change(q["id"], func(s *server) { s.passwords++ })
	case "CreateLoadBalancer":
		f.balancers[q.Get("name")] = true
	case "DeleteLoadBalancer":
		delete(f.balancers, q.Get("name"))
	case "DescribeTask":
		status := 0
		if f.running > 0 {
			f.running--
			status = 2
		}
		answer["data"] = map[string]int{"status": status}
	default:
		answer["code"], answer["message"] = 4000, fmt.Sprintf("no action %q", action)
	}
	json.NewEncoder(w).Encode(answer)
}

// change changes the servers that are not locked, and answers for each server.
func (f *fake) change(ids []string, change func(*server)) map[string]any {
	detail := make(map[string]any)
	failed := 0
	for _, id := range ids {
		if s := f.servers[id]; s.locked {
			failed++
			detail[id] = map[string]any{"code": 5300, "message": "server is locked"}
		} else {
			change(s)
			detail[id] = map[string]any{"code": 0, "message": "", "requestId": "task-" + id}
		}
	}
	code, message := 0, ""
	switch {
	case failed == len(ids):
		code, message = 5100, "all failed"
	case failed > 0:
		code, message = 5400, "some failed"
	}
	return map[string]any{"code": code, "message": message, "detail": detail}
}
