package batchpartialfailure

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"time"
)

// The error has the code and the message: the servers that did stop are
// stopped again by the next try.
func Stop(c Client, ids []string) error {
	r, err := c.Send("StopInstances", ids...)
	if err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return &APIError{Code: r.Code, Message: r.Message}
	}
	return nil
}

// A wrapped sentinel tells callers what failed, not where.
func StopWrapped(c Client, ids []string) error {
	r, err := c.Send("StopInstances", ids...)
	if err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return fmt.Errorf("%w: %s", ErrStop, r.Message)
	}
	return nil
}

// Total and partial failure share one case and one error.
func Start(c Client, ids []string) error {
	r, err := c.Send("StartInstances", ids...)
	if err != nil {
		return err
	}
	switch r.Code { // want "batch-partial-as-failure"
	case 0:
		return nil
	case 5100, 5400:
		return errors.New("start: servers failed")
	default:
		return errors.New("start: request failed")
	}
}

// The entries leave on the success side, where they say nothing but success.
func Describe(c Client, ids []string) ([]ListEntry, error) {
	r, err := c.SendList("DescribeInstances", ids...)
	if err != nil {
		return nil, err
	}
	if r.Code == 0 { // want "batch-partial-as-failure"
		return r.Detail, nil
	}
	return nil, errors.New(r.Message)
}

// The total failure is looked into, the partial one falls into the default.
func Reset(c Client, ids []string) error {
	r, err := c.SendList("ResetInstances", ids...)
	if err != nil {
		return err
	}
	switch r.Code { // want "batch-partial-as-failure"
	case 0:
		return nil
	case 5100:
		for _, e := range r.Detail {
			if e.Code != 0 {
				return fmt.Errorf("reset %s: %s", e.ServerID, e.Message)
			}
		}
		return errors.New("reset: all failed")
	default:
		return fmt.Errorf("reset: code %d", r.Code)
	}
}

// The handler tells the browser that the call failed; the servers that stopped
// are not in the answer.
func StopHandler(c Client) http.HandlerFunc {
	return func(w http.ResponseWriter, req *http.Request) {
		r, err := c.Send("StopInstances", req.URL.Query()["id"]...)
		if err != nil {
			http.Error(w, err.Error(), 502)
			return
		}
		if r.Code != 0 { // want "batch-partial-as-failure"
			http.Error(w, r.Message, 502)
			return
		}
		w.WriteHeader(204)
	}
}

// A word for the dashboard: it says that something failed, not what.
func StopState(c Client, ids []string) string {
	r, err := c.Send("StopInstances", ids...)
	if err != nil {
		return "unreachable"
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return "failed"
	}
	return "stopped"
}

// The entries are one struct further down, and stay there.
func StartNested(b []byte) error {
	var r NestedAnswer
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return &APIError{Code: r.Code, Message: r.Message}
	}
	return nil
}

// The error names the request, and the request names no server.
func Restart(c Client, ids []string) error {
	r, err := c.Send("RestartInstances", ids...)
	if err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return fmt.Errorf("restart: request %s failed with code %d", r.RequestID, r.Code)
	}
	return nil
}

// The caller gets the code 5400, and not what it stands for.
func Renew(b []byte) (int, error) {
	var r Answer
	if err := json.Unmarshal(b, &r); err != nil {
		return -1, err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return r.Code, errors.New("renew failed")
	}
	return 0, nil
}

// Err is the verdict that every caller of the client relies on, and it drops
// the entries.
func (r *Answer) Err() error {
	if r.Code != 0 { // want "batch-partial-as-failure"
		return &APIError{Code: r.Code, Message: r.Message}
	}
	return nil
}

// StatusError does the same for a response that it gets by value.
func StatusError(r StatusAnswer) error {
	switch r.Code { // want "batch-partial-as-failure"
	case Succeeded:
		return nil
	case AllFailed, SomeFail:
		return errors.New("servers failed")
	}
	return fmt.Errorf("status %d", r.Code)
}

// Partial failure is named and logged; the retry is for all the servers.
func StopNamed(c Client, ids []string) error {
	r, err := c.Send("StopInstances", ids...)
	if err != nil {
		return err
	}
	switch code := r.Code; code { // want "batch-partial-as-failure"
	case 0:
		return nil
	case 5400:
		log.Print("stop: some servers failed, trying all of them again")
		return errRetry
	default:
		return fmt.Errorf("stop: code %d", code)
	}
}

// Each group's goroutine sends one error for all its servers.
func StopGroups(c Client, groups [][]string, errs chan<- error) {
	for _, ids := range groups {
		go func() {
			r, err := c.Send("StopInstances", ids...)
			if err != nil || r.Code != 0 { // want "batch-partial-as-failure"
				errs <- ErrStop
				return
			}
			errs <- nil
		}()
	}
}

// Until the context ends every tick stops the stopped servers again.
func StopUntil(ctx context.Context, c Client, ids []string) error {
	tick := time.NewTicker(time.Minute)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return errors.New("stop: gave up")
		case <-tick.C:
			r, err := c.Send("StopInstances", ids...)
			if err != nil {
				return err
			}
			if r.Code == 0 { // want "batch-partial-as-failure"
				return nil
			}
		}
	}
}

// The body is decoded in place, and its entries are decoded for nothing.
func ReadAnswer(body io.Reader) (string, error) {
	var r Answer
	if err := json.NewDecoder(body).Decode(&r); err != nil {
		return "", err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return "", errors.New("servers: " + r.Message)
	}
	return r.RequestID, nil
}

// Worker is one of several.
type Worker struct {
	state string
	cause string
}

// The worker keeps the message and not the servers' names.
func (w *Worker) Stop(c Client, ids []string) {
	r, err := c.Send("StopInstances", ids...)
	if err != nil {
		w.state, w.cause = "failed", err.Error()
		return
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		w.state, w.cause = "failed", r.Message
		return
	}
	w.state = "stopped"
}

// Both halves of the range fail alike, and 5400 is in one of them.
func StopHalves(c Client, ids []string) error {
	r, err := c.SendList("StopInstances", ids...)
	if err != nil {
		return err
	}
	if r.Code < 0 || r.Code > 0 { // want "batch-partial-as-failure"
		return &APIError{Code: int(r.Code), Message: r.Message}
	}
	return nil
}

// A poll function gives false beside a nil error: its caller learns that not all is done, and
// not for which servers it never will be.
func finished(r io.Reader) (bool, error) {
	var b Answer
	if err := json.NewDecoder(r).Decode(&b); err != nil {
		return false, err
	}
	if b.Code != 0 { // want "batch-partial-as-failure"
		return false, nil
	}
	return true, nil
}

// Silent: a helper that gets the code, and the detail beside it, but no response: its caller has
// the finding.
func countedError(code int, detail map[string]*Entry) error {
	if code == 0 {
		return nil
	}
	return fmt.Errorf("code %d: %d entries", code, len(detail))
}

// The number of entries tells nobody which servers didn't start.
func StartCounted(c Client, ids []string) error {
	r, err := c.Send("StartInstances", ids...)
	if err != nil {
		return err
	}
	return countedError(r.Code, r.Detail) // want "batch-detail-shallow"
}
